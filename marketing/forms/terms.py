"""Forms about the terms of an activity: quotas, eligibility rules, sessions; each a small table of rows."""

from collections.abc import Iterable
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
        label=_("Untuk"),
        choices=[choice for choice in QuotaKind.choices if choice[0] != QuotaKind.ALL],
        error_messages={"required": _("Pilih untuk siapa kursi ini.")},
    )
    place = PlaceChoices(label=_("Wilayah"), required=False)
    technique = forms.ChoiceField(label=_("Teknik"), choices=[("", "–"), *Technique.choices], required=False)
    negated = forms.ChoiceField(
        label=_("Cara"),
        choices=[
            ("", _("Paling banyak sekian kursi untuk mereka")),
            ("1", _("Paling banyak sekian kursi untuk yang lain (sisanya terjaga bagi mereka)")),
        ],
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
        cleaned["negated"] = bool(cleaned.get("negated"))
        objection = rules.quota_value_objection(kind, value, cleaned["negated"]) if kind else None
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


QuotaLines: Any = forms.formset_factory(QuotaLineForm, formset=BaseQuotaLines, extra=2, can_delete=True, max_num=30)


class RulesForm(forms.Form):
    """Every rule there is, each with only the settings it takes: unused, preferred, or required."""

    UNUSED, PREFERRED, REQUIRED = "", "prefer", "require"
    USES = [(UNUSED, _("Tidak dipakai")), (PREFERRED, _("Diutamakan, petugas yang menimbang")), (REQUIRED, _("Wajib"))]

    def __init__(self, *args: Any, stored: Iterable[rules.Requirement] = (), **kwargs: Any):
        super().__init__(*args, **kwargs)
        known = {requirement.code: requirement for requirement in stored}
        for code, rule in rules.RULES.items():
            requirement = known.get(code)
            use = self.UNUSED if requirement is None else self.REQUIRED if requirement.is_blocking else self.PREFERRED
            self.fields[code] = forms.ChoiceField(
                label=RuleCode(code).label, choices=self.USES, required=False, initial=use
            )
            if rule.number_label is not None:
                self.fields[f"{code}_number"] = forms.IntegerField(
                    label=_("Angka"),
                    min_value=1,
                    max_value=1000,
                    required=False,
                    initial=requirement.number if requirement else None,
                    widget=forms.NumberInput(attrs={"class": "short", "data-unit": rule.number_label}),
                )
            if rule.option_choices:
                self.fields[f"{code}_options"] = forms.MultipleChoiceField(
                    label=_("Pilihan"),
                    choices=rule.option_choices,
                    required=False,
                    initial=list(requirement.options) if requirement else [],
                    widget=forms.CheckboxSelectMultiple(),
                )

    def groups(self) -> list[tuple[forms.BoundField, list[forms.BoundField]]]:
        """Each rule with its settings, for drawing."""
        settings = [
            [self[name] for name in (f"{code}_number", f"{code}_options") if name in self.fields]
            for code in rules.RULES
        ]
        return [(self[code], own) for code, own in zip(rules.RULES, settings, strict=True)]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for requirement in self.requirements():
            objection = rules.options_objection(requirement.code, requirement.number, requirement.options)
            if objection:
                self.add_error(requirement.code, objection)
        return cleaned

    def requirements(self) -> list[rules.Requirement]:
        """What was entered, for the action."""
        given = self.cleaned_data
        return [
            rules.Requirement(
                code,
                given.get(f"{code}_number"),
                tuple(given.get(f"{code}_options") or ()),
                given[code] == self.REQUIRED,
            )
            for code in rules.RULES
            if given.get(code)
        ]


class SessionForm(forms.Form):
    """One session with its own time."""

    title = forms.CharField(label=_("Judul sesi"), max_length=120)
    starts_at = MomentField(label=_("Mulai"), error_messages={"required": _("Isi kapan sesi mulai.")})
    ends_at = MomentField(label=_("Selesai"), error_messages={"required": _("Isi kapan sesi selesai.")})
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


SessionLines: Any = forms.formset_factory(SessionForm, formset=_Lines, extra=2, can_delete=True, max_num=60)
