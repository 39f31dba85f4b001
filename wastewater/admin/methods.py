"""The standard methods in the admin."""

from django.contrib import admin

from wastewater.admin.dated import DatedAdmin
from wastewater.models import AnalysisMethod


@admin.register(AnalysisMethod)
class AnalysisMethodAdmin(DatedAdmin):
    list_display = ("parameter", "method", "quantification_limit", "holding_hours", "confidence", "effective_until")
    list_filter = ("confidence",)
    list_select_related = ("parameter",)
    search_fields = ("parameter__name", "parameter__code", "method")
    autocomplete_fields = ("parameter",)
    ordering = ("parameter__display_order", "method")
