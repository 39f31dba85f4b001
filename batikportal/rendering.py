"""How forms and components are drawn: through our own templates, the same for every page of the portal."""

from django import forms
from django.forms.renderers import TemplatesSetting
from django.template.loader import get_template
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

# What Django says of every empty field alike; a form with a better sentence sets its own.
SAYS_NOTHING = forms.Field.default_error_messages["required"]


def in_a_sentence(label: str) -> str:
    """A label as it stands inside a sentence: "nama usaha"; a name such as NIK or WhatsApp keeps its capitals."""
    first_word = label.split(" ", 1)[0]
    return label if first_word[1:] != first_word[1:].lower() else label[:1].lower() + label[1:]


def sentence_for_empty(label: str, widget: forms.Widget) -> str:
    """What to do with a required field that was left empty."""
    name = label.strip().rstrip(":").strip()
    words = {"name": in_a_sentence(name), "label": capfirst(name)}
    if isinstance(widget, forms.CheckboxInput):
        return _("Centang “%(label)s”.") % {"label": name.rstrip(".")}
    if name.endswith("?"):
        return _("Jawab “%(label)s”") % words
    if isinstance(widget, forms.CheckboxSelectMultiple | forms.SelectMultiple):
        return _("Pilih paling sedikit satu: %(name)s.") % words
    if isinstance(widget, forms.Select | forms.RadioSelect):
        return _("Pilih %(name)s.") % words
    if isinstance(widget, forms.FileInput):
        return _("Pilih %(name)s yang akan diunggah.") % words
    return _("Isi %(name)s.") % words


class PortalField(forms.BoundField):
    """A field of a form; left empty it says what to do instead of that it is empty."""

    def __init__(self, form, field, name):
        super().__init__(form, field, name)
        # A field without a label has nothing better to say.
        if field.error_messages.get("required") is SAYS_NOTHING and self.label:
            field.error_messages["required"] = sentence_for_empty(str(self.label), field.widget)


class PortalRenderer(TemplatesSetting):
    """Looks in templates/django/forms/ first and in Django's own widgets after that."""

    bound_field_class = PortalField


def component(name: str, /, **context: object) -> SafeString:
    """Draw templates/components/<name>, which sees only what it is given."""
    return SafeString(get_template(f"components/{name}").render(context))
