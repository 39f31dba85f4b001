"""Charts of the workforce pages, made from counts that queries returned."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from batikportal import charts
from batikportal.choices import Sex
from workforce import queries, rules
from workforce.models import ProcessStep
from workforce.queries import CoverageCount, WardCount

# Everybody older stands in one open band.
YOUNGEST, OPEN_BAND_FROM = 15, 70


def share(part: int, whole: int) -> float | None:
    """A share in per cent with one decimal; None when there is nobody to divide by."""
    return round(100 * part / whole, 1) if whole else None


def coverage_by_month(counts: Sequence[CoverageCount]) -> charts.Chart:
    """Active workers with JKK and JKM, per cent, at the end of each month."""
    return charts.line(
        title=_("Pekerja aktif dengan JKK dan JKM, 12 bulan"),
        labels=[date_format(count.on, "M") for count in counts],
        series=[charts.Series(_("Terlindungi"), [share(count.covered, count.active) for count in counts])],
        unit="%",
    )


def workers_by_step(rows: Iterable[tuple[ProcessStep, int]], hide_small: bool) -> charts.Chart:
    """Active workers at each step; empty steps are left out, small ones hidden from those who see no names."""
    shown = [
        charts.Bar(step.name, queries.publishable_or_none(count) if hide_small else count)
        for step, count in rows
        if count
    ]
    return charts.bars(title=_("Pekerja aktif menurut proses"), rows=shown, unit=_("orang"))


def ages(facts: Iterable[tuple[date | None, int | None, str]], on: date, hide_small: bool) -> charts.Chart | None:
    """The age pyramid of active workers whose age and sex are known, in bands of five years; for those who see no names
    in bands of ten, and none at all while a band holds one to four people."""
    width = 10 if hide_small else 5
    first_ages = [*range(YOUNGEST, OPEN_BAND_FROM, width), OPEN_BAND_FROM]
    counted: Counter[tuple[int, str]] = Counter()
    unknown = 0
    for birth_on, birth_year, sex in facts:
        years = rules.age_on(birth_on, birth_year, False, on).years
        if years is None or not sex or years < YOUNGEST:
            unknown += 1
        else:
            counted[max(age for age in first_ages if age <= years), sex] += 1
    if hide_small and any(count < rules.SMALLEST_GROUP for count in counted.values()):
        return None
    note = _("Umur atau jenis kelamin %(count)s orang belum diketahui.") % {"count": unknown} if unknown else ""
    return charts.pyramid(
        title=_("Umur pekerja aktif"),
        bands=[
            charts.Band(_band_label(age, first_ages), left=counted[age, Sex.FEMALE], right=counted[age, Sex.MALE])
            for age in first_ages
        ],
        left_label=str(Sex.FEMALE.label),
        right_label=str(Sex.MALE.label),
        unit=_("orang"),
        note=note,
    )


def _band_label(age: int, first_ages: Sequence[int]) -> str:
    later = [other for other in first_ages if other > age]
    return f"{age}–{min(later) - 1}" if later else f"{age}+"


@dataclass(frozen=True)
class ShownWard:
    """A line of the table by ward: a count is None where so few people stand behind it that they could be known."""

    name: str
    district: str
    whole: int | None
    part: int | None
    share: float | None


def _name(row: WardCount) -> tuple[str, str]:
    if row.ward is None:
        return _("Luar kota"), ""
    return row.ward.name, row.ward.parent.name if row.ward.parent else ""


def _without_a_single_gap(shown: list[int | None], counts: Sequence[int]) -> list[int | None]:
    """One hidden line follows from the total by subtraction, so the smallest other one hides with it."""
    others = [(count, place) for place, count in enumerate(counts) if count and shown[place] is not None]
    if shown.count(None) == 1 and others:
        shown[min(others)[1]] = None
    return shown


def hidden_where_small(rows: Sequence[WardCount]) -> list[ShownWard]:
    """The counts by ward as they may be shown without names: nothing under five, no remainder under five, and no line
    that the total would tell."""
    wholes = [row.whole for row in rows]
    whole = _without_a_single_gap([queries.publishable_or_none(count) for count in wholes], wholes)
    parts = [row.part for row in rows]
    seen = [
        None if all_of_it is None else queries.publishable_or_none(row.part, row.whole)
        for row, all_of_it in zip(rows, whole, strict=True)
    ]
    part = _without_a_single_gap(seen, parts)
    return [
        ShownWard(*_name(row), all_of_it, some, None if some is None else some / row.whole)
        for row, all_of_it, some in zip(rows, whole, part, strict=True)
    ]


def total_of(rows: Sequence[WardCount]) -> ShownWard:
    """The line under the table, equal to the figure that led here."""
    whole, part = sum(row.whole for row in rows), sum(row.part for row in rows)
    seen, shown = queries.publishable_or_none(whole), queries.publishable_or_none(part, whole)
    return ShownWard(_("Jumlah"), "", seen, shown, None if shown is None else part / whole)
