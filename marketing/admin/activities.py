"""Programmes and activities in the admin, with sessions, quotas and rules beside them."""

from typing import Any, Protocol

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from import_export.resources import ModelResource

from batikportal.admin.entity import EntityAdmin
from marketing import actions, permissions, queries, rules
from marketing.choices import ActivityState
from marketing.models import Activity, Application, EligibilityRule, Programme, Quota, Session


class Counted(Protocol):
    """A programme as queries.programmes() reads it."""

    activities_count: int


@admin.register(Programme)
class ProgrammeAdmin(EntityAdmin):
    list_display = ("name", "kind", "year", "office", "fund_source", "budget_code", "activities_count")
    list_filter = ("kind", "year", "office", "fund_source")
    search_fields = ("name", "budget_code")
    readonly_fields = ("source", "created_at", "created_by")
    ordering = ("-year", "name", "pk")

    def get_queryset(self, request) -> QuerySet[Programme]:
        return queries.programmes().order_by(*self.get_ordering(request))

    @admin.display(description=_("Kegiatan"))
    def activities_count(self, programme: Counted) -> int:
        return programme.activities_count


class ActivityAdminForm(forms.ModelForm):
    """The order of dates is told at the field, as on the site."""

    class Meta:
        model = Activity
        fields = "__all__"  # noqa: DJ007 - the admin shows every editable column

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        names = ("registration_opens_at", "registration_closes_at", "starts_at", "ends_at")
        opens_at, closes_at, starts_at, ends_at = (cleaned.get(name) for name in names)
        if opens_at and closes_at and starts_at and ends_at:
            objection = rules.dates_objection(
                opens_at=opens_at, closes_at=closes_at, starts_at=starts_at, ends_at=ends_at
            )
            if objection:
                self.add_error(*objection)
        turned = self.instance.pk and self.instance.selection_mode != cleaned.get("selection_mode")
        if turned and Application.objects.filter(activity=self.instance).exists():
            self.add_error("selection_mode", _("Cara seleksi tidak dapat diubah setelah ada pendaftar."))
        return cleaned


class QuotaAdminForm(forms.ModelForm):
    class Meta:
        model = Quota
        fields = ("kind", "value", "negated", "size")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        objection = rules.quota_value_objection(
            cleaned.get("kind", ""), cleaned.get("value", ""), cleaned.get("negated", False)
        )
        if objection:
            self.add_error("value", objection)
        return cleaned


class TermsInline(admin.TabularInline):
    """Before the first application terms may be set here; afterwards sizes change on the activity's own page."""

    extra = 0

    def has_add_permission(self, request, obj=None) -> bool:
        return self._is_open(request, obj)

    def has_change_permission(self, request, obj=None) -> bool:
        return self._is_open(request, obj)

    def has_delete_permission(self, request, obj=None) -> bool:
        return self._is_open(request, obj)

    def _is_open(self, request, activity: Activity | None) -> bool:
        if not request.user.has_perm("marketing.change_activity"):
            return False
        return activity is None or not Application.objects.filter(activity=activity).exists()


class QuotaInline(TermsInline):
    model = Quota
    form = QuotaAdminForm
    fields = ("kind", "value", "negated", "size", "taken")
    readonly_fields = ("taken",)


class RuleAdminForm(forms.ModelForm):
    class Meta:
        model = EligibilityRule
        fields = ("position", "code", "number", "options", "is_blocking")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("code"):
            objection = rules.options_objection(cleaned["code"], cleaned.get("number"), cleaned.get("options") or [])
            if objection:
                self.add_error(None, objection)
        return cleaned


class RuleInline(TermsInline):
    model = EligibilityRule
    form = RuleAdminForm
    fields = ("position", "code", "number", "options", "is_blocking")


class SessionInline(admin.TabularInline):
    model = Session
    fields = ("title", "starts_at", "ends_at", "venue")
    extra = 0

    def has_add_permission(self, request, obj=None) -> bool:
        return request.user.has_perm("marketing.change_activity")

    has_change_permission = has_delete_permission = has_view_permission = has_add_permission


