"""Workers in the Django admin, for data entry: the NIK can be written here but is never shown."""

from collections import defaultdict

from django import forms as django_forms
from django.contrib import admin, messages
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from import_export.resources import ModelResource

from batikportal.admin.entity import EntityAdmin, SheetLink
from workforce import actions, forms, permissions, queries, rules
from workforce.models import (
    Consent,
    ConsentText,
    CoveragePeriod,
    Engagement,
    EngagementStep,
    Person,
    ProcessStep,
    ReferenceFigure,
    ReferenceSeries,
)


class PersonResource(ModelResource):
    """What an export of people holds: neither the NIK nor its index."""

    class Meta:
        model = Person
        fields = ("public_id", "name", "sex", "birth_on", "birth_year", "ward__name", "residence_outside", "education")
        export_order = fields


class PersonAdminForm(forms.PersonForm):
    """The form of the site, on the day of asking."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, today=timezone.localdate(), **kwargs)


class EngagementFormSet(django_forms.BaseInlineFormSet):
    """Two new main engagements in one go are told before the database refuses them."""

    def clean(self) -> None:
        super().clean()
        mains = [
            form
            for form in self.forms
            if form.cleaned_data and form.cleaned_data.get("is_main") and form.instance.until_on is None
        ]
        if len(mains) > 1:
            raise django_forms.ValidationError(_("Hanya satu pekerjaan utama. Kosongkan tanda utama pada yang lain."))


class EngagementInline(admin.StackedInline):
    model = Engagement
    formset = EngagementFormSet
    fields = (
        ("enterprise", "principal_name", "role"),
        ("pay_mode", "place", "is_main"),
        ("from_on", "start_is_unknown"),
        ("until_on", "exit_reason"),
    )
    readonly_fields = ("until_on", "exit_reason")
    autocomplete_fields = ("enterprise",)
    show_change_link = True
    extra = 0
    can_delete = False


class CoverageFormSet(django_forms.BaseInlineFormSet):
    """Rows of one programme that overlap each other in one go are told before the database refuses them."""

    def clean(self) -> None:
        super().clean()
        spans = defaultdict(list)
        for form in self.forms:
            data = getattr(form, "cleaned_data", None)
            if data and data.get("from_on"):
                spans[data.get("programme")].append((data["from_on"], data.get("until_on")))
        if any(rules.spans_overlap(of_programme) for of_programme in spans.values()):
            raise django_forms.ValidationError(_("Masa kepesertaan pada program yang sama tidak boleh bertumpuk."))


class CoverageInline(admin.StackedInline):
    model = CoveragePeriod
    formset = CoverageFormSet
    fields = (("programme", "status", "segment", "payer"), ("from_on", "until_on", "verified_on", "evidence"))
    extra = 0
    can_delete = False


@admin.register(Person)
class PersonAdmin(SheetLink, EntityAdmin):
    form = PersonAdminForm
    sheet = "workers"
    resource_classes = [PersonResource]
    list_display = ("name", "masked_nik", "sex", "birth_on", "ward", "nik_mismatch_reason", "page")
    list_filter = (
        "sex",
        ("ward__parent", admin.RelatedOnlyFieldListFilter),
        "education",
        "nik_mismatch_reason",
        "source",
    )
    list_select_related = ("ward",)
    search_fields = ("name",)
    autocomplete_fields = ("ward",)
    readonly_fields = ("masked_nik", "nik_verified_on", "source", "created_at", "created_by")
    fieldsets = (
        (None, {"fields": ("name", "masked_nik", "new_nik", "sex", "birth_on", "birth_year", "birth_is_estimated")}),
        (_("Pemeriksaan NIK"), {"fields": ("nik_mismatch_reason", "nik_verified_on")}),
        (_("Tempat tinggal dan kontak"), {"fields": ("ward", "residence_outside", "address", "phone")}),
        (_("Keterangan lain"), {"fields": ("education", "disability", "source", "created_at", "created_by")}),
    )
    inlines = (EngagementInline, CoverageInline)
    ordering = ("name", "pk")
    actions = ("mark_nik_verified",)

    @admin.display(description=_("NIK"))
    def masked_nik(self, person: Person) -> str:
        return str(person.nik) if person.nik else "–"

    @admin.action(description=_("Tandai perbedaan NIK sudah dicocokkan dengan kartu"), permissions=["change"])
    def mark_nik_verified(self, request, queryset) -> None:
        waiting = list(queries.niks_to_verify(queryset))
        for person in waiting:
            actions.verify_nik_mismatch(person=person, by=request.user, at=timezone.now())
        self.message_user(request, _("%(count)s NIK ditandai sudah dicocokkan.") % {"count": len(waiting)})

    def get_search_results(self, request, queryset, search_term):
        if rules.looks_like_nik(search_term):
            self.message_user(request, _("NIK dicari di halaman daftar pekerja, bukan di sini."), messages.WARNING)
            return queryset.none(), False
        return super().get_search_results(request, queryset, search_term)

    def get_inlines(self, request, obj):
        """Insurance by name only for those who may see it; a new person gets engagements and insurance afterwards."""
        if obj is None:
            return ()
        return self.inlines if permissions.may_see_coverage(request.user) else (EngagementInline,)

    def has_export_permission(self, request) -> bool:
        return permissions.may_export(request.user)

    def save_model(self, request, obj, form, change) -> None:
        """Through the same actions as the site, so that the NIK is checked, encrypted and indexed."""
        entered = {
            "facts": form.facts(),
            "nik": form.nik_digits(),
            "nik_mismatch_reason": form.cleaned_data["nik_mismatch_reason"],
            "by": request.user,
            "at": timezone.now(),
        }
        if change:
            actions.change_person(person=obj, **entered)
        else:
            made = actions.register_person(**entered, source="admin")
            obj.pk, obj.public_id = made.pk, made.public_id


class EngagementStepInline(admin.TabularInline):
    model = EngagementStep
    fields = ("step",)
    extra = 1


@admin.register(Engagement)
class EngagementAdmin(EntityAdmin):
    list_display = ("person", "principal", "role", "pay_mode", "place", "from_on", "until_on", "exit_reason", "is_main")
    list_filter = ("role", "pay_mode", "place", "exit_reason", "is_main")
    list_select_related = ("person", "enterprise")
    search_fields = ("person__name", "enterprise__name", "enterprise__registration_number", "principal_name")
    autocomplete_fields = ("person", "enterprise")
    readonly_fields = ("until_on", "exit_reason", "exit_note", "source", "created_at", "created_by")
    inlines = (EngagementStepInline,)
    ordering = ("person__name", "pk")
    date_hierarchy = "from_on"

    @admin.display(description=_("Bekerja pada"))
    def principal(self, engagement: Engagement) -> str:
        return engagement.principal

    def has_export_permission(self, request) -> bool:
        return permissions.may_export(request.user)


@admin.register(CoveragePeriod)
class CoveragePeriodAdmin(SheetLink, EntityAdmin):
    sheet = "coverage"
    list_display = ("person", "programme", "status", "segment", "payer", "from_on", "until_on", "verified_on")
    list_filter = ("programme", "status", "segment", "payer", "evidence")
    list_select_related = ("person",)
    search_fields = ("person__name",)
    autocomplete_fields = ("person",)
    readonly_fields = ("source", "created_at", "created_by")
    ordering = ("person__name", "programme", "-from_on")
    date_hierarchy = "from_on"

    def has_export_permission(self, request) -> bool:
        return permissions.may_export(request.user) and permissions.may_see_coverage(request.user)


@admin.register(Consent)
class ConsentAdmin(EntityAdmin):
    """Read only: consents are given and withdrawn on the worker's page."""

    list_display = ("person", "purpose", "given_by", "given_at", "withdrawn_at", "stopped_at")
    list_filter = ("purpose", "given_by")
    list_select_related = ("person",)
    search_fields = ("person__name",)
    ordering = ("-given_at", "-pk")

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_export_permission(self, request) -> bool:
        return permissions.may_export(request.user)


