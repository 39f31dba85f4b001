"""Figures of succession on the dashboard: replacement and total replacement side by side, who stayed, steps at risk."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from batikportal.choices import AreaLevel, Direction, Focus, Office
from batikportal.contracts import Indicator, Reading, Scope
from batikportal.small_cells import SMALLEST
from workforce.choices.knowledge import KnowledgeRisk
from workforce.indicators.people import day_of, percent
from workforce.models import Engagement, SkillClaim
from workforce.queries import knowledge, projection, succession
from workforce.rules import retention as rules

TWO_DECIMALS = Decimal("0.01")
MONTHS = 12


def _area(scope: Scope):
    return scope.area if scope.area is not None and scope.area.level != AreaLevel.CITY else None


def _flows(scope: Scope) -> projection.Flows:
    day = day_of(scope)
    return projection.flows(rules.months_after(day, -MONTHS), day, area=_area(scope))


def _newest(scope: Scope):
    rows = Engagement.objects.filter(scope.ward_filter("person__ward"), created_at__date__lte=day_of(scope))
    return rows.aggregate(last=Max("created_at"))["last"]


def _ratio(part: int, whole: int, completeness: float | None, scope: Scope, note: str) -> Reading:
    if not whole:
        return Reading(value=None)
    if 0 < part < SMALLEST or whole < SMALLEST:
        return Reading(value=None, withheld=str(_("Data kurang dari 5, tidak ditampilkan.")))
    return Reading(
        value=(Decimal(part) / whole).quantize(TWO_DECIMALS),
        numerator=part,
        denominator=whole,
        completeness=completeness,
        fresh_at=_newest(scope),
        note=note,
    )


def read_replacement(scope: Scope) -> Reading:
    """S6: net entrants under 35 for every leaver of 50 and older, of the year until the day."""
    flows = scope.once(_flows)
    moved = flows.entrants_total + flows.exits_total + flows.undated
    total = _total_in_words(flows)
    complete = (moved - flows.undated - flows.unknown_age) / moved if moved else None
    return _ratio(flows.entrants_young, flows.exits_old, complete, scope, total)


def _total_in_words(flows: projection.Flows) -> str:
    """The total replacement beside it, or officials would read success into a shrinking workforce."""
    if flows.exits_total < SMALLEST or 0 < flows.entrants_total < SMALLEST:
        return ""
    value = (Decimal(flows.entrants_total) / flows.exits_total).quantize(TWO_DECIMALS)
    return _("Penggantian seluruhnya: %(value)s. Di bawah 1 jumlah pekerja menyusut.") % {
        "value": str(value).replace(".", ",")
    }


def read_total_replacement(scope: Scope) -> Reading:
    """S7: all net entrants for every leaver."""
    flows = scope.once(_flows)
    moved = flows.entrants_total + flows.exits_total + flows.undated
    complete = (moved - flows.undated) / moved if moved else None
    return _ratio(flows.entrants_total, flows.exits_total, complete, scope, "")


def read_retention(scope: Scope) -> Reading:
    """S8 of newcomers: still in the craft twelve months after they began; the unknown are left out and told."""
    day = day_of(scope)
    found = rules.retention((one.spell for one in succession.followed_newcomers(day, area=_area(scope))), MONTHS, day)
    interval = found.interval
    if interval is None:
        return Reading(value=None)
    if found.known < SMALLEST or 0 < found.lost < SMALLEST or 0 < found.retained < SMALLEST:
        return Reading(value=None, withheld=str(_("Data kurang dari 5, tidak ditampilkan.")))
    low, high = (percent(round(10_000 * bound), 10_000) for bound in (interval.low, interval.high))
    return Reading(
        value=percent(found.retained, found.known),
        numerator=found.retained,
        denominator=found.known,
        completeness=found.known / found.elapsed,
        fresh_at=_newest(scope),
        note=_("Selang 95%%: %(low)s–%(high)s %%.")
        % {"low": str(low).replace(".", ","), "high": str(high).replace(".", ",")},
    )


def read_steps_at_risk(scope: Scope) -> Reading:
    """Steps with fewer than three masters, of those about which it can be told."""
    if _area(scope) is not None:
        return Reading(value=None, withheld=str(_("Dihitung untuk seluruh kota saja.")))
    steps = knowledge.knowledge(day_of(scope))
    told = [one for one in steps if one.risk != KnowledgeRisk.UNKNOWN]
    if not any(one.holders for one in steps):
        return Reading(value=None)
    newest = SkillClaim.objects.filter(created_at__date__lte=day_of(scope))
    return Reading(
        value=len(knowledge.at_risk(steps)),
        numerator=len(knowledge.at_risk(steps)),
        denominator=len(told),
        completeness=len(told) / len(steps) if steps else None,
        fresh_at=newest.aggregate(last=Max("created_at"))["last"],
    )


def _rows(page: str, **chosen: str) -> Callable[[Scope], str]:
    def rows(scope: Scope) -> str:
        query = {**chosen, "sampai": day_of(scope).isoformat()}
        area = _area(scope)
        if area is not None:
            query["kecamatan"] = area.code
        return f"{reverse(page)}?{urlencode(query)}"

    return rows


def _indicator(code: str, title, definition, **more) -> Indicator:
    given: dict[str, Any] = {
        "unit": gettext_lazy("kali"),
        "direction": Direction.UP,
        "source": gettext_lazy("Hubungan kerja yang tercatat"),
        "minimum_completeness": 0.8,
        "decimals": 2,
    } | more
    return Indicator(
        code=f"workforce.{code}",
        title=title,
        definition=definition,
        focus=Focus.WORKERS,
        permission="workforce.view_figures",
        office=Office.DINPERINAKER,
        frequency="yearly",
        **given,
    )


INDICATORS = [
    _indicator(
        "replacement",
        gettext_lazy("Penggantian pekerja tua"),
        gettext_lazy(
            "Orang di bawah 35 tahun yang mulai membatik dalam setahun dan masih membatik, dibagi semua yang berumur "
            "50 tahun ke atas dan keluar dalam setahun itu. 1 berarti yang tua tergantikan."
        ),
        read=read_replacement,
        rows=_rows("workforce:succession-moves"),
    ),
    _indicator(
        "total_replacement",
        gettext_lazy("Penggantian seluruh pekerja"),
        gettext_lazy(
            "Semua yang mulai membatik dalam setahun dan masih membatik, dibagi semua yang keluar. 1 berarti jumlah "
            "pekerja tetap; di bawah 1 menyusut, walaupun yang tua tergantikan."
        ),
        read=read_total_replacement,
        rows=_rows("workforce:succession-moves"),
    ),
    _indicator(
        "retention_12",
        gettext_lazy("Orang baru yang bertahan 12 bulan"),
        gettext_lazy(
            "Orang yang mulai membatik dalam empat tahun terakhir dan masih membatik 12 bulan kemudian, dibagi yang 12 "
            "bulannya sudah lewat dan kelanjutannya diketahui."
        ),
        unit=gettext_lazy("%"),
        decimals=1,
        read=read_retention,
        rows=_rows("workforce:succession-retention", bulan="12"),
    ),
    _indicator(
        "steps_at_risk",
        gettext_lazy("Proses batik yang berisiko hilang"),
        gettext_lazy(
            "Proses dengan kurang dari tiga orang mahir yang sedang bekerja. Proses yang keahliannya belum dicatat "
            "tidak dihitung; kelengkapan menunjukkan banyaknya."
        ),
        unit=gettext_lazy("proses"),
        direction=Direction.DOWN,
        source=gettext_lazy("Pencatatan keahlian"),
        decimals=0,
        read=read_steps_at_risk,
        rows=_rows("workforce:knowledge"),
    ),
]
