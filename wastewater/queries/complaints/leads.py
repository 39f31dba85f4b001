"""Where an inspector might look first: registered dischargers above a complaint, ranked; a lead, never a finding."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from batikportal import formats
from wastewater.choices.discharge_logs import DyeClass, LogKind, LogStanding
from wastewater.models import DischargeLog
from wastewater.models.complaints import ColourHint, Complaint
from wastewater.queries import rivers
from wastewater.rules.complaints import LeadFacts, lead_order

# Water needs time on its way, and a day is soon told wrong: the day before and the day after are looked at too.
AROUND = timedelta(days=1)
# Nobody visits more in one go; how many there are in all is said.
SHOWN = 50


@dataclass(frozen=True)
class Lead:
    """One discharger, what is known of it for those days, and the reasons in words for its place in the list."""

    discharger: rivers.Discharger
    facts: LeadFacts
    reasons: list[str]


@dataclass(frozen=True)
class Leads:
    """All leads in order; ``near_water`` False when no mapped water lies near the place, so nothing can be told."""

    day: date
    near_water: bool
    hint: ColourHint | None
    rows: list[Lead]

    @property
    def shown(self) -> list[Lead]:
        return self.rows[:SHOWN]

    @property
    def hint_names(self) -> list[str]:
        return [_dye_name(code) for code in self.hint.dyes] if self.hint else []

    @property
    def first_day(self) -> date:
        return self.day - AROUND

    @property
    def last_day(self) -> date:
        return self.day + AROUND


@dataclass(frozen=True)
class _Line:
    day: date
    is_idle: bool
    dye: str


def leads_for(complaint: Complaint, day: date) -> Leads:
    """Dischargers whose water comes to the place on the day: fitting dye and day first, then the nearest."""
    hint = ColourHint.objects.filter(colour=complaint.colour).first() if complaint.colour else None
    place = None
    if complaint.latitude is not None and complaint.longitude is not None:
        place = rivers.place_on_water(latitude=complaint.latitude, longitude=complaint.longitude)
    if place is None:
        return Leads(day, False, hint, [])
    found = rivers.dischargers_upstream(place, day=day)
    logged = _logged({one.enterprise.pk for one in found if one.enterprise}, day)
    wanted = set(hint.dyes) if hint else set()
    rows = [_lead(one, logged.get(one.enterprise.pk, []) if one.enterprise else [], wanted) for one in found]
    return Leads(day, True, hint, sorted(rows, key=lambda row: lead_order(row.facts)))


def _lead(one: rivers.Discharger, lines: list[_Line], wanted: set[str]) -> Lead:
    made = [line for line in lines if not line.is_idle]
    fitting = [line for line in made if line.dye in wanted]
    facts = LeadFacts(
        dyes_match=bool(fitting), produced=bool(made), was_idle=bool(lines) and not made, along_m=one.along_m
    )
    return Lead(one, facts, [*_of_logbook(lines, made, fitting), _of_distance(one)])


def _of_logbook(lines: list[_Line], made: list[_Line], fitting: list[_Line]) -> list[str]:
    if not lines:
        return [_("tidak ada catatan pada hari-hari itu; diam tidak berarti apa-apa")]
    if not made:
        return [_("mencatat tidak berproduksi pada %(days)s") % {"days": _days(lines)}]
    reasons = []
    if fitting:
        dyes = ", ".join(sorted({_dye_name(line.dye) for line in fitting}))
        reasons.append(_("mencatat pewarna yang cocok: %(dyes)s") % {"dyes": dyes})
    elif dyes := ", ".join(sorted({_dye_name(line.dye) for line in made if line.dye})):
        reasons.append(_("mencatat pewarna lain: %(dyes)s") % {"dyes": dyes})
    return [*reasons, _("mencatat produksi pada %(days)s") % {"days": _days(made)}]


def _of_distance(one: rivers.Discharger) -> str:
    if one.along_m is None:
        return _("di hulu, jaraknya menurut aliran tidak diketahui")
    return _("%(metres)s m di hulu menurut aliran") % {"metres": formats.number(one.along_m)}


def _days(lines: list[_Line]) -> str:
    return ", ".join(formats.short_day(day) for day in sorted({line.day for line in lines}))


def _dye_name(code: str) -> str:
    return str(DyeClass(code).label) if code in DyeClass.values else code


def _logged(enterprises: set[int], day: date) -> dict[int, list[_Line]]:
    """What each logbook says of the day, the one before and the one after; one query."""
    rows = DischargeLog.objects.filter(
        month__enterprise__in=enterprises,
        day__range=(day - AROUND, day + AROUND),
        kind__in=[LogKind.PRODUCTION, LogKind.IDLE],
        standing=LogStanding.CURRENT,
    )
    found: dict[int, list[_Line]] = {}
    for enterprise, on, kind, dye in rows.values_list("month__enterprise", "day", "kind", "dye_class"):
        found.setdefault(enterprise, []).append(_Line(on, kind == LogKind.IDLE, dye))
    return found
