"""The figure of sensors on the dashboard."""

from decimal import Decimal
from urllib.parse import urlencode

from django.db.models import Count, Max, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from batikportal import formats
from batikportal.choices import Direction, Focus, Office
from batikportal.contracts import Indicator, Reading, Scope
from wastewater.choices import Verdict
from wastewater.models import SensorStation, SensorVerdict


def read_sensor_days(scope: Scope) -> Reading:
    """Decided parameter-days that meet their limit; undecided ones stand in the note."""
    stations = SensorStation.objects.filter(scope.ward_filter("point__ward"))
    rows = SensorVerdict.objects.filter(
        is_current=True, station__in=stations, day__range=(scope.period.start, scope.period.end)
    ).order_by()
    found = rows.aggregate(
        all=Count("pk"),
        meets=Count("pk", filter=Q(verdict=Verdict.MEETS)),
        exceeds=Count("pk", filter=Q(verdict=Verdict.EXCEEDS)),
        last=Max("day"),
    )
    decided = found["meets"] + found["exceeds"]
    return Reading(
        value=Decimal(100 * found["meets"]) / decided if decided else None,
        numerator=found["meets"],
        denominator=decided,
        completeness=decided / found["all"] if found["all"] else None,
        fresh_at=found["last"],
        note=_("%(undecided)s hari-parameter tidak dapat dinilai.")
        % {"undecided": formats.number(found["all"] - decided)},
    )


def station_rows(scope: Scope) -> str:
    chosen = {key: value for key, value in scope.query().items() if key == "kecamatan"}
    return f"{reverse('wastewater:station-list')}?{urlencode(chosen)}"


INDICATORS = [
    Indicator(
        code="wastewater.sensor_days",
        title=gettext_lazy("Hari sensor yang memenuhi"),
        focus=Focus.WASTE,
        definition=gettext_lazy(
            "Bagian hari-parameter sensor yang memenuhi batas dari semua yang dapat dinilai. Hari dengan jam sah "
            "kurang dari syarat disebut terpisah, tidak dihitung sebagai memenuhi."
        ),
        unit="%",
        direction=Direction.UP,
        permission="wastewater.view_sensorstation",
        office=Office.DLH,
        source=gettext_lazy("Stasiun sensor air limbah"),
        frequency="daily",
        minimum_completeness=0.75,
        read=read_sensor_days,
        rows=station_rows,
        decimals=1,
    )
]
