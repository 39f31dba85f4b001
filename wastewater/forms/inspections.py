"""Forms about inspections: the plan, the team, the checklist on a phone, the report."""

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from batikportal.imports.contract import Censored
from batikportal.models import Enterprise, StoredFile
from wastewater import rules
from wastewater.actions.inspections import Member
from wastewater.choices import Impossible, Unit
from wastewater.choices.inspections import (
    AnswerStatus,
    InspectionKind,
    InspectionOrigin,
    InspectionState,
    NotInspectedReason,
    SubjectSignature,
    TeamRole,
)
from wastewater.forms.fields import WORKING_HOURS_HELP, CensoredField, DayField, FigureField, MomentField
from wastewater.forms.filters import ALL, DistrictField
from wastewater.models import ChecklistItem, Parameter, Sample, SiteFacts, TreatmentPlant

QUARTERS = [("1", _("Triwulan I")), ("2", _("Triwulan II")), ("3", _("Triwulan III")), ("4", _("Triwulan IV"))]
MONTHS = [
    ("", _("Seluruh triwulan")), ("1", _("Januari")), ("2", _("Februari")), ("3", _("Maret")), ("4", _("April")),
    ("5", _("Mei")), ("6", _("Juni")), ("7", _("Juli")), ("8", _("Agustus")), ("9", _("September")),
    ("10", _("Oktober")), ("11", _("November")), ("12", _("Desember")),
]  # fmt: skip
UNKNOWN_YES_NO = [("", _("Tidak dicatat")), ("ya", _("Ada")), ("tidak", _("Tidak ada"))]
SUGGESTED = 5


class TextBox(forms.CharField):
    """A text of several lines."""

    def __init__(self, *, rows: int = 3, **kwargs):
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), max_length=4000, **kwargs)


class SubjectField(forms.CharField):
    """A business by registration number or name, or a plant by code or name; names that fit are suggested."""

    enterprises = Enterprise.objects.none()

    def __init__(self):
        super().__init__(
            label=_("Usaha atau IPAL"),
            max_length=120,
            help_text=_("Nomor registrasi (PKL-…), nama usaha, atau kode IPAL."),
        )

    def clean(self, value):
        text = super().clean(value).strip()
        plant = (
            TreatmentPlant.objects.filter(code__iexact=text).first()
            or TreatmentPlant.objects.filter(name__iexact=text).first()
        )
        if plant:
            return plant
        exact = list(self.enterprises.filter(registration_number__iexact=text)[:1]) or list(
            self.enterprises.filter(name__iexact=text)[:2]
        )
        if len(exact) == 1:
            return exact[0]
        near = self.enterprises.filter(name__icontains=text).order_by("name")[:SUGGESTED]
        names = "; ".join(f"{one.registration_number} {one.name}" for one in near)
        if names:
            raise forms.ValidationError(_("Maksud Anda: %(names)s? Tulis nomor registrasinya.") % {"names": names})
        raise forms.ValidationError(_("Usaha atau IPAL itu tidak ditemukan di wilayah kerja Anda."))


class SlotForm(forms.Form):
    """Where on the plan, and why."""

    year = forms.IntegerField(label=_("Tahun"), min_value=2020, max_value=2100)
    quarter = forms.ChoiceField(label=_("Triwulan"), choices=QUARTERS)
    month = forms.ChoiceField(label=_("Bulan"), choices=MONTHS, required=False)
    reason = TextBox(label=_("Alasan"))

    def clean_quarter(self) -> int:
        return int(self.cleaned_data["quarter"])

    def clean_month(self) -> int | None:
        return int(self.cleaned_data["month"]) if self.cleaned_data["month"] else None

    def clean(self):
        chosen = super().clean() or self.cleaned_data
        month, quarter = chosen.get("month"), chosen.get("quarter")
        if month and quarter and (month + 2) // 3 != quarter:
            self.add_error("month", _("Bulan itu tidak termasuk triwulan yang dipilih."))
        return chosen


