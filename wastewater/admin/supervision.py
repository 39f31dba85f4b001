"""Inspection and enforcement in the admin: dated figures, articles and checklists are edited, the rest is only read."""

from django.contrib import admin
from django.db.models import CharField, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _

from batikportal.admin.entity import EntityAdmin
from wastewater import permissions
from wastewater.admin.inlines import FIGURES, NarrowInline
from wastewater.admin.readonly import NamesPeopleAdmin
from wastewater.admin.subjects import SubjectColumn
from wastewater.models import (
    Checklist,
    ChecklistItem,
    EnforcementCase,
    Finding,
    Inspection,
    LegalArticle,
    SupervisionSetting,
)

BY_DISTRICT = ("ward__parent", admin.RelatedOnlyFieldListFilter)


@admin.register(SupervisionSetting)
class SupervisionSettingAdmin(EntityAdmin):
    formfield_overrides = FIGURES
    list_display = ("key", "number", "effective_from", "effective_until", "legal_basis", "confidence")
    list_filter = ("confidence",)
    search_fields = ("legal_basis",)
    readonly_fields = ("source", "created_at", "created_by")
    ordering = ("key", "-effective_from")


@admin.register(LegalArticle)
class LegalArticleAdmin(EntityAdmin):
    list_display = ("citation", "kind", "summary", "effective_from", "effective_until", "confidence")
    list_filter = ("kind", "confidence")
    search_fields = ("citation", "summary")
    readonly_fields = ("source", "created_at", "created_by")
    ordering = ("kind", "citation")


class ChecklistItemInline(NarrowInline):
    model = ChecklistItem
    fields = ("place", "aspect", "question", "legal_basis")


@admin.register(Checklist)
class ChecklistAdmin(EntityAdmin):
    list_display = ("version", "effective_from", "effective_until", "note")
    search_fields = ("note",)
    readonly_fields = ("source", "created_at", "created_by")
    inlines = (ChecklistItemInline,)
    ordering = ("-version",)


class ReadOnlyForInspectors(SubjectColumn, NamesPeopleAdmin):
    def may_read(self, user) -> bool:
        return permissions.may_read_inspections(user)


@admin.register(Inspection)
class InspectionAdmin(ReadOnlyForInspectors):
    list_display = ("number", "subject", "planned_for", "origin", "state", "page")
    list_filter = ("state", "kind", "origin", "year", BY_DISTRICT)
    search_fields = ("enterprise__name", "plant__name", "report_number", "assignment_number")
    ordering = ("-year", "-quarter", "-pk")

    @admin.display(description=_("Nomor"), ordering="pk")
    def number(self, inspection: Inspection) -> str:
        return inspection.number

    @admin.display(description=_("Rencana"), ordering=Concat("year", Value("-T"), "quarter", output_field=CharField()))
    def planned_for(self, inspection: Inspection) -> str:
        return f"{inspection.year}-T{inspection.quarter}"


@admin.register(Finding)
class FindingAdmin(ReadOnlyForInspectors):
    list_display = ("__str__", "subject", "state", "outcome", "reply_due_on", "page")
    list_filter = ("state", "outcome", "aspect", BY_DISTRICT)
    search_fields = ("title", "enterprise__name", "plant__name")
    ordering = ("-pk",)


@admin.register(EnforcementCase)
class EnforcementCaseAdmin(ReadOnlyForInspectors):
    list_display = ("__str__", "subject", "opened_on", "state", "outcome", "page")
    list_filter = ("state", "outcome", BY_DISTRICT)
    search_fields = ("title", "enterprise__name", "plant__name")
    ordering = ("-opened_on", "-pk")
