"""Samples with their results in the admin; every write goes through the same actions as on the site."""

from django import forms
from django.contrib import admin, messages
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from batikportal.admin.entity import EntityAdmin, SheetLink
from batikportal.choices import Source
from wastewater import actions, permissions, rules
from wastewater.admin.inlines import FIGURES, NarrowInline
from wastewater.choices import PointKind, SampleState
from wastewater.models import Result, RiverCondition, Sample

_TAKING = ("taken_at", "sampler_name", "air_temperature_c", "flow_m3_per_day", "water_use_m3_per_ton", "note")


class SampleAdminForm(forms.ModelForm):
    class Meta:
        model = Sample
        fields = "__all__"  # noqa: DJ007 - the admin shows every editable column

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        taken_at = cleaned.get("taken_at")
        if taken_at and taken_at > timezone.now():
            self.add_error("taken_at", _("Waktu pengambilan masih di depan. Periksa tanggal dan jamnya."))
        if not taken_at and not cleaned.get("planned_on") and self.instance.pk is None:
            self.add_error("taken_at", _("Isi waktu pengambilan, atau rencana tanggalnya."))
        self._refuse_used_number(cleaned.get("laboratory"), cleaned.get("lab_number"))
        return cleaned

    def _refuse_used_number(self, laboratory, lab_number: str | None) -> None:
        """The database holds this too; here it is told beside the field."""
        others = Sample.objects.filter(laboratory=laboratory, lab_number=lab_number).exclude(state=SampleState.VOID)
        if laboratory and lab_number and others.exclude(pk=self.instance.pk).exists():
            self.add_error("lab_number", _("Nomor laboratorium ini sudah dipakai sampel lain. Periksa nomornya."))


class ResultInline(NarrowInline):
    model = Result
    fields = ("parameter", "qualifier", "value", "unit", "expressed_as", "detection_limit", "method", "verdict")
    readonly_fields = ("verdict",)
    autocomplete_fields = ("parameter",)
    can_delete = False

    def has_add_permission(self, request, obj=None) -> bool:
        return obj is not None and permissions.may_record_results(request.user, obj)

    def has_change_permission(self, request, obj=None) -> bool:
        return obj is not None and permissions.may_record_results(request.user, obj)

    def has_view_permission(self, request, obj=None) -> bool:
        return permissions.may_see_samples(request.user)

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("parameter").prefetch_related("evaluations")

    @admin.display(description=_("Putusan"))
    def verdict(self, result: Result) -> str:
        current = [one for one in result.evaluations.all() if one.is_current] if result.pk else []
        return str(current[0].get_verdict_display()) if current else "–"


class RiverConditionInline(NarrowInline):
    model = RiverCondition
    fields = ("tide", "weather")
    can_delete = False
    max_num = 1


@admin.register(Sample)
class SampleAdmin(SheetLink, EntityAdmin):
    form = SampleAdminForm
    sheet = "lab-results"
    formfield_overrides = FIGURES
    list_display = ("number", "point_code", "taken_at", "state", "verdict", "page")
    list_filter = ("state", "point__kind", ("point__ward__parent", admin.RelatedOnlyFieldListFilter), "laboratory")
    list_select_related = ("point", "laboratory")
    search_fields = ("lab_number", "point__code", "point__name", "point__enterprise__name")
    autocomplete_fields = ("point", "laboratory")
    inlines = (RiverConditionInline, ResultInline)
    actions = ("verify", "publish")
    ordering = ("-taken_at", "-pk")
    _taking_fields = ("point", "planned_on", *_TAKING)
    _lab_fields = ("laboratory", "lab_number", "sent_on")
    _read_only = (
        "state",
        "meets_count",
        "exceeds_count",
        "undecided_count",
        "missing_count",
        "results_entered_by",
        "results_entered_at",
        "verified_by",
        "verified_at",
        "published_at",
        "voided_at",
        "void_reason",
        "source",
        "created_at",
        "created_by",
    )

    @admin.display(description=_("Nomor"), ordering="lab_number")
    def number(self, sample: Sample) -> str:
        return sample.number

    @admin.display(description=_("Titik"), ordering="point__code")
    def point_code(self, sample: Sample) -> str:
        return sample.point.code

    @admin.display(description=_("Putusan"), ordering="exceeds_count")
    def verdict(self, sample: Sample) -> str:
        return str(sample.verdict_label)

    def get_fieldsets(self, request, obj=None):
        taking = (None, {"fields": self._taking_fields})
        if obj is None:
            return (taking,)
        return (
            taking,
            (_("Laboratorium"), {"fields": self._lab_fields}),
            (_("Keadaan"), {"fields": self._read_only}),
        )

    def get_readonly_fields(self, request, obj=None):
        return self._read_only

    def has_change_permission(self, request, obj=None) -> bool:
        """A verified, published or void sample is shown, not changed."""
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or obj.state not in (*rules.COUNTED, SampleState.VOID))

    def get_inlines(self, request, obj):
        """Results once the sample exists; tide and weather for water of a river."""
        if obj is None:
            return ()
        return self.inlines if obj.point.kind == PointKind.RECEIVING else (ResultInline,)

    def save_model(self, request, obj, form, change) -> None:
        if change:
            super().save_model(request, obj, form, change)
            actions.evaluate(samples=[obj.pk], at=timezone.now())
            return
        stamp = {"by": request.user, "at": timezone.now(), "source": Source.ADMIN}
        if obj.taken_at:
            taking = actions.Taking(**{name: getattr(obj, name) for name in _TAKING})
            made = actions.record_sample(point=obj.point, taking=taking, **stamp)
        else:
            made = actions.plan_sample(point=obj.point, planned_on=obj.planned_on, **stamp)
        obj.pk = made.pk
        obj.refresh_from_db()

    def save_formset(self, request, form, formset, change) -> None:
        """Results typed in the admin take the same way as those of the site: judged, and up for verification."""
        if formset.model is not Result:
            super().save_formset(request, form, formset, change)
            return
        rows = formset.save(commit=False)
        entries = [
            actions.Entry(
                parameter=row.parameter,
                value=row.value,
                qualifier=row.qualifier,
                unit=row.unit,
                expressed_as=row.expressed_as,
                detection_limit=row.detection_limit,
                method=row.method,
            )
            for row in rows
        ]
        if entries:
            actions.record_results(
                sample=form.instance, entries=entries, by=request.user, at=timezone.now(), source=Source.ADMIN
            )

    def has_verify_permission(self, request) -> bool:
        return request.user.has_perm("wastewater.verify_sample")

    def has_publish_permission(self, request) -> bool:
        return request.user.has_perm("wastewater.publish_sample")

    @admin.action(description=_("Verifikasi hasil yang dipilih"), permissions=["verify"])
    def verify(self, request, queryset) -> None:
        self._each(request, queryset, actions.verify_sample, _("%(count)s sampel diverifikasi."))

    @admin.action(description=_("Terbitkan hasil yang dipilih"), permissions=["publish"])
    def publish(self, request, queryset) -> None:
        self._each(request, queryset, actions.publish_sample, _("%(count)s sampel diterbitkan."))

    def _each(self, request, queryset, step, message) -> None:
        done = 0
        for sample in queryset:
            try:
                step(sample=sample, by=request.user, at=timezone.now())
                done += 1
            except actions.SampleRefused as refusal:
                self.message_user(request, f"{sample}: {refusal}", messages.WARNING)
        self.message_user(request, message % {"count": done})
