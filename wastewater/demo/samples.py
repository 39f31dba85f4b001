"""Three years of fictitious samples, brought to the state that their age makes likely."""

import math
import random
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.db.models import F
from django.utils import timezone

from batikportal.choices import Source
from batikportal.models import RoleAssignment, User
from wastewater import actions
from wastewater.choices import PointKind, PointPosition, SampleState
from wastewater.demo import concentrations as made_up
from wastewater.demo.custody import make_custody
from wastewater.demo.places import public_id
from wastewater.models import DischargePoint, Laboratory, Parameter, Result, Sample

MONTHS = 36
NOTE = "Data contoh, bukan hasil uji sebenarnya."
# How much dirtier than the others each water is; downstream is worse than upstream, Loji worst, Banger best.
WATER_STRENGTH = {"loji": 1.35, "bremi": 1.15, "meduri": 1.05, "asem-binatur": 0.95, "banger": 0.72}
POSITION_SHARE = {PointPosition.UPSTREAM: 0.0, PointPosition.MIDSTREAM: 0.7, PointPosition.DOWNSTREAM: 1.0}
# The share of months in which a plant's outlet is poor.
POOR_SHARE = {"jenggot": 0.5, "kauman": 0.16, "banyurip": 0.1, "pringrejo-2024": 0.08}
# The laboratories of the demo measured no colour before this many months from the start.
COLOUR_FROM_MONTH = 8


def make_samples(rng: random.Random, points: list[DischargePoint], at: datetime) -> None:
    """Monthly samples of rivers and plants, quarterly ones of enterprises; the last weeks are still on their way."""
    clerk, head = person("waste_officer"), person("waste_head")
    laboratories = _laboratories(rng)
    parameters = {one.code: one for one in Parameter.objects.all()}
    samples: list[Sample] = []
    results: list[Result] = []
    for sample, figures in _taken(rng, points, laboratories, clerk, at):
        samples.append(sample)
        results += [_result(rng, sample, figure, parameters[figure.parameter]) for figure in figures]
    Sample.objects.bulk_create(samples, batch_size=1000)
    Result.objects.bulk_create(results, batch_size=2000)
    actions.evaluate(samples=[sample.pk for sample in samples], at=at)
    make_custody(samples, points, at)
    _verify_and_publish(head, at)
    _plan_next(rng, points, at)


def person(role: str) -> User:
    """The demo's holder of a role; without demo accounts a fictitious one who cannot log in."""
    held = RoleAssignment.objects.filter(role=role, user__source=Source.SEED).order_by("pk").first()
    if held:
        return held.user
    address = f"{role.replace('_', '.')}.fiktif@contoh.invalid"
    person, _made = User.objects.get_or_create(
        email=address, defaults={"full_name": "Petugas Contoh (fiktif)", "is_active": False, "source": Source.SEED}
    )
    return person


def _laboratories(rng: random.Random) -> list[Laboratory]:
    analyst = RoleAssignment.objects.filter(role="lab", user__source=Source.SEED).order_by("pk").first()
    rows = [
        Laboratory(
            public_id=public_id(rng),
            code=f"contoh-{letter.lower()}",
            name=f"Laboratorium Contoh {letter} (fiktif)",
            accreditation_number=f"LP-0000-CONTOH-{letter}",
            source=Source.SEED,
        )
        for letter in "AB"
    ]
    Laboratory.objects.bulk_create(rows)
    if analyst:
        rows[0].analysts.add(analyst.user)
    return rows


def _taken(
    rng: random.Random, points: list[DischargePoint], laboratories: list[Laboratory], clerk: User, at: datetime
) -> Iterator[tuple[Sample, list[made_up.Figure]]]:
    numbers = {laboratory.pk: 0 for laboratory in laboratories}
    visits: dict[tuple[int, int], datetime] = {}
    for month in range(MONTHS):
        first = _first_of_month(at, MONTHS - 1 - month)
        for place, point in enumerate(points):
            if point.enterprise_id and (month + place) % 3:
                continue
            if point.plant and point.plant.built_year and first.year < point.plant.built_year + 1:
                continue
            taken_at = _moment(rng, first)
            if point.plant_id:
                # Inlet and outlet of a plant are sampled in one visit, so that its removal can be told.
                taken_at = visits.setdefault((point.plant_id, month), taken_at)
            if taken_at >= at - timedelta(days=1) or rng.random() < 0.03:
                continue
            laboratory = laboratories[place % len(laboratories)]
            numbers[laboratory.pk] += 1
            number = f"CONTOH-{first:%y%m}-{laboratory.code[-1].upper()}{numbers[laboratory.pk]:04d}"
            sample = _sample(rng, point, taken_at, laboratory, number, clerk, at)
            yield sample, [] if sample.results_entered_at is None else _figures(rng, point, taken_at, month)


