"""Narrowing the list of pairs, and choosing which record and which values stay."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from workforce.choices.duplicates import PairState
from workforce.models import DuplicateCandidate
from workforce.queries.duplicates import comparison


class PairFilterForm(forms.Form):
    """What narrows the list of pairs; undecided ones unless something else is asked for."""

    keputusan = forms.ChoiceField(label=_("Keputusan"), required=False, choices=PairState.choices)
    cari = forms.CharField(label=_("Cari nama"), required=False, max_length=80)

    def value(self, name: str) -> str:
        """A cleaned value, or nothing when the form is wrong."""
        return self.cleaned_data.get(name, "") if self.is_valid() else ""


class MergeForm(forms.Form):
    """Which of two records stays, and which value of each group that differs; "1" is the first, "2" the second."""

    stays = forms.ChoiceField(label=_("Data yang dipertahankan"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, pair: DuplicateCandidate, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pair = pair
        sides = [("1", _("Data pertama")), ("2", _("Data kedua"))]
        stays: Any = self.fields["stays"]
        stays.choices, stays.initial = sides, "1"
        self.differences = [line for line in comparison(pair) if line.differs]
        for line in self.differences:
            self.fields[line.group] = forms.ChoiceField(
                label=line.label,
                choices=[("1", line.first or _("(kosong)")), ("2", line.second or _("(kosong)"))],
                widget=forms.RadioSelect,
                # A value is better than none; otherwise that of the first record.
                initial="1" if line.first else "2",
            )

    def person(self, side: str):
        """The record on a side."""
        return self.pair.first if side == "1" else self.pair.second

    def survivor(self):
        """The record that stays."""
        return self.person(self.cleaned_data["stays"])

    def closed(self):
        """The record that gets the pointer."""
        return self.person("2" if self.cleaned_data["stays"] == "1" else "1")

    def chosen(self) -> dict[str, int]:
        """Group of columns → key of the record whose value is taken."""
        return {line.group: self.person(self.cleaned_data[line.group]).pk for line in self.differences}