class PlanInspectionForm(SlotForm):
    """A new inspection, from the annual plan or for a cause."""

    subject = SubjectField()
    origin = forms.ChoiceField(
        label=_("Asal"),
        choices=InspectionOrigin,
        help_text=_("Selain rencana tahunan, pengawasan dicatat sebagai insidental."),
    )
    origin_reference = forms.CharField(
        label=_("Nomor pengaduan atau laporan"),
        max_length=60,
        required=False,
        help_text=_("Nomor pengaduan di portal ini langsung terkait."),
    )
    field_order = ["subject", "origin", "origin_reference"]

    def __init__(self, *args, enterprises, complaints, violation=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["subject"].enterprises = enterprises  # type: ignore[attr-defined]  # declared above
        self.complaints, self.violation = complaints, violation
        if violation is None:
            # An inspection for a violation begins on the violation's page, which names it.
            origins = [(one.value, one.label) for one in InspectionOrigin if one != InspectionOrigin.VIOLATION]
            self.fields["origin"].choices = origins  # type: ignore[attr-defined]  # a ChoiceField, see above
        else:
            kept = (InspectionOrigin.VIOLATION, InspectionOrigin.REPEATED)
            self.fields["origin"].choices = [(one.value, one.label) for one in kept]  # type: ignore[attr-defined]
            self.fields["subject"].disabled = True
            del self.fields["origin_reference"]

    def clean(self):
        """The complaint that the number names; a number of another office stays as it was written."""
        chosen = super().clean()
        number = (chosen.get("origin_reference") or "").strip()
        chosen["complaint"], chosen["violation"] = None, self.violation
        if chosen.get("origin") == InspectionOrigin.COMPLAINT:
            if not number:
                self.add_error("origin_reference", _("Tulis nomor pengaduannya."))
            chosen["complaint"] = self.complaints.filter(number=number).first()
        return chosen


class AssignmentForm(forms.Form):
    """The assignment letter and the team, one person a line."""

    number = forms.CharField(label=_("Nomor surat tugas"), max_length=60)
    assigned_on = DayField(label=_("Tanggal surat tugas"))
    lead = forms.CharField(label=_("Ketua tim"), max_length=300, help_text=_("Nama; NIP; jabatan; nomor PPLHD"))
    members = TextBox(
        label=_("Anggota"),
        required=False,
        help_text=_("Satu orang per baris: nama; NIP; jabatan; nomor PPLHD. Hanya nama yang wajib."),
    )
    samplers = TextBox(label=_("Pengambil contoh uji"), rows=2, required=False, help_text=_("Ditulis seperti anggota."))
    witnesses = TextBox(label=_("Saksi"), rows=2, required=False, help_text=_("Ditulis seperti anggota."))

    def team(self) -> list[Member]:
        """Everybody named, each with the role of the field."""
        groups = [("lead", TeamRole.LEAD), ("members", TeamRole.MEMBER), ("samplers", TeamRole.SAMPLER),
                  ("witnesses", TeamRole.WITNESS)]  # fmt: skip
        return [
            _member(line, role)
            for name, role in groups
            for line in self.cleaned_data[name].splitlines()
            if line.strip(" ;")
        ]

    @classmethod
    def initial_of(cls, inspection) -> dict[str, object]:
        lines: dict[str, list[str]] = {"lead": [], "member": [], "sampler": [], "witness": []}
        for member in inspection.members.all():
            parts = [member.name, member.employee_number, member.position, member.officer_number]
            lines[member.role].append("; ".join(parts).rstrip("; "))
        return {
            "number": inspection.assignment_number,
            "assigned_on": inspection.assigned_on,
            "lead": "".join(lines["lead"]),
            "members": "\n".join(lines["member"]),
            "samplers": "\n".join(lines["sampler"]),
            "witnesses": "\n".join(lines["witness"]),
        }


def _member(line: str, role: str) -> Member:
    parts = [part.strip() for part in line.split(";")] + [""] * 4
    name, employee_number, position, officer_number = parts[:4]
    return Member(name[:120], role, employee_number[:30], position[:80], officer_number[:40])


class StartForm(forms.Form):
    started_at = MomentField(label=_("Mulai"), help_text=WORKING_HOURS_HELP)


class ImpossibleForm(forms.Form):
    """Why nobody could look."""

    reason = forms.ChoiceField(label=_("Sebab"), choices=NotInspectedReason)
    note = forms.CharField(label=_("Keterangan"), max_length=300, required=False)


class YesNoField(forms.ChoiceField):
    """Yes, no, or not noted."""

    def __init__(self, **kwargs):
        super().__init__(choices=UNKNOWN_YES_NO, required=False, **kwargs)

    def clean(self, value) -> bool | None:
        return {"ya": True, "tidak": False}.get(super().clean(value))

    def prepare_value(self, value):
        return {True: "ya", False: "tidak"}.get(value, value if isinstance(value, str) else "")


class SiteForm(forms.Form):
    """What the place is like; every field may stay empty."""

    representative_name = forms.CharField(label=_("Penanggung jawab di tempat"), max_length=120, required=False)
    representative_position = forms.CharField(label=_("Jabatan"), max_length=80, required=False)
    representative_phone = forms.CharField(label=_("Kontak"), max_length=30, required=False)
    business_code = forms.CharField(
        label=_("KBLI"), max_length=10, required=False, help_text=_("13134 untuk industri batik (KBLI 2020).")
    )
    workers_count = forms.IntegerField(label=_("Jumlah pekerja"), min_value=0, max_value=100_000, required=False)
    production_capacity = forms.CharField(label=_("Kapasitas produksi"), max_length=120, required=False)
    operating_hours = forms.CharField(label=_("Jam operasi"), max_length=80, required=False)
    latitude = FigureField(label=_("Lintang"), places=5, minimum=-90, maximum=90)
    longitude = FigureField(label=_("Bujur"), places=5, minimum=-180, maximum=180)
    plant_units = forms.CharField(label=_("Unit IPAL"), max_length=250, required=False)
    flow_in_m3_per_day = FigureField(label=_("Debit inlet"), unit="m³/hari", places=2, minimum=0, maximum=1_000_000)
    flow_out_m3_per_day = FigureField(label=_("Debit outlet"), unit="m³/hari", places=2, minimum=0, maximum=1_000_000)
    has_flow_meter = YesNoField(label=_("Alat ukur debit"))
    has_separate_drain = YesNoField(label=_("Saluran air limbah terpisah dari air hujan"))
    has_bypass = YesNoField(label=_("Saluran pintas (bypass)"))
    keeps_logbook = YesNoField(label=_("Catatan harian pH dan debit"))
    compliance_point = forms.CharField(label=_("Titik penaatan dan koordinatnya"), max_length=200, required=False)

    def clean(self):
        chosen = super().clean() or self.cleaned_data
        if (chosen.get("latitude") is None) != (chosen.get("longitude") is None):
            self.add_error("longitude", _("Isi lintang dan bujur bersama-sama."))
        return chosen

    @classmethod
    def initial_of(cls, site: SiteFacts | None) -> dict[str, object]:
        return {name: getattr(site, name) for name in cls.base_fields} if site else {}


class AspectForm(forms.Form):
    """The questions of one aspect: state, note and photo of each; a question may be left for later."""

    def __init__(self, *args, items, answers, **kwargs):
        super().__init__(*args, **kwargs)
        self.items: list[ChecklistItem] = list(items)
        for item in self.items:
            old = answers.get(item.pk)
            self.fields[f"status_{item.pk}"] = forms.ChoiceField(
                label=item.question,
                choices=AnswerStatus,
                required=False,
                widget=forms.RadioSelect,
                initial=old.status if old else "",
            )
            # A question of a checklist may wait, but "(optional)" behind each would say that it need not be answered.
            self.fields[f"status_{item.pk}"].is_question = True  # type: ignore[attr-defined]  # read by field.html
            self.fields[f"note_{item.pk}"] = forms.CharField(
                label=_("Catatan"), max_length=500, required=False, initial=old.note if old else ""
            )
            self.fields[f"photo_{item.pk}"] = forms.FileField(
                label=_("Foto bukti"),
                required=False,
                widget=forms.FileInput(attrs={"accept": "image/*", "capture": "environment"}),
            )
        self.answers = answers
        # Photos that came with a submit whose question was not in order yet, by question.
        self.kept: dict[int, StoredFile] = {}

    def rows(self):
        """Each question with its three fields, what was answered before, and a photo that waits for its answer."""
        return [
            (item, self[f"status_{item.pk}"], self[f"note_{item.pk}"], self[f"photo_{item.pk}"],
             self.answers.get(item.pk), self.kept.get(item.pk))
            for item in self.items
        ]  # fmt: skip

    def unanswered_photos(self):
        """(item, upload) of the questions whose photo came without a state."""
        for item in self.items:
            upload = self.cleaned_data.get(f"photo_{item.pk}")
            if upload and not self.cleaned_data.get(f"status_{item.pk}"):
                yield item, upload

    def clean(self):
        chosen = super().clean() or self.cleaned_data
        for item in self.items:
            written = chosen.get(f"note_{item.pk}") or chosen.get(f"photo_{item.pk}")
            if written and not chosen.get(f"status_{item.pk}"):
                self.add_error(f"status_{item.pk}", _("Pilih keadaannya, karena ada catatan atau foto."))
        return chosen

    def answered(self):
        """(item, status, note, upload) of every question with a valid state."""
        for item in self.items:
            status = self.cleaned_data.get(f"status_{item.pk}")
            if status:
                yield (
                    item,
                    status,
                    self.cleaned_data.get(f"note_{item.pk}", ""),
                    self.cleaned_data.get(f"photo_{item.pk}"),
                )


class DocumentSeenForm(forms.Form):
    kind = forms.CharField(label=_("Jenis dokumen"), max_length=80, help_text=_("Misalnya NIB, SPPL, UKL-UPL, Pertek."))
    number = forms.CharField(label=_("Nomor"), max_length=80, required=False)
    dated_on = DayField(label=_("Tanggal"), required=False)
    valid_until = DayField(label=_("Berlaku sampai"), required=False)


class MeasuredParameter(forms.ModelChoiceField):
    """A parameter with the unit in which its figure is written."""

    def label_from_instance(self, obj):
        return str(obj) if obj.unit == Unit.PH else f"{obj} ({obj.get_unit_display()})"


# So many figures are noted at once; what every team measures stands there already.
READINGS = 6
USUALLY_READ = ("PH", "SUHU")


class MeasurementForm(forms.Form):
    """Figures measured at one place with one instrument; lines without a figure are left out."""

    place = forms.CharField(label=_("Tempat diukur"), max_length=120, help_text=_("Misalnya outlet IPAL."))
    instrument = forms.CharField(label=_("Alat"), max_length=80, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        parameters = Parameter.objects.all()
        for number in range(1, READINGS + 1):
            self.fields[f"parameter_{number}"] = MeasuredParameter(
                label=_("Parameter"),
                queryset=parameters,
                to_field_name="code",
                empty_label=_("Pilih parameter"),
                required=False,
                initial=USUALLY_READ[number - 1] if number <= len(USUALLY_READ) else None,
            )
            self.fields[f"reading_{number}"] = CensoredField(label=_("Hasil"), required=False)

    def lines(self) -> list[tuple[BoundField, BoundField]]:
        """Each parameter with its figure."""
        return [(self[f"parameter_{number}"], self[f"reading_{number}"]) for number in range(1, READINGS + 1)]

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        for number in range(1, READINGS + 1):
            reading, parameter = cleaned.get(f"reading_{number}"), cleaned.get(f"parameter_{number}")
            if reading and not parameter and f"parameter_{number}" not in self.errors:
                self.add_error(f"parameter_{number}", _("Pilih parameternya."))
            wrong = reading and parameter and rules.impossible(reading.value, parameter.unit)
            if wrong:
                self.add_error(f"reading_{number}", Impossible(wrong).label)
        if not self.errors and not self.readings():
            self.add_error("reading_1", _("Isi paling sedikit satu hasil."))
        return cleaned

    def readings(self) -> list[tuple[Parameter, Censored]]:
        """The lines that have a figure."""
        pairs = [
            (self.cleaned_data.get(f"parameter_{number}"), self.cleaned_data.get(f"reading_{number}"))
            for number in range(1, READINGS + 1)
        ]
        return [(parameter, reading) for parameter, reading in pairs if parameter and reading]


class SampleLinkForm(forms.Form):
    """A sample of the inspected firm or plant."""

    sample = forms.ModelChoiceField(
        label=_("Sampel"), queryset=Sample.objects.none(), to_field_name="public_id", empty_label=_("Pilih sampel")
    )
    handover_number = forms.CharField(label=_("Nomor BA serah terima contoh uji"), max_length=60, required=False)

    def __init__(self, *args, samples, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["sample"].queryset = samples  # type: ignore[attr-defined]  # declared above


class DraftReportForm(forms.Form):
    report_number = forms.CharField(label=_("Nomor berita acara"), max_length=60)
    ended_at = MomentField(label=_("Selesai di lapangan"), help_text=WORKING_HOURS_HELP)
    conclusion = TextBox(label=_("Kesimpulan dan saran tindak lanjut"), rows=5)


class SignReportForm(forms.Form):
    """How the business answered."""

    signature = forms.ChoiceField(label=_("Pihak yang diawasi"), choices=SubjectSignature, widget=forms.RadioSelect)
    signer = forms.CharField(label=_("Nama penanda tangan"), max_length=120, required=False)
    signer_position = forms.CharField(label=_("Jabatan"), max_length=80, required=False)
    refusal_reason = forms.CharField(
        label=_("Alasan tanpa tanda tangan"), max_length=300, required=False, help_text=_("Wajib bila ditolak.")
    )

    def clean(self):
        chosen = super().clean() or self.cleaned_data
        signed = chosen.get("signature") == SubjectSignature.SIGNED
        if signed and not chosen.get("signer"):
            self.add_error("signer", _("Tulis nama penanda tangan dari pihak usaha."))
        if chosen.get("signature") and not signed and not chosen.get("refusal_reason"):
            self.add_error("refusal_reason", _("Tulis alasannya."))
        return chosen


class AddendumForm(forms.Form):
    text = TextBox(label=_("Isi adendum"), help_text=_("Berita acara sendiri tidak berubah."))


class InspectionFilter(forms.Form):
    """What the plan board can be narrowed by."""

    cari = forms.CharField(label=_("Cari usaha, IPAL atau nomor"), required=False, max_length=80)
    tahun = forms.TypedChoiceField(label=_("Tahun"), coerce=int, empty_value=None, required=False)
    triwulan = forms.ChoiceField(label=_("Triwulan"), required=False, choices=[ALL, *QUARTERS])
    kecamatan = DistrictField()
    keadaan = forms.ChoiceField(label=_("Keadaan"), required=False, choices=[ALL, *InspectionState.choices])
    jenis = forms.ChoiceField(label=_("Jenis"), required=False, choices=[ALL, *InspectionKind.choices])

    def __init__(self, *args, years, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["tahun"].choices = [ALL, *((str(year), str(year)) for year in years)]  # type: ignore[attr-defined]


class RiskFilter(forms.Form):
    """What the list of whom to inspect can be narrowed by."""

    cari = forms.CharField(label=_("Cari nama, nomor registrasi atau kode IPAL"), required=False, max_length=80)
    kecamatan = DistrictField()
    alasan = forms.ChoiceField(
        label=_("Alasan"),
        required=False,
        choices=[
            ALL, ("exceedance", _("Melebihi baku mutu")), ("violation", _("Pelanggaran terbuka")),
            ("repeated", _("Pelanggaran berulang")), ("complaint", _("Pengaduan terbuka")),
            ("overdue_order", _("Perintah lewat tenggat")), ("never", _("Belum pernah diawasi")),
            ("long_ago", _("Sudah lama tidak diawasi")), ("untreated", _("Tidak tersambung ke IPAL")),
            ("large_volume", _("Volume besar")),
        ],
    )  # fmt: skip
    rencana = forms.ChoiceField(
        label=_("Sudah direncanakan"), required=False, choices=[ALL, ("ya", _("Ya")), ("tidak", _("Belum"))]
    )
