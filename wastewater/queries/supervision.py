"""The office's figures, articles and checklist in force on a day."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.db.models import Case, QuerySet, When

from wastewater.choices.inspections import SettingKey
from wastewater.models import Checklist, LegalArticle, SupervisionSetting
from wastewater.queries.validity import in_force
from wastewater.rules.enforcement import LADDER


class SettingMissing(Exception):
    """No row of the office's figures is in force on that day; the admin adds one."""


def settings_on(day: date) -> Mapping[str, Decimal]:
    """Every figure in force on `day`; SettingMissing names what has none."""
    found = dict(SupervisionSetting.objects.filter(in_force(day)).values_list("key", "number"))
    missing = [str(key.label) for key in SettingKey if key not in found]
    if missing:
        raise SettingMissing(", ".join(missing))
    return found


def articles_on(day: date, kind: str = "") -> QuerySet[LegalArticle]:
    """The articles in force, by the steps of the ladder."""
    step = Case(*(When(kind=one, then=place) for place, one in enumerate(LADDER)))
    rows = LegalArticle.objects.filter(in_force(day)).order_by(step, "citation")
    return rows.filter(kind=kind) if kind else rows


def checklist_on(day: date) -> Checklist | None:
    return Checklist.objects.filter(in_force(day)).first()
