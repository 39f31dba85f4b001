"""The chain of custody of the demo's last samples: most arrive in time, some too late, three are still on their way."""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import cast

from batikportal.choices import Source
from wastewater.choices import PointKind, SampleState
from wastewater.choices.custody import Condition, CustodyStep
from wastewater.demo.places import public_id
from wastewater.models import (
    AnalysisStart,
    ContainerKind,
    CustodyEvent,
    DischargePoint,
    Laboratory,
    Sample,
    SampleContainer,
)

DAYS = 75
SAMPLER, CARRIER, ANALYST = "Petugas Contoh", "Kurir Contoh (fiktif)", "Analis Contoh (fiktif)"
_SIGNS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
# Hours from sampling to the laboratory; a day and more is too long for Cr-VI and coliforms.
_HOURS = (2, 3, 3, 2, 30, 3, 3, 2, 52, 3)


def make_custody(samples: Sequence[Sample], points: Sequence[DischargePoint], at: datetime) -> None:
    """Bottles and steps of the samples of the last weeks, before anybody verifies them."""
    rng = random.Random("custody")
    recent = [one for one in samples if one.taken_at and one.taken_at > at - timedelta(days=DAYS)]
    moving = _on_the_way(rng, points, at)
    bottles = _bottles(rng, [*recent, *moving], at)
    events: list[CustodyEvent] = []
    starts: list[AnalysisStart] = []
    for number, sample in enumerate(recent):
        hours = _HOURS[number % len(_HOURS)]
        if _taken_at(sample) + timedelta(hours=hours) > at:
            continue
        events += _arrived(rng, sample, bottles[sample.pk], hours)
        if sample.state == SampleState.RESULTED and number % 2 == 0:
            starts += _begun(rng, sample, bottles[sample.pk], hours, at)
    for number, sample in enumerate(moving):
        if number:
            events += [_event(rng, sample, CustodyStep.TAKEN, 0, to_name=SAMPLER), _handed(rng, sample, 1)]
    CustodyEvent.objects.bulk_create(events)
    AnalysisStart.objects.bulk_create(starts)


def _taken_at(sample: Sample) -> datetime:
    return cast(datetime, sample.taken_at)  # only samples that were taken come here


def _on_the_way(rng: random.Random, points: Sequence[DischargePoint], at: datetime) -> list[Sample]:
    """One with its sampler, one in the cool box, and one that never arrived."""
    laboratory = Laboratory.objects.filter(source=Source.SEED).order_by("code").first()
    return Sample.objects.bulk_create(
        Sample(
            public_id=public_id(rng),
            point=point,
            state=SampleState.TAKEN,
            taken_at=at - timedelta(hours=hours),
            sampler_name=SAMPLER,
            laboratory=laboratory,
            note="Data contoh, bukan hasil uji sebenarnya.",
            created_at=at - timedelta(hours=hours),
            source=Source.SEED,
        )
        for point, hours in zip(points[:3], (2, 5, 50), strict=True)
    )


def _bottles(rng: random.Random, samples: Sequence[Sample], at: datetime) -> dict[int, list[SampleContainer]]:
    kinds = {kind.code: kind for kind in ContainerKind.objects.prefetch_related("parameters")}
    rows = []
    for sample in samples:
        codes = ["umum", "asam", "fenol", "minyak", "logam", "sulfida"]
        codes += ["mikro"] if sample.point.kind == PointKind.RECEIVING else []
        rows += [
            SampleContainer(
                public_id=public_id(rng),
                sample=sample,
                position=position,
                code="".join(rng.choices(_SIGNS, k=8)),
                kind=kinds[code],
                material=kinds[code].material,
                volume_ml=kinds[code].volume_ml,
                preservation=kinds[code].preservation,
                max_temperature_c=kinds[code].max_temperature_c,
                created_at=min(_taken_at(sample), at),
                source=Source.SEED,
            )
            for position, code in enumerate(codes, start=1)
        ]
    SampleContainer.objects.bulk_create(rows)
    through = SampleContainer.parameters.through
    through.objects.bulk_create(
        through(samplecontainer_id=row.pk, parameter_id=parameter.pk)
        for row in rows
        for parameter in row.kind.parameters.all()
    )
    found: dict[int, list[SampleContainer]] = {}
    for row in rows:
        found.setdefault(row.sample_id, []).append(row)
    return found


def _arrived(rng: random.Random, sample: Sample, bottles: list[SampleContainer], hours: int) -> list[CustodyEvent]:
    acid = next(row for row in bottles if row.kind.code == "asam")
    warm = rng.random() < 0.15
    return [
        _event(rng, sample, CustodyStep.TAKEN, 0, to_name=SAMPLER),
        _event(rng, sample, CustodyStep.PRESERVED, 0.3, container=acid, note="H2SO4 sampai pH 1,8"),
        _handed(rng, sample, 1),
        _event(
            rng,
            sample,
            CustodyStep.RECEIVED,
            hours,
            from_name=CARRIER,
            to_name=ANALYST,
            place="Loket penerimaan laboratorium",
            temperature_c=Decimal("9.5") if warm else Decimal("4.5"),
            condition=Condition.WARM if warm else Condition.GOOD,
        ),
    ]


def _handed(rng: random.Random, sample: Sample, hours: float) -> CustodyEvent:
    return _event(
        rng,
        sample,
        CustodyStep.HANDED,
        hours,
        from_name=SAMPLER,
        to_name=CARRIER,
        place="Kantor DLH",
        temperature_c=Decimal(4),
        condition=Condition.GOOD,
    )


def _event(rng: random.Random, sample: Sample, step: CustodyStep, hours: float, **facts) -> CustodyEvent:
    happened_at = _taken_at(sample) + timedelta(hours=hours)
    return CustodyEvent(
        public_id=public_id(rng),
        sample=sample,
        step=step,
        happened_at=happened_at,
        created_at=happened_at,
        source=Source.SEED,
        **facts,
    )


def _begun(
    rng: random.Random, sample: Sample, bottles: list[SampleContainer], hours: int, at: datetime
) -> list[AnalysisStart]:
    """The general bottle is begun the same evening, the others within three days."""
    rows = []
    for bottle in bottles:
        for parameter in bottle.kind.parameters.all():
            later = 2 if bottle.kind.code in ("umum", "mikro") else rng.choice((20, 44, 68))
            started_at = _taken_at(sample) + timedelta(hours=hours + later)
            rows.append(
                AnalysisStart(
                    public_id=public_id(rng),
                    sample=sample,
                    parameter=parameter,
                    started_at=min(started_at, at),
                    created_at=min(started_at, at),
                    source=Source.SEED,
                )
            )
    return rows
