"""Programmes, host groups and pipeline counts in the Django admin; people's placements stand on their own pages."""

from django.contrib import admin

from batikportal.admin.entity import EntityAdmin
from workforce.models import ApprenticeshipProgramme, HostGroup, PipelineActivity


@admin.register(ApprenticeshipProgramme)
class ApprenticeshipProgrammeAdmin(EntityAdmin):
    list_display = ("title", "form", "organiser", "funding")
    list_filter = ("form",)
    search_fields = ("title", "organiser")
    readonly_fields = ("source", "created_at", "created_by")


@admin.register(HostGroup)
class HostGroupAdmin(EntityAdmin):
    list_display = ("name", "coordinator")
    search_fields = ("name",)
    readonly_fields = ("source", "created_at", "created_by")


@admin.register(PipelineActivity)
class PipelineActivityAdmin(EntityAdmin):
    list_display = ("title", "kind", "institution", "from_on", "participants", "source_text")
    list_filter = ("kind",)
    search_fields = ("title", "institution")
    readonly_fields = ("source", "created_at", "created_by")
    date_hierarchy = "from_on"
