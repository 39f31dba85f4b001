"""Made-up apprenticeships: a cohort whose year is over, one that just ended, one that learns, and an open call."""

import random
import uuid
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from batikportal.choices import Source
from batikportal.models import Area, Enterprise
from workforce.choices.apprenticeship import HostOfferState, OutcomeWork, PlacementState
from workforce.models import (
    AllowancePayment,
    Applicant,
    ApprenticeshipProgramme,
    Cohort,
    Consent,
    ConsentText,
    Engagement,
    HostGroup,
    HostGroupMember,
    HostOffer,
    LogEntry,
    Person,
    PipelineActivity,
    Placement,
    PlacementAgreement,
    PlacementMove,
    PlacementOutcome,
    PlacementStep,
    ProcessStep,
    StepAssessment,
)
from workforce.queries.people import aged
from workforce.rules import apprenticeship as rules
from workforce.rules.retention import months_after

_S = PlacementState
# The share of the regulation when these rows were made up; what holds is the dated figure.
_FIFTH = Decimal(20)
STEPS = ("NGL", "ISN", "CAP", "CLT")
TASKS = ("Nyanting garis luar", "Mengisi isen cecek", "Menyiapkan mori", "Menjemur kain", "Mencampur warna")
# What became of those who finished, per hundred.
AFTER = (
    ("worker", 46), ("own_firm", 9), ("family", 8), ("other", 16), ("study", 5), ("no_work", 4), ("unknown", 12)
)  # fmt: skip
DROPS = ("withdrew", "other_work", "allowance", "distance", "school")
SMALL, LARGE = 8, 15


@dataclass(frozen=True)
class Call:
    """A cohort of the demo, months before or after today, and where its placements stand."""

    title: str
    starts_in: int
    lasts: int
    seats: int
    states: tuple[tuple[str, int], ...]


CALLS = (
    Call("Angkatan contoh 1", -20, 6, 24, ((_S.COMPLETED, 13), (_S.CONVERTED, 7), (_S.DROPPED, 6))),
    Call("Angkatan contoh 2", -11, 6, 20, ((_S.COMPLETED, 9), (_S.CONVERTED, 4), (_S.DROPPED, 5))),
    Call("Angkatan contoh 3", -3, 6, 20, ((_S.ACTIVE, 9), (_S.PAUSED, 1), (_S.TRIAL, 2), (_S.DROPPED, 4))),
    Call("Angkatan contoh 4", 1, 6, 20, ((_S.OFFERED, 3), (_S.APPLIED, 9))),
)


@dataclass
class Host:
    """A workshop with people who can teach; `group` when it hosts with others."""

    enterprise: Enterprise
    mentors: list[int]
    group: HostGroup | None = None
    room: int = 0


def seed(today: date) -> None:
    """Rows as sets, with dice of their own, so that other demo rows stay as they are."""
    rng = random.Random("apprenticeship")
    hosts = list(_hosts(rng, today))
    people = list(
        Person.objects.filter(aged("19-29", today), birth_on__isnull=False)
        .exclude(pk__in=[pk for host in hosts for pk in host.mentors])
        .order_by("pk")[:120]
    )
    if not hosts or len(people) < 100:
        return
    steps = {step.code: step for step in ProcessStep.objects.filter(code__in=STEPS)}
    formal = ApprenticeshipProgramme.objects.create(
        title="Magang Pembatik Muda (contoh)",
        form="formal",
        organiser="Dinperinaker Kota Pekalongan (contoh)",
        funding="APBD (contoh)",
        description="Enam bulan di bengkel batik dengan pembimbing.",
        source=Source.SEED,
    )
    ApprenticeshipProgramme.objects.create(
        title="Nyantrik Kampung Batik (contoh)", form="informal", organiser="Kampung Batik Contoh", source=Source.SEED
    )
    for call in CALLS:
        cohort = _cohort(formal, call, steps, today)
        count = sum(count for _state, count in call.states)
        chosen, people = people[:count], people[count:]
        _placements(rng, cohort, call, chosen, hosts, steps, today)
    _pipeline(rng, today)


