"""What waits for somebody at plants: missing logs, standstills, pH, overload, sludge that must go, permits that end."""

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from batikportal import formats
from batikportal.choices import Focus, Office, Severity
from batikportal.contracts import Alert, AlertRule, Alerts, Scope
from wastewater.alerts.listing import listed
from wastewater.models import PlantLog, PlantPermit
from wastewater.queries import plant_logs, plant_settings, sludge
from wastewater.queries import plants as plant_queries


def _month_of(plant: Any, log: PlantLog | None = None) -> str:
    """The sheet of the month where the alert is seen and mended."""
    url = reverse("wastewater:plant-log-month", args=[plant.public_id])
    return f"{url}?bulan={log.day:%Y-%m}" if log else url


def find_missing_logs(scope: Scope) -> Alerts:
    def alert(plant: Any) -> Alert:
        if plant.last_log_on is None:
            return Alert(subject=plant.name, url=_month_of(plant), detail=_("Belum pernah dicatat"))
        since = plant.last_log_on + timedelta(days=1)
        detail = _("Catatan terakhir %(day)s") % {"day": formats.short_day(plant.last_log_on)}
        return Alert(subject=plant.name, url=_month_of(plant), since=since, due_on=since, detail=detail)

    return listed(plant_logs.plants_without_recent_log(scope.today).filter(scope.ward_filter("ward")), alert)


def find_long_downtimes(scope: Scope) -> Alerts:
    def alert(log: PlantLog) -> Alert:
        return Alert(
            subject=log.plant.name,
            url=_month_of(log.plant, log),
            since=log.day,
            detail=_("Berhenti %(hours)s jam: %(cause)s")
            % {"hours": formats.number(log.downtime_hours), "cause": log.get_downtime_cause_display()},
        )

    return listed(plant_logs.long_downtimes(scope.today).filter(scope.ward_filter("plant__ward")), alert)


def find_ph_outside(scope: Scope) -> Alerts:
    allowed = plant_settings.ph_range_on(scope.today)

    def alert(log: PlantLog) -> Alert:
        words = {
            "value": formats.number(log.ph_out),
            "low": formats.number(allowed.minimum) if allowed else formats.DASH,
            "high": formats.number(allowed.maximum) if allowed else formats.DASH,
        }
        detail = _("pH outlet %(value)s, yang diizinkan %(low)s–%(high)s") % words
        return Alert(subject=log.plant.name, url=_month_of(log.plant, log), since=log.day, detail=detail)

    return listed(plant_logs.plants_outside_ph(scope.today, allowed).filter(scope.ward_filter("plant__ward")), alert)


def find_inflow_over_capacity(scope: Scope) -> Alerts:
    def alert(plant: Any) -> Alert:
        return Alert(
            subject=plant.name,
            url=plant.get_absolute_url(),
            detail=_("Air masuk rata-rata %(inflow)s m³/hari (%(days)s hari), kapasitas %(capacity)s m³/hari")
            % {
                "inflow": formats.number(plant.inflow_m3_per_day, 1),
                "days": formats.number(plant.inflow_days),
                "capacity": formats.number(plant.capacity_m3_per_day),
            },
        )

    return listed(plant_logs.plants_over_inflow(scope.today).filter(scope.ward_filter("ward")), alert)


def find_sludge_due(scope: Scope) -> Alerts:
    def alert(entry: Any) -> Alert:
        return Alert(
            subject=f"{entry.plant}: {entry.waste_code.code}",
            url=reverse("wastewater:plant-sludge", args=[entry.plant.public_id]),
            since=entry.stored_on,
            due_on=entry.due_on,
            detail=_("%(kg)s kg tersimpan sejak %(day)s")
            % {"kg": formats.number(entry.left_kg), "day": formats.short_day(entry.stored_on)},
        )

    return listed(sludge.entries_due(scope.today).filter(scope.ward_filter("plant__ward")), alert)


def find_ending_permits(scope: Scope) -> Alerts:
    def alert(permit: PlantPermit) -> Alert:
        return Alert(
            subject=f"{permit.plant}: {permit.get_kind_display()}",
            url=permit.plant.get_absolute_url(),
            due_on=permit.valid_until,
            detail=permit.number,
        )

    return listed(plant_queries.ending_permits(scope.today).filter(scope.ward_filter("plant__ward")), alert)


ALERTS = [
    AlertRule(
        code="wastewater.missing_plant_log",
        title=gettext_lazy("Catatan harian IPAL belum diisi"),
        focus=Focus.WASTE,
        severity=Severity.MEDIUM,
        office=Office.DLH,
        permission="wastewater.view_plantlog",
        find=find_missing_logs,
    ),
    AlertRule(
        code="wastewater.plant_downtime",
        title=gettext_lazy("IPAL berhenti lama dalam tujuh hari terakhir"),
        focus=Focus.WASTE,
        severity=Severity.MEDIUM,
        office=Office.DLH,
        permission="wastewater.view_plantlog",
        find=find_long_downtimes,
    ),
    AlertRule(
        code="wastewater.plant_ph",
        title=gettext_lazy("pH outlet IPAL di luar batas"),
        focus=Focus.WASTE,
        severity=Severity.HIGH,
        office=Office.DLH,
        permission="wastewater.view_plantlog",
        find=find_ph_outside,
    ),
    AlertRule(
        code="wastewater.plant_inflow",
        title=gettext_lazy("Air masuk IPAL melebihi kapasitas"),
        focus=Focus.WASTE,
        severity=Severity.MEDIUM,
        office=Office.DLH,
        permission="wastewater.view_plantlog",
        find=find_inflow_over_capacity,
    ),
    AlertRule(
        code="wastewater.sludge_due",
        title=gettext_lazy("Batas simpan lumpur hampir habis"),
        focus=Focus.WASTE,
        severity=Severity.HIGH,
        office=Office.DLH,
        permission="wastewater.view_sludgeentry",
        find=find_sludge_due,
    ),
    AlertRule(
        code="wastewater.plant_permit",
        title=gettext_lazy("Izin IPAL hampir atau sudah berakhir"),
        focus=Focus.WASTE,
        severity=Severity.MEDIUM,
        office=Office.DLH,
        permission="wastewater.view_plantpermit",
        find=find_ending_permits,
    ),
]
