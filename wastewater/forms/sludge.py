"""Forms about sludge: what comes into the store, what leaves it by manifest, receipt and voiding."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from wastewater.actions.sludge import Manifest
from wastewater.forms.fields import DayField, FigureField
from wastewater.models import PlantUnit, WasteCode


class KgField(FigureField):
    """A mass, more than nothing when it is given."""

    def __init__(self, **kwargs):
        settings: dict[str, Any] = {"label": _("Jumlah"), "unit": "kg", "places": 2, "minimum": 0, "maximum": 1_000_000}
        super().__init__(**settings | kwargs)

    def clean(self, value):
        kg = super().clean(value)
        if kg == 0:
            raise forms.ValidationError(_("Jumlah harus lebih dari nol."))
        return kg


class StoreForm(forms.Form):
    """Waste that came into the store."""

    waste_code = forms.ModelChoiceField(
        label=_("Kode limbah"), queryset=WasteCode.objects.none(), empty_label=_("Pilih kode")
    )
    stored_on = DayField(label=_("Tanggal masuk"))
    kg = KgField(required=True)
    unit = forms.ModelChoiceField(
        label=_("Dari unit"), queryset=PlantUnit.objects.none(), required=False, empty_label=_("Tidak disebut")
    )
    packaging = forms.CharField(label=_("Kemasan"), max_length=80, help_text=_("Misalnya karung 25 kg, drum 200 L."))
    generated_kg_per_day = FigureField(
        label=_("Timbulan rata-rata"),
        unit=_("kg/hari"),
        places=2,
        minimum=0,
        maximum=100_000,
        required=True,
        help_text=_("Menentukan batas simpan. Diisi dari 90 hari terakhir bila ada datanya; periksa kembali."),
    )
    note = forms.CharField(label=_("Catatan"), required=False, max_length=200)

    def __init__(self, *args, codes: QuerySet[WasteCode], units: QuerySet[PlantUnit], **kwargs):
        super().__init__(*args, **kwargs)
        cast(forms.ModelChoiceField, self.fields["waste_code"]).queryset = codes
        cast(forms.ModelChoiceField, self.fields["unit"]).queryset = units


class DispatchForm(forms.Form):
    """A manifest, and how much of each store entry leaves with it."""

    manifest_number = forms.CharField(label=_("Nomor manifes (Festronik)"), max_length=60)
    dispatched_on = DayField(label=_("Tanggal keluar"))
    carrier = forms.CharField(label=_("Pengangkut"), max_length=120)
    receiver = forms.CharField(
        label=_("Penerima"), max_length=120, help_text=_("Pengumpul, pengolah, pemanfaat atau penimbun.")
    )
    file = forms.FileField(
        label=_("Salinan manifes (PDF atau foto)"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "application/pdf,image/*"}),
    )
    note = forms.CharField(label=_("Catatan"), required=False, max_length=200)

    def __init__(self, *args, entries: Sequence[Any], **kwargs):
        super().__init__(*args, **kwargs)
        self.entries = entries
        for entry in entries:
            field = KgField(label=_("Dikirim"), maximum=entry.left_kg)
            field.widget.attrs["aria-label"] = f"{field.label}: {entry}"
            self.fields[f"kg-{entry.pk}"] = field

    def lines(self) -> list[tuple[Any, BoundField]]:
        """Each store entry with its field."""
        return [(entry, self[f"kg-{entry.pk}"]) for entry in self.entries]

    def head(self) -> list[BoundField]:
        """The fields of the manifest itself."""
        return [self[name] for name in ("manifest_number", "dispatched_on", "carrier", "receiver", "file", "note")]

    def kg_by_entry(self) -> dict[int, Decimal]:
        found = {entry.pk: self.cleaned_data[f"kg-{entry.pk}"] for entry in self.entries}
        return {entry: kg for entry, kg in found.items() if kg is not None}

    def manifest(self, file=None) -> Manifest:
        data = self.cleaned_data
        return Manifest(
            number=data["manifest_number"].strip(),
            dispatched_on=data["dispatched_on"],
            carrier=data["carrier"],
            receiver=data["receiver"],
            note=data["note"],
            file=file,
        )


class ReceiptForm(forms.Form):
    """When the receiver confirmed a manifest."""

    received_on = DayField(label=_("Tanggal diterima"))


class VoidDispatchForm(forms.Form):
    """Why a manifest is taken back."""

    reason = forms.CharField(label=_("Alasan pembatalan"), max_length=250)
