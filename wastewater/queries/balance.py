"""The treatment-gap balance sheet: per ward what was generated, collected, treated, and what is left, of one period."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.db.models import Q, QuerySet

from batikportal import small_cells
from batikportal.choices import AreaLevel, EnterpriseStatus
from batikportal.models import Area, Enterprise
from wastewater.choices.balance import FactorCode, FigureKind
from wastewater.choices.plants import Certainty, VolumeBasis
from wastewater.choices.volumes import VolumeConfidence, VolumeSource
from wastewater.models import BalanceFactor, PublishedFigure
from wastewater.queries.generated_volumes import OwnVolume, active_by_ward, days_of, months, own_volumes, without_figure
from wastewater.queries.plant_volumes import TreatedVolume, treated_volumes
from wastewater.queries.plants import SHARED_KINDS
from wastewater.rules import balance as rules
from wastewater.rules.balance import ZERO, Sums


@dataclass(frozen=True)
class PlantShare:
    """A plant in the period: what it treated, what enterprises are known to have sent, and what follows from it."""

    volume: TreatedVolume
    received_m3: Decimal

    @property
    def share(self) -> Decimal | None:
        return rules.treated_share(self.volume.m3, self.received_m3)

    @property
    def basis_label(self) -> str:
        return str(VolumeBasis(self.volume.basis).label)

    @property
    def certainty_label(self) -> str:
        return str(Certainty(self.volume.certainty).label)

    @property
    def unknown_origin_m3(self) -> Decimal:
        """Only what a shared plant logged: what is declared has a sender by its nature."""
        if self.volume.basis != VolumeBasis.LOG or self.volume.plant.kind not in SHARED_KINDS:
            return ZERO
        return rules.of_unknown_origin(self.volume.m3, self.received_m3)


@dataclass(frozen=True)
class WardBalance:
    """The sums of one ward."""

    ward: Area
    sums: Sums


@dataclass(frozen=True)
class DistrictBalance:
    """The sums of one district: exactly those of its wards."""

    district: Area
    sums: Sums


@dataclass(frozen=True)
class Balance:
    """The balance sheet of a period. `unknown_origin` is what plants treated of water that nobody is on record for; it
    belongs to no ward, so it stands in a line of its own and in the total of the whole city only."""

    start: date
    end: date
    wards: list[WardBalance]
    unknown_origin: Sums | None
    plants: list[PlantShare]
    own: list[OwnVolume]

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1

    @property
    def months(self) -> list[date]:
        return list(months(self.start, self.end))

    @property
    def whole(self) -> Sums:
        parts = [one.sums for one in self.wards]
        return rules.total([*parts, self.unknown_origin] if self.unknown_origin else parts)

    @property
    def districts(self) -> list[DistrictBalance]:
        parts: dict[int | None, list[WardBalance]] = defaultdict(list)
        for one in self.wards:
            parts[one.ward.parent_id].append(one)
        return [
            DistrictBalance(of[0].ward.parent, rules.total(one.sums for one in of))  # type: ignore[arg-type]  # a ward has a parent by constraint
            for of in parts.values()
        ]

    def within(self, reach: Collection[Area] | None) -> "Balance":
        """The part in these wards or districts; None is the whole city. Plants keep all that they received."""
        if reach is None:
            return self
        keys = {area.pk for area in reach}
        wards = [one for one in self.wards if {one.ward.pk, one.ward.parent_id, _city(one.ward)} & keys]
        inside = {one.ward.pk for one in wards}
        return replace(self, wards=wards, unknown_origin=None, own=[one for one in self.own if one.ward_id in inside])


def _city(ward: Area) -> int | None:
    return ward.parent.parent_id if ward.parent else None


def factors_on(day: date) -> dict[str, BalanceFactor]:
    """The factors in force on the day, by code."""
    return {one.code: one for one in _factors(day, day)}


def _factors(start: date, end: date) -> QuerySet[BalanceFactor]:
    return BalanceFactor.objects.filter(effective_from__lte=end).filter(
        Q(effective_until__isnull=True) | Q(effective_until__gte=start)
    )


def balance(start: date, end: date) -> Balance:
    """The whole city from `start` to `end`, both counted; seven queries whatever the number of enterprises."""
    wards = _wards()
    own = own_volumes(start, end)
    plants = _plants(own, start, end)
    shares = {one.volume.plant.pk: one for one in plants}
    parts: dict[int, list[Sums]] = defaultdict(list)
    for one in own:
        parts[one.ward_id].append(sums_of(one, shares))
    for ward, counted in _counted(own).items():
        parts[ward].append(counted)
    factors = list(_factors(start, end).filter(code=FactorCode.ENTERPRISE_M3_PER_DAY))
    active = active_by_ward()
    for (ward, first), count in without_figure(own, active, start, end).items():
        parts[ward].append(_by_factor(factors, count, first, start, end))
    for ward, count in _never_told(own, active).items():
        parts[ward].append(Sums(enterprises=count))
    unknown = sum((one.unknown_origin_m3 for one in plants), ZERO)
    return Balance(
        start,
        end,
        [WardBalance(ward, rules.total(parts[ward.pk])) for ward in wards],
        Sums(treated_by_log=unknown, collected_logged=unknown) if unknown else None,
        plants,
        own,
    )


def _wards() -> list[Area]:
    """The wards in force, each with its district."""
    in_force = Area.objects.filter(level=AreaLevel.WARD, valid_until__isnull=True)
    return list(in_force.select_related("parent").order_by("code"))


def _plants(own: Iterable[OwnVolume], start: date, end: date) -> list[PlantShare]:
    received: dict[int | None, Decimal] = defaultdict(Decimal)
    for one in own:
        for plant, volume in one.to_plants.items():
            received[plant] += volume
    return [PlantShare(volume, received.get(volume.plant.pk, ZERO)) for volume in treated_volumes(start, end)]


def sums_of(one: OwnVolume, shares: dict[int, PlantShare]) -> Sums:
    """The volumes of one enterprise and month, without counts: an enterprise with twelve months is still one."""
    by_log = declared = unknown = ZERO
    for plant, volume in one.to_plants.items():
        found = shares.get(plant) if plant is not None else None
        share = found.share if found else None
        if found is None or share is None:
            unknown += volume
        elif found.volume.basis == VolumeBasis.LOG:
            by_log += volume * share
        else:
            declared += volume * share
    is_logged = one.source == VolumeSource.LOGBOOK
    is_measured = one.confidence == VolumeConfidence.MEASURED
    return Sums(
        measured=one.volume_m3 if is_measured else ZERO,
        noted=one.volume_m3 if is_logged and not is_measured else ZERO,
        declared=ZERO if is_logged else one.volume_m3,
        collected_logged=one.collected_m3 if is_logged else ZERO,
        collected_declared=ZERO if is_logged else one.collected_m3,
        treated_by_log=by_log,
        treated_by_own_plant=one.own_plant_m3,
        treated_declared=declared,
        untreated=one.untreated_m3,
        treatment_unknown=unknown + one.truck_m3,
        last_on=one.last_on,
    )


def _counted(own: Iterable[OwnVolume]) -> dict[int, Sums]:
    """Enterprises with figures of their own by ward, each once, whatever the number of its months."""
    told: dict[int, set[int]] = defaultdict(set)
    collected: dict[int, set[int]] = defaultdict(set)
    treated: dict[int, set[int]] = defaultdict(set)
    for one in own:
        told[one.ward_id].add(one.enterprise_id)
        if one.collected_m3:
            collected[one.ward_id].add(one.enterprise_id)
        if one.own_plant_m3 or one.to_plants:
            treated[one.ward_id].add(one.enterprise_id)
    return {
        ward: Sums(
            enterprises=len(some),
            own_count=len(some),
            collected_count=len(collected[ward]),
            treated_count=len(treated[ward]),
        )
        for ward, some in told.items()
    }


def _never_told(own: Iterable[OwnVolume], active: Mapping[int, int]) -> dict[int, int]:
    """Active enterprises of each ward without a single figure of their own in the whole period."""
    told: dict[int, set[int]] = defaultdict(set)
    for one in own:
        if one.is_active:
            told[one.ward_id].add(one.enterprise_id)
    return {ward: count - len(told[ward]) for ward, count in active.items()}


def _by_factor(factors: Iterable[BalanceFactor], count: int, first: date, start: date, end: date) -> Sums:
    """What a factor guesses for enterprises without a figure in one month, by the row in force on its first day."""
    since = max(first, start)
    row = next(
        (one for one in factors if one.effective_from <= since and (one.effective_until or since) >= since), None
    )
    if row is None:
        return Sums(unknown_months=count)
    days = count * days_of(first, start, end)
    return Sums(factor_low=row.low * days, factor=row.central * days, factor_high=row.high * days, factor_months=count)


@dataclass(frozen=True)
class EnterpriseBalance:
    """The sums of one enterprise; `sources` says what they rest on."""

    enterprise_id: int
    sums: Sums
    sources: tuple[str, ...]


def enterprise_balances(found: Balance, wards: Collection[Area]) -> list[EnterpriseBalance]:
    """The enterprises of these wards whose figures make up their sums, largest volume first; two queries."""
    inside = {ward.pk for ward in wards}
    shares = {one.volume.plant.pk: one for one in found.plants}
    by_enterprise: dict[int, list[OwnVolume]] = defaultdict(list)
    for one in found.own:
        if one.ward_id in inside:
            by_enterprise[one.enterprise_id].append(one)
    active = set(
        Enterprise.objects.filter(ward__in=inside, status=EnterpriseStatus.ACTIVE).values_list("pk", flat=True)
    )
    factors = list(_factors(found.start, found.end).filter(code=FactorCode.ENTERPRISE_M3_PER_DAY))
    by_month = {first: _by_factor(factors, 1, first, found.start, found.end) for first in found.months}
    # Most enterprises have no figure at all, so what a factor says of a set of months is added up once.
    filled: dict[frozenset[date], Sums] = {}
    rows = []
    for key in active | set(by_enterprise):
        own = by_enterprise.get(key, [])
        told = frozenset(one.first_day for one in own)
        if told not in filled:
            filled[told] = rules.total(sums for first, sums in by_month.items() if first not in told)
        parts = [sums_of(one, shares) for one in own]
        if key in active:
            parts.append(filled[told])
        sums = rules.total([*parts, Sums(enterprises=1, own_count=bool(own))])
        sources = [one.source for one in own]
        sources += [VolumeSource.FACTOR] * bool(sums.factor_months) + [VolumeSource.NONE] * bool(sums.unknown_months)
        rows.append(EnterpriseBalance(key, sums, tuple(dict.fromkeys(sources))))
    return sorted(rows, key=lambda row: (-(row.sums.generated or ZERO), row.enterprise_id))


def publishable(found: Balance) -> list[tuple[WardBalance, Sums | None]]:
    """Each ward with its sums, or None where they stand for fewer than five enterprises.

    A single hidden ward of a district could be subtracted from the district's total, so the next smallest hides too.
    """
    by_district: dict[int | None, list[WardBalance]] = defaultdict(list)
    for one in found.wards:
        by_district[one.ward.parent_id].append(one)
    return [
        (one, None if cell is None else one.sums)
        for of in by_district.values()
        for one, cell in zip(of, small_cells.publishable_cells([each.sums.smallest_cell for each in of]), strict=True)
    ]


def published_figures() -> QuerySet[PublishedFigure]:
    """Every published figure with its source, kind by kind, the latest first."""
    return PublishedFigure.objects.select_related("area", "plant").order_by("kind", "-stated_on", "pk")


def own_figure(kind: str, found: Balance) -> Decimal | None:
    """What the portal itself reckons for the kind of a published figure, per day; None where it reckons none."""
    sums = found.whole
    if kind == FigureKind.GENERATED:
        return None if sums.generated is None else sums.generated / found.days
    if kind == FigureKind.TREATED:
        return None if sums.treated is None else sums.treated / found.days
    if kind == FigureKind.TREATED_SHARE:
        return None if sums.coverage is None else 100 * sums.coverage
    return Decimal(sums.enterprises) if kind == FigureKind.ENTERPRISES else None
