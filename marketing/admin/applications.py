"""Applications, decisions and history of participants in the admin: to look through; states move through actions."""

from typing import cast

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from import_export.resources import ModelResource

from batikportal.admin.entity import EntityAdmin, SheetLink
from marketing import actions, permissions
from marketing.models import Application, Decision, DecisionBatch, EligibilityResult, PastParticipation
from marketing.models.application import ApplicationQuerySet


class ReadOnly:
    """Mixin: rows come from the site's pages, so the admin shows and exports them only."""

    def has_add_permission(self, request, obj=None) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False


class ResultInline(ReadOnly, admin.TabularInline):
    model = EligibilityResult
    fields = readonly_fields = ("phase", "checked_at", "code", "number", "options", "verdict", "reason")
    ordering = ("checked_at", "position")
    extra = 0

    def has_view_permission(self, request, obj=None) -> bool:
        return request.user.has_perm("marketing.view_application")


class DecisionInline(ReadOnly, admin.TabularInline):
    model = Decision
    fields = readonly_fields = ("outcome", "rank", "reason", "decided_by", "decided_at", "state", "batch")
    ordering = ("-decided_at",)
    extra = 0


class ApplicationResource(ModelResource):
    """What an export of applications holds: no owner, phone or answer."""

    class Meta:
        model = Application
        fields = (
            "public_id",
            "activity__title",
            "enterprise__registration_number",
            "enterprise__name",
            "ward__name",
            "arrival_number",
            "state",
            "channel",
            "eligibility",
            "is_first_timer",
            "is_women_led",
            "submitted_at",
            "answered_at",
        )
        export_order = fields


@admin.register(Application)
class ApplicationAdmin(ReadOnly, EntityAdmin):
    resource_classes = [ApplicationResource]
    list_display = ("enterprise", "activity", "arrival_number", "state", "eligibility", "ward", "submitted_at", "page")
    list_filter = (
        "state",
        "eligibility",
        "channel",
        "is_first_timer",
        "activity__programme__kind",
        "activity__programme__year",
        ("ward__parent", admin.RelatedOnlyFieldListFilter),
    )
    list_select_related = ("enterprise", "activity", "ward")
    search_fields = ("enterprise__name", "enterprise__registration_number", "activity__title")
    ordering = ("-submitted_at", "pk")
    inlines = (ResultInline, DecisionInline)
    actions = ("mark_eligible",)

    def get_queryset(self, request) -> QuerySet[Application]:
        return cast(ApplicationQuerySet, super().get_queryset(request)).sent()

    def get_fields(self, request, obj=None):
        """Answers and the frozen profile are for those who work on applications."""
        shown = ["activity", "enterprise", "state", "channel", "arrival_number", "waiting_order", "submitted_at"]
        shown += ["ward", "is_first_timer", "is_women_led", "eligibility", "returned_note", "return_due_on"]
        shown += ["answered_at", "answer_reason"]
        return [*shown, "answer", "snapshot", "sent_by"] if permissions.may_see_details(request.user) else shown

    @admin.display(description=_("Halaman"))
    def page(self, obj: Application) -> str:
        url = reverse("marketing:application-detail", args=[obj.public_id])
        return format_html('<a href="{}">{}</a>', url, _("Buka"))

    def has_review_permission(self, request) -> bool:
        return request.user.has_perm("marketing.review_application")

    @admin.action(description=_("Nyatakan memenuhi syarat"), permissions=["review"])
    def mark_eligible(self, request, queryset) -> None:
        chosen = list(queryset)
        moved = actions.find_eligible(chosen=chosen, by=request.user, at=timezone.now())
        self.message_user(request, _("%(count)s pendaftaran memenuhi syarat.") % {"count": moved})
        if moved < len(chosen):
            left = len(chosen) - moved
            text = _("%(count)s pendaftaran sudah melewati pemeriksaan dan tidak diubah.") % {"count": left}
            self.message_user(request, text, messages.WARNING)


@admin.register(DecisionBatch)
class DecisionBatchAdmin(ReadOnly, EntityAdmin):
    list_display = ("activity", "number", "state", "signed_by", "signed_at", "released_by", "released_at", "page")
    list_filter = ("state",)
    list_select_related = ("activity", "signed_by", "released_by")
    search_fields = ("activity__title", "note")
    ordering = ("-created_at", "pk")
    inlines = (DecisionInline,)

    @admin.display(description=_("Halaman"))
    def page(self, obj: DecisionBatch) -> str:
        url = reverse("marketing:batch-detail", args=[obj.public_id])
        return format_html('<a href="{}">{}</a>', url, _("Buka"))


@admin.register(PastParticipation)
class PastParticipationAdmin(SheetLink, EntityAdmin):
    sheet = "past-participants"
    list_display = ("enterprise", "kind", "title", "held_on", "source")
    list_filter = ("kind", "source", "held_on")
    list_select_related = ("enterprise",)
    search_fields = ("enterprise__name", "enterprise__registration_number", "title")
    autocomplete_fields = ("enterprise",)
    readonly_fields = ("source", "created_at", "created_by")
    ordering = ("-held_on", "pk")
