"""How many of those who must keep a discharge logbook sent it."""

from datetime import date, timedelta
from decimal import Decimal
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from batikportal import formats
from batikportal.choices import Direction, Focus, Office
from batikportal.contracts import Indicator, Reading, Scope
from wastewater.queries import discharge_logs as queries
from wastewater.rules import discharge_logs as rules

MONTHS = 12


def _due_month(scope: Scope) -> date | None:
    """The latest month that was due when the period ended (or today, if that is earlier)."""
    return queries.last_due_month(min(scope.period.end + timedelta(days=1), scope.today))


def _share(found: queries.Coverage | None) -> Decimal | None:
    return Decimal(100 * found.sent) / found.obliged if found and found.obliged else None


def read_coverage(scope: Scope) -> Reading:
    last = scope.once(_due_month)
    if last is None:
        return Reading(value=None, note=_("Belum ada bulan yang jatuh tempo."))
    months = [last]
    while len(months) < MONTHS:
        months.insert(0, rules.month_before(months[0]))
    by_month = queries.coverage_by_month(months[0], scope.ward_filter("enterprise__ward"))
    found = by_month.get(last, queries.Coverage())
    return Reading(
        value=_share(found),
        numerator=found.sent,
        denominator=found.obliged,
        fresh_at=scope.today,
        trend=[(date_format(one, "M Y"), _share(by_month.get(one))) for one in months],
        note=_("%(month)s. %(late)s buku ditutup karena batas waktu dan tidak dihitung sebagai terkirim.")
        % {"month": formats.month(last), "late": formats.number(found.by_deadline)},
    )


def coverage_rows(scope: Scope) -> str:
    chosen = {"keadaan": "sent", "wajib": "on"}
    if (last := scope.once(_due_month)) is not None:
        chosen["bulan"] = f"{last:%Y-%m}"
    if scope.area is not None:
        chosen["kecamatan"] = scope.area.code
    return f"{reverse('wastewater:logbook-list')}?{urlencode(chosen)}"


INDICATORS = [
    Indicator(
        code="wastewater.logbook_coverage",
        title=gettext_lazy("Buku limbah yang dikirim"),
        focus=Focus.WASTE,
        definition=gettext_lazy(
            "Usaha yang mengirim buku limbah bulan terakhir yang sudah jatuh tempo, dari semua usaha yang wajib "
            "mencatat pada bulan itu. Buku yang ditutup karena batas waktu tidak dihitung sebagai terkirim."
        ),
        unit="%",
        direction=Direction.UP,
        permission="wastewater.view_dischargelog",
        office=Office.DLH,
        source=gettext_lazy("Buku limbah pelaku usaha"),
        frequency="monthly",
        minimum_completeness=0.0,
        read=read_coverage,
        rows=coverage_rows,
        decimals=1,
    ),
]
