"""The nouns of charts: what a view hands in, and the finished pieces that a template prints."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

Number = int | float | Decimal


@dataclass(frozen=True)
class Series:
    """One line or one set of columns; None is a gap, never zero; not `limited`: the limits do not apply to it."""

    name: str
    values: Sequence[Number | None]
    limited: bool = True


@dataclass(frozen=True)
class Fan:
    """One course with the range around it, from low to high; None is a gap."""

    name: str
    low: Sequence[Number | None]
    middle: Sequence[Number | None]
    high: Sequence[Number | None]


@dataclass(frozen=True)
class Limit:
    """A line that must not be passed, or a target to reach."""

    value: Number
    label: str


@dataclass(frozen=True)
class Bar:
    """One named value of a bar chart."""

    label: str
    value: Number | None
    url: str = ""
    tone: str = ""


@dataclass(frozen=True)
class Row:
    """One named whole with its parts, in the order of the chart's part names."""

    label: str
    values: Sequence[Number | None]
    url: str = ""


@dataclass(frozen=True)
class Quota:
    """Places taken out of a capacity, and how many wait."""

    label: str
    taken: int
    capacity: int
    waiting: int = 0
    url: str = ""


@dataclass(frozen=True)
class Band:
    """One age band of a pyramid."""

    label: str
    left: int
    right: int


@dataclass(frozen=True)
class Mark:
    """A shape with its place, its class and the text that a pointer or a screen reader finds there."""

    x: str
    y: str
    css: str = ""
    text: str = ""
    width: str = "0"
    height: str = "0"


@dataclass(frozen=True)
class Table:
    """The numbers of a chart, for those who read rather than look."""

    headers: list[str]
    rows: list[list[str]]


@dataclass(frozen=True)
class Chart:
    """A finished chart; `kind` names its template in templates/components/charts/."""

    kind: str
    title: str
    unit: str = ""
    note: str = ""
    height: str = ""
    plot_top: str = ""
    plot_height: str = ""
    ticks: tuple[Mark, ...] = ()
    labels: tuple[Mark, ...] = ()
    limits: tuple[Mark, ...] = ()
    areas: tuple[Mark, ...] = ()
    paths: tuple[Mark, ...] = ()
    marks: tuple[Mark, ...] = ()
    legend: tuple[Mark, ...] = ()
    rows: tuple = ()
    table: Table | None = None
    left_label: str = ""
    right_label: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.marks or self.rows)

    @property
    def has_long_names(self) -> bool:
        """Whether the names of the rows need a line of their own on a phone."""
        return any(len(row.label) > 22 for row in self.rows)


@dataclass(frozen=True)
class ChartRow:
    """One line of a chart made of rows: its name, its pieces, and the value in words."""

    label: str
    url: str
    value: str
    segments: tuple[Mark, ...] = ()
    mark: Mark | None = None
    waiting: str = ""
    left_value: str = ""
    left_segments: tuple[Mark, ...] = ()


def legend_marks(names: Sequence[str], css: Sequence[str] = ()) -> tuple[Mark, ...]:
    return tuple(
        Mark(x="", y="", css=css[k] if css else f"s{k % 5 + 1}", text=str(name)) for k, name in enumerate(names)
    )
