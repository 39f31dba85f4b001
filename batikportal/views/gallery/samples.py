"""Invented content for the gallery; every name says that it is an example."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from batikportal import charts
from batikportal.contracts import Place, Reading

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 14, 5, tzinfo=ZoneInfo("Asia/Jakarta"))
MONTHS = ["Des", "Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov"]


@dataclass(frozen=True)
class SampleIndicator:
    """What a card asks of an indicator."""

    title: str
    unit: str
    direction: str = "up"
    definition: str = "Contoh penjelasan: apa yang dihitung, dari mana, dan apa yang tidak termasuk."
    source: str = "contoh, bukan data sungguhan"
    minimum_completeness: float = 0.8
    decimals: int | None = None


def _trend(*values):
    return list(zip(MONTHS, values, strict=True))


def figures() -> list[dict]:
    """One indicator card in each of its states."""
    covered = SampleIndicator(_("Pekerja aktif dengan JKK dan JKM"), "%", decimals=1)
    exceeded = SampleIndicator(_("Hasil uji yang melampaui baku mutu"), _("hasil uji"), direction="down")
    seats = SampleIndicator(_("Pendaftar per kursi pelatihan"), _("pendaftar"), decimals=1)
    rising = _trend(48, 49, 49, 52, 51, 55, 57, None, 60, 61, 62, Decimal("63.4"))
    return [
        {
            "indicator": covered,
            "reading": Reading(Decimal("63.4"), 3804, 6000, 0.92, date(2026, 11, 20), rising),
            "target": 75,
            "rows": "/gaya/",
        },
        {
            "indicator": exceeded,
            "reading": Reading(
                14, 14, 212, 0.88, date(2026, 11, 18), _trend(20, 22, 19, 18, 25, 17, 16, 15, 18, 12, 11, 14)
            ),
            "target": 16,
            "rows": "/gaya/",
        },
        {
            "indicator": seats,
            "reading": Reading(
                Decimal("2.4"), 96, 40, 0.55, date(2026, 9, 2), _trend(*[None] * 8, 1, 2, 2, Decimal("2.4"))
            ),
            "target": None,
            "rows": "/gaya/",
        },
        {
            "indicator": SampleIndicator(_("Ekspor pertama dalam 12 bulan"), _("usaha")),
            "reading": Reading(None, completeness=0.1),
        },
        {
            "indicator": SampleIndicator(_("Kursi kegiatan terisi"), "%"),
            "reading": Reading(
                None,
                numerator=64,
                fresh_at=date(2026, 11, 20),
                withheld=str(_("Kursi ditawarkan untuk seluruh kota, jadi tidak ada bagian satu kecamatan.")),
            ),
            "rows": "/gaya/",
        },
        {"indicator": SampleIndicator(_("Cakupan pengolahan air limbah"), "%"), "reading": None, "unavailable": True},
    ]


def charts_sample() -> list:
    """One chart of every kind."""
    cod = charts.Series(_("Keluaran"), [140, 132, 128, None, 118, 171, 149, 122, 101, 96, 104, Decimal("98.5")])
    raw = charts.Series(_("Masukan"), [320, 310, 298, 305, 290, 340, 333, 300, 280, 276, 284, 270], limited=False)
    techniques = [_("Tulis"), _("Cap"), _("Kombinasi"), _("Printing")]
    return [
        charts.line(
            title=_("COD IPAL Contoh, 12 bulan terakhir"),
            labels=MONTHS,
            series=[cod, raw],
            unit="mg/L",
            limit=charts.Limit(150, _("Baku mutu")),
        ),
        charts.line(
            title=_("pH IPAL Contoh tetap di antara dua batas"),
            labels=MONTHS,
            series=[charts.Series("pH", [7.1, 7.4, 7.2, 7.9, 8.4, 9.3, 8.1, 7.7, 7.2, 6.9, 7.0, 7.3])],
            limit=charts.Limit(9, _("Batas atas")),
            lower=charts.Limit(6, _("Batas bawah")),
        ),
        charts.fan(
            title=_("Pekerja menurut skenario"),
            labels=["2026", "2027", "2028", "2029", "2030", "2031"],
            fans=[
                charts.Fan(
                    _("Skenario dasar"),
                    [1000, 900, 812, 735, 668, 610],
                    [1000, 933, 871, 815, 764, 718],
                    [1000, 960, 926, 893, 863, 838],
                )
            ],
            bounds=(_("rendah"), _("tinggi")),
            unit=_("orang"),
        ),
        charts.columns(
            title=_("Sampel yang diambil tiap bulan"),
            labels=MONTHS,
            series=[charts.Series(_("Sampel"), [18, 22, 20, 24, 19, 27, 25, 21, 30, 28, 26, 12])],
            unit=_("sampel"),
        ),
        charts.quota(
            title=_("Kursi terisi per kegiatan"),
            rows=[
                charts.Quota(_("Pelatihan ekspor (contoh)"), 20, 20, waiting=8),
                charts.Quota(_("Pameran kerajinan (contoh)"), 11, 15),
                charts.Quota(_("Kelas foto produk (contoh)"), 4, 25),
            ],
            unit=_("kursi"),
        ),
        charts.bars(
            title=_("Pelaku usaha per teknik"),
            rows=[charts.Bar(name, value) for name, value in zip(techniques, [412, 388, 143, None], strict=True)],
            unit=_("usaha"),
        ),
        charts.stacked(
            title=_("Perlindungan pekerja per kecamatan"),
            parts=[_("Terlindungi"), _("Lewat masa"), _("Belum")],
            tones=["good", "warning", "bad"],
            rows=[
                charts.Row("Pekalongan Barat", [820, 90, 310]),
                charts.Row("Pekalongan Timur", [610, 120, 420]),
                charts.Row("Pekalongan Selatan", [940, 60, 180]),
                charts.Row("Pekalongan Utara", [530, 140, 390]),
            ],
            unit=_("orang"),
        ),
        charts.pyramid(
            title=_("Umur perajin menurut jenis kelamin"),
            bands=[
                charts.Band("15–24", 110, 60),
                charts.Band("25–34", 260, 150),
                charts.Band("35–44", 480, 240),
                charts.Band("45–54", 620, 280),
                charts.Band("55–64", 410, 190),
                charts.Band("65+", 160, 90),
            ],
            left_label=_("Perempuan"),
            right_label=_("Laki-laki"),
            unit=_("orang"),
        ),
        charts.line(title=_("Grafik tanpa data"), labels=MONTHS, series=[charts.Series("COD", [None] * 12)]),
    ]


def records() -> dict:
    """Steps, history, alerts and table rows."""
    return {
        "steps": [
            {"label": _("Terkirim"), "state": "done", "note": "3 Nov"},
            {"label": _("Diperiksa"), "state": "done", "note": "8 Nov"},
            {"label": _("Diseleksi"), "state": "current", "note": _("hasil paling lambat 30 Nov")},
            {"label": _("Pengumuman"), "state": "todo"},
        ],
        "timeline": [
            {
                "at": NOW,
                "title": _("Hasil uji diperbaiki"),
                "by": _("Petugas Contoh"),
                "text": _("Koreksi dari laboratorium."),
                "changes": [("COD", "180 mg/L", "108 mg/L")],
            },
            {"at": NOW - timedelta(days=2, hours=3), "title": _("Sampel diterima laboratorium"), "by": _("Lab Contoh")},
            {"at": NOW - timedelta(days=4), "title": _("Sampel diambil"), "by": _("Petugas Contoh")},
        ],
        "alerts": [
            {
                "subject": "IPAL Contoh A",
                "detail": _("COD 180 mg/L, baku mutu 150 mg/L"),
                "severity": "high",
                "since": TODAY - timedelta(days=9),
                "due_on": TODAY - timedelta(days=2),
            },
            {
                "subject": "Pekerja Contoh",
                "detail": _("Iuran JKK/JKM berakhir"),
                "severity": "medium",
                "since": TODAY - timedelta(days=3),
                "due_on": TODAY + timedelta(days=11),
            },
            {
                "subject": "Batik Contoh",
                "detail": _("Pendaftaran menunggu dokumen"),
                "severity": "low",
                "due_on": TODAY,
            },
        ],
        "samples": [
            {
                "point": "Keluaran IPAL Contoh A",
                "on": date(2026, 11, 18),
                "value": Decimal("180.5"),
                "tone": "bad",
                "verdict": _("Melampaui"),
            },
            {
                "point": "Keluaran IPAL Contoh B",
                "on": date(2026, 11, 17),
                "value": Decimal("98"),
                "tone": "good",
                "verdict": _("Memenuhi"),
            },
            {
                "point": "Sungai Contoh, hilir",
                "on": date(2026, 11, 17),
                "value": None,
                "tone": "neutral",
                "verdict": _("Belum dinilai"),
            },
        ],
    }


def _places() -> list[Place]:
    return [
        Place("IPAL Contoh A", -6.905, 109.668, "/gaya/", "180,5 mg/L", "bad", _("melampaui baku mutu")),
        Place("IPAL Contoh B", -6.893, 109.683, "/gaya/", "98 mg/L", "good"),
        Place("Sungai Contoh, hilir", -6.876, 109.676, "", "", "unknown", _("belum ada hasil")),
        Place("IPAL Contoh C", -6.884, 109.662, "/gaya/", "149 mg/L", "warning", _("mendekati baku mutu")),
    ]


def _areas() -> list[dict]:
    names = [
        "Kelurahan Contoh 1",
        "Kelurahan Contoh 2",
        "Kelurahan Contoh 3",
        "Kelurahan Contoh 4",
        "Kelurahan Contoh 5",
        "Kelurahan Contoh 6",
    ]
    values = [12, 84, 41, None, 65, 27]
    return [
        {"name": name, "value": value, "level": None if value is None else min(4, value // 20), "url": "", "note": ""}
        for name, value in zip(names, values, strict=True)
    ]


def map_sample() -> dict:
    return {"places": _places(), "areas": _areas()}


def map_geojson() -> dict:
    """Six cells in two rows and four points, as GeoJSON."""
    features = []
    for k, area in enumerate(_areas()):
        west, south = 109.65 + 0.015 * (k % 3), -6.92 + 0.03 * (k // 3)
        ring = [[west, south], [west + 0.015, south], [west + 0.015, south + 0.03], [west, south + 0.03], [west, south]]
        value = "" if area["value"] is None else str(area["value"])
        properties = {"name": area["name"], "value": value, "level": area["level"]}
        features.append(
            {"type": "Feature", "properties": properties, "geometry": {"type": "Polygon", "coordinates": [ring]}}
        )
    for place in _places():
        properties = {
            "name": place.name,
            "value": place.value,
            "status": place.status,
            "url": place.url,
            "note": place.note,
        }
        point = {"type": "Point", "coordinates": [place.longitude, place.latitude]}
        features.append({"type": "Feature", "properties": properties, "geometry": point})
    return {"type": "FeatureCollection", "features": features}
