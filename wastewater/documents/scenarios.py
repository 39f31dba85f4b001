"""Scenarios side by side in words: the same lines on the page, in the PDF and in the CSV."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from batikportal import formats
from wastewater.queries.scenarios import Result
from wastewater.rules.scenarios import Span


class Cell(NamedTuple):
    """A figure and, where it is uncertain, between which ends it lies; `of` names its scenario."""

    text: str
    span: str = ""
    of: str = ""

    def __str__(self) -> str:
        return f"{self.text} ({self.span})" if self.span else self.text


class Line(NamedTuple):
    """One figure of every scenario."""

    label: str
    cells: list[Cell]


def _spanned(span: Span | None, show: Callable[[Any], str], scale: int = 1) -> Cell:
    if span is None:
        return Cell(_("tidak dapat disimpulkan"))
    ends = "" if span.is_exact else f"{show(span.low * scale)}–{show(span.high * scale)}"
    return Cell(show(span.central * scale), ends)


def _figure(decimals: int) -> Callable[[Any], str]:
    return lambda value: formats.number(value, decimals)


def result_lines(results: Sequence[Result]) -> list[Line]:
    """What the scenarios come to."""

    def line(label: str, cell: Callable[[Result], Cell]) -> Line:
        return Line(label, [cell(one)._replace(of=one.scenario.name) for one in results])

    def served(one: Result) -> Cell:
        return Cell(_("tidak dapat disimpulkan") if one.served_count is None else formats.number(one.served_count))

    return [
        line(_("Usaha yang dijangkau"), lambda one: Cell(formats.number(one.reached_count))),
        line(_("Usaha yang seluruh airnya tertampung, mulai dari yang terdekat"), served),
        line(_("Air yang dijangkau (m³/hari)"), lambda one: _spanned(one.reached, _figure(1))),
        line(_("Air yang diolah (m³/hari)"), lambda one: _spanned(one.outcome.treated_m3_per_day, _figure(1))),
        line(_("Tidak tertampung (m³/hari)"), lambda one: _spanned(one.outcome.beyond_m3_per_day, _figure(1))),
        line(_("Kapasitas terpakai"), lambda one: Cell(formats.per_cent(one.outcome.use_of_capacity))),
        line(_("Cakupan kota sebelum"), lambda one: _spanned(one.outcome.coverage_before, formats.per_cent)),
        line(_("Cakupan kota sesudah"), lambda one: _spanned(one.outcome.coverage_after, formats.per_cent)),
        line(_("COD yang disisihkan (kg/hari)"), lambda one: _spanned(one.outcome.removed_kg_per_day, _figure(1))),
        line(_("Biaya setahun"), lambda one: _spanned(one.outcome.cost_idr_per_year, formats.rupiah)),
        line(_("Biaya per kg COD"), lambda one: _spanned(one.outcome.cost_idr_per_kg, formats.rupiah)),
    ]


def assumption_lines(results: Sequence[Result]) -> list[Line]:
    """What the scenarios rest on, as frozen when they were saved."""

    def line(label: str, text: Callable[[Any], str]) -> Line:
        return Line(label, [Cell(text(one.scenario), of=one.scenario.name) for one in results])

    def span(low, central, high, show) -> str:
        return show(central) if low == high else f"{show(central)} ({show(low)}–{show(high)})"

    def money(one, what: str, tail: str) -> str:
        low, central, high = (getattr(one, f"{what}{end}_idr{tail}") for end in ("_low", "", "_high"))
        return span(low, central, high, formats.rupiah)

    number = formats.number
    return [
        line(_("Yang dibangun"), lambda one: f"{one.get_kind_display()}{f' ({one.plant})' if one.plant else ''}"),
        line(
            _("Letak"),
            lambda one: f"{one.ward}, {_('titik perkiraan')}" if one.location_estimated else str(one.ward),
        ),
        line(
            _("Jangkauan"),
            lambda one: f"{one.get_reach_display()}{f' ({number(one.radius_m)} m)' if one.radius_m else ''}",
        ),
        line(_("Kapasitas (m³/hari)"), lambda one: f"{number(one.capacity_m3_per_day, 1)}. {one.capacity_basis}"),
        line(_("Investasi"), lambda one: f"{money(one, 'investment', '')}. {one.investment_basis}"),
        line(_("Operasi setahun"), lambda one: f"{money(one, 'operation', '_per_year')}. {one.operation_basis}"),
        line(_("Umur (tahun)"), lambda one: number(one.life_years)),
        line(
            _("COD masuk (mg/L)"),
            lambda one: (
                f"{span(one.cod_low_mg_per_l, one.cod_in_mg_per_l, one.cod_high_mg_per_l, number)}. {one.cod_basis}. "
                f"{one.get_cod_confidence_display()}"
            ),
        ),
        line(
            _("COD disisihkan (%)"),
            lambda one: (
                f"{span(one.removal_low_per_cent, one.removal_per_cent, one.removal_high_per_cent, number)}. "
                f"{one.removal_basis}. {one.get_removal_confidence_display()}"
            ),
        ),
        line(_("Volume usaha tanpa angka"), lambda one: one.volume_basis or formats.DASH),
        line(
            _("Neraca yang dipakai"),
            lambda one: (
                _("%(start)s sampai %(end)s: dihasilkan %(generated)s, diolah %(treated)s m³/hari")
                % {
                    "start": formats.short_day(one.basis_start),
                    "end": formats.short_day(one.basis_end),
                    "generated": span(one.city_generated_low, one.city_generated, one.city_generated_high, _figure(0)),
                    "treated": number(one.city_treated, 0),
                }
            ),
        ),
        line(_("Catatan"), lambda one: one.note or formats.DASH),
        line(
            _("Disimpan"),
            lambda one: (
                f"{formats.short_day(one.created_at)}{f', {one.created_by}' if one.created_by else ''}"
                if one.pk
                else _("belum disimpan")
            ),
        ),
        line(_("Disalin dari"), lambda one: str(one.copied_from) if one.copied_from else formats.DASH),
    ]


def remarks() -> list[str]:
    """How the figures are reckoned."""
    return [
        _("Yang dihitung hanya air usaha aktif yang belum terbukti diolah menurut neraca dua belas bulan."),
        _("Beban COD = debit × COD masuk ÷ 1000; yang disisihkan = beban × persen penyisihan."),
        _("Biaya setahun = investasi ÷ umur + operasi, tanpa bunga. Biaya per kg dibagi 365 hari."),
        _("Ujung rentang memakai semua angka yang tidak pasti pada ujungnya bersama-sama."),
        _("Skenario bukan keputusan: biaya dan letak perlu diperiksa di lapangan."),
    ]


def scenario_facts(results: Sequence[Result]) -> dict[str, Any]:
    """What the template `balance` prints for one to four scenarios."""
    names = [one.scenario.name for one in results]

    def section(title: str, lines: list[Line]) -> dict[str, Any]:
        return {
            "title": title,
            "header": [_("Angka"), *names],
            "rows": [[one.label, *map(str, one.cells)] for one in lines],
            "widths": [2.2] + [3.2] * len(names),
            "empty": "",
        }

    return {
        "title": _("Rencana IPAL: perbandingan skenario") if len(names) > 1 else _("Rencana IPAL"),
        "office": _("Dinas Lingkungan Hidup Kota Pekalongan"),
        "rules": [],
        "sections": [
            section(_("Hasil"), result_lines(results)),
            section(_("Asumsi"), assumption_lines(results)),
        ],
        "remarks": remarks(),
    }
