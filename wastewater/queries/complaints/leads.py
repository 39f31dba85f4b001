"""Where an inspector might look first: registered dischargers above a complaint, nearest along the water first."""

from dataclasses import dataclass
from datetime import date

from wastewater.models.complaints import ColourHint, Complaint
from wastewater.queries import rivers


@dataclass(frozen=True)
class Leads:
    """Leads, never findings; ``near_water`` False when no mapped water lies near the place, so nothing can be told."""

    day: date
    near_water: bool
    hint: ColourHint | None
    rows: list[rivers.Discharger]


def leads_for(complaint: Complaint, day: date) -> Leads:
    """Dischargers whose water comes to the place of the complaint, as registered on the day."""
    hint = ColourHint.objects.filter(colour=complaint.colour).first() if complaint.colour else None
    if complaint.latitude is None or complaint.longitude is None:
        return Leads(day, False, hint, [])
    place = rivers.place_on_water(latitude=complaint.latitude, longitude=complaint.longitude)
    rows = rivers.dischargers_upstream(place, day=day) if place else []
    return Leads(day, place is not None, hint, rows)
