"""The way of a placement: applying, matching with the registry, and every move from the offer to the end."""

import hashlib
import secrets
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from batikportal import states
from batikportal.models import AccessEvent, Enterprise
from workforce.actions import engagements
from workforce.actions.people import register_person
from workforce.actions.refusals import AlreadyEngaged, InTheFuture, Refused
from workforce.choices import EngagementRole
from workforce.choices.apprenticeship import PlacementGap, PlacementState
from workforce.models import Applicant, Cohort, HostGroup, Person, Placement, PlacementMove, PlacementStep, ProcessStep
from workforce.queries import apprenticeship as queries
from workforce.queries import hosting
from workforce.rules import apprenticeship as rules
from workforce.rules.retention import months_after

_S = PlacementState
TRIES = 10
# Applications that came to nothing are forgotten after a year, since many of them are of children.
FORGET_AFTER_MONTHS = 12


class PlacementRefused(Refused):
    """A move that a rule forbids; the sentence says which one and what to do."""

    def __init__(self, sentence: str | Promise, field: str | None = None) -> None:
        self.sentence, self.field = sentence, field
        super().__init__(sentence)


# What the database says when it refuses, in words for people.
_SENTENCES: dict[str, str | Promise] = {
    "placement_seat_free": gettext_lazy("Semua tempat pada angkatan ini sudah terisi."),
    "placement_rules_known": PlacementGap.RULES_UNKNOWN.label,
    "placement_age_known": PlacementGap.AGE_UNKNOWN.label,
    "placement_old_enough": PlacementGap.TOO_YOUNG.label,
    "placement_consented": gettext_lazy(
        "Persetujuan belum dicatat. Bila belum 18 tahun, yang menyetujui orang tua atau wali."
    ),
    "placement_steps_allowed": PlacementGap.FORBIDDEN_STEP.label,
    "placement_mentor_has_room": PlacementGap.MENTOR_FULL.label,
    "placement_through_group": PlacementGap.THROUGH_GROUP.label,
    "placement_host_has_room": PlacementGap.HOST_FULL.label,
    "placement_one_at_a_time": gettext_lazy("Orang ini sedang magang di tempat lain. Akhiri dahulu yang lama."),
    "placement_once_per_cohort": gettext_lazy("Orang ini sudah terdaftar pada angkatan ini."),
    "placement_begun_has_mentor_and_days": PlacementGap.MENTOR.label,
    "placement_mentor_is_somebody_else": gettext_lazy("Peserta tidak dapat membimbing dirinya sendiri."),
    "placement_days_in_order": gettext_lazy("Urutan tanggal tidak mungkin. Periksa tanggalnya."),
    "state_moves": gettext_lazy("Keadaan sudah berubah. Muat ulang halaman untuk melihat keadaan terakhir."),
}


def _guarded(write: Callable[[], Any]) -> None:
    """Write, and turn what the database refuses into a sentence."""
    try:
        with transaction.atomic():
            write()
    except IntegrityError as error:
        diagnosis = getattr(error.__cause__, "diag", None)
        sentence = _SENTENCES.get(getattr(diagnosis, "constraint_name", None) or "")
        if sentence is None:
            raise
        raise PlacementRefused(sentence) from error


def hash_of(secret: str) -> str:
    """What is stored of a secret of at least 128 random bits."""
    return hashlib.sha256(secret.encode()).hexdigest()


def fresh_number(at: datetime) -> str:
    """Year and month, then six random digits: short enough for the telephone, silent about how many there are."""
    return f"{timezone.localtime(at):%y%m}-{secrets.randbelow(1_000_000):06d}"


@transaction.atomic
def apply(
    *, cohort: Cohort, facts: Mapping[str, Any], steps: Iterable[ProcessStep], secret: str, at: datetime
) -> Placement:
    """Take an application from the public form; the same secret again is the same application.

    A minor needs a guardian's name and telephone, and steps that minors may learn.
    """
    known = Applicant.objects.filter(token_hash=hash_of(secret)).select_related("placement").first()
    if known is not None:
        return known.placement
    today = timezone.localdate(at)
    if not cohort.is_open_on(today):
        raise PlacementRefused(_("Pendaftaran angkatan ini tidak dibuka hari ini."))
    wanted = list(steps)
    _check_age(facts["birth_on"], facts.get("guardian_name", ""), wanted, cohort.starts_on)
    placement = _numbered(Placement(cohort=cohort, applied_on=today), at)
    Applicant.objects.create(placement=placement, token_hash=hash_of(secret), **facts)
    _write_steps(placement, wanted)
    _told(placement, "", today, "", None, at)
    return placement


