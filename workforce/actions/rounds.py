"""Rounds of paid insurance: planned, people proposed, verified by the ward, decided by another person, handed over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from batikportal import states
from batikportal.choices import Source
from batikportal.models import AccessEvent
from workforce.actions.refusals import Refused
from workforce.choices import ConsentPurpose
from workforce.choices.rounds import EntryState, Verdict
from workforce.models import Consent, CoverageEntry, CoverageRound, Person
from workforce.queries import rounds as queries
from workforce.rules import rounds as rules

FACTS = ("title", "programme", "year", "from_on", "until_on", "opens_on", "closes_on", "quota", "budget_per_month_idr")


class NoPremium(Refused):
    sentence = _("Iuran JKK dan JKM untuk tanggal itu belum dicatat. Lengkapi dahulu pada Angka rujukan.")
    field = "from_on"


class BudgetTooSmall(Refused):
    sentence = _("Anggaran sebulan tidak cukup untuk kuota itu. Kurangi kuota atau tambah anggaran.")
    field = "budget_per_month_idr"


class TitleTaken(Refused):
    sentence = _("Sudah ada putaran dengan nama ini. Pilih nama lain.")
    field = "title"


class QuotaHoldsPlaces(Refused):
    sentence = _("Sudah lebih banyak orang disetujui daripada kuota itu. Isi kuota yang lebih besar.")
    field = "quota"


class RoundClosed(Refused):
    sentence = _("Putaran ini tidak sedang menerima usulan. Lihat tanggal buka dan tutupnya.")


class QuotaFull(Refused):
    sentence = _("Kuota putaran ini habis. Tidak ada yang disimpan; pilih lebih sedikit orang, atau daftar tunggu.")


class CannotMove(Refused):
    sentence = _("Keadaan usulan ini sudah berubah. Muat ulang halaman untuk melihat keadaan terakhir.")


class SamePerson(Refused):
    sentence = _("Pengusul dan pemeriksa tidak boleh memutuskan. Mintalah orang lain memutuskan usulan ini.")


class ReasonMissing(Refused):
    sentence = _("Tulis alasannya.")
    field = "reason"


class NotEligible(Refused):
    sentence = _("Pekerja ini tidak lagi memenuhi syarat atau persetujuannya ditarik. Periksa data pekerjanya.")


_BY_CONSTRAINT: tuple[tuple[str, type[Refused]], ...] = (
    ("coverageround_budget_pays_quota", BudgetTooSmall),
    ("coverageround_quota_holds_places", QuotaHoldsPlaces),
    ("workforce_coverageround_title", TitleTaken),
    ("coverageentry_within_quota", QuotaFull),
    ("coverageentry_decided_by_another", SamePerson),
    ("coverageentry_needs_consent", NotEligible),
)


def _refusal(error: IntegrityError) -> Refused | None:
    """What the database refused, in words."""
    told = f"{getattr(getattr(error.__cause__, 'diag', None), 'constraint_name', '')} {error}"
    return next((refusal() for name, refusal in _BY_CONSTRAINT if name in told), None)


def _saved(row: CoverageRound | CoverageEntry) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        if refusal := _refusal(error):
            raise refusal from error
        raise


@transaction.atomic
def plan_round(*, facts: dict[str, Any], by, at: datetime, source: str = Source.FORM) -> CoverageRound:
    """A new round; its premium is the dated row in force on the first day of protection."""
    round_ = CoverageRound(created_by=by, source=source, **{name: facts[name] for name in FACTS})
    _price(round_)
    _saved(round_)
    return round_


@transaction.atomic
def change_round(*, round_: CoverageRound, facts: dict[str, Any], by, at: datetime) -> CoverageRound:
    """Correct a round; the quota never falls below the places given away."""
    current = CoverageRound.objects.select_for_update().get(pk=round_.pk)
    was = current.from_on
    for name in FACTS:
        setattr(current, name, facts[name])
    if current.from_on != was:
        _price(current)
    _saved(current)
    return current


def _price(round_: CoverageRound) -> None:
    premium = queries.premium_on(round_.from_on)
    if premium is None:
        raise NoPremium
    round_.premium, round_.premium_idr = premium, premium.value
    if round_.budget_per_month_idr < Decimal(round_.quota) * premium.value:
        raise BudgetTooSmall


@dataclass(frozen=True)
class Proposed:
    """What became of a choice of people."""

    made: int
    left_out: int


@transaction.atomic
def propose(*, round_: CoverageRound, people: Sequence[str], visible: Any, by, at: datetime) -> Proposed:
    """Propose those of the chosen people (public ids, among `visible`) who meet every condition now; others are left
    out. What was found is frozen with each proposal."""
    today = timezone.localdate(at)
    if not round_.opens_on <= today <= round_.closes_on:
        raise RoundClosed
    window = queries.age_window(today)
    chosen = Person.objects.filter(public_id__in=people)
    # The consents first, as a withdrawal locks them first: nobody waits in a circle.
    _hold_consents(chosen)
    found = queries.candidates(visible.filter(public_id__in=people), today, window)
    fitting = [one for one in found if one.verdict == Verdict.ELIGIBLE]
    entries = [
        CoverageEntry(
            round=round_,
            person=one,
            conditions=rules.eligibility(queries.facts_of(one, window, today)),
            risk_points=one.risk_points,
            risk_reasons=queries.reasons_of(one),
            proposed_at=at,
            created_by=by,
        )
        for one in fitting
    ]
    try:
        with transaction.atomic():
            CoverageEntry.objects.bulk_create(entries)
    except IntegrityError as error:
        # Somebody else proposed one of them at the same moment.
        raise CannotMove from error
    return Proposed(len(entries), len(set(people)) - len(entries))


def _hold_consents(people: Any) -> None:
    rows = Consent.objects.filter(
        person__in=people.order_by().values("pk"), purpose=ConsentPurpose.PROGRAMME, withdrawn_at__isnull=True
    )
    list(rows.order_by("pk").select_for_update().values_list("pk", flat=True))


def _held(entry: CoverageEntry) -> CoverageEntry:
    _hold_consents(Person.objects.filter(pk=entry.person_id))
    return CoverageEntry.objects.select_for_update(of=("self",)).select_related("round", "person").get(pk=entry.pk)


def _move(entry: CoverageEntry, new: EntryState, reason: str = "") -> None:
    if not states.may_move(rules.ENTRY_TRANSITIONS, entry.state, new):
        raise CannotMove
    if new in rules.NEEDS_REASON and not reason.strip():
        raise ReasonMissing
    entry.state, entry.reason = new, reason.strip()
    _saved(entry)


@transaction.atomic
def verify(*, entry: CoverageEntry, by, at: datetime) -> CoverageEntry:
    """The ward knows the person and the data are right."""
    held = _held(entry)
    held.verified_by, held.verified_at = by, at
    _move(held, EntryState.VERIFIED)
    return held


@transaction.atomic
def send_back(*, entry: CoverageEntry, reason: str, by, at: datetime) -> CoverageEntry:
    """The ward says what is wrong."""
    held = _held(entry)
    held.verified_by, held.verified_at = by, at
    _move(held, EntryState.RETURNED, reason)
    return held


@transaction.atomic
def propose_again(*, entry: CoverageEntry, by, at: datetime) -> CoverageEntry:
    """What the ward found wrong has been mended; the conditions are asked anew."""
    held = _held(entry)
    if held.state != EntryState.RETURNED:
        raise CannotMove
    today = timezone.localdate(at)
    window = queries.age_window(today)
    # The own proposal is open, so the person is asked past the list of candidates.
    person = queries.as_candidate(held.person, today, window)
    conditions = rules.eligibility(queries.facts_of(person, window, today))
    if rules.verdict_of(conditions) != Verdict.ELIGIBLE:
        raise NotEligible
    held.conditions = conditions
    held.verified_by = held.verified_at = None
    _move(held, EntryState.PROPOSED)
    return held


@transaction.atomic
def decide(*, entries: Sequence[CoverageEntry], outcome: str, reason: str = "", by, at: datetime) -> int:
    """Decide some proposals alike, all or none; never those that the same person proposed or verified."""
    new = EntryState(outcome)
    _hold_consents(Person.objects.filter(pk__in=[entry.person_id for entry in entries]))
    held = list(
        CoverageEntry.objects.select_for_update(of=("self",))
        .filter(pk__in=[entry.pk for entry in entries])
        .order_by("-risk_points", "pk")
    )
    for entry in held:
        if by.pk in (entry.created_by_id, entry.verified_by_id):
            raise SamePerson
        entry.decided_by, entry.decided_at = by, at
        _move(entry, new, reason)
    return len(held)


@transaction.atomic
def hand_over(*, round_: CoverageRound, purpose: str, by, at: datetime) -> list[CoverageEntry]:
    """The accepted people of a round whom `by` may see, for the upload file, with their NIKs; each reading is logged
    with its purpose."""
    entries = list(
        CoverageEntry.objects.visible_to(by)
        .filter(round=round_, state=EntryState.ACCEPTED)
        .select_related("person__ward__parent")
        .order_by("person__name", "pk")
    )
    AccessEvent.objects.bulk_create(
        AccessEvent(
            user=by,
            subject_type=Person._meta.label_lower,
            subject_id=str(entry.person_id),
            subject_label=str(entry.person),
            fields=["address", "birth_on", "name", "nik", "phone"],
            purpose=purpose,
            at=at,
        )
        for entry in entries
    )
    CoverageRound.objects.filter(pk=round_.pk, handed_over_at__isnull=True).update(handed_over_at=at)
    return entries


def log_entries_read(*, entries: Sequence[CoverageEntry], by, at: datetime) -> None:
    """Somebody opened proposals by name (UU 27/2022 art. 31)."""
    if entries:
        AccessEvent.objects.create(
            user=by,
            subject_type=CoverageEntry._meta.label_lower,
            subject_id=str(entries[0].pk) if len(entries) == 1 else "",
            subject_label=str(entries[0]) if len(entries) == 1 else f"{_('Usulan perlindungan')} ({len(entries)})",
            fields=["address", "name", "state"],
            purpose=str(_("Usulan perlindungan dibuka")),
            at=at,
        )
