"""The card's code with its second answer, what a worker or an owner asks, and what the office answers."""

from django import forms
from django.utils.translation import gettext_lazy as _

from workforce.choices.cards import RequestKind, RequestState


class CardForm(forms.Form):
    """The code on the card, and something only its holder is likely to know."""

    code = forms.CharField(
        label=_("Kode pada kartu"), max_length=20, help_text=_("8 huruf dan angka, misalnya ABCD-2345."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "class": "medium"}),
    )  # fmt: skip
    answer = forms.CharField(
        label=_("Tahun lahir Anda"), max_length=60,
        help_text=_("Empat angka. Bila tahun lahir Anda tidak tercatat, isi nama depan Anda."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "medium"}),
    )  # fmt: skip


class WorkerRequestForm(forms.Form):
    """What a worker asks of the office."""

    kind = forms.ChoiceField(
        label=_("Anda ingin apa?"), widget=forms.RadioSelect,
        choices=[(one.value, one.label) for one in (RequestKind.CORRECTION, RequestKind.DELETION)],
    )  # fmt: skip
    words = forms.CharField(
        label=_("Ceritakan dengan singkat"), min_length=5, max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Misalnya: alamat saya sekarang di Jenggot."),
    )  # fmt: skip


class StaffChangeForm(forms.Form):
    """What an owner tells about her workers."""

    words = forms.CharField(
        label=_("Siapa yang masuk atau keluar, dan sejak kapan?"), min_length=5, max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip


class RequestFilterForm(forms.Form):
    """What narrows the list of requests; open ones unless something else is asked for."""

    keadaan = forms.ChoiceField(label=_("Keadaan"), required=False, choices=RequestState.choices)

    def state(self) -> str:
        """The chosen state."""
        return (self.cleaned_data.get("keadaan") if self.is_valid() else "") or RequestState.OPEN


class AnswerForm(forms.Form):
    """What the office did, or why it cannot."""

    state = forms.ChoiceField(
        label=_("Hasil"), widget=forms.RadioSelect,
        choices=[(one.value, one.label) for one in (RequestState.DONE, RequestState.REFUSED)],
    )  # fmt: skip
    answer = forms.CharField(
        label=_("Jawaban"), min_length=5, max_length=1000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Dibaca oleh yang meminta. Pakai kalimat sederhana."),
    )  # fmt: skip
