"""Forms about programmes and activities."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from batikportal.forms.enterprises import RupiahField
from marketing import rules
from marketing.choices import ActivityState, ProgrammeKind, QuotaKind, SelectionMode
from marketing.forms.moments import DayInput, MomentField
from marketing.models import Activity, Programme, Quota


class ProgrammeForm(forms.ModelForm):
    """A budget line under which activities are held."""

    class Meta:
        model = Programme
        fields = ["kind", "name", "office", "year", "fund_source", "budget_code", "budget_code_version"]
        widgets = {
            "year": forms.NumberInput(attrs={"class": "short"}),
            "budget_code": forms.TextInput(attrs={"class": "medium"}),
        }


class ActivityForm(forms.ModelForm):
    """An activity with its seats over all; further quotas, rules and sessions have pages of their own."""

    programme = forms.ModelChoiceField(label=_("Program"), queryset=Programme.objects.order_by("-year", "name"))
    seats_count = forms.IntegerField(
        label=_("Jumlah kursi"),
        min_value=1,
        max_value=10_000,
        required=False,
        widget=forms.NumberInput(attrs={"class": "short"}),
        help_text=_("Kuota lain, misalnya untuk yang belum pernah ikut, diatur setelah disimpan."),
    )
    registration_opens_at = MomentField(
        label=_("Pendaftaran dibuka"), error_messages={"required": _("Isi kapan pendaftaran dibuka.")}
    )
    registration_closes_at = MomentField(
        label=_("Pendaftaran ditutup"), error_messages={"required": _("Isi kapan pendaftaran ditutup.")}
    )
    starts_at = MomentField(label=_("Kegiatan mulai"), error_messages={"required": _("Isi kapan kegiatan mulai.")})
    ends_at = MomentField(label=_("Kegiatan selesai"), error_messages={"required": _("Isi kapan kegiatan selesai.")})
    fee_idr = RupiahField(label=_("Biaya peserta (rupiah)"), help_text=_("Kosongkan bila gratis."))
    budget_idr = RupiahField(label=_("Anggaran kegiatan (rupiah)"), help_text=_("Tidak ditampilkan kepada umum."))

    class Meta:
        model = Activity
        fields = [
            "programme",
            "title",
            "summary",
            "description",
            "venue",
            "is_online",
            "registration_opens_at",
            "registration_closes_at",
            "starts_at",
            "ends_at",
            "selection_mode",
            "decision_due_on",
            "signing_rule",
            "motivation_question",
            "instructions",
            "contact_phone",
            "fee_idr",
            "budget_idr",
        ]
        widgets = {
            "summary": forms.Textarea(attrs={"rows": 3}),
            "description": forms.Textarea(attrs={"rows": 6}),
            "instructions": forms.Textarea(attrs={"rows": 4}),
            "decision_due_on": DayInput(),
            "selection_mode": forms.RadioSelect(),
            "signing_rule": forms.RadioSelect(),
            "contact_phone": forms.TextInput(attrs={"class": "medium", "inputmode": "tel"}),
        }

    field_order = ["programme", "title", "summary", "description", "venue", "is_online", "seats_count"]

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            over_all = Quota.objects.filter(activity=self.instance, kind=QuotaKind.ALL).first()
            self.fields["seats_count"].initial = over_all.size if over_all else None

    def clean_fee_idr(self) -> int:
        return self.cleaned_data["fee_idr"] or 0

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        names = ("registration_opens_at", "registration_closes_at", "starts_at", "ends_at")
        opens_at, closes_at, starts_at, ends_at = (cleaned.get(name) for name in names)
        if opens_at and closes_at and starts_at and ends_at:
            objection = rules.dates_objection(
                opens_at=opens_at, closes_at=closes_at, starts_at=starts_at, ends_at=ends_at
            )
            if objection:
                self.add_error(*objection)
        return cleaned


class CopyForm(forms.Form):
    """The few things that differ from last year."""

    programme = forms.ModelChoiceField(label=_("Program"), queryset=Programme.objects.order_by("-year", "name"))
    title = forms.CharField(label=_("Nama kegiatan"), max_length=150)
    starts_at = MomentField(
        label=_("Kegiatan mulai"),
        help_text=_("Semua tanggal lain bergeser dengan jarak yang sama."),
        error_messages={"required": _("Isi kapan kegiatan mulai.")},
    )


class ReasonForm(forms.Form):
    """A reason that people will read."""

    reason = forms.CharField(
        label=_("Alasan"),
        max_length=250,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Alasan ini dibaca pendaftar dan tersimpan di riwayat."),
    )


class ActivityFilter(forms.Form):
    """Filters of the staff list of activities; everything optional."""

    cari = forms.CharField(label=_("Cari nama kegiatan"), required=False)
    jenis = forms.ChoiceField(label=_("Jenis"), choices=[("", _("Semua")), *ProgrammeKind.choices], required=False)
    status = forms.ChoiceField(label=_("Status"), choices=[("", _("Semua")), *ActivityState.choices], required=False)
    cara = forms.ChoiceField(
        label=_("Cara seleksi"), choices=[("", _("Semua")), *SelectionMode.choices], required=False
    )
    tahun = forms.IntegerField(
        label=_("Tahun"),
        required=False,
        min_value=2000,
        max_value=2100,
        widget=forms.NumberInput(attrs={"class": "short"}),
    )


class CallFilter(forms.Form):
    """Filter of the public list."""

    jenis = forms.ChoiceField(label=_("Jenis"), choices=[("", _("Semua")), *ProgrammeKind.choices], required=False)
