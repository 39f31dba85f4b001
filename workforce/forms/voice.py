"""What a worker tells without a name, and what the office answers."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from batikportal.choices import AreaLevel
from batikportal.models import Area
from workforce.choices.voice import VoiceTopic

TIMING_SALT = "workforce.voice.started"
SHORTEST, LONGEST = timedelta(seconds=2), timedelta(days=1)
LONGEST_TEXT = 3000


def timing_token(at: datetime) -> str:
    """Says when the form was handed out; signed, so that it cannot be made up."""
    return signing.dumps(at.timestamp(), salt=TIMING_SALT)


class VoiceForm(forms.Form):
    """What happens at a workplace."""

    topic = forms.ChoiceField(label=_("Tentang apa?"), choices=VoiceTopic.choices, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("Apa yang terjadi, dan sejak kapan?"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Jangan tulis nama Anda."),
    )
    workplace = forms.CharField(
        label=_("Di mana?"), required=False, max_length=150, help_text=_("Boleh kosong. Nama usaha atau gang cukup.")
    )
    ward = forms.ModelChoiceField(
        label=_("Kelurahan"),
        queryset=Area.objects.filter(level=AreaLevel.WARD, valid_until__isnull=True).order_by("name"),
        required=False,
        empty_label=_("Tidak tahu"),
    )
    mulai = forms.CharField(required=False, widget=forms.HiddenInput)
    situs_web = forms.CharField(
        label=_("Kosongkan kolom ini"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, at: datetime, **kwargs: Any) -> None:
        self.at = at
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("situs_web"):
            self.add_error(None, _("Kosongkan kolom tersembunyi, lalu kirim lagi."))
            return data
        try:
            started = signing.loads(data.get("mulai") or "", salt=TIMING_SALT, max_age=LONGEST)
        except signing.BadSignature:
            self.add_error(None, _("Formulir ini sudah terlalu lama terbuka. Isian Anda masih ada; kirim sekali lagi."))
            return data
        if self.at.timestamp() - started < SHORTEST.total_seconds():
            self.add_error(None, _("Terlalu cepat bagi kami. Tunggu dua detik, lalu kirim sekali lagi."))
        return data


class WordsForm(forms.Form):
    """Further words of the reporter."""

    text = forms.CharField(
        label=_("Tambahkan keterangan"), max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 4})
    )


class AnswerForm(forms.Form):
    """The answer of the office."""

    text = forms.CharField(label=_("Jawaban"), max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 4}))
    close = forms.BooleanField(label=_("Selesai, tutup laporan"), required=False)