def _hosts(rng: random.Random, today: date) -> Iterator[Host]:
    """Large workshops that host alone, and two groups of small ones."""
    teachers: dict[int, list[int]] = defaultdict(list)
    rows = Engagement.objects.filter(
        until_on__isnull=True, enterprise__isnull=False, person__in=Person.objects.filter(aged("40-64", today))
    ).order_by("pk")
    for workshop, person in rows.values_list("enterprise", "person"):
        if workshop is not None and person not in teachers[workshop]:
            teachers[workshop].append(person)
    known = Enterprise.objects.filter(pk__in=teachers).order_by("pk")
    large = list(known.filter(workers_count__gte=LARGE)[:6])
    small = list(known.filter(workers_count__range=(3, SMALL))[:10])
    for enterprise in large:
        offer = HostOffer.objects.create(
            enterprise=enterprise,
            seats=3,
            mentor_name="Pembimbing Contoh",
            state=HostOfferState.ACCEPTED,
            answer="Terima kasih, diterima.",
            answered_at=datetime.combine(today - timedelta(days=200), time(2), UTC),
            source=Source.SEED,
        )
        offer.steps.set(ProcessStep.objects.filter(code__in=rng.sample(STEPS, 2)))
        yield Host(enterprise, teachers[enterprise.pk][:3], None, rules.host_cap(enterprise.workers_count or 0, _FIFTH))
    for number, members in enumerate((small[:5], small[5:]), start=1):
        if members:
            group = HostGroup.objects.create(
                name=f"Kelompok Kampung Contoh {number}", coordinator="Kampung Batik Contoh", source=Source.SEED
            )
            for member in members:
                HostGroupMember.objects.create(
                    group=group, enterprise=member, from_on=today - timedelta(days=900), source=Source.SEED
                )
            workers = sum(member.workers_count or 0 for member in members)
            yield Host(members[0], teachers[members[0].pk][:2], group, rules.host_cap(workers, _FIFTH))
    waiting = known.filter(workers_count__range=(SMALL + 1, LARGE - 1)).first()
    if waiting:
        offer = HostOffer.objects.create(
            enterprise=waiting, seats=2, mentor_name="Ibu Contoh", note="Sore hari saja.", source=Source.SEED
        )
        offer.steps.set(ProcessStep.objects.filter(code__in=("NGL", "ISN")))


def _cohort(programme: ApprenticeshipProgramme, call: Call, steps: dict[str, ProcessStep], today: date) -> Cohort:
    starts = months_after(today, call.starts_in)
    cohort = Cohort.objects.create(
        programme=programme,
        title=call.title,
        opens_on=starts - timedelta(days=60),
        closes_on=starts - timedelta(days=10),
        starts_on=starts,
        ends_on=months_after(starts, call.lasts),
        seats=call.seats,
        allowance_idr=750_000,
        theory_percent=20,
        description="Uang transpor dan makan siang ditanggung. Tidak perlu pengalaman. (contoh)",
        requested_on=starts - timedelta(days=90),
        approve_due_on=starts - timedelta(days=87),
        approved_on=starts - timedelta(days=88),
        published_at=datetime.combine(starts - timedelta(days=61), time(2), UTC),
        source=Source.SEED,
    )
    cohort.steps.set(steps.values())
    return cohort


def _placements(
    rng: random.Random,
    cohort: Cohort,
    call: Call,
    people: list[Person],
    hosts: list[Host],
    steps: dict[str, ProcessStep],
    today: date,
) -> None:
    states = [state for state, count in call.states for _number in range(count)]
    learning = [person for person, state in zip(people, states, strict=True) if state in rules.LEARNING]
    _consents(learning, cohort)
    mentored: dict[int, int] = defaultdict(int)
    rows = []
    for number, (person, state) in enumerate(zip(people, states, strict=True)):
        unknown = state == _S.APPLIED and number % 3
        host = _with_room(rng, hosts, mentored) if state in rules.LEARNING else rng.choice(hosts)
        mentor = min(host.mentors, key=lambda pk: mentored[pk])
        if state in rules.LEARNING:
            host.room -= 1
            mentored[mentor] += 1
        rows.append(_placement(rng, cohort, None if unknown else person, state, host, mentor, today, number))
    Placement.objects.bulk_create(rows)
    _applicants(rng, [row for row in rows if row.person_id is None])
    PlacementStep.objects.bulk_create(
        PlacementStep(placement=row, step=steps[code]) for row in rows for code in rng.sample(STEPS, 2)
    )
    PlacementMove.objects.bulk_create(move for row in rows for move in _moves(row))
    begun = [row for row in rows if row.started_on]
    _learnt(rng, begun, today)
    PlacementOutcome.objects.bulk_create(outcome for row in rows for outcome in _outcomes(rng, row, today))