def _check_age(born: date, guardian: str, steps: Iterable[ProcessStep], starts_on: date) -> None:
    limits = queries.limits_on(starts_on)
    age = rules.youngest_possible_age(born, None, starts_on)
    if limits.youngest is not None and age is not None and age < limits.youngest:
        raise PlacementRefused(
            _("Pada hari mulai magang, umur peserta paling muda %(age)s tahun.") % {"age": limits.youngest}, "birth_on"
        )
    if limits.adult is not None and age is not None and age < limits.adult:
        if not guardian:
            raise PlacementRefused(
                _("Belum %(age)s tahun: isi nama orang tua atau wali.") % {"age": limits.adult}, "guardian_name"
            )
        if forbidden := [str(step) for step in steps if step.forbidden_under_18]:
            words = {"age": limits.adult, "steps": ", ".join(forbidden)}
            raise PlacementRefused(
                _("Belum %(age)s tahun: tidak boleh memilih %(steps)s. Pilih proses lain.") % words, "steps"
            )


def _numbered(placement: Placement, at: datetime) -> Placement:
    for _attempt in range(TRIES):
        placement.number = fresh_number(at)
        if not Placement.objects.filter(number=placement.number).exists():
            placement.save()
            return placement
    raise PlacementRefused(_("Nomor pendaftaran sedang tidak dapat dibuat. Kirim lagi sebentar."))


@transaction.atomic
def enrol(*, cohort: Cohort, person: Person, steps: Iterable[ProcessStep], by, at: datetime) -> Placement:
    """Staff enter somebody who is registered already."""
    placement = Placement(cohort=cohort, person=person, applied_on=timezone.localdate(at), created_by=by)
    _guarded(lambda: _numbered(placement, at))
    _write_steps(placement, steps)
    _told(placement, "", placement.applied_on, "", by, at)
    return placement


@transaction.atomic
def match(*, placement: Placement, person: Person | None, by, at: datetime) -> Placement:
    """Say who the applicant is: a registered person, or somebody new who is registered with what the form holds."""
    current = Placement.objects.select_for_update().get(pk=placement.pk)
    if current.person_id is not None:
        raise PlacementRefused(_("Pendaftar ini sudah dicocokkan. Muat ulang halaman."))
    if person is None:
        told = Applicant.objects.get(placement=current)
        facts = {
            name: getattr(told, name)
            for name in ("name", "birth_on", "sex", "phone", "ward", "residence_outside", "education")
        }
        person = register_person(facts=facts, by=by, at=at)
    current.person = person
    _guarded(lambda: current.save(update_fields=["person"]))
    return current


@transaction.atomic
def set_steps(*, placement: Placement, steps: Iterable[ProcessStep], by, at: datetime) -> None:
    """What is to be learned."""
    Placement.objects.select_for_update().get(pk=placement.pk)
    wanted = set(steps)
    placement.placement_steps.exclude(step__in=wanted).delete()
    known = set(placement.placement_steps.values_list("step", flat=True))
    _write_steps(placement, [step for step in wanted if step.pk not in known])


def _write_steps(placement: Placement, steps: Iterable[ProcessStep]) -> None:
    rows = [PlacementStep(placement=placement, step=step) for step in steps]
    _guarded(lambda: PlacementStep.objects.bulk_create(rows))


@transaction.atomic
def set_mentor(*, placement: Placement, mentor: Person, by, at: datetime) -> Placement:
    """Another mentor takes over."""
    current = Placement.objects.select_for_update().get(pk=placement.pk)
    if current.state in rules.ENDED:
        raise PlacementRefused(_("Penempatan ini sudah berakhir."))
    current.mentor = mentor
    _guarded(lambda: current.save(update_fields=["mentor"]))
    return current


