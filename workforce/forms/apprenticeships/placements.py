"""Applying, matching, and every move of a placement."""

from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from batikportal.accounts import LocalPhoneField
from batikportal.choices import AreaLevel, Sex
from batikportal.forms.enterprise_field import EnterpriseField
from batikportal.forms.enterprises import WardField
from batikportal.models import Area
from workforce.choices import Education
from workforce.choices.apprenticeship import DropReason, PlacementState
from workforce.forms.apprenticeships.cohorts import steps_field
from workforce.forms.fields import DayField
from workforce.models import Cohort, HostGroup, Person, ProcessStep
from workforce.queries.apprenticeship import PlacementFilter
from workforce.queries.hosting import member_on
from workforce.rules.apprenticeship import OUTCOME_MONTHS

NEW_PERSON = "new"
WAITS = [
    ("", _("Semua")),
    ("agreement", _("Perjanjian")),
    ("endorsement", _("Pengesahan lewat batas")),
    ("consent", _("Persetujuan")),
    ("outcome", _("Hasil 3, 6, 12 bulan")),
]


class StepsInWords(forms.ModelMultipleChoiceField):
    """Steps with what they mean, for people who have never held a canting."""

    def label_from_instance(self, step) -> str:
        return f"{step.name}: {step.meaning}"


