"""A text field with suggestions that the browser offers while one types; it works without them."""

from collections.abc import Iterable

from django import forms


class SuggestedInput(forms.TextInput):
    """A text input with a list of values, each with its words; any other text may be typed as well."""

    template_name = "components/suggested_input.html"

    def __init__(self, attrs=None, suggestions: Iterable[tuple[str, str]] = ()):
        super().__init__({"autocomplete": "off"} | (attrs or {}))
        self.suggestions = suggestions

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        list_id = f"{context['widget']['attrs'].get('id', name)}_list"
        context["widget"]["attrs"]["list"] = list_id
        context["widget"] |= {"list_id": list_id, "suggestions": list(self.suggestions)}
        return context