@admin.register(ConsentText)
class ConsentTextAdmin(admin.ModelAdmin):
    """A new wording is a new version; the old ones stay as they were read."""

    list_display = ("purpose", "version", "valid_from")
    list_filter = ("purpose",)

    def has_change_permission(self, request, obj=None) -> bool:
        return obj is None and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None) -> bool:
        return False


@admin.register(ProcessStep)
class ProcessStepAdmin(admin.ModelAdmin):
    list_display = ("position", "code", "name", "typical_role", "forbidden_under_18")
    list_display_links = ("code", "name")
    search_fields = ("code", "name", "typical_role")

    def has_delete_permission(self, request, obj=None) -> bool:
        return False


class FigureInline(admin.TabularInline):
    model = ReferenceFigure
    fields = ("value", "valid_from", "valid_until", "legal_basis", "source_text", "confidence")
    extra = 0
    can_delete = False


@admin.register(ReferenceSeries)
class ReferenceSeriesAdmin(admin.ModelAdmin):
    list_display = ("title", "unit", "code")
    search_fields = ("title", "code")
    inlines = (FigureInline,)

    def has_delete_permission(self, request, obj=None) -> bool:
        return False


@admin.register(ReferenceFigure)
class ReferenceFigureAdmin(EntityAdmin):
    list_display = ("series", "value", "valid_from", "valid_until", "legal_basis", "confidence")
    list_filter = ("series", "confidence")
    list_select_related = ("series",)
    search_fields = ("series__title", "legal_basis")
    autocomplete_fields = ("series",)
    readonly_fields = ("source", "created_at", "created_by")
    ordering = ("series", "-valid_from")
