"""How forms are drawn: through our own templates in templates/django/forms/, the same for every form of the portal."""

from django.forms.renderers import TemplatesSetting


class PortalRenderer(TemplatesSetting):
    """Looks in templates/ first and in Django's own widgets after that."""