def _first_of_month(at: datetime, back: int) -> date:
    months = at.year * 12 + at.month - 1 - back
    return date(months // 12, months % 12 + 1, 1)


def _moment(rng: random.Random, first: date) -> datetime:
    """A working morning of the month."""
    day = first + timedelta(days=rng.randint(3, 24))
    day -= timedelta(days=max(0, day.weekday() - 4))
    clock = time(rng.randint(8, 11), rng.choice((0, 15, 30, 45)))
    return timezone.make_aware(datetime.combine(day, clock))


def _sample(
    rng: random.Random,
    point: DischargePoint,
    taken_at: datetime,
    laboratory: Laboratory,
    number: str,
    clerk: User,
    at: datetime,
) -> Sample:
    entered_at = taken_at + timedelta(days=rng.randint(8, 16), hours=rng.randint(0, 5))
    resulted = entered_at < at
    is_river = point.kind == PointKind.RECEIVING
    return Sample(
        public_id=public_id(rng),
        point=point,
        state=SampleState.RESULTED if resulted else SampleState.AT_LAB,
        taken_at=taken_at,
        sampler_name="Petugas Contoh",
        air_temperature_c=Decimal(str(round(rng.gauss(29.0, 1.2), 1))) if rng.random() < 0.8 else None,
        flow_m3_per_day=None if is_river or rng.random() < 0.5 else _flow(rng, point),
        water_use_m3_per_ton=Decimal(rng.randint(60, 120)) if point.enterprise_id and rng.random() < 0.4 else None,
        laboratory=laboratory,
        lab_number=number if resulted else "",
        sent_on=timezone.localdate(taken_at),
        note=NOTE,
        results_entered_by=clerk if resulted else None,
        results_entered_at=entered_at if resulted else None,
        created_by=clerk,
        created_at=taken_at,
        source=Source.SEED,
    )


def _flow(rng: random.Random, point: DischargePoint) -> Decimal | None:
    if point.discharge_m3_per_day is None:
        return None
    return Decimal(str(round(float(point.discharge_m3_per_day) * rng.uniform(0.75, 1.2), 1)))


def _figures(rng: random.Random, point: DischargePoint, taken_at: datetime, month: int) -> list[made_up.Figure]:
    # The dry season (May to October) concentrates; the weeks around Lebaran and the rains thin out.
    season = 1.0 + 0.18 * math.cos((taken_at.month - 8) / 12 * 2 * math.pi)
    leave_out = {"WARNA"} if month < COLOUR_FROM_MONTH else set()
    if point.water_body:
        spreads = made_up.between(made_up.UPSTREAM, made_up.DOWNSTREAM, POSITION_SHARE[PointPosition(point.position)])
        strength = WATER_STRENGTH[point.water_body.code] * season
        return made_up.figures(rng, spreads, strength=strength, leave_out=leave_out)
    if point.kind == PointKind.INFLUENT:
        return made_up.figures(rng, made_up.INLET, strength=season, leave_out=leave_out)
    poor = POOR_SHARE[point.plant.code] if point.plant else 0.35
    spreads = made_up.POOR_OUTLET if rng.random() < poor else made_up.GOOD_OUTLET
    return made_up.figures(rng, spreads, strength=0.94 + 0.06 * season, leave_out=leave_out)


def _result(rng: random.Random, sample: Sample, figure: made_up.Figure, parameter: Parameter) -> Result:
    return Result(
        public_id=public_id(rng),
        sample=sample,
        parameter=parameter,
        qualifier=figure.qualifier,
        value=Decimal(str(figure.value)),
        unit=parameter.unit,
        expressed_as=parameter.expressed_as,
        detection_limit=None if figure.detection_limit is None else Decimal(str(figure.detection_limit)),
        method=figure.method,
        created_by=sample.results_entered_by,
        created_at=sample.results_entered_at or sample.created_at,
        source=Source.SEED,
    )


def _verify_and_publish(head: User, at: datetime) -> None:
    """Results older than a month are verified, those older than six weeks published; the trigger sees every step."""
    seeded = Sample.objects.filter(source=Source.SEED)
    seeded.filter(state=SampleState.RESULTED, results_entered_at__lt=at - timedelta(days=14)).update(
        state=SampleState.VERIFIED, verified_by=head, verified_at=F("results_entered_at") + timedelta(days=5)
    )
    seeded.filter(state=SampleState.VERIFIED, verified_at__lt=at - timedelta(days=20)).update(
        state=SampleState.PUBLISHED, published_at=F("verified_at") + timedelta(days=7)
    )


def _plan_next(rng: random.Random, points: list[DischargePoint], at: datetime) -> None:
    """The plan of the coming weeks, with two rows that were forgotten."""
    rows = []
    for number, point in enumerate(points[:21]):
        days = -12 if number in (3, 11) else rng.randint(2, 26)
        rows.append(
            Sample(
                public_id=public_id(rng),
                point=point,
                state=SampleState.PLANNED,
                planned_on=at.date() + timedelta(days=days),
                note=NOTE,
                created_at=at,
                source=Source.SEED,
            )
        )
    Sample.objects.bulk_create(rows)
