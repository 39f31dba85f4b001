"""Users and their roles in the admin."""

from django.contrib import admin

from batikportal.admin.entity import EntityAdmin
from batikportal.models import RoleAssignment, User


class RoleInline(admin.TabularInline):
    model = RoleAssignment
    fk_name = "user"
    fields = ("role", "office", "area", "valid_from", "valid_until")
    readonly_fields = fields
    extra = 0
    can_delete = False

    def has_add_permission(self, request, obj=None) -> bool:
        """Roles are granted on the portal's page, which explains incompatible pairs."""
        return False


@admin.register(User)
class UserAdmin(EntityAdmin):
    list_display = ("full_name", "phone", "email", "is_active", "last_login")
    list_display_links = ("full_name", "phone", "email")
    list_filter = ("is_active",)
    search_fields = ("full_name", "phone", "email")
    fields = ("full_name", "phone", "phone_is_whatsapp", "email", "is_active", "last_login", "created_at")
    readonly_fields = ("last_login", "created_at", "phone", "email", "is_active")
    inlines = (RoleInline,)
    ordering = ("full_name", "pk")

    def has_export_permission(self, request) -> bool:
        """Accounts do not leave as a spreadsheet."""
        return False

    def has_add_permission(self, request) -> bool:
        """Accounts are made on the portal's pages, with a slip or an invitation."""
        return False
