"""Forms about people: finding accounts, making staff accounts, granting and ending roles, giving a reason."""

from datetime import date
from typing import cast

from django import forms
from django.utils.translation import gettext_lazy as _

from batikportal import accounts, roles
from batikportal.choices import AreaLevel, Office
from batikportal.models import Area

ROLE_CHOICES = [("", _("Pilih peran")), *roles.CHOICES]


def areas():
    """Districts and wards, each ward with its district."""
    return (
        Area.objects.filter(level__in=(AreaLevel.DISTRICT, AreaLevel.WARD), valid_until__isnull=True)
        .select_related("parent")
        .order_by("code")
    )


class AreaField(forms.ModelChoiceField):
    """Where a role applies: a district, a ward, or the whole city when empty."""

    def __init__(self, **kwargs):
        super().__init__(
            queryset=areas(),
            label=_("Wilayah kerja"),
            required=False,
            empty_label=_("Seluruh kota"),
            help_text=_("Kosongkan bila peran berlaku di seluruh kota."),
            **kwargs,
        )

    def label_from_instance(self, area: Area) -> str:
        if area.level == AreaLevel.DISTRICT:
            return str(_("Kecamatan %(name)s") % {"name": area.name})
        return f"{area.name} ({area.parent.name})" if area.parent else area.name


class PeopleFilter(forms.Form):
    """What the list of accounts can be narrowed by."""

    cari = forms.CharField(label=_("Cari nama, nomor HP atau surel"), required=False, max_length=80)
    jenis = forms.ChoiceField(
        label=_("Jenis akun"),
        required=False,
        choices=[("", _("Semua")), ("staff", _("Pegawai")), ("owner", _("Pemilik usaha"))],
    )
    peran = forms.ChoiceField(label=_("Peran"), required=False, choices=[("", _("Semua")), *roles.CHOICES])
    keadaan = forms.ChoiceField(
        label=_("Keadaan"),
        required=False,
        choices=[
            ("", _("Semua")),
            ("active", _("Aktif")),
            ("never", _("Belum pernah masuk")),
            ("closed", _("Nonaktif")),
        ],
    )


class GrantForm(forms.Form):
    """A role, where it applies, and the decision it rests on."""

    role = forms.ChoiceField(label=_("Peran"), choices=ROLE_CHOICES)
    office = forms.ChoiceField(label=_("Kantor"), choices=[("", _("Pilih kantor")), *Office.choices])
    area = AreaField()
    reason = forms.CharField(
        label=_("Dasar penugasan"),
        max_length=250,
        help_text=_("Nomor surat tugas atau keputusan. Tercatat dalam riwayat."),
    )

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        role = roles.ROLES.get(cleaned.get("role", ""))
        office = cleaned.get("office")
        if role and office and office not in role.offices:
            names = ", ".join(str(Office(code).label) for code in role.offices)
            self.add_error("office", _("Peran ini hanya ada di: %(offices)s.") % {"offices": names})
        return cleaned


class PersonForm(GrantForm):
    """A new member of staff with a first role; a phone or an e-mail address is enough."""

    full_name = forms.CharField(
        label=_("Nama lengkap"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    phone = accounts.LocalPhoneField(
        label=_("Nomor HP"), required=False, help_text=_("Dipakai untuk masuk. Contoh: 0812-3456-7890.")
    )
    email = forms.EmailField(
        label=_("Surel kantor"), required=False, widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )

    field_order = ["full_name", "phone", "email", "role", "office", "area", "reason"]

    def clean_email(self) -> str:
        return self.cleaned_data["email"].lower()

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        if not self.errors.keys() & {"phone", "email"} and not (cleaned.get("phone") or cleaned.get("email")):
            self.add_error("phone", _("Isi nomor HP atau surel, supaya orang ini dapat masuk."))
        return cleaned


class ReasonForm(forms.Form):
    """Why, for the history."""

    reason = forms.CharField(label=_("Alasan"), max_length=250, help_text=_("Tercatat dalam riwayat."))


class ReadsFilter(forms.Form):
    """What the log of personal data reads can be narrowed by."""

    cari = forms.CharField(label=_("Cari pembaca, data tentang, atau keperluan"), required=False, max_length=80)
    jenis = forms.ChoiceField(label=_("Jenis data"), required=False)
    dari = forms.DateField(
        label=_("Dari"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    sampai = forms.DateField(
        label=_("Sampai"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args, subject_types: list[tuple[str, str]], **kwargs):
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["jenis"]).choices = [("", _("Semua")), *subject_types]

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        since, until = cleaned.get("dari"), cleaned.get("sampai")
        if isinstance(since, date) and isinstance(until, date) and since > until:
            self.add_error("sampai", _("Tanggal akhir mendahului tanggal awal."))
        return cleaned
