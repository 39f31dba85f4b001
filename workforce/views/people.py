"""The list of workers, one worker, registering and correcting, and the NIK behind its mask."""

from dataclasses import replace

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from batikportal import access, audit
from workforce import actions, drawings, forms, permissions, queries, rules
from workforce.models import DuplicateCandidate, Person
from workforce.queries import apprenticeship
from workforce.queries import cards as card_queries
from workforce.queries import certificates as certificate_queries
from workforce.queries import duplicates as duplicate_queries
from workforce.queries import skills as skill_queries

PAGE_SIZE = 25


def matching_workers(request):
    """The filter form, and the people it finds among those the user may see; the CSV uses the same."""
    form = forms.WorkerFilterForm(
        request.GET, today=timezone.localdate(), sees_coverage=permissions.may_see_coverage(request.user)
    )
    found = queries.workers_matching(Person.objects.visible_to(request.user), form.wanted())
    return form, queries.sorted_people(found, request.GET.get("urut", "nama"), form.on())


def person_or_404(request, public_id) -> Person:
    """The person, if the user may see them; everybody else gets the answer of a person who does not exist."""
    people = Person.objects.visible_to(request.user).select_related("ward__parent", "created_by")
    return get_object_or_404(people, public_id=public_id)


@access.needs("workforce.view_figures")
@require_safe
def worker_list(request):
    """Everybody registered, by filter; those who may see no names get counts by ward."""
    if rules.looks_like_nik(request.GET.get("cari", "")):
        messages.error(request, _("NIK tidak boleh masuk ke alamat halaman. Pakai kotak “Cari dengan NIK lengkap”."))
        return redirect("workforce:worker-list")
    form, people = matching_workers(request)
    if not permissions.may_see_people(request.user):
        return figures_by_ward(request, form)
    page = Paginator(people, PAGE_SIZE).get_page(request.GET.get("halaman"))
    context = {
        "filter": form,
        "page": page,
        "on": form.on(),
        "rows": [(person, person.age_on(form.on())) for person in page],
        "nik_form": forms.NikSearchForm(today=timezone.localdate()),
        "sees_coverage": permissions.may_see_coverage(request.user),
        "may_register": permissions.may_register(request.user),
        "may_export": permissions.may_export(request.user),
    }
    return render(request, "workforce/worker_list.html", context)


def figures_by_ward(request, form):
    """The page behind a figure for those who may see figures but no names: the counts by ward of exactly that figure,
    small ones hidden."""
    # A name, a workplace or a step could narrow the counts down to somebody.
    wanted = replace(form.wanted(), text="", step="", enterprise="", nik="", mastered="")
    rows = queries.filtered_by_ward(Person.objects.registered(), wanted)
    context = {
        "whole": form.whole_words(),
        "part": form.part_words(),
        "on": form.on(),
        "area": wanted.area,
        "rows": drawings.hidden_where_small(rows),
        "total": drawings.total_of(rows),
    }
    return render(request, "workforce/figures_by_ward.html", context)


@access.needs("workforce.view_person")
@require_POST
def nik_search(request):
    """From a full NIK, posted and never shown again, to the person; the search is logged."""
    form = forms.NikSearchForm(request.POST, today=timezone.localdate())
    if not form.is_valid():
        messages.error(request, " ".join(map(str, form.errors["nik"])))
        return redirect("workforce:worker-list")
    index = queries.nik_index(form.cleaned_data["nik"].digits)
    people = Person.objects.visible_to(request.user)
    person = queries.person_by_nik(Person.objects.all(), index)
    # The number of a record that was merged leads to the record that stays.
    person = person and people.filter(pk=duplicate_queries.living(person).pk).first()
    if person is None:
        messages.warning(request, _("NIK itu belum terdaftar."))
        return redirect("workforce:worker-list")
    audit.read(request.user, person, fields=["nik"], purpose=_("Pencarian dengan NIK"))
    return redirect("workforce:worker", person.public_id)


