"""Corrections in the admin, to read and export; asking and deciding happen on the portal's own pages."""

from django.contrib import admin

from wastewater.admin.readonly import ReadOnlyAdmin
from wastewater.models import ResultCorrection


@admin.register(ResultCorrection)
class ResultCorrectionAdmin(ReadOnlyAdmin):
    list_display = ("__str__", "state", "requested_by", "requested_at", "decided_by", "page")
    list_filter = ("state", "result__parameter")
    list_select_related = ("result__parameter", "requested_by", "decided_by")
    search_fields = ("result__sample__lab_number", "result__sample__point__code", "reason")
    ordering = ("-requested_at", "-pk")
