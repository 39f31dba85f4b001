"""The upload form of an import, and the filter of a list by what one import wrote."""

from django import forms
from django.utils.translation import gettext_lazy as _

from batikportal.imports import rules
from batikportal.models.imports import ImportRun

ENDINGS = (".xlsx", ".csv")

# The word of an address that names an import.
ASKED = "impor"


class UploadForm(forms.Form):
    """One spreadsheet; what is inside is found out in the background."""

    file = forms.FileField(
        label=_("Berkas"),
        help_text=_("Excel (.xlsx) atau CSV, paling besar 10 MB dan 20.000 baris."),
        allow_empty_file=True,
        max_length=150,
        widget=forms.FileInput(attrs={"accept": ",".join(ENDINGS)}),
        error_messages={"required": _("Pilih berkas yang akan diimpor.")},
    )

    def clean_file(self):
        upload = self.cleaned_data["file"]
        if upload.size > rules.UPLOAD_BYTES:
            raise forms.ValidationError(_("Berkas terlalu besar (paling banyak 10 MB). Bagi menjadi beberapa berkas."))
        if not upload.size:
            raise forms.ValidationError(_("Berkas ini kosong. Isi templat, lalu unggah lagi."))
        if upload.name.lower().endswith(".xls"):
            raise forms.ValidationError(_("Format Excel lama (.xls) tidak diterima. Simpan sebagai .xlsx atau CSV."))
        if not upload.name.lower().endswith(ENDINGS):
            raise forms.ValidationError(
                _("Hanya berkas .xlsx atau .csv. Simpan tabel Anda dalam salah satu format itu.")
            )
        return upload


class OfImport(forms.Form):
    """A filter that can also be narrowed to one import; the choice appears only when the address names it."""

    def __init__(self, *args, run: ImportRun | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        if run is not None:
            self.fields[ASKED] = forms.ModelChoiceField(
                label=_("Dari berkas"),
                queryset=ImportRun.objects.filter(pk=run.pk),
                to_field_name="public_id",
                required=False,
                empty_label=_("Semua"),
            )
