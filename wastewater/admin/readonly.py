"""Rows that the admin only shows and exports: every change goes through the portal's own pages and actions."""

from django.contrib import admin

from batikportal.admin.entity import EntityAdmin


class EveryColumn(admin.ModelAdmin):
    """Mixin: columns that no form offers stand below the others, read only."""

    def get_readonly_fields(self, request, obj=None):
        hidden = [field.name for field in self.model._meta.fields if not field.editable and not field.primary_key]
        return [*super().get_readonly_fields(request, obj), *hidden]


class ReadOnlyAdmin(EveryColumn, EntityAdmin):
    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False


class NamesPeopleAdmin(ReadOnlyAdmin):
    """Rows with names of persons: for those who work with them. Leaders and planners hold every ``view_`` of the app,
    so that permission opens none of these."""

    def may_read(self, user) -> bool:
        raise NotImplementedError

    def has_view_permission(self, request, obj=None) -> bool:
        return self.may_read(request.user)

    def has_module_permission(self, request) -> bool:
        return self.may_read(request.user)

    def has_export_permission(self, request) -> bool:
        return self.may_read(request.user)
