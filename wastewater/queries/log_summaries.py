"""The month of one logbook in sums: where the water went, from which steps and dyes, and which days are unknown."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby

from batikportal.models import Enterprise
from wastewater.choices.discharge_logs import (
    Destination,
    DyeClass,
    LogKind,
    LogMark,
    LogProcess,
    LogStanding,
    QuantityUnit,
)
from wastewater.models import Connection, DischargeLog, LogMonth
from wastewater.queries import discharge_logs
from wastewater.queries.plants import open_on
from wastewater.rules import discharge_logs as rules

Shares = list[tuple[str, Decimal]]


@dataclass(frozen=True)
class DayLines:
    """The lines of one day."""

    day: date
    lines: list[DischargeLog]

    @property
    def volume_l(self) -> Decimal | None:
        """Of the production lines that name a volume; None when none does. What a truck took was counted before."""
        known = [line.volume_l for line in self.lines if line.kind == LogKind.PRODUCTION and line.volume_l is not None]
        return sum(known, Decimal(0)) if known else None

    @property
    def words(self) -> str:
        """What was done that day: each process, or that nothing was produced."""
        kinds = [
            str(line.get_process_display() if line.kind == LogKind.PRODUCTION else line.get_kind_display())
            for line in self.lines
        ]
        return ", ".join(dict.fromkeys(kinds))

    @property
    def marked(self) -> int:
        return sum(bool(line.marks) for line in self.lines)


@dataclass
class MonthSummary:
    """One month of one enterprise. Volumes are in m³; None means that nothing was noted, which is not zero."""

    enterprise: Enterprise
    first: date
    month: LogMonth | None
    due_on: date
    lines: list[DischargeLog] = field(default_factory=list)
    superseded: list[DischargeLog] = field(default_factory=list)
    volume_m3: Decimal | None = None
    picked_up_m3: Decimal | None = None
    by_destination: Shares = field(default_factory=list)
    by_process: Shares = field(default_factory=list)
    by_dye: Shares = field(default_factory=list)
    production_days: int = 0
    idle_days: int = 0
    unknown_days: list[date] = field(default_factory=list)
    litres_per_piece: Decimal | None = None
    use_mark: str = ""
    wax_kg: Decimal | None = None

    @property
    def days(self) -> list[DayLines]:
        """The lines day by day, in their order."""
        return [DayLines(day, list(lines)) for day, lines in groupby(self.lines, key=lambda line: line.day)]

    @property
    def is_open(self) -> bool:
        return self.month is None or self.month.is_open

    @property
    def litres_per_piece_shown(self) -> Decimal | None:
        """To a tenth of a litre: more would promise what nobody measured."""
        return None if self.litres_per_piece is None else round(self.litres_per_piece, 1)

    @property
    def unknown_count(self) -> int:
        return len(self.unknown_days)

    @property
    def use_mark_label(self) -> str:
        return str(LogMark(self.use_mark).label) if self.use_mark else ""

    @property
    def marked(self) -> int:
        """How many lines carry a mark."""
        return sum(bool(line.marks) for line in self.lines)


def month_summary(enterprise: Enterprise, first: date, today: date) -> MonthSummary:
    """The month with its lines, newest first; days after today are not unknown yet."""
    month = LogMonth.objects.filter(enterprise=enterprise, first_day=first).first()
    found = MonthSummary(enterprise, first, month, month.due_on if month else discharge_logs.due_on(first))
    if month is not None:
        rows = month.logs.select_related("photo", "pickup", "created_by", "corrects").order_by("-day", "-pk")
        for line in rows:
            line.month = month
            (found.lines if line.standing == LogStanding.CURRENT else found.superseded).append(line)
    _mark(found)
    _add_up(found)
    _count_days(found, today)
    return found


def _mark(found: MonthSummary) -> None:
    """Put the marks on each line as ``marks`` (words)."""
    usual = discharge_logs.usual_use(found.first)
    connected = Connection.objects.filter(open_on(rules.last_of(found.first)), enterprise=found.enterprise).exists()
    for line in found.lines:
        codes = []
        if usual is not None and line.kind == LogKind.PRODUCTION:
            codes = rules.entry_marks(
                process=line.process,
                dye_class=line.dye_class,
                volume=line.litres,
                water_in_l=line.water_in_l,
                pieces=line.quantity if line.quantity_unit == QuantityUnit.PIECE else None,
                ph=line.ph,
                destination=line.destination,
                is_connected=connected,
                usual=usual,
            )
        line.marks = [str(LogMark(code).label) for code in codes]
    if usual is None:
        return
    made = [line for line in found.lines if line.kind == LogKind.PRODUCTION]
    pieces: dict[str, Decimal] = defaultdict(Decimal)
    for line in made:
        if line.quantity_unit == QuantityUnit.PIECE:
            pieces[line.process] += line.quantity or Decimal(0)
    found.litres_per_piece = rules.litres_per_piece(sum((line.litres for line in made), Decimal(0)), pieces)
    if found.litres_per_piece is not None:
        dyes = {line.dye_class for line in made} - {"", DyeClass.NONE}
        only_natural = dyes == {DyeClass.NATURAL}
        found.use_mark = rules.use_mark(
            found.litres_per_piece, DyeClass.NATURAL if only_natural else DyeClass.SEVERAL, usual
        )


def _add_up(found: MonthSummary) -> None:
    made = [line for line in found.lines if line.kind == LogKind.PRODUCTION]
    taken = [line.litres for line in found.lines if line.kind == LogKind.PICKUP]
    found.by_destination = _shares(made, "destination", Destination)
    found.by_process = _shares(made, "process", LogProcess)
    found.by_dye = _shares(made, "dye_class", DyeClass)
    noted = sum((line.litres for line in made), Decimal(0)) if made else None
    for_truck = sum((line.litres for line in made if line.destination == Destination.TRUCK), Decimal(0))
    litres = rules.generated_l(noted, for_truck, sum(taken, Decimal(0)) if taken else None)
    found.volume_m3 = None if litres is None else litres / 1000
    found.picked_up_m3 = sum(taken, Decimal(0)) / 1000 if taken else None
    wax = [line.wax_kg for line in made if line.wax_kg is not None]
    found.wax_kg = sum(wax, Decimal(0)) if wax else None


def _shares(lines: list[DischargeLog], name: str, choices) -> Shares:
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for line in lines:
        if code := getattr(line, name):
            sums[code] += line.litres / 1000
    return [(str(choices(code).label), sums[code]) for code in choices.values if code in sums]


def _count_days(found: MonthSummary, today: date) -> None:
    noted = {line.day for line in found.lines if line.kind != LogKind.PICKUP}
    idle = {line.day for line in found.lines if line.kind == LogKind.IDLE}
    found.idle_days, found.production_days = len(idle), len(noted - idle)
    day, last = found.first, min(rules.last_of(found.first), today)
    while day <= last:
        if day not in noted:
            found.unknown_days.append(day)
        day += timedelta(days=1)
