"""Targets and holidays in the admin."""

from typing import cast

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from batikportal import contracts
from batikportal.admin.entity import EntityAdmin
from batikportal.choices import AreaLevel
from batikportal.models import Area, Holiday, Target


class TargetForm(forms.ModelForm):
    indicator = forms.ChoiceField(label=_("Indikator"))

    class Meta:
        model = Target
        fields = ("indicator", "year", "area", "value", "basis")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["indicator"]).choices = [
            (item.code, f"{item.title} ({item.unit})") for item in contracts.contributions("indicators")
        ]
        cast(forms.ModelChoiceField, self.fields["area"]).queryset = Area.objects.filter(level=AreaLevel.DISTRICT)


@admin.register(Target)
class TargetAdmin(EntityAdmin):
    form = TargetForm
    list_display = ("title", "year", "area", "value", "basis")
    list_filter = ("year", ("area", admin.RelatedOnlyFieldListFilter))
    search_fields = ("indicator", "basis")
    list_select_related = ("area",)
    ordering = ("-year", "indicator")

    @admin.display(description=_("Indikator"), ordering="indicator")
    def title(self, target: Target) -> str:
        titles = {item.code: str(item.title) for item in contracts.contributions("indicators")}
        return titles.get(target.indicator, target.indicator)


@admin.register(Holiday)
class HolidayAdmin(EntityAdmin):
    list_display = ("day", "name", "kind", "basis")
    list_filter = ("kind",)
    search_fields = ("name", "basis")
    ordering = ("-day",)

    def has_delete_permission(self, request, obj=None) -> bool:
        """A day that a later decree takes back is removed; the history keeps it."""
        return request.user.has_perm("batikportal.delete_holiday")
