"""The facts of the river report: every word and figure as it is printed."""

from typing import Any

from django.utils.translation import gettext as _

from batikportal import formats
from wastewater.choices.indices import IndexMethod, IndexStatus, StoretCounts
from wastewater.queries.river_quality import IndexLine, QuarterReport, StationReport


def report_facts(report: QuarterReport, period: str) -> dict[str, Any]:
    """What the template `river_report` prints."""
    return {
        "title": _("Laporan kualitas air sungai – %(period)s") % {"period": period},
        "office": _("Dinas Lingkungan Hidup Kota Pekalongan"),
        "rules": _rules(report),
        "sections": [
            {
                "title": _("Indeks pencemaran tiap pengambilan"),
                "header": [_("Titik"), _("Diambil"), _("Indeks"), _("Status"), _("Parameter"), _("Melebihi baku mutu")],
                "rows": [_line(station, line) for station in report.stations for line in station.lines],
                "widths": [3.2, 2.1, 1.4, 2.3, 3.5, 3.5],
                "empty": _("Tidak ada pengambilan pada triwulan ini."),
            },
            {
                "title": _("STORET dua belas bulan sampai akhir triwulan"),
                "header": [_("Titik"), _("Pengambilan"), _("Nilai"), _("Kelas")],
                "rows": [_storet(station) for station in report.stations],
                "widths": [6, 3, 3, 3],
                "empty": _("Belum ada titik pantau."),
            },
            {
                "title": _("Indeks kualitas air (IKA) triwulan ini"),
                "header": [_("Status"), _("Pengambilan")],
                "rows": [
                    [str(IndexStatus(status).label), formats.number(count)]
                    for status, count in report.ika.counts.items()
                ],
                "widths": [8, 3],
                "empty": _("Belum ada data untuk menghitung IKA."),
            },
        ],
        "remarks": [
            _("Satu parameter dapat melebihi baku mutu walaupun indeksnya di bawah 1; kolom terakhir menyebutnya."),
            _("Parameter yang batas deteksinya lebih tinggi daripada baku mutu tidak ikut indeks."),
            _("Yang tidak dianalisis tidak dihitung sebagai nol."),
        ],
    }


def _rules(report: QuarterReport) -> list[list[str]]:
    """By which rules the report was made."""
    rows = [
        [_("Cara hitung indeks"), str(IndexMethod(report.method).label) if report.method else ""],
        [_("IKA"), ika_in_words(report)],
    ]
    if rule := report.status_rule:
        rows[1:1] = [
            [_("Aturan"), f"{rule.name} ({rule.legal_basis})"],
            [_("Cim"), f"{formats.number(rule.cim_mg_per_l)} mg/L"],
            [_("Batas deteksi"), str(rule.get_non_detect_display())],
            [_("Parameter paling sedikit"), formats.number(rule.minimum_parameters)],
        ]
    if storet := report.storet_rule:
        rows.append([_("STORET"), f"{storet.legal_basis}; {StoretCounts(storet.storet_counts).label}"])
    return rows


def ika_in_words(report: QuarterReport) -> str:
    """The IKA with its rule, or why there is none."""
    ika = report.ika
    if ika.is_mixed:
        return _("tidak ada satu angka: triwulan ini memakai dua cara hitung")
    if ika.value is None:
        return _("belum ada data")
    return f"{formats.number(ika.value, 2)} ({ika.rules[0].name})"


def _place(station: StationReport) -> str:
    return f"{station.point.name} ({station.point.code})"


def _line(station: StationReport, line: IndexLine) -> list[str]:
    return [
        _place(station),
        formats.short_day(line.sample.taken_at),
        formats.number(line.value, 2),
        line.label,
        ", ".join(line.names),
        ", ".join(str(row.result.parameter) for row in line.exceeding) or formats.DASH,
    ]


def _storet(station: StationReport) -> list[str]:
    found = station.storet
    if found is None or found.storet is None:
        return [_place(station), formats.number(found.samples_count if found else 0), formats.DASH, formats.DASH]
    return [
        _place(station),
        formats.number(found.samples_count),
        formats.number(found.storet.total),
        station.storet_words,
    ]
