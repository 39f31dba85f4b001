"""Recording and ending social insurance memberships."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from workforce import rules
from workforce.choices import CoverageEvidence, CoverageStatus, Payer, Programme, Segment
from workforce.forms.fields import DayField
from workforce.models import CoveragePeriod


class CoverageForm(forms.Form):
    """What was found when somebody looked: one state for one or several programmes of the same institution."""

    programmes = forms.MultipleChoiceField(
        label=_("Program"),
        choices=Programme.choices,
        initial=list(rules.BASIC_PROGRAMMES),
        widget=forms.CheckboxSelectMultiple,
    )
    status = forms.ChoiceField(
        label=_("Status"), choices=CoverageStatus.choices, initial=CoverageStatus.ACTIVE, widget=forms.RadioSelect
    )
    segment = forms.ChoiceField(
        label=_("Segmen"),
        choices=[("", _("Tidak terdaftar")), *Segment.choices],
        initial=Segment.BPU,
        required=False,
        help_text=_("Kosong hanya bila sudah dicek dan tidak terdaftar."),
    )
    payer = forms.ChoiceField(
        label=_("Pembayar iuran"), choices=[("", _("Tidak diketahui")), *Payer.choices], required=False
    )
    from_on = DayField(
        label=_("Sejak"), error_messages={"required": _("Isi sejak tanggal berapa pekerja terlindungi.")}
    )
    until_on = DayField(
        label=_("Sampai"), required=False, help_text=_("Hari terakhir perlindungan. Kosongkan bila tidak ada batasnya.")
    )
    verified_on = DayField(label=_("Dicek pada"), error_messages={"required": _("Isi tanggal kepesertaan dicek.")})
    evidence = forms.ChoiceField(label=_("Dasar pengecekan"), choices=[("", _("Pilih")), *CoverageEvidence.choices])

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        self.today = today
        super().__init__(*args, **kwargs)

    def clean_verified_on(self) -> date:
        day = self.cleaned_data["verified_on"]
        if day > self.today:
            raise forms.ValidationError(_("Tanggal ini belum tiba."))
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        first, last = data.get("from_on"), data.get("until_on")
        if first and last and last < first:
            self.add_error("until_on", _("Tanggal ini mendahului tanggal mulai."))
        if data.get("status") == CoverageStatus.NOT_ENROLLED:
            data["segment"] = data["payer"] = ""
        status, segment = data.get("status"), data.get("segment", "")
        wrong = [one for one in data.get("programmes", []) if status and not rules.segment_fits(one, segment, status)]
        if wrong:
            names = ", ".join(str(Programme(one).name) for one in wrong)
            self.add_error("segment", _("Segmen ini tidak ada pada program %(names)s.") % {"names": names})
        return data


class CoverageEndForm(forms.Form):
    """The last day of a membership."""

    until_on = DayField(label=_("Hari terakhir perlindungan"))

    def __init__(self, *args: Any, period: CoveragePeriod, **kwargs: Any) -> None:
        self.period = period
        super().__init__(*args, **kwargs)

    def clean_until_on(self) -> date:
        last = self.cleaned_data["until_on"]
        if last < self.period.from_on:
            raise forms.ValidationError(_("Tanggal ini mendahului tanggal mulai."))
        if self.period.until_on and last > self.period.until_on:
            raise forms.ValidationError(_("Kepesertaan ini sudah berakhir lebih awal; catat kepesertaan baru."))
        return last
