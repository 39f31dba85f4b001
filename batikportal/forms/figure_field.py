"""The field in which people type a decimal figure the Indonesian way."""

from decimal import Decimal
from typing import Any

from django import forms

from batikportal.imports.contract import Column
from batikportal.imports.parsing import Unreadable, numbers


def written(value: Decimal) -> str:
    """A figure as it can be typed again: decimal comma, and no dots, which would be ambiguous."""
    text = f"{value:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")


class FigureField(forms.CharField):
    """A decimal figure written the Indonesian way; what could mean two numbers is refused with both."""

    def __init__(self, *, unit: Any = "", places: int = 6, minimum=None, maximum=None, **kwargs):
        kwargs.setdefault("required", False)
        attributes = {"inputmode": "decimal", "class": "short", "autocomplete": "off"}
        kwargs.setdefault("widget", forms.TextInput(attrs=attributes | ({"data-unit": unit} if unit else {})))
        self.column = Column(name="figure", label="", places=places, minimum=minimum, maximum=maximum)
        super().__init__(**kwargs)

    def read(self, text: str):
        return numbers.parse_decimal(text, self.column)

    def clean(self, value):
        text = super().clean(value)
        try:
            return self.read(text)
        except Unreadable as problem:
            raise forms.ValidationError(str(problem)) from problem

    def prepare_value(self, value):
        return written(value) if isinstance(value, Decimal) else value

    def has_changed(self, initial, data) -> bool:
        """138 and 138,000000 are the same figure."""
        if self.disabled:
            return False
        try:
            return self.clean(data or "") != initial
        except forms.ValidationError:
            return True
