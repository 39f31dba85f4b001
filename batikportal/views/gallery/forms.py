"""Forms of the gallery: one field of every kind."""

from django import forms
from django.utils.translation import gettext_lazy as _

from batikportal.choices import Technique

WARDS = [("", _("Semua kecamatan")), ("barat", "Pekalongan Barat"), ("timur", "Pekalongan Timur")]


class FormSample(forms.Form):
    name = forms.CharField(label=_("Nama usaha"), help_text=_("Seperti yang dikenal pembeli Anda."), max_length=120)
    phone = forms.CharField(
        label=_("Nomor HP"),
        help_text=_("Kami mengirim kabar lewat nomor ini. Contoh: 0812 3456 7890"),
        min_length=9,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "class": "medium"}),
    )
    ward = forms.ChoiceField(label=_("Kecamatan"), choices=WARDS, required=False)
    techniques = forms.MultipleChoiceField(
        label=_("Teknik yang dipakai"),
        choices=Technique.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Pilih semua yang sesuai."),
    )
    sells_abroad = forms.ChoiceField(
        label=_("Pernah menjual ke luar negeri?"),
        choices=[("ya", _("Ya")), ("belum", _("Belum"))],
        widget=forms.RadioSelect,
    )
    volume = forms.DecimalField(
        label=_("Air limbah per hari"), widget=forms.TextInput(attrs={"data-unit": "m³/hari", "class": "short"})
    )
    founded_on = forms.DateField(
        label=_("Tanggal berdiri"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    photo = forms.FileField(
        label=_("Foto tempat usaha"), required=False, help_text=_("JPG atau PNG, paling besar 5 MB.")
    )
    story = forms.CharField(label=_("Cerita singkat"), required=False, widget=forms.Textarea(attrs={"rows": 4}))
    agrees = forms.BooleanField(label=_("Data di atas benar dan boleh dipakai untuk pendaftaran ini."))


class FilterSample(forms.Form):
    cari = forms.CharField(label=_("Cari nama"), required=False, widget=forms.TextInput(attrs={"type": "search"}))
    kecamatan = forms.ChoiceField(label=_("Kecamatan"), choices=WARDS, required=False)
    sejak = forms.DateField(
        label=_("Sejak"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
