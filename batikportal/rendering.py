"""How forms and components are drawn: through our own templates, the same for every page of the portal."""

from django.forms.renderers import TemplatesSetting
from django.template.loader import get_template
from django.utils.safestring import SafeString


class PortalRenderer(TemplatesSetting):
    """Looks in templates/django/forms/ first and in Django's own widgets after that."""


def component(name: str, /, **context: object) -> SafeString:
    """Draw templates/components/<name>, which sees only what it is given."""
    return SafeString(get_template(f"components/{name}").render(context))
