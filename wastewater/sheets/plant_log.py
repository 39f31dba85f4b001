"""The sheet of daily plant logs: one line per plant and day, chemicals in one cell."""

import re
from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from batikportal.choices import Focus, Source
from batikportal.imports import matching
from batikportal.imports.contract import Column, Context, Kind, Row, Sheet, Stop
from batikportal.imports.parsing import Unreadable, numbers
from wastewater.actions import plant_logs as actions
from wastewater.choices.plants import DowntimeCause, FlowMethod
from wastewater.models import Chemical, PlantLog, TreatmentPlant
from wastewater.sheets.plant_names import PLANT, look_up_plants

_KG = Column(name="kg", label="", places=2, minimum=0, maximum=100_000)
_DOSE = re.compile(r"^(?P<name>.+?)[\s:=]+(?P<kg>[\d.,]+)\s*(?:kg)?$", re.IGNORECASE)
_TYPED = (FlowMethod.MEASURED, FlowMethod.ESTIMATE)
_FIGURES = ("ph_in", "ph_out", "meter_in", "meter_out", "downtime_hours")
_TEXTS = ("downtime_cause", "operator_name", "note")
_FACTS = (*_FIGURES, "inflow_m3", "outflow_m3", "note")


def check_logs(rows: Sequence[Row], ctx: Context) -> None:
    """Find plants and chemicals, refuse days to come and empty lines, and compare with what is stored."""
    look_up_plants(rows, ctx, "wastewater.import_plantlog")
    _understand_doses(rows)
    for row in rows:
        if row.refused:
            continue
        if row["day"] > ctx.today:
            row.refuse("day", _("Hari ini belum tiba. Periksa tanggalnya."))
        if bool(row["downtime_hours"]) != bool(row["downtime_cause"]):
            row.refuse("downtime_cause", _("Jam berhenti dan sebabnya diisi bersama-sama."))
    standing = [row for row in rows if not row.refused]
    logs = PlantLog.objects.filter(
        plant__in={row.found["plant"] for row in standing}, day__in={row["day"] for row in standing}
    ).prefetch_related("doses")
    fields: dict[str, Any] = {name: name for name in (*_FIGURES, *_TEXTS)}
    fields |= {
        "inflow_m3": lambda log: log.inflow_m3 if log.inflow_method in _TYPED else None,
        "outflow_m3": lambda log: log.outflow_m3 if log.outflow_method in _TYPED else None,
        "chemicals": lambda log: {str(dose.chemical_id): str(dose.kg) for dose in log.doses.all()},
    }
    matching.compare(
        rows,
        {(log.plant_id, log.day): log for log in logs},
        ctx=ctx,
        key=lambda row: (row.found["plant"], row["day"]),
        fields=fields,
        now=lambda row, column: row.found["doses"] if column == "chemicals" else row[column],
    )
    for row in rows:
        if "chemicals" in row.before:
            row.before["chemicals"] = _("bahan kimia lain")
        if not row.refused and "id" not in row.found and all(row[name] is None for name in _FACTS):
            row.refuse("", _("Baris ini kosong. Hapus, atau isi sedikitnya satu angka; hari kosong bukan nol."))


def _understand_doses(rows: Sequence[Row]) -> None:
    """ "Tawas 12,5; Kapur 3 kg" as kg by chemical."""
    names = {
        matching.fold(text): pk
        for pk, *texts in Chemical.objects.values_list("pk", "code", "name", "name_en")
        for text in texts
        if text
    }
    for row in rows:
        doses: dict[str, str] = {}
        for part in filter(None, (text.strip() for text in (row["chemicals"] or "").split(";"))):
            match = _DOSE.match(part)
            chemical = names.get(matching.fold(match["name"])) if match else None
            kg = _kg(match["kg"]) if match else None
            if chemical is None or not kg:
                row.refuse(
                    "chemicals", _("“%(part)s” tidak dikenal. Tulis misalnya: Tawas 12,5; Kapur 3.") % {"part": part}
                )
            else:
                doses[str(chemical)] = str(kg.quantize(Decimal("0.01")))
        row.found["doses"] = doses


def _kg(text: str) -> Decimal | None:
    try:
        return numbers.parse_decimal(text, _KG)
    except Unreadable:
        return None


def apply_logs(rows: Sequence[Row], ctx: Context) -> None:
    """Write the days plant by plant through the same door as the form; what a line leaves empty stays as it is."""
    by_plant: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        by_plant[row.found["plant"]].append(row)
    plants = TreatmentPlant.objects.in_bulk(by_plant)
    stored = {
        log.pk: log
        for log in PlantLog.objects.filter(
            pk__in=[row.found["id"] for row in rows if "id" in row.found]
        ).prefetch_related("doses")
    }
    for plant_id, lines in by_plant.items():
        entries = [_entry(row, stored.get(row.found.get("id", 0))) for row in lines]
        try:
            actions.record_days(plant=plants[plant_id], entries=entries, by=ctx.by, at=ctx.at, source=Source.IMPORT)
        except actions.LogRefused as refusal:
            raise Stop(f"{plants[plant_id]}: {refusal}") from refusal


