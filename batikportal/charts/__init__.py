"""The geometry of the charts: plain numbers in, finished SVG attributes out; nothing here draws or knows a model."""

from batikportal.charts.axes import columns, fan, line
from batikportal.charts.nouns import Band, Bar, Chart, Fan, Limit, Quota, Row, Series
from batikportal.charts.rows import bars, pyramid, quota, stacked
from batikportal.charts.small import share_bar, sparkline

__all__ = [
    "Band",
    "Bar",
    "Chart",
    "Fan",
    "Limit",
    "Quota",
    "Row",
    "Series",
    "bars",
    "columns",
    "fan",
    "line",
    "pyramid",
    "quota",
    "share_bar",
    "sparkline",
    "stacked",
]
