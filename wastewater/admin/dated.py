"""Rows that hold from one day until another: they are ended and followed by the next, never deleted."""

from django.contrib import admin

from wastewater.admin.inlines import FIGURES


class DatedAdmin(admin.ModelAdmin):
    formfield_overrides = FIGURES

    def has_delete_permission(self, request, obj=None) -> bool:
        return False
