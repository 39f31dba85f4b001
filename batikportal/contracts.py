"""The contracts that an app fills in, found by module name in the installed apps, in their order."""

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any, TypeVar

from django.apps import apps
from django.db import connection, transaction
from django.db.models import Q

from batikportal.choices import AreaLevel, Direction, Focus, Office, Severity
from batikportal.imports.contract import Sheet
from batikportal.models import Area

log = logging.getLogger(__name__)

Number = int | Decimal | float
Found = TypeVar("Found")


@dataclass(frozen=True)
class Period:
    """Days from ``start`` to ``end``, both counted."""

    start: date
    end: date


@dataclass(frozen=True)
class Scope:
    """What a figure is asked for: a period, a district (None = the whole city), and the day of asking."""

    period: Period
    area: Area | None
    today: date
    _known: dict[Callable[..., Any], Any] = field(default_factory=dict, init=False, repr=False, compare=False)
    _known_everywhere: dict[Callable[..., Any], Any] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def once(self, answer: "Callable[[Scope], Found]") -> "Found":
        """``answer(scope)``, asked only once: figures of one page that rest on the same rows share them."""
        if answer not in self._known:
            self._known[answer] = answer(self)
        return self._known[answer]

    def once_everywhere(self, answer: "Callable[[Scope], Found]") -> "Found":
        """``answer(scope)``, asked only once for this scope and those made of it with ``within``: it knows no area."""
        if answer not in self._known_everywhere:
            self._known_everywhere[answer] = answer(self)
        return self._known_everywhere[answer]

    def within(self, area: Area | None) -> "Scope":
        """The same days in another area; what was asked of everywhere is known there too."""
        found = replace(self, area=area)
        object.__setattr__(found, "_known_everywhere", self._known_everywhere)
        return found

    def ward_filter(self, path: str) -> Q:
        """The condition that the ward under ``path`` lies in the chosen district; empty for the whole city."""
        if self.area is None or self.area.level == AreaLevel.CITY:
            return Q()
        if self.area.level == AreaLevel.DISTRICT:
            return Q(**{f"{path}__parent": self.area})
        return Q(**{path: self.area})

    def query(self) -> dict[str, str]:
        """The same choice as query parameters of a list page."""
        chosen = {"dari": self.period.start.isoformat(), "sampai": self.period.end.isoformat()}
        if self.area is not None:
            chosen["kecamatan"] = self.area.code
        return chosen


@dataclass(frozen=True)
class Reading:
    """What an indicator shows: ``value`` None means no data, which is never zero, or ``withheld`` says why the figure
    makes no sense for this scope although there are data."""

    value: Number | None
    numerator: Number | None = None
    denominator: Number | None = None
    completeness: float | None = None
    fresh_at: date | datetime | None = None
    trend: Sequence[tuple[str, Number | None]] = ()
    note: str = ""
    withheld: str = ""


@dataclass(frozen=True)
class Indicator:
    """A figure of the dashboard, with its metadata in the terms of Satu Data (Perpres 39/2019)."""

    code: str
    title: object
    focus: str
    definition: object
    unit: object
    direction: str
    permission: str
    office: str
    source: object
    frequency: str
    minimum_completeness: float
    read: Callable[[Scope], Reading]
    rows: Callable[[Scope], str]
    decimals: int = 0


@dataclass(frozen=True)
class Alert:
    """One thing that somebody has to do."""

    subject: str
    url: str
    since: date | None = None
    due_on: date | None = None
    detail: str = ""


@dataclass(frozen=True)
class Alerts:
    """The first alerts of a rule, at most 50, and how many there are in all."""

    items: Sequence[Alert]
    total: int


@dataclass(frozen=True)
class AlertRule:
    """A rule that finds what is overdue or wrong, and whose office must act."""

    code: str
    title: object
    focus: str
    severity: str
    office: str
    permission: str
    find: Callable[[Scope], Alerts]


@dataclass(frozen=True)
class Panel:
    """A card on a shared page: ``audience`` staff (enterprise page), owner (SME workspace) or public (home)."""

    code: str
    title: object
    focus: str
    audience: str
    template: str
    read: Callable[[Any, Any, date], Mapping[str, Any]]
    permission: str = ""


