"""Forms about messages."""

from typing import cast

from django import forms
from django.utils.translation import gettext_lazy as _

from batikportal.choices import Channel, MessageState


class OutboxFilter(forms.Form):
    """What the outbox can be narrowed by."""

    cari = forms.CharField(label=_("Cari penerima, nomor atau judul"), required=False, max_length=80)
    status = forms.ChoiceField(label=_("Status"), required=False, choices=[("", _("Semua")), *MessageState.choices])
    saluran = forms.ChoiceField(label=_("Saluran"), required=False, choices=[("", _("Semua")), *Channel.choices])
    templat = forms.ChoiceField(label=_("Templat"), required=False)
    dari = forms.DateField(
        label=_("Dari"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    sampai = forms.DateField(
        label=_("Sampai"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args, templates: list[str], **kwargs):
        super().__init__(*args, **kwargs)
        field = cast(forms.ChoiceField, self.fields["templat"])
        field.choices = [("", _("Semua")), *((name, name.replace("_", " ")) for name in templates)]
