"""Forms about applications: applying, completing, checking, finding, attendance."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from batikportal.choices import AreaLevel
from batikportal.models import Area, Enterprise
from marketing.choices import ApplicationChannel, ApplicationState, ProgrammeKind, Verdict
from marketing.forms.moments import DayInput
from marketing.models import Activity, Application


class EligibilityForm(forms.Form):
    """Which of the reader's enterprises the rules are asked about."""

    def __init__(self, *args: Any, enterprises: Sequence[Enterprise], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.enterprises = {str(enterprise.public_id): enterprise for enterprise in enterprises}
        self.fields["usaha"] = forms.ChoiceField(
            label=_("Usaha"),
            choices=[(key, enterprise.name) for key, enterprise in self.enterprises.items()],
            required=False,
            widget=forms.HiddenInput() if len(self.enterprises) == 1 else forms.Select(),
        )

    def chosen(self) -> Enterprise:
        """The enterprise asked for, else the first one."""
        key = self.cleaned_data.get("usaha") if self.is_bound and self.is_valid() else ""
        return self.enterprises.get(key or "", next(iter(self.enterprises.values())))


class ApplicationForm(forms.Form):
    """What an applicant adds to the profile the portal already has; the key makes a retry harmless."""

    answer = forms.CharField(max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 4}))
    is_true = forms.BooleanField(
        label=_("Data usaha di atas benar, dan saya bersedia hadir penuh bila diterima."), required=True
    )
    key = forms.UUIDField(widget=forms.HiddenInput(), error_messages={"required": _("Muat ulang halaman ini.")})

    def __init__(self, *args: Any, activity: Activity, is_draft: bool = False, **kwargs: Any):
        kwargs["initial"] = {"key": uuid4(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        if activity.motivation_question:
            self.fields["answer"].label = activity.motivation_question
            self.fields["answer"].required = not is_draft
            self.fields["answer"].help_text = _("Cukup dua atau tiga kalimat.")
        else:
            self.fields["answer"].label = _("Catatan untuk petugas")
        if is_draft:
            self.fields["is_true"].required = False


class AssistForm(forms.Form):
    """An officer applies on behalf of an enterprise that came to the desk or called."""

    enterprise = forms.CharField(
        label=_("Nomor registrasi usaha"),
        max_length=20,
        help_text=_("Contoh PKL-000123. Lihat di daftar pelaku usaha."),
        widget=forms.TextInput(attrs={"class": "medium", "autocomplete": "off"}),
    )
    answer = forms.CharField(
        label=_("Jawaban pemilik"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    is_true = forms.BooleanField(label=_("Pemilik hadir atau menelepon, dan menyetujui pendaftaran ini."))
    key = forms.UUIDField(widget=forms.HiddenInput(), error_messages={"required": _("Muat ulang halaman ini.")})

    def __init__(self, *args: Any, user: Any, activity: Activity, **kwargs: Any):
        kwargs["initial"] = {"key": uuid4(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.user = user
        if activity.motivation_question:
            self.fields["answer"].label = activity.motivation_question

    def clean_enterprise(self) -> Enterprise:
        number = self.cleaned_data["enterprise"].strip().upper()
        found = Enterprise.objects.visible_to(self.user).registered().select_related("ward__parent")
        enterprise = found.filter(registration_number=number).first()
        if enterprise is None:
            raise forms.ValidationError(_("Usaha tidak ditemukan. Periksa nomornya, atau daftarkan usahanya dahulu."))
        return enterprise


class ReturnForm(forms.Form):
    """What the applicant should complete, and by when."""

    note = forms.CharField(
        label=_("Yang perlu dilengkapi"),
        error_messages={"required": _("Tulis apa yang perlu dilengkapi pendaftar.")},
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Tulis apa yang kurang dan di mana melengkapinya. Pendaftar membaca kalimat ini."),
    )
    due_on = forms.DateField(label=_("Paling lambat"), required=False, widget=DayInput())

    def __init__(self, *args: Any, today: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_due_on(self) -> Any:
        due_on = self.cleaned_data["due_on"]
        if due_on and due_on < self.today:
            raise forms.ValidationError(_("Tanggal sudah lewat."))
        return due_on


class WithdrawForm(forms.Form):
    """Stepping back; the reason helps to plan, and is not asked for."""

    reason = forms.CharField(
        label=_("Alasan"), max_length=250, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class ApplicationFilter(forms.Form):
    """Filters of the staff list of applications; everything optional. Dates are those of the activity."""

    cari = forms.CharField(label=_("Cari usaha atau pemilik"), required=False)
    kegiatan = forms.UUIDField(widget=forms.HiddenInput(), required=False)
    status = forms.ChoiceField(
        label=_("Status"),
        choices=[
            ("", _("Semua")),
            ("undecided", _("Belum dijawab")),
            *(choice for choice in ApplicationState.choices if choice[0] != ApplicationState.DRAFT),
        ],
        required=False,
    )
    kursi = forms.ChoiceField(label=_("Kursi"), choices=[("", _("Semua")), ("ya", _("Mendapat kursi"))], required=False)
    pemula = forms.ChoiceField(
        label=_("Belum pernah ikut"), choices=[("", _("Semua")), ("ya", _("Ya")), ("tidak", _("Tidak"))], required=False
    )
    syarat = forms.ChoiceField(label=_("Syarat"), choices=[("", _("Semua")), *Verdict.choices], required=False)
    jenis = forms.ChoiceField(label=_("Jenis"), choices=[("", _("Semua")), *ProgrammeKind.choices], required=False)
    saluran = forms.ChoiceField(
        label=_("Saluran"), choices=[("", _("Semua")), *ApplicationChannel.choices], required=False
    )
    kecamatan = forms.ModelChoiceField(
        label=_("Kecamatan"),
        queryset=Area.objects.filter(level=AreaLevel.DISTRICT, valid_until__isnull=True).order_by("name"),
        to_field_name="code",
        empty_label=_("Semua"),
        required=False,
    )
    terhitung = forms.BooleanField(label=_("Tanpa kegiatan yang dibatalkan"), required=False)
    dari = forms.DateField(label=_("Kegiatan mulai dari"), required=False, widget=DayInput())
    sampai = forms.DateField(label=_("sampai"), required=False, widget=DayInput())


class AttendanceForm(forms.Form):
    """Who came: one choice for every holder of a seat."""

    PRESENT, ABSENT = "hadir", "tidak"

    def __init__(self, *args: Any, applications: Sequence[Application], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.applications = {f"p{application.pk}": application for application in applications}
        known: dict[str, str] = {ApplicationState.ATTENDED: self.PRESENT, ApplicationState.NO_SHOW: self.ABSENT}
        for name, application in self.applications.items():
            self.fields[name] = forms.ChoiceField(
                label=application.enterprise.name,
                choices=[(self.PRESENT, _("Hadir")), (self.ABSENT, _("Tidak hadir"))],
                initial=known.get(application.state),
                required=False,
                widget=forms.RadioSelect(),
            )

    def marked(self, value: str) -> list[Application]:
        """The applications marked ``value``."""
        return [self.applications[name] for name, given in self.cleaned_data.items() if given == value]
