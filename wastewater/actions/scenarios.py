"""What people do with scenarios of the plant simulator: reckon one, save it with its assumptions, archive, restore."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from batikportal import audit, formats
from batikportal.choices import Source
from batikportal.models import Area, Enterprise, User
from wastewater.choices.balance import FactorCode
from wastewater.choices.scenarios import ScenarioKind, ScenarioReach
from wastewater.models import BalanceFactor, PlantScenario, ScenarioEnterprise, TreatmentPlant
from wastewater.queries import balance as balances
from wastewater.queries import scenarios as queries
from wastewater.rules.scenarios import Span


class ScenarioRefused(Exception):
    """The scenario cannot be reckoned or saved; the message says why and what to do."""


@dataclass(frozen=True)
class Money:
    """An amount with its span and where it comes from."""

    idr: Span
    basis: str


@dataclass(frozen=True)
class Plan:
    """What somebody asks: what would be built, where, for whom, and at which cost."""

    name: str
    kind: str
    reach: str
    investment: Money
    operation: Money
    life_years: int
    note: str = ""
    plant: TreatmentPlant | None = None
    ward: Area | None = None
    place: queries.Place | None = None
    radius_m: int | None = None
    enterprises: Sequence[Enterprise] = ()
    capacity_m3_per_day: Decimal | None = None
    capacity_basis: str = ""
    copied_from: PlantScenario | None = None


@dataclass(frozen=True)
class Draft:
    """A scenario that is reckoned and not saved."""

    scenario: PlantScenario
    rows: list[ScenarioEnterprise]

    @property
    def result(self) -> queries.Result:
        return queries.result_of(self.scenario, self.rows)


def draft_scenario(*, plan: Plan, today: date, source: str = Source.FORM) -> Draft:
    """Reckon a plan from the balance and the factors of today; nothing is stored."""
    found = queries.balance_before(today)
    factors = balances.factors_on(today)
    if not {FactorCode.COD_IN_MG_PER_L, FactorCode.COD_REMOVAL_PER_CENT} <= set(factors):
        raise ScenarioRefused(_("Angka baku COD tidak ada pada hari ini. Tambahkan dahulu di admin."))
    place, is_estimated = _place(plan)
    ward = plan.ward or (plan.plant.ward if plan.plant else None) or queries.nearest_ward(found, place)
    capacity, basis = _capacity(plan, found)
    rows = queries.candidates(
        found,
        place,
        within_m=plan.radius_m if plan.reach == ScenarioReach.RADIUS else None,
        ward=ward if plan.reach == ScenarioReach.WARD else None,
        among={one.pk for one in plan.enterprises} if plan.reach == ScenarioReach.LIST else None,
        not_at=plan.plant,
    )
    if not rows:
        raise ScenarioRefused(
            _("Tidak ada usaha aktif dengan air limbah yang belum diolah di jangkauan ini. Perluas jangkauannya.")
        )
    made = _scenario(plan, place, ward, found, factors)
    made.location_estimated, made.source = is_estimated, source
    made.capacity_m3_per_day, made.capacity_basis = capacity, basis
    return Draft(made, rows)


def _place(plan: Plan) -> tuple[queries.Place, bool]:
    """Where it would stand, and whether that is only the centre of a ward."""
    if plan.place is not None:
        return plan.place, False
    if plan.plant is not None and plan.plant.latitude is not None and plan.plant.longitude is not None:
        return queries.Place(plan.plant.latitude, plan.plant.longitude), plan.plant.location_estimated
    ward = plan.ward or (plan.plant.ward if plan.plant else None)
    if ward is None:
        raise ScenarioRefused(_("Pilih kelurahan, atau isi lintang dan bujur."))
    return queries.Place(ward.latitude, ward.longitude), True


def _capacity(plan: Plan, found: balances.Balance) -> tuple[Decimal, str]:
    """The capacity that is counted on; for connections what the plant has left."""
    if plan.kind == ScenarioKind.NEW_PLANT:
        if not plan.capacity_m3_per_day:
            raise ScenarioRefused(_("Isi kapasitas IPAL baru, lebih dari nol."))
        return plan.capacity_m3_per_day, plan.capacity_basis
    if plan.plant is None:
        raise ScenarioRefused(_("Pilih IPAL yang akan menerima sambungan."))
    room = queries.room_of(plan.plant, found)
    if room.free is None:
        raise ScenarioRefused(
            _("Kapasitas %(plant)s belum diterbitkan, jadi sisanya tidak dapat dihitung.") % {"plant": plan.plant}
        )
    words = {
        "plant": plan.plant,
        "capacity": formats.number(room.capacity, 1),
        "used": formats.number(room.used, 1),
    }
    if not room.free:
        raise ScenarioRefused(_("%(plant)s sudah penuh: kapasitas %(capacity)s, terpakai %(used)s m³/hari.") % words)
    basis = _("Sisa kapasitas: %(capacity)s menurut sumber terbaru dikurangi terpakai %(used)s m³/hari")
    return room.free, basis % words


def _scenario(
    plan: Plan, place: queries.Place, ward: Area, found: balances.Balance, factors: dict[str, BalanceFactor]
) -> PlantScenario:
    """The plan with everything that it rests on."""
    whole = found.whole
    cod, removal = factors[FactorCode.COD_IN_MG_PER_L], factors[FactorCode.COD_REMOVAL_PER_CENT]
    volume = factors.get(FactorCode.ENTERPRISE_M3_PER_DAY)
    return PlantScenario(
        name=plan.name,
        note=plan.note,
        kind=plan.kind,
        reach=plan.reach,
        plant=plan.plant,
        ward=ward,
        latitude=place.latitude,
        longitude=place.longitude,
        radius_m=plan.radius_m if plan.reach == ScenarioReach.RADIUS else None,
        investment_low_idr=plan.investment.idr.low,
        investment_idr=plan.investment.idr.central,
        investment_high_idr=plan.investment.idr.high,
        investment_basis=plan.investment.basis,
        operation_low_idr_per_year=plan.operation.idr.low,
        operation_idr_per_year=plan.operation.idr.central,
        operation_high_idr_per_year=plan.operation.idr.high,
        operation_basis=plan.operation.basis,
        life_years=plan.life_years,
        cod_low_mg_per_l=cod.low,
        cod_in_mg_per_l=cod.central,
        cod_high_mg_per_l=cod.high,
        cod_basis=cod.basis,
        cod_confidence=cod.confidence,
        removal_low_per_cent=removal.low,
        removal_per_cent=removal.central,
        removal_high_per_cent=removal.high,
        removal_basis=removal.basis,
        removal_confidence=removal.confidence,
        volume_basis=f"{volume.in_words} m³/{_('hari')}. {volume.basis}"[:400] if volume else "",
        basis_start=found.start,
        basis_end=found.end,
        city_generated_low=queries.per_day(whole.generated_low, found.days),
        city_generated=queries.per_day(whole.generated, found.days),
        city_generated_high=queries.per_day(whole.generated_high, found.days),
        city_treated=queries.per_day(whole.treated, found.days),
        city_enterprises=whole.enterprises,
        copied_from=plan.copied_from,
    )


def save_scenario(*, draft: Draft, by: User | None) -> PlantScenario:
    """Store a draft with its enterprises; refused when another scenario has its name."""
    draft.scenario.created_by = by
    try:
        with transaction.atomic():
            draft.scenario.save(force_insert=True)
            for row in draft.rows:
                row.scenario = draft.scenario
            ScenarioEnterprise.objects.bulk_create(draft.rows, batch_size=2000)
    except IntegrityError as error:
        draft.scenario.pk = None
        if "scenario_name_once" not in str(error):
            raise
        raise ScenarioRefused(_("Nama ini sudah dipakai skenario lain. Pilih nama lain.")) from error
    return draft.scenario


def archive_scenario(*, scenario: PlantScenario, by: User, at: datetime) -> None:
    """Take a scenario out of the list; nothing happens to one that is archived already."""
    with transaction.atomic():
        PlantScenario.objects.filter(pk=scenario.pk, archived_at__isnull=True).update(archived_at=at, archived_by=by)


def restore_scenario(*, scenario: PlantScenario, by: User, at: datetime) -> None:
    """Put an archived scenario back on the list; refused while another one has its name."""
    try:
        with transaction.atomic(), audit.because(_("Dikembalikan pada %(day)s") % {"day": formats.moment(at)}, by=by):
            PlantScenario.objects.filter(pk=scenario.pk).update(archived_at=None, archived_by=None)
    except IntegrityError as error:
        if "scenario_name_once" not in str(error):
            raise
        raise ScenarioRefused(_("Nama ini sudah dipakai skenario lain. Arsipkan dahulu yang lain itu.")) from error
