"""One column for whoever a row concerns, enterprise or plant, sorted by its name."""

from django.contrib import admin
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _


class SubjectColumn(admin.ModelAdmin):
    """Mixin: ``subject`` as a column in the place of two, of which one is always empty."""

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("enterprise", "plant")

    @admin.display(description=_("Usaha atau IPAL"), ordering=Coalesce("enterprise__name", "plant__name"))
    def subject(self, row) -> str:
        return str(row.subject)
