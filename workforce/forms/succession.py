"""What the pages of succession are narrowed by."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from workforce.forms.lists import AreaAndDayForm
from workforce.models import ProcessStep

MONTHS = (3, 6, 12, 24)


class SuccessionFilter(AreaAndDayForm):
    """The step, the district, and the day."""

    proses = forms.ModelChoiceField(
        label=_("Proses"),
        queryset=ProcessStep.objects.order_by("position"),
        to_field_name="code",
        required=False,
        empty_label=_("Semua"),
    )
    field_order = ["proses", "kecamatan", "sampai"]


class RetentionFilter(SuccessionFilter):
    """The same, and after how many months the people of the list are looked at."""

    bulan = forms.TypedChoiceField(
        label=_("Sesudah berapa bulan"),
        required=False,
        choices=[(months, f"{months}") for months in MONTHS],
        coerce=int,
        initial=12,
    )
    field_order = ["bulan", "proses", "kecamatan", "sampai"]

    def __init__(self, data: Any, *, today: date) -> None:
        # A choice without an empty one shows what holds while nothing is asked.
        super().__init__({"bulan": "12", **data.dict()}, today=today)
