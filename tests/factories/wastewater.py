"""Factories of wastewater: one per model; standards and parameters come from the migration."""

from datetime import UTC, date, datetime
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from tests.factories import portal
from wastewater import actions, models
from wastewater.choices import CapacityKind, PlantStatus, PointKind, PointPosition, SampleState, WaterBodyKind
from wastewater.choices.plants import FlowMethod, PermitKind, UnitKind


def parameter(code: str) -> models.Parameter:
    return models.Parameter.objects.get(code=code)


class WaterBodyFactory(DjangoModelFactory):
    class Meta:
        model = models.WaterBody

    code = factory.Sequence(lambda n: f"sungai-{n}")
    name = factory.Sequence(lambda n: f"Sungai Contoh {n}")
    kind = WaterBodyKind.RIVER


class TreatmentPlantFactory(DjangoModelFactory):
    class Meta:
        model = models.TreatmentPlant

    code = factory.Sequence(lambda n: f"ipal-{n}")
    name = factory.Sequence(lambda n: f"IPAL Contoh {n}")
    status = PlantStatus.OPERATING
    ward = factory.LazyFunction(portal.ward)
    latitude = Decimal("-6.88869")
    longitude = Decimal("109.67601")


class PlantCapacityFactory(DjangoModelFactory):
    class Meta:
        model = models.PlantCapacity

    plant = factory.SubFactory(TreatmentPlantFactory)
    kind = CapacityKind.DESIGN
    capacity_m3_per_day = Decimal(200)
    stated_on = date(2024, 1, 15)
    origin = factory.Sequence(lambda n: f"Sumber contoh {n}")


class ConnectionFactory(DjangoModelFactory):
    class Meta:
        model = models.Connection

    plant = factory.SubFactory(TreatmentPlantFactory)
    enterprise = factory.SubFactory(portal.EnterpriseFactory)
    declared_m3_per_day = Decimal("3.5")
    valid_from = date(2025, 1, 1)


class RiverPointFactory(DjangoModelFactory):
    class Meta:
        model = models.DischargePoint

    code = factory.Sequence(lambda n: f"SGI-{n:03d}")
    name = factory.Sequence(lambda n: f"Titik sungai {n}")
    kind = PointKind.RECEIVING
    position = PointPosition.MIDSTREAM
    water_body = factory.SubFactory(WaterBodyFactory)
    ward = factory.LazyFunction(portal.ward)
    latitude = Decimal("-6.88869")
    longitude = Decimal("109.67601")


class EnterprisePointFactory(DjangoModelFactory):
    """The outlet of an enterprise, discharging 50 m³/day: class A."""

    class Meta:
        model = models.DischargePoint

    code = factory.Sequence(lambda n: f"USH-{n:03d}")
    name = factory.Sequence(lambda n: f"Outlet usaha {n}")
    kind = PointKind.EFFLUENT
    enterprise = factory.SubFactory(portal.EnterpriseFactory)
    ward = factory.SelfAttribute("enterprise.ward")
    discharge_m3_per_day = Decimal(50)


class PlantPointFactory(DjangoModelFactory):
    """The outlet of a plant, discharging 180 m³/day: class B."""

    class Meta:
        model = models.DischargePoint

    code = factory.Sequence(lambda n: f"IPAL-{n:03d}")
    name = factory.Sequence(lambda n: f"Outlet IPAL {n}")
    kind = PointKind.EFFLUENT
    plant = factory.SubFactory(TreatmentPlantFactory)
    ward = factory.SelfAttribute("plant.ward")
    discharge_m3_per_day = Decimal(180)


class LaboratoryFactory(DjangoModelFactory):
    class Meta:
        model = models.Laboratory

    code = factory.Sequence(lambda n: f"lab-{n}")
    name = factory.Sequence(lambda n: f"Laboratorium Contoh {n}")


class SampleFactory(DjangoModelFactory):
    """A sample that was taken on 2 March 2026 at 09:00 in Pekalongan."""

    class Meta:
        model = models.Sample

    point = factory.SubFactory(EnterprisePointFactory)
    state = SampleState.TAKEN
    taken_at = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


