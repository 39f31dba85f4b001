"""Logbooks, the suction truck and the coach in the admin; lines and states change through the portal's pages only."""

from django.contrib import admin

from batikportal.admin.entity import EntityAdmin
from wastewater.admin.dated import DatedAdmin
from wastewater.admin.inlines import FIGURES
from wastewater.admin.readonly import ReadOnlyAdmin
from wastewater.models import (
    Advice,
    AdviceContact,
    DischargeLog,
    Logbook,
    LogbookRule,
    LogMonth,
    SpecificUse,
    SuctionTruck,
    TruckPrice,
    TruckRequest,
)

_MADE = ("source", "created_at", "created_by")
_DISTRICT = ("enterprise__ward__parent", admin.RelatedOnlyFieldListFilter)


@admin.register(Logbook)
class LogbookAdmin(EntityAdmin):
    list_display = ("enterprise", "obliged_from", "obliged_until", "basis", "wants_reminders", "page")
    list_filter = ("wants_reminders", _DISTRICT)
    list_select_related = ("enterprise",)
    search_fields = ("enterprise__name", "enterprise__registration_number", "basis")
    autocomplete_fields = ("enterprise",)
    readonly_fields = ("wants_reminders", *_MADE)
    ordering = ("enterprise__name",)


@admin.register(LogMonth)
class LogMonthAdmin(ReadOnlyAdmin):
    list_display = ("enterprise", "first_day", "due_on", "state", "closing", "page")
    list_filter = ("state", "closing", _DISTRICT)
    list_select_related = ("enterprise",)
    search_fields = ("enterprise__name", "enterprise__registration_number")


@admin.register(DischargeLog)
class DischargeLogAdmin(ReadOnlyAdmin):
    list_display = ("day", "month", "process", "volume_l", "destination", "standing")
    list_filter = ("kind", "standing", "destination", "process", "dye_class", "is_assisted")
    list_select_related = ("month__enterprise",)
    search_fields = ("month__enterprise__name", "month__enterprise__registration_number")
    date_hierarchy = "day"


@admin.register(TruckRequest)
class TruckRequestAdmin(ReadOnlyAdmin):
    list_display = ("enterprise", "wanted_on", "volume_m3", "state", "taken_m3", "page")
    list_filter = ("state", _DISTRICT)
    list_select_related = ("enterprise",)
    search_fields = ("enterprise__name", "enterprise__registration_number", "receipt_number")


@admin.register(SuctionTruck)
class SuctionTruckAdmin(EntityAdmin):
    formfield_overrides = FIGURES
    list_display = ("name", "plate", "capacity_m3", "is_active")
    list_filter = ("is_active",)
    search_fields = ("name", "plate")
    readonly_fields = _MADE


@admin.register(TruckPrice)
class TruckPriceAdmin(DatedAdmin):
    list_display = ("idr_per_hour", "m3_per_trip", "effective_from", "effective_until", "origin", "confidence")
    search_fields = ("origin",)


@admin.register(LogbookRule)
class LogbookRuleAdmin(DatedAdmin):
    list_display = ("effective_from", "effective_until", "due_day", "remind_days_before", "silent_after_days", "origin")
    search_fields = ("origin",)


@admin.register(SpecificUse)
class SpecificUseAdmin(DatedAdmin):
    list_display = ("dye_family", "low_l_per_piece", "high_l_per_piece", "effective_from", "effective_until", "origin")
    search_fields = ("origin",)
    list_filter = ("dye_family",)


@admin.register(Advice)
class AdviceAdmin(DatedAdmin):
    list_display = ("text", "parameter", "kind", "origin", "confidence", "is_active")
    list_filter = ("parameter", "kind", "dye_class", "process", "is_active")
    list_select_related = ("parameter",)
    search_fields = ("text", "text_en", "origin")


@admin.register(AdviceContact)
class AdviceContactAdmin(DatedAdmin):
    list_display = ("name", "topic", "phone", "origin", "is_active")
    search_fields = ("name", "topic")