class ActivityResource(ModelResource):
    """What an export of activities holds."""

    class Meta:
        model = Activity
        fields = (
            "public_id",
            "title",
            "programme__name",
            "programme__kind",
            "programme__year",
            "venue",
            "starts_at",
            "ends_at",
            "registration_opens_at",
            "registration_closes_at",
            "selection_mode",
            "fee_idr",
            "budget_idr",
            "state",
        )
        export_order = fields


@admin.register(Activity)
class ActivityAdmin(EntityAdmin):
    form = ActivityAdminForm
    resource_classes = [ActivityResource]
    list_display = (
        "title",
        "programme",
        "state",
        "registration_closes_at",
        "starts_at",
        "filled",
        "applicants",
        "page",
    )
    list_filter = ("state", "selection_mode", "programme__kind", "programme__year", "is_online")
    list_select_related = ("programme",)
    search_fields = ("title", "programme__name", "venue")
    autocomplete_fields = ("programme",)
    readonly_fields = (
        "state",
        "published_at",
        "cancelled_reason",
        "previous",
        "last_arrival",
        "source",
        "created_at",
        "created_by",
    )
    fieldsets = (
        (None, {"fields": ("programme", "title", "state", "summary", "description", "instructions")}),
        (_("Tempat dan waktu"), {"fields": ("venue", "is_online", "starts_at", "ends_at")}),
        (
            _("Pendaftaran"),
            {
                "fields": (
                    "registration_opens_at",
                    "registration_closes_at",
                    "selection_mode",
                    "decision_due_on",
                    "signing_rule",
                    "motivation_question",
                    "contact_phone",
                )
            },
        ),
        (_("Biaya"), {"fields": ("fee_idr", "budget_idr")}),
        (
            _("Catatan"),
            {"fields": readonly_fields[1:]},
        ),
    )
    inlines = (QuotaInline, RuleInline, SessionInline)
    ordering = ("-starts_at", "pk")
    actions = ("publish", "close")

    def get_queryset(self, request) -> QuerySet[Activity]:
        return queries.activities(super().get_queryset(request))

    @admin.display(description=_("Kursi terisi"))
    def filled(self, activity: Any) -> str:
        return f"{activity.seats_taken} / {activity.seats}" if activity.seats else "–"

    @admin.display(description=_("Pendaftar"), ordering="applicants_count")
    def applicants(self, activity: Any) -> int:
        return activity.applicants_count

    def has_change_permission(self, request, obj=None) -> bool:
        if obj is not None and not permissions.may_change_activity(request.user, obj):
            return False
        return super().has_change_permission(request, obj)

    def save_model(self, request, obj, form, change) -> None:
        """A change writes the columns of the form only: the counter of arrivals may have moved meanwhile."""
        if change:
            actions.save_activity(activity=obj, seats_count=None, by=request.user, at=timezone.now())
        else:
            super().save_model(request, obj, form, change)

    def save_formset(self, request, form, formset, change) -> None:
        """Likewise a changed quota never writes its counter."""
        if formset.model is not Quota:
            super().save_formset(request, form, formset, change)
            return
        for quota in formset.save(commit=False):
            quota.save(update_fields=None if quota._state.adding else ["kind", "value", "negated", "size"])
        for quota in formset.deleted_objects:
            quota.delete()

    def has_publish_permission(self, request) -> bool:
        return request.user.has_perm("marketing.publish_activity")

    @admin.action(description=_("Terbitkan yang dipilih"), permissions=["publish"])
    def publish(self, request, queryset) -> None:
        self._each(request, queryset, actions.publish_activity, ActivityState.PUBLISHED)

    @admin.action(description=_("Tutup pendaftaran yang dipilih"), permissions=["publish"])
    def close(self, request, queryset) -> None:
        self._each(request, queryset, actions.close_activity, ActivityState.CLOSED)

    def _each(self, request, queryset, act, to: str) -> None:
        done = 0
        for activity in queryset:
            try:
                act(activity=activity, by=request.user, at=timezone.now())
                done += 1
            except actions.ActivityRefused as refusal:
                self.message_user(request, f"{activity}: {refusal}", messages.WARNING)
        label = ActivityState(to).label
        self.message_user(request, _("%(count)s kegiatan sekarang: %(state)s.") % {"count": done, "state": label})
