"""Charts made of rows, tables in themselves: bars, stacked bars, quotas, the population pyramid."""

from collections.abc import Sequence

from batikportal.charts.coordinates import percent
from batikportal.charts.nouns import Band, Bar, Chart, ChartRow, Limit, Mark, Quota, Row, Table, legend_marks
from batikportal.formats import number


def bars(*, title: str, rows: Sequence[Bar], unit: str = "", limit: Limit | None = None, note: str = "") -> Chart:
    """Level bars from zero, for things that have names; a table in itself."""
    known = [float(row.value) for row in rows if row.value is not None] + ([float(limit.value)] if limit else [])
    full = max(known, default=0.0) or 1.0
    mark = (
        Mark(x=percent(float(limit.value) * 100 / full), y="0", text=f"{limit.label} {number(limit.value)}")
        if limit
        else None
    )
    drawn = []
    for row in rows:
        segments: tuple[Mark, ...] = ()
        if row.value is not None:
            width = percent(max(0.0, float(row.value)) * 100 / full)
            text = f"{row.label}: {number(row.value)} {unit}".rstrip()
            segments = (Mark(x="0", y="0", width=width, css=f"tone-{row.tone}" if row.tone else "s1", text=text),)
        drawn.append(ChartRow(str(row.label), row.url, number(row.value), segments, mark))
    legend = (Mark(x="", y="", css="tone-bad", text=mark.text),) if mark else ()
    return Chart(kind="bars", title=title, unit=unit, note=note, rows=tuple(drawn), legend=legend)


def stacked(
    *,
    title: str,
    parts: Sequence[str],
    rows: Sequence[Row],
    unit: str = "",
    share: bool = False,
    tones: Sequence[str] = (),
    note: str = "",
) -> Chart:
    """Level bars made of parts; with `share` each bar fills the width and shows how the whole is divided."""
    css = [f"tone-{tone}" for tone in tones] or [f"s{k % 5 + 1}" for k in range(len(parts))]
    totals = [sum(float(value or 0) for value in row.values) for row in rows]
    widest = max(totals, default=0.0) or 1.0
    drawn = []
    for row, total in zip(rows, totals, strict=True):
        full = (total if share else widest) or 1.0
        start, segments = 0.0, []
        for k, value in enumerate(row.values):
            width = float(value or 0) * 100 / full
            if width:
                text = f"{row.label} · {parts[k]}: {number(value)} {unit}".rstrip()
                segments.append(Mark(x=percent(start), y="0", width=percent(width), css=css[k], text=text))
            start += width
        measured = any(value is not None for value in row.values)
        drawn.append(ChartRow(str(row.label), row.url, number(total) if measured else number(None), tuple(segments)))
    table = Table(["", *map(str, parts)], [[str(row.label), *(number(value) for value in row.values)] for row in rows])
    legend = legend_marks(parts, css)
    return Chart(kind="stacked", title=title, unit=unit, note=note, rows=tuple(drawn), legend=legend, table=table)


def quota(*, title: str, rows: Sequence[Quota], unit: str = "", note: str = "") -> Chart:
    """Places taken against capacity; those who wait stand beyond the mark."""
    widest = float(max((max(row.capacity, row.taken) + row.waiting for row in rows), default=0) or 1)
    drawn = []
    for row in rows:
        room, taken = max(row.capacity, row.taken) * 100 / widest, row.taken * 100 / widest
        segments = [Mark(x="0", y="0", width=percent(row.capacity * 100 / widest), css="track")]
        full = "tone-warning" if row.taken >= row.capacity else "s1"
        text = f"{row.label}: {number(row.taken)} / {number(row.capacity)} {unit}".rstrip()
        segments.append(Mark(x="0", y="0", width=percent(taken), css=f"segment {full}", text=text))
        if row.waiting:
            segments.append(Mark(x=percent(room), y="0", width=percent(row.waiting * 100 / widest), css="waiting"))
        value = f"{number(row.taken)} / {number(row.capacity)}"
        waiting = number(row.waiting) if row.waiting else ""
        drawn.append(ChartRow(str(row.label), row.url, value, tuple(segments), waiting=waiting))
    return Chart(kind="quota", title=title, unit=unit, note=note, rows=tuple(drawn))


def pyramid(
    *, title: str, bands: Sequence[Band], left_label: str, right_label: str, unit: str = "", note: str = ""
) -> Chart:
    """A population pyramid; give the bands from young to old, the oldest is drawn on top."""
    widest = float(max((max(band.left, band.right) for band in bands), default=0) or 1)
    drawn = []
    for band in reversed(bands):
        left, right = band.left * 100 / widest, band.right * 100 / widest
        words = f"{band.label}: {number(band.left)} {left_label}, {number(band.right)} {right_label}"
        drawn.append(
            ChartRow(
                label=str(band.label),
                url="",
                value=number(band.right),
                segments=(Mark(x="0", y="0", width=percent(right), css="s1", text=words),),
                left_value=number(band.left),
                left_segments=(Mark(x=percent(100 - left), y="0", width=percent(left), css="s2", text=words),),
            )
        )
    return Chart(
        kind="pyramid",
        title=title,
        unit=unit,
        note=note,
        rows=tuple(drawn),
        left_label=left_label,
        right_label=right_label,
    )
