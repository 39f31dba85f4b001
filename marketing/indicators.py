"""Figures of the market on the dashboard, each opening the applications behind it."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from batikportal import formats
from batikportal.choices import AreaLevel, Direction, Focus, Office
from batikportal.contracts import Indicator, Reading, Scope
from marketing import queries
from marketing.queries import ActivityFigures

MONTHS = 12


def months_until(day: date) -> list[date]:
    """The first days of the twelve months that end with the month of ``day``."""
    last = day.year * 12 + day.month - 1
    return [date(number // 12, number % 12 + 1, 1) for number in range(last - MONTHS + 1, last + 1)]


def share(part: int, whole: int, factor: int = 100) -> Decimal | None:
    """``factor`` × part ÷ whole with one decimal; None when there is nothing to divide by, which is not zero."""
    return (Decimal(part) * factor / whole).quantize(Decimal("0.1")) if whole else None


def _total(rows: Sequence[ActivityFigures], name: str) -> int:
    return sum(getattr(row, name) for row in rows)


def _reading(scope: Scope, part: str, whole: str, factor: int) -> Reading:
    """One figure as part ÷ whole over the activities that start in the period, with twelve months behind it."""
    months = months_until(scope.period.end)
    found = queries.figures_by_activity(min(months[0], scope.period.start), scope.period.end, scope.ward_filter)
    counted = [row for row in found if scope.period.start <= row.starts_on]
    by_month = {month: [row for row in found if row.starts_on.replace(day=1) == month] for month in months}
    numerator, denominator, sent = _total(counted, part), _total(counted, whole), _total(counted, "sent")
    return Reading(
        value=share(numerator, denominator, factor),
        numerator=numerator,
        denominator=denominator,
        completeness=_total(counted, "decided") / sent if sent else None,
        fresh_at=max((row.latest for row in counted if row.latest), default=None),
        trend=[
            (date_format(month, "M Y"), share(_total(rows, part), _total(rows, whole), factor))
            for month, rows in by_month.items()
        ],
    )


def _per_seat_offered(scope: Scope, part: str, factor: int, counted: Callable[[int], str]) -> Reading:
    """Part ÷ seats offered. Seats are offered to the whole city: those of one district are not known, so there the
    part is told in words and held against nothing."""
    reading = _reading(scope, part, "seats", factor)
    if scope.area is None or scope.area.level == AreaLevel.CITY:
        return reading
    why = gettext("Kursi ditawarkan untuk seluruh kota, jadi tidak ada bagian satu kecamatan.")
    found = int(reading.numerator or 0)
    return Reading(None, numerator=found, fresh_at=reading.fresh_at, withheld=f"{why} {counted(found)}")


def _seats_in_words(count: int) -> str:
    words = ngettext("%(count)s kursi terisi dari kecamatan ini.", "%(count)s kursi terisi dari kecamatan ini.", count)
    return words % {"count": formats.number(count)}


def _applications_in_words(count: int) -> str:
    words = ngettext(
        "%(count)s pendaftaran terkirim dari kecamatan ini.",
        "%(count)s pendaftaran terkirim dari kecamatan ini.",
        count,
    )
    return words % {"count": formats.number(count)}


def read_seats_filled(scope: Scope) -> Reading:
    """Seats filled of seats offered, in per cent."""
    return _per_seat_offered(scope, "seated", 100, _seats_in_words)


def read_applicants_per_seat(scope: Scope) -> Reading:
    """Applications sent for every seat offered."""
    return _per_seat_offered(scope, "sent", 1, _applications_in_words)


def read_first_timers(scope: Scope) -> Reading:
    """Share of seats that went to enterprises which never had one in this kind of programme."""
    return _reading(scope, "seated_first_timers", "seated", 100)


def _rows(**chosen: str) -> Callable[[Scope], str]:
    """A function that gives the address of the list showing exactly the applications counted."""

    def rows(scope: Scope) -> str:
        query = {**scope.query(), **chosen, "terhitung": "on"}
        return f"{reverse('marketing:application-list')}?{urlencode(query)}"

    return rows


INDICATORS = [
    Indicator(
        code="marketing.seats_filled",
        title=_("Kursi kegiatan terisi"),
        focus=Focus.MARKET,
        definition=_(
            "Kursi pelatihan, pendampingan dan pameran yang terisi, dibagi kursi yang ditawarkan, untuk kegiatan yang "
            "mulai dalam periode dan tidak dibatalkan."
        ),
        unit=_("%"),
        direction=Direction.UP,
        permission="marketing.view_application",
        office=Office.DINDAGKOP,
        source=_("Pendaftaran di portal"),
        frequency="monthly",
        minimum_completeness=0.8,
        read=read_seats_filled,
        rows=_rows(kursi="ya"),
        decimals=1,
    ),
    Indicator(
        code="marketing.applicants_per_seat",
        title=_("Pendaftar per kursi"),
        focus=Focus.MARKET,
        definition=_(
            "Pendaftaran yang terkirim dibagi kursi yang ditawarkan, untuk kegiatan yang mulai dalam periode dan tidak "
            "dibatalkan. Menunjukkan minat, bukan mutu."
        ),
        unit=_("pendaftar per kursi"),
        direction=Direction.NONE,
        permission="marketing.view_application",
        office=Office.DINDAGKOP,
        source=_("Pendaftaran di portal"),
        frequency="monthly",
        minimum_completeness=0.0,
        read=read_applicants_per_seat,
        rows=_rows(),
        decimals=1,
    ),
    Indicator(
        code="marketing.first_timer_share",
        title=_("Kursi untuk yang belum pernah ikut"),
        focus=Focus.MARKET,
        definition=_(
            "Kursi yang diberikan kepada usaha yang belum pernah mendapat kursi di jenis program itu, dibagi semua "
            "kursi terisi. Riwayat sebelum portal ikut dihitung sejauh sudah diimpor."
        ),
        unit=_("%"),
        direction=Direction.UP,
        permission="marketing.view_application",
        office=Office.DINDAGKOP,
        source=_("Pendaftaran di portal dan riwayat peserta yang diimpor"),
        frequency="monthly",
        minimum_completeness=0.8,
        read=read_first_timers,
        rows=_rows(kursi="ya", pemula="ya"),
        decimals=1,
    ),
]
