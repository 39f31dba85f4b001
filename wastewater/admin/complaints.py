"""What the office sets for complaints, from categories to routing; cases themselves have their board."""

from django.contrib import admin

from batikportal.admin.entity import EntityAdmin
from wastewater.models.complaints import (
    Agency,
    ColourHint,
    ComplaintCategory,
    ComplaintTerm,
    ResponseTemplate,
    RoutingRule,
)


@admin.register(ComplaintCategory)
class ComplaintCategoryAdmin(EntityAdmin):
    list_display = ("name", "code", "place", "is_active")
    list_filter = ("is_active",)
    search_fields = ("name", "code")


@admin.register(ComplaintTerm)
class ComplaintTermAdmin(EntityAdmin):
    """A term that changes is a new row with its first day; the old one stays, since promises were made by it."""

    list_display = ("kind", "category", "days", "counted_in", "pauses", "valid_from")
    list_filter = ("kind", "category")
    list_select_related = ("category",)
    search_fields = ("basis",)

    def has_change_permission(self, request, obj=None) -> bool:
        return super().has_change_permission(request, obj) and obj is None


@admin.register(Agency)
class AgencyAdmin(EntityAdmin):
    list_display = ("name", "jurisdiction", "office", "is_default", "is_active")
    list_filter = ("jurisdiction", "is_active")
    search_fields = ("name", "code")


@admin.register(RoutingRule)
class RoutingRuleAdmin(EntityAdmin):
    list_display = ("place", "category", "area", "outside_city", "agency", "partner")
    list_filter = ("is_active",)
    list_select_related = ("category", "area", "agency", "partner")
    search_fields = ("note", "agency__name")
    autocomplete_fields = ("agency", "partner", "category")


@admin.register(ResponseTemplate)
class ResponseTemplateAdmin(EntityAdmin):
    list_display = ("name", "kind", "is_active")
    list_filter = ("kind", "is_active")
    search_fields = ("name", "text")


@admin.register(ColourHint)
class ColourHintAdmin(EntityAdmin):
    list_display = ("colour", "dyes", "confidence")
    search_fields = ("basis",)
