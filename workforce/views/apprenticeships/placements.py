"""One placement: its way, what it lacks, and every move."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from batikportal import access
from workforce import permissions
from workforce.actions import Refused
from workforce.actions import apprenticeships as actions
from workforce.choices.apprenticeship import PlacementState
from workforce.forms.apprenticeships import placements as forms
from workforce.models import Person, Placement
from workforce.queries import apprenticeship as queries
from workforce.queries import hosting, matching
from workforce.rules import apprenticeship as rules
from workforce.rules.retention import months_after
from workforce.views.apprenticeships.calls import stages
from workforce.views.people import person_or_404

_S = PlacementState


@dataclass(frozen=True)
class Move:
    """A move as people see it: which state, which form, what the button says, what will happen."""

    to: str
    form: type[forms.MoveForm]
    label: object
    consequences: tuple[object, ...] = ()
    kind: str = "secondary"


MOVES: dict[str, Move] = {
    "tawarkan": Move(_S.OFFERED, forms.OfferForm, gettext_lazy("Tawarkan tempat"), kind=""),
    "tarik-tawaran": Move(
        _S.APPLIED,
        forms.MoveForm,
        gettext_lazy("Tarik tawaran"),
        (gettext_lazy("Peserta kembali menunggu tempat lain."),),
    ),
    "masa-coba": Move(_S.TRIAL, forms.TrialForm, gettext_lazy("Mulai masa coba")),
    "mulai": Move(
        _S.ACTIVE,
        forms.StartForm,
        gettext_lazy("Mulai magang"),
        (
            gettext_lazy("Syarat umur, persetujuan, proses, pembimbing, dan batas peserta diperiksa."),
            gettext_lazy("Tanpa perjanjian tertulis, peserta dianggap pekerja sejak hari pertama."),
        ),
        kind="",
    ),
    "jeda": Move(
        _S.PAUSED,
        forms.MoveForm,
        gettext_lazy("Jeda"),
        (gettext_lazy("Rencana selesai mundur sebanyak hari jeda."),),
    ),
    "lanjut": Move(_S.ACTIVE, forms.MoveForm, gettext_lazy("Lanjutkan"), kind=""),
    "selesai": Move(
        _S.COMPLETED,
        forms.MoveForm,
        gettext_lazy("Selesai"),
        (gettext_lazy("Hasilnya ditanyakan 3, 6, dan 12 bulan sesudahnya."),),
        kind="",
    ),
    "jadi-pekerja": Move(
        _S.CONVERTED,
        forms.MoveForm,
        gettext_lazy("Menjadi pekerja"),
        (gettext_lazy("Hubungan kerja dengan tempat magang dicatat sejak tanggal itu."),),
    ),
    "berhenti": Move(_S.DROPPED, forms.DropForm, gettext_lazy("Berhenti"), kind="quiet"),
}


def placement_or_404(request, public_id) -> Placement:
    """The placement, if the user may see it; everybody else gets the answer of one that does not exist."""
    return get_object_or_404(queries.detailed(Placement.objects.visible_to(request.user)), public_id=public_id)


def open_moves(placement: Placement) -> dict[str, Move]:
    """What may follow now; resuming and starting are two words for one state."""
    allowed = rules.PLACEMENT_TRANSITIONS[placement.state]
    found = {slug: move for slug, move in MOVES.items() if move.to in allowed}
    found.pop("mulai" if placement.state == _S.PAUSED else "lanjut", None)
    return found


def crumbs(placement: Placement) -> list[tuple[object, str]]:
    """The way back from a form of a placement."""
    return [
        (_("Magang"), reverse("workforce:programme-list")),
        (placement.cohort.title, placement.cohort.get_absolute_url()),
        (placement.name, placement.get_absolute_url()),
    ]


@access.needs("workforce.read_placement")
@require_safe
@never_cache
def placement(request, public_id):
    """One placement: where it stands, what it lacks, what was learned and what became of it."""
    found = placement_or_404(request, public_id)
    today = timezone.localdate()
    may_record = permissions.may_record_placements(request.user)
    waiting = found.state in (_S.APPLIED, _S.OFFERED, _S.TRIAL)
    outcomes = {outcome.months: outcome for outcome in found.outcomes.all()}
    context = {
        "placement": found,
        "today": today,
        "applicant": getattr(found, "applicant", None),
        "agreement": getattr(found, "agreement", None),
        "stages": stages(found),
        "gaps": hosting.gaps_of(found, today) if waiting else [],
        "moves": open_moves(found) if may_record else {},
        "may_record": may_record,
        "sees_people": permissions.may_see_people(request.user),
        "may_record_consent": permissions.may_record_consent(request.user),
        "moves_made": found.moves.select_related("by"),
        "assessments": found.assessments.select_related("step"),
        "payments": found.payments.all(),
        "log_count": found.log_entries.count(),
        "log_newest": found.log_entries.select_related("step")[:5],
        "suggestions": matching.hosts_for(found, today)[:5] if found.state == _S.APPLIED and may_record else [],
        "outcomes": [
            (months, months_after(found.ended_on, months), outcomes.get(months)) for months in rules.OUTCOME_MONTHS
        ]
        if found.ended_on and found.state in rules.FINISHED
        else [],
        "ended": found.state in rules.ENDED,
    }
    return render(request, "workforce/placement.html", context)


@access.needs("workforce.record_placement")
@require_http_methods(["GET", "POST"])
def placement_move(request, public_id, step: str):
    """Move a placement; a refusal says what is missing."""
    found = placement_or_404(request, public_id)
    move = open_moves(found).get(step)
    if move is None:
        if step not in MOVES:
            raise Http404
        messages.info(request, _("Langkah itu tidak dapat dilakukan sekarang. Ini keadaan terakhir."))
        return redirect(found)
    today = timezone.localdate()
    form = move.form(
        request.POST or None,
        today=today,
        user=request.user,
        mentors=hosting.mentors_at(found, today),
        initial=_initial(request, found),
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.move(placement=found, to=move.to, **form.facts(), by=request.user, at=timezone.now())
        except Refused as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("Tersimpan: %(step)s.") % {"step": move.label})
            return redirect(found)
    context = {
        "title": move.label,
        "question": f"{found.name} – {found.cohort.title}",
        "consequences": move.consequences,
        "form": form,
        "submit_label": move.label,
        "cancel_url": found.get_absolute_url(),
        "crumbs": crumbs(found),
    }
    return render(request, "components/confirm_page.html", context)


def _initial(request, placement: Placement) -> dict[str, object]:
    initial: dict[str, object] = {"planned_until": placement.cohort.ends_on}
    if placement.mentor:
        initial["mentor"] = placement.mentor.public_id
    if suggested := request.GET.get("usaha"):
        initial["host"] = suggested
    return initial


@access.needs("workforce.record_placement")
@require_http_methods(["GET", "POST"])
@never_cache
def placement_match(request, public_id):
    """Say who the applicant is in the registry."""
    found = placement_or_404(request, public_id)
    if found.person is not None or not hasattr(found, "applicant"):
        return redirect(found)
    people = hosting.probably(found, Person.objects.visible_to(request.user))
    today = timezone.localdate()
    form = forms.MatchForm(request.POST or None, people=[(person, _in_words(person, today)) for person in people])
    if request.method == "POST" and form.is_valid():
        try:
            actions.match(placement=found, person=form.chosen(), by=request.user, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Pendaftar dicocokkan dengan data orang."))
            return redirect(found)
    context = {
        "title": _("Cocokkan pendaftar"),
        "lead": found.name,
        "note": _("Pilih orangnya bila sudah terdaftar, supaya tidak tercatat dua kali."),
        "form": form,
        "cancel_url": found.get_absolute_url(),
        "crumbs": crumbs(found),
    }
    return render(request, "components/form_page.html", context)


def _in_words(person: Person, today) -> str:
    age = person.age_on(today)
    place = person.ward.name if person.ward else person.residence_outside
    return f"{person.name} – {place} – {age.years if age.years is not None else '?'}"


@access.needs("workforce.record_placement")
@require_http_methods(["GET", "POST"])
def placement_steps(request, public_id):
    """Change what is learned."""
    found = placement_or_404(request, public_id)
    known = [row.step for row in found.placement_steps.all()]
    form = forms.StepsForm(request.POST or None, initial={"steps": known})
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_steps(placement=found, steps=form.cleaned_data["steps"], by=request.user, at=timezone.now())
        except Refused as refusal:
            form.add_error("steps", str(refusal))
        else:
            messages.success(request, _("Proses yang dipelajari disimpan."))
            return redirect(found)
    context = {
        "title": _("Proses yang dipelajari"),
        "lead": found.name,
        "form": form,
        "cancel_url": found.get_absolute_url(),
        "crumbs": crumbs(found),
    }
    return render(request, "components/form_page.html", context)


@access.needs("workforce.record_placement")
@require_http_methods(["GET", "POST"])
def placement_mentor(request, public_id):
    """Another mentor takes over."""
    found = placement_or_404(request, public_id)
    form = forms.MentorForm(request.POST or None, mentors=hosting.mentors_at(found, timezone.localdate()))
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_mentor(placement=found, mentor=form.cleaned_data["mentor"], by=request.user, at=timezone.now())
        except Refused as refusal:
            form.add_error("mentor", str(refusal))
        else:
            messages.success(request, _("Pembimbing disimpan."))
            return redirect(found)
    context = {
        "title": _("Pembimbing"),
        "lead": found.name,
        "form": form,
        "cancel_url": found.get_absolute_url(),
        "crumbs": crumbs(found),
    }
    return render(request, "components/form_page.html", context)


@access.needs("workforce.record_placement")
@require_http_methods(["GET", "POST"])
def placement_enrol(request, public_id):
    """A registered person enters a cohort."""
    person = person_or_404(request, public_id)
    form = forms.EnrolForm(request.POST or None, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.enrol(person=person, **form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("Terdaftar pada angkatan magang."))
            return redirect(made)
    context = {
        "title": _("Daftarkan magang"),
        "lead": person.name,
        "form": form,
        "cancel_url": person.get_absolute_url(),
        "crumbs": [(_("Pekerja"), reverse("workforce:worker-list")), (person.name, person.get_absolute_url())],
    }
    return render(request, "components/form_page.html", context)
