"""The ground floor as an installed app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "batikportal"
    verbose_name = _("Data bersama")
    contributes = True

    def ready(self) -> None:
        from django_tasks.signals import task_finished

        from batikportal import checks, readings  # noqa: F401 - checks registers the system checks

        task_finished.connect(readings.forget)
