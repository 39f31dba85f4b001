"""The policy sheet: every role, what it may do, and a sentence for people.

Permissions are ``app.verb_noun``; ``*`` stands for any run of characters. Which user holds which role, in
which office and area, is data (RoleAssignment). The three focuses are named here by string only.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import lru_cache

from django.utils.translation import gettext_lazy as _

from batikportal.choices import Office


@dataclass(frozen=True)
class Role:
    """One row of the sheet. ``uses_admin``: may enter the Django admin."""

    title: object
    sentence: object
    offices: tuple[str, ...]
    may: tuple[str, ...]
    uses_admin: bool = False


SEE_SHARED = (
    "batikportal.view_dashboard",
    "batikportal.view_area",
    "batikportal.view_enterprise",
    "batikportal.view_history",
    "batikportal.view_target",
)
SEE_FIGURES = ("wastewater.view_*", "workforce.view_figures", "marketing.view_*")
DATA_ENTRY = ("batikportal.add_import", "batikportal.view_import", "batikportal.view_storedfile")
REGISTRY = (
    "batikportal.add_enterprise*",
    "batikportal.change_enterprise*",
    "batikportal.view_enterprise*",
    "batikportal.import_enterprises",
)

ROLES: dict[str, Role] = {
    "administrator": Role(
        _("Administrator teknis"),
        _("Mengatur akun, peran dan pekerjaan latar; tidak melihat data sektor."),
        (Office.DINKOMINFO,),
        (
            "batikportal.*_user",
            "batikportal.*_roleassignment",
            "batikportal.*_area",
            "batikportal.*_holiday",
            "batikportal.view_jobrun",
            "batikportal.run_jobrun",
            "batikportal.view_outboxmessage",
            "batikportal.view_history",
        ),
        uses_admin=True,
    ),
    "leader": Role(
        _("Pimpinan kota"),
        _("Melihat semua angka dan daftar, tanpa rincian pribadi."),
        (Office.MAYOR,),
        (*SEE_SHARED, *SEE_FIGURES),
    ),
    "planner": Role(
        _("Perencana"),
        _("Melihat semua angka dan menetapkan target indikator."),
        (Office.BAPPEDA,),
        (
            *SEE_SHARED,
            *SEE_FIGURES,
            "batikportal.*_target",
            "batikportal.*_holiday",
            "wastewater.plan_plantscenario",
            "workforce.plan_projection",
        ),
        uses_admin=True,
    ),
    "waste_head": Role(
        _("Kepala bidang limbah"),
        _("Memeriksa dan mengesahkan hasil uji, serta mengatur baku mutu."),
        (Office.DLH,),
        (*SEE_SHARED, *DATA_ENTRY, "wastewater.*"),
        uses_admin=True,
    ),
    "waste_officer": Role(
        _("Petugas limbah"),
        _("Mencatat titik, sampel dan hasil uji, serta mengimpor berkas laboratorium."),
        (Office.DLH,),
        (
            *SEE_SHARED,
            *DATA_ENTRY,
            *REGISTRY,
            "wastewater.view_*",
            "wastewater.add_*",
            "wastewater.change_*",
            "wastewater.record_*",
            "wastewater.import_*",
            "wastewater.verify_*",
            "wastewater.handle_complaint",
            "wastewater.read_reporter",
            "wastewater.trace_complaint",
            "wastewater.plan_*",
            "wastewater.receive_*",
            "batikportal.issue_slip",
        ),
        uses_admin=True,
    ),
    "field_officer": Role(
        _("Petugas lapangan"),
        _("Mencatat sampel dan catatan harian IPAL di wilayah kerjanya, dan buku limbah bersama pemilik usaha."),
        (Office.DLH,),
        (
            "batikportal.view_enterprise",
            "batikportal.view_area",
            "wastewater.view_*",
            "wastewater.record_sample",
            "wastewater.record_custody",
            "wastewater.record_inspection",
            "batikportal.view_storedfile",
            "wastewater.record_plantlog",
            "wastewater.record_sludge",
            "wastewater.record_complaint",
            "wastewater.handle_complaint",
            "wastewater.trace_complaint",
            "wastewater.record_dischargelog",
        ),
    ),
    "lab": Role(
        _("Laboratorium"),
        _("Mengirim hasil uji atas sampel yang diterimanya."),
        (Office.DLH,),
        (
            *DATA_ENTRY,
            "wastewater.view_sample",
            "wastewater.record_custody",
            "wastewater.record_results",
            "wastewater.import_lab_results",
        ),
    ),
    "workforce_head": Role(
        _("Kepala bidang tenaga kerja"),
        _("Mengelola data pekerja dan perlindungannya, termasuk membuka NIK dengan keperluan yang dicatat."),
        (Office.DINPERINAKER,),
        (*SEE_SHARED, *DATA_ENTRY, "workforce.*"),
        uses_admin=True,
    ),
    "workforce_officer": Role(
        _("Petugas tenaga kerja"),
        _("Mendaftarkan pekerja, mencatat hubungan kerja dan kepesertaan jaminan sosial."),
        (Office.DINPERINAKER,),
        (
            *SEE_SHARED,
            *DATA_ENTRY,
            *REGISTRY,
            "workforce.view_*",
            "workforce.add_*",
            "workforce.change_*",
            "workforce.record_*",
            "workforce.register_*",
            "workforce.import_*",
            "workforce.merge_person",
            "workforce.issue_card",
            "workforce.answer_request",
            "workforce.export_*",
            "workforce.reveal_nik",
            "workforce.read_wages",
            "workforce.read_coverageentry",
            "workforce.read_incident",
            "workforce.propose_coverageentry",
            "workforce.plan_coverageround",
            "workforce.read_placement",
            "workforce.read_successionplan",
            "workforce.plan_projection",
            "batikportal.issue_slip",
        ),
        uses_admin=True,
    ),
    "cadre": Role(
        _("Kader kelurahan"),
        _("Mendaftarkan pekerja rumahan di kelurahannya; tidak melihat daftar."),
        (Office.DINPERINAKER,),
        ("workforce.register_person",),
    ),
    "ward_officer": Role(
        _("Petugas kelurahan"),
        _("Memeriksa usulan perlindungan warga kelurahannya; tidak melihat daftar pekerja atau kepesertaan."),
        (Office.DINPERINAKER,),
        ("workforce.verify_coverageentry",),
    ),
    "market_head": Role(
        _("Kepala bidang pasar"),
        _("Menandatangani dan mengumumkan hasil seleksi."),
        (Office.DINDAGKOP,),
        (*SEE_SHARED, *DATA_ENTRY, "marketing.*", "batikportal.view_outboxmessage", "batikportal.send_outboxmessage"),
        uses_admin=True,
    ),
    "market_officer": Role(
        _("Petugas pasar"),
        _("Membuka kegiatan, memeriksa pendaftaran dan mengusulkan keputusan."),
        (Office.DINDAGKOP,),
        (
            *SEE_SHARED,
            *DATA_ENTRY,
            *REGISTRY,
            "batikportal.verify_enterprise",
            "batikportal.merge_enterprise",
            "batikportal.issue_slip",
            "batikportal.view_outboxmessage",
            "batikportal.send_outboxmessage",
            "marketing.view_*",
            "marketing.add_*",
            "marketing.change_*",
            "marketing.publish_*",
            "marketing.review_*",
            "marketing.decide_*",
            "marketing.assist_*",
            "marketing.record_*",
            "marketing.import_*",
        ),
        uses_admin=True,
    ),
    "selection_secretary": Role(
        _("Sekretaris seleksi"),
        _("Menyiapkan berkas seleksi dan mengusulkan keputusan."),
        (Office.DINDAGKOP,),
        (*SEE_SHARED, "marketing.view_*", "marketing.review_*", "marketing.decide_*"),
    ),
    "reviewer": Role(
        _("Juri"),
        _("Menilai pendaftaran yang ditugaskan kepadanya."),
        (Office.DINDAGKOP,),
        ("marketing.view_activity", "marketing.view_application"),
    ),
    "data_clerk": Role(
        _("Petugas data"),
        _("Memasukkan dan mengimpor data pelaku usaha, sampel dan kegiatan."),
        tuple(Office.values),
        (
            *SEE_SHARED,
            *DATA_ENTRY,
            *REGISTRY,
            "batikportal.issue_slip",
            "wastewater.view_*",
            "wastewater.add_*",
            "wastewater.record_results",
            "wastewater.import_*",
            "marketing.view_*",
        ),
        uses_admin=True,
    ),
    "auditor": Role(
        _("Pemeriksa"),
        _("Membaca riwayat perubahan dan pembacaan data pribadi; tidak mengubah data."),
        (Office.DINKOMINFO,),
        ("batikportal.view_history", "batikportal.view_accessevent", "batikportal.view_jobrun"),
    ),
}

CHOICES = [(code, role.title) for code, role in ROLES.items()]

# Pairs that one person may not hold at the same time, and why; the database holds the same list.
INCOMPATIBLE: tuple[tuple[str, str, object], ...] = (
    ("selection_secretary", "reviewer", _("Juri tidak boleh mengurus berkas yang dinilainya.")),
    ("reviewer", "market_head", _("Penilai tidak boleh menandatangani hasil seleksinya sendiri.")),
    ("market_officer", "market_head", _("Pengusul keputusan tidak boleh menandatanganinya sendiri.")),
    ("selection_secretary", "market_head", _("Pengusul keputusan tidak boleh menandatanganinya sendiri.")),
    ("lab", "waste_head", _("Pencatat hasil uji tidak boleh mengesahkannya.")),
    ("auditor", "administrator", _("Pemeriksa riwayat tidak boleh mengubah data.")),
    ("auditor", "data_clerk", _("Pemeriksa riwayat tidak boleh mengubah data.")),
    ("auditor", "waste_officer", _("Pemeriksa riwayat tidak boleh mengubah data.")),
    ("auditor", "workforce_officer", _("Pemeriksa riwayat tidak boleh mengubah data.")),
    ("auditor", "market_officer", _("Pemeriksa riwayat tidak boleh mengubah data.")),
)


def conflict(held: Iterable[str], wanted: str) -> object | None:
    """The reason why ``wanted`` may not be added to the roles already held, or None."""
    roles = set(held)
    for one, other, reason in INCOMPATIBLE:
        if (wanted == one and other in roles) or (wanted == other and one in roles):
            return reason
    return None


@lru_cache(maxsize=4096)
def _role_grants(code: str, permission: str) -> bool:
    role = ROLES.get(code)
    return role is not None and any(fnmatchcase(permission, pattern) for pattern in role.may)


def grants(codes: Iterable[str], permission: str) -> bool:
    """Whether any of the roles may do ``permission``."""
    return any(_role_grants(code, permission) for code in codes)


def touches_app(codes: Iterable[str], app_label: str) -> bool:
    """Whether any of the roles may do anything in the app; the admin shows its section then."""
    return any(pattern.split(".", 1)[0] == app_label for code in codes if code in ROLES for pattern in ROLES[code].may)
