"""What waits for somebody: samples, results and overloaded plants."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from batikportal import formats
from batikportal.choices import Focus, Office, Severity
from batikportal.contracts import Alert, AlertRule, Alerts, Scope
from wastewater import queries, rules
from wastewater.alerts.listing import listed
from wastewater.models import Sample


def _days_after(day: date | None, count: int) -> date | None:
    return None if day is None else day + timedelta(days=count)


def find_unverified_exceedances(scope: Scope) -> Alerts:
    def alert(sample: Sample) -> Alert:
        since = timezone.localdate(sample.results_entered_at)
        count = sample.exceeds_count or 0
        return Alert(
            subject=str(sample),
            url=sample.get_absolute_url(),
            since=since,
            due_on=since + timedelta(days=rules.DAYS_TO_VERIFY),
            detail=ngettext("%(count)s parameter melebihi baku mutu", "%(count)s parameter melebihi baku mutu", count)
            % {"count": count},
        )

    return listed(queries.exceedances_awaiting_verification().filter(scope.ward_filter("point__ward")), alert)


def find_long_at_lab(scope: Scope) -> Alerts:
    def alert(sample: Sample) -> Alert:
        return Alert(
            subject=str(sample),
            url=sample.get_absolute_url(),
            since=sample.sent_on,
            due_on=_days_after(sample.sent_on, rules.DAYS_AT_LAB),
            detail=str(sample.laboratory),
        )

    return listed(queries.samples_long_at_lab(scope.today).filter(scope.ward_filter("point__ward")), alert)


def find_not_taken(scope: Scope) -> Alerts:
    def alert(sample: Sample) -> Alert:
        return Alert(
            subject=str(sample),
            url=sample.get_absolute_url(),
            since=sample.planned_on,
            due_on=_days_after(sample.planned_on, rules.DAYS_AFTER_PLAN),
            detail=_("Belum diambil menurut rencana"),
        )

    return listed(queries.planned_samples_not_taken(scope.today).filter(scope.ward_filter("point__ward")), alert)


def find_overloaded_plants(scope: Scope) -> Alerts:
    def alert(plant: Any) -> Alert:
        return Alert(
            subject=plant.name,
            url=plant.get_absolute_url(),
            detail=_("Volume tersambung %(declared)s m³/hari, kapasitas menurut sumber terbaru %(capacity)s m³/hari")
            % {
                "declared": formats.number(plant.declared_m3_per_day),
                "capacity": formats.number(plant.capacity_m3_per_day),
            },
        )

    return listed(queries.overloaded_plants(scope.today).filter(scope.ward_filter("ward")), alert)


ALERTS = [
    AlertRule(
        code="wastewater.unverified_exceedance",
        title=gettext_lazy("Pelampauan baku mutu belum diverifikasi"),
        focus=Focus.WASTE,
        severity=Severity.HIGH,
        office=Office.DLH,
        permission="wastewater.view_any_sample",
        find=find_unverified_exceedances,
    ),
    AlertRule(
        code="wastewater.long_at_lab",
        title=gettext_lazy("Hasil laboratorium belum datang"),
        focus=Focus.WASTE,
        severity=Severity.MEDIUM,
        office=Office.DLH,
        permission="wastewater.view_any_sample",
        find=find_long_at_lab,
    ),
    AlertRule(
        code="wastewater.not_taken",
        title=gettext_lazy("Sampel belum diambil"),
        focus=Focus.WASTE,
        severity=Severity.LOW,
        office=Office.DLH,
        permission="wastewater.view_any_sample",
        find=find_not_taken,
    ),
    AlertRule(
        code="wastewater.overloaded_plant",
        title=gettext_lazy("Kapasitas IPAL terlampaui"),
        focus=Focus.WASTE,
        severity=Severity.MEDIUM,
        office=Office.DLH,
        permission="wastewater.view_connection",
        find=find_overloaded_plants,
    ),
]
