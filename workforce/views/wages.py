"""Wages made comparable: the public translator, the ranges by step, and what was observed of named people."""

from datetime import date

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from batikportal import access, audit
from workforce import permissions
from workforce.actions import Refused
from workforce.actions import wages as actions
from workforce.choices import WageGap, WageMethod
from workforce.forms.wages import TranslatorForm, WageFilterForm, WageObservationForm, WageRemovalForm
from workforce.models import WageObservation
from workforce.queries import wages as queries
from workforce.rules import looks_like_nik
from workforce.rules import wages as rules
from workforce.views.people import PAGE_SIZE, person_or_404


@access.public
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def wage_translator(request):
    """Pieces, days and pay in; a comparable monthly figure out. Nothing is stored: the figures travel in the body, so
    that they stand in no address, log or history."""
    today = timezone.localdate()
    form = TranslatorForm(request.POST or None, today=today)
    context: dict[str, object] = {"form": form}
    if form.is_bound and form.is_valid():
        context |= told(form.facts(), form.cleaned_data["observed_on"])
        if step := form.cleaned_data["step"]:
            context["range"] = queries.wage_range(step, today)
    return render(request, "workforce/wage_translator.html", context)


def told(facts: rules.WageFacts, on: date) -> dict[str, object]:
    """What the page says about a pay: the reading with the figures it used, and why the rest cannot be told."""
    figures = queries.wage_figures_on(on)
    reading = rules.read_wage(facts, figures.reference)
    consumption_floor, poverty_floor = rules.small_firm_floors(figures.reference)
    return {
        "facts": facts,
        "reading": reading,
        "method": WageMethod(reading.method).label,
        "gaps": [WageGap(gap).label for gap in reading.gaps],
        "figures": figures.rows,
        "reference": figures.reference,
        "consumption_floor": consumption_floor,
        "poverty_floor": poverty_floor,
        "month_days": rules.month_days(facts, figures.reference),
        "months": rules.MONTHS_OF_PERIOD.get(facts.period),
        "on": on,
    }


@access.needs("workforce.view_figures")
@require_safe
def wage_ranges(request):
    """What people earn at each step, without names and only from five people on."""
    today = timezone.localdate()
    context = {
        "ranges": queries.wage_ranges(today),
        "minimum_idr": queries.wage_figures_on(today).reference.minimum_idr,
        "today": today,
        "reads_wages": permissions.may_read_wages(request.user),
    }
    return render(request, "workforce/wage_ranges.html", context)


@access.needs("workforce.read_wages")
@require_safe
@never_cache
def wage_list(request):
    """Observed wages of named people, newest first; opening a page is logged."""
    if looks_like_nik(request.GET.get("cari", "")):
        messages.error(request, _("NIK tidak boleh masuk ke alamat halaman. Pakai kotak “Cari dengan NIK lengkap”."))
        return redirect("workforce:worker-list")
    form = WageFilterForm(request.GET)
    found = queries.wages_matching(WageObservation.objects.visible_to(request.user), form.wanted())
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("halaman"))
    rows = [(one, *read_again(one)) for one in page]
    if rows:
        actions.log_list_read(count=len(rows), by=request.user, at=timezone.now())
    return render(request, "workforce/wage_list.html", {"filter": form, "page": page, "rows": rows})


def read_again(observation) -> tuple[rules.MonthlyWage | None, rules.MonthlyWage | None]:
    """Both stored figures of an observation against the marks of its day (`queries.wages_matching`)."""
    reference = rules.WageReference(
        minimum_idr=observation.minimum_idr,
        consumption_idr=observation.consumption_idr,
        poverty_line_idr=observation.poverty_line_idr,
    )
    return (
        rules.held_against(observation.monthly_idr, reference),
        rules.held_against(observation.full_time_idr, reference),
    )


@access.needs("workforce.read_wages")
@require_safe
@never_cache
def worker_wages(request, public_id):
    """What was observed of one worker; the reading is logged."""
    person = person_or_404(request, public_id)
    visible = WageObservation.objects.visible_to(request.user).filter(person=person)
    rows = [(one, *read_again(one)) for one in queries.wages_matching(visible, queries.WageFilter())]
    if rows:
        audit.read(request.user, person, fields=actions.READ_FIELDS, purpose=_("Halaman upah dibuka"))
    context = {"person": person, "rows": rows, "may_record": permissions.may_record_wages(request.user)}
    return render(request, "workforce/worker_wages.html", context)


@access.needs("workforce.record_wages")
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters()
@never_cache
def wage_new(request, public_id):
    """Record what somebody was paid."""
    person = person_or_404(request, public_id)
    wages_url = reverse("workforce:worker-wages", args=[person.public_id])
    form = WageObservationForm(request.POST or None, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        try:
            actions.record_wage(person=person, **form.observed(), by=request.user, at=timezone.now())
        except Refused as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("Pengamatan upah dicatat."))
            return redirect(wages_url)
    context = {
        "title": _("Catat upah"),
        "lead": person.name,
        "form": form,
        "cancel_url": wages_url,
        "crumbs": [(_("Pekerja"), reverse("workforce:worker-list")), (person.name, wages_url)],
    }
    return render(request, "components/form_page.html", context)


@access.needs("workforce.record_wages")
@require_http_methods(["GET", "POST"])
@never_cache
def wage_remove(request, public_id):
    """Take a wrong observation out, with a reason."""
    visible = WageObservation.objects.visible_to(request.user).select_related("person", "step")
    observation = get_object_or_404(visible, public_id=public_id)
    wages_url = reverse("workforce:worker-wages", args=[observation.person.public_id])
    form = WageRemovalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.remove_wage(
            observation=observation, reason=form.cleaned_data["reason"], by=request.user, at=timezone.now()
        )
        messages.success(request, _("Pengamatan upah dihapus."))
        return redirect(wages_url)
    context = {
        "title": _("Hapus pengamatan upah"),
        "question": str(observation),
        "consequences": [_("Upah ini tidak lagi dihitung dalam kisaran upah."), _("Riwayatnya tetap tersimpan.")],
        "form": form,
        "submit_label": _("Hapus"),
        "cancel_url": wages_url,
        "crumbs": [(_("Pekerja"), reverse("workforce:worker-list")), (observation.person.name, wages_url)],
    }
    return render(request, "components/confirm_page.html", context)
