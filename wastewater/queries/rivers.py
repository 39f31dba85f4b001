"""The network of rivers and canals: where a place lies on it, and what lies upstream of it, by recursive SQL."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import Count, Prefetch, QuerySet

from batikportal.choices import EnterpriseStatus
from batikportal.models import Enterprise
from wastewater.choices import PointKind
from wastewater.choices.rivers import InflowBasis
from wastewater.models import DischargePoint, Reach, ReachLink, ReachSite, TreatmentPlant, WaterBody

# An enterprise further than this from every reach is not taken for a discharger into one without a record.
NEAR_M = 1500

# Reaches as straight lines in metres around the city (6.9° south): a degree of longitude is 110,514 m, of latitude
# 110,584 m. The stated length counts; without one the distance between the ends; without either it is not known.
_LINES = """
    line AS (
        SELECT id, water_body_id,
               start_longitude * 110514.0::float8 AS x1, start_latitude * 110584.0::float8 AS y1,
               end_longitude * 110514.0::float8 AS x2, end_latitude * 110584.0::float8 AS y2,
               COALESCE(length_m::float8, sqrt(power((end_longitude - start_longitude) * 110514.0::float8, 2)
                                             + power((end_latitude - start_latitude) * 110584.0::float8, 2))) AS metres
        FROM wastewater_reach
    )
"""

# The foot of the point (x, y) on the nearest of the allowed lines: its share of the way from the upstream end, and how
# far aside the point lies; `is_beyond` says that it lies past the lower end. A line without places is the last choice.
_FOOT = """
    LATERAL (
        SELECT line.id, line.metres, line.metres * share AS at_m, raw > 1 AS is_beyond,
               sqrt(power(x - (x1 + share * (x2 - x1)), 2) + power(y - (y1 + share * (y2 - y1)), 2)) AS aside_m
        FROM line,
        LATERAL (
            SELECT COALESCE(
                ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / NULLIF(power(x2 - x1, 2) + power(y2 - y1, 2), 0), 0
            ) AS raw
        ) AS projected,
        LATERAL (SELECT GREATEST(0, LEAST(1, raw)) AS share) AS clamped
        WHERE {allowed}
        ORDER BY aside_m NULLS LAST, line.id
        LIMIT 1
    ) AS foot
"""

# Every reach whose water comes to the place, with the way from its downstream end to the place. It is negative for the
# place's own reach, which ends below it. The network has no circles, so the walk ends by itself.
_ABOVE = """
    way (id, end_m) AS (
        SELECT line.id, %(at_m)s::float8 - line.metres FROM line WHERE line.id = %(reach)s
        UNION ALL
        SELECT link.upstream_id, way.end_m + line.metres
        FROM way
        JOIN line ON line.id = way.id
        JOIN wastewater_reachlink link ON link.downstream_id = way.id
    ),
    above AS (SELECT id, min(end_m) AS end_m FROM way GROUP BY id)
"""

# Outlets of enterprises and plants, then active enterprises without an outlet of their own.
_SOURCES = """
    source AS (
        SELECT point.id AS point_id, point.enterprise_id, point.plant_id,
               site.reach_id AS known_reach, site.distance_m::float8 AS known_m,
               COALESCE(point.receiving_water_id, plant.receiving_water_id) AS water_id,
               COALESCE(point.longitude, plant.longitude, owner.longitude, ward.longitude) * 110514.0::float8 AS x,
               COALESCE(point.latitude, plant.latitude, owner.latitude, ward.latitude) * 110584.0::float8 AS y
        FROM wastewater_dischargepoint point
        JOIN batikportal_area ward ON ward.id = point.ward_id
        LEFT JOIN wastewater_treatmentplant plant ON plant.id = point.plant_id
        LEFT JOIN batikportal_enterprise owner ON owner.id = point.enterprise_id
        LEFT JOIN wastewater_reachsite site ON site.point_id = point.id
        WHERE point.kind = %(effluent)s AND point.is_active
        UNION ALL
        SELECT NULL, enterprise.id,
               (SELECT min(connected.plant_id) FROM wastewater_connection connected
                WHERE connected.enterprise_id = enterprise.id AND connected.valid_from <= %(day)s
                  AND (connected.valid_until IS NULL OR connected.valid_until >= %(day)s)),
               NULL, NULL, NULL,
               COALESCE(enterprise.longitude, ward.longitude) * 110514.0::float8,
               COALESCE(enterprise.latitude, ward.latitude) * 110584.0::float8
        FROM batikportal_enterprise enterprise
        JOIN batikportal_area ward ON ward.id = enterprise.ward_id
        WHERE enterprise.status = %(active)s
          AND NOT EXISTS (
              SELECT 1 FROM wastewater_dischargepoint own
              WHERE own.enterprise_id = enterprise.id AND own.kind = %(effluent)s AND own.is_active
          )
    )
