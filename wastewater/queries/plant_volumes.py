"""How much water each plant treated in a period, with what the figure rests on and how far it may be trusted."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Q, QuerySet, Sum

from wastewater.choices.plants import Certainty, FlowMethod, VolumeBasis
from wastewater.models import PlantLog, TreatmentPlant
from wastewater.queries.plants import WORKING, plants_with_figures

MEASURED = (FlowMethod.METER, FlowMethod.METER_MEAN, FlowMethod.MEASURED)
# From this share of measured days on, the mean of a period is trusted.
TRUSTED_SHARE = Decimal("0.8")


@dataclass(frozen=True)
class TreatedVolume:
    """The water of one plant in a period. `m3_per_day` is None when nothing is known; it is never zero for that."""

    plant: TreatmentPlant
    m3_per_day: Decimal | None
    basis: str
    certainty: str
    # Only what was logged, without filling days: m³ over `known_days` of `days`.
    logged_m3: Decimal | None
    known_days: int
    days: int

    @property
    def m3(self) -> Decimal | None:
        """The mean carried over all days of the period."""
        return None if self.m3_per_day is None else self.m3_per_day * self.days


def treated_volumes(start: date, end: date, plants: QuerySet[TreatmentPlant] | None = None) -> list[TreatedVolume]:
    """Each plant's treated volume from `start` to `end`, both counted; two queries.

    The mean inflow of the logged days is used; without any, what connected enterprises of a working plant declare on
    the last day, which says what they send rather than what was treated; else nothing.
    """
    days = (end - start).days + 1
    logged = {
        row["plant"]: row
        for row in PlantLog.objects.filter(day__range=(start, end), inflow_m3__isnull=False)
        .order_by()
        .values("plant")
        .annotate(
            known=Count("pk"),
            measured=Count("pk", filter=Q(inflow_method__in=MEASURED)),
            m3=Sum("inflow_m3"),
        )
    }
    found = []
    rows = plants_with_figures(end)
    for plant in rows if plants is None else rows.filter(pk__in=plants.values("pk")):
        row = logged.get(plant.pk)
        if row:
            trusted = row["measured"] >= TRUSTED_SHARE * days
            certainty = Certainty.HIGH if trusted else Certainty.MEDIUM
            mean = row["m3"] / row["known"]
            found.append(TreatedVolume(plant, mean, VolumeBasis.LOG, certainty, row["m3"], row["known"], days))
        elif plant.status in WORKING and plant.declared_m3_per_day is not None:
            declared = plant.declared_m3_per_day
            found.append(TreatedVolume(plant, declared, VolumeBasis.DECLARED, Certainty.LOW, None, 0, days))
        else:
            found.append(TreatedVolume(plant, None, VolumeBasis.NONE, Certainty.NONE, None, 0, days))
    return found
