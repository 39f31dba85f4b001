"""Figures of inspection and enforcement: done against plan, and cases that are open."""

from decimal import Decimal
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from batikportal import formats
from batikportal.choices import Direction, Focus, Office
from batikportal.contracts import Indicator, Reading, Scope
from wastewater.choices.enforcement import CaseState
from wastewater.models import EnforcementCase, Inspection
from wastewater.queries import inspections as queries


def read_done(scope: Scope) -> Reading:
    """Inspections done of those planned up to the end of the quarter in which the period ends."""
    year, quarter = scope.period.end.year, queries.quarter_of(scope.period.end)
    rows = Inspection.objects.filter(scope.ward_filter("ward"))
    board = queries.board(rows, year, scope.today)
    so_far = board[:quarter]
    planned, done = sum(one.planned for one in so_far), sum(one.done for one in so_far)
    return Reading(
        value=Decimal(100 * done) / planned if planned else None,
        numerator=done,
        denominator=planned,
        completeness=1.0 if planned else None,
        fresh_at=scope.today if planned else None,
        trend=[
            (
                _("Triwulan %(quarter)s") % {"quarter": one.quarter},
                Decimal(100 * one.done) / one.planned if one.planned else None,
            )
            for one in board
        ],
        note=_("%(impossible)s tidak dapat diawasi dan belum direncanakan ulang.")
        % {"impossible": formats.number(sum(one.impossible for one in so_far))},
    )


def done_rows(scope: Scope) -> str:
    chosen = {"tahun": str(scope.period.end.year)}
    chosen |= {key: value for key, value in scope.query().items() if key == "kecamatan"}
    return f"{reverse('wastewater:inspection-list')}?{urlencode(chosen)}"


def read_open_cases(scope: Scope) -> Reading:
    """Cases open today; no data before the first case of the area."""
    cases = EnforcementCase.objects.filter(scope.ward_filter("ward"))
    counts = cases.aggregate(all=Count("pk"), open=Count("pk", filter=Q(state=CaseState.OPEN)))
    if not counts["all"]:
        return Reading(None, note=_("Belum pernah ada perkara."))
    return Reading(counts["open"], numerator=counts["open"], denominator=counts["all"], completeness=1.0,
                   fresh_at=scope.today)  # fmt: skip


def case_rows(scope: Scope) -> str:
    chosen = {"keadaan": CaseState.OPEN.value}
    chosen |= {key: value for key, value in scope.query().items() if key == "kecamatan"}
    return f"{reverse('wastewater:case-list')}?{urlencode(chosen)}"


INDICATORS = [
    Indicator(
        code="wastewater.inspections_done",
        title=gettext_lazy("Pengawasan terlaksana terhadap rencana"),
        focus=Focus.WASTE,
        definition=gettext_lazy(
            "Pengawasan dengan berita acara yang ditandatangani dibagi semua yang direncanakan dari awal tahun sampai "
            "triwulan berjalan, reguler dan insidental. Yang tidak dapat diawasi tetap dihitung sebagai rencana, "
            "kecuali sudah direncanakan ulang."
        ),
        unit="%",
        direction=Direction.UP,
        permission="wastewater.view_inspection",
        office=Office.DLH,
        source=gettext_lazy("Rencana dan berita acara pengawasan"),
        frequency="quarterly",
        minimum_completeness=0.0,
        read=read_done,
        rows=done_rows,
    ),
    Indicator(
        code="wastewater.open_cases",
        title=gettext_lazy("Perkara penegakan yang berjalan"),
        focus=Focus.WASTE,
        definition=gettext_lazy(
            "Banyaknya perkara atas temuan yang dikuatkan yang belum ditutup, keadaan hari ini. Pembagi: semua perkara "
            "yang pernah dibuka."
        ),
        unit=gettext_lazy("perkara"),
        direction=Direction.NONE,
        permission="wastewater.view_enforcementcase",
        office=Office.DLH,
        source=gettext_lazy("Daftar perkara penegakan"),
        frequency="continuous",
        minimum_completeness=0.0,
        read=read_open_cases,
        rows=case_rows,
    ),
]
