"""What a panel says of a step, and of which district and day knowledge is looked at."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from workforce.choices.knowledge import CraftStatus
from workforce.forms.fields import DayField
from workforce.forms.lists import AreaAndDayForm
from workforce.rules import looks_like_nik


class KnowledgeFilter(AreaAndDayForm):
    """The district, and the day; without names no district, since they stand side by side, some of them hidden."""

    def __init__(self, data: Any, *, today: date, sees_people: bool) -> None:
        super().__init__(data, today=today)
        if not sees_people:
            del self.fields["kecamatan"]


class CraftAssessmentForm(forms.Form):
    """One judgement of a panel."""

    on = DayField(label=_("Tanggal penilaian"))
    status = forms.ChoiceField(label=_("Status"), choices=CraftStatus.choices, widget=forms.RadioSelect)
    panel = forms.CharField(
        label=_("Jabatan anggota panel"),
        max_length=300,
        help_text=_("Jabatan, bukan nama orang. Misalnya: Kepala Dinperinaker, ketua paguyuban, pengelola museum."),
    )
    reasons = forms.CharField(
        label=_("Alasan"), min_length=20, max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        self.today = today
        kwargs["initial"] = {"on": today} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)

    def clean_on(self) -> date:
        day = self.cleaned_data["on"]
        if day > self.today:
            raise forms.ValidationError(_("Tanggal ini belum tiba."))
        return day

    def clean_panel(self) -> str:
        text = self.cleaned_data["panel"]
        if any(looks_like_nik(word) for word in text.split()):
            raise forms.ValidationError(_("NIK tidak boleh ditulis di sini. Tulis jabatannya saja."))
        return text
