"""The wide laboratory file: one line per sample, one column per parameter; each cell is a line of the long file."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from batikportal.choices import Focus
from batikportal.imports.choices import Outcome
from batikportal.imports.contract import Column, Context, Kind, Row, Sheet
from wastewater import rules
from wastewater.reference import read
from wastewater.sheets import lab_results

# What a line says about the sample as a whole; the same columns as in the long file.
_OF_SAMPLE = ("laboratory", "lab_number", "point", "taken_on", "taken_time", "air_temperature_c")
_BRACKETS = re.compile(r"\(([^()]{1,40})\)")
# Parts of an error of a long line that belong to the cell of the parameter.
_OF_CELL = ("result", "unit", "parameter", "detection_limit", "method")
_EXAMPLES = {"PH": "7,2", "COD": "138", "FENOL": "<0,01"}


def check_results(rows: Sequence[Row], ctx: Context) -> None:
    """Judge every filled cell as a line of the long file, and gather what was found for each sample."""
    units = {name: _unit_of(ctx.headings.get(name, "")) for name in PARAMETERS}
    cells = {row.line: list(_cells(row, units)) for row in rows}
    by_long_line = replace(ctx, columns=ctx.columns.intersection(_OF_SAMPLE) | {"parameter", "result", "unit"})
    lab_results.check_results([cell for found in cells.values() for _code, cell in found], by_long_line)
    for row in rows:
        _gather(row, cells[row.line])


def apply_results(rows: Sequence[Row], ctx: Context) -> None:
    """Write the new and changed cells through the same door as the long file."""
    long_lines = []
    for row in rows:
        for code, found in row.found["cells"]:
            line = _long_line(row, code)
            line.found = found
            long_lines.append(line)
    lab_results.apply_results(long_lines, ctx)


def _cells(row: Row, units: dict[str, str | None]) -> Iterator[tuple[str, Row]]:
    """Each filled cell of a parameter as a line of the long file; what is wrong with the sample is wrong with all."""
    broken = {column: list(row.errors[column]) for column in _OF_SAMPLE if column in row.errors}
    for code in PARAMETERS:
        if row[code] is None:
            continue
        cell = _long_line(row, code)
        cell.values["unit"] = units[code]
        cell.errors = {column: list(messages) for column, messages in broken.items()}
        yield code, cell


def _long_line(row: Row, code: str) -> Row:
    values: dict[str, Any] = {name: row[name] for name in _OF_SAMPLE}
    values |= {"parameter": code, "result": row[code], "unit": None, "detection_limit": None, "method": None}
    return Row(row.line, values)


def _unit_of(heading: str) -> str | None:
    """The unit in brackets of a heading such as "COD (mg/L)"; a remark that is no unit does not count."""
    for text in reversed(_BRACKETS.findall(heading)):
        if rules.parse_unit(text) or "/" in text:
            return text
    return None


def _gather(row: Row, cells: list[tuple[str, Row]]) -> None:
    if not cells and not row.errors.keys() & PARAMETERS.keys():
        row.refuse("", _("Belum ada hasil pada baris ini. Isi sedikitnya satu parameter."))
    for code, cell in cells:
        row.values[code] = cell["result"]
        for column, messages in cell.errors.items():
            target = code if column in _OF_CELL else column
            for message in messages:
                if message not in row.errors.get(target, ()):
                    row.refuse(target, message)
    written = [(code, cell) for code, cell in cells if cell.outcome in (Outcome.NEW, Outcome.CHANGED)]
    row.found["cells"] = [[code, cell.found] for code, cell in written]
    outcomes = {cell.outcome for _code, cell in cells}
    if row.refused:
        return
    row.outcome = outcomes.pop() if len(outcomes) == 1 else Outcome.CHANGED
    if row.outcome == Outcome.CHANGED:
        row.before = {code: _stored(cell) for code, cell in written}


def _stored(cell: Row) -> Any:
    """The figure before a change, for the preview; None where the sample had no result of the parameter yet."""
    return cell.before.get("result", cell["result"]) if cell.outcome == Outcome.CHANGED else None


def _parameter_column(
    *, code: str, name: str, name_en: str, unit: str, expressed_as: str, aliases: Sequence[str], **_rest: Any
) -> Column:
    """One parameter under all its names, alone or followed by its unit as laboratories head their tables."""
    names = dict.fromkeys([name, code, name_en, *aliases])
    written = " ".join(filter(None, (unit, expressed_as)))
    return Column(
        name=code,
        label=name if unit in ("pH", "–") else f"{name} ({written})",
        kind=Kind.CENSORED,
        undetected=True,
        places=6,
        maximum=rules.LARGEST_VALUE,
        example=_EXAMPLES.get(code, ""),
        aliases=(*names, *(f"{one} {unit}" for one in names)),
    )


def _parameters() -> Iterator[Column]:
    """The parameters that every portal starts with; one that was added later travels in the long file."""
    table = read()["parameters"]
    for row in table["rows"]:
        yield _parameter_column(**dict(zip(table["columns"], row, strict=True)))


PARAMETERS = {column.name: column for column in _parameters()}

SHEET = Sheet(
    code="lab-results-wide",
    title=gettext_lazy("Hasil uji laboratorium (satu baris per sampel)"),
    description=gettext_lazy(
        "Satu baris untuk setiap sampel dan satu kolom untuk setiap parameter, seperti tabel laporan laboratorium. "
        "Kolom parameter yang tidak dipakai boleh dihapus."
    ),
    focus=Focus.WASTE,
    permission="wastewater.import_lab_results",
    key=("laboratory", "lab_number"),
    done_url="wastewater:sample-list",
    shows_own_rows=True,
    icon="table",
    template_note=gettext_lazy(
        "Satuan dibaca dari kurung pada judul kolom, misalnya COD (mg/L) atau Tembaga (µg/L). Parameter yang tidak "
        "dianalisis dikosongkan atau diisi tanda -. Yang tidak terdeteksi ditulis dengan batasnya, misalnya <0,01; "
        "tulisan ttd dibaca sebagai kurang dari LoQ laboratorium bila LoQ itu tercatat."
    ),
    columns=[*(column for column in lab_results.SHEET.columns if column.name in _OF_SAMPLE), *PARAMETERS.values()],
    check=check_results,
    apply=apply_results,
)
