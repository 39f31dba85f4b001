"""What the premium calculator asks; nothing of it is stored."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from batikportal.forms.enterprises import RupiahField
from workforce.choices import Programme
from workforce.choices.premiums import HealthClass, PremiumPayer, PremiumSegment
from workforce.forms.fields import DayField
from workforce.rules import premiums as rules

MOST_MONTHS = 24
MOST_PEOPLE = 100_000
EARLIEST = date(2015, 7, 1)
MOST_IDR = 1_000_000_000
OF_OWN_ACCOUNT = (Programme.JKK.value, Programme.JKM.value, Programme.JHT.value)
# Nobody pays for somebody on own account as an employer.
OWN_PAYERS = [one for one in PremiumPayer.choices if one[0] != PremiumPayer.EMPLOYER]


class PremiumForm(forms.Form):
    """Who is to be insured, for what, paid by whom, and for how many months."""

    segment = forms.ChoiceField(
        label=_("Siapa yang dilindungi?"),
        choices=PremiumSegment.choices,
        initial=PremiumSegment.OWN_ACCOUNT,
        widget=forms.RadioSelect,
    )
    programmes = forms.MultipleChoiceField(
        label=_("Program"),
        choices=Programme.choices,
        initial=[Programme.JKK.value, Programme.JKM.value],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("JP dan JKP hanya bagi penerima upah."),
        error_messages={"required": _("Pilih sedikitnya satu program.")},
    )
    wage_idr = RupiahField(
        label=_("Upah atau penghasilan sebulan (rupiah)"),
        help_text=_("Wajib bagi penerima upah. Bagi yang bukan penerima upah hanya dipakai untuk JHT."),
    )
    risk_class = forms.TypedChoiceField(
        label=_("Kelas risiko JKK"),
        choices=[(number, _("Kelas %(number)s") % {"number": number}) for number in rules.RISK_CLASSES],
        coerce=int,
        initial=2,
        required=False,
        empty_value="2",
        help_text=_("Hanya bagi penerima upah. Tertulis pada surat BPJS Ketenagakerjaan untuk usaha itu."),
    )
    payer = forms.ChoiceField(
        label=_("Pembayar iuran bukan penerima upah"),
        choices=OWN_PAYERS,
        initial=PremiumPayer.WORKER,
        help_text=_("Iuran yang dibayar APBN atau APBD tidak mendapat potongan (PP 50/2025)."),
    )
    health_class = forms.ChoiceField(
        label=_("JKN bukan penerima upah"),
        choices=HealthClass.choices,
        initial=HealthClass.THREE,
        help_text=_("Dipakai bila JKN dipilih."),
    )
    people = forms.IntegerField(
        label=_("Banyaknya orang"),
        min_value=1,
        max_value=MOST_PEOPLE,
        initial=1,
        widget=forms.NumberInput(attrs={"class": "short", "inputmode": "numeric"}),
    )
    first_on = DayField(label=_("Mulai bulan dari tanggal"))
    months = forms.IntegerField(
        label=_("Banyaknya bulan"),
        min_value=1,
        max_value=MOST_MONTHS,
        initial=12,
        widget=forms.NumberInput(attrs={"class": "short", "inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        kwargs["initial"] = {"first_on": today.replace(day=1)} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)

    def clean_first_on(self) -> date:
        day = self.cleaned_data["first_on"]
        if not EARLIEST <= day <= date(2100, 1, 1):
            raise forms.ValidationError(_("Isi tanggal sejak Juli 2015."))
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        wage = data.get("wage_idr")
        if wage is not None and not 0 < wage <= MOST_IDR:
            self.add_error("wage_idr", _("Isi lebih dari nol dan paling banyak 1.000.000.000."))
        if self.is_wage_earner and not wage and "wage_idr" not in self.errors:
            self.add_error("wage_idr", _("Isi upah sebulan; iuran penerima upah dihitung dari upahnya."))
        wrong = set(data.get("programmes", ())) - {*OF_OWN_ACCOUNT, Programme.JKN.value}
        if data.get("segment") == PremiumSegment.OWN_ACCOUNT and wrong:
            names = ", ".join(sorted(Programme(one).name for one in wrong))
            self.add_error("programmes", _("%(names)s hanya bagi penerima upah. Hapus tandanya.") % {"names": names})
        return data

    @property
    def is_wage_earner(self) -> bool:
        return self.cleaned_data.get("segment") == PremiumSegment.WAGE_EARNER

    def person(self) -> rules.WageEarner | rules.OwnAccount:
        """Whom the rules are asked about."""
        data = self.cleaned_data
        if self.is_wage_earner:
            return rules.WageEarner(Decimal(data["wage_idr"]), int(data["risk_class"]), tuple(data["programmes"]))
        return rules.OwnAccount(
            payer=data["payer"],
            programmes=tuple(data["programmes"]),
            income_idr=Decimal(data["wage_idr"] or 0),
            health_class=data["health_class"] if Programme.JKN in data["programmes"] else "",
        )

    def days(self) -> list[date]:
        """The first days of the months asked for."""
        return rules.months_from(self.cleaned_data["first_on"], self.cleaned_data["months"])
