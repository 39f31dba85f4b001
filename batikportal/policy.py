"""The policy sheet in words: what each role may do, app by app, for the page that shows it to people."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from django.apps import apps
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from batikportal import roles
from batikportal.choices import Office

VERBS = {
    "view": _("Melihat"),
    "add": _("Menambah"),
    "change": _("Mengubah"),
    "delete": _("Menghapus"),
}
# Verbs beyond Django's four, and permissions that stand for no model, as whole phrases.
PHRASES = {
    "batikportal.view_dashboard": _("membuka dasbor"),
    "batikportal.view_history": _("membaca riwayat perubahan"),
    "batikportal.verify_enterprise": _("memeriksa pelaku usaha dan nomornya"),
    "batikportal.merge_enterprise": _("menggabungkan pelaku usaha yang tercatat dua kali"),
    "batikportal.import_enterprises": _("mengimpor daftar pelaku usaha"),
    "batikportal.add_import": _("mengunggah lembar kerja"),
    "batikportal.view_import": _("melihat impor rekan sekantor"),
    "batikportal.issue_slip": _("membuat akun pemilik usaha dan mencetak lembar aktivasi"),
    "batikportal.send_outboxmessage": _("menyalin dan mengirim pesan"),
    "batikportal.run_jobrun": _("menjalankan pekerjaan latar"),
    "wastewater.view_any_sample": _("melihat sampel semua laboratorium"),
    "wastewater.record_sample": _("merencanakan dan mencatat sampel"),
    "wastewater.record_results": _("mencatat hasil uji"),
    "wastewater.import_lab_results": _("mengimpor berkas laboratorium"),
    "wastewater.verify_sample": _("mengesahkan hasil uji yang dicatat orang lain"),
    "wastewater.publish_sample": _("mengumumkan hasil uji yang sah"),
    "wastewater.plan_sample": _("membuat rencana sampel dari jadwal"),
    "wastewater.receive_obligation": _("mencatat dan mengembalikan laporan yang diserahkan"),
    "wastewater.waive_obligation": _("membebaskan kewajiban, dengan alasan"),
    "wastewater.record_violation": _("mencatat pelanggaran"),
    "wastewater.resolve_violation": _("menyelesaikan dan menarik pelanggaran"),
    "wastewater.lock_quarter": _("mengunci status ketaatan triwulan"),
    "wastewater.unlock_quarter": _("membuka kunci triwulan, dengan alasan"),
    "workforce.view_figures": _("melihat angka pekerja tanpa nama"),
    "workforce.register_person": _("mendaftarkan pekerja"),
    "workforce.reveal_nik": _("membuka NIK, dengan keperluan yang dicatat"),
    "workforce.export_person": _("mengunduh daftar pekerja"),
    "workforce.import_workers": _("mengimpor daftar pekerja"),
    "workforce.record_coverage": _("mencatat hasil pemeriksaan kepesertaan"),
    "workforce.import_coverage": _("mengimpor data kepesertaan"),
    "workforce.read_wages": _("membaca upah pekerja dengan namanya"),
    "workforce.record_wages": _("mencatat dan menghapus pengamatan upah"),
    "workforce.record_skill": _("mencatat keahlian pekerja"),
    "workforce.record_certificate": _("mencatat dan menghapus sertifikat kompetensi"),
    "workforce.import_certificates": _("mengimpor sertifikat kompetensi"),
    "workforce.merge_person": _("memutuskan data ganda dan menggabungkannya"),
    "workforce.issue_card": _("menerbitkan dan mencabut kartu pekerja"),
    "workforce.answer_request": _("menjawab permintaan pekerja dan pemilik usaha"),
    "workforce.record_consent": _("mencatat dan mencabut persetujuan pekerja"),
    "workforce.plan_coverageround": _("merencanakan putaran usulan perlindungan"),
    "workforce.hand_over_coverageround": _("mengunduh berkas usulan dengan NIK lengkap"),
    "workforce.read_coverageentry": _("membaca siapa yang diusulkan"),
    "workforce.propose_coverageentry": _("mengusulkan pekerja"),
    "workforce.verify_coverageentry": _("memeriksa usulan di kelurahannya"),
    "workforce.decide_coverageentry": _("memutuskan usulan orang lain"),
    "workforce.record_coverageentry": _("mengimpor hasil pendaftaran dari BPJS"),
    "workforce.read_voice": _("membaca suara pekerja tanpa nama"),
    "workforce.answer_voice": _("menjawab suara pekerja"),
    "workforce.read_incident": _("membaca kejadian kerja"),
    "workforce.record_incident": _("mencatat dan menutup kejadian kerja"),
    "workforce.read_injury": _("membaca dan mencatat data kesehatan kejadian kerja"),
    "marketing.publish_activity": _("mengumumkan, menutup dan membatalkan kegiatan"),
    "marketing.review_application": _("memeriksa dan mengembalikan pendaftaran"),
    "marketing.decide_application": _("mengusulkan keputusan"),
    "marketing.assist_application": _("mendaftar atas nama pelaku usaha"),
    "marketing.record_attendance": _("mencatat kehadiran"),
    "marketing.sign_decisionbatch": _("menandatangani hasil seleksi"),
    "marketing.release_decisionbatch": _("mengumumkan hasil seleksi"),
}


@dataclass(frozen=True)
class Section:
    """What a role may do in one app: nouns by verb, and further phrases."""

    title: str
    nouns: list[tuple[str, str]]
    phrases: list[str]


@dataclass(frozen=True)
class Sheet:
    """One role, readable."""

    code: str
    title: str
    sentence: str
    offices: str
    uses_admin: bool
    sections: list[Section]
    never_with: list[tuple[str, str]]


@cache
def permissions() -> dict[str, tuple[str, str, object]]:
    """Every permission the project knows: name → (app, verb or empty, noun or phrase)."""
    found: dict[str, tuple[str, str, object]] = {}
    for model in apps.get_models():
        label = model._meta.app_label
        if not getattr(apps.get_app_config(label), "contributes", False) or hasattr(model, "pgh_tracked_model"):
            continue
        for verb in model._meta.default_permissions:
            found[f"{label}.{verb}_{model._meta.model_name}"] = (label, verb, model._meta.verbose_name)
        for codename, _title in model._meta.permissions:
            name = f"{label}.{codename}"
            found[name] = (label, "", PHRASES.get(name, codename.replace("_", " ")))
    for name, phrase in PHRASES.items():
        if name.split(".")[0] in apps.app_configs:
            found[name] = (name.split(".")[0], "", phrase)
    return found


def _sections(code: str) -> Iterator[Section]:
    granted = [facts for name, facts in permissions().items() if roles.grants([code], name)]
    for config in apps.get_app_configs():
        here = [(verb, noun) for app, verb, noun in granted if app == config.label]
        if here:
            nouns = [
                (str(title), ", ".join(sorted({str(noun) for verb, noun in here if verb == wanted})))
                for wanted, title in VERBS.items()
            ]
            phrases = [capfirst(str(noun)) for verb, noun in here if not verb]
            yield Section(str(config.verbose_name), [pair for pair in nouns if pair[1]], phrases)


def _never_with(code: str) -> list[tuple[str, str]]:
    pairs = [(one, other, reason) for one, other, reason in roles.INCOMPATIBLE if code in (one, other)]
    return [(str(roles.ROLES[b if a == code else a].title), str(reason)) for a, b, reason in pairs]


def sheets() -> list[Sheet]:
    """The whole policy sheet, in its order."""
    return [
        Sheet(
            code=code,
            title=str(role.title),
            sentence=str(role.sentence),
            offices=", ".join(str(Office(office).label) for office in role.offices),
            uses_admin=role.uses_admin,
            sections=list(_sections(code)),
            never_with=_never_with(code),
        )
        for code, role in roles.ROLES.items()
    ]