@access.needs("workforce.view_person")
@require_safe
def worker(request, public_id):
    """One worker: work, insurance, consents, and what may be done. The address of a merged record leads to the one that
    stays."""
    merged = Person.objects.filter(public_id=public_id, merged_into__isnull=False).first()
    if merged is not None:
        return redirect(
            "workforce:worker", person_or_404(request, duplicate_queries.living(merged).public_id).public_id
        )
    person = person_or_404(request, public_id)
    today = timezone.localdate()
    context = {
        "person": person,
        "today": today,
        "age": person.age_on(today),
        "engagements": queries.engagements_of(person),
        "pairs": duplicate_queries.open_pairs_of(person, DuplicateCandidate.objects.visible_to(request.user)),
        "merged_from": duplicate_queries.merged_into(person),
        "card": card_queries.valid_card(person),
        "may_issue_card": permissions.may_issue_card(request.user),
        "skills": skill_queries.skills_of(person),
        "may_record_skill": permissions.may_record_skill(request.user),
        "certificates": certificate_queries.certificates_of(person),
        "may_record_certificate": permissions.may_record_certificate(request.user),
        "consents": queries.consents_of(person) if request.user.has_perm("workforce.view_consent") else None,
        "missing_consents": queries.purposes_without_consent(person),
        "may_change": permissions.may_change_person(request.user),
        "may_engage": permissions.may_engage(request.user),
        "may_end": permissions.may_end_engagement(request.user),
        "may_record_coverage": permissions.may_record_coverage(request.user),
        "may_record_consent": permissions.may_record_consent(request.user),
        "may_reveal_nik": permissions.may_reveal_nik(request.user),
        "reads_wages": permissions.may_read_wages(request.user),
        "sees_coverage": permissions.may_see_coverage(request.user),
        "placements": apprenticeship.placements_of(request.user, person),
    }
    if context["sees_coverage"]:
        periods = list(person.coverage_periods.all())
        context |= {
            "periods": [(period, rules.is_active_on(period, today)) for period in periods],
            "coverage_state": rules.coverage_state(periods, today),
            "age_verdict": queries.programme_age_verdict(person, today),
        }
    return render(request, "workforce/worker.html", context)


@access.needs("workforce.register_person")
@require_http_methods(["GET", "POST"])
def worker_register(request):
    """Enter a person on one page, for those who may see people; a cadre does it in small steps."""
    if not permissions.may_see_people(request.user):
        return redirect("workforce:cadre")
    form = forms.PersonForm(request.POST or None, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        try:
            person = actions.register_person(
                facts=form.facts(),
                nik=form.nik_digits(),
                nik_mismatch_reason=form.cleaned_data["nik_mismatch_reason"],
                by=request.user,
                at=timezone.now(),
            )
        except actions.Refused as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("%(name)s terdaftar.") % {"name": person.name})
            return redirect("workforce:worker", person.public_id)
    return render(request, "workforce/worker_form.html", {"form": form, "title": _("Daftarkan pekerja")})


@access.needs("workforce.change_person")
@require_http_methods(["GET", "POST"])
def worker_edit(request, public_id):
    """Correct a person's data."""
    person = person_or_404(request, public_id)
    form = forms.PersonForm(request.POST or None, instance=person, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_person(
                person=person,
                facts=form.facts(),
                nik=form.nik_digits(),
                nik_mismatch_reason=form.cleaned_data["nik_mismatch_reason"],
                by=request.user,
                at=timezone.now(),
            )
        except actions.Refused as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("Data berhasil disimpan."))
            return redirect("workforce:worker", person.public_id)
    return render(
        request, "workforce/worker_form.html", {"form": form, "title": _("Ubah data pekerja"), "person": person}
    )


@access.needs("workforce.reveal_nik")
@require_http_methods(["GET", "POST"])
@never_cache
def worker_reveal_nik(request, public_id):
    """Ask for a purpose, log it, show the NIK once."""
    person = person_or_404(request, public_id)
    form = forms.PurposeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        nik = actions.reveal_nik(
            person=person, purpose=form.cleaned_data["purpose"], by=request.user, at=timezone.now()
        )
        context = {"person": person, "nik": nik, "purpose": form.cleaned_data["purpose"]}
        return render(request, "workforce/nik_revealed.html", context)
    return render(
        request,
        "components/form_page.html",
        {
            "title": _("Tampilkan NIK"),
            "lead": person.name,
            "form": form,
            "submit_label": _("Tampilkan dan catat"),
            "cancel_url": reverse("workforce:worker", args=[person.public_id]),
        },
    )


@access.needs("workforce.change_person")
@require_POST
def worker_verify_nik(request, public_id):
    """The card was seen: the difference between NIK and declared facts is real."""
    person = person_or_404(request, public_id)
    actions.verify_nik_mismatch(person=person, by=request.user, at=timezone.now())
    messages.success(request, _("Perbedaan NIK ditandai sudah diperiksa."))
    return HttpResponseRedirect(reverse("workforce:worker", args=[person.public_id]))