class ApplicationForm(forms.Form):
    """The public form: who, where to reach them, what they want to learn; a guardian for those under age."""

    name = forms.CharField(label=_("Nama lengkap"), max_length=120)
    birth_on = DayField(label=_("Tanggal lahir"))
    sex = forms.ChoiceField(label=_("Jenis kelamin"), choices=Sex.choices, widget=forms.RadioSelect)
    phone = LocalPhoneField(label=_("Nomor HP"), help_text=_("Contoh: 0812-3456-7890."))
    ward = WardField(required=False, help_text=_("Kosongkan bila tinggal di luar kota."))
    residence_outside = forms.CharField(
        label=_("Tempat tinggal di luar kota"), max_length=120, required=False, help_text=_("Kabupaten dan desa.")
    )
    education = forms.ChoiceField(
        label=_("Pendidikan terakhir"), choices=[("", _("Pilih")), *Education.choices], required=False
    )
    steps = StepsInWords(
        label=_("Ingin belajar apa?"), queryset=ProcessStep.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    motivation = forms.CharField(
        label=_("Mengapa ingin belajar membatik?"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    guardian_name = forms.CharField(
        label=_("Nama orang tua atau wali"),
        max_length=120,
        required=False,
        help_text=_("Wajib bila belum 18 tahun pada hari mulai magang."),
    )
    guardian_phone = LocalPhoneField(
        label=_("Nomor HP orang tua atau wali"), required=False, help_text=_("Contoh: 0812-3456-7890.")
    )
    helper = forms.CharField(
        label=_("Diisi dengan bantuan"),
        max_length=120,
        required=False,
        help_text=_("Nama kader atau petugas, bila dibantu."),
    )
    understood = forms.BooleanField(
        label=_("Saya setuju isian ini dibaca petugas Dinperinaker untuk memilih peserta magang."),
        error_messages={"required": _("Centang untuk mengirim.")},
    )

    def __init__(self, *args: Any, cohort: Cohort, today: date, **kwargs: Any) -> None:
        self.today = today
        super().__init__(*args, **kwargs)
        steps = cast(forms.ModelMultipleChoiceField, self.fields["steps"])
        steps.queryset = cohort.steps.order_by("position")

    def clean_birth_on(self) -> date:
        born = self.cleaned_data["birth_on"]
        if born >= self.today:
            raise forms.ValidationError(_("Tanggal lahir harus sebelum hari ini."))
        return born

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not data.get("ward") and not data.get("residence_outside") and "ward" not in self.errors:
            self.add_error("ward", _("Pilih kelurahan, atau tulis tempat tinggal di luar kota."))
        if data.get("guardian_name") and not data.get("guardian_phone") and "guardian_phone" not in self.errors:
            self.add_error("guardian_phone", _("Isi nomor HP orang tua atau wali."))
        return data

    def facts(self) -> dict[str, Any]:
        """What is kept of the applicant."""
        kept = {name: value for name, value in self.cleaned_data.items() if name not in ("steps", "understood")}
        return kept | {"guardian_phone": kept["guardian_phone"] or ""}


class PlacementFilterForm(forms.Form):
    """What narrows a list of placements."""

    cari = forms.CharField(label=_("Cari nama, tempat, atau nomor"), required=False, max_length=80)
    keadaan = forms.ChoiceField(label=_("Keadaan"), required=False, choices=[("", _("Semua")), *PlacementState.choices])
    proses = forms.ModelChoiceField(
        label=_("Proses"),
        queryset=ProcessStep.objects.order_by("position"),
        to_field_name="code",
        required=False,
        empty_label=_("Semua"),
    )
    kecamatan = forms.ModelChoiceField(
        label=_("Kecamatan"),
        queryset=Area.objects.filter(level=AreaLevel.DISTRICT, valid_until__isnull=True).order_by("name"),
        to_field_name="code",
        required=False,
        empty_label=_("Semua"),
    )
    menunggu = forms.ChoiceField(label=_("Menunggu"), required=False, choices=WAITS)
    hasil = forms.TypedChoiceField(
        label=_("Sudah selesai selama"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", _("Semua")), *((months, format_lazy("{} {}", months, _("bulan"))) for months in OUTCOME_MONTHS)],
    )
    sampai = DayField(label=_("Keadaan per tanggal"), required=False)
    # From the work list: the apprentices of one mentor.
    pembimbing = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def wanted(self, today: date) -> PlacementFilter:
        """The filter as a query takes it; what cannot be read narrows nothing."""
        data = self.cleaned_data if self.is_valid() else {}
        return PlacementFilter(
            on=min(data.get("sampai") or today, today),
            text=data.get("cari", ""),
            state=data.get("keadaan", ""),
            step=data.get("proses"),
            area=data.get("kecamatan"),
            waits=data.get("menunggu", ""),
            months=data.get("hasil"),
            mentor=str(data.get("pembimbing") or ""),
        )


class RetentionForm(forms.Form):
    """Of which district and day the figures of retention are."""

    kecamatan = forms.ModelChoiceField(
        label=_("Kecamatan"),
        queryset=Area.objects.filter(level=AreaLevel.DISTRICT, valid_until__isnull=True).order_by("name"),
        to_field_name="code",
        required=False,
        empty_label=_("Semua"),
    )
    sampai = DayField(label=_("Keadaan per tanggal"), required=False)

    def chosen(self, today: date) -> tuple[Area | None, date]:
        """The district, or None for the city, and a day that is not to come."""
        data = self.cleaned_data if self.is_valid() else {}
        return data.get("kecamatan"), min(data.get("sampai") or today, today)


class EnrolForm(forms.Form):
    """A registered person enters a cohort."""

    cohort = forms.ModelChoiceField(label=_("Angkatan"), queryset=Cohort.objects.none(), empty_label=_("Pilih"))
    steps = steps_field(_("Proses yang dipelajari"))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cohort = cast(forms.ModelChoiceField, self.fields["cohort"])
        cohort.queryset = Cohort.objects.published().filter(ends_on__gte=today).order_by("-starts_on", "-pk")


class MatchForm(forms.Form):
    """Whether the applicant is one of these people, or somebody new."""

    person = forms.ChoiceField(label=_("Siapa pendaftar ini?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, people: Sequence[tuple[Person, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(person.public_id): person for person, _words in people}
        field = cast(forms.ChoiceField, self.fields["person"])
        field.choices = [
            *((str(person.public_id), words) for person, words in people),
            (NEW_PERSON, _("Belum terdaftar: daftarkan sebagai orang baru")),
        ]

    def chosen(self) -> Person | None:
        """The registered person, or None for somebody new."""
        return self.people.get(self.cleaned_data["person"])


class StepsForm(forms.Form):
    """What is learned in a placement."""

    steps = steps_field(_("Proses yang dipelajari"))


class MentorChoice(forms.ModelChoiceField):
    """People at work with the host, each with the load they carry."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Pembimbing"))
        kwargs.setdefault("empty_label", _("Pilih"))
        kwargs.setdefault(
            "help_text", _("Orang yang tercatat bekerja di tempat magang, dengan banyaknya peserta yang ia bimbing.")
        )
        super().__init__(queryset=Person.objects.none(), to_field_name="public_id", **kwargs)

    def label_from_instance(self, person) -> str:
        return f"{person.name} ({person.load})"


class MoveForm(forms.Form):
    """A day and a note; each move adds what it needs."""

    on = DayField(label=_("Tanggal"))
    note = forms.CharField(label=_("Catatan"), max_length=300, required=False)

    def __init__(
        self, *args: Any, today: date, mentors: QuerySet[Person] | None = None, user=None, **kwargs: Any
    ) -> None:
        self.today = today
        kwargs["initial"] = {"on": today} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        if "mentor" in self.fields and mentors is not None:
            cast(MentorChoice, self.fields["mentor"]).queryset = mentors
        if "host" in self.fields:
            cast(EnterpriseField, self.fields["host"]).user = user

    def clean_on(self) -> date:
        day = self.cleaned_data["on"]
        if day > self.today:
            raise forms.ValidationError(_("Tanggal ini belum tiba."))
        return day

    def facts(self) -> dict[str, Any]:
        """The cleaned values as the action takes them."""
        return dict(self.cleaned_data)


class OfferForm(MoveForm):
    """Which workshop takes the applicant, alone or within a group."""

    host = EnterpriseField(label=_("Tempat magang"))
    host_group = forms.ModelChoiceField(
        label=_("Kelompok"),
        queryset=HostGroup.objects.order_by("name"),
        required=False,
        empty_label=_("Menerima sendiri"),
        help_text=_("Usaha kecil menerima bersama-sama, supaya batas peserta dihitung atas semua anggota."),
    )
    field_order = ["on", "host", "host_group", "note"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        group, host, on = data.get("host_group"), data.get("host"), data.get("on")
        if group and host and on and not group.members.filter(member_on(on), enterprise=host).exists():
            self.add_error("host_group", _("Usaha ini bukan anggota kelompok tersebut."))
        return data


class TrialForm(MoveForm):
    """The trial begins."""

    mentor = MentorChoice(required=False)
    field_order = ["on", "mentor", "note"]


class StartForm(MoveForm):
    """Learning begins, with a mentor and a planned end."""

    mentor = MentorChoice()
    planned_until = DayField(label=_("Rencana selesai"))
    field_order = ["on", "planned_until", "mentor", "note"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("on") and data.get("planned_until") and data["planned_until"] < data["on"]:
            self.add_error("planned_until", _("Rencana selesai mendahului mulainya."))
        return data


class DropForm(MoveForm):
    """Why it ends early."""

    drop_reason = forms.ChoiceField(label=_("Alasan"), choices=DropReason.choices, widget=forms.RadioSelect)
    field_order = ["on", "drop_reason", "note"]


class MentorForm(forms.Form):
    """Another mentor."""

    mentor = MentorChoice()

    def __init__(self, *args: Any, mentors: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(MentorChoice, self.fields["mentor"]).queryset = mentors
