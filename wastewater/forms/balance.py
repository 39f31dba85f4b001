"""What the balance sheet is asked for: a year, quarter or month, or free dates, and a district."""

from datetime import date, timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from batikportal import formats
from batikportal.contracts import Period
from batikportal.dashboard import periods
from wastewater.forms.fields import DayField
from wastewater.forms.filters import DistrictField

_YEARS_OFFERED = 3
_MONTHS_OFFERED = 24


def quarter_in_words(year: int, number: int) -> str:
    return _("Triwulan %(number)s %(year)s") % {"number": number, "year": year}


def offered(today: date) -> list:
    """The periods of the select box, newest first; the usual one stands on top."""
    months = [_month_before(today, back) for back in range(_MONTHS_OFFERED)]
    quarters = list(dict.fromkeys((month.year, (month.month + 2) // 3) for month in months))
    return [
        ("", _("12 bulan terakhir")),
        (_("Tahun"), [(str(today.year - back), str(today.year - back)) for back in range(_YEARS_OFFERED)]),
        (_("Triwulan"), [(f"{year}-T{number}", quarter_in_words(year, number)) for year, number in quarters]),
        (_("Bulan"), [(f"{month:%Y-%m}", formats.month(month)) for month in months]),
    ]


def _month_before(today: date, back: int) -> date:
    months = today.year * 12 + today.month - 1 - back
    return date(months // 12, months % 12 + 1, 1)


def period_of(word: str, today: date) -> Period:
    """2026, 2026-T3 or 2026-07 as days; a period that still runs ends today."""
    year, _dash, part = word.partition("-")
    if not part:
        first, length = 1, 12
    elif part.startswith("T"):
        first, length = int(part[1:]) * 3 - 2, 3
    else:
        first, length = int(part), 1
    start = date(int(year), first, 1)
    after = start.year * 12 + start.month - 1 + length
    return Period(start, min(today, date(after // 12, after % 12 + 1, 1) - timedelta(days=1)))


class BalanceFilter(forms.Form):
    """The choice of the page. Dates come from the dashboard's links; a chosen year, quarter or month comes first."""

    masa = forms.ChoiceField(label=gettext_lazy("Masa"), required=False)
    dari = DayField(label=gettext_lazy("Sejak"), required=False)
    sampai = DayField(label=gettext_lazy("Sampai"), required=False)
    kecamatan = DistrictField()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = timezone.localdate()
        self.fields["masa"] = forms.ChoiceField(label=_("Masa"), required=False, choices=offered(self.today))

    def clean(self):
        chosen = super().clean() or self.cleaned_data
        start, end = chosen.get("dari"), chosen.get("sampai")
        if not chosen.get("masa") and (start or end) and not {"dari", "sampai"} & set(self.errors):
            try:
                chosen["period"] = periods.between(start, min(end, self.today) if end else None, self.today)
            except periods.PeriodRefused as refusal:
                self.add_error("sampai", str(refusal))
        elif word := chosen.get("masa"):
            chosen["period"] = period_of(word, self.today)
        return chosen

    @property
    def period(self) -> Period:
        """The chosen period; the usual twelve months when nothing is chosen, or what was typed makes none."""
        chosen = self.cleaned_data.get("period") if self.is_bound and self.is_valid() else None
        return chosen or periods.usual(self.today)

    @property
    def district(self):
        return self.cleaned_data.get("kecamatan") if self.is_bound and self.is_valid() else None
