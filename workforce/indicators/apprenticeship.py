"""Who stays in the craft a year after an apprenticeship."""

from decimal import Decimal
from urllib.parse import urlencode

from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from batikportal.choices import AreaLevel, Direction, Focus, Office
from batikportal.contracts import Indicator, Reading, Scope
from batikportal.small_cells import publishable
from workforce import rules
from workforce.indicators.people import day_of, percent
from workforce.models import Placement, PlacementOutcome
from workforce.queries import apprenticeship as queries

MONTHS = 12


def read_retention(scope: Scope) -> Reading:
    """Share of finished apprentices who are still in the craft 12 months later; the unknown count as lost."""
    day = day_of(scope)
    placements = Placement.objects.filter(scope.ward_filter("person__ward"))
    now = queries.stayed(queries.followed(placements, day), MONTHS, day)
    if not now.elapsed:
        return Reading(value=None)
    if not rules.publishable(now.elapsed) or None in (
        publishable(now.retained),
        publishable(now.elapsed - now.retained),
    ):
        return Reading(value=None, withheld=str(_("Kurang dari lima orang selesai setahun yang lalu.")))
    newest = PlacementOutcome.objects.filter(placement__in=placements.order_by().values("pk"), asked_on__lte=day)
    most = percent(now.retained + now.unknown, now.elapsed)
    return Reading(
        value=percent(now.retained, now.elapsed),
        numerator=now.retained,
        denominator=now.elapsed,
        completeness=now.known / now.elapsed,
        fresh_at=newest.aggregate(last=Max("asked_on"))["last"],
        note=_("%(unknown)s orang belum diketahui; bila semuanya masih membatik, angkanya %(most)s %%.")
        % {"unknown": now.unknown, "most": _decimal(most)}
        if now.unknown
        else "",
    )


def _decimal(value: Decimal | None) -> str:
    return str(value).replace(".", ",")


def retention_rows(scope: Scope) -> str:
    """The page with the figures of exactly this day and district."""
    query = {"sampai": day_of(scope).isoformat()}
    if scope.area is not None and scope.area.level != AreaLevel.CITY:
        query["kecamatan"] = scope.area.code
    return f"{reverse('workforce:programme-list')}?{urlencode(query)}"


INDICATORS = [
    Indicator(
        code="workforce.apprentice_retention_12",
        title=_("Masih membatik setahun sesudah magang"),
        focus=Focus.WORKERS,
        definition=_(
            "Peserta yang menyelesaikan magang dan masih membatik 12 bulan sesudahnya, dibagi semua yang selesai dan "
            "12 bulannya sudah lewat. Yang belum diketahui dihitung tidak membatik; kelengkapan menunjukkan banyaknya."
        ),
        unit=_("%"),
        direction=Direction.UP,
        permission="workforce.view_figures",
        office=Office.DINPERINAKER,
        source=_("Pencatatan hasil magang"),
        frequency="monthly",
        minimum_completeness=0.8,
        read=read_retention,
        rows=retention_rows,
        decimals=1,
    )
]
