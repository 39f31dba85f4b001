"""The form of a monitoring point: where water is taken, whose it is, and what decides its limits."""

from typing import Any, cast

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from batikportal.forms.enterprise_field import EnterpriseField
from batikportal.forms.enterprises import WardField
from wastewater.choices import Arrangement, PointKind, PointPosition, Process
from wastewater.forms.connections import PlantField
from wastewater.forms.fields import FigureField
from wastewater.forms.scenarios import CoordinateField
from wastewater.models import DischargePoint, WaterBody

OWNERS = ("enterprise", "plant", "water_body")


class WaterField(forms.ModelChoiceField):
    """A river or canal."""

    def __init__(self, **kwargs: Any):
        super().__init__(queryset=WaterBody.objects.order_by("name"), required=False, **kwargs)


class PointForm(forms.Form):
    """One point. Its kind says who owns it: rivers have receiving points, businesses and plants in- and outlets."""

    code = forms.CharField(
        label=_("Kode titik"),
        max_length=30,
        help_text=_("Pendek dan tetap, misalnya LOJI-1; tertulis pada label botol dan berkas laboratorium."),
        widget=forms.TextInput(attrs={"class": "medium", "autocapitalize": "characters", "autocomplete": "off"}),
    )
    name = forms.CharField(label=_("Nama titik"), max_length=120, help_text=_("Misalnya Outlet IPAL Jenggot."))
    kind = forms.ChoiceField(label=_("Jenis titik"), choices=PointKind.choices, widget=forms.RadioSelect)
    enterprise = EnterpriseField(required=False, label=_("Milik usaha"))
    plant = PlantField(required=False, empty_label=_("Bukan IPAL"), label=_("Milik IPAL"))
    water_body = WaterField(label=_("Di sungai atau saluran"), empty_label=_("Bukan titik sungai"))
    position = forms.ChoiceField(
        label=_("Posisi di sungai"), required=False, choices=[("", _("Tidak disebut")), *PointPosition.choices]
    )
    ward = WardField()
    latitude = CoordinateField(label=_("Lintang"), help_text=_("Misalnya -6,88869"))
    longitude = CoordinateField(label=_("Bujur"), help_text=_("Misalnya 109,67601"))
    location_estimated = forms.BooleanField(label=_("Letaknya perkiraan"), required=False)
    discharge_m3_per_day = FigureField(
        label=_("Debit"),
        unit="m³/hari",
        places=2,
        minimum=0,
        maximum=1_000_000,
        help_text=_("Menentukan kelas baku mutu: nilai izin bila ada, selain itu rata-rata harian terukur."),
    )
    discharge_basis = forms.CharField(label=_("Dasar angka debit"), required=False, max_length=120)
    arrangement = forms.ChoiceField(label=_("Sistem pengolahan"), choices=Arrangement.choices)
    process = forms.ChoiceField(
        label=_("Proses yang dibuang"),
        required=False,
        choices=[("", _("Semua proses")), *Process.choices],
        help_text=_("Menentukan beban maksimum (kg/ton)."),
    )
    receiving_water = WaterField(label=_("Dibuang ke"), empty_label=_("Tidak diketahui"))
    is_active = forms.BooleanField(
        label=_("Masih dipantau"), required=False, help_text=_("Tanpa centang, titik tidak ditawarkan lagi.")
    )

    def __init__(self, *args, user, permission: str, point: DischargePoint | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.point = point
        cast(EnterpriseField, self.fields["enterprise"]).user = user
        wards = cast(forms.ModelChoiceField, self.fields["ward"])
        areas = user.areas_for(permission)
        if areas is not None and wards.queryset is not None:
            wards.queryset = wards.queryset.filter(Q(pk__in=areas) | Q(parent__in=areas))

    @staticmethod
    def initial_of(point: DischargePoint) -> dict[str, Any]:
        """What stands now."""
        return {name: getattr(point, name) for name in PointForm.base_fields} | {
            "plant": point.plant.code if point.plant else None,
            "ward": point.ward_id,
        }

    def clean_code(self) -> str:
        code = self.cleaned_data["code"].strip().upper()
        others = DischargePoint.objects.filter(code__iexact=code)
        if self.point:
            others = others.exclude(pk=self.point.pk)
        if others.exists():
            raise forms.ValidationError(_("Kode ini sudah dipakai titik lain. Pilih kode lain."))
        return code

    def clean_discharge_m3_per_day(self):
        figure = self.cleaned_data["discharge_m3_per_day"]
        if figure == 0:
            raise forms.ValidationError(_("Debit harus lebih dari nol; kosongkan bila belum diketahui."))
        return figure

    def clean(self):
        chosen = super().clean() or self.cleaned_data
        named = [name for name in OWNERS if chosen.get(name)]
        is_river = chosen.get("kind") == PointKind.RECEIVING
        if self.errors.keys().isdisjoint(OWNERS):
            if is_river and named != ["water_body"]:
                self.add_error("water_body", _("Titik sungai: pilih sungai atau salurannya, tanpa usaha dan IPAL."))
            elif not is_river and (len(named) != 1 or named == ["water_body"]):
                self.add_error("enterprise", _("Inlet dan outlet: isi tepat satu, usaha atau IPAL."))
        if chosen.get("position") and not is_river:
            self.add_error("position", _("Hulu, tengah dan hilir hanya untuk titik di badan air."))
        if (chosen.get("latitude") is None) != (chosen.get("longitude") is None) and self.errors.keys().isdisjoint(
            ("latitude", "longitude")
        ):
            self.add_error("latitude", _("Isi lintang dan bujur bersama-sama."))
        return chosen
