"""Chains of custody: a sample with bottles for a laboratory, and steps on its way."""

from datetime import UTC, datetime

from tests.factories import wastewater
from wastewater.actions import custody as actions
from wastewater.choices.custody import CustodyStep
from wastewater.models import ContainerKind, CustodyEvent, Laboratory, Sample

# Water is taken on 2 March 2026 at 09:00 in Pekalongan (02:00 UTC).
AT = datetime(2026, 3, 20, 2, 0, tzinfo=UTC)


def kind(code: str) -> ContainerKind:
    return ContainerKind.objects.get(code=code)


def bottled(*codes: str, laboratory: Laboratory | None = None, **sample) -> Sample:
    """A taken sample with one bottle of each kind."""
    made = wastewater.SampleFactory(**{"sampler_name": "Petugas Satu"} | sample)
    actions.prepare_containers(
        sample=made,
        laboratory=laboratory or wastewater.LaboratoryFactory(),
        kinds={kind(code): 1 for code in codes or ("umum", "asam")},
        by=None,
        at=AT,
    )
    made.refresh_from_db()
    return made


def handed(sample: Sample, happened_at: datetime, to_name: str = "Kurir Contoh", **more) -> CustodyEvent:
    step = actions.Step(CustodyStep.HANDED, happened_at, "Petugas Satu", to_name, **more)
    return actions.record_step(sample=sample, step=step, by=None, at=AT)


def received(sample: Sample, happened_at: datetime, lab_number: str = "", **more) -> CustodyEvent:
    """The sample's own laboratory receives it."""
    sample.refresh_from_db()
    facts = {"from_name": "Kurir Contoh", "to_name": "Analis Contoh", "condition": "good"} | more
    step = actions.Step(CustodyStep.RECEIVED, happened_at, **facts)
    laboratory = sample.laboratory or wastewater.LaboratoryFactory()
    made = actions.receive_at_laboratory(
        sample=sample, laboratory=laboratory, step=step, lab_number=lab_number, by=None, at=AT
    )
    sample.refresh_from_db()
    return made
