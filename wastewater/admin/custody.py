"""Kinds of bottles in the admin to edit, steps of custody to read; steps are written on the hand-over page."""

from django.contrib import admin

from batikportal.admin.entity import EntityAdmin
from wastewater.admin.inlines import FIGURES
from wastewater.models import ContainerKind, CustodyEvent


@admin.register(ContainerKind)
class ContainerKindAdmin(admin.ModelAdmin):
    formfield_overrides = FIGURES
    list_display = ("name", "material", "volume_ml", "preservation", "confidence", "effective_until")
    list_filter = ("material", "confidence")
    search_fields = ("name", "code", "parameters__name")
    autocomplete_fields = ("parameters",)
    ordering = ("code",)

    def has_delete_permission(self, request, obj=None) -> bool:
        """A kind that is no longer used is ended, not deleted."""
        return False


@admin.register(CustodyEvent)
class CustodyEventAdmin(EntityAdmin):
    list_display = ("sample", "step", "happened_at", "from_name", "to_name", "condition")
    list_filter = ("step", "condition")
    list_select_related = ("sample__point",)
    search_fields = ("sample__lab_number", "sample__point__code", "container__code")
    ordering = ("-happened_at", "-pk")

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False
