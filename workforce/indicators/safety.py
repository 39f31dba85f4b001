"""Injuries at work on the dashboard."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from batikportal.choices import AreaLevel, Direction, Focus, Office
from batikportal.contracts import Indicator, Reading, Scope
from batikportal.small_cells import publishable
from workforce import queries
from workforce.indicators.people import _counts, day_of
from workforce.queries.safety import injuries_by_day
from workforce.rules.safety import per_hundred


def read_incidents(scope: Scope) -> Reading:
    """Injuries of the 365 days to the day, per 100 workers active on it."""
    counts = scope.once(_counts)
    days = queries.month_ends(day_of(scope))
    injured = injuries_by_day(days, scope.area)
    now = counts[-1]
    if publishable(injured[-1]) is None:
        return Reading(value=None, withheld=str(_("Data kurang dari 5, tidak ditampilkan.")))
    return Reading(
        value=per_hundred(injured[-1], now.active),
        numerator=injured[-1],
        denominator=now.active,
        completeness=None,
        fresh_at=day_of(scope) if injured[-1] else None,
        trend=[
            (
                date_format(count.on, "M Y"),
                per_hundred(injuries, count.active) if publishable(injuries) is not None else None,
            )
            for count, injuries in zip(counts, injured, strict=True)
        ],
        note=str(_("Hanya kejadian yang dilaporkan. Banyak laporan dapat berarti orang mau melapor.")),
    )


def _rows(scope: Scope) -> str:
    query = {"sampai": day_of(scope).isoformat()}
    if scope.area is not None and scope.area.level == AreaLevel.DISTRICT:
        query["kecamatan"] = scope.area.code
    return f"{reverse('workforce:incident-list')}?{urlencode(query)}"


INDICATORS = [
    Indicator(
        code="workforce.incidents_per_100",
        title=_("Cedera kerja per 100 pekerja setahun"),
        focus=Focus.WORKERS,
        definition=_(
            "Kejadian dengan cedera yang dilaporkan dalam setahun sampai tanggal itu, dibagi pekerja terdaftar yang "
            "sedang bekerja, dikali 100. Hampir celaka tidak dihitung."
        ),
        unit=_("per 100 pekerja"),
        direction=Direction.DOWN,
        permission="workforce.view_figures",
        office=Office.DINPERINAKER,
        source=_("Laporan kejadian kerja"),
        frequency="monthly",
        minimum_completeness=0.0,
        read=read_incidents,
        rows=_rows,
        decimals=1,
    ),
]
