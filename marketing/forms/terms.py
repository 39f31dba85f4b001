"""Forms about the terms of an activity: quotas, eligibility rules, sessions; each a small table of rows."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from batikportal.choices import AreaLevel, Technique
from batikportal.models import Area
from marketing import rules
from marketing.choices import QuotaKind, RuleCode
from marketing.forms.moments import MomentField


class PlaceChoices(forms.ChoiceField):
    """Districts and wards of the city, as codes."""

    def __init__(self, **kwargs: Any):
        super().__init__(choices=self.areas, **kwargs)

    @staticmethod
    def areas() -> list[tuple[str, Any]]:
        found = Area.objects.filter(valid_until__isnull=True).exclude(level=AreaLevel.CITY).select_related("parent")
        districts = [area for area in found if area.level == AreaLevel.DISTRICT]
        groups: list[tuple[str, Any]] = [("", "–")]
        groups.append(
            (str(_("Kecamatan")), [(area.code, area.name) for area in sorted(districts, key=lambda a: a.name)])
        )
        for district in sorted(districts, key=lambda a: a.name):
            wards = sorted((a for a in found if a.parent_id == district.pk), key=lambda a: a.name)
            groups.append((f"{_('Kelurahan di')} {district.name}", [(area.code, area.name) for area in wards]))
        return groups


class QuotaLineForm(forms.Form):
    """One quota beside the seats over all."""

    kind = forms.ChoiceField(
        label=_("Untuk"), choices=[choice for choice in QuotaKind.choices if choice[0] != QuotaKind.ALL]
    )
    place = PlaceChoices(label=_("Wilayah"), required=False)
    technique = forms.ChoiceField(label=_("Teknik"), choices=[("", "–"), *Technique.choices], required=False)
    negated = forms.TypedChoiceField(
        label=_("Cara"),
        choices=[
            ("", _("Paling banyak sekian kursi untuk mereka")),
            ("1", _("Paling banyak sekian kursi untuk yang lain (sisanya terjaga bagi mereka)")),
        ],
        coerce=bool,
        empty_value=False,
        required=False,
    )
    size = forms.IntegerField(
        label=_("Kursi"), min_value=1, max_value=10_000, widget=forms.NumberInput(attrs={"class": "short"})
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        kind = cleaned.get("kind", "")
        if kind == QuotaKind.TECHNIQUE:
            value = cleaned.get("technique", "")
        elif kind in (QuotaKind.WARD, QuotaKind.DISTRICT):
            value = cleaned.get("place", "")
            dots = 3 if kind == QuotaKind.WARD else 2
            if value and value.count(".") != dots:
                self.add_error("place", _("Wilayah yang dipilih tidak sesuai dengan jenis kuota."))
        else:
            value = ""
        cleaned["value"] = value
        objection = rules.quota_value_objection(kind, value, cleaned.get("negated", False)) if kind else None
        if objection:
            self.add_error(None, objection)
        return cleaned

    def line(self) -> rules.QuotaLine:
        """What was entered, for the action."""
        given = self.cleaned_data
        return rules.QuotaLine(given["kind"], given["value"], given["negated"], given["size"])


class _Lines(forms.BaseFormSet):
    """Rows of a small table; empty rows and rows marked for deletion are left out."""

    def filled(self) -> list[Any]:
        return [form for form in self.forms if form.cleaned_data and not form.cleaned_data.get("DELETE")]


class BaseQuotaLines(_Lines):
    def clean(self) -> None:
        if any(self.errors):
            return
        keys = [(form.line().kind, form.line().value, form.line().negated) for form in self.filled()]
        if len(keys) != len(set(keys)):
            raise forms.ValidationError(_("Ada kuota yang ditulis dua kali."))


QuotaLines = forms.formset_factory(QuotaLineForm, formset=BaseQuotaLines, extra=2, can_delete=True, max_num=30)

_OPTION_GROUPS = [
    (RuleCode(code).label, list(rule.option_choices)) for code, rule in rules.RULES.items() if rule.option_choices
]


class RuleForm(forms.Form):
    """One eligibility rule; which settings it takes is checked against the rule itself."""

    code = forms.ChoiceField(label=_("Syarat"), choices=RuleCode.choices)
    number = forms.IntegerField(
        label=_("Angka"),
        min_value=1,
        max_value=1000,
        required=False,
        widget=forms.NumberInput(attrs={"class": "short"}),
        help_text=_("Tahun atau pekerja, bila syaratnya memakai angka."),
    )
    options = forms.MultipleChoiceField(
        label=_("Pilihan"),
        choices=_OPTION_GROUPS,
        required=False,
        widget=forms.SelectMultiple(attrs={"size": "6"}),
        help_text=_("Hanya untuk syarat yang bernama sama dengan kelompoknya. Tekan Ctrl untuk memilih beberapa."),
    )
    is_blocking = forms.BooleanField(
        label=_("Wajib"),
        required=False,
        initial=True,
        help_text=_("Tidak wajib: pendaftar tetap dapat mengirim, petugas yang menimbang."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "code" in cleaned:
            objection = rules.options_objection(cleaned["code"], cleaned.get("number"), cleaned.get("options", []))
            if objection:
                self.add_error(None, objection)
        return cleaned

    def requirement(self) -> rules.Requirement:
        """What was entered, for the action."""
        given = self.cleaned_data
        return rules.Requirement(given["code"], given["number"], tuple(given["options"]), given["is_blocking"])


class BaseRuleLines(_Lines):
    def clean(self) -> None:
        if any(self.errors):
            return
        keys = [(form.requirement().code, form.requirement().options) for form in self.filled()]
        if len(keys) != len(set(keys)):
            raise forms.ValidationError(_("Ada syarat yang ditulis dua kali."))


RuleLines = forms.formset_factory(RuleForm, formset=BaseRuleLines, extra=2, can_delete=True, max_num=20)


class SessionForm(forms.Form):
    """One session with its own time."""

    title = forms.CharField(label=_("Judul sesi"), max_length=120)
    starts_at = MomentField(label=_("Mulai"))
    ends_at = MomentField(label=_("Selesai"))
    venue = forms.CharField(label=_("Tempat, bila lain"), max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("starts_at") and cleaned.get("ends_at") and cleaned["ends_at"] <= cleaned["starts_at"]:
            self.add_error("ends_at", _("Sesi selesai setelah dimulai."))
        return cleaned

    def line(self) -> rules.SessionLine:
        """What was entered, for the action."""
        given = self.cleaned_data
        return rules.SessionLine(given["title"], given["starts_at"], given["ends_at"], given["venue"])


SessionLines = forms.formset_factory(SessionForm, formset=_Lines, extra=2, can_delete=True, max_num=60)