class ResultFactory(DjangoModelFactory):
    class Meta:
        model = models.Result

    sample = factory.SubFactory(SampleFactory)
    parameter = factory.LazyFunction(lambda: parameter("COD"))
    value = Decimal(100)
    unit = "mg/L"


def entry(code: str, value, qualifier: str = "=", **more) -> actions.Entry:
    """A reported result: ``entry("COD", 138)``, ``entry("FENOL", "0.01", "<")``."""
    return actions.Entry(parameter(code), Decimal(str(value)), qualifier, **more)


def resulted(*entries: actions.Entry, by=None, at=datetime(2026, 3, 10, 2, 0, tzinfo=UTC), **sample) -> models.Sample:
    """A sample with judged results, waiting for verification."""
    made = SampleFactory(**sample)
    return actions.record_results(sample=made, entries=entries or [entry("COD", 100)], by=by, at=at)


def verified(
    *entries: actions.Entry, by=None, verifier=None, at=datetime(2026, 3, 10, 2, 0, tzinfo=UTC), **sample
) -> models.Sample:
    """A sample that a second person has verified."""
    made = resulted(*entries, by=by, at=at, **sample)
    return actions.verify_sample(sample=made, by=verifier or portal.UserFactory(), at=at)


def published(*entries: actions.Entry, at=datetime(2026, 3, 10, 2, 0, tzinfo=UTC), **more) -> models.Sample:
    """A sample whose results are public."""
    return actions.publish_sample(sample=verified(*entries, at=at, **more), by=None, at=at)


class PlantUnitFactory(DjangoModelFactory):
    class Meta:
        model = models.PlantUnit

    plant = factory.SubFactory(TreatmentPlantFactory)
    position = factory.Sequence(lambda n: n + 1)
    kind = UnitKind.EQUALISATION


class PlantPermitFactory(DjangoModelFactory):
    class Meta:
        model = models.PlantPermit

    plant = factory.SubFactory(TreatmentPlantFactory)
    kind = PermitKind.PERTEK
    number = factory.Sequence(lambda n: f"CONTOH/{n}")


class PlantLogFactory(DjangoModelFactory):
    """180 m³ measured on a day, pH 7.2 at the outlet."""

    class Meta:
        model = models.PlantLog

    plant = factory.SubFactory(TreatmentPlantFactory)
    day = date(2026, 11, 22)
    ph_out = Decimal("7.2")
    inflow_m3 = Decimal(180)
    inflow_method = FlowMethod.MEASURED


class SludgeEntryFactory(DjangoModelFactory):
    """100 kg of plant sludge, little of it a day: it may stay 365 days."""

    class Meta:
        model = models.SludgeEntry

    plant = factory.SubFactory(TreatmentPlantFactory)
    waste_code = factory.LazyFunction(lambda: models.WasteCode.objects.get(code="B322-3"))
    stored_on = date(2026, 1, 10)
    kg = Decimal(100)
    packaging = "Karung"
    generated_kg_per_day = Decimal(5)


class SludgeDispatchFactory(DjangoModelFactory):
    class Meta:
        model = models.SludgeDispatch

    plant = factory.SubFactory(TreatmentPlantFactory)
    manifest_number = factory.Sequence(lambda n: f"CONTOH-{n:05d}")
    dispatched_on = date(2026, 6, 1)
    carrier = "Pengangkut Contoh"
    receiver = "Pengolah Contoh"


class StationFactory(DjangoModelFactory):
    """A sensor station at the outlet of a plant in class B, active since January 2026."""

    class Meta:
        model = models.SensorStation

    uid = factory.Sequence(lambda n: f"SPR-UJI-{n:04d}")
    name = factory.Sequence(lambda n: f"Stasiun contoh {n}")
    point = factory.SubFactory(PlantPointFactory)
    permit_m3_per_day = Decimal(200)
    permit_basis = "Persetujuan teknis contoh"
    active_from = datetime(2026, 1, 1, tzinfo=UTC)


