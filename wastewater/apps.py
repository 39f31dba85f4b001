"""Registers the wastewater focus with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WastewaterConfig(AppConfig):
    name = "wastewater"
    verbose_name = _("Limbah batik")
    contributes = True
