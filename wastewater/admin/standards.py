"""Parameters, regulations, standard sets and limits in the admin: a new regulation needs no developer."""

from collections.abc import Iterable

from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from batikportal.admin.entity import EntityAdmin
from wastewater import actions
from wastewater.actions import sensor_days
from wastewater.admin.inlines import FIGURES, NarrowInline, OncePerKey
from wastewater.models import Limit, Parameter, Regulation, StandardSet


class JudgesAgain(admin.ModelAdmin):
    """Mixin that judges results anew when their limits were changed; old evaluations stay beside the new ones."""

    def judge_again(self, request, parameters: Iterable[int]) -> None:
        wanted = set(parameters)
        if not wanted:
            return
        judged = actions.evaluate_again(parameters=wanted, at=timezone.now())
        sensor_days.judge_again(parameters=wanted, at=timezone.now())
        self.message_user(
            request,
            _("Hasil uji dinilai ulang: %(new)s putusan baru, %(same)s tetap.")
            % {"new": judged.new_count, "same": judged.same_count},
        )


@admin.register(Parameter)
class ParameterAdmin(EntityAdmin):
    list_display = ("code", "name", "unit", "expressed_as", "group", "display_order")
    list_display_links = ("code", "name")
    list_filter = ("group",)
    search_fields = ("code", "name", "name_en", "aliases")
    ordering = ("display_order", "code")


class StandardSetInline(admin.TabularInline):
    model = StandardSet
    fields = ("code", "title", "jurisdiction", "medium", "effective_from", "effective_until")
    readonly_fields = fields
    show_change_link = True
    extra = 0
    can_delete = False

    def has_add_permission(self, request, obj=None) -> bool:
        """A set is added on its own page, together with its limits."""
        return False


@admin.register(Regulation)
class RegulationAdmin(EntityAdmin):
    list_display = ("title", "issuer", "effective_from", "effective_until", "confidence")
    list_filter = ("confidence",)
    search_fields = ("code", "title", "subject", "issuer")
    prepopulated_fields = {"code": ("title",)}
    inlines = (StandardSetInline,)
    ordering = ("-effective_from", "title")


class LimitFormSet(OncePerKey):
    key = ("parameter", "process")
    message = _(
        "Parameter ini sudah ada di golongan ini. Ubah barisnya, atau akhiri masa berlakunya di halaman baku mutu lalu "
        "tambahkan penggantinya di sana."
    )


class LimitInline(NarrowInline):
    """The figures of a set; validity and legal basis follow the set and are changed on the limit's own page."""

    model = Limit
    formset = LimitFormSet
    fields = ("parameter", "process", "kind", "minimum", "maximum", "unit", "expressed_as", "max_load_kg_per_ton")
    autocomplete_fields = ("parameter",)
    show_change_link = True
    can_delete = False


@admin.register(StandardSet)
class StandardSetAdmin(JudgesAgain, EntityAdmin):
    list_display = ("title", "jurisdiction", "medium", "effective_from", "effective_until", "page")
    list_filter = ("medium", "jurisdiction", "discharge_class", "river_class", "confidence")
    list_select_related = ("regulation",)
    search_fields = ("code", "title", "legal_basis", "regulation__title")
    autocomplete_fields = ("regulation",)
    prepopulated_fields = {"code": ("title",)}
    inlines = (LimitInline,)
    ordering = ("-effective_from", "code")

    def save_related(self, request, form, formsets, change) -> None:
        super().save_related(request, form, formsets, change)
        changed = {row.parameter_id for formset in formsets for row in formset.new_objects}
        changed |= {row.parameter_id for formset in formsets for row, _fields in formset.changed_objects}
        if change and form.has_changed():
            changed |= set(form.instance.limits.values_list("parameter_id", flat=True))
        self.judge_again(request, changed)

    def save_formset(self, request, form, formset, change) -> None:
        """A new limit is in force as long as its set, by the same law, and as sure."""
        for limit in formset.save(commit=False):
            if limit._state.adding:
                for name in ("effective_from", "effective_until", "legal_basis", "confidence"):
                    setattr(limit, name, getattr(form.instance, name))
            limit.save()


@admin.register(Limit)
class LimitAdmin(JudgesAgain, EntityAdmin):
    formfield_overrides = FIGURES
    list_display = ("parameter", "standard_set", "process", "allowed", "effective_from", "effective_until")
    list_filter = ("standard_set__medium", "kind", "confidence", "standard_set")
    list_select_related = ("parameter", "standard_set")
    search_fields = ("parameter__name", "parameter__code", "standard_set__title", "legal_basis")
    autocomplete_fields = ("parameter", "standard_set")
    ordering = ("parameter__display_order", "standard_set__code", "process")

    @admin.display(description=_("Batas"))
    def allowed(self, limit: Limit) -> str:
        return limit.allowed

    def save_model(self, request, obj, form, change) -> None:
        super().save_model(request, obj, form, change)
        if form.has_changed():
            self.judge_again(request, [obj.parameter_id])
