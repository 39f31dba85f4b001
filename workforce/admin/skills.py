"""Skills in the Django admin, read only: they are recorded and ended on the worker's page."""

from django.contrib import admin

from batikportal.admin.entity import EntityAdmin
from workforce import permissions
from workforce.models import SkillClaim


@admin.register(SkillClaim)
class SkillClaimAdmin(EntityAdmin):
    list_display = ("person", "step", "level", "evidence", "attested_by", "from_on", "until_on")
    list_filter = ("level", "evidence", "step")
    list_select_related = ("person", "step")
    search_fields = ("person__name",)
    ordering = ("person__name", "pk")

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_view_permission(self, request, obj=None) -> bool:
        return permissions.may_see_people(request.user)

    def has_export_permission(self, request) -> bool:
        return permissions.may_export(request.user)
