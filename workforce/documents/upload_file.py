"""The file for the receiving agency, in its own columns: the one place where NIKs leave the portal in full."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from batikportal.imports import handouts
from workforce.choices.rounds import UploadField
from workforce.models import CoverageEntry, CoverageRound, UploadColumn
from workforce.rules import rounds as rules


def table(
    round_: CoverageRound,
    columns: Sequence[UploadColumn],
    entries: Iterable[CoverageEntry],
    work: Mapping[int, str],
) -> list[list[object]]:
    """Headings, then one row per person; `work` holds the steps of each person."""
    rows: list[list[object]] = [[column.header for column in columns]]
    for number, entry in enumerate(entries, start=1):
        cells = _cells(round_, entry, number, work.get(entry.person_id, ""))
        rows.append([column.text if column.field == UploadField.TEXT else cells[column.field] for column in columns])
    return rows


def _cells(round_: CoverageRound, entry: CoverageEntry, number: int, work: str) -> dict[str, object]:
    person = entry.person
    ward = person.ward
    return {
        UploadField.NUMBER: number,
        UploadField.NIK: person.nik.reveal() if person.nik else "",
        UploadField.NAME: person.name,
        UploadField.BIRTH_ON: _day(person.birth_on),
        UploadField.SEX: {"M": "L", "F": "P"}.get(person.sex, ""),
        UploadField.ADDRESS: person.address,
        UploadField.WARD: ward.name if ward else "",
        UploadField.DISTRICT: ward.parent.name if ward and ward.parent else "",
        UploadField.PHONE: person.phone.removeprefix("+62") and "0" + person.phone.removeprefix("+62"),
        UploadField.WORK: work,
        UploadField.FROM_ON: _day(round_.from_on),
        UploadField.MONTHS: len(rules.months_of(round_.from_on, round_.until_on)),
        UploadField.PREMIUM: int(round_.premium_idr),
        UploadField.EMPTY: "",
    }


def _day(day: date | None) -> str:
    return f"{day:%d-%m-%Y}" if day else ""


def content(kind: str, rows: Sequence[Sequence[object]], columns: Sequence[UploadColumn]) -> bytes:
    """The file; NIK and telephone stay text, or a spreadsheet would round the one and shorten the other."""
    texts = [place for place, column in enumerate(columns) if column.field in (UploadField.NIK, UploadField.PHONE)]
    return handouts.xlsx_file(rows, texts) if kind == "xlsx" else handouts.csv_file(rows)
