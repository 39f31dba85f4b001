"""Kinds of bottles in the admin to edit, steps of custody to read; steps are written on the hand-over page."""

from django.contrib import admin

from wastewater import permissions
from wastewater.admin.dated import DatedAdmin
from wastewater.admin.readonly import NamesPeopleAdmin
from wastewater.models import ContainerKind, CustodyEvent


@admin.register(ContainerKind)
class ContainerKindAdmin(DatedAdmin):
    list_display = ("name", "material", "volume_ml", "preservation", "confidence", "effective_until")
    list_filter = ("material", "confidence")
    search_fields = ("name", "code", "parameters__name")
    autocomplete_fields = ("parameters",)
    ordering = ("code",)


@admin.register(CustodyEvent)
class CustodyEventAdmin(NamesPeopleAdmin):
    list_display = ("sample", "step", "happened_at", "from_name", "to_name", "condition")
    list_filter = ("step", "condition")
    list_select_related = ("sample__point",)
    search_fields = ("sample__lab_number", "sample__point__code", "container__code")
    ordering = ("-happened_at", "-pk")

    def may_read(self, user) -> bool:
        return permissions.may_record_custody(user)
