"""Charts with two axes: lines and upright columns."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from batikportal.charts.coordinates import at, nice_ticks, path_data, percent
from batikportal.charts.nouns import Chart, Fan, Limit, Mark, Number, Series, Table, legend_marks
from batikportal.formats import number

HEIGHT = 220
TOP = 22
BOTTOM = 26
# Room for the numbers of the axis, per cent of the width.
INSET = 9.0


def _x(share: float) -> float:
    """The horizontal place of a share of the plot."""
    return INSET + share * (100 - INSET)


@dataclass(frozen=True)
class Scale:
    """Turns a value into a height on the page."""

    low: float
    high: float
    height: float = HEIGHT - TOP - BOTTOM

    def y(self, value: Number) -> float:
        return self.height * (1 - (float(value) - self.low) / (self.high - self.low))


def _scale(values: list[Number], limits: Sequence[Limit], from_zero: bool) -> tuple[Scale, tuple[Mark, ...]]:
    known = [float(value) for value in values] + [float(limit.value) for limit in limits]
    low, high = min(known, default=0.0), max(known, default=1.0)
    if from_zero:
        low, high = min(low, 0.0), max(high, 0.0)
    ticks = nice_ticks(low, high)
    if not from_zero and low <= ticks[0]:
        # A value or limit on the lowest line would hide behind the frame.
        ticks.insert(0, float(f"{2 * ticks[0] - ticks[1]:.10g}"))
    scale = Scale(ticks[0], ticks[-1])
    return scale, tuple(Mark(x="0", y=at(TOP + scale.y(tick)), text=number(tick)) for tick in ticks)


def _label_marks(labels: Sequence[str]) -> tuple[Mark, ...]:
    """Labels below the plot; with many of them only every n-th stays, on a phone half of those."""
    count = len(labels)
    every = max(1, math.ceil(count / 12))
    kept = [k for k in range(count) if (count - 1 - k) % every == 0]
    marks = []
    for place, k in enumerate(reversed(kept)):
        minor = "minor" if len(kept) > 6 and place % 2 else ""
        marks.append(Mark(x=percent(_x((k + 0.5) / count)), y=at(HEIGHT - 6), css=minor, text=str(labels[k])))
    return tuple(reversed(marks))


def _limit_marks(limits: Sequence[Limit], scale: Scale) -> tuple[Mark, ...]:
    return tuple(
        Mark(x="100%", y=at(TOP + scale.y(limit.value)), text=f"{limit.label} {number(limit.value)}")
        for limit in limits
    )


def _series_table(labels: Sequence[str], series: Sequence[Series], limits: Sequence[Limit]) -> Table:
    headers = ["", *(str(one.name) for one in series), *(str(limit.label) for limit in limits)]
    rows = [
        [str(label), *(number(one.values[k]) for one in series), *(number(limit.value) for limit in limits)]
        for k, label in enumerate(labels)
    ]
    return Table(headers, rows)


def _same_length(labels: Sequence[str], series: Sequence[Series]) -> None:
    for one in series:
        if len(one.values) != len(labels):
            raise ValueError(f"Series {one.name!s} has {len(one.values)} values for {len(labels)} labels.")


def _point_text(series: Series, label: str, value: Number, unit: str) -> str:
    return f"{series.name} · {label}: {number(value)} {unit}".rstrip()


def line(
    *,
    title: str,
    labels: Sequence[str],
    series: Sequence[Series],
    unit: str = "",
    limit: Limit | None = None,
    lower: Limit | None = None,
    from_zero: bool | None = None,
    note: str = "",
) -> Chart:
    """Lines over time; points above `limit` or below `lower` get their own shape. `lower` frees the axis from zero."""
    _same_length(labels, series)
    limits = [bound for bound in (limit, lower) if bound]
    values = [value for one in series for value in one.values if value is not None]
    scale, ticks = _scale(values, limits, lower is None if from_zero is None else from_zero)
    paths, marks = [], []
    for k, one in enumerate(series):
        css = f"s{k % 5 + 1}"
        places = [
            None if value is None else (_x((place + 0.5) / len(labels)) * 10, scale.y(value))
            for place, value in enumerate(one.values)
        ]
        paths.append(Mark(x="", y="", css=css, text=path_data(places)))
        for place, value in enumerate(one.values):
            if value is None:
                continue
            over = one.limited and ((limit and value > limit.value) or (lower and value < lower.value))
            marks.append(
                Mark(
                    x=percent(_x((place + 0.5) / len(labels))),
                    y=at(TOP + scale.y(value)),
                    css=f"{css} over" if over else css,
                    text=_point_text(one, labels[place], value, unit),
                )
            )
    return Chart(
        kind="line",
        title=title,
        unit=unit,
        note=note,
        height=at(HEIGHT),
        plot_top=at(TOP),
        plot_height=at(scale.height),
        ticks=ticks,
        labels=_label_marks(labels),
        limits=_limit_marks(limits, scale),
        paths=tuple(paths),
        marks=tuple(marks),
        legend=legend_marks([one.name for one in series]) if len(series) > 1 else (),
        table=_series_table(labels, series, limits),
    )


def columns(
    *,
    title: str,
    labels: Sequence[str],
    series: Sequence[Series],
    unit: str = "",
    limit: Limit | None = None,
    note: str = "",
) -> Chart:
    """Upright columns from zero, side by side when there are several series."""
    _same_length(labels, series)
    limits = [limit] if limit else []
    values = [value for one in series for value in one.values if value is not None]
    scale, ticks = _scale(values, limits, from_zero=True)
    slot = (100 - INSET) / max(1, len(labels))
    width = slot * 0.7 / max(1, len(series))
    marks = []
    for k, one in enumerate(series):
        for place, value in enumerate(one.values):
            if value is None:
                continue
            top, foot = sorted((scale.y(value), scale.y(0)))
            marks.append(
                Mark(
                    x=percent(INSET + place * slot + slot * 0.15 + k * width),
                    y=at(TOP + top),
                    width=percent(width * 0.94),
                    height=at(max(foot - top, 1.0 if value else 0.0)),
                    css=f"s{k % 5 + 1}",
                    text=_point_text(one, labels[place], value, unit),
                )
            )
    return Chart(
        kind="columns",
        title=title,
        unit=unit,
        note=note,
        height=at(HEIGHT),
        ticks=ticks,
        labels=_label_marks(labels),
        limits=_limit_marks(limits, scale),
        marks=tuple(marks),
        legend=legend_marks([one.name for one in series]) if len(series) > 1 else (),
        table=_series_table(labels, series, limits),
    )


def fan(
    *,
    title: str,
    labels: Sequence[str],
    fans: Sequence[Fan],
    bounds: tuple[str, str],
    unit: str = "",
    limit: Limit | None = None,
    note: str = "",
) -> Chart:
    """Courses with the range around each, from zero; `bounds` are the words for low and high."""
    for one in fans:
        _same_length(labels, [Series(one.name, values) for values in (one.low, one.middle, one.high)])
    limits = [limit] if limit else []
    values = [value for one in fans for row in (one.low, one.middle, one.high) for value in row if value is not None]
    scale, ticks = _scale(values, limits, from_zero=True)
    areas, paths, marks = [], [], []
    for k, one in enumerate(fans):
        css = f"s{k % 5 + 1}"
        low, middle, high = (
            [
                None if value is None else (_x((place + 0.5) / len(labels)) * 10, scale.y(value))
                for place, value in enumerate(row)
            ]
            for row in (one.low, one.middle, one.high)
        )
        around = [point for point in high if point] + [point for point in reversed(low) if point]
        areas.append(Mark(x="", y="", css=css, text=f"{path_data(around)}Z"))
        paths.append(Mark(x="", y="", css=css, text=path_data(middle)))
        for place, value in enumerate(one.middle):
            if value is not None:
                x, y = percent(_x((place + 0.5) / len(labels))), at(TOP + scale.y(value))
                marks.append(Mark(x=x, y=y, css=css, text=_fan_text(one, place, labels[place], unit)))
    return Chart(
        kind="fan",
        title=title,
        unit=unit,
        note=note,
        height=at(HEIGHT),
        plot_top=at(TOP),
        plot_height=at(scale.height),
        ticks=ticks,
        labels=_label_marks(labels),
        limits=_limit_marks(limits, scale),
        areas=tuple(areas),
        paths=tuple(paths),
        marks=tuple(marks),
        legend=legend_marks([one.name for one in fans]) if len(fans) > 1 else (),
        table=_fan_table(labels, fans, bounds),
    )


def _fan_text(one: Fan, place: int, label: str, unit: str) -> str:
    span = f"{number(one.low[place])} – {number(one.high[place])}"
    return f"{one.name} · {label}: {number(one.middle[place])} {unit}".rstrip() + f" ({span})"


def _fan_table(labels: Sequence[str], fans: Sequence[Fan], bounds: tuple[str, str]) -> Table:
    headers = [""]
    for one in fans:
        headers += [str(one.name), f"{one.name}, {bounds[0]}", f"{one.name}, {bounds[1]}"]
    rows = []
    for place, label in enumerate(labels):
        cells = [number(row[place]) for one in fans for row in (one.middle, one.low, one.high)]
        rows.append([str(label), *cells])
    return Table(headers, rows)
