"""Figures of complaints on the dashboard."""

from datetime import timedelta
from decimal import Decimal
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from batikportal import formats
from batikportal.choices import Direction, Focus, Office
from batikportal.contracts import Indicator, Reading, Scope
from wastewater.models.complaints import Complaint
from wastewater.queries.complaints import figures


def _rows(scope: Scope):
    return Complaint.objects.filter(scope.ward_filter("ward"))


def _link(scope: Scope, **chosen: str) -> str:
    if scope.area is not None:
        chosen["kecamatan"] = scope.area.code
    return f"{reverse('wastewater:complaint-list')}?{urlencode(chosen)}"


def read_answer_days(scope: Scope) -> Reading:
    found = figures.answer_times(_rows(scope), scope.period.start, scope.period.end)
    return Reading(
        value=found.median_days,
        numerator=found.answered,
        fresh_at=found.last_answered_at,
        trend=found.months,
        note=_("Nilai tengah dari %(count)s laporan yang dijawab.") % {"count": formats.number(found.answered)},
    )


def answered_rows(scope: Scope) -> str:
    period = {"dijawab_dari": scope.period.start.isoformat(), "dijawab_sampai": scope.period.end.isoformat()}
    return _link(scope, **period)


def _last_due(scope: Scope):
    """Promises for today are not broken yet."""
    return min(scope.period.end, scope.today - timedelta(days=1))


def read_kept_promises(scope: Scope) -> Reading:
    found = figures.kept_promises(_rows(scope), scope.period.start, _last_due(scope))
    return Reading(
        value=Decimal(100 * found.kept) / found.due if found.due else None,
        numerator=found.kept,
        denominator=found.due,
        note=_("Yang belum dijawab sampai hari janjinya dihitung tidak tepat waktu."),
    )


def due_rows(scope: Scope) -> str:
    return _link(scope, janji_dari=scope.period.start.isoformat(), janji_sampai=_last_due(scope).isoformat())


INDICATORS = [
    Indicator(
        code="wastewater.complaint_days",
        title=gettext_lazy("Hari dari pengaduan sampai dijawab"),
        focus=Focus.WASTE,
        definition=gettext_lazy(
            "Nilai tengah hari kalender dari laporan diterima sampai jawaban pertama, untuk laporan yang pertama kali "
            "dijawab dalam periode ini."
        ),
        unit=gettext_lazy("hari"),
        direction=Direction.DOWN,
        permission="wastewater.view_complaint",
        office=Office.DLH,
        source=gettext_lazy("Pengaduan warga"),
        frequency="monthly",
        minimum_completeness=0,
        read=read_answer_days,
        rows=answered_rows,
        decimals=1,
    ),
    Indicator(
        code="wastewater.complaints_in_time",
        title=gettext_lazy("Pengaduan dijawab tepat waktu"),
        focus=Focus.WASTE,
        definition=gettext_lazy(
            "Bagian laporan yang dijawab paling lambat pada hari yang dijanjikan, dari semua laporan yang janjinya "
            "jatuh dalam periode ini dan sudah lewat."
        ),
        unit="%",
        direction=Direction.UP,
        permission="wastewater.view_complaint",
        office=Office.DLH,
        source=gettext_lazy("Pengaduan warga"),
        frequency="monthly",
        minimum_completeness=0,
        read=read_kept_promises,
        rows=due_rows,
        decimals=1,
    ),
]
