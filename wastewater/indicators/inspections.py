"""Figures of inspection and enforcement: done against plan, and cases that are open."""

from decimal import Decimal
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from batikportal import formats
from batikportal.choices import Direction, Focus, Office
from batikportal.contracts import Indicator, Reading, Scope
from wastewater.models import Inspection
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
]
