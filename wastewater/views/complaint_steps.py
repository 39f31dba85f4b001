"""The steps that staff may take with a case, as one table: when each is offered, what it asks, what it does."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from batikportal import formats, states
from wastewater.actions import complaints as actions
from wastewater.choices.complaints import ComplaintState, HandlingRole, TemplateKind
from wastewater.forms import complaint_steps as forms
from wastewater.models.complaints import Complaint, ResponseTemplate
from wastewater.queries.complaints import cases
from wastewater.rules import complaints as rules

_S = ComplaintState


@dataclass(frozen=True)
class Step:
    """``moves_to``: offered where the table allows that move; else ``within`` names the states. ``rank``: 0 first."""

    title: Any
    form: type[forms.StepForm]
    action: Callable[..., Any]
    done: Any
    moves_to: str = ""
    within: tuple[str, ...] = ()
    rank: int = 1
    lead: Any = ""
    danger: bool = False
    template_kind: str = ""
    text_field: str = ""

    def is_offered(self, complaint: Complaint) -> bool:
        if self.within and complaint.state not in self.within:
            return False
        return not self.moves_to or states.may_move(rules.COMPLAINT_TRANSITIONS, complaint.state, self.moves_to)


_READ_AND_OPEN = tuple(state for state in rules.OPEN_STATES if state != _S.RECEIVED)
_READ = tuple(state for state in ComplaintState.values if state not in (_S.RECEIVED, _S.JOINED))

STEPS: dict[str, Step] = {
    "telaah": Step(
        _("Telaah"), forms.TriageForm, actions.triage, _("Laporan ditelaah."),
        moves_to=_S.TRIAGED, within=(_S.RECEIVED,), rank=0, template_kind=TemplateKind.SENTENCE, text_field="sentence",
    ),
    "tugaskan": Step(
        _("Tugaskan"), forms.ProgressForm, actions.assign, _("Laporan ditugaskan."),
        moves_to=_S.ASSIGNED, within=(_S.TRIAGED, _S.REOPENED), rank=0, template_kind=TemplateKind.SENTENCE,
        text_field="sentence",
    ),
    "lapangan": Step(
        _("Periksa di lapangan"), forms.ProgressForm, actions.start_field_check, _("Pemeriksaan lapangan dimulai."),
        moves_to=_S.IN_FIELD, within=(_S.TRIAGED, _S.ASSIGNED, _S.EXTERNAL, _S.REOPENED),
        template_kind=TemplateKind.SENTENCE, text_field="sentence",
    ),
    "jawab": Step(
        _("Jawab"), forms.AnswerForm, actions.answer, _("Jawaban tersimpan dan terbaca oleh umum."),
        moves_to=_S.ANSWERED, template_kind=TemplateKind.ANSWER, text_field="text",
    ),
    "tutup": Step(
        _("Tutup"), forms.CloseForm, actions.close, _("Laporan selesai."),
        moves_to=_S.CLOSED, rank=0, template_kind=TemplateKind.CLOSE, text_field="text",
    ),
    "buka-lagi": Step(
        _("Buka kembali"), forms.ReopenForm, actions.reopen, _("Laporan dibuka kembali."),
        moves_to=_S.REOPENED, within=rules.MAY_REOPEN,
    ),
    "lepas": Step(
        _("Lepaskan dari gabungan"), forms.StepForm, actions.unjoin, _("Laporan ditangani sendiri lagi."),
        moves_to=_S.TRIAGED, within=(_S.JOINED,),
        lead=_("Laporan ini berhenti mengikuti laporan lain dan mendapat penanganannya sendiri."),
    ),
    "kabar": Step(
        _("Kabari umum"), forms.SentenceForm, actions.say, _("Kabar tersimpan."),
        within=_READ_AND_OPEN, template_kind=TemplateKind.SENTENCE, text_field="sentence",
    ),
    "tanya": Step(
        _("Tanya pelapor"), forms.QuestionForm, actions.ask, _("Pertanyaan tampil pada halaman pelapor."),
        moves_to=_S.WAITING, within=rules.MAY_ASK, template_kind=TemplateKind.QUESTION, text_field="text",
    ),
    "rekan": Step(
        _("Ajak instansi lain"), forms.PartnerForm, actions.add_partner, _("Instansi diajak ikut menangani."),
        within=_READ_AND_OPEN, lead=_("Penanggung jawabnya tidak berubah."),
    ),
    "serah": Step(
        _("Tawarkan serah terima"), forms.HandoverForm, actions.offer_handover, _("Serah terima ditawarkan."),
        within=_READ_AND_OPEN,
        lead=_("Laporan tidak dapat dikembalikan. Sampai penerima menyatakan menerima, kita tetap bertanggung jawab."),
    ),
    "gabung": Step(
        _("Gabung"), forms.JoinForm, actions.join, _("Laporan digabung dan mengikuti induknya."),
        moves_to=_S.JOINED, rank=2, lead=_("Tidak ada yang dihapus; pelapornya tetap dapat mengikuti penanganan."),
    ),
    "pisah": Step(
        _("Pisah menjadi dua"), forms.SplitForm, actions.split, _("Laporan dipisah."), within=_READ_AND_OPEN, rank=2,
        lead=_("Untuk laporan yang menyangkut dua sumber. Data pelapor tetap pada laporan pertama."),
    ),
    "betulkan": Step(
        _("Betulkan kategori"), forms.CorrectForm, actions.correct, _("Kategori dan kelurahan dibetulkan."),
        within=_READ_AND_OPEN, rank=2, lead=_("Janji jawaban dihitung lagi dari hari diterima."),
    ),
    "tampilan": Step(
        _("Tampilan umum"), forms.ModerateForm, actions.moderate, _("Tampilan untuk umum diperbarui."),
        within=_READ, rank=2,
    ),
    "catatan": Step(_("Tambah catatan"), forms.NoteForm, actions.note, _("Catatan tersimpan."), rank=2),
    "kaitan": Step(
        _("Kaitkan usaha atau nomor nasional"), forms.LinkForm, actions.link, _("Kaitan tersimpan."), rank=2
    ),
    "tahan": Step(
        _("Tahan data pelapor"), forms.HoldForm, actions.put_on_hold, _("Penahanan data diperbarui."), rank=2,
        lead=_("Untuk perkara hukum: data tidak dihapus sampai penahanan dilepas."),
    ),
    "tolak": Step(
        _("Tidak diproses"), forms.RejectForm, actions.reject, _("Laporan tidak diproses; alasannya terbaca umum."),
        moves_to=_S.REJECTED, rank=2, danger=True, template_kind=TemplateKind.REJECT, text_field="text",
        lead=_("Wewenang instansi lain bukan alasan menolak: ajak atau serah terimakan."),
    ),
}  # fmt: skip


def offered(complaint: Complaint) -> list[tuple[str, Step]]:
    """The steps possible now, the next one first."""
    found = [(slug, step) for slug, step in STEPS.items() if step.is_offered(complaint)]
    return sorted(found, key=lambda pair: pair[1].rank)


@dataclass(frozen=True)
class ReadyText:
    """A response template with its placeholders filled."""

    pk: int
    name: str
    filled: str


def template_texts(complaint: Complaint, step: Step) -> list[ReadyText]:
    """The response templates offered for the step."""
    rows: list[ResponseTemplate] = cases.templates_for(step.template_kind) if step.template_kind else []
    if not rows:
        return []
    lead = complaint.handlings.select_related("agency").get(role=HandlingRole.LEAD).agency.name
    days = {"tanggal_terima": formats.day(complaint.received_at), "janji": formats.day(complaint.due_on)}
    facts = cases.facts_for_templates(complaint, lead, days)
    return [ReadyText(row.pk, row.name, rules.fill(row.text, facts)) for row in rows]
