"""Starting and ending an engagement."""

from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from batikportal.forms.enterprise_field import EnterpriseField
from workforce.choices import EngagementRole, ExitReason, PayMode, WorkPlace
from workforce.forms.fields import DayField
from workforce.models import Engagement, ProcessStep


class EngagementForm(forms.Form):
    """For whom somebody works, at which steps, how paid and since when."""

    role = forms.ChoiceField(label=_("Kedudukan"), choices=EngagementRole.choices, initial=EngagementRole.WORKER)
    enterprise = EnterpriseField(
        required=False, unknown=_("Usaha ini belum terdaftar. Periksa ejaannya, atau isi kolom juragan.")
    )
    principal_name = forms.CharField(
        label=_("Juragan yang belum terdaftar"),
        required=False,
        max_length=120,
        help_text=_("Nama dan tempat, bila usahanya belum terdaftar atau berada di luar kota."),
    )
    steps = forms.ModelMultipleChoiceField(
        label=_("Proses yang dikerjakan"), queryset=ProcessStep.objects.all(), widget=forms.CheckboxSelectMultiple
    )
    pay_mode = forms.ChoiceField(
        label=_("Sistem upah"), choices=[("", _("Tidak diketahui")), *PayMode.choices], required=False
    )
    place = forms.ChoiceField(
        label=_("Tempat kerja"), choices=[("", _("Tidak diketahui")), *WorkPlace.choices], required=False
    )
    from_on = DayField(label=_("Sejak"))
    start_is_unknown = forms.BooleanField(
        label=_("Mulai lebih awal; tanggal di atas hanya tanggal pencatatan"), required=False
    )
    is_main = forms.BooleanField(label=_("Pekerjaan utama"), required=False, initial=True)

    def __init__(self, *args: Any, user, today: date, **kwargs: Any) -> None:
        self.today = today
        super().__init__(*args, **kwargs)
        cast(EnterpriseField, self.fields["enterprise"]).user = user

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("from_on") and data["from_on"] > self.today:
            self.add_error("from_on", _("Tanggal ini belum tiba."))
        needs_principal = data.get("role") != EngagementRole.OWN_ACCOUNT and "enterprise" not in self.errors
        if needs_principal and not data.get("enterprise") and not data.get("principal_name"):
            self.add_error("enterprise", _("Isi usaha, atau juragan yang belum terdaftar."))
        return data


class EngagementEndForm(forms.Form):
    """The last day, and why it ended."""

    until_on = DayField(label=_("Hari terakhir bekerja"))
    reason = forms.ChoiceField(label=_("Alasan"), choices=ExitReason.choices, widget=forms.RadioSelect)
    note = forms.CharField(label=_("Catatan"), required=False, max_length=200)

    def __init__(self, *args: Any, engagement: Engagement, today: date, **kwargs: Any) -> None:
        self.engagement, self.today = engagement, today
        super().__init__(*args, **kwargs)

    def clean_until_on(self) -> date:
        last = self.cleaned_data["until_on"]
        if last > self.today:
            raise forms.ValidationError(_("Tanggal ini belum tiba."))
        if last < self.engagement.from_on:
            raise forms.ValidationError(_("Tanggal ini mendahului awal hubungan kerja."))
        return last
