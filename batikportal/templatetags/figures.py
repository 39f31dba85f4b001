"""Figures: counts, indicator cards, bars, sparklines, charts, the map. No data is never zero."""

from dataclasses import dataclass

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from batikportal import charts, formats
from batikportal.rendering import component

register = template.Library()

CHART_TEMPLATES = {
    "line": "components/charts/line.html",
    "fan": "components/charts/fan.html",
    "columns": "components/charts/columns.html",
    "bars": "components/charts/bars.html",
    "stacked": "components/charts/stacked.html",
    "quota": "components/charts/quota.html",
    "pyramid": "components/charts/pyramid.html",
}


@register.simple_tag
def stat(label, value=None, unit="", note="", href="", tone="") -> SafeString:
    """A small figure; a text is shown as it is, None as no data."""
    shown = value if isinstance(value, str) else formats.number(value)
    return component(
        "stat.html", label=label, known=value is not None, value=shown, unit=unit, note=note, href=href, tone=tone
    )


@register.simple_tag
def bar(share, target=None, label="", tone="") -> SafeString:
    """A share between 0 and 1 as a bar with its target as a mark."""
    if share is None:
        return component("bar.html", shape=None)
    return component("bar.html", shape=charts.share_bar(share, target), label=label, tone=tone)


@register.simple_tag
def sparkline(values, label="") -> SafeString | str:
    shape = charts.sparkline(list(values))
    return component("charts/sparkline.html", shape=shape, label=label) if shape else ""


@register.simple_tag
def chart(drawing) -> SafeString:
    """A chart made by batikportal.charts, by the template of its kind."""
    return component("chart.html", chart=drawing, template=CHART_TEMPLATES[drawing.kind])


@dataclass(frozen=True)
class Trend:
    """Where a figure went between its last two known months: an arrow, whether that is the good way, and in words how
    much, in which unit, from when to when."""

    icon: str
    tone: str
    words: str


def _is_per_cent(unit) -> bool:
    return str(unit).strip() in ("%", "persen")


def trend_of(points, unit, direction: str, decimals: int | None = None) -> Trend | None:
    """Compare the last two known (label, value) points; None when there are fewer."""
    known = [(str(label), number) for label, value in points if (number := formats.exact(value)) is not None]
    if len(known) < 2:
        return None
    (before, first), (now, last) = known[-2:]
    change = last - first
    # Two shares differ by points: from 50% to 60% is 10 points, and 20 per cent.
    words = {
        "amount": formats.number(abs(change), decimals),
        "unit": _("persen poin") if _is_per_cent(unit) else unit,
        "before": before,
        "now": now,
    }
    if change == 0:
        return Trend("arrow-right", "", _("%(now)s sama dengan %(before)s") % words)
    tone = "" if direction not in ("up", "down") else "good" if (change > 0) == (direction == "up") else "bad"
    if change > 0:
        return Trend("arrow-up-right", tone, _("%(now)s naik %(amount)s %(unit)s dari %(before)s") % words)
    return Trend("arrow-down-right", tone, _("%(now)s turun %(amount)s %(unit)s dari %(before)s") % words)


def card_state(indicator, reading, unavailable: bool) -> str:
    """How far a reading may be trusted: unavailable, withheld (none for this scope), no_data, low (too incomplete) or
    ok."""
    if unavailable or reading is None:
        return "unavailable"
    if reading.withheld:
        return "withheld"
    if reading.value is None:
        return "no_data"
    too_few = reading.completeness is not None and reading.completeness < indicator.minimum_completeness
    return "low" if too_few else "ok"


def _target_context(indicator, value, goal) -> dict[str, object]:
    """The target as words and as a bar; the scale ends at 100 for per cent, else at the larger of the two."""
    measured, wanted = formats.exact(value), formats.exact(goal)
    if measured is None or wanted is None:
        return {"goal": goal}
    full = 100 if _is_per_cent(indicator.unit) else max(measured, wanted)
    if full <= 0:
        return {"goal": goal}
    shape = charts.share_bar(measured / full, wanted / full)
    if indicator.direction not in ("up", "down"):
        return {"goal": goal, "shape": shape, "verdict": "", "tone": "neutral"}
    reached = measured >= wanted if indicator.direction == "up" else measured <= wanted
    verdict = _("tercapai") if reached else _("belum tercapai")
    return {
        "goal": goal,
        "shape": shape,
        "reached": reached,
        "verdict": verdict,
        "tone": "good" if reached else "warning",
    }


@register.simple_tag
def indicator_card(
    indicator, reading=None, rows="", target=None, unavailable=False, detail_url="", target_label=""
) -> SafeString:
    """The card of one indicator: figure, way to the target, trend, freshness, completeness, the rows behind it."""
    state = card_state(indicator, reading, unavailable)
    decimals = getattr(indicator, "decimals", None)
    trend = list(reading.trend) if reading else []
    values = [value for _label, value in trend]
    known = state in ("ok", "low")
    goal = getattr(target, "value", target)
    return component(
        "indicator_card.html",
        indicator=indicator,
        reading=reading,
        state=state,
        rows=rows,
        detail_url=detail_url,
        target_label=target_label,
        completeness_tone="warning" if state == "low" else "neutral",
        value=formats.number(reading.value, decimals) if known else "",
        unit="%" if _is_per_cent(indicator.unit) else indicator.unit,
        trend=trend_of(trend, indicator.unit, indicator.direction, decimals) if known else None,
        values=values if known else [],
        points=[(label, formats.number(value, decimals)) for label, value in trend],
        target=_target_context(indicator, reading.value if known else None, goal),
    )


@register.simple_tag(takes_context=True)
def place_map(context, title, data_url="", places=(), areas=(), note="", open_table=False) -> SafeString:
    """A map with the same places as a table; the map needs JavaScript, the table nothing."""
    return component(
        "map.html",
        title=title,
        data_url=data_url,
        places=places,
        areas=areas,
        note=note,
        open_table=open_table,
        tile_url=context.get("MAP_TILE_URL", ""),
        tile_credit=context.get("MAP_TILE_CREDIT", ""),
    )
