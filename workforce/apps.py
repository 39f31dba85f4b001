"""Registers the workforce app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkforceConfig(AppConfig):
    """Who makes the batik."""

    name = "workforce"
    verbose_name = _("Tenaga kerja batik")
    contributes = True
    contributes = True