def _with_room(rng: random.Random, hosts: list[Host], mentored: dict[int, int]) -> Host:
    free = [host for host in hosts if host.room > 0 and min(mentored[pk] for pk in host.mentors) < 4]
    return rng.choice(free)


def _consents(people: list[Person], cohort: Cohort) -> None:
    text = ConsentText.objects.get(purpose="apprenticeship", version=1)
    Consent.objects.bulk_create(
        Consent(
            person=person,
            purpose="apprenticeship",
            text=text,
            given_by="self",
            given_at=datetime.combine(cohort.starts_on - timedelta(days=5), time(2), UTC),
            source=Source.SEED,
        )
        for person in people
    )


def _placement(
    rng: random.Random,
    cohort: Cohort,
    person: Person | None,
    state: str,
    host: Host,
    mentor: int,
    today: date,
    number: int,
) -> Placement:
    applied = min(cohort.opens_on + timedelta(days=rng.randint(0, 25)), today)
    row = Placement(
        public_id=uuid.UUID(int=rng.getrandbits(128), version=4),
        number=f"{applied:%y%m}-{rng.randrange(1_000_000):06d}",
        cohort=cohort,
        person=person,
        state=state,
        applied_on=applied,
        source=Source.SEED,
    )
    if state == _S.APPLIED or person is None:
        return row
    row.offered_on = min(cohort.starts_on - timedelta(days=6), today)
    row.host, row.host_group = host.enterprise, host.group
    if state == _S.OFFERED:
        return row
    if state == _S.TRIAL:
        row.trial_on = today - timedelta(days=5)
        return row
    row.mentor_id = mentor
    row.started_on, row.planned_until = cohort.starts_on, cohort.ends_on
    if state == _S.PAUSED:
        row.paused_on = today - timedelta(days=9)
    if state == _S.DROPPED:
        row.drop_reason = DROPS[number % len(DROPS)]
        row.ended_on = min(cohort.starts_on + timedelta(days=rng.randint(10, 80)), today)
    if state in rules.FINISHED:
        row.ended_on = cohort.ends_on
    if state == _S.CONVERTED:
        row.converted_on = min(cohort.ends_on + timedelta(days=rng.randint(0, 60)), today)
    return row


def _moves(row: Placement) -> Iterator[PlacementMove]:
    before = ""
    ways = (
        (_S.APPLIED, row.applied_on), (_S.OFFERED, row.offered_on), (_S.TRIAL, row.trial_on),
        (_S.ACTIVE, row.started_on),
        (_S.PAUSED, row.paused_on), (_S.COMPLETED, row.ended_on if row.state in rules.FINISHED else None),
        (_S.CONVERTED, row.converted_on), (_S.DROPPED, row.ended_on if row.state == _S.DROPPED else None),
    )  # fmt: skip
    for state, day in ways:
        if day is not None:
            yield PlacementMove(
                placement=row, old_state=before, new_state=state, on=day, at=datetime.combine(day, time(3), UTC)
            )
            before = state


def _applicants(rng: random.Random, rows: list[Placement]) -> None:
    wards = list(Area.objects.filter(level="ward", valid_until__isnull=True).order_by("code"))
    Applicant.objects.bulk_create(
        Applicant(
            placement=row,
            name=f"{rng.choice(('Laras', 'Bagus', 'Citra', 'Dimas', 'Nadia'))} Contoh {number:02}",
            birth_on=date(row.applied_on.year - rng.randint(18, 24), rng.randint(1, 12), rng.randint(1, 28)),
            sex=rng.choice("FM"),
            phone=f"+62800{rng.randrange(10**7):07d}",
            ward=rng.choice(wards),
            education="sma",
            motivation="Ingin meneruskan usaha keluarga. (contoh)",
            token_hash=f"{rng.getrandbits(256):064x}",
        )
        for number, row in enumerate(rows, start=1)
    )


