"""Plants, connections, waters, points and laboratories in the admin."""

from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from batikportal import formats
from batikportal.admin.entity import EntityAdmin
from wastewater import actions, queries
from wastewater.actions.points import DECIDES_LIMITS, judge_point_again
from wastewater.admin.inlines import FIGURES, NarrowInline, OncePerKey
from wastewater.admin.plant_operation import PermitInline, UnitInline
from wastewater.admin.rivers import WaterBodyAdminForm
from wastewater.models import (
    Connection,
    DischargePoint,
    LabMethod,
    Laboratory,
    PlantCapacity,
    Sample,
    TreatmentPlant,
    WaterBody,
)

BY_DISTRICT = ("ward__parent", admin.RelatedOnlyFieldListFilter)


class CapacityInline(NarrowInline):
    model = PlantCapacity
    fields = ("kind", "capacity_m3_per_day", "stated_on", "date_is_approximate", "origin", "confidence")


class ConnectionFormSet(OncePerKey):
    key = ("enterprise", "valid_until")
    message = _("Usaha ini sudah ada di daftar. Akhiri dahulu sambungan lamanya.")


class ConnectionInline(NarrowInline):
    model = Connection
    formset = ConnectionFormSet
    fields = ("enterprise", "declared_m3_per_day", "valid_from", "valid_until", "note")
    autocomplete_fields = ("enterprise",)
    can_delete = False


@admin.register(TreatmentPlant)
class TreatmentPlantAdmin(EntityAdmin):
    formfield_overrides = FIGURES
    list_display = ("name", "kind", "ward", "status", "latest_capacity", "page")
    list_filter = ("status", "kind", BY_DISTRICT)
    list_select_related = ("ward",)
    search_fields = ("code", "name", "operator", "technology")
    autocomplete_fields = ("ward", "receiving_water")
    readonly_fields = ("source", "created_at", "created_by")
    inlines = (CapacityInline, UnitInline, PermitInline, ConnectionInline)
    ordering = ("name",)

    def get_queryset(self, request):
        rows = queries.plants_with_figures(timezone.localdate())
        return rows.order_by(*self.ordering)

    @admin.display(description=_("Kapasitas terbaru (m³/hari)"))
    def latest_capacity(self, plant) -> str:
        return formats.number(plant.capacity_m3_per_day)


@admin.register(Connection)
class ConnectionAdmin(EntityAdmin):
    formfield_overrides = FIGURES
    list_display = ("enterprise", "plant", "declared_m3_per_day", "valid_from", "valid_until")
    list_filter = (
        ("plant", admin.RelatedOnlyFieldListFilter),
        ("enterprise__ward__parent", admin.RelatedOnlyFieldListFilter),
    )
    list_select_related = ("enterprise", "plant")
    search_fields = ("enterprise__name", "enterprise__registration_number", "plant__name")
    autocomplete_fields = ("enterprise", "plant")
    readonly_fields = ("source", "created_at", "created_by")
    ordering = ("plant__name", "enterprise__name", "pk")


@admin.register(WaterBody)
class WaterBodyAdmin(EntityAdmin):
    form = WaterBodyAdminForm
    list_display = ("name", "kind", "river_class", "class_assumed", "flows_into", "page")
    list_filter = ("kind", "river_class", "class_assumed")
    list_select_related = ("flows_into",)
    search_fields = ("code", "name")
    autocomplete_fields = ("flows_into",)
    readonly_fields = ("source", "created_at", "created_by")
    ordering = ("name",)

    def save_model(self, request, obj, form, change) -> None:
        super().save_model(request, obj, form, change)
        if change and "river_class" in form.changed_data:
            samples = Sample.objects.filter(point__water_body=obj).values_list("pk", flat=True)
            actions.evaluate(samples=samples, at=timezone.now())


@admin.register(DischargePoint)
class DischargePointAdmin(EntityAdmin):
    formfield_overrides = FIGURES
    list_display = ("code", "name", "kind", "ward", "discharge_m3_per_day", "page")
    list_display_links = ("code", "name")
    list_filter = ("kind", "is_active", "location_estimated", BY_DISTRICT)
    list_select_related = ("ward",)
    search_fields = ("code", "name", "enterprise__name", "plant__name", "water_body__name")
    autocomplete_fields = ("enterprise", "plant", "water_body", "receiving_water", "ward")
    readonly_fields = ("source", "created_at", "created_by")
    fieldsets = (
        (None, {"fields": ("code", "name", "kind", "is_active")}),
        (
            _("Milik siapa"),
            {
                "fields": ("enterprise", "plant", "water_body", "position"),
                "description": _("Pilih tepat satu: pelaku usaha, IPAL, atau badan air."),
            },
        ),
        (_("Letak"), {"fields": ("ward", "latitude", "longitude", "location_estimated")}),
        (
            _("Penentu baku mutu"),
            {"fields": ("discharge_m3_per_day", "discharge_basis", "arrangement", "process", "receiving_water")},
        ),
        (_("Asal data"), {"fields": ("source", "created_at", "created_by")}),
    )
    ordering = ("code",)

    def save_model(self, request, obj, form, change) -> None:
        super().save_model(request, obj, form, change)
        if change and set(DECIDES_LIMITS) & set(form.changed_data):
            new = judge_point_again(point=obj, at=timezone.now())
            self.message_user(request, _("Hasil uji titik ini dinilai ulang: %(new)s putusan baru.") % {"new": new})


class LabMethodInline(NarrowInline):
    model = LabMethod
    fields = (
        "parameter",
        "method",
        "detection_limit",
        "quantification_limit",
        "is_accredited",
        "valid_from",
        "valid_until",
    )
    autocomplete_fields = ("parameter",)
    can_delete = False


@admin.register(Laboratory)
class LaboratoryAdmin(EntityAdmin):
    inlines = (LabMethodInline,)
    list_display = ("name", "code", "accreditation_number", "accredited_until", "is_active")
    list_filter = ("is_active",)
    search_fields = ("code", "name", "accreditation_number")
    autocomplete_fields = ("analysts",)
    readonly_fields = ("source", "created_at", "created_by")
    ordering = ("name",)
