"""Enterprises and areas in the admin."""

from django import forms
from django.contrib import admin, messages
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from batikportal import actions
from batikportal.actions.enterprises import EnterpriseRefused
from batikportal.admin.entity import EntityAdmin, SheetLink
from batikportal.choices import AreaLevel, EnterpriseStatus, Technique
from batikportal.models import Area, Enterprise, EnterpriseDocument, EnterpriseIdentifier, EnterpriseMembership


class EnterpriseAdminForm(forms.ModelForm):
    techniques = forms.MultipleChoiceField(
        label=_("Teknik"), choices=Technique.choices, widget=forms.CheckboxSelectMultiple, required=False
    )

    class Meta:
        model = Enterprise
        fields = "__all__"  # noqa: DJ007 - the admin shows every editable column


class IdentifierInline(admin.TabularInline):
    model = EnterpriseIdentifier
    fields = ("kind", "value", "expires_on", "verified_at")
    readonly_fields = ("verified_at",)
    extra = 0

    def has_change_permission(self, request, obj=None) -> bool:
        """Numbers are added here; a wrong one is corrected on the portal's page, where verification starts anew."""
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False


class MembershipInline(admin.TabularInline):
    model = EnterpriseMembership
    fields = ("user", "role", "valid_from", "valid_until")
    readonly_fields = fields
    extra = 0
    can_delete = False

    def has_add_permission(self, request, obj=None) -> bool:
        """Who may act for an enterprise is decided by sign-up and by the activation slip, which tell the owners."""
        return False


class DocumentInline(admin.TabularInline):
    model = EnterpriseDocument
    fields = ("kind", "number", "valid_until", "verification")
    readonly_fields = fields
    extra = 0
    can_delete = False

    def has_add_permission(self, request, obj=None) -> bool:
        return False


@admin.register(Enterprise)
class EnterpriseAdmin(SheetLink, EntityAdmin):
    form = EnterpriseAdminForm
    sheet = "enterprises"
    list_display = ("registration_number", "name", "owner_name", "ward", "status", "page")
    list_display_links = ("registration_number", "name")
    list_filter = ("status", ("ward__parent", admin.RelatedOnlyFieldListFilter), "owner_sex")
    list_select_related = ("ward",)
    search_fields = ("name", "owner_name", "registration_number", "identifiers__value")
    autocomplete_fields = ("ward",)
    readonly_fields = ("registration_number", "status", "merged_into", "source", "created_at", "created_by")
    inlines = (IdentifierInline, MembershipInline, DocumentInline)
    ordering = ("name", "pk")
    actions = ("activate",)

    def get_readonly_fields(self, request, obj=None):
        """What the database fills in is not shown before the row exists."""
        return self.readonly_fields if obj is not None else ("status", "merged_into", "source", "created_by")

    @admin.action(description=_("Tandai sudah diperiksa dan aktif"), permissions=["verify"])
    def activate(self, request, queryset) -> None:
        done = 0
        for enterprise in queryset:
            try:
                actions.enterprises.move_enterprise(
                    enterprise=enterprise,
                    to=EnterpriseStatus.ACTIVE,
                    reason=str(_("diperiksa lewat admin")),
                    by=request.user,
                    at=timezone.now(),
                )
                done += 1
            except EnterpriseRefused as refusal:
                self.message_user(request, f"{enterprise}: {refusal}", messages.WARNING)
        self.message_user(request, _("%(count)s usaha ditandai aktif.") % {"count": done})

    def has_verify_permission(self, request) -> bool:
        return request.user.has_perm("batikportal.verify_enterprise")


@admin.register(Area)
class AreaAdmin(admin.ModelAdmin):
    list_display = ("code", "name", "level", "parent", "bps_code")
    list_filter = ("level",)
    list_select_related = ("parent",)
    search_fields = ("name", "code", "bps_code")
    autocomplete_fields = ("parent",)
    ordering = ("code",)

    def has_delete_permission(self, request, obj=None) -> bool:
        return False

    def get_search_results(self, request, queryset, search_term):
        """Autocomplete offers wards only: every noun of the portal lies in a ward."""
        rows, distinct = super().get_search_results(request, queryset, search_term)
        if request.path.endswith("/autocomplete/") and request.GET.get("field_name") == "ward":
            rows = rows.filter(level=AreaLevel.WARD, valid_until__isnull=True)
        return rows, distinct