def _learnt(rng: random.Random, rows: list[Placement], today: date) -> None:
    """Agreements for all but two, and for those of the running cohort days, levels and payments."""
    agreements, logs, levels, payments = [], [], [], []
    steps = defaultdict(list)
    for part in PlacementStep.objects.filter(placement__in=rows):
        steps[part.placement_id].append(part.step_id)
    for number, row in enumerate(rows):
        assert row.started_on  # noqa: S101 - only placements that began come here
        if row.state != _S.ACTIVE or number % 5:
            agreements.append(_agreement(row, number, today))
        last = min(row.ended_on or today, today)
        for back in range(0, 12):
            day = last - timedelta(days=back)
            if day >= row.started_on and day.weekday() < 6:
                logs.append(
                    LogEntry(
                        placement=row, on=day, kind="present", tasks=rng.choice(TASKS), hours=7,
                        step_id=steps[row.pk][0], source=Source.SEED,
                    )
                )  # fmt: skip
        for step in steps[row.pk]:
            levels.append(
                StepAssessment(
                    placement=row, step_id=step, level=rng.randint(1, 2 if row.state == _S.ACTIVE else 3),
                    assessed_on=last, assessor="Pembimbing Contoh", source=Source.SEED,
                )
            )  # fmt: skip
        for months in range(1, 3):
            month = months_after(row.started_on, months).replace(day=1)
            if month <= last:
                payments.append(
                    AllowancePayment(
                        placement=row, month=month, amount_idr=750_000, paid_on=min(month + timedelta(days=4), today),
                        evidence="Transfer (contoh)", source=Source.SEED,
                    )
                )  # fmt: skip
    PlacementAgreement.objects.bulk_create(agreements)
    LogEntry.objects.bulk_create(logs)
    StepAssessment.objects.bulk_create(levels)
    AllowancePayment.objects.bulk_create(payments)


def _agreement(row: Placement, number: int, today: date) -> PlacementAgreement:
    assert row.started_on  # noqa: S101 - only placements that began come here
    assert row.planned_until  # noqa: S101 - the constraint placement_begun_has_mentor_and_days
    signed = row.started_on - timedelta(days=3)
    waits = row.state == _S.ACTIVE and number % 3 == 1
    return PlacementAgreement(
        placement=row,
        number=f"MG/{row.number}",
        signed_on=signed,
        signer_name=row.host.owner_name if row.host else "",
        from_on=row.started_on,
        until_on=row.planned_until,
        allowance_idr=750_000,
        days_per_week=6,
        hours_per_day=7,
        theory_percent=20,
        insured_by="Tempat magang (contoh)",
        submitted_on=signed + timedelta(days=1),
        endorse_due_on=signed + timedelta(days=6),
        endorsed_on=None if waits else signed + timedelta(days=4),
        endorsement_number="" if waits else f"560/{number + 1}/contoh",
        source=Source.SEED,
    )


def _outcomes(rng: random.Random, row: Placement, today: date) -> Iterator[PlacementOutcome]:
    """Answers for the months that are over, some of them never asked."""
    if row.state not in rules.FINISHED or row.ended_on is None:
        return
    values, weights = zip(*AFTER, strict=True)
    work = OutcomeWork.WORKER.value if row.state == _S.CONVERTED else rng.choices(values, weights)[0]
    for months in rules.OUTCOME_MONTHS:
        due = months_after(row.ended_on, months)
        if due + timedelta(days=4) <= today and rng.random() < 0.9:
            yield PlacementOutcome(
                placement=row,
                months=months,
                due_on=due,
                asked_on=due + timedelta(days=rng.randint(0, 4)),
                work=work,
                source=Source.SEED,
            )
        if work == "worker" and rng.random() < 0.12:
            work = "other"


def _pipeline(rng: random.Random, today: date) -> None:
    places = (
        ("museum", "Museum Batik Contoh", "Belajar membatik satu hari"),
        ("school", "SD Contoh 1", "Muatan lokal batik"),
        ("school", "SMP Contoh 2", "Muatan lokal batik"),
        ("campus", "Kampus Contoh", "Penerimaan mahasiswa kriya"),
        ("contest", "Lomba Contoh", "Lomba membatik pelajar"),
    )
    rows = []
    for back in range(0, 30, 3):
        day = months_after(today.replace(day=1), -back) - timedelta(days=12)
        kind, institution, title = places[(back // 3) % len(places)]
        rows.append(
            PipelineActivity(
                kind=kind, institution=institution, title=title, from_on=day, until_on=day + timedelta(days=1),
                participants=None if back == 9 else rng.randint(18, 240), institutions_count=rng.randint(1, 6),
                source_text="Laporan kegiatan (contoh)", source=Source.SEED,
            )
        )  # fmt: skip
    PipelineActivity.objects.bulk_create(rows)
