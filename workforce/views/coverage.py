"""Who is not protected, whose protection ends soon, and recording what was checked."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from batikportal import access
from workforce import actions, forms, permissions, queries
from workforce.models import CoveragePeriod, Person
from workforce.queries.rounds import with_paying_round
from workforce.views.people import PAGE_SIZE, figures_by_ward, person_or_404


def matching_coverage(request):
    """The filter form and the active workers in the chosen state of protection; the CSV uses the same."""
    form = forms.CoverageFilterForm(request.GET, today=timezone.localdate())
    found = queries.workers_matching(Person.objects.visible_to(request.user), form.wanted())
    found = queries.with_programme_consent(found)
    return form, queries.sorted_people(found, request.GET.get("urut", "nama"), form.on())


@access.needs("workforce.view_figures")
@require_safe
def gap_list(request):
    """Active workers without JKK and JKM, or in another chosen state; counts by ward for those who see no names."""
    form, people = matching_coverage(request)
    if not permissions.may_see_coverage(request.user):
        return figures_by_ward(request, form)
    page = Paginator(people, PAGE_SIZE).get_page(request.GET.get("halaman"))
    window = queries.programme_age_window(form.on())
    context = {
        "filter": form,
        "page": page,
        "on": form.on(),
        "chosen": form.value("perlindungan") or queries.GAP,
        "rows": [(person, queries.coverage_facts(person, window, form.on())) for person in page],
        "may_export": permissions.may_export(request.user),
    }
    return render(request, "workforce/gap_list.html", context)


@access.needs("workforce.view_coverageperiod")
@require_safe
def lapsing_list(request):
    """Active workers whose JKK or JKM ends within 30 days and is not continued."""
    today = timezone.localdate()
    people = queries.active_workers(Person.objects.visible_to(request.user), today)
    found = with_paying_round(queries.lapsing_people(people, today)).select_related("ward__parent")
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("halaman"))
    return render(request, "workforce/lapsing_list.html", {"page": page, "today": today})


@access.needs("workforce.record_coverage")
@require_http_methods(["GET", "POST"])
def coverage_new(request, public_id):
    """Record what a check of memberships found."""
    person = person_or_404(request, public_id)
    today = timezone.localdate()
    form = forms.CoverageForm(request.POST or None, today=today, initial={"verified_on": today})
    if request.method == "POST" and form.is_valid():
        try:
            actions.record_coverages(person=person, **form.cleaned_data, by=request.user, at=timezone.now())
        except actions.Refused as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("Kepesertaan dicatat."))
            return redirect("workforce:worker", person.public_id)
    person_url = reverse("workforce:worker", args=[person.public_id])
    context = {
        "title": _("Catat kepesertaan jaminan sosial"),
        "lead": person.name,
        "form": form,
        "cancel_url": person_url,
        "note": _("Kepesertaan lama yang masih terbuka pada program yang sama berakhir sehari sebelum tanggal mulai."),
        "crumbs": [(_("Pekerja"), reverse("workforce:worker-list")), (person.name, person_url)],
    }
    return render(request, "components/form_page.html", context)


@access.needs("workforce.record_coverage")
@require_http_methods(["GET", "POST"])
def coverage_end(request, public_id):
    """Set the last day of a membership."""
    period = get_object_or_404(
        CoveragePeriod.objects.visible_to(request.user).select_related("person"), public_id=public_id
    )
    person_url = reverse("workforce:worker", args=[period.person.public_id])
    form = forms.CoverageEndForm(
        request.POST or None, period=period, initial={"until_on": period.until_on or timezone.localdate()}
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.end_coverage(period=period, **form.cleaned_data, by=request.user, at=timezone.now())
        except actions.Refused as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("Kepesertaan diakhiri."))
            return redirect(person_url)
    context = {
        "title": _("Akhiri kepesertaan"),
        "question": f"{period.person.name} · {period.get_programme_display()}",
        "consequences": [_("Setelah tanggal itu pekerja dihitung tidak terlindungi oleh program ini.")],
        "form": form,
        "submit_label": _("Akhiri"),
        "cancel_url": person_url,
        "crumbs": [(_("Pekerja"), reverse("workforce:worker-list")), (period.person.name, person_url)],
    }
    return render(request, "components/confirm_page.html", context)
