"""Rows that the admin only shows: with every column, also those that only actions fill."""

from django.contrib import admin


class EveryColumn(admin.ModelAdmin):
    """Mixin: columns that no form offers stand below the others, read only."""

    def get_readonly_fields(self, request, obj=None):
        hidden = [field.name for field in self.model._meta.fields if not field.editable and not field.primary_key]
        return [*super().get_readonly_fields(request, obj), *hidden]
