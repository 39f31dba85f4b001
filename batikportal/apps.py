"""The ground floor as an installed app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "batikportal"
    verbose_name = _("Data bersama")
    contributes = True

    def ready(self) -> None:
        from batikportal import checks  # noqa: F401 - registers the system checks
