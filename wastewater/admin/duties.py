"""Kinds of duty, schedules, report duties and the management rule in the admin; what follows from them is read only."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from batikportal.admin.entity import EntityAdmin
from wastewater.admin.inlines import FIGURES, NarrowInline
from wastewater.admin.readonly import ReadOnlyAdmin
from wastewater.admin.subjects import SubjectColumn
from wastewater.choices.duties import FulfilledBy
from wastewater.models import (
    ComplianceRule,
    ComplianceStatus,
    DutyKind,
    DutyTerm,
    MonitoringSchedule,
    Obligation,
    ParameterSet,
    ReportDuty,
    Violation,
)


class DutyTermInline(NarrowInline):
    model = DutyTerm
    fields = ("frequency", "due_day", "grace_days", "legal_basis", "confidence", "valid_from", "valid_until")
    can_delete = False


@admin.register(DutyKind)
class DutyKindAdmin(EntityAdmin):
    list_display = ("name", "code", "fulfilled_by", "remind_days")
    inlines = (DutyTermInline,)
    search_fields = ("name", "code")


@admin.register(ParameterSet)
class ParameterSetAdmin(EntityAdmin):
    list_display = ("name", "code")
    filter_horizontal = ("parameters",)
    search_fields = ("name", "code")


class MonitoringScheduleForm(forms.ModelForm):
    class Meta:
        model = MonitoringSchedule
        fields = "__all__"  # noqa: DJ007 - the admin shows every editable column

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        kind, point = cleaned.get("kind"), cleaned.get("point")
        if kind and kind.fulfilled_by != FulfilledBy.SAMPLE:
            self.add_error("kind", _("Kewajiban ini dipenuhi dengan laporan, bukan dengan hasil uji."))
        if kind and point and point.water_body_id:
            self.add_error("kind", _("Titik sungai bukan kewajiban siapa pun. Kosongkan."))
        return cleaned


@admin.register(MonitoringSchedule)
class MonitoringScheduleAdmin(EntityAdmin):
    form = MonitoringScheduleForm
    list_display = ("point", "parameter_set", "frequency", "kind", "valid_from", "valid_until")
    list_filter = ("frequency", "kind", "point__kind")
    list_select_related = ("point", "parameter_set", "kind")
    search_fields = ("point__code", "point__name")
    autocomplete_fields = ("point", "parameter_set")


class ReportDutyForm(forms.ModelForm):
    class Meta:
        model = ReportDuty
        fields = "__all__"  # noqa: DJ007 - the admin shows every editable column

    def clean_kind(self):
        kind = self.cleaned_data["kind"]
        if kind.fulfilled_by != FulfilledBy.DOCUMENT:
            raise forms.ValidationError(_("Kewajiban ini dipenuhi dengan hasil uji. Buat jadwal pemantauan."))
        return kind


@admin.register(ReportDuty)
class ReportDutyAdmin(EntityAdmin):
    form = ReportDutyForm
    list_display = ("kind", "enterprise", "plant", "basis", "valid_from", "valid_until")
    list_filter = ("kind",)
    list_select_related = ("kind",)
    search_fields = ("enterprise__name", "enterprise__registration_number", "plant__name", "basis")
    autocomplete_fields = ("enterprise", "plant")


@admin.register(ComplianceRule)
class ComplianceRuleAdmin(EntityAdmin):
    """A version that statuses rest on is only ever ended; other thresholds are another version."""

    formfield_overrides = FIGURES
    list_display = ("version", "valid_from", "valid_until", "chronic_share", "severe_share", "late_days")
    search_fields = ("version", "basis")

    def get_readonly_fields(self, request, obj=None):
        if obj is None or not ComplianceStatus.objects.filter(rule=obj).exists():
            return ()
        apart = ("id", "valid_until", "lock_within_days")
        return [field.name for field in obj._meta.fields if field.editable and field.name not in apart]


@admin.register(Obligation)
class ObligationAdmin(SubjectColumn, ReadOnlyAdmin):
    list_display = ("kind", "subject", "period_start", "due_on", "state", "page")
    list_filter = ("state", "kind")
    list_select_related = ("kind",)
    search_fields = ("enterprise__name", "plant__name")


@admin.register(Violation)
class ViolationAdmin(SubjectColumn, ReadOnlyAdmin):
    list_display = ("kind", "subject", "occurred_on", "state", "resolution", "page")
    list_filter = ("state", "kind", "resolution")
    search_fields = ("enterprise__name", "plant__name")


@admin.register(ComplianceStatus)
class ComplianceStatusAdmin(ReadOnlyAdmin):
    list_display = ("quarter_start", "enterprise", "plant", "level", "rule", "page")
    list_filter = ("level", "quarter_start")
    list_select_related = ("enterprise", "plant", "rule")
    search_fields = ("enterprise__name", "plant__name")
