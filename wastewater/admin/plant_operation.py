"""Operation of plants in the admin: daily logs, chemicals, settings, and sludge with its codes and limits."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from batikportal import formats
from batikportal.admin.entity import EntityAdmin, SheetLink
from wastewater.admin.dated import DatedAdmin
from wastewater.admin.inlines import FIGURES, NarrowInline
from wastewater.models import (
    Chemical,
    ChemicalDose,
    DispatchLine,
    PlantLog,
    PlantPermit,
    PlantSetting,
    PlantUnit,
    SludgeDispatch,
    SludgeEntry,
    StorageRule,
    WasteCode,
)
from wastewater.queries.sludge import entries_with_balance

_MADE = ("source", "created_at", "created_by")
BY_PLANT = ("plant", admin.RelatedOnlyFieldListFilter)


class UnitInline(NarrowInline):
    model = PlantUnit
    fields = ("position", "kind", "name", "volume_m3", "status", "valid_from", "valid_until")
    can_delete = False


class PermitInline(NarrowInline):
    model = PlantPermit
    fields = ("kind", "number", "issuer", "issued_on", "valid_until", "permitted_m3_per_day")
    can_delete = False


class DoseInline(NarrowInline):
    model = ChemicalDose
    fields = ("chemical", "kg")


@admin.register(PlantLog)
class PlantLogAdmin(SheetLink, EntityAdmin):
    """Meter readings are corrected on the portal's page, which computes the volumes that follow from them."""

    sheet = "plant-log"
    formfield_overrides = FIGURES
    list_display = ("day", "plant", "ph_out", "inflow_m3", "downtime_hours", "page")
    list_display_links = ("day", "plant")
    list_filter = (BY_PLANT, "downtime_cause", "inflow_method")
    list_select_related = ("plant",)
    search_fields = ("plant__name", "note")
    autocomplete_fields = ("plant",)
    date_hierarchy = "day"
    readonly_fields = ("meter_in", "meter_out", *_MADE)
    inlines = (DoseInline,)
    ordering = ("-day", "plant__name")


@admin.register(Chemical)
class ChemicalAdmin(admin.ModelAdmin):
    list_display = ("name", "code", "display_order", "is_active")
    list_filter = ("is_active",)
    search_fields = ("name", "code")

    def has_delete_permission(self, request, obj=None) -> bool:
        return False


@admin.register(PlantSetting)
class PlantSettingAdmin(DatedAdmin):
    list_display = ("code", "value", "effective_from", "effective_until", "legal_basis", "confidence")
    search_fields = ("legal_basis",)
    list_filter = ("code",)


@admin.register(WasteCode)
class WasteCodeAdmin(DatedAdmin):
    list_display = ("code", "name", "category", "effective_from", "effective_until", "confidence")
    list_filter = ("category", "confidence")
    search_fields = ("code", "name")


@admin.register(StorageRule)
class StorageRuleAdmin(DatedAdmin):
    list_display = ("category", "from_kg_per_day", "days", "effective_from", "effective_until", "confidence")
    search_fields = ("legal_basis",)
    list_filter = ("category", "confidence")


@admin.register(SludgeEntry)
class SludgeEntryAdmin(EntityAdmin):
    formfield_overrides = FIGURES
    list_display = ("stored_on", "plant", "waste_code", "kg", "left", "due_on")
    list_filter = (BY_PLANT, ("waste_code", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("plant", "waste_code")
    search_fields = ("plant__name", "waste_code__code", "note")
    autocomplete_fields = ("plant", "waste_code")
    readonly_fields = _MADE
    ordering = ("-stored_on", "plant__name")

    def get_queryset(self, request):
        return entries_with_balance(super().get_queryset(request))

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "unit":
            kwargs["queryset"] = PlantUnit.objects.select_related("plant").order_by("plant__name", "position")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    @admin.display(description=_("Sisa (kg)"))
    def left(self, entry) -> str:
        return formats.number(entry.left_kg)

    @admin.display(description=_("Batas simpan"))
    def due_on(self, entry) -> str:
        return formats.short_day(entry.due_on)


class LineInline(NarrowInline):
    model = DispatchLine
    fields = ("entry", "kg")
    readonly_fields = ("entry", "kg")
    can_delete = False

    def has_add_permission(self, request, obj=None) -> bool:
        """What a manifest holds is written on the portal's page, which knows what is left."""
        return False


@admin.register(SludgeDispatch)
class SludgeDispatchAdmin(EntityAdmin):
    list_display = ("manifest_number", "plant", "dispatched_on", "carrier", "receiver", "state")
    list_filter = ("state", BY_PLANT)
    list_select_related = ("plant",)
    search_fields = ("manifest_number", "carrier", "receiver", "plant__name")
    readonly_fields = ("plant", "dispatched_on", "state", "received_on", "void_reason", "file", *_MADE)
    inlines = (LineInline,)
    ordering = ("-dispatched_on", "-pk")

    def has_add_permission(self, request) -> bool:
        return False
