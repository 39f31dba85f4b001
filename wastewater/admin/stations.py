"""Sensor stations and the rules of their figures in the admin; secrets are issued on the station's page only."""

from django import forms
from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from batikportal.admin.entity import EntityAdmin
from wastewater.actions import sensor_days
from wastewater.admin.dated import DatedAdmin
from wastewater.admin.inlines import FIGURES
from wastewater.choices.sensors import SensorParameter
from wastewater.models import SensorRule, SensorStation


class StationForm(forms.ModelForm):
    expected_parameters = forms.MultipleChoiceField(
        label=_("Parameter yang dikirim"), choices=SensorParameter.choices, widget=forms.CheckboxSelectMultiple
    )


@admin.register(SensorStation)
class SensorStationAdmin(EntityAdmin):
    form = StationForm
    formfield_overrides = FIGURES
    list_display = ("uid", "name", "point", "active_from", "active_until", "page")
    list_filter = ("is_published",)
    list_select_related = ("point",)
    search_fields = ("uid", "name", "point__code", "point__name")
    autocomplete_fields = ("point",)
    readonly_fields = ("source", "created_at", "created_by")
    ordering = ("uid",)

    def get_readonly_fields(self, request, obj=None):
        """The uid stands in the logger; another one would be another station."""
        return (*self.readonly_fields, "uid") if obj else self.readonly_fields

    def save_model(self, request, obj, form, change) -> None:
        super().save_model(request, obj, form, change)
        if change and {"permit_m3_per_day", "point", "expected_parameters"} & set(form.changed_data):
            count = sensor_days.judge_again(station=obj.pk, at=timezone.now())
            self.message_user(request, _("Hari stasiun ini dinilai ulang: %(new)s putusan baru.") % {"new": count})


@admin.register(SensorRule)
class SensorRuleAdmin(DatedAdmin):
    """A rule is never edited: it is ended, and another one follows."""

    list_display = ("effective_from", "effective_until", "hour_percent", "day_percent", "confidence")
    search_fields = ("legal_basis",)
    ordering = ("-effective_from",)

    def get_readonly_fields(self, request, obj=None):
        if obj is None:
            return ()
        return tuple(field.name for field in SensorRule._meta.fields if field.name not in ("id", "effective_until"))

    def save_model(self, request, obj, form, change) -> None:
        before = SensorRule.objects.filter(pk=obj.pk).values_list("effective_until", flat=True).first()
        super().save_model(request, obj, form, change)
        start = obj.effective_from
        if change:
            ends = [day for day in (before, obj.effective_until) if day is not None]
            start = min(ends) if ends else obj.effective_from
        count = sensor_days.refresh(start=start, end=None, at=timezone.now())
        self.message_user(request, _("Jam dan hari sensor dihitung ulang: %(new)s putusan baru.") % {"new": count})
