"""Two records become one person: everything moves to the record that stays, the other keeps a pointer and is closed.

What moves is every foreign key to a person that the installed models have, so a noun that comes later is not forgotten;
what needs a rule of its own stands below by name.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime

from django.apps import apps
from django.db import IntegrityError, InternalError, models, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from batikportal import audit
from workforce.actions.duplicates import PairDecided
from workforce.actions.refusals import Refused
from workforce.choices.duplicates import PairState
from workforce.choices.rounds import EntryState
from workforce.models import (
    Consent,
    CoverageEntry,
    CoveragePeriod,
    DuplicateCandidate,
    Engagement,
    EngagementStep,
    Person,
    SkillClaim,
    WageObservation,
    WorkerCard,
)
from workforce.rules import duplicates as rules
from workforce.rules.rounds import OPEN_STATES, TAKES_PLACE
from workforce.rules.skills import WEIGHT

# Pairs follow by a rule of their own; the pointer of a record merged earlier stays as history.
STAYS = {
    "workforce.person.merged_into",
    "workforce.duplicatecandidate.first",
    "workforce.duplicatecandidate.second",
}


class AlreadyMerged(Refused):
    sentence = _("Salah satu data sudah digabung. Muat ulang halaman untuk melihat keadaan terakhir.")


class CoverageDisagrees(Refused):
    sentence = _(
        "Kedua data memuat kepesertaan program yang sama pada masa yang sama, tetapi isinya berbeda. Perbaiki atau "
        "akhiri salah satunya di halaman pekerja, lalu gabungkan lagi."
    )


class CannotStandTogether(Refused):
    sentence = _(
        "Kedua data punya catatan yang tidak dapat berdampingan. Selesaikan salah satunya dahulu, lalu gabungkan lagi."
    )


def relations() -> Iterator[tuple[type[models.Model], str]]:
    """Every foreign key to Person of the installed models that moves; history tables follow by themselves."""
    for model in apps.get_models():
        if hasattr(model, "pgh_tracked_model"):
            continue
        for column in model._meta.local_fields:
            if column.related_model is Person and f"{model._meta.label_lower}.{column.name}" not in STAYS:
                yield model, column.name


def what_moves(person: Person) -> list[tuple[str, int]]:
    """What the confirmation shows: names of the kinds of rows that point to the person, and how many."""
    counted: dict[str, int] = {}
    for model, field in relations():
        found = model._default_manager.filter(**{field: person}).count()
        if found:
            label = str(model._meta.verbose_name)
            counted[label] = counted.get(label, 0) + found
    return list(counted.items())


@transaction.atomic
def merge_people(
    *, pair: DuplicateCandidate, into: Person, chosen: Mapping[str, int], by, at: datetime
) -> dict[str, int]:
    """Merge the other of the pair `into` one of them. `chosen` says for groups of columns (`rules.GROUPS`) from which
    record, by its key, the value is taken; groups left out stay as they are. Returns rows moved by relation."""
    rows = {one.pk: one for one in Person.objects.select_for_update(of=("self",)).filter(
        pk__in=(pair.first_id, pair.second_id)).order_by("pk")}  # fmt: skip
    decided = DuplicateCandidate.objects.select_for_update().get(pk=pair.pk)
    if decided.state == PairState.SAME:
        raise PairDecided
    stays = rows[into.pk]
    gone = next(one for one in rows.values() if one.pk != stays.pk)
    if stays.merged_into_id or gone.merged_into_id:
        raise AlreadyMerged
    with audit.because(_("Digabung: data ganda")):
        try:
            with transaction.atomic():
                _join_engagements(gone, stays)
                _join_coverage(gone, stays)
                _join_consents(gone, stays, at)
                _join_wages(gone, stays)
                _join_skills(gone, stays, at)
                _join_cards(gone, stays, at)
                _join_entries(gone, stays)
                moved = _move(gone, stays)
                _choose(gone, stays, chosen)
                _carry_pairs(decided, gone, stays)
                decided.state, decided.decided_by, decided.decided_at = PairState.SAME, by, at
                decided.save(update_fields=["state", "decided_by", "decided_at"])
        except (IntegrityError, InternalError) as error:
            raise CannotStandTogether from error
    return moved


def _move(gone: Person, stays: Person) -> dict[str, int]:
    moved = {}
    for model, field in relations():
        found = model._default_manager.filter(**{field: gone})
        if model is Consent:
            # A consent that the other record has too stays with the closed one, as the paper it is.
            twins = Consent.objects.filter(person=stays, purpose=OuterRef("purpose"), withdrawn_at__isnull=True)
            found = found.exclude(Q(withdrawn_at__isnull=True) & Exists(twins))
        moved[f"{model._meta.label_lower}.{field}"] = found.update(**{field: stays})
    return moved


def _join_engagements(gone: Person, stays: Person) -> None:
    """Open engagements for the same principal become one, begun at the earlier day; one main engagement stays."""
    here = Engagement.objects.filter(person=stays, until_on__isnull=True)
    by_principal = {_principal(one): one for one in here}
    for twin in Engagement.objects.filter(person=gone, until_on__isnull=True):
        kept = by_principal.get(_principal(twin))
        if kept is None:
            continue
        if twin.from_on < kept.from_on:
            kept.from_on, kept.start_is_unknown = twin.from_on, twin.start_is_unknown
        kept.pay_mode, kept.place = kept.pay_mode or twin.pay_mode, kept.place or twin.place
        kept.save(update_fields=["from_on", "start_is_unknown", "pay_mode", "place"])
        EngagementStep.objects.bulk_create(
            [EngagementStep(engagement=kept, step_id=part.step_id) for part in twin.engagement_steps.all()],
            ignore_conflicts=True,
        )
        twin.delete()
    if here.filter(is_main=True).exists():
        Engagement.objects.filter(person=gone, until_on__isnull=True, is_main=True).update(is_main=False)


def _principal(engagement: Engagement) -> tuple[int | None, str, bool]:
    own_account = engagement.role == "own_account"
    return engagement.enterprise_id, engagement.principal_name.strip().casefold(), own_account


def _join_coverage(gone: Person, stays: Person) -> None:
    """Periods of one programme that overlap and say the same become one; those that disagree are refused."""
    for period in CoveragePeriod.objects.filter(person=gone):
        overlapping = CoveragePeriod.objects.filter(
            Q(until_on__isnull=True) | Q(until_on__gte=period.from_on), person=stays, programme=period.programme
        )
        if period.until_on:
            overlapping = overlapping.filter(from_on__lte=period.until_on)
        kept = overlapping.first()
        if kept is None:
            continue
        if overlapping.count() > 1 or _kind(kept) != _kind(period):
            raise CoverageDisagrees
        kept.from_on = min(kept.from_on, period.from_on)
        kept.until_on = max(kept.until_on, period.until_on) if kept.until_on and period.until_on else None
        checks = [day for day in (kept.verified_on, period.verified_on) if day]
        kept.verified_on = max(checks, default=None)
        period.delete()
        kept.save(update_fields=["from_on", "until_on", "verified_on"])


def _kind(period: CoveragePeriod) -> tuple[str, str, str]:
    return period.status, period.segment, period.payer


def _join_consents(gone: Person, stays: Person, at: datetime) -> None:
    """The later word counts: a consent that one record withdrew after the other gave it is withdrawn on both."""
    for one, other in ((gone, stays), (stays, gone)):
        withdrawn_later = Consent.objects.filter(
            person=other, purpose=OuterRef("purpose"), withdrawn_at__gte=OuterRef("given_at")
        )
        standing = Consent.objects.filter(Exists(withdrawn_later), person=one, withdrawn_at__isnull=True)
        standing.update(withdrawn_at=at)


def _join_wages(gone: Person, stays: Person) -> None:
    """The same pay, recorded for both, is one."""
    same = WageObservation.objects.filter(
        person=stays, step=OuterRef("step"), observed_on=OuterRef("observed_on"), period=OuterRef("period")
    )
    WageObservation.objects.filter(Exists(same), person=gone).delete()


def _join_entries(gone: Person, stays: Person) -> None:
    """Proposed twice for paid insurance is one proposal: that of the record that stays."""
    standing = CoverageEntry.objects.exclude(state=EntryState.WITHDRAWN)
    twins = standing.filter(person=stays)
    of_round = Exists(twins.filter(round=OuterRef("round")))
    is_open = Q(state__in=OPEN_STATES) & Exists(twins.filter(state__in=OPEN_STATES))
    doubled = standing.filter(of_round | is_open, person=gone)
    if doubled.filter(state__in=TAKES_PLACE).exists():
        # A place that is given away, perhaps paid for, is not dropped by a merge; the other record may stay instead.
        raise CannotStandTogether
    doubled.delete()


def _join_skills(gone: Person, stays: Person, at: datetime) -> None:
    """Of two standing claims of one level the better evidence stands, the other is kept as replaced."""
    here = {(one.step_id, one.level): one for one in SkillClaim.objects.standing().filter(person=stays)}
    for claim in SkillClaim.objects.standing().filter(person=gone):
        kept = here.get((claim.step_id, claim.level))
        if kept is None:
            continue
        weaker = kept if WEIGHT[claim.evidence] > WEIGHT[kept.evidence] else claim
        weaker.until_on, weaker.end_reason = timezone.localdate(at), "replaced"
        weaker.save(update_fields=["until_on", "end_reason"])


def _join_cards(gone: Person, stays: Person, at: datetime) -> None:
    """One card stays valid: that of the record that stays."""
    if WorkerCard.objects.filter(person=stays, revoked_at__isnull=True).exists():
        WorkerCard.objects.filter(person=gone, revoked_at__isnull=True).update(revoked_at=at)


def _choose(gone: Person, stays: Person, chosen: Mapping[str, int]) -> None:
    """Take the chosen values over, close the other record, and let a NIK change its holder without standing twice."""
    taken = [group for group, pk in chosen.items() if pk == gone.pk and group in rules.GROUPS]
    values = {column: getattr(gone, column) for group in taken for column in rules.GROUPS[group]}
    given_up = {}
    if "nik" in taken:
        given_up = {column: getattr(stays, column) for column in rules.GROUPS["nik"]}
        Person.objects.filter(pk=stays.pk).update(nik=None, nik_hash=None)
    Person.objects.filter(pk=gone.pk).update(**given_up, merged_into=stays)
    if values:
        Person.objects.filter(pk=stays.pk).update(**values)


def _carry_pairs(decided: DuplicateCandidate, gone: Person, stays: Person) -> None:
    """What was found or decided about the closed record and a third one holds of the record that stays."""
    for pair in DuplicateCandidate.objects.filter(Q(first=gone) | Q(second=gone)).exclude(pk=decided.pk):
        third = pair.second_id if pair.first_id == gone.pk else pair.first_id
        low, high = sorted((third, stays.pk))
        known = DuplicateCandidate.objects.filter(first=low, second=high)
        if low == high or known.exists():
            if pair.state == PairState.DIFFERENT:
                known.filter(state=PairState.OPEN).update(
                    state=pair.state, decided_by=pair.decided_by, decided_at=pair.decided_at
                )
            pair.delete()
        else:
            DuplicateCandidate.objects.filter(pk=pair.pk).update(first_id=low, second_id=high)
