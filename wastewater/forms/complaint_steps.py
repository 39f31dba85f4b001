"""Forms of staff: each asks what one step of a case needs, under the names that its action takes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from batikportal import formats
from batikportal.choices import AreaLevel
from batikportal.models import Area, Enterprise
from wastewater.choices.complaints import ComplaintState, IntakeChannel, Moderation
from wastewater.forms.complaints import CategoryField, WardField
from wastewater.forms.fields import DayField
from wastewater.forms.filters import ALL, DistrictField
from wastewater.models.complaints import Agency, Complaint, ComplaintCategory
from wastewater.queries.complaints import places

PUBLIC = _("Terbaca oleh umum. Jangan menyebut nama orang atau usaha.")


def _words(label: Any, *, required: bool = True, rows: int = 4, help_text: Any = "", length: int = 3000):
    return forms.CharField(
        label=label,
        required=required,
        max_length=length,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class StepForm(forms.Form):
    """A form about one complaint; the user decides which objects it offers."""

    def __init__(self, *args: Any, complaint: Complaint, user: Any, **kwargs: Any):
        self.complaint = complaint
        self.user = user
        super().__init__(*args, **kwargs)


class CorrectForm(StepForm):
    """Category and kelurahan, set straight."""

    category = CategoryField(label=_("Kategori"))
    ward = WardField(empty_label=_("Belum diketahui"))

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["category"].initial = self.complaint.category_id
        self.fields["ward"].initial = self.complaint.ward_id


class ModerateForm(StepForm):
    """What the public page shows."""

    moderation = forms.ChoiceField(
        label=_("Tampilan untuk umum"),
        choices=[one for one in Moderation.choices if one[0] != Moderation.PENDING],
        widget=forms.RadioSelect,
    )
    public_text = _words(
        _("Ringkasan untuk umum"),
        required=False,
        rows=3,
        length=500,
        help_text=_("Tulis sendiri, tanpa nama orang, usaha atau alamat rumah. Tulisan pelapor tidak ditampilkan."),
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        decided = self.complaint.moderation != Moderation.PENDING
        self.fields["moderation"].initial = self.complaint.moderation if decided else Moderation.FACTS
        self.fields["public_text"].initial = self.complaint.public_text

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("moderation") == Moderation.TEXT and not (cleaned.get("public_text") or "").strip():
            self.add_error("public_text", _("Tulis ringkasan untuk umum, atau pilih tampilkan tanpa teks."))
        return cleaned


class TriageForm(ModerateForm, CorrectForm):
    """The first reading."""

    field_order = ["category", "ward", "moderation", "public_text", "sentence"]
    sentence = _words(_("Kabar pertama untuk pelapor dan umum"), required=False, rows=3, length=500, help_text=PUBLIC)


class ProgressForm(StepForm):
    """A move that may be explained to the public, to colleagues, or to nobody."""

    sentence = _words(_("Kabar untuk umum"), required=False, rows=3, length=500, help_text=PUBLIC)
    note = _words(_("Catatan intern"), required=False, rows=3)


class SentenceForm(StepForm):
    sentence = _words(_("Kabar untuk umum"), rows=3, length=500, help_text=PUBLIC)


class NoteForm(StepForm):
    text = _words(_("Catatan intern"), help_text=_("Hanya dibaca petugas."))


class QuestionForm(StepForm):
    text = _words(_("Pertanyaan kepada pelapor"), help_text=_("Tampil pada halaman rahasia pelapor."))


class AnswerForm(StepForm):
    text = _words(_("Jawaban untuk umum"), rows=6, help_text=PUBLIC)
    note = _words(_("Catatan intern"), required=False, rows=3)


class CloseForm(StepForm):
    text = _words(_("Keterangan penutupan untuk umum"), help_text=PUBLIC)


class RejectForm(StepForm):
    text = _words(_("Alasan tidak diproses, untuk umum"), help_text=PUBLIC)


class ReopenForm(StepForm):
    reason = _words(_("Alasan dibuka kembali"), help_text=PUBLIC)


class JoinForm(StepForm):
    """The case that goes on: one of the open ones that are near or alike, or any other by its number."""

    alike = forms.ChoiceField(label=_("Laporan terbuka yang mirip"), required=False, widget=forms.RadioSelect)
    parent = forms.ModelChoiceField(
        label=_("Nomor laporan yang dilanjutkan"),
        queryset=Complaint.objects.none(),
        to_field_name="number",
        required=False,
        widget=forms.TextInput(attrs={"class": "medium"}),
        error_messages={"invalid_choice": _("Nomor laporan tidak dikenal. Periksa nomornya pada daftar pengaduan.")},
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        parent: Any = self.fields["parent"]
        seen = Complaint.objects.visible_to(self.user).exclude(pk=self.complaint.pk)
        parent.queryset = seen
        offered = places.alike_for_staff(self.complaint, seen)
        if offered:
            alike: Any = self.fields["alike"]
            alike.choices = [*((one.number, _told(one, metres)) for one, metres in offered), ("", _("Laporan lain"))]
            parent.help_text = _("Hanya bila laporannya tidak ada di atas.")
        else:
            del self.fields["alike"]

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        number = cleaned.pop("alike", "")
        if number and cleaned.get("parent"):
            self.add_error("parent", _("Pilih salah satu: laporan di atas, atau nomor."))
        elif number:
            cleaned["parent"] = self.fields["parent"].queryset.get(number=number)  # type: ignore[attr-defined]
        elif not cleaned.get("parent") and "parent" not in self.errors:
            self.add_error("alike" if "alike" in self.fields else "parent", _("Pilih laporannya, atau tulis nomornya."))
        return cleaned


def _told(one: Complaint, metres: float | None) -> str:
    """A complaint in a line: number, category, where, when."""
    where = "" if one.ward is None else one.ward.name
    away = "" if metres is None else _("%(metres)s m dari sini") % {"metres": formats.number(round(metres))}
    parts = (one.number, str(one.category), where, away, formats.short_day(one.received_at))
    return " · ".join(filter(None, parts))


class SplitForm(StepForm):
    category = CategoryField(label=_("Kategori bagian yang dipisah"))
    description = _words(_("Apa yang dipisah?"), help_text=_("Hanya dibaca petugas."))


class PartnerForm(StepForm):
    """Another agency, besides those that are in it."""

    agency = forms.ModelChoiceField(
        label=_("Instansi"), queryset=Agency.objects.none(), empty_label=_("Pilih instansi")
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        agency: Any = self.fields["agency"]
        inside = self.complaint.handlings.values("agency")
        agency.queryset = Agency.objects.filter(is_active=True).exclude(pk__in=inside)


class HandoverForm(StepForm):
    receiver = forms.ModelChoiceField(
        label=_("Ditawarkan kepada"), queryset=Agency.objects.none(), empty_label=_("Pilih instansi")
    )
    reason = _words(_("Alasan"), rows=3, length=300, help_text=_("Hanya dibaca petugas."))

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        receiver: Any = self.fields["receiver"]
        lead = self.complaint.handlings.filter(role="lead").values("agency")
        receiver.queryset = Agency.objects.filter(is_active=True).exclude(pk__in=lead)


class HoldForm(StepForm):
    reason = forms.CharField(
        label=_("Alasan data pelapor ditahan"),
        required=False,
        max_length=250,
        help_text=_("Selama terisi, data pelapor tidak dihapus. Kosongkan untuk melepas."),
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["reason"].initial = self.complaint.legal_hold


class LinkForm(StepForm):
    """The enterprise and the national number; neither is ever public."""

    enterprise = forms.ModelChoiceField(
        label=_("Nomor registrasi usaha yang terkait"),
        queryset=Enterprise.objects.none(),
        to_field_name="registration_number",
        required=False,
        widget=forms.TextInput(attrs={"class": "medium"}),
        help_text=_("Lihat nomornya pada daftar pelaku usaha. Tidak pernah ditampilkan kepada umum."),
        error_messages={"invalid_choice": _("Nomor registrasi tidak dikenal. Periksa nomornya.")},
    )
    national_number = forms.CharField(label=_("Nomor SP4N-LAPOR!"), required=False, max_length=40)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        enterprise: Any = self.fields["enterprise"]
        enterprise.queryset = Enterprise.objects.visible_to(self.user)
        if self.complaint.enterprise:
            enterprise.initial = self.complaint.enterprise.registration_number
        self.fields["national_number"].initial = self.complaint.national_number

    def clean_national_number(self):
        number = self.cleaned_data["national_number"].strip()
        if number and Complaint.objects.filter(national_number=number).exclude(pk=self.complaint.pk).exists():
            raise forms.ValidationError(_("Nomor SP4N-LAPOR! ini sudah tercatat pada laporan lain."))
        return number


class ForwardForm(forms.Form):
    forwarded_on = DayField(label=_("Diteruskan pada"))


class AcceptanceForm(forms.Form):
    accepted_on = DayField(label=_("Diterima instansi pada"))
    reference = forms.CharField(label=_("Nomor surat atau rujukan"), max_length=120)


class PartForm(forms.Form):
    """What the agency itself tells the public."""

    sentence = _words(_("Kabar instansi untuk umum"), rows=3, length=300, help_text=PUBLIC)
    done = forms.BooleanField(label=_("Bagian instansi ini selesai"), required=False)


class DecisionForm(forms.Form):
    """Whether the receiver takes the case."""

    accepted = forms.TypedChoiceField(
        label=_("Keputusan penerima"),
        choices=[("yes", _("Diterima")), ("no", _("Tidak diterima"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    decided_on = DayField(label=_("Tanggal keputusan"))
    reference = forms.CharField(label=_("Nomor surat atau rujukan"), required=False, max_length=120)
    text = _words(_("Keterangan"), required=False, rows=3, length=300)

    def __init__(self, *args: Any, is_external: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.is_external = is_external

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("accepted") is True and self.is_external and not cleaned.get("reference"):
            self.add_error("reference", _("Tulis nomor surat atau rujukan yang menyatakan diterima."))
        if cleaned.get("accepted") is False and not cleaned.get("text"):
            self.add_error("text", _("Tulis alasan penerima menolak."))
        return cleaned


class ReadingForm(forms.Form):
    purpose = forms.CharField(
        label=_("Untuk keperluan apa?"), max_length=200, help_text=_("Keperluan dan nama Anda tercatat.")
    )


class ComplaintFilter(forms.Form):
    """What the board can be narrowed by."""

    cari = forms.CharField(label=_("Cari nomor, ringkasan, kelurahan atau usaha"), required=False, max_length=80)
    keadaan = forms.ChoiceField(
        label=_("Keadaan"), required=False, choices=[ALL, ("open", _("Masih terbuka")), *ComplaintState.choices]
    )
    kategori = forms.ModelChoiceField(
        label=_("Kategori"),
        queryset=ComplaintCategory.objects.all(),
        to_field_name="code",
        required=False,
        empty_label=_("Semua"),
    )
    kecamatan = DistrictField()
    wilayah = forms.ModelChoiceField(
        label=_("Kelurahan"),
        queryset=Area.objects.filter(level=AreaLevel.WARD).order_by("name"),
        to_field_name="code",
        required=False,
        empty_label=_("Semua"),
    )
    instansi = forms.ModelChoiceField(
        label=_("Instansi"), queryset=Agency.objects.all(), to_field_name="code", required=False, empty_label=_("Semua")
    )
    saluran = forms.ChoiceField(label=_("Saluran"), required=False, choices=[ALL, *IntakeChannel.choices])
    dari = DayField(label=_("Diterima sejak"), required=False)
    sampai = DayField(label=_("Diterima sampai"), required=False)
    dijawab_dari = DayField(label=_("Pertama dijawab sejak"), required=False)
    dijawab_sampai = DayField(label=_("Pertama dijawab sampai"), required=False)
    janji_dari = DayField(label=_("Janji jawaban sejak"), required=False)
    janji_sampai = DayField(label=_("Janji jawaban sampai"), required=False)
    lewat = forms.BooleanField(label=_("Hanya yang melewati janji"), required=False)
