"""Registering and correcting a person, a consent, and the purpose of opening a NIK."""

from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from batikportal.accounts import LocalPhoneField
from batikportal.choices import Sex
from batikportal.forms.enterprises import WardField
from workforce import queries, rules
from workforce.choices import ConsentGivenBy, Disability, Education, NikMismatchReason
from workforce.forms.fields import DayField, NikField
from workforce.models import Person

# What a form may say about a person. Not the NIK: it is encrypted and write-only, the action stores it.
FACTS = (
    "name",
    "sex",
    "birth_on",
    "birth_year",
    "birth_is_estimated",
    "ward",
    "residence_outside",
    "address",
    "phone",
    "education",
    "disability",
)

# The choices with a name for the unanswered one.
CHOICES: dict[str, list[Any]] = {
    "education": [("", _("Tidak diketahui")), *Education.choices],
    "disability": [("", _("Tidak disebutkan")), *Disability.choices],
    "nik_mismatch_reason": [("", _("Tidak berbeda")), *NikMismatchReason.choices],
}


class PersonForm(forms.ModelForm):
    """A person's data. The NIK is written here and never shown; birth date and sex may be left to it."""

    new_nik = NikField(
        required=False,
        help_text=_(
            "16 angka pada KTP atau KK. Disimpan terenkripsi; tanggal lahir dan jenis kelamin terbaca darinya."
        ),
    )
    sex = forms.ChoiceField(
        label=_("Jenis kelamin"),
        choices=[*Sex.choices, ("", _("Menurut NIK / tidak diketahui"))],
        required=False,
        widget=forms.RadioSelect,
    )
    birth_on = DayField(label=_("Tanggal lahir"), required=False)
    phone = LocalPhoneField(label=_("Nomor HP"), required=False, help_text=_("Contoh: 0812-3456-7890."))
    ward = WardField(
        required=False,
        help_text=_("Tempat tinggal sekarang, bukan menurut NIK. Kosongkan bila di luar kota."),
    )

    field_order = ["name", "new_nik"]

    class Meta:
        model = Person
        fields = (
            "name",
            "sex",
            "birth_on",
            "birth_year",
            "birth_is_estimated",
            "nik_mismatch_reason",
            "ward",
            "residence_outside",
            "address",
            "phone",
            "education",
            "disability",
        )
        labels = {
            "birth_is_estimated": _("Tanggal atau tahun lahir hanya perkiraan"),
            "nik_mismatch_reason": _("Bila NIK berbeda dengan data lahir atau jenis kelamin, apa sebabnya?"),
        }
        widgets = {
            "birth_year": forms.NumberInput(attrs={"class": "short", "inputmode": "numeric", "min": 1900}),
            "name": forms.TextInput(attrs={"autocomplete": "off"}),
        }

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        self.today = today
        super().__init__(*args, **kwargs)
        cast(NikField, self.fields["new_nik"]).today = today
        for name, choices in CHOICES.items():
            cast(forms.ChoiceField, self.fields[name]).choices = choices
        if self.instance.nik:
            self.fields["new_nik"].label = _("NIK baru")
            self.fields["new_nik"].help_text = _(
                "Tersimpan: %(masked)s. Isi hanya bila NIK yang tersimpan salah; kosongkan bila tetap."
            ) % {"masked": self.instance.nik}

    def clean_birth_on(self) -> date | None:
        born = self.cleaned_data["birth_on"]
        if born and not date(1900, 1, 1) <= born <= self.today:
            raise forms.ValidationError(_("Tanggal lahir tidak mungkin. Isi tanggal antara tahun 1900 dan hari ini."))
        return born

    def clean_birth_year(self) -> int | None:
        year = self.cleaned_data["birth_year"]
        if year and not 1900 <= year <= self.today.year:
            raise forms.ValidationError(_("Tahun lahir tidak mungkin. Isi tahun antara 1900 dan sekarang."))
        return year

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("birth_on") and data.get("birth_year"):
            self.add_error("birth_year", _("Tanggal lahir sudah diisi; kosongkan tahun lahir."))
        if "ward" not in self.errors and not data.get("ward") and not data.get("residence_outside"):
            self.add_error("ward", _("Pilih kelurahan, atau tulis tempat tinggal di luar kota."))
        if "new_nik" not in self.errors:
            self._compare_with_nik(data)
        return data

    def _compare_with_nik(self, data: dict[str, Any]) -> None:
        nik = data.get("new_nik")
        if nik and queries.is_nik_taken(nik.digits, self.instance):
            self.add_error("new_nik", _("NIK ini sudah terdaftar. Buka datanya lewat “Cari dengan NIK lengkap”."))
        nik = nik or queries.stored_nik(self.instance)
        if nik and not data.get("nik_mismatch_reason"):
            found = rules.nik_mismatches(nik, data.get("sex", ""), data.get("birth_on"), data.get("birth_year"))
            if found:
                self.add_error("nik_mismatch_reason", _mismatch_sentence(nik, found))

    def facts(self) -> dict[str, Any]:
        """The cleaned columns that an action takes."""
        return {name: self.cleaned_data[name] for name in FACTS}

    def nik_digits(self) -> str:
        """The new NIK, or nothing."""
        nik = self.cleaned_data["new_nik"]
        return nik.digits if nik else ""


def _mismatch_sentence(nik: rules.Nik, found: tuple[str, ...]) -> str:
    if found == ("sex",):
        return _("NIK memuat jenis kelamin %(sex)s. Perbaiki, atau pilih sebabnya.") % {"sex": Sex(nik.sex).label}
    return _("NIK memuat tanggal lahir %(day)s. Perbaiki, atau pilih sebabnya.") % {
        "day": nik.birth_on.strftime("%d-%m-%Y")
    }


class PurposeForm(forms.Form):
    """Why somebody opens a full NIK."""

    purpose = forms.CharField(
        label=_("Keperluan"),
        min_length=5,
        max_length=200,
        help_text=_("Misalnya: pendaftaran BPU di BPJS Ketenagakerjaan. Tercatat bersama nama Anda."),
    )


class ConsentForm(forms.Form):
    """Who gave a consent, and who heard it."""

    given_by = forms.ChoiceField(
        label=_("Diberikan oleh"), choices=ConsentGivenBy.choices, initial=ConsentGivenBy.SELF, widget=forms.RadioSelect
    )
    witness = forms.CharField(
        label=_("Saksi atau wali"),
        required=False,
        max_length=120,
        help_text=_("Wajib bila lisan (nama saksi) atau oleh wali (nama wali)."),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("given_by") not in (None, ConsentGivenBy.SELF) and not data.get("witness"):
            self.add_error("witness", _("Tulis nama saksi atau wali yang hadir."))
        return data
