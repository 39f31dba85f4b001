"""Reaches, how they flow into each other, what stands on them, and the rules of assessment in the admin."""

from django import forms
from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from batikportal.admin.entity import EntityAdmin
from wastewater.actions.indices import compute_all_indices
from wastewater.admin.inlines import FIGURES, NarrowInline
from wastewater.models import AssessmentBand, AssessmentRule, Parameter, Reach, ReachLink, ReachSite, WaterBody
from wastewater.queries import rivers as queries
from wastewater.queries.indices import POLLUTION_INDEX_KINDS


class WaterBodyAdminForm(forms.ModelForm):
    """Tells beside the field what the database refuses: water that flows back to where it came from."""

    class Meta:
        model = WaterBody
        fields = "__all__"  # noqa: DJ007 - the admin shows every editable column

    def clean_flows_into(self):
        into = self.cleaned_data["flows_into"]
        if into and self.instance.pk and queries.flows_back(self.instance, into):
            raise forms.ValidationError(
                _("%(water)s sudah mengalir ke badan air ini. Air tidak dapat berputar.") % {"water": into}
            )
        return into


class ReachLinkForm(forms.ModelForm):
    """Tells beside the field that a link would close a circle."""

    class Meta:
        model = ReachLink
        fields = ("downstream", "confidence", "origin")

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        downstream, upstream = cleaned.get("downstream"), self.instance.upstream_id
        if downstream and upstream and queries.closes_circle(upstream=upstream, downstream=downstream.pk):
            self.add_error("downstream", _("Air ruas itu sudah mengalir ke ruas ini. Air tidak dapat berputar."))
        return cleaned


class ReachLinkInline(NarrowInline):
    model = ReachLink
    form = ReachLinkForm
    fk_name = "upstream"
    autocomplete_fields = ("downstream",)
    verbose_name_plural = _("mengalir ke")


class ReachSiteForm(forms.ModelForm):
    """Tells beside the field that a point watches another water, or that its place lies past the end."""

    class Meta:
        model = ReachSite
        fields = ("point", "distance_m", "is_estimated", "origin")

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        reach, point, distance = getattr(self.instance, "reach", None), cleaned.get("point"), cleaned.get("distance_m")
        water = point and (point.water_body_id or point.receiving_water_id)
        if reach and water and water != reach.water_body_id:
            self.add_error("point", _("Titik ini di badan air lain. Pilih titik pada badan air ruas ini."))
        if reach and reach.length_m and distance is not None and distance > reach.length_m:
            self.add_error("distance_m", _("Jarak melewati panjang ruas. Periksa angkanya."))
        return cleaned


class ReachSiteInline(NarrowInline):
    model = ReachSite
    form = ReachSiteForm
    autocomplete_fields = ("point",)


@admin.register(Reach)
class ReachAdmin(EntityAdmin):
    formfield_overrides = FIGURES
    list_display = ("code", "from_place", "to_place", "length_m", "authority", "confidence")
    list_filter = ("water_body", "authority", "is_tidal", "confidence")
    list_select_related = ("water_body",)
    search_fields = ("code", "water_body__name", "from_place", "to_place")
    autocomplete_fields = ("water_body",)
    readonly_fields = ("source", "created_at", "created_by")
    inlines = (ReachLinkInline, ReachSiteInline)
    ordering = ("water_body__name", "sequence")


class AssessmentRuleForm(forms.ModelForm):
    """Refuses codes that no parameter has."""

    class Meta:
        model = AssessmentRule
        fields = "__all__"  # noqa: DJ007 - the admin shows every editable column

    def clean_parameters(self):
        codes = [code.strip().upper() for code in self.cleaned_data["parameters"]]
        unknown = set(codes) - set(Parameter.objects.values_list("code", flat=True))
        if unknown:
            raise forms.ValidationError(
                _("Kode parameter tidak dikenal: %(codes)s.") % {"codes": ", ".join(sorted(unknown))}
            )
        return codes


class BandInline(NarrowInline):
    model = AssessmentBand
    fields = ("status", "up_to", "weight")


@admin.register(AssessmentRule)
class AssessmentRuleAdmin(admin.ModelAdmin):
    form = AssessmentRuleForm
    formfield_overrides = FIGURES
    list_display = ("name", "kind", "method", "effective_from", "effective_until", "confidence")
    list_filter = ("kind", "method", "confidence")
    search_fields = ("name", "legal_basis")
    inlines = (BandInline,)
    ordering = ("kind", "-effective_from")
    fieldsets = (
        (None, {"fields": ("kind", "name", "legal_basis", "confidence", "effective_from", "effective_until", "note")}),
        (
            _("Indeks pencemaran dan IKA"),
            {
                "fields": (
                    "method",
                    "river_class",
                    "parameters",
                    "minimum_parameters",
                    "cim_mg_per_l",
                    "non_detect",
                )
            },
        ),
        (_("STORET"), {"fields": ("storet_counts",)}),
        (_("IKLH"), {"fields": ("ika_weight", "iku_weight", "ikl_weight")}),
    )

    def has_delete_permission(self, request, obj=None) -> bool:
        return False

    def save_related(self, request, form, formsets, change) -> None:
        """A changed rule counts again; the old indices stay beside the new ones."""
        super().save_related(request, form, formsets, change)
        if form.instance.kind in POLLUTION_INDEX_KINDS:
            done = compute_all_indices(at=timezone.now())
            self.message_user(
                request,
                _("Indeks dihitung ulang: %(new)s baru, %(same)s tetap.")
                % {"new": done.new_count, "same": done.same_count},
            )
