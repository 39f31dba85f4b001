"""The menu of the pages about workers: which pages belong together."""

from django.utils.translation import gettext_lazy as _

from batikportal.choices import Focus
from batikportal.contracts import PageGroup


def group(code: str, title: object, *pages: tuple[object, str]) -> PageGroup:
    return PageGroup(f"workforce.{code}", title, Focus.WORKERS, pages)


PAGE_GROUPS = [
    group("overview", _("Ringkasan"), (_("Ringkasan"), "workforce:index")),
    group(
        "registry",
        _("Pendataan"),
        (_("Daftar pekerja"), "workforce:worker-list"),
        (_("Sertifikat kompetensi"), "workforce:certificate-list"),
        (_("Kemungkinan ganda"), "workforce:duplicate-list"),
        (_("Permintaan"), "workforce:request-list"),
        (_("Persetujuan ditarik"), "workforce:consent-withdrawn-list"),
        (_("Proses batik"), "workforce:process-steps"),
        (_("Mode kader"), "workforce:cadre"),
    ),
    group(
        "protection",
        _("Perlindungan"),
        (_("Belum terlindungi"), "workforce:gap-list"),
        (_("Akan berakhir"), "workforce:lapsing-list"),
        (_("Putaran usulan"), "workforce:round-list"),
        (_("Verifikasi kelurahan"), "workforce:verification-list"),
        (_("Kalkulator iuran"), "workforce:premium-calculator"),
    ),
    group(
        "apprenticeship",
        _("Magang"),
        (_("Program dan angkatan"), "workforce:programme-list"),
        (_("Peserta"), "workforce:placement-list"),
        (_("Tempat magang"), "workforce:host-list"),
        (_("Sekolah dan museum"), "workforce:pipeline-list"),
    ),
    group(
        "safety",
        _("Keselamatan"),
        (_("Kejadian kerja"), "workforce:incident-list"),
        (_("Bahaya kerja"), "workforce:hazard-list"),
        (_("Suara pekerja"), "workforce:voice-list"),
    ),
    group(
        "wages",
        _("Upah"),
        (_("Kisaran upah"), "workforce:wage-ranges"),
        (_("Daftar upah"), "workforce:wage-list"),
        (_("Penerjemah borongan"), "workforce:wage-translator"),
        (_("Angka rujukan"), "workforce:reference-figures"),
    ),
    group(
        "succession",
        _("Penerusan"),
        (_("Angka penerusan"), "workforce:succession"),
        (_("Pengetahuan berisiko"), "workforce:knowledge"),
        (_("Rencana penerusan"), "workforce:handover-list"),
        (_("Andai-andai"), "workforce:projection"),
        (_("Skenario tersimpan"), "workforce:projection-list"),
    ),
]
