"""Figures about workers on the dashboard, each opening the people behind it."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from urllib.parse import urlencode

from django.db.models import Max
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from batikportal.choices import AreaLevel, Direction, Focus, Office
from batikportal.contracts import Indicator, Reading, Scope
from workforce import queries
from workforce.models import CoveragePeriod, Person
from workforce.queries import CoverageCount

ONE_DECIMAL = Decimal("0.1")


def day_of(scope: Scope) -> date:
    """The day a figure is about: the last of the period, or today while the period lasts."""
    return min(scope.period.end, scope.today)


def percent(part: int, whole: int) -> Decimal | None:
    """A share in per cent with one decimal; None when there is nobody, which is not zero."""
    return (Decimal(part) * 100 / whole).quantize(ONE_DECIMAL) if whole else None


def _counts_by_district(scope: Scope) -> queries.ByDistrict:
    return queries.coverage_by_district(queries.month_ends(day_of(scope)))


def _counts(scope: Scope) -> list[CoverageCount]:
    days = queries.month_ends(day_of(scope))
    if scope.area is not None and scope.area.level == AreaLevel.WARD:
        return queries.coverage_counts(days, scope.area)
    return queries.coverage_within(scope.once_everywhere(_counts_by_district), days, scope.area)


def _trend(
    counts: Sequence[CoverageCount], value: Callable[[CoverageCount], int | Decimal | None]
) -> list[tuple[str, int | Decimal | None]]:
    # A month without anybody registered yet has no value.
    return [(date_format(count.on, "M Y"), value(count) if count.active else None) for count in counts]


def _last_check(scope: Scope) -> date | None:
    return CoveragePeriod.objects.filter(
        scope.ward_filter("person__ward"), verified_on__lte=day_of(scope), programme__in=("jkk", "jkm")
    ).aggregate(last=Max("verified_on"))["last"]


def read_covered(scope: Scope) -> Reading:
    """Share of active workers with JKK and JKM."""
    counts = scope.once(_counts)
    now = counts[-1]
    return Reading(
        value=percent(now.covered, now.active),
        numerator=now.covered,
        denominator=now.active,
        completeness=now.known / now.active if now.active else None,
        fresh_at=_last_check(scope),
        trend=_trend(counts, lambda count: percent(count.covered, count.active)),
    )


def read_uncovered(scope: Scope) -> Reading:
    """Number of active workers without JKK or JKM."""
    counts = scope.once(_counts)
    now = counts[-1]
    return Reading(
        value=now.uncovered if now.active else None,
        numerator=now.uncovered,
        denominator=now.active,
        completeness=now.known / now.active if now.active else None,
        fresh_at=_last_check(scope),
        trend=_trend(counts, lambda count: count.uncovered),
    )


def read_active(scope: Scope) -> Reading:
    """Number of registered workers with an engagement."""
    counts = scope.once(_counts)
    now = counts[-1]
    newest = Person.objects.filter(scope.ward_filter("ward")).aggregate(last=Max("created_at"))["last"]
    return Reading(
        value=now.active or None,
        completeness=None,
        fresh_at=newest,
        trend=_trend(counts, lambda count: count.active),
        note=str(_("Hanya pekerja yang terdaftar; jumlah seluruh pekerja batik di kota belum diketahui.")),
    )


def read_young(scope: Scope) -> Reading:
    """Share of active workers under 35 among those whose age is known."""
    counts = scope.once(_counts)
    now = counts[-1]
    return Reading(
        value=percent(now.young, now.aged),
        numerator=now.young,
        denominator=now.aged,
        completeness=now.aged / now.active if now.active else None,
        fresh_at=day_of(scope) if now.active else None,
        trend=_trend(counts, lambda count: percent(count.young, count.aged)),
    )


def _rows(page: str, **chosen: str) -> Callable[[Scope], str]:
    """A function that gives the address of the list page showing exactly the people counted."""

    def rows(scope: Scope) -> str:
        query = {**chosen, "sampai": day_of(scope).isoformat()}
        if scope.area is not None and scope.area.level != "city":
            query["kecamatan"] = scope.area.code
        return f"{reverse(page)}?{urlencode(query)}"

    return rows


INDICATORS = [
    Indicator(
        code="workforce.covered_share",
        title=_("Pekerja aktif terlindungi JKK dan JKM"),
        focus=Focus.WORKERS,
        definition=_(
            "Pekerja terdaftar yang sedang bekerja dan peserta aktif JKK sekaligus JKM, dibagi seluruh pekerja "
            "terdaftar yang sedang bekerja. Yang belum diketahui dihitung belum terlindungi."
        ),
        unit=_("%"),
        direction=Direction.UP,
        permission="workforce.view_figures",
        office=Office.DINPERINAKER,
        source=_("Pendataan pekerja dan pengecekan kepesertaan"),
        frequency="monthly",
        minimum_completeness=0.8,
        read=read_covered,
        rows=_rows("workforce:gap-list", perlindungan="covered"),
        decimals=1,
    ),
    Indicator(
        code="workforce.uncovered",
        title=_("Pekerja aktif belum terlindungi"),
        focus=Focus.WORKERS,
        definition=_("Pekerja terdaftar yang sedang bekerja tanpa JKK atau tanpa JKM, termasuk yang belum diketahui."),
        unit=_("orang"),
        direction=Direction.DOWN,
        permission="workforce.view_figures",
        office=Office.DINPERINAKER,
        source=_("Pendataan pekerja dan pengecekan kepesertaan"),
        frequency="monthly",
        minimum_completeness=0.8,
        read=read_uncovered,
        rows=_rows("workforce:gap-list", perlindungan=queries.GAP),
    ),
    Indicator(
        code="workforce.active",
        title=_("Pekerja terdaftar yang aktif"),
        focus=Focus.WORKERS,
        definition=_("Orang yang terdaftar dan mempunyai hubungan kerja batik pada tanggal itu."),
        unit=_("orang"),
        direction=Direction.UP,
        permission="workforce.view_figures",
        office=Office.DINPERINAKER,
        source=_("Pendataan pekerja"),
        frequency="monthly",
        minimum_completeness=0.0,
        read=read_active,
        rows=_rows("workforce:worker-list", status="active"),
    ),
    Indicator(
        code="workforce.under_35_share",
        title=_("Pekerja aktif di bawah 35 tahun"),
        focus=Focus.WORKERS,
        definition=_("Pekerja terdaftar yang aktif dan berumur di bawah 35 tahun, dibagi yang umurnya diketahui."),
        unit=_("%"),
        direction=Direction.UP,
        permission="workforce.view_figures",
        office=Office.DINPERINAKER,
        source=_("Pendataan pekerja"),
        frequency="monthly",
        minimum_completeness=0.8,
        read=read_young,
        rows=_rows("workforce:worker-list", status="active", umur="0-34"),
        decimals=1,
    ),
]
