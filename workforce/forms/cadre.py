"""What a cadre asks at the door, one thing per page; every form gives its answers as plain values to be kept."""

from datetime import date
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from batikportal.accounts import LocalPhoneField
from batikportal.choices import Sex
from batikportal.forms.enterprises import WardField
from batikportal.models import Area
from workforce import queries, rules
from workforce.choices import Education, NikMismatchReason, PayMode, WorkPlace
from workforce.forms.fields import DayField, NikField
from workforce.models import ConsentText, Person, ProcessStep

MOST_PRINCIPALS = 3


class StepForm(forms.Form):
    """One page. `said` is what was answered on the pages before."""

    title: Any = ""
    help: Any = ""

    def __init__(self, *args: Any, today: date, said: dict[str, Any], wards: QuerySet[Area], **kwargs: Any) -> None:
        self.today, self.said, self.wards = today, said, wards
        kwargs.setdefault("initial", self.initial_from(said))
        super().__init__(*args, **kwargs)

    def initial_from(self, said: dict[str, Any]) -> dict[str, Any]:
        """What the page shows when it is opened again."""
        return said

    def answers(self) -> dict[str, Any]:
        """The answers as JSON holds them."""
        return dict(self.cleaned_data)


class NameStep(StepForm):
    title = _("Siapa namanya?")

    name = forms.CharField(
        label=_("Nama lengkap"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    sex = forms.ChoiceField(label=_("Jenis kelamin"), choices=Sex.choices, widget=forms.RadioSelect)


class BirthStep(StepForm):
    title = _("Kapan lahirnya?")
    help = _("Isi tanggalnya. Bila tidak tahu, isi tahunnya saja.")

    birth_on = DayField(label=_("Tanggal lahir"), required=False)
    birth_year = forms.IntegerField(
        label=_("Tahun lahir saja"), required=False,
        widget=forms.NumberInput(attrs={"class": "short", "inputmode": "numeric"}),
    )  # fmt: skip
    birth_is_estimated = forms.BooleanField(label=_("Tahun itu perkiraan"), required=False)
    unknown = forms.BooleanField(label=_("Tidak tahu sama sekali"), required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if self.errors:
            return data
        born, year = data.get("birth_on"), data.get("birth_year")
        if not born and not year and not data.get("unknown"):
            self.add_error("birth_on", _("Isi tanggal lahir, atau tahunnya, atau centang “Tidak tahu sama sekali”."))
        elif born and not date(1900, 1, 1) <= born <= self.today:
            self.add_error("birth_on", _("Tanggal lahir tidak mungkin. Isi tanggal antara tahun 1900 dan hari ini."))
        elif not born and year and not 1900 <= year <= self.today.year:
            self.add_error("birth_year", _("Tahun lahir tidak mungkin. Isi tahun antara 1900 dan sekarang."))
        return data

    def answers(self) -> dict[str, Any]:
        data = self.cleaned_data
        born = data["birth_on"]
        return {
            "birth_on": born.isoformat() if born else None,
            "birth_year": None if born else data["birth_year"],
            "birth_is_estimated": bool(data["birth_is_estimated"] and not born and data["birth_year"]),
            "unknown": data["unknown"],
        }


class NikStep(StepForm):
    title = _("Berapa NIK-nya?")
    help = _("16 angka pada KTP atau KK. Bila kartunya tidak ada, kosongkan saja; dapat disusulkan di kantor.")

    nik = NikField(required=False)
    nik_mismatch_reason = forms.ChoiceField(
        label=_("Bila NIK berbeda dengan data lahir atau jenis kelamin, apa sebabnya?"),
        choices=[("", _("Tidak berbeda")), *NikMismatchReason.choices],
        required=False,
    )
    # Whose number it is, when it is registered already: the page then says so, and nothing else.
    registered: Person | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(NikField, self.fields["nik"]).today = self.today
        if not self.is_bound and not self.said.get("nik_mismatch_reason"):
            # Asked only when the number turns out to disagree.
            self.fields["nik_mismatch_reason"].widget = forms.HiddenInput()

    def initial_from(self, said: dict[str, Any]) -> dict[str, Any]:
        # The number is not shown again once it was typed.
        return {"nik_mismatch_reason": said.get("nik_mismatch_reason", "")}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        nik = data.get("nik")
        if nik is None:
            return data
        self.registered = queries.person_by_nik(Person.objects.all(), queries.nik_index(nik.digits))
        born = self.said.get("birth_on")
        found = rules.nik_mismatches(
            nik, self.said.get("sex", ""), date.fromisoformat(born) if born else None, self.said.get("birth_year")
        )
        if found and not data.get("nik_mismatch_reason"):
            self.add_error(
                "nik_mismatch_reason",
                _("NIK berbeda dengan tanggal lahir atau jenis kelamin yang tadi diisi. Periksa, atau pilih sebabnya."),
            )
        return data

    def answers(self) -> dict[str, Any]:
        nik = self.cleaned_data["nik"]
        return {
            "nik": nik.digits if nik else "",
            "nik_mismatch_reason": self.cleaned_data["nik_mismatch_reason"] if nik else "",
        }


class HomeStep(StepForm):
    title = _("Di mana tinggalnya?")
    help = _("Tempat tinggal sekarang, walaupun KTP-nya dari tempat lain.")

    ward = WardField()
    address = forms.CharField(
        label=_("Alamat"), max_length=250, required=False, help_text=_("Jalan atau gang, RT dan RW.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ward = cast(WardField, self.fields["ward"])
        ward.queryset = self.wards
        only = list(self.wards[:2])
        if len(only) == 1:
            ward.initial = only[0].pk

    def answers(self) -> dict[str, Any]:
        return {"ward": self.cleaned_data["ward"].pk, "address": self.cleaned_data["address"]}


class ContactStep(StepForm):
    title = _("Nomor HP dan sekolah")
    help = _("Boleh dikosongkan. Tanpa HP pun dapat didata.")

    phone = LocalPhoneField(label=_("Nomor HP"), required=False, help_text=_("Contoh: 0812-3456-7890."))
    education = forms.ChoiceField(
        label=_("Pendidikan terakhir"), required=False, choices=[("", _("Tidak diketahui")), *Education.choices]
    )


class WorkStep(StepForm):
    title = _("Bekerja untuk siapa?")
    help = _("Bila bekerja untuk beberapa juragan, tulis semuanya.")

    own_account = forms.BooleanField(label=_("Usaha sendiri"), required=False)
    place = forms.ChoiceField(
        label=_("Tempat kerja"), choices=WorkPlace.choices, widget=forms.RadioSelect, initial=WorkPlace.HOME
    )
    pay_mode = forms.ChoiceField(
        label=_("Dibayar bagaimana"), choices=[("", _("Tidak diketahui")), *PayMode.choices], required=False
    )
    since_year = forms.IntegerField(
        label=_("Sejak tahun berapa"), required=False, help_text=_("Perkiraan boleh."),
        widget=forms.NumberInput(attrs={"class": "short", "inputmode": "numeric"}),
    )  # fmt: skip
    field_order = ["own_account", "juragan_1", "juragan_2", "juragan_3"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, MOST_PRINCIPALS + 1):
            self.fields[f"juragan_{number}"] = forms.CharField(
                label=_("Juragan %(number)s") % {"number": number}, required=False, max_length=120,
                help_text=_("Nama dan tempatnya.") if number == 1 else "",
            )  # fmt: skip
        self.order_fields(self.field_order)

    def initial_from(self, said: dict[str, Any]) -> dict[str, Any]:
        named = {f"juragan_{number}": name for number, name in enumerate(said.get("principals", []), start=1)}
        return {"place": WorkPlace.HOME} | said | named

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not data.get("own_account") and not self._principals():
            self.add_error("juragan_1", _("Tulis nama juragan, atau centang “Usaha sendiri”."))
        year = data.get("since_year")
        if year and not 1940 <= year <= self.today.year:
            self.add_error("since_year", _("Isi tahun antara 1940 dan sekarang."))
        return data

    def _principals(self) -> list[str]:
        typed = [self.cleaned_data.get(f"juragan_{number}", "") for number in range(1, MOST_PRINCIPALS + 1)]
        return list(dict.fromkeys(name for name in typed if name))

    def answers(self) -> dict[str, Any]:
        kept = {name: self.cleaned_data[name] for name in ("own_account", "place", "pay_mode", "since_year")}
        return kept | {"principals": self._principals()}


class CraftStep(StepForm):
    title = _("Mengerjakan apa?")
    help = _("Boleh lebih dari satu.")

    steps = forms.ModelMultipleChoiceField(
        label=_("Proses"), queryset=ProcessStep.objects.order_by("position"), to_field_name="code",
        widget=forms.CheckboxSelectMultiple, error_messages={"required": _("Pilih paling sedikit satu.")},
    )  # fmt: skip

    def answers(self) -> dict[str, Any]:
        return {"steps": [step.code for step in self.cleaned_data["steps"]]}


class ConsentStep(StepForm):
    """The words of one consent are read aloud; the answer is kept with the version that was read."""

    title = _("Bacakan, lalu tanyakan")
    purpose = ""
    text: ConsentText

    agreed = forms.ChoiceField(
        label=_("Jawabannya"), choices=[("ya", _("Ya, setuju")), ("tidak", _("Tidak setuju"))],
        widget=forms.RadioSelect,
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, purpose: str, **kwargs: Any) -> None:
        self.purpose, self.text = purpose, queries.newest_text(purpose)
        super().__init__(*args, **kwargs)

    def initial_from(self, said: dict[str, Any]) -> dict[str, Any]:
        before = said.get(f"consent_{self.purpose}")
        agreed = {} if before is None else {"agreed": "ya" if before["agreed"] else "tidak"}
        return {"version": self.text.version, **agreed}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("version") != self.text.version:
            self.data = {**self.data, "version": self.text.version}
            self.add_error("agreed", _("Teksnya baru saja diperbarui. Bacakan lagi, lalu catat jawabannya."))
        return data

    def answers(self) -> dict[str, Any]:
        return {
            f"consent_{self.purpose}": {
                "agreed": self.cleaned_data["agreed"] == "ya",
                "version": self.cleaned_data["version"],
            }
        }


class WitnessStep(StepForm):
    title = _("Siapa saksinya?")
    help = _("Orang yang mendengar jawabannya, misalnya keluarga atau tetangga. Bukan kader sendiri.")

    witness = forms.CharField(label=_("Nama saksi"), max_length=120, required=False)

    def clean_witness(self) -> str:
        name = " ".join(self.cleaned_data["witness"].split())
        agreed = any(isinstance(one, dict) and one.get("agreed") for one in self.said.values())
        if agreed and not name:
            raise forms.ValidationError(_("Tulis nama saksi; tanpa saksi persetujuan lisan tidak berlaku."))
        return name
