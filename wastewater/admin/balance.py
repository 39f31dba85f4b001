"""The balance sheet in the admin: factors end and are followed, published figures stand side by side."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from wastewater.admin.dated import DatedAdmin
from wastewater.admin.inlines import FIGURES
from wastewater.models import BalanceFactor, PublishedFigure


@admin.register(BalanceFactor)
class BalanceFactorAdmin(DatedAdmin):
    list_display = ("code", "in_words", "effective_from", "effective_until", "confidence")
    list_filter = ("code", "confidence")
    search_fields = ("basis",)

    @admin.display(description=_("Angka (paling rendah sampai paling tinggi)"))
    def in_words(self, factor) -> str:
        return factor.in_words


@admin.register(PublishedFigure)
class PublishedFigureAdmin(admin.ModelAdmin):
    formfield_overrides = FIGURES
    list_display = ("kind", "in_words", "area", "stated_on", "origin", "confidence")
    list_filter = ("kind", "confidence")
    list_select_related = ("area",)
    search_fields = ("origin", "note")
    autocomplete_fields = ("plant",)

    @admin.display(description=_("Angka"))
    def in_words(self, figure) -> str:
        return figure.in_words

    def has_delete_permission(self, request, obj=None) -> bool:
        """What was published stays published; a slip is corrected, and the history keeps it."""
        return False
