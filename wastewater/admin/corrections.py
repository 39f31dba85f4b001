"""Corrections in the admin, to read and export; asking and deciding happen on the portal's own pages."""

from django.contrib import admin

from batikportal.admin.entity import EntityAdmin
from wastewater.admin.readonly import EveryColumn
from wastewater.models import ResultCorrection


@admin.register(ResultCorrection)
class ResultCorrectionAdmin(EveryColumn, EntityAdmin):
    list_display = ("__str__", "state", "requested_by", "requested_at", "decided_by", "page")
    list_filter = ("state", "result__parameter")
    list_select_related = ("result__parameter", "requested_by", "decided_by")
    search_fields = ("result__sample__lab_number", "result__sample__point__code", "reason")
    ordering = ("-requested_at", "-pk")

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False
