"""How the daily log of a plant is written: one row per day, volumes from meter readings, chemicals."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from batikportal import formats
from batikportal.choices import Source
from batikportal.models import User
from wastewater.choices.plants import FlowMethod
from wastewater.models import ChemicalDose, PlantLog, TreatmentPlant
from wastewater.rules import plants as rules

COMPUTED = (FlowMethod.METER, FlowMethod.METER_MEAN, "")
BATCH = 1000


class LogRefused(Exception):
    """The log cannot be written; `field` names what is wrong, the message says what to do."""

    def __init__(self, message: str, field: str = "") -> None:
        self.field = field
        super().__init__(message)


@dataclass(frozen=True)
class DayEntry:
    """What was read on one day; a volume that is given stands, else it follows from the meter."""

    day: date
    ph_in: Decimal | None = None
    ph_out: Decimal | None = None
    meter_in: Decimal | None = None
    meter_out: Decimal | None = None
    inflow_m3: Decimal | None = None
    inflow_method: str = ""
    outflow_m3: Decimal | None = None
    outflow_method: str = ""
    downtime_hours: Decimal | None = None
    downtime_cause: str = ""
    operator_name: str = ""
    note: str = ""
    # kg by the key of the chemical
    doses: Mapping[int, Decimal] = field(default_factory=dict)


_PLAIN = (
    "ph_in", "ph_out", "meter_in", "meter_out", "inflow_m3", "inflow_method", "outflow_m3", "outflow_method",
    "downtime_hours", "downtime_cause", "operator_name", "note",
)  # fmt: skip


def record_day(
    *, plant: TreatmentPlant, entry: DayEntry, by: User | None, at: datetime, source: str = Source.FORM
) -> PlantLog:
    """Write or correct the log of one day; volumes that follow from its meter readings are computed anew."""
    return record_days(plant=plant, entries=[entry], by=by, at=at, source=source)[0]


def record_days(
    *, plant: TreatmentPlant, entries: Sequence[DayEntry], by: User | None, at: datetime, source: str = Source.FORM
) -> list[PlantLog]:
    """Write several days of one plant in one transaction; all or none."""
    today = timezone.localdate(at)
    with transaction.atomic():
        # One writer per plant, so that neighbouring meter readings are seen.
        TreatmentPlant.objects.select_for_update().get(pk=plant.pk)
        stored = {log.day: log for log in PlantLog.objects.filter(plant=plant, day__in=[one.day for one in entries])}
        logs = [_filled(stored.get(entry.day), plant, entry, today, by, at, source) for entry in entries]
        PlantLog.objects.bulk_create([log for log in logs if log._state.adding], batch_size=BATCH)
        PlantLog.objects.bulk_update([log for log in logs if log.day in stored], _PLAIN, batch_size=BATCH)
        _write_doses(list(zip(logs, entries, strict=True)))
        _compute_from_meters(plant, min(one.day for one in entries), max(one.day for one in entries))
        fresh = PlantLog.objects.select_related("plant").in_bulk([log.pk for log in logs])
    return [fresh[log.pk] for log in logs]


def _filled(
    stored: PlantLog | None,
    plant: TreatmentPlant,
    entry: DayEntry,
    today: date,
    by: User | None,
    at: datetime,
    source: str,
) -> PlantLog:
    if entry.day > today:
        raise LogRefused(_("Hari %(day)s belum tiba.") % {"day": formats.day(entry.day)}, "day")
    log = stored or PlantLog(plant=plant, day=entry.day, created_by=by, created_at=at, source=source)
    kept = {
        name
        for flow in ("inflow", "outflow")
        if getattr(entry, f"{flow}_m3") is None and getattr(log, f"{flow}_method") in COMPUTED
        for name in (f"{flow}_m3", f"{flow}_method")
    }
    for name in _PLAIN:
        # A volume that followed from the meter stays until it is computed anew below.
        if name not in kept:
            setattr(log, name, getattr(entry, name))
    _say_how(log)
    _refuse_empty(log)
    return log


def _say_how(log: PlantLog) -> None:
    """A volume that was typed has a method; one that was not typed waits for the meter."""
    for flow in ("inflow", "outflow"):
        typed, method = getattr(log, f"{flow}_m3"), getattr(log, f"{flow}_method")
        if typed is None:
            setattr(log, f"{flow}_method", "")
        elif not method:
            setattr(log, f"{flow}_method", FlowMethod.MEASURED)


def _refuse_empty(log: PlantLog) -> None:
    facts = ("ph_in", "ph_out", "meter_in", "meter_out", "inflow_m3", "outflow_m3", "downtime_hours")
    if all(getattr(log, name) is None for name in facts) and not log.note:
        raise LogRefused(_("Catatan masih kosong. Isi sedikitnya satu angka, atau tulis catatannya."))


def _write_doses(written: Sequence[tuple[PlantLog, DayEntry]]) -> None:
    """The chemicals of each day become exactly those of its entry."""
    wanted = {(log.pk, chemical): kg for log, entry in written for chemical, kg in entry.doses.items()}
    touched = [log.pk for log, _entry in written]
    stored = {(dose.log_id, dose.chemical_id): dose for dose in ChemicalDose.objects.filter(log__in=touched)}
    ChemicalDose.objects.filter(pk__in=[dose.pk for key, dose in stored.items() if key not in wanted]).delete()
    changed = [dose for key, dose in stored.items() if key in wanted and dose.kg != wanted[key]]
    for dose in changed:
        dose.kg = wanted[dose.log_id, dose.chemical_id]
    ChemicalDose.objects.bulk_update(changed, ["kg"], batch_size=BATCH)
    ChemicalDose.objects.bulk_create(
        [
            ChemicalDose(log_id=log, chemical_id=chemical, kg=kg)
            for (log, chemical), kg in wanted.items()
            if (log, chemical) not in stored
        ],
        batch_size=BATCH,
    )


def _compute_from_meters(plant: TreatmentPlant, first: date, last: date) -> None:
    """Volumes between `first` and the first reading after `last`, each from the reading before it."""
    for side, flow in (("meter_in", "inflow"), ("meter_out", "outflow")):
        with_reading = PlantLog.objects.filter(plant=plant, **{f"{side}__isnull": False})
        before = with_reading.filter(day__lt=first).order_by("-day").first()
        after = with_reading.filter(day__gt=last).order_by("day").first()
        days = Q(day__range=(first, last)) | Q(pk__in=[one.pk for one in (before, after) if one])
        previous: rules.MeterReading | None = None
        changed = []
        for log in PlantLog.objects.filter(days, plant=plant).order_by("day"):
            reading = getattr(log, side)
            is_typed = getattr(log, f"{flow}_method") not in COMPUTED
            if log != before and not is_typed and _set_volume(log, side, flow, previous):
                changed.append(log)
            if reading is not None:
                previous = rules.MeterReading(log.day, reading)
        PlantLog.objects.bulk_update(changed, [f"{flow}_m3", f"{flow}_method"], batch_size=BATCH)


def _set_volume(log: PlantLog, side: str, flow: str, previous: rules.MeterReading | None) -> bool:
    """Put the volume since the reading before into the log; whether that changed it."""
    reading = getattr(log, side)
    if reading is not None and previous is not None and reading < previous.m3:
        raise LogRefused(
            _(
                "Angka meter %(day)s (%(now)s) lebih kecil daripada %(before_day)s (%(before)s). Periksa angkanya; "
                "bila meter diganti, isi juga m³/hari-nya."
            )
            % {
                "day": formats.short_day(log.day),
                "now": formats.number(reading),
                "before_day": formats.short_day(previous.on),
                "before": formats.number(previous.m3),
            },
            side,
        )
    found = None if reading is None else rules.metered_flow(previous, rules.MeterReading(log.day, reading))
    volume, method = found or (None, "")
    old = getattr(log, f"{flow}_m3"), getattr(log, f"{flow}_method")
    setattr(log, f"{flow}_m3", volume)
    setattr(log, f"{flow}_method", method)
    return (volume, method) != old
