"""Forms about coaching, cases, decisions, orders, objections and milestones."""

from django import forms
from django.utils.translation import gettext_lazy as _

from wastewater.actions.enforcement import Draft, Order
from wastewater.choices.enforcement import (
    CaseOutcome,
    CaseState,
    CoercionForm,
    DecisionKind,
    DecisionState,
    ObjectionOutcome,
)
from wastewater.forms.fields import DayField
from wastewater.forms.filters import ALL, DistrictField
from wastewater.forms.inspections import TextBox
from wastewater.models import Finding, LegalArticle

ACCEPT = {"accept": "image/*,application/pdf"}


class CaseForm(forms.Form):
    """A case and the findings that it rests on."""

    title = forms.CharField(label=_("Perkara"), max_length=150)
    findings = forms.ModelMultipleChoiceField(
        label=_("Temuan yang mendasari"),
        queryset=Finding.objects.none(),
        to_field_name="public_id",
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Hanya temuan yang dikuatkan dan belum diperbaiki."),
    )

    def __init__(self, *args, findings, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["findings"].queryset = findings  # type: ignore[attr-defined]  # declared above


class DecisionForm(forms.Form):
    """The draft of a decision."""

    kind = forms.ChoiceField(label=_("Jenis keputusan"), choices=DecisionKind)
    coercion_forms = forms.MultipleChoiceField(
        label=_("Bentuk paksaan"),
        choices=CoercionForm,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Hanya untuk paksaan pemerintah."),
    )
    articles = forms.ModelMultipleChoiceField(
        label=_("Dasar hukum"), queryset=LegalArticle.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    considerations = TextBox(label=_("Pertimbangan"), rows=5)
    orders = TextBox(
        label=_("Perintah"), rows=4, help_text=_("Satu perintah per baris, semua dengan tenggat di bawah.")
    )
    due_on = DayField(
        label=_("Tenggat"), help_text=_("Tenggat lain per perintah dapat ditambahkan di halaman keputusan.")
    )
    fine_idr = forms.IntegerField(
        label=_("Denda (rupiah)"),
        required=False,
        min_value=1,
        max_value=3_000_000_000,
        help_text=_("Hanya untuk denda administratif, menurut keputusannya. Portal tidak menghitung denda."),
    )

    without_coaching_reason = TextBox(
        label=_("Alasan tanpa pembinaan lebih dahulu"),
        rows=2,
        required=False,
        help_text=_("Hanya diisi bila usaha ini belum dibina; pembinaan adalah langkah pertama."),
    )

    def __init__(self, *args, articles, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["articles"].queryset = articles  # type: ignore[attr-defined]  # declared above
        self.fields["articles"].label_from_instance = _article_in_words  # type: ignore[attr-defined]

    def clean(self):
        chosen = super().clean() or self.cleaned_data
        kind = chosen.get("kind")
        if kind == DecisionKind.COERCION and not chosen.get("coercion_forms"):
            self.add_error("coercion_forms", _("Pilih sedikitnya satu bentuk paksaan."))
        if kind and chosen.get("articles") and any(article.kind != kind for article in chosen["articles"]):
            self.add_error("articles", _("Ada pasal yang bukan untuk jenis keputusan ini."))
        if kind != DecisionKind.FINE and chosen.get("fine_idr"):
            self.add_error("fine_idr", _("Jumlah denda hanya untuk denda administratif."))
        return chosen

    def draft(self) -> Draft:
        cleaned = self.cleaned_data
        lines = [line.strip() for line in cleaned["orders"].splitlines() if line.strip()]
        return Draft(
            kind=cleaned["kind"],
            considerations=cleaned["considerations"],
            articles=list(cleaned["articles"]),
            orders=[Order(line, cleaned["due_on"]) for line in lines],
            coercion_forms=cleaned["coercion_forms"],
            fine_idr=cleaned["fine_idr"],
            without_coaching_reason=cleaned.get("without_coaching_reason", ""),
        )


def _article_in_words(article: LegalArticle) -> str:
    return f"{article.get_kind_display()}: {article.citation} – {article.summary}"


class EscalateForm(DecisionForm):
    """A heavier decision, and why."""

    note = TextBox(label=_("Mengapa ditingkatkan"))
    without_coaching_reason = None  # type: ignore[assignment]  # the decision before it has answered that
    field_order = ["note"]


class OrderForm(forms.Form):
    text = TextBox(label=_("Perintah"), rows=2)
    due_on = DayField(label=_("Tenggat"))
    finding = forms.ModelChoiceField(
        label=_("Menyangkut temuan"), queryset=Finding.objects.none(), required=False, empty_label=_("Semua temuan")
    )

    def __init__(self, *args, findings, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["finding"].queryset = findings  # type: ignore[attr-defined]  # declared above


class ApproveForm(forms.Form):
    """What the signed decree says."""

    decree_number = forms.CharField(label=_("Nomor keputusan"), max_length=80)
    decree_on = DayField(label=_("Tanggal keputusan"))
    fine_idr = forms.IntegerField(
        label=_("Denda (rupiah)"), required=False, min_value=1, max_value=3_000_000_000,
        help_text=_("Hanya untuk denda administratif, menurut keputusannya."),
    )  # fmt: skip


class ServeForm(forms.Form):
    served_on = DayField(label=_("Disampaikan tanggal"))
    served_to = forms.CharField(label=_("Diterima oleh"), max_length=120)


class InForceForm(forms.Form):
    in_force_on = DayField(label=_("Berlaku sejak"))


class DoneForm(forms.Form):
    """What was handed in about one order."""

    done_on = DayField(label=_("Dilaksanakan tanggal"))
    evidence_note = TextBox(label=_("Bukti"))
    file = forms.FileField(label=_("Foto atau berkas"), required=False, widget=forms.FileInput(attrs=ACCEPT))


class ExtendForm(forms.Form):
    until = DayField(label=_("Diperpanjang sampai"))
    reason = forms.CharField(label=_("Alasan"), max_length=300)


class NoteForm(forms.Form):
    note = TextBox(label=_("Keterangan"))


class LiftForm(forms.Form):
    reason = TextBox(label=_("Alasan dicabut"))


class ObjectionForm(forms.Form):
    submitted_on = DayField(label=_("Diajukan tanggal"))
    text = TextBox(label=_("Isi keberatan"), rows=5)
    file = forms.FileField(label=_("Berkas"), required=False, widget=forms.FileInput(attrs=ACCEPT))


class OwnObjectionForm(ObjectionForm):
    """An objection that the owner makes herself, today."""

    submitted_on = None  # type: ignore[assignment]  # the day of sending


class DecideObjectionForm(forms.Form):
    outcome = forms.ChoiceField(
        label=_("Putusan"),
        choices=[
            (one.value, one.label)
            for one in (ObjectionOutcome.GRANTED, ObjectionOutcome.PARTLY, ObjectionOutcome.REJECTED)
        ],
        widget=forms.RadioSelect,
        help_text=_("Keberatan yang dikabulkan mencabut keputusannya."),
    )
    reason = TextBox(label=_("Alasan"))


class MilestoneForm(forms.Form):
    text = forms.CharField(label=_("Tahap perbaikan"), max_length=200)
    due_on = DayField(label=_("Tenggat"))


class ReachForm(forms.Form):
    done_on = DayField(label=_("Tercapai tanggal"))
    evidence_note = forms.CharField(label=_("Bukti"), max_length=300)


class CloseCaseForm(forms.Form):
    outcome = forms.ChoiceField(label=_("Akhir perkara"), choices=CaseOutcome, widget=forms.RadioSelect)
    note = TextBox(label=_("Alasan"))


class CoachingForm(forms.Form):
    """Who was coached about what, and what was agreed."""

    held_on = DayField(label=_("Tanggal"))
    topic = forms.CharField(label=_("Pokok pembinaan"), max_length=150)
    agreement = TextBox(label=_("Yang disepakati"))
    next_visit_on = DayField(label=_("Dilihat lagi tanggal"), required=False)

    def clean(self):
        chosen = super().clean() or self.cleaned_data
        if chosen.get("next_visit_on") and chosen.get("held_on") and chosen["next_visit_on"] < chosen["held_on"]:
            self.add_error("next_visit_on", _("Kunjungan berikutnya harus sesudah pembinaan."))
        return chosen


class CaseFilter(forms.Form):
    """What the list of cases can be narrowed by."""

    cari = forms.CharField(label=_("Cari usaha, IPAL, perkara atau nomor"), required=False, max_length=80)
    kecamatan = DistrictField()
    keadaan = forms.ChoiceField(label=_("Keadaan"), required=False, choices=[ALL, *CaseState.choices])
    jenis = forms.ChoiceField(label=_("Memuat keputusan"), required=False, choices=[ALL, *DecisionKind.choices])
    keputusan = forms.ChoiceField(label=_("Keadaan keputusan"), required=False, choices=[ALL, *DecisionState.choices])
