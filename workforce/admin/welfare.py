"""Reference rows of insurance and safety in the Django admin: columns of upload files, and hazards by step."""

from django.contrib import admin

from batikportal.admin.entity import EntityAdmin
from workforce.models import StepHazard, UploadColumn, UploadTemplate


class UploadColumnInline(admin.TabularInline):
    model = UploadColumn
    fields = ("position", "header", "field", "text")
    extra = 1


@admin.register(UploadTemplate)
class UploadTemplateAdmin(EntityAdmin):
    list_display = ("name", "note", "is_active")
    search_fields = ("name",)
    inlines = (UploadColumnInline,)


@admin.register(StepHazard)
class StepHazardAdmin(EntityAdmin):
    list_display = ("hazard", "step", "kind", "valid_from", "valid_until", "confidence")
    list_filter = ("kind", "step", "confidence")
    list_select_related = ("step",)
    search_fields = ("hazard", "harm")

    def has_delete_permission(self, request, obj=None) -> bool:
        return False
