"""What waits for somebody at sensor stations: silence, days over the limit, many refused rows."""

from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from batikportal import formats
from batikportal.choices import Focus, Office, Severity
from batikportal.contracts import Alert, AlertRule, Alerts, Scope
from wastewater.alerts.listing import listed
from wastewater.choices.sensors import SensorParameter
from wastewater.models import SensorStation, SensorVerdict
from wastewater.queries import stations as queries


def _day(moment) -> date | None:
    return None if moment is None else timezone.localdate(moment)


def find_silent(scope: Scope) -> Alerts:
    def alert(station: SensorStation) -> Alert:
        last = station.last_row_at  # type: ignore[attr-defined]
        since = _day(last or station.active_from)
        return Alert(
            subject=str(station),
            url=station.get_absolute_url(),
            since=since,
            due_on=since + timedelta(days=1) if since else None,
            detail=_("Baris terakhir %(at)s") % {"at": formats.moment(last)} if last else _("Belum pernah mengirim"),
        )

    return listed(queries.silent_stations(timezone.now()).filter(scope.ward_filter("point__ward")), alert)


def find_exceeding_days(scope: Scope) -> Alerts:
    def alert(verdict: SensorVerdict) -> Alert:
        parameter = SensorParameter(verdict.parameter)
        if parameter == SensorParameter.PH:
            detail = _("pH: %(share)s baris dalam rentang") % {"share": formats.per_cent(verdict.value)}
        else:
            detail = _("%(parameter)s: %(value)s, batas %(allowed)s") % {
                "parameter": parameter.label,
                "value": formats.number(verdict.value, 2),
                "allowed": formats.number(verdict.allowed),
            }
        return Alert(
            subject=str(verdict.station),
            url=verdict.station.get_absolute_url(),
            since=verdict.day,
            due_on=verdict.day + timedelta(days=7),
            detail=detail,
        )

    return listed(queries.exceeding_days(scope.today).filter(scope.ward_filter("station__point__ward")), alert)


def find_many_refusals(scope: Scope) -> Alerts:
    def alert(station: SensorStation) -> Alert:
        return Alert(
            subject=str(station),
            url=reverse("wastewater:station-refusals", args=[station.public_id]),
            since=scope.today,
            due_on=scope.today + timedelta(days=2),
            detail=_("%(refused)s dari %(rows)s baris ditolak dalam 24 jam")
            % {
                "refused": formats.number(station.day_refused),  # type: ignore[attr-defined]
                "rows": formats.number(station.day_rows),  # type: ignore[attr-defined]
            },
        )

    return listed(queries.stations_with_many_refusals(timezone.now()).filter(scope.ward_filter("point__ward")), alert)


ALERTS = [
    AlertRule(
        code="wastewater.sensor_exceeds",
        title=gettext_lazy("Hari sensor melebihi batas"),
        focus=Focus.WASTE,
        severity=Severity.HIGH,
        office=Office.DLH,
        permission="wastewater.view_sensorstation",
        find=find_exceeding_days,
    ),
    AlertRule(
        code="wastewater.sensor_silent",
        title=gettext_lazy("Stasiun sensor diam"),
        focus=Focus.WASTE,
        severity=Severity.MEDIUM,
        office=Office.DLH,
        permission="wastewater.view_sensorstation",
        find=find_silent,
    ),
    AlertRule(
        code="wastewater.sensor_refusals",
        title=gettext_lazy("Banyak baris sensor ditolak"),
        focus=Focus.WASTE,
        severity=Severity.LOW,
        office=Office.DLH,
        permission="wastewater.view_sensorstation",
        find=find_many_refusals,
    ),
]
