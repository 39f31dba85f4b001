"""Programmes and cohorts: the list, one cohort with its funnel and its board, and the download."""

from datetime import date

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from batikportal import access, downloads
from workforce import permissions, rules
from workforce.actions import Refused
from workforce.actions import apprenticeships as actions
from workforce.choices.apprenticeship import TrainingForm
from workforce.forms.apprenticeships.cohorts import CohortForm, ProgrammeForm
from workforce.forms.apprenticeships.placements import PlacementFilterForm, RetentionForm
from workforce.models import ApprenticeshipProgramme, Cohort, Placement
from workforce.queries import apprenticeship as queries
from workforce.rules import apprenticeship as apprentice_rules
from workforce.rules import retention
from workforce.views.people import PAGE_SIZE

# Twelve months later is up to 366 days later.
DAYS_OF_A_YEAR = 366
SHOWN_MONTHS = apprentice_rules.OUTCOME_MONTHS


def shown(count: int, total: int, sees_names: bool) -> int | None:
    """A count for those who see names; for others only where nobody can be made out."""
    return count if sees_names or not count or rules.publishable(count, total) else None


def _stage(label: str, count: int, applied: int, sees_names: bool) -> tuple[str, int | None, float | None]:
    """A line of the funnel: how many, and their share of all who applied; None where somebody could be made out."""
    known = shown(count, applied, sees_names)
    return label, known, known / applied if known is not None and applied else None


@access.needs("workforce.view_figures")
@require_safe
def programme_list(request):
    """Every programme with its cohorts, and who stayed in the craft."""
    today = timezone.localdate()
    sees_names = permissions.may_read_placements(request.user)
    form = RetentionForm(request.GET)
    area, on = form.chosen(today)
    finished = Placement.objects.filter(person__ward__parent=area) if area else Placement.objects.all()
    rows = queries.followed(finished, on)
    context = {
        "filter": form,
        "area": area,
        "on": on,
        "programmes": queries.programmes(),
        "today": today,
        "sees_names": sees_names,
        "may_record": permissions.may_record_placements(request.user),
        "survival": _survival(rows, on),
        "retention": [(months, queries.stayed(rows, months, on)) for months in SHOWN_MONTHS],
        "least": rules.SMALLEST_GROUP,
    }
    return render(request, "workforce/programme_list.html", context)


def _survival(rows: list[queries.Followed], on: date) -> float | None:
    """The share still in batik after a year by Kaplan and Meier, who also use those watched for less; None where fewer
    than five people stand behind it."""
    if not rules.publishable(len(rows)):
        return None
    return retention.survival_after(retention.kaplan_meier(queries.spells(rows), on), DAYS_OF_A_YEAR)


@access.needs("workforce.record_placement")
@require_http_methods(["GET", "POST"])
def programme_new(request):
    """Enter a programme."""
    return _programme(request, None)


@access.needs("workforce.record_placement")
@require_http_methods(["GET", "POST"])
def programme_edit(request, public_id):
    """Correct a programme."""
    return _programme(request, get_object_or_404(ApprenticeshipProgramme, public_id=public_id))


def _programme(request, programme):
    form = ProgrammeForm(request.POST or None, instance=programme)
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_programme(facts=form.facts(), programme=programme, by=request.user, at=timezone.now())
        except Refused as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("Program disimpan."))
            return redirect("workforce:programme-list")
    context = {
        "title": _("Ubah program magang") if programme else _("Program magang baru"),
        "form": form,
        "cancel_url": reverse("workforce:programme-list"),
        "crumbs": [(_("Magang"), reverse("workforce:programme-list"))],
    }
    return render(request, "components/form_page.html", context)


@access.needs("workforce.record_placement")
@require_http_methods(["GET", "POST"])
def cohort_new(request, public_id):
    """Enter a cohort of a programme."""
    return _cohort_form(request, get_object_or_404(ApprenticeshipProgramme, public_id=public_id), None)


@access.needs("workforce.record_placement")
@require_http_methods(["GET", "POST"])
def cohort_edit(request, public_id):
    """Correct a cohort."""
    cohort = get_object_or_404(Cohort.objects.select_related("programme"), public_id=public_id)
    return _cohort_form(request, cohort.programme, cohort)


def _cohort_form(request, programme, cohort):
    today = timezone.localdate()
    form = CohortForm(
        request.POST or None,
        instance=cohort,
        limits=queries.limits_on(cohort.starts_on if cohort else today),
        formal=programme.form == TrainingForm.FORMAL,
    )
    if request.method == "POST" and form.is_valid():
        try:
            saved = actions.save_cohort(
                programme=programme,
                facts=form.facts(),
                steps=form.cleaned_data["steps"],
                cohort=cohort,
                by=request.user,
                at=timezone.now(),
            )
        except Refused as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("Angkatan disimpan."))
            return redirect(saved)
    back = cohort.get_absolute_url() if cohort else reverse("workforce:programme-list")
    context = {
        "title": _("Ubah angkatan") if cohort else _("Angkatan baru"),
        "lead": programme.title,
        "form": form,
        "cancel_url": back,
        "crumbs": [(_("Magang"), reverse("workforce:programme-list"))],
    }
    return render(request, "components/form_page.html", context)


