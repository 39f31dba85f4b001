"""What the pages show of a projection: charts and rows of tables. Nothing about fewer than five people without names.

Rates are known to every reader, so that ages could be reckoned back from later years: what the first year hides is
hidden in all of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from batikportal import charts, formats
from batikportal.small_cells import SMALLEST
from workforce.choices.projection import ExitCause, ProjectionCase, ProjectionMethod, RateBasis
from workforce.queries.scenarios import Comparison, Result
from workforce.rules.exit_rates import CAUSES, Rate
from workforce.rules.projection import GROUPS, OLD_FROM, OPEN_AGE, WIDTH, YOUNG_BELOW, Standing
from workforce.rules.scenarios import BASE, HIGH, LOW, Plan

# First and last age (None: open) of the columns; the rough ones where the fine ones would show few people.
FINE = tuple((age, None if age == OPEN_AGE else age + WIDTH - 1) for age in GROUPS)
ROUGH = ((GROUPS[0], YOUNG_BELOW - 1), (YOUNG_BELOW, OLD_FROM - 1), (OLD_FROM, None))
Bands = tuple[tuple[int, int | None], ...]


def band_label(first: int, last: int | None) -> str:
    return f"{first}–{last}" if last else f"{first}+"


def in_bands(groups: Sequence[float], bands: Bands) -> list[float]:
    """Numbers by group summed by band."""
    return [
        sum(value for age, value in zip(GROUPS, groups, strict=True) if first <= age and (last is None or age <= last))
        for first, last in bands
    ]


def _tells_nobody(counts: Sequence[float]) -> bool:
    return all(not 0 < round(count) < SMALLEST for count in counts)


def shown_bands(first: Standing, sees_people: bool) -> Bands | None:
    """The finest columns that point at nobody: five years, three wide bands, none (the total), or None: nothing."""
    if sees_people:
        return FINE
    for bands in (FINE, ROUGH, ()):
        counts = [*in_bands(first.stock, bands), first.unknown] if bands else [first.total]
        if _tells_nobody(counts):
            return bands
    return None


@dataclass(frozen=True)
class Year:
    """A line of the table by year; `exits` and the ratios belong to the year that begins, None in the last line."""

    label: str
    low: float
    base: float
    high: float
    standing: Standing
    labelled: list[tuple[str, float]]
    leave: float | None
    death: float | None
    retire: float | None
    exits: float | None
    entrants: float | None
    replacement: float | None
    total_replacement: float | None

    @property
    def people(self) -> int:
        """The base case in whole people."""
        return round(self.base)


@dataclass(frozen=True)
class RateRow:
    """The yearly rates of an age group: the cause, the rate, what it rests on, and whether its events may be told."""

    label: str
    cells: list[tuple[str, Rate, str, bool]]


@dataclass(frozen=True)
class Shown:
    """A scenario as a page shows it; `bands` None: so few people that nothing may be shown, empty: totals only."""

    result: Result
    bands: list[str] | None
    years: list[Year]
    chart: charts.Chart | None
    rates: list[RateRow]

    @property
    def has_ages(self) -> bool:
        return bool(self.bands)

    @property
    def first(self) -> Year:
        return self.years[0]

    @property
    def last(self) -> Year:
        return self.years[-1]

    @property
    def change(self) -> float | None:
        """The base case after all years against today, as a share."""
        return self.last.base / self.first.base - 1 if self.first.base else None


def shown(result: Result, sees_people: bool) -> Shown:
    """A result for somebody who may, or may not, see people by name."""
    first = result.outlook.courses[BASE][0]
    bands = shown_bands(first, sees_people)
    if bands is None:
        return Shown(result, None, [], None, [])
    labels = [*(band_label(*band) for band in bands), _("Umur tidak diketahui")] if bands else []
    years = years_of(result, bands, labels)
    return Shown(result, labels, years, fan_chart(years), rate_rows(result, sees_people))


def years_of(result: Result, bands: Bands, labels: Sequence[str]) -> list[Year]:
    """The lines of the table by year."""
    courses = result.outlook.courses
    found = []
    for year, standing in enumerate(courses[BASE]):
        ends = year == result.plan.years
        leave, death, retire = (None, None, None) if ends else standing.exits_by_cause
        found.append(
            Year(
                label=str(result.on.year + year),
                low=courses[LOW][year].total,
                base=standing.total,
                high=courses[HIGH][year].total,
                standing=standing,
                labelled=list(zip(labels, [*in_bands(standing.stock, bands), standing.unknown], strict=False)),
                leave=leave,
                death=death,
                retire=retire,
                exits=None if ends else standing.exits_total,
                entrants=None if ends else sum(standing.entrants),
                replacement=None if ends else standing.replacement,
                total_replacement=None if ends else standing.total_replacement,
            )
        )
    return found


def fan_chart(years: Sequence[Year]) -> charts.Chart:
    """The headcount with its range, year by year."""
    return charts.fan(
        title=_("Pekerja pada skenario ini"),
        labels=[year.label for year in years],
        fans=[
            charts.Fan(
                _("Jalur dasar"),
                [round(year.low) for year in years],
                [round(year.base) for year in years],
                [round(year.high) for year in years],
            )
        ],
        bounds=(_("rendah"), _("tinggi")),
        unit=_("orang"),
        note=_("Skenario, bukan ramalan; bidang tipis membentang dari jalur rendah sampai jalur tinggi."),
    )


def rate_rows(result: Result, sees_people: bool) -> list[RateRow]:
    """The rates by age group; the events behind them stand beside only where they point at nobody."""
    return [
        RateRow(
            band_label(*FINE[place]),
            [
                (
                    str(ExitCause(cause).label),
                    rate,
                    str(RateBasis(rate.basis).label),
                    sees_people or _tells_nobody([rate.events]),
                )
                for cause, rate in ((cause, result.rates[cause][place]) for cause in CAUSES)
            ],
        )
        for place in range(len(GROUPS))
    ]


# --- Side by side ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Line:
    """A line of the comparison: its name, and a cell for each run."""

    label: str
    cells: list[str]
    labelled: list[tuple[str, str]] = field(default_factory=list)


def labelled(lines: Sequence[Line], names: Sequence[str]) -> list[Line]:
    """The lines with the name of its run beside each cell, for narrow screens."""
    return [Line(line.label, line.cells, list(zip(names, line.cells, strict=True))) for line in lines]


def comparison_chart(names: Sequence[str], results: Sequence[Shown]) -> charts.Chart:
    """The base cases by year since each run, with their ranges."""
    longest = max(len(one.years) for one in results)

    def filled(values: Sequence[float]) -> list[float | None]:
        return [*(round(value) for value in values), *[None] * (longest - len(values))]

    return charts.fan(
        title=_("Pekerja menurut skenario"),
        labels=[_("tahun %(year)s") % {"year": year} if year else _("awal") for year in range(longest)],
        fans=[
            charts.Fan(
                name,
                filled([year.low for year in one.years]),
                filled([year.base for year in one.years]),
                filled([year.high for year in one.years]),
            )
            for name, one in zip(names, results, strict=True)
        ],
        bounds=(_("rendah"), _("tinggi")),
        unit=_("orang"),
    )


def _share(value: float | None) -> str:
    return formats.per_cent(value)


def _people(value: float | None) -> str:
    return formats.number(None if value is None else round(value))


def _rounded(value: float | None, decimals: int) -> str:
    return formats.number(value, decimals)


def result_lines(results: Sequence[Shown]) -> list[Line]:
    """What the runs come to, one line a figure."""
    hidden = _("tidak ditampilkan")

    def line(label: str, cell) -> Line:
        return Line(label, [cell(one) for one in results])

    def of_ages(cell):
        return lambda one: cell(one) if one.has_ages else hidden

    def over_all(name: str):
        return lambda one: _people(sum(getattr(year, name) or 0 for year in one.years))

    return [
        line(_("Keadaan per tanggal"), lambda one: formats.day(one.result.on)),
        line(_("Pekerja pada awal"), lambda one: _people(one.first.base)),
        line(_("Sampai tahun"), lambda one: one.last.label),
        line(_("Pekerja pada akhir, jalur dasar"), lambda one: _people(one.last.base)),
        line(_("Pekerja pada akhir, rendah–tinggi"), lambda one: f"{_people(one.last.low)}–{_people(one.last.high)}"),
        line(_("Perubahan jalur dasar"), lambda one: _share(one.change)),
        line(_("Di bawah 35 tahun pada akhir"), of_ages(lambda one: _share(one.last.standing.young_share))),
        line(_("50 tahun ke atas pada akhir"), of_ages(lambda one: _share(one.last.standing.old_share))),
        line(_("Median umur pada akhir"), of_ages(lambda one: _rounded(one.last.standing.median_age, 1))),
        line(_("Penggantian yang tua (S6) tahun pertama"), of_ages(lambda one: _rounded(one.first.replacement, 2))),
        line(_("Penggantian seluruhnya (S7) tahun pertama"), lambda one: _rounded(one.first.total_replacement, 2)),
        line(_("Keluar karena alasan lain, seluruh masa"), over_all("leave")),
        line(_("Meninggal dunia, seluruh masa"), over_all("death")),
        line(_("Berhenti karena usia, seluruh masa"), over_all("retire")),
        line(_("Masuk bersih setahun"), lambda one: _rounded(one.result.plan.net_entrants, 1)),
        line(
            _("Masuk bersih setahun agar jumlah tetap"),
            lambda one: _rounded(one.result.outlook.needed_entrants, 1),
        ),
        line(_("Orang baru setahun agar jumlah tetap"), lambda one: _rounded(one.result.outlook.needed_intake, 1)),
    ]


def assumption_lines(results: Sequence[Result]) -> list[Line]:
    """The assumptions of runs, one line each."""

    def line(label: str, cell) -> Line:
        return Line(label, [cell(one.plan) for one in results])

    def per_cent(name: str):
        return lambda plan: f"{formats.number(getattr(plan, name), 1)}%"

    def mix(plan: Plan) -> str:
        labels = [band_label(*band) for band in FINE]
        return ", ".join(
            f"{label}: {formats.number(100 * share, 0)}%"
            for label, share in zip(labels, plan.mix, strict=True)
            if share > 0.0005
        )

    return [
        Line(_("Proses"), [str(one.step) if one.step else _("Semua proses") for one in results]),
        line(_("Tahun ke depan"), lambda plan: str(plan.years)),
        line(_("Orang baru setahun"), lambda plan: formats.number(plan.intake, 1)),
        line(_("Yang bertahan 12 bulan"), per_cent("retention")),
        line(_("Perekrutan langsung yang bertahan"), lambda plan: formats.number(plan.direct_hires, 1)),
        line(_("Umur orang baru"), mix),
        line(_("Mulai berhenti karena usia pada umur"), lambda plan: str(plan.retires_from)),
        line(_("Keluar karena alasan lain berubah"), per_cent("leave_change")),
        line(_("Upah berubah"), per_cent("wage_change")),
        line(_("Tiap upah naik 10%, yang keluar berkurang"), per_cent("wage_keeps")),
        line(_("Tiap upah naik 10%, orang baru bertambah"), per_cent("wage_draws")),
        line(_("Ketidakpastian asumsi"), per_cent("uncertainty")),
        line(_("Cara menghitung"), lambda plan: str(ProjectionMethod(plan.method).label)),
        Line(
            _("Angka keluar"),
            [_("diukur bila cukup, selain itu asumsi") if one.is_measured else _("asumsi saja") for one in results],
        ),
    ]


# --- Back-test ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class TestedBand:
    """An age band of the back-test: what the run said, and what came."""

    label: str
    low: float
    base: float
    high: float
    actual: float


def tested_bands(found: Comparison, sees_people: bool) -> list[TestedBand]:
    """The back-test by age band, as fine as it may be shown to the reader."""
    actual = found.actual
    for bands in (FINE, ROUGH):
        counts = [*in_bands(actual.groups, bands), float(actual.unknown)]
        said = {case: [*in_bands(standing.stock, bands), standing.unknown] for case, standing in found.cases.items()}
        if sees_people or (_tells_nobody(counts) and _tells_nobody(said[BASE])):
            labels = [*(band_label(*band) for band in bands), _("Umur tidak diketahui")]
            rows = zip(labels, said[LOW], said[BASE], said[HIGH], counts, strict=True)
            return [TestedBand(*row) for row in rows]
    return []


# --- Files ----------------------------------------------------------------------------------------------------------


def csv_head() -> list[str]:
    return [
        _("Skenario"), _("Keadaan per tanggal"), _("Proses"), _("Jalur"), _("Tahun"), _("Umur"), _("Orang"),
        *(str(cause.label) for cause in ExitCause), _("Masuk bersih"),
    ]  # fmt: skip


def csv_rows(name: str, one: Shown) -> list[list[str]]:
    """A line for each case, year and age band that may be shown; the exits of the last year are left out."""
    result = one.result
    found = []
    bands = FINE if len(one.bands or ()) > len(ROUGH) + 1 else ROUGH if one.bands else ()
    for case in ProjectionCase:
        for year, standing in enumerate(result.outlook.courses[case]):
            ends = year == result.plan.years
            parts = _parts(standing, bands)
            for label, people, *moves in parts:
                cells = [formats.number(people, 2), *("" if ends else formats.number(move, 2) for move in moves)]
                found.append([
                    name, result.on.isoformat(), str(result.step or _("Semua proses")), str(case.label),
                    str(result.on.year + year), label, *cells,
                ])  # fmt: skip
    return found


def _parts(standing: Standing, bands: Bands) -> list[tuple]:
    exits = standing.exits
    leave, death, retire = standing.exits_by_cause
    total = (_("Semua"), standing.total, leave, death, retire, sum(standing.entrants))
    if not bands:
        return [total]
    columns = (standing.stock, exits.leave, exits.death, exits.retire, standing.entrants)
    rows = zip([band_label(*band) for band in bands], *(in_bands(column, bands) for column in columns), strict=True)
    return [*rows, (_("Umur tidak diketahui"), standing.unknown, *standing.unknown_exits, 0.0), total]
