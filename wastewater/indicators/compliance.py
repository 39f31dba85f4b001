"""Figures from the quarterly status, which is a management rule and says so."""

from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Max, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from batikportal import formats
from batikportal.choices import Direction, Focus, Office
from batikportal.contracts import Indicator, Reading, Scope
from wastewater.models import ComplianceStatus
from wastewater.queries.violations import in_scope
from wastewater.rules import duties

QUARTERS_OF_TREND = 6


def _quarter(scope: Scope) -> duties.DutyPeriod:
    """The quarter in which the period ends, or today's when the period goes on."""
    return duties.quarter_of(min(scope.period.end, scope.today))


def read_significant(scope: Scope) -> Reading:
    quarters = duties.quarters_back(_quarter(scope).start, QUARTERS_OF_TREND)
    rows = (
        ComplianceStatus.objects.filter(in_scope(scope), quarter_start__in=[quarter.start for quarter in quarters])
        .order_by()
        .values("quarter_start")
        .annotate(
            significant=Count("pk", filter=Q(level="significant")),
            undecided=Count("pk", filter=Q(level="undecided")),
            not_reported=Count("pk", filter=Q(not_reported_count__gt=0)),
            all=Count("pk"),
            fresh_at=Max("computed_at"),
        )
    )
    found: dict[date, Any] = {row["quarter_start"]: row for row in rows}
    trend = [
        (duties.quarter_code(quarter.start), found[quarter.start]["significant"] if quarter.start in found else None)
        for quarter in reversed(quarters)
    ]
    now = found.get(quarters[0].start)
    if now is None:
        return Reading(value=None, trend=trend, note=_("Status triwulan ini belum dihitung."))
    return Reading(
        value=now["significant"],
        numerator=now["significant"],
        denominator=now["all"],
        completeness=float(1 - Decimal(now["undecided"]) / now["all"]),
        fresh_at=now["fresh_at"],
        trend=trend,
        note=_(
            "Triwulan %(quarter)s: %(undecided)s belum dapat dinilai, %(silent)s belum melapor. "
            "Aturan pengelolaan, bukan ketentuan hukum."
        )
        % {
            "quarter": duties.quarter_code(quarters[0].start),
            "undecided": formats.number(now["undecided"]),
            "silent": formats.number(now["not_reported"]),
        },
    )


def significant_rows(scope: Scope) -> str:
    chosen = {"status": "significant", "triwulan": duties.quarter_code(_quarter(scope).start)}
    if scope.area is not None:
        chosen["kecamatan"] = scope.area.code
    return f"{reverse('wastewater:compliance-board')}?{urlencode(chosen)}"


INDICATORS = [
    Indicator(
        code="wastewater.significant_cases",
        title=gettext_lazy("Usaha dan IPAL yang tidak taat signifikan"),
        focus=Focus.WASTE,
        definition=gettext_lazy(
            "Banyaknya usaha dan IPAL yang pada triwulan itu melampaui ambang aturan pengelolaan: bagian hasil uji "
            "yang melebihi baku mutu dalam enam bulan, atau laporan yang lama tidak diterima. Bukan ketentuan hukum."
        ),
        unit=gettext_lazy("usaha dan IPAL"),
        direction=Direction.DOWN,
        permission="wastewater.view_compliancestatus",
        office=Office.DLH,
        source=gettext_lazy("Hasil uji yang diverifikasi dan kewajiban yang jatuh tempo"),
        frequency="quarterly",
        minimum_completeness=0.8,
        read=read_significant,
        rows=significant_rows,
    ),
]
