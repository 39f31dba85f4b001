"""What the admin of every noun does alike: it notes who made a row, shows only visible rows, and never deletes."""

from django.contrib import admin
from django.db import models
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from import_export.admin import ExportMixin
from import_export.formats.base_formats import CSV, XLSX

from batikportal.choices import Source
from batikportal.forms.exports import ExportForm


class EntityAdmin(ExportMixin, admin.ModelAdmin):
    """Rows are exported as CSV or XLSX, linked to their history, and archived by status instead of deleted."""

    formats = [CSV, XLSX]
    export_form_class = ExportForm
    list_per_page = 50
    show_full_result_count = False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False

    def get_queryset(self, request) -> models.QuerySet:
        visible_to = getattr(self.model._default_manager, "visible_to", None)
        rows = visible_to(request.user) if visible_to else super().get_queryset(request)
        ordering = self.get_ordering(request)
        return rows.order_by(*ordering) if ordering else rows

    def save_model(self, request, obj, form, change) -> None:
        if not change:
            obj.created_by = request.user
            obj.source = Source.ADMIN
        super().save_model(request, obj, form, change)

    def save_formset(self, request, form, formset, change) -> None:
        for row in formset.save(commit=False):
            if row._state.adding and hasattr(row, "created_by_id"):
                row.created_by = request.user
                row.source = Source.ADMIN
            row.save()
        for row in formset.deleted_objects:
            row.delete()
        formset.save_m2m()

    def history_view(self, request, object_id, extra_context=None):
        """The admin's own log misses bulk and raw changes; the portal's history does not."""
        obj = self.get_object(request, object_id)
        if obj is None or not hasattr(obj, "public_id"):
            return super().history_view(request, object_id, extra_context)
        return redirect("history", self.model._meta.label_lower, obj.public_id)

    @admin.display(description=_("Halaman"))
    def page(self, obj) -> str:
        """A link to the portal's page of the row, for models that have one."""
        return format_html('<a href="{}">{}</a>', obj.get_absolute_url(), _("Buka"))


class SheetLink(admin.ModelAdmin):
    """Mixin that shows an import button, leading to the portal's one import mechanism."""

    sheet = ""
    import_export_change_list_template = "admin/sheet_change_list.html"

    def changelist_view(self, request, extra_context=None):
        context = {"import_url": reverse("import-new", args=[self.sheet]) if self.sheet else ""}
        return super().changelist_view(request, {**context, **(extra_context or {})})
