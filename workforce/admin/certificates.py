"""Schemes of certification in the Django admin; certificates read only, they are recorded on the worker's page."""

from django.contrib import admin

from batikportal.admin.entity import EntityAdmin
from workforce import permissions
from workforce.models import CompetencyCertificate, CompetencyScheme


@admin.register(CompetencyScheme)
class CompetencySchemeAdmin(admin.ModelAdmin):
    list_display = ("title", "step", "legal_basis", "is_offered")
    list_filter = ("is_offered",)
    list_select_related = ("step",)
    search_fields = ("title", "code")

    def has_delete_permission(self, request, obj=None) -> bool:
        return False


@admin.register(CompetencyCertificate)
class CompetencyCertificateAdmin(EntityAdmin):
    list_display = ("person", "scheme", "body", "number", "issued_on", "valid_until")
    list_filter = ("scheme",)
    list_select_related = ("person", "scheme")
    search_fields = ("person__name", "number")
    ordering = ("person__name", "pk")

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_view_permission(self, request, obj=None) -> bool:
        return permissions.may_see_people(request.user)

    def has_export_permission(self, request) -> bool:
        return permissions.may_export(request.user)
