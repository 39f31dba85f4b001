"""Forms about accounts."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SignupExtras(forms.Form):
    """What sign-up asks besides phone and password."""

    full_name = forms.CharField(
        label=_("Nama lengkap"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )

    field_order = ["full_name", "phone", "password1"]

    def signup(self, request, user) -> None:
        """Asked for by allauth; the adapter has saved everything already."""