def _entry(row: Row, log: PlantLog | None) -> actions.DayEntry:
    values: dict[str, Any] = {}
    for name in _FIGURES:
        values[name] = row[name] if row[name] is not None or log is None else getattr(log, name)
    for name in _TEXTS:
        values[name] = row[name] or (getattr(log, name) if log else "")
    if row["downtime_hours"] == 0:
        values["downtime_cause"] = ""
    for flow in ("inflow", "outflow"):
        volume, method = row[f"{flow}_m3"], FlowMethod.MEASURED
        if volume is not None and row["is_estimate"]:
            method = FlowMethod.ESTIMATE
        if volume is None and log is not None and getattr(log, f"{flow}_method") in _TYPED:
            volume, method = getattr(log, f"{flow}_m3"), getattr(log, f"{flow}_method")
        values |= {f"{flow}_m3": volume, f"{flow}_method": "" if volume is None else method}
    doses = {int(chemical): Decimal(kg) for chemical, kg in row.found["doses"].items()}
    if not doses and log is not None:
        doses = {dose.chemical_id: dose.kg for dose in log.doses.all()}
    return actions.DayEntry(day=row["day"], doses=doses, **values)


def _figure(name: str, label, example: str, *aliases: str, maximum: int, places: int = 2) -> Column:
    return Column(
        name=name,
        label=label,
        kind=Kind.DECIMAL,
        places=places,
        minimum=0,
        maximum=maximum,
        example=example,
        aliases=aliases,
    )


SHEET = Sheet(
    code="plant-log",
    title=gettext_lazy("Catatan harian IPAL"),
    description=gettext_lazy(
        "Satu baris untuk setiap IPAL dan hari. Debit dari meter dihitung dari selisih dengan pembacaan sebelumnya."
    ),
    focus=Focus.WASTE,
    permission="wastewater.import_plantlog",
    key=("plant", "day"),
    done_url="wastewater:plant-log-days",
    shows_own_rows=True,
    icon="notebook-pen",
    template_note=gettext_lazy(
        "Hari yang tidak dicatat tidak perlu ditulis. Jangan mengisi 0 untuk yang tidak dibaca."
    ),
    columns=[
        PLANT,
        Column(
            name="day",
            label=gettext_lazy("Hari"),
            kind=Kind.DATE,
            required=True,
            example="2 Maret 2026",
            aliases=("tanggal", "tgl"),
        ),
        _figure("ph_in", gettext_lazy("pH inlet"), "8,4", "ph masuk", "ph in", maximum=14),
        _figure("ph_out", gettext_lazy("pH outlet"), "7,2", "ph keluar", "ph out", maximum=14),
        _figure(
            "meter_in",
            gettext_lazy("Angka meter inlet (m³)"),
            "15230",
            "meter inlet",
            "stand meter inlet",
            maximum=10**10 - 1,
        ),
        _figure("inflow_m3", gettext_lazy("Air masuk (m³/hari)"), "", "debit inlet", "debit masuk", maximum=100_000),
        _figure(
            "meter_out",
            gettext_lazy("Angka meter outlet (m³)"),
            "14110",
            "meter outlet",
            "stand meter outlet",
            maximum=10**10 - 1,
        ),
        _figure(
            "outflow_m3", gettext_lazy("Air keluar (m³/hari)"), "", "debit outlet", "debit keluar", maximum=100_000
        ),
        Column(
            name="is_estimate",
            label=gettext_lazy("Debit ditaksir"),
            kind=Kind.BOOLEAN,
            example="tidak",
            aliases=("taksiran", "estimasi"),
        ),
        _figure(
            "downtime_hours", gettext_lazy("Berhenti (jam)"), "0", "downtime", "jam berhenti", maximum=24, places=1
        ),
        Column(
            name="downtime_cause",
            label=gettext_lazy("Sebab berhenti"),
            kind=Kind.CHOICE,
            choices=DowntimeCause.choices,
            aliases=("penyebab",),
        ),
        Column(
            name="chemicals",
            label=gettext_lazy("Bahan kimia"),
            example="Tawas 12,5; Kapur 3",
            help=gettext_lazy("Nama dan kg, dipisah titik koma."),
            aliases=("bahan kimia (kg)", "kimia"),
        ),
        Column(
            name="operator_name", label=gettext_lazy("Petugas IPAL"), aliases=("petugas", "operator"), max_length=120
        ),
        Column(name="note", label=gettext_lazy("Catatan"), aliases=("keterangan", "kejadian"), max_length=500),
    ],
    check=check_logs,
    apply=apply_logs,
)
