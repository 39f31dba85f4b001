"""Assumed rates of leaving in the Django admin: a newer value is a newer row, so that old runs stay explained."""

from django.contrib import admin

from workforce.models import RateAssumption


@admin.register(RateAssumption)
class RateAssumptionAdmin(admin.ModelAdmin):
    list_display = ("cause", "first_age", "probability", "valid_from", "source_text", "confidence")
    list_filter = ("cause", "confidence")
    search_fields = ("source_text", "note")

    def has_delete_permission(self, request, obj=None) -> bool:
        return False
