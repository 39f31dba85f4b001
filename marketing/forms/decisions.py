"""Forms about decisions and batches."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from marketing.choices import Outcome


class DecideForm(forms.Form):
    """One outcome for the chosen applications."""

    outcome = forms.ChoiceField(label=_("Keputusan"), choices=Outcome.choices, widget=forms.RadioSelect())
    rank = forms.IntegerField(
        label=_("Urutan cadangan, mulai dari"),
        min_value=1,
        max_value=999,
        required=False,
        widget=forms.NumberInput(attrs={"class": "short"}),
        help_text=_("Hanya untuk cadangan. Tanpa angka, cadangan berurut menurut waktu pendaftaran."),
    )
    reason = forms.CharField(
        label=_("Alasan"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Wajib bila belum diterima. Dibaca pendaftar setelah hasil dirilis, tidak sebelumnya."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("outcome") == Outcome.REJECTED and not cleaned.get("reason", "").strip():
            self.add_error("reason", _("Tulis alasannya; pendaftar yang belum diterima membaca alasan ini."))
        if cleaned.get("rank") and cleaned.get("outcome") != Outcome.WAITLISTED:
            self.add_error("rank", _("Urutan hanya untuk cadangan. Kosongkan."))
        return cleaned


class BatchForm(forms.Form):
    """A note on a new batch."""

    note = forms.CharField(
        label=_("Catatan"), max_length=250, required=False, help_text=_("Contoh: hasil rapat seleksi 3 Desember.")
    )
