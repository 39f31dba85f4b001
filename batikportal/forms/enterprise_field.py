"""The field in which staff name an enterprise."""

from django import forms
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from batikportal import rules
from batikportal.models import Enterprise, EnterpriseIdentifier


class EnterpriseField(forms.CharField):
    """An enterprise by its local number, NIB or name; a name that fits several lists them with their numbers."""

    def __init__(self, *, user=None, unknown=None, **kwargs):
        self.user = user
        self.unknown = unknown or _("Usaha ini belum terdaftar. Periksa ejaannya, atau daftarkan usahanya dahulu.")
        kwargs.setdefault("label", _("Usaha"))
        kwargs.setdefault("max_length", 120)
        kwargs.setdefault("help_text", _("Nomor registrasi (PKL-…), NIB, atau nama usaha yang terdaftar."))
        super().__init__(**kwargs)

    def clean(self, value) -> Enterprise | None:
        text = super().clean(value).strip()
        if not text:
            return None
        known = Enterprise.objects.visible_to(self.user).registered().select_related("ward")
        nib = EnterpriseIdentifier.objects.filter(enterprise=OuterRef("pk"), kind="nib", value=rules.clean_number(text))
        exact = list(known.filter(Q(registration_number__iexact=text) | Q(name__iexact=text) | Exists(nib))[:6])
        if len(exact) == 1:
            return exact[0]
        near = exact or list(known.filter(name__icontains=text).order_by("name")[:6])
        if not near:
            raise forms.ValidationError(self.unknown)
        names = "; ".join(f"{one.registration_number} {one.name} ({one.ward.name})" for one in near)
        raise forms.ValidationError(
            _("Tulis nomor registrasi dari salah satu usaha ini: %(names)s"), params={"names": names}
        )

    def prepare_value(self, value):
        return value.registration_number if isinstance(value, Enterprise) else value
