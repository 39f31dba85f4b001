"""Pairs that may be one person in the Django admin, read only: they are decided on the review page."""

from django.contrib import admin

from batikportal.admin.entity import EntityAdmin
from workforce.models import DuplicateCandidate


@admin.register(DuplicateCandidate)
class DuplicateCandidateAdmin(EntityAdmin):
    list_display = ("first", "second", "rule", "score", "state", "decided_by", "decided_at")
    list_filter = ("state", "rule")
    list_select_related = ("first", "second", "decided_by")
    search_fields = ("first__name", "second__name")
    ordering = ("-score", "pk")

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_view_permission(self, request, obj=None) -> bool:
        return request.user.has_perm("workforce.merge_person")

    def has_export_permission(self, request) -> bool:
        return False
