"""What the plant simulator starts from, which enterprises a plan would reach, and what saved scenarios come to."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, QuerySet, Sum

from batikportal.choices import EnterpriseStatus
from batikportal.dashboard import periods
from batikportal.models import Area, Enterprise
from wastewater.models import Connection, PlantScenario, ScenarioEnterprise, TreatmentPlant
from wastewater.queries import balance as balances
from wastewater.queries.plants import open_on, plants_with_figures
from wastewater.rules import scenarios as rules
from wastewater.rules.balance import ZERO
from wastewater.rules.complaints import distance_m
from wastewater.rules.scenarios import Span

_THOUSANDTH = Decimal("0.001")


def balance_before(today: date) -> balances.Balance:
    """The balance of the usual twelve months, from which every scenario starts."""
    period = periods.usual(today)
    return balances.balance(period.start, period.end)


def per_day(volume_m3: Decimal | None, days: int) -> Decimal:
    """A volume of a period as m³/day, to the litre; nothing known counts as nothing."""
    return ((volume_m3 or ZERO) / days).quantize(_THOUSANDTH)


@dataclass(frozen=True)
class Place:
    """Where something would stand."""

    latitude: Decimal
    longitude: Decimal


def candidates(
    found: balances.Balance,
    place: Place,
    *,
    within_m: int | None = None,
    ward: Area | None = None,
    among: Collection[int] | None = None,
    not_at: TreatmentPlant | None = None,
) -> list[ScenarioEnterprise]:
    """Unsaved rows of the active enterprises that a plan would reach, the nearest first, with their untreated water.

    `within_m`, `ward` and `among` (keys of enterprises) narrow them; those connected to `not_at` already are left out,
    and so are those whose water is treated wholly or about which nothing is known.
    """
    rows = Enterprise.objects.filter(status=EnterpriseStatus.ACTIVE).select_related("ward")
    if ward is not None:
        rows = rows.filter(ward=ward)
    if among is not None:
        rows = rows.filter(pk__in=among)
    if not_at is not None:
        rows = rows.exclude(
            pk__in=Connection.objects.filter(open_on(found.end), plant=not_at).order_by().values("enterprise")
        )
    known = {one.enterprise_id: one for one in balances.enterprise_balances(found, [one.ward for one in found.wards])}
    made = []
    for enterprise in rows.only("pk", "latitude", "longitude", "ward"):
        row = known.get(enterprise.pk)
        away = _distance(place, enterprise)
        if row is None or row.sums.gap is None or (within_m is not None and away > within_m):
            continue
        volumes = _untreated(row, found.days)
        if not volumes.high:
            continue
        made.append(
            ScenarioEnterprise(
                enterprise=enterprise,
                distance_m=away,
                location_estimated=enterprise.latitude is None,
                source=row.sources[0],
                low_m3_per_day=volumes.low,
                m3_per_day=volumes.central,
                high_m3_per_day=volumes.high,
            )
        )
    return sorted(made, key=lambda one: (one.distance_m, one.enterprise_id))


def _untreated(row: balances.EnterpriseBalance, days: int) -> Span:
    treated = row.sums.treated or ZERO
    ends = (row.sums.generated_low, row.sums.generated, row.sums.generated_high)
    return Span(*(per_day(max(ZERO, (volume or ZERO) - treated), days) for volume in ends))


def _distance(place: Place, enterprise: Enterprise) -> int:
    """Metres to the enterprise, or to the centre of its ward while its own place is unknown."""
    at = enterprise if enterprise.latitude is not None else enterprise.ward
    return round(
        distance_m(float(place.latitude), float(place.longitude), float(at.latitude or 0), float(at.longitude or 0))
    )


def nearest_ward(found: balances.Balance, place: Place) -> Area:
    """The ward whose centre is nearest."""
    return min(
        (one.ward for one in found.wards),
        key=lambda ward: distance_m(
            float(place.latitude), float(place.longitude), float(ward.latitude), float(ward.longitude)
        ),
    )


@dataclass(frozen=True)
class Room:
    """What a plant could still take, and of which figures that is made; `free` None when it cannot be told."""

    capacity: Decimal | None
    used: Decimal | None

    @property
    def free(self) -> Decimal | None:
        free = rules.free_capacity(self.capacity, self.used)
        return None if free is None else free.quantize(_THOUSANDTH)


def room_of(plant: TreatmentPlant, found: balances.Balance) -> Room:
    """The latest stated capacity against the larger of what the plant treated and what it was sent, both per day."""
    figures = plants_with_figures(found.end).get(pk=plant.pk)
    share = next((one for one in found.plants if one.volume.plant.pk == plant.pk), None)
    known = [volume for volume in (share.volume.m3_per_day, figures.declared_m3_per_day) if volume] if share else []
    return Room(figures.capacity_m3_per_day, max(known) if known else ZERO)


@dataclass(frozen=True)
class Result:
    """A scenario with what it comes to."""

    scenario: PlantScenario
    reached: Span
    reached_count: int
    served_count: int | None
    outcome: rules.Outcome


def result_of(scenario: PlantScenario, rows: Iterable[ScenarioEnterprise]) -> Result:
    """What a scenario comes to with these enterprises, the nearest first."""
    rows = list(rows)
    reached = rules.total(Span(one.low_m3_per_day, one.m3_per_day, one.high_m3_per_day) for one in rows)
    served = rules.served_count((one.m3_per_day for one in rows), scenario.capacity_m3_per_day)
    return Result(scenario, reached, len(rows), served, rules.outcome(assumptions(scenario, reached)))


def assumptions(scenario: PlantScenario, reached: Span) -> rules.Assumptions:
    """The frozen columns of a scenario as the rules want them."""
    return rules.Assumptions(
        capacity_m3_per_day=scenario.capacity_m3_per_day,
        reached_m3_per_day=reached,
        cod_in_mg_per_l=Span(scenario.cod_low_mg_per_l, scenario.cod_in_mg_per_l, scenario.cod_high_mg_per_l),
        removal_per_cent=Span(scenario.removal_low_per_cent, scenario.removal_per_cent, scenario.removal_high_per_cent),
        investment_idr=Span(scenario.investment_low_idr, scenario.investment_idr, scenario.investment_high_idr),
        operation_idr_per_year=Span(
            scenario.operation_low_idr_per_year,
            scenario.operation_idr_per_year,
            scenario.operation_high_idr_per_year,
        ),
        life_years=scenario.life_years,
        city_generated_m3_per_day=Span(
            scenario.city_generated_low, scenario.city_generated, scenario.city_generated_high
        ),
        city_treated_m3_per_day=scenario.city_treated,
    )


def listed_results(scenarios: Iterable[Any]) -> list[Result]:
    """Scenarios that carry the columns of found_scenarios, with what they come to; no further query."""
    found = []
    for one in scenarios:
        reached = Span(one.reached_low or ZERO, one.reached_central or ZERO, one.reached_high or ZERO)
        found.append(Result(one, reached, one.reached_count, None, rules.outcome(assumptions(one, reached))))
    return found


def compared(scenarios: QuerySet[PlantScenario]) -> list[Result]:
    """A few scenarios with all their enterprises; two queries."""
    rows = list(scenarios.select_related("ward__parent", "plant", "created_by", "copied_from"))
    by_scenario: dict[int, list[ScenarioEnterprise]] = {one.pk: [] for one in rows}
    for row in ScenarioEnterprise.objects.filter(scenario__in=rows).order_by("distance_m", "enterprise"):
        by_scenario[row.scenario_id].append(row)
    return [result_of(one, by_scenario[one.pk]) for one in rows]


def found_scenarios(
    scenarios: QuerySet[PlantScenario], *, cari: str = "", jenis: str = "", arsip: bool = False
) -> QuerySet[Any]:
    """Scenarios narrowed by what the list page asks, with the sums of their enterprises."""
    rows = scenarios.filter(archived_at__isnull=not arsip)
    if cari:
        rows = rows.filter(name__icontains=cari)
    if jenis:
        rows = rows.filter(kind=jenis)
    return (
        rows.select_related("ward", "plant", "created_by")
        .annotate(
            reached_low=Sum("enterprises__low_m3_per_day"),
            reached_central=Sum("enterprises__m3_per_day"),
            reached_high=Sum("enterprises__high_m3_per_day"),
            reached_count=Count("enterprises"),
        )
        .order_by("-created_at", "-pk")
    )
