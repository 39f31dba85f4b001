"""Forms about enterprises: registering, changing, finding, verifying, merging, documents."""

from datetime import date
from typing import cast

from django import forms
from django.utils.translation import gettext_lazy as _

from batikportal import accounts, rules
from batikportal.choices import AreaLevel, DocumentKind, EnterpriseStatus, Sex, Technique
from batikportal.models import Area, Enterprise

MAX_DOTS_HELP = _("Angka saja, tanpa koma. Titik boleh dipakai, misalnya 150.000.000.")


class WardField(forms.ModelChoiceField):
    """A ward, grouped by district."""

    def __init__(self, **kwargs):
        kwargs.setdefault("label", _("Kelurahan"))
        kwargs.setdefault("empty_label", _("Pilih kelurahan"))
        super().__init__(
            queryset=Area.objects.filter(level=AreaLevel.WARD, valid_until__isnull=True)
            .select_related("parent")
            .order_by("parent__name", "name"),
            **kwargs,
        )

    def label_from_instance(self, ward: Area) -> str:
        return f"{ward.name} ({ward.parent.name})" if ward.parent else ward.name


class RupiahField(forms.CharField):
    """Whole rupiah, with or without dots; a comma would be ambiguous and is refused."""

    def __init__(self, **kwargs):
        kwargs.setdefault("required", False)
        kwargs.setdefault("help_text", MAX_DOTS_HELP)
        kwargs["widget"] = forms.TextInput(attrs={"inputmode": "numeric", "class": "medium"})
        super().__init__(**kwargs)

    def clean(self, value) -> int | None:
        text = super().clean(value).replace(".", "").replace(" ", "").removeprefix("Rp").removeprefix("rp")
        if not text:
            return None
        if not (text.isascii() and text.isdigit() and len(text) <= 15):
            raise forms.ValidationError(_("Tulis angka rupiah saja, misalnya 150.000.000."))
        return int(text)

    def prepare_value(self, value):
        return f"{value:,}".replace(",", ".") if isinstance(value, int) else value


class NibField(forms.CharField):
    """The business number: 13 digits, spaces and dots forgiven."""

    def __init__(self, **kwargs):
        kwargs.setdefault("label", _("NIB"))
        kwargs.setdefault("required", False)
        kwargs.setdefault("help_text", _("13 angka pada surat dari OSS. Kosongkan bila belum punya."))
        kwargs["widget"] = forms.TextInput(attrs={"inputmode": "numeric", "class": "medium", "autocomplete": "off"})
        super().__init__(**kwargs)

    def clean(self, value) -> str:
        number = rules.clean_number(super().clean(value))
        if number and not rules.is_nib(number):
            raise forms.ValidationError(
                _("NIB harus 13 angka; yang Anda tulis ada %(count)s tanda.") % {"count": len(number)}
            )
        return number


class EnterpriseForm(forms.ModelForm):
    """The profile, on one page that fits a phone; only the first block is required."""

    ward = WardField()
    nib = NibField()
    phone = accounts.LocalPhoneField(
        label=_("Nomor HP usaha"), required=False, help_text=_("Kosongkan bila sama dengan nomor akun Anda.")
    )
    owner_sex = forms.ChoiceField(
        label=_("Jenis kelamin pemilik"), choices=[*Sex.choices, ("", _("Tidak disebut"))], required=False,
        widget=forms.RadioSelect,
    )  # fmt: skip
    techniques = forms.MultipleChoiceField(
        label=_("Teknik yang dikerjakan"), choices=Technique.choices, widget=forms.CheckboxSelectMultiple
    )
    products = forms.CharField(
        label=_("Produk"),
        required=False,
        max_length=500,
        help_text=_("Pisahkan dengan koma, misalnya: sarung, kain panjang, kemeja."),
    )
    annual_sales_idr = RupiahField(label=_("Omzet setahun (rupiah)"))

    class Meta:
        model = Enterprise
        fields = (
            "name",
            "owner_name",
            "owner_sex",
            "ward",
            "address",
            "techniques",
            "workers_count",
            "nib",
            "phone",
            "products",
            "established_year",
            "annual_sales_idr",
        )
        help_texts = {
            "workers_count": _("Termasuk pemilik yang ikut bekerja dan pekerja rumahan tetap."),
            "address": _("Jalan, nomor, RT/RW."),
        }
        widgets = {
            "workers_count": forms.NumberInput(attrs={"class": "short", "min": 0, "inputmode": "numeric"}),
            "established_year": forms.NumberInput(attrs={"class": "short", "min": 1900, "inputmode": "numeric"}),
        }

    def __init__(self, *args, today: date, **kwargs):
        self.today = today
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["products"] = ", ".join(self.instance.products)

    def clean_products(self) -> list[str]:
        names = [name.strip() for name in self.cleaned_data["products"].split(",") if name.strip()]
        if any(len(name) > 60 for name in names):
            raise forms.ValidationError(_("Nama produk paling panjang 60 huruf. Pisahkan antarproduk dengan koma."))
        return names[:20]

    def clean_established_year(self) -> int | None:
        year = self.cleaned_data["established_year"]
        if year is not None and not 1850 <= year <= self.today.year:
            raise forms.ValidationError(_("Tahun berdiri antara 1850 dan %(year)s.") % {"year": self.today.year})
        return year

    def profile(self) -> dict[str, object]:
        """The cleaned columns of the enterprise, without the identifier."""
        return {name: value for name, value in self.cleaned_data.items() if name != "nib"}


