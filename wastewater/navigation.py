"""The menu of the waste pages: which pages belong together."""

from django.utils.translation import gettext_lazy as _

from batikportal.choices import Focus
from batikportal.contracts import PageGroup


def group(code: str, title: object, *pages: tuple[object, str]) -> PageGroup:
    return PageGroup(f"wastewater.{code}", title, Focus.WASTE, pages)


PAGE_GROUPS = [
    group("overview", _("Ringkasan"), (_("Ringkasan"), "wastewater:index")),
    group(
        "samples",
        _("Sampel dan uji"),
        (_("Sampel"), "wastewater:sample-list"),
        (_("Serah terima"), "wastewater:custody-list"),
        (_("Hasil uji"), "wastewater:result-list"),
        (_("Rencana sampel"), "wastewater:sampling-plan"),
        (_("Titik pantau"), "wastewater:point-list"),
        (_("Laboratorium"), "wastewater:laboratory-list"),
        (_("Koreksi hasil"), "wastewater:correction-list"),
    ),
    group(
        "compliance",
        _("Ketaatan"),
        (_("Status ketaatan"), "wastewater:compliance-board"),
        (_("Pelanggaran"), "wastewater:violation-list"),
        (_("Kewajiban"), "wastewater:obligation-list"),
    ),
    group(
        "supervision",
        _("Pengawasan"),
        (_("Rencana dan pelaksanaan"), "wastewater:inspection-list"),
        (_("Siapa didahulukan"), "wastewater:risk-list"),
        (_("Temuan"), "wastewater:finding-list"),
        (_("Perkara"), "wastewater:case-list"),
    ),
    group("complaints", _("Pengaduan"), (_("Pengaduan"), "wastewater:complaint-list")),
    group(
        "enterprises",
        _("Limbah usaha"),
        (_("Buku limbah usaha"), "wastewater:logbook-list"),
        (_("Truk sedot"), "wastewater:truck-board"),
    ),
    group(
        "plants",
        _("IPAL dan sensor"),
        (_("Daftar IPAL"), "wastewater:plant-list"),
        (_("Catatan harian"), "wastewater:plant-log-list"),
        (_("Sambungan"), "wastewater:connection-list"),
        (_("Penyisihan beban"), "wastewater:plant-removal"),
        (_("Lumpur"), "wastewater:sludge-list"),
        (_("Sensor"), "wastewater:station-list"),
    ),
    group(
        "balance",
        _("Neraca"),
        (_("Neraca air limbah"), "wastewater:balance"),
        (_("Rencana IPAL"), "wastewater:scenario-list"),
    ),
    group(
        "rivers",
        _("Sungai"),
        (_("Keadaan sungai"), "wastewater:river-state"),
        (_("Sungai dan saluran"), "wastewater:water-list"),
        (_("Indeks dihitung"), "wastewater:index-list"),
        (_("Hitung indeks"), "wastewater:river-tools"),
    ),
    group(
        "standards",
        _("Baku mutu"),
        (_("Baku mutu"), "wastewater:standard-list"),
        (_("Lolos tidak?"), "wastewater:check"),
    ),
]