@transaction.atomic
def move(
    *,
    placement: Placement,
    to: str,
    on: date,
    note: str = "",
    host: Enterprise | None = None,
    host_group: HostGroup | None = None,
    mentor: Person | None = None,
    planned_until: date | None = None,
    drop_reason: str = "",
    by,
    at: datetime,
) -> Placement:
    """Move a placement along `rules.PLACEMENT_TRANSITIONS`; what a state needs comes with the move.

    Raises PlacementRefused with what is missing, InTheFuture.
    """
    if on > timezone.localdate(at):
        raise InTheFuture
    current = (
        Placement.objects.select_for_update(of=("self",))
        .select_related("cohort__programme", "person")
        .get(pk=placement.pk)
    )
    before = current.state
    if not states.may_move(rules.PLACEMENT_TRANSITIONS, before, to):
        raise PlacementRefused(_SENTENCES["state_moves"])
    if on < (last := _last_day(current) or on):
        raise PlacementRefused(
            _("Langkah terakhir dicatat pada %(day)s. Isi tanggal itu atau sesudahnya.") % {"day": date_format(last)}
        )
    if to == _S.OFFERED and current.person_id is None:
        raise PlacementRefused(PlacementGap.PERSON.label)
    current.state = to
    _apply_facts(current, before, on, host, host_group, mentor, planned_until, drop_reason)
    if to in rules.LEARNING and to != _S.PAUSED:
        missing = [gap for gap in hosting.gaps_of(current, on) if to != _S.TRIAL or gap != PlacementGap.MENTOR]
        if missing:
            raise PlacementRefused(" ".join(str(gap.label) for gap in missing))
    _guarded(current.save)
    _told(current, before, on, note, by, at)
    if to == _S.CONVERTED:
        _hire(current, on, by, at)
    return current


def _last_day(current: Placement) -> date | None:
    """The day of the newest step; a pause that ended before it began would pull the planned end backwards."""
    days = (current.applied_on, current.offered_on, current.trial_on, current.started_on, current.paused_on)
    return max((day for day in days if day), default=None)


def _apply_facts(
    current: Placement,
    before: str,
    on: date,
    host: Enterprise | None,
    host_group: HostGroup | None,
    mentor: Person | None,
    planned_until: date | None,
    drop_reason: str,
) -> None:
    """The columns that the new state brings with it."""
    to = current.state
    if mentor is not None:
        current.mentor = mentor
    if to == _S.OFFERED:
        current.offered_on, current.host, current.host_group = on, host, host_group
    elif to == _S.APPLIED:
        current.offered_on = current.host = current.host_group = None
    elif to == _S.TRIAL:
        current.trial_on = on
    elif to == _S.ACTIVE and before == _S.PAUSED:
        if current.paused_on and current.planned_until:
            current.planned_until = rules.paused_until(current.planned_until, current.paused_on, on)
        current.paused_on = None
    elif to == _S.ACTIVE:
        current.started_on, current.planned_until = on, planned_until
    elif to == _S.PAUSED:
        current.paused_on = on
    elif to == _S.DROPPED:
        current.ended_on, current.paused_on, current.drop_reason = on, None, drop_reason
    elif to == _S.COMPLETED:
        current.ended_on = on
    elif to == _S.CONVERTED:
        current.converted_on = on
        current.ended_on = current.ended_on or on


def _hire(placement: Placement, on: date, by, at: datetime) -> None:
    """A converted apprentice is a worker of the host from that day on, unless already recorded as one."""
    assert placement.person is not None  # noqa: S101 - the constraint placement_person_from_offer_on
    steps = [row.step for row in placement.placement_steps.select_related("step")]
    try:
        engagements.engage(
            person=placement.person,
            enterprise=placement.host,
            steps=steps,
            role=EngagementRole.WORKER,
            from_on=on,
            by=by,
            at=at,
        )
    except AlreadyEngaged:
        return


def _told(placement: Placement, before: str, on: date, note: str, by, at: datetime) -> None:
    PlacementMove.objects.create(
        placement=placement, old_state=before, new_state=placement.state, on=on, note=note, by=by, at=at
    )


@transaction.atomic
def forget_applicants(*, at: datetime) -> int:
    """Delete what the form held of people whose placement, or whose call they were not taken in, ended a year ago; how
    many. Their placements stay."""
    limit = months_after(timezone.localdate(at), -FORGET_AFTER_MONTHS)
    never_taken = Q(placement__state__in=(_S.APPLIED, _S.OFFERED), placement__cohort__ends_on__lt=limit)
    old = Applicant.objects.filter(Q(placement__ended_on__lt=limit) | never_taken)
    count, _by_model = old.delete()
    return count


def log_download(*, what: str, count: int, columns: Iterable[str], by, at: datetime) -> AccessEvent:
    """Somebody took a list of apprentices out of the portal."""
    return AccessEvent.objects.create(
        user=by,
        subject_type=Placement._meta.label_lower,
        subject_id="",
        subject_label=f"{what} ({count})",
        fields=sorted(columns),
        purpose=_("Unduhan daftar"),
        at=at,
    )
