"""Input fields of wastewater: laboratory figures, a day with its time, units."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from batikportal.forms.figure_field import FigureField, written
from batikportal.imports.contract import Censored
from batikportal.imports.parsing import numbers
from wastewater import rules
from wastewater.choices import ExpressedAs, Unit


class CensoredField(FigureField):
    """A laboratory figure such as 138 or <0,01: a qualifier and a value."""

    def __init__(self, **kwargs):
        attributes = {"class": "short", "autocomplete": "off", "maxlength": 20}
        kwargs.setdefault("widget", forms.TextInput(attrs=attributes))
        super().__init__(maximum=rules.LARGEST_VALUE, **kwargs)

    def read(self, text: str) -> Censored | None:
        read = numbers.parse_censored(text, self.column)
        return read if isinstance(read, Censored) else None

    def prepare_value(self, value):
        if isinstance(value, Censored):
            sign = "" if value.qualifier == "=" else value.qualifier
            return f"{sign}{written(value.value)}"
        return value


class MomentField(forms.DateTimeField):
    """A day with its clock time in Pekalongan."""

    def __init__(self, **kwargs):
        widget = forms.DateTimeInput(attrs={"type": "datetime-local", "class": "medium"}, format="%Y-%m-%dT%H:%M")
        super().__init__(**{"widget": widget} | kwargs)


class DayField(forms.DateField):
    """A day."""

    def __init__(self, **kwargs):
        super().__init__(**{"widget": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")} | kwargs)


class UnitField(forms.ChoiceField):
    """The units in which one parameter may be reported; the choice is a (unit, substance) pair."""

    def __init__(self, unit: str, expressed_as: str, **kwargs):
        pairs = rules.alternatives(unit, expressed_as)
        kwargs.setdefault("required", False)
        choices = [(_joined(pair), _in_words(pair)) for pair in _own_first(pairs, (unit, expressed_as))]
        super().__init__(choices=choices, **kwargs)
        self.own = choices[0][0]
        self.widget.attrs["class"] = "short"

    def clean(self, value) -> tuple[str, str]:
        chosen = super().clean(value) or self.own
        unit, _sign, substance = chosen.partition("|")
        return unit, substance

    def prepare_value(self, value):
        return _joined(value) if isinstance(value, tuple) else value


def _own_first(pairs: Iterable[tuple[str, str]], own: tuple[str, str]) -> list[tuple[str, str]]:
    return sorted(pairs, key=lambda pair: pair != own)


def _joined(pair: tuple[str, str]) -> str:
    return "|".join(pair)


def _in_words(pair: tuple[str, str]) -> str:
    unit, substance = pair
    words = str(Unit(unit).label)
    return f"{words} {ExpressedAs(substance).label}" if substance else words


WORKING_HOURS_HELP = _("Jam setempat (WIB).")
