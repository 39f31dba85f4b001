"""How a river campaign is checked and written: one line per sample, one column per parameter."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from batikportal.choices import Focus, Source
from batikportal.imports.choices import Outcome
from batikportal.imports.contract import Censored, Column, Context, Kind, Row, Sheet, Stop
from wastewater import actions, reference, rules
from wastewater.actions.rivers import record_conditions
from wastewater.choices import PointKind
from wastewater.choices.rivers import Tide, Weather
from wastewater.models import DischargePoint, Parameter, Result, RiverCondition, Sample
from wastewater.sheets import lab_results

_PREFIX = "p_"


def _parameter_columns() -> list[Column]:
    """A column for every parameter that the river standard names, headed as laboratories write it."""
    content = reference.read()
    [table] = [table for table in content["table"] if table["medium"] == "river"]
    regulated = {row[0] for row in table["rows"] if row[1] != "absent"}
    columns = []
    for row in content["parameters"]["rows"]:
        code, name, name_en, unit, _expressed_as, _group, _expected_in, aliases = row
        if code in regulated:
            columns.append(
                Column(
                    name=f"{_PREFIX}{code.lower()}",
                    label=name if unit == "pH" else f"{name} ({unit})",
                    kind=Kind.CENSORED,
                    places=6,
                    minimum=None if unit == "°C" else 0,
                    maximum=14 if unit == "pH" else rules.LARGEST_VALUE,
                    aliases=tuple(dict.fromkeys([code, name, name_en, *aliases])),
                )
            )
    return columns


_PARAMETERS = _parameter_columns()


def check_river_results(rows: Sequence[Row], ctx: Context) -> None:
    """Find laboratory, station and sample of every line; tell new, changed and same lines apart."""
    lab_results.look_up_places(rows, ctx)
    _only_rivers(rows)
    lab_results.understand_times(rows, ctx)
    lab_results.one_place_per_number(rows)
    samples = lab_results.find_samples(rows, ctx)
    by_code = dict(Parameter.objects.values_list("code", "pk"))
    stored = {
        (one.sample_id, one.parameter_id): one
        for one in Result.objects.filter(sample__in={row.found["sample"] for row in rows if row.found.get("sample")})
    }
    conditions = {one.sample_id: one for one in RiverCondition.objects.filter(sample__in=samples)}
    for row in rows:
        if row.refused:
            continue
        row.found["results"] = {
            column.name: by_code[column.name.removeprefix(_PREFIX).upper()]
            for column in _PARAMETERS
            if column.name in ctx.columns and row[column.name] is not None
        }
        if not row.found["results"]:
            row.refuse("", _("Baris ini tidak punya satu pun hasil. Isi sedikitnya satu parameter."))
            continue
        _tell_apart(row, stored, conditions)
    lab_results.refuse_changes_of_settled(rows, samples)


def apply_river_results(rows: Sequence[Row], ctx: Context) -> None:
    """Write the lines through the same door as every other laboratory result, with tide and weather."""
    units = {
        pk: (unit, substance) for pk, unit, substance in Parameter.objects.values_list("pk", "unit", "expressed_as")
    }
    reports = [_report(row, units) for row in rows]
    try:
        actions.record_reports(reports=reports, by=ctx.by, at=ctx.at)
        numbered = Sample.objects.filter(lab_number__in=[row["lab_number"] for row in rows]).exclude(state="void")
        known = {(one.laboratory_id, one.lab_number): one.pk for one in numbered}
        record_conditions(
            conditions={
                known[row.found["laboratory"], row["lab_number"]]: (row["tide"] or "", row["weather"] or "")
                for row in rows
            },
            by=ctx.by,
            at=ctx.at,
            source=Source.IMPORT,
        )
    except actions.SampleRefused as refusal:
        raise Stop(str(refusal)) from refusal


def _only_rivers(rows: Sequence[Row]) -> None:
    kinds = dict(DischargePoint.objects.values_list("pk", "kind"))
    for row in rows:
        if not row.refused and kinds[row.found["point"]] != PointKind.RECEIVING:
            row.refuse("point", _("Titik ini bukan titik sungai. Pakai lembar hasil uji laboratorium."))


def _tell_apart(row: Row, stored: dict[tuple[Any, int], Result], conditions: dict[int, RiverCondition]) -> None:
    """New, changed or the same, with what is stored now for the preview."""
    sample = row.found["sample"]
    if sample is None:
        row.outcome = Outcome.NEW
        return
    row.found["id"] = sample
    row.before = {}
    for column, parameter in row.found["results"].items():
        one = stored.get((sample, parameter))
        old = Censored(one.qualifier, one.value) if one else None
        if old != row[column]:
            row.before[column] = old
    condition = conditions.get(sample)
    for column in ("tide", "weather"):
        old_word = getattr(condition, column, "")
        if row[column] and row[column] != old_word:
            row.before[column] = old_word
    row.outcome = Outcome.CHANGED if row.before else Outcome.SAME


def _report(row: Row, units: dict[int, tuple[str, str]]) -> actions.Report:
    return actions.Report(
        laboratory_id=row.found["laboratory"],
        lab_number=row["lab_number"],
        point_id=row.found["point"],
        taken_at=datetime.fromisoformat(row.found["taken_at"]),
        sample_id=row.found["sample"],
        air_temperature_c=row["air_temperature_c"],
        results=[
            actions.ReportedResult(
                parameter_id=parameter,
                qualifier=row[column].qualifier,
                value=row[column].value,
                unit=units[parameter][0],
                expressed_as=units[parameter][1],
            )
            for column, parameter in row.found["results"].items()
        ],
    )


_SHARED = {column.name: column for column in lab_results.SHEET.columns}

SHEET = Sheet(
    code="river-results",
    title=gettext_lazy("Hasil uji sungai (satu baris per pengambilan)"),
    description=gettext_lazy(
        "Satu baris untuk setiap pengambilan di titik sungai, satu kolom untuk setiap parameter, dengan pasang surut "
        "dan cuaca. Setiap hasil langsung dinilai; indeks dihitung setelah hasil diverifikasi."
    ),
    focus=Focus.WASTE,
    permission="wastewater.import_lab_results",
    key=("laboratory", "lab_number"),
    done_url="wastewater:sample-list",
    shows_own_rows=True,
    icon="droplets",
    template_note=gettext_lazy(
        "Kosongkan parameter yang tidak dianalisis. Jangan menulis 0 untuk yang tidak terdeteksi: tulis batasnya "
        "dengan tanda <, misalnya <0,01. Satuan mengikuti judul kolom."
    ),
    columns=[
        _SHARED["laboratory"],
        _SHARED["lab_number"],
        _SHARED["point"],
        _SHARED["taken_on"],
        _SHARED["taken_time"],
        _SHARED["air_temperature_c"],
        Column(
            name="tide",
            label=gettext_lazy("Pasang surut"),
            kind=Kind.CHOICE,
            choices=Tide.choices,
            synonyms={"rob": Tide.FLOOD.value, "naik": Tide.RISING.value, "turun": Tide.FALLING.value},
            example="Surut",
            aliases=("pasut", "kondisi pasang"),
        ),
        Column(
            name="weather",
            label=gettext_lazy("Cuaca"),
            kind=Kind.CHOICE,
            choices=Weather.choices,
            synonyms={"mendung": Weather.CLOUDY.value, "panas": Weather.CLEAR.value, "gerimis": Weather.RAIN.value},
            example="Cerah",
            aliases=("kondisi cuaca",),
        ),
        *_PARAMETERS,
    ],
    check=check_river_results,
    apply=apply_river_results,
)
