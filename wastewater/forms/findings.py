"""Forms about findings: recording, replying, deciding, curing."""

from django import forms
from django.utils.translation import gettext_lazy as _

from batikportal import formats
from wastewater.choices.enforcement import FindingOutcome, FindingState
from wastewater.choices.inspections import Aspect
from wastewater.forms.fields import DayField
from wastewater.forms.filters import ALL, DistrictField
from wastewater.forms.inspections import TextBox
from wastewater.models import Sample, Violation
from wastewater.rules import enforcement as rules

MOST_FILES = 6


class SeveralFilesInput(forms.FileInput):
    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    """Photos and papers, up to six at once."""

    def __init__(self, **kwargs):
        kwargs.setdefault("required", False)
        kwargs.setdefault("widget", SeveralFilesInput(attrs={"accept": "image/*,application/pdf", "multiple": True}))
        super().__init__(**kwargs)

    def clean(self, data, initial=None):
        uploads = data if isinstance(data, list | tuple) else [data] if data else []
        if len(uploads) > MOST_FILES:
            raise forms.ValidationError(_("Paling banyak %(count)s berkas sekaligus.") % {"count": MOST_FILES})
        return [super(SeveralFilesField, self).clean(one, initial) for one in uploads]


class FindingForm(forms.Form):
    """What does not comply, with its evidence."""

    aspect = forms.ChoiceField(label=_("Aspek"), choices=Aspect)
    title = forms.CharField(label=_("Temuan dalam satu kalimat"), max_length=150)
    description = TextBox(label=_("Uraian"), help_text=_("Apa yang terlihat, di mana, kapan. Usaha membaca ini."))
    requested_action = TextBox(label=_("Yang harus diperbaiki"), required=False)
    sample = forms.ModelChoiceField(
        label=_("Hasil uji yang mendasari"),
        queryset=Sample.objects.none(),
        to_field_name="public_id",
        required=False,
        empty_label=_("Tidak ada"),
    )
    violations = forms.ModelMultipleChoiceField(
        label=_("Pelanggaran yang mendasari"),
        queryset=Violation.objects.none(),
        to_field_name="public_id",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Pelanggaran yang terlihat di lapangan ikut selesai bila perbaikan temuan ini terbukti."),
    )
    attachments = SeveralFilesField(label=_("Foto atau berkas bukti"))

    def __init__(self, *args, samples, violations, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["sample"].queryset = samples  # type: ignore[attr-defined]  # declared above
        chosen = self.fields["violations"]
        chosen.queryset = violations  # type: ignore[attr-defined]  # declared above
        chosen.label_from_instance = _violation_in_words  # type: ignore[attr-defined]
        if not violations:
            del self.fields["violations"]


def _violation_in_words(violation: Violation) -> str:
    return f"{formats.day(violation.occurred_on)}: {violation.get_kind_display()} – {violation.what}"


class ExtendReplyForm(forms.Form):
    until = DayField(label=_("Hak jawab sampai"))
    reason = forms.CharField(label=_("Alasan"), max_length=250)


class ReplyForm(forms.Form):
    """The firm's own answer."""

    text = TextBox(label=_("Tanggapan Anda"), rows=6)
    attachments = SeveralFilesField(label=_("Foto atau berkas"))
    is_final = forms.BooleanField(
        label=_("Tanggapan saya sudah lengkap; dinas boleh memutuskan sekarang"),
        required=False,
        help_text=_("Bila tidak dicentang, Anda masih dapat menambah tanggapan sampai tenggat."),
    )


class AssistedReplyForm(ReplyForm):
    """An answer that an officer writes down for the firm."""

    spoken_by = forms.CharField(
        label=_("Disampaikan oleh"), max_length=120, help_text=_("Nama orang dari pihak usaha yang menjawab.")
    )
    field_order = ["spoken_by"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].label = _("Tanggapan usaha")
        self.fields["is_final"].label = _("Usaha menyatakan tanggapannya sudah lengkap")
        self.fields["is_final"].help_text = _("Bila tidak dicentang, usaha masih dapat menambah sampai tenggat.")


class CureReportForm(forms.Form):
    """The firm says what it put right."""

    text = TextBox(label=_("Apa yang sudah diperbaiki"), rows=5)
    attachments = SeveralFilesField(label=_("Foto atau berkas"))


class DecideFindingForm(forms.Form):
    """What the office decides, and why."""

    outcome = forms.ChoiceField(label=_("Putusan"), choices=FindingOutcome, widget=forms.RadioSelect)
    reason = TextBox(label=_("Alasan"), help_text=_("Usaha membaca ini. Jawab juga isi tanggapannya."))
    adjusted_text = TextBox(
        label=_("Bunyi temuan setelah diubah"), required=False, help_text=_("Wajib bila dikuatkan dengan perubahan.")
    )
    cure_due_on = DayField(
        label=_("Diperbaiki paling lambat"), required=False, help_text=_("Wajib kecuali temuan dibatalkan.")
    )

    def clean(self):
        chosen = super().clean() or self.cleaned_data
        outcome = chosen.get("outcome")
        if outcome == FindingOutcome.ADJUSTED and not chosen.get("adjusted_text"):
            self.add_error("adjusted_text", _("Tulis bunyi temuan setelah diubah."))
        if outcome in rules.STANDING_OUTCOMES and not chosen.get("cure_due_on") and "cure_due_on" not in self.errors:
            self.add_error("cure_due_on", _("Tetapkan sampai kapan harus diperbaiki."))
        return chosen


class CureForm(forms.Form):
    cured_on = DayField(label=_("Diperbaiki pada"))
    note = TextBox(label=_("Bukti perbaikan"))


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Alasan"), max_length=250)


class FindingFilter(forms.Form):
    """What the list of findings can be narrowed by."""

    cari = forms.CharField(label=_("Cari usaha, IPAL, temuan atau nomor"), required=False, max_length=80)
    kecamatan = DistrictField()
    keadaan = forms.ChoiceField(label=_("Keadaan"), required=False, choices=[ALL, *FindingState.choices])
    putusan = forms.ChoiceField(label=_("Putusan"), required=False, choices=[ALL, *FindingOutcome.choices])
    aspek = forms.ChoiceField(label=_("Aspek"), required=False, choices=[ALL, *Aspect.choices])
    tahun = forms.IntegerField(
        label=_("Tahun dicatat"), required=False, min_value=2000, max_value=2100,
        widget=forms.NumberInput(attrs={"class": "short"}),
    )  # fmt: skip