@access.needs("workforce.record_placement")
@require_POST
def cohort_publish(request, public_id):
    """Put the call on the public page."""
    cohort = get_object_or_404(Cohort, public_id=public_id)
    try:
        actions.publish_cohort(cohort=cohort, today=timezone.localdate(), by=request.user, at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Angkatan diumumkan."))
    return redirect(cohort)


@access.needs("workforce.view_figures")
@require_safe
@never_cache
def cohort(request, public_id):
    """One cohort: its call, its funnel, and by name the board of placements."""
    rows = Cohort.objects.select_related("programme").prefetch_related("steps")
    found = get_object_or_404(rows, public_id=public_id)
    sees_names = permissions.may_read_placements(request.user)
    today = timezone.localdate()
    numbers = queries.funnel(found)
    stages = [
        (_("Mendaftar"), numbers.applied),
        (_("Ditawari tempat"), numbers.offered),
        (_("Mulai"), numbers.began),
        (_("Selesai"), numbers.finished),
        (_("Menjadi pekerja"), numbers.hired),
        (_("Berhenti"), numbers.dropped),
    ]
    context = {
        "cohort": found,
        "today": today,
        "sees_names": sees_names,
        "may_record": permissions.may_record_placements(request.user),
        "may_export": permissions.may_export_placements(request.user),
        "is_open": found.is_open_on(today),
        "funnel": [_stage(label, count, numbers.applied, sees_names) for label, count in stages],
    }
    if sees_names:
        form = PlacementFilterForm(request.GET)
        board = _board(request, found, form, today)
        context |= {"filter": form, "page": Paginator(board, PAGE_SIZE).get_page(request.GET.get("halaman"))}
    return render(request, "workforce/cohort.html", context)


def _board(request, cohort, form, today):
    visible = queries.detailed(Placement.objects.visible_to(request.user))
    if cohort is not None:
        visible = visible.filter(cohort=cohort)
    return queries.placements_matching(visible, form.wanted(today), request.GET.get("urut", ""))


@access.needs("workforce.read_placement")
@require_safe
@never_cache
def placement_list(request):
    """Placements of every cohort, by filter."""
    form = PlacementFilterForm(request.GET)
    board = _board(request, None, form, timezone.localdate())
    context = {
        "filter": form,
        "page": Paginator(board, PAGE_SIZE).get_page(request.GET.get("halaman")),
        "may_export": permissions.may_export_placements(request.user),
    }
    return render(request, "workforce/placement_list.html", context)


COLUMNS = (
    "Nomor", "Angkatan", "Nama", "Keadaan", "Mendaftar", "Ditawari", "Mulai", "Berakhir", "Alasan berhenti",
    "Tempat magang", "Kelompok", "Pembimbing", "Proses", "Perjanjian", "Disahkan", "Hasil 3 bulan", "Hasil 6 bulan",
    "Hasil 12 bulan",
)  # fmt: skip


@access.needs("workforce.export_placement")
@require_safe
@never_cache
def placement_export(request):
    """The board as CSV, with `angkatan` one cohort; the download is logged."""
    wanted = request.GET.get("angkatan", "")
    cohort = get_object_or_404(Cohort, public_id=wanted) if wanted else None
    rows = list(_board(request, cohort, PlacementFilterForm(request.GET), timezone.localdate()))
    actions.log_download(
        what=_("Penempatan magang"), count=len(rows), columns=("name", "state"), by=request.user, at=timezone.now()
    )
    return downloads.csv_file("magang", COLUMNS, (_csv_row(row) for row in rows))


def _csv_row(placement: Placement) -> list[object]:
    outcomes = {outcome.months: outcome.get_work_display() for outcome in placement.outcomes.all()}
    agreement = getattr(placement, "agreement", None)
    days = (placement.applied_on, placement.offered_on, placement.started_on, placement.ended_on)
    return [
        placement.number,
        placement.cohort.title,
        placement.name,
        placement.get_state_display(),
        *(day.isoformat() if day else "" for day in days),
        placement.get_drop_reason_display(),
        placement.host.name if placement.host else "",
        placement.host_group.name if placement.host_group else "",
        placement.mentor.name if placement.mentor else "",
        ", ".join(str(row.step) for row in placement.placement_steps.all()),
        agreement.number if agreement else "",
        agreement.endorsed_on.isoformat() if agreement and agreement.endorsed_on else "",
        *(outcomes.get(months, "") for months in SHOWN_MONTHS),
    ]