"""


@dataclass(frozen=True)
class PlaceOnWater:
    """A place on a reach: metres from its upstream end (None when not known), and how far aside it was given."""

    reach_id: int
    at_m: float | None
    aside_m: float | None = None


@dataclass(frozen=True)
class Discharger:
    """A registered source of wastewater whose water comes to the place; a lead, never a finding.

    `along_m` is the way along the water, None where a length is not known; `aside_m` the straight way from the source
    to the water. `plant` is the plant of an outlet, or the one that an enterprise without outlet is connected to.
    """

    enterprise: Enterprise | None
    plant: TreatmentPlant | None
    point: DischargePoint | None
    reach: Reach
    along_m: int | None
    aside_m: int | None
    basis: str


@dataclass(frozen=True)
class StationUpstream:
    """A river station above the place, with the way along the water in metres (None when not known)."""

    point: DischargePoint
    reach: Reach
    along_m: int | None


def place_on_water(
    *, latitude: Decimal | float, longitude: Decimal | float, water: WaterBody | None = None, within_m: int = NEAR_M
) -> PlaceOnWater | None:
    """The nearest place on a reach (of `water`, if given) to a point on the ground; None when none lies near."""
    allowed = "line.water_body_id = %(water)s" if water else "true"
    sql = f"""
        WITH {_LINES}, place AS (SELECT %(x)s * 110514.0::float8 AS x, %(y)s * 110584.0::float8 AS y)
        SELECT foot.id, foot.at_m, foot.aside_m FROM place, {_FOOT.format(allowed=allowed)}
        WHERE foot.aside_m <= %(within)s
    """  # noqa: S608 - only our own words are put together; values are parameters
    facts = {"x": float(longitude), "y": float(latitude), "water": water.pk if water else None, "within": within_m}
    found = _rows(sql, facts)
    return PlaceOnWater(*found[0]) if found else None


def place_of(point: DischargePoint) -> PlaceOnWater | None:
    """Where a station or outlet lies on the network: its recorded site, else the nearest place of its water."""
    site = ReachSite.objects.filter(point=point).first()
    if site is not None and site.distance_m is not None:
        return PlaceOnWater(site.reach_id, float(site.distance_m))
    if point.latitude is None or point.longitude is None:
        return PlaceOnWater(site.reach_id, None) if site else None
    water = site.reach.water_body if site else point.water_body or point.receiving_water
    near = place_on_water(latitude=point.latitude, longitude=point.longitude, water=water, within_m=10**6)
    return near if site is None or (near and near.reach_id == site.reach_id) else PlaceOnWater(site.reach_id, None)


def dischargers_upstream(place: PlaceOnWater, *, day: date, within_m: int = NEAR_M) -> list[Discharger]:
    """The registered sources whose water comes to the place, the shortest way first; at most five queries.

    Outlets count by their recorded reach, else by the nearest reach of their receiving water; enterprises without an
    outlet by the nearest reach at most `within_m` metres aside, unless they lie past the last place of the network.
    The way is that to the water and along it; ways not known come last. The answer names enterprises: it is for staff
    only, and says where to look, not who is guilty.
    """
    allowed = """line.id = known_reach OR known_reach IS NULL AND (line.water_body_id = water_id OR water_id IS NULL)"""
    sql = f"""
        WITH RECURSIVE {_LINES}, {_ABOVE}, {_SOURCES}
        SELECT enterprise_id, plant_id, point_id, foot.id,
               above.end_m + foot.metres - COALESCE(known_m, foot.at_m) AS along_m, foot.aside_m,
               CASE WHEN known_reach IS NOT NULL THEN %(site)s WHEN water_id IS NOT NULL THEN %(receiving)s
                    ELSE %(nearest)s END
        FROM source, {_FOOT.format(allowed=allowed)} JOIN above ON above.id = foot.id
        WHERE (above.end_m + foot.metres - COALESCE(known_m, foot.at_m) >= 0
               OR above.end_m + foot.metres - COALESCE(known_m, foot.at_m) IS NULL)
          AND (known_reach IS NOT NULL OR water_id IS NOT NULL
               OR foot.aside_m <= %(within)s AND NOT (
                   foot.is_beyond
                   AND NOT EXISTS (SELECT 1 FROM wastewater_reachlink below WHERE below.upstream_id = foot.id)
               ))
        ORDER BY above.end_m + foot.metres - COALESCE(known_m, foot.at_m) + COALESCE(foot.aside_m, 0) NULLS LAST,
                 foot.aside_m NULLS LAST, point_id, enterprise_id
    """  # noqa: S608 - only our own words are put together; values are parameters
    rows = _rows(
        sql,
        {
            "reach": place.reach_id,
            "at_m": place.at_m,
            "day": day,
            "within": within_m,
            "effluent": PointKind.EFFLUENT.value,
            "active": EnterpriseStatus.ACTIVE.value,
            "site": InflowBasis.SITE.value,
            "receiving": InflowBasis.RECEIVING_WATER.value,
            "nearest": InflowBasis.NEAREST.value,
        },
    )
    enterprises = Enterprise.objects.select_related("ward__parent").in_bulk({row[0] for row in rows if row[0]})
    plants = TreatmentPlant.objects.in_bulk({row[1] for row in rows if row[1]})
    points = DischargePoint.objects.in_bulk({row[2] for row in rows if row[2]})
    reaches = Reach.objects.select_related("water_body").in_bulk({row[3] for row in rows})
    return [
        Discharger(
            enterprise=enterprises.get(enterprise),
            plant=plants.get(plant),
            point=points.get(point),
            reach=reaches[reach],
            along_m=_whole(along),
            aside_m=_whole(aside),
            basis=basis,
        )
        for enterprise, plant, point, reach, along, aside, basis in rows
    ]


def stations_upstream(place: PlaceOnWater) -> list[StationUpstream]:
    """The river stations with a recorded site above the place, nearest first."""
    sql = f"""
        WITH RECURSIVE {_LINES}, {_ABOVE}
        SELECT site.point_id, site.reach_id, above.end_m + line.metres - site.distance_m AS along_m
        FROM above
        JOIN line ON line.id = above.id
        JOIN wastewater_reachsite site ON site.reach_id = above.id
        JOIN wastewater_dischargepoint point ON point.id = site.point_id AND point.kind = %(kind)s AND point.is_active
        WHERE above.end_m + line.metres - site.distance_m > 0
           OR above.end_m + line.metres - site.distance_m IS NULL AND site.reach_id <> %(reach)s
        ORDER BY along_m NULLS LAST, point.code
    """  # noqa: S608 - only our own words are put together; values are parameters
    facts = {"reach": place.reach_id, "at_m": place.at_m, "kind": PointKind.RECEIVING.value}
    rows = _rows(sql, facts)
    points = DischargePoint.objects.select_related("water_body").in_bulk({row[0] for row in rows})
    reaches = Reach.objects.select_related("water_body").in_bulk({row[1] for row in rows})
    return [StationUpstream(points[point], reaches[reach], _whole(along)) for point, reach, along in rows]


def closes_circle(*, upstream: int, downstream: int) -> bool:
    """Whether water of `downstream` already comes to `upstream`, so that a link between them would close a circle."""
    sql = f"WITH RECURSIVE {_LINES}, {_ABOVE} SELECT 1 FROM above WHERE id = %(other)s"  # noqa: S608
    return bool(_rows(sql, {"reach": upstream, "at_m": 0.0, "other": downstream}))


def flows_back(water: WaterBody, into: WaterBody) -> bool:
    """Whether `into` is the water itself or already flows, over any number of others, into it."""
    sql = """
        WITH RECURSIVE below (id) AS (
            SELECT %(into)s::bigint
            UNION
            SELECT next.flows_into_id FROM wastewater_waterbody next JOIN below ON next.id = below.id
        )
        SELECT 1 FROM below WHERE id = %(water)s
    """
    return bool(_rows(sql, {"into": into.pk, "water": water.pk}))


def reaches_of(water: WaterBody) -> QuerySet[Any]:
    """The reaches of a water from upstream to downstream, with their links and how many sites stand on each."""
    down = ReachLink.objects.select_related("downstream__water_body").order_by("downstream__code")
    up = ReachLink.objects.select_related("upstream__water_body").order_by("upstream__code")
    return (
        water.reaches.select_related("water_body")
        .prefetch_related(Prefetch("links_down", queryset=down), Prefetch("links_up", queryset=up))
        .annotate(sites_count=Count("sites"))
        .order_by("sequence")
    )


def _rows(sql: str, facts: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, facts)
        return cursor.fetchall()


def _whole(metres: float | None) -> int | None:
    return None if metres is None else round(metres)