class EnterpriseFilter(forms.Form):
    """What the registry list can be narrowed by."""

    cari = forms.CharField(label=_("Cari nama, pemilik, NIB atau nomor registrasi"), required=False, max_length=80)
    kecamatan = forms.ModelChoiceField(
        label=_("Kecamatan"),
        queryset=Area.objects.filter(level=AreaLevel.DISTRICT).order_by("name"),
        to_field_name="code",
        required=False,
        empty_label=_("Semua"),
    )
    status = forms.ChoiceField(label=_("Status"), required=False, choices=[("", _("Semua")), *EnterpriseStatus.choices])
    teknik = forms.ChoiceField(label=_("Teknik"), required=False, choices=[("", _("Semua")), *Technique.choices])


class MoveForm(forms.Form):
    """A new status, with the reason that the history keeps."""

    to = forms.ChoiceField(label=_("Status baru"))
    reason = forms.CharField(label=_("Alasan"), max_length=250, help_text=_("Tercatat dalam riwayat."))

    def __init__(self, *args, enterprise: Enterprise, **kwargs):
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["to"]).choices = [
            (to, EnterpriseStatus(to).label)
            for to in rules.ENTERPRISE_TRANSITIONS[enterprise.status]
            if to != EnterpriseStatus.MERGED
        ]


class MergeForm(forms.Form):
    """Which enterprise stays, by its local number, and why both are the same."""

    into = forms.CharField(
        label=_("Nomor registrasi usaha yang dipertahankan"),
        max_length=20,
        help_text=_("Contoh: PKL-000123. Semua catatan pindah ke usaha itu."),
        widget=forms.TextInput(attrs={"class": "medium", "autocapitalize": "characters"}),
    )
    reason = forms.CharField(
        label=_("Mengapa keduanya usaha yang sama"),
        max_length=250,
        error_messages={"required": _("Tulis mengapa keduanya usaha yang sama, misalnya NIB dan pemiliknya sama.")},
    )

    def __init__(self, *args, user, enterprise: Enterprise, **kwargs):
        self.user, self.enterprise = user, enterprise
        super().__init__(*args, **kwargs)

    def clean_into(self) -> Enterprise:
        number = self.cleaned_data["into"].strip().upper()
        found = Enterprise.objects.visible_to(self.user).registered().filter(registration_number=number).first()
        if found is None or found.pk == self.enterprise.pk:
            raise forms.ValidationError(
                _("Tidak ada usaha lain dengan nomor registrasi %(number)s.") % {"number": number}
            )
        return found


class DocumentForm(forms.Form):
    """One paper or photo of the enterprise."""

    kind = forms.ChoiceField(label=_("Jenis dokumen"), choices=DocumentKind.choices)
    number = forms.CharField(label=_("Nomor"), max_length=60, required=False)
    valid_until = forms.DateField(
        label=_("Berlaku sampai"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    upload = forms.FileField(label=_("Berkas"), help_text=_("Foto (JPEG, PNG, WebP) atau PDF, paling besar 10 MB."))
