"""Forms about connections of enterprises to plants."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from batikportal.forms.enterprise_field import EnterpriseField
from batikportal.forms.imports import OfImport
from wastewater.forms.fields import DayField, FigureField
from wastewater.forms.filters import DistrictField
from wastewater.models import TreatmentPlant

PERIODS = [
    ("", _("Berlaku hari ini")),
    ("akan", _("Akan mulai")),
    ("berakhir", _("Sudah berakhir")),
    ("semua", _("Semua")),
]


class PlantField(forms.ModelChoiceField):
    """A plant, named in the address by its code."""

    def __init__(self, **kwargs):
        settings: dict[str, Any] = {
            "label": _("IPAL"),
            "queryset": TreatmentPlant.objects.order_by("name"),
            "to_field_name": "code",
        }
        super().__init__(**settings | kwargs)


class ConnectionFilter(OfImport, forms.Form):
    """What the list of connections can be narrowed by."""

    cari = forms.CharField(label=_("Cari usaha, nomor registrasi atau IPAL"), required=False, max_length=80)
    ipal = PlantField(required=False, empty_label=_("Semua"))
    kecamatan = DistrictField()
    masa = forms.ChoiceField(label=_("Masa"), required=False, choices=PERIODS)


class VolumeField(FigureField):
    """A volume in m³/day, more than nothing."""

    def __init__(self, **kwargs):
        settings: dict[str, Any] = {
            "label": _("Volume dinyatakan"),
            "unit": "m³/hari",
            "places": 2,
            "minimum": 0,
            "maximum": 100_000,
        }
        super().__init__(**settings | {"required": True} | kwargs)

    def clean(self, value):
        volume = super().clean(value)
        if volume == 0:
            raise forms.ValidationError(_("Volume harus lebih dari nol."))
        return volume


class ConnectionForm(forms.Form):
    """Which enterprise sends how much to which plant, and since when."""

    enterprise = EnterpriseField()
    plant = PlantField(empty_label=_("Pilih IPAL"))
    declared_m3_per_day = VolumeField()
    valid_from = DayField(label=_("Tersambung sejak"))
    note = forms.CharField(
        label=_("Catatan"),
        required=False,
        max_length=200,
        help_text=_("Misalnya nomor perjanjian sambungan, atau diangkut truk sedot."),
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        cast(EnterpriseField, self.fields["enterprise"]).user = user


class VolumeForm(forms.Form):
    """Another volume from a day on."""

    declared_m3_per_day = VolumeField(label=_("Volume baru"))
    from_on = DayField(label=_("Berlaku sejak"))
    note = forms.CharField(label=_("Dasar perubahan"), required=False, max_length=200)


class EndForm(forms.Form):
    """The last day of a connection, and why it ends."""

    last_on = DayField(label=_("Hari terakhir tersambung"))
    reason = forms.CharField(label=_("Alasan"), max_length=200)