@dataclass(frozen=True)
class Place:
    """A point on the map; ``status`` good, warning, bad or unknown."""

    name: str
    latitude: Number
    longitude: Number
    url: str = ""
    value: str = ""
    status: str = "unknown"
    note: str = ""


@dataclass(frozen=True)
class AreaValue:
    """The value of a ward on the map; None is shown as no data."""

    area_code: str
    value: Number | None
    note: str = ""


@dataclass(frozen=True)
class Layer:
    """A layer of the map: ``read`` returns places, or area values when ``by_ward``; no permission means public."""

    code: str
    title: object
    focus: str
    read: Callable[[Scope], Sequence[Place] | Sequence[AreaValue]]
    permission: str = ""
    by_ward: bool = False
    unit: object = ""


@dataclass(frozen=True)
class Dataset:
    """Open data: aggregates only, with a dictionary; cells under five persons are left out by the app."""

    code: str
    title: object
    description: object
    licence: str
    columns: Sequence[tuple[str, str, object]]
    rows: Callable[[], Sequence[Sequence[Any]]]


@dataclass(frozen=True)
class Opening:
    """A place in a training that an enterprise can still apply for."""

    title: str
    url: str
    starts_on: date
    closes_on: date
    place: str = ""


@dataclass(frozen=True)
class OpeningSource:
    """Where open places come from: ``find`` gets the words of a topic and the time, and answers the nearest first."""

    code: str
    title: object
    focus: str
    find: Callable[[Sequence[str], datetime], Sequence[Opening]]
    permission: str = ""


@dataclass(frozen=True)
class PageGroup:
    """Pages of a focus that belong together, each with its label and URL name; those a reader may open are shown."""

    code: str
    title: object
    focus: str
    pages: Sequence[tuple[object, str]]


# module name → list name, type of its items
CONTRACTS: dict[str, tuple[str, type]] = {
    "indicators": ("INDICATORS", Indicator),
    "alerts": ("ALERTS", AlertRule),
    "panels": ("PANELS", Panel),
    "layers": ("LAYERS", Layer),
    "datasets": ("DATASETS", Dataset),
    "sheets": ("SHEETS", Sheet),
    "openings": ("OPENINGS", OpeningSource),
    "navigation": ("PAGE_GROUPS", PageGroup),
}


@cache
def contributions(module: str) -> tuple[Any, ...]:
    """All items of a contract, app by app, in the order of INSTALLED_APPS; only our own apps are asked."""
    list_name, _type = CONTRACTS[module]
    found: list[Any] = []
    for config in apps.get_app_configs():
        if getattr(config, "contributes", False) and find_spec(f"{config.name}.{module}"):
            found.extend(getattr(import_module(f"{config.name}.{module}"), list_name))
    return tuple(found)


def for_user(module: str, user) -> Iterator[Any]:
    """The contributions a user may see."""
    return (item for item in contributions(module) if not item.permission or user.has_perm(item.permission))


def one(module: str, code: str, user) -> Any | None:
    """The contribution of that code, if the user may see it."""
    return next((item for item in for_user(module, user) if item.code == code), None)


@dataclass(frozen=True)
class Answer:
    """What a contribution answered: ``value``, or ``failed`` when it broke (it is logged and the page goes on)."""

    item: Any
    value: Any = None
    failed: bool = field(default=False)


def ask(item: Any, function: Callable[..., Any], *args: Any) -> Answer:
    """Call one function of a contribution so that a broken one cannot break the page.

    Inside a transaction a failed statement would spoil the rest: there it gets a savepoint.
    """
    try:
        with transaction.atomic() if connection.in_atomic_block else nullcontext():
            return Answer(item, function(*args))
    except Exception:
        log.exception("contribution failed: %s", item.code)
        return Answer(item, failed=True)


def openings(topics: Sequence[str], user, at: datetime) -> list[Opening]:
    """The places about these topics that any app offers; a broken source offers none."""
    found: list[Opening] = []
    for source in for_user("openings", user):
        found.extend(ask(source, source.find, topics, at).value or ())
    return sorted(found, key=lambda opening: opening.closes_on)


VALID: dict[str, set[str]] = {
    "focus": set(Focus.values),
    "office": set(Office.values),
    "direction": set(Direction.values),
    "severity": set(Severity.values),
    "audience": {"staff", "owner", "public"},
}