class SensorVerdictFactory(DjangoModelFactory):
    """A day of which too few hours came."""

    class Meta:
        model = models.SensorVerdict

    station = factory.SubFactory(StationFactory)
    day = date(2026, 6, 1)
    parameter = "cod"
    verdict = "cannot_tell"
    reason = "incomplete"
    engine_version = "1"
    judged_at = datetime(2026, 6, 2, tzinfo=UTC)


class LogMonthFactory(DjangoModelFactory):
    """October 2026, due on 10 November."""

    class Meta:
        model = models.LogMonth

    enterprise = factory.SubFactory(portal.EnterpriseFactory)
    first_day = date(2026, 10, 1)
    due_on = date(2026, 11, 10)


class DischargeLogFactory(DjangoModelFactory):
    """300 L of dyeing water by guess, on 5 October 2026, into the drain."""

    class Meta:
        model = models.DischargeLog

    month = factory.SubFactory(LogMonthFactory)
    day = factory.LazyAttribute(lambda line: line.month.first_day.replace(day=5))
    process = "dyeing"
    dye_class = "naphthol"
    destination = "untreated"
    volume_method = "estimate"
    volume_l = Decimal(300)


class SuctionTruckFactory(DjangoModelFactory):
    class Meta:
        model = models.SuctionTruck

    name = factory.Sequence(lambda n: f"Truk Contoh {n}")
    capacity_m3 = Decimal(4)


class TruckRequestFactory(DjangoModelFactory):
    class Meta:
        model = models.TruckRequest

    enterprise = factory.SubFactory(portal.EnterpriseFactory)
    wanted_on = date(2026, 11, 25)
    volume_m3 = Decimal(6)
    has_holding_tank = True
    answer_due_on = date(2026, 11, 26)


class MonitoringScheduleFactory(DjangoModelFactory):
    """A test every month of 2026, due on the 15th."""

    class Meta:
        model = models.MonitoringSchedule

    point = factory.SubFactory(EnterprisePointFactory)
    parameter_set = factory.LazyFunction(lambda: models.ParameterSet.objects.get(code="effluent-monthly"))
    kind = factory.LazyFunction(lambda: models.DutyKind.objects.get(code="effluent-test"))
    frequency = "monthly"
    due_day = 15
    legal_basis = "Dasar contoh"
    valid_from = date(2026, 1, 1)


class ReportDutyFactory(DjangoModelFactory):
    """An enterprise that owes the quarterly report since January 2026."""

    class Meta:
        model = models.ReportDuty

    kind = factory.LazyFunction(lambda: models.DutyKind.objects.get(code="water-report"))
    enterprise = factory.SubFactory(portal.EnterpriseFactory)
    basis = "UKL-UPL contoh"
    valid_from = date(2026, 1, 1)


class ObligationFactory(DjangoModelFactory):
    """The quarterly report of the first quarter of 2026, due on 15 April."""

    class Meta:
        model = models.Obligation

    kind = factory.LazyFunction(lambda: models.DutyKind.objects.get(code="water-report"))
    enterprise = factory.SubFactory(portal.EnterpriseFactory)
    period_start = date(2026, 1, 1)
    period_end = date(2026, 3, 31)
    due_on = date(2026, 4, 15)
    legal_basis = "Dasar contoh"


class ViolationFactory(DjangoModelFactory):
    class Meta:
        model = models.Violation

    enterprise = factory.SubFactory(portal.EnterpriseFactory)
    kind = "narrative"
    occurred_on = date(2026, 3, 2)
    detected_on = date(2026, 3, 5)
    description = "Air berwarna keluar dari pipa tanpa diolah."


class ComplianceStatusFactory(DjangoModelFactory):
    """An enterprise that complied in the first quarter of 2026."""

    class Meta:
        model = models.ComplianceStatus

    enterprise = factory.SubFactory(portal.EnterpriseFactory)
    quarter_start = date(2026, 1, 1)
    level = "compliant"
    rule = factory.LazyFunction(lambda: models.ComplianceRule.objects.get(version=1))
    computed_at = datetime(2026, 4, 20, 3, 0, tzinfo=UTC)
