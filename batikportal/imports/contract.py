"""What an app says about a spreadsheet that people may import: its columns, how rows are checked and written."""

import functools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple

from django.utils import timezone
from django.utils.functional import Promise

from batikportal.imports.choices import Outcome

Text = str | Promise
Pairs = Iterable[tuple[Any, Any]]


class Stop(Exception):
    """Raised by ``apply`` to write nothing after all; its text tells the person why and what to do."""


class Kind(StrEnum):
    """How the text of a cell becomes a value; ``parsing`` holds one function for each."""

    TEXT = "text"  # str, one line, trimmed
    INTEGER = "integer"  # int
    DECIMAL = "decimal"  # Decimal
    CENSORED = "censored"  # Censored
    DATE = "date"  # date
    DATETIME = "datetime"  # aware datetime
    BOOLEAN = "boolean"  # bool
    CHOICE = "choice"  # the code, str
    IDENTIFIER = "identifier"  # digits kept as str, with leading zeros
    PHONE = "phone"  # str in E.164
    LIST = "list"  # list[str]; codes when the column has choices


class Censored(NamedTuple):
    """A laboratory figure with its qualifier, one of ``<`` ``≤`` ``=`` ``≥`` ``>``; ``<0,01`` is never zero.

    ``written`` is the word that the file has instead of the figure, where a check knew the limit: "ttd".
    """

    qualifier: str
    value: Decimal
    written: str = ""

    def __str__(self) -> str:
        figure = f"{self.value:f}".replace(".", ",")
        figure = figure if self.qualifier == "=" else f"{self.qualifier}{figure}"
        return f"{figure} ({self.written})" if self.written else figure


@dataclass(frozen=True, slots=True)
class Undetected:
    """ "Not detected" without its limit; a check turns it into ``Censored`` or refuses the cell."""

    written: str

    def __str__(self) -> str:
        return self.written


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column of a sheet; ``label`` heads it in the template, ``aliases`` are other headings of real files."""

    name: str
    label: Text
    kind: Kind = Kind.TEXT
    required: bool = False
    help: Text = ""
    # As a clerk would type it: "5 Maret 2025", "<0,01".
    example: str = ""
    aliases: tuple[str, ...] = ()
    # (code, label) pairs, or a function that returns them when the file is read.
    choices: Pairs | Callable[[], Pairs] = ()
    # Other words for a choice: {"L": "M", "wanita": "F"}.
    synonyms: Mapping[str, str] = field(default_factory=dict)
    minimum: Decimal | int | date | None = None
    maximum: Decimal | int | date | None = None
    # Decimal places that the database keeps: typed figures with more are refused, computed cells are rounded.
    places: int | None = None
    # Allowed numbers of digits of an identifier: (13,) for a NIB, (16,) for a NIK.
    digits: tuple[int, ...] = ()
    max_length: int = 300
    # Of a censored column: "ttd" becomes ``Undetected``, for a check that may know the limit; else it is refused.
    undetected: bool = False
    # Keep line breaks inside the text.
    multiline: bool = False
    # Personal identifier: encrypted while it waits in the staging rows, masked in the preview, never in "before".
    secret: bool = False

    def pairs(self) -> list[tuple[str, str]]:
        """The choices as (code, label in the active language)."""
        listed = self.choices() if callable(self.choices) else self.choices
        return [(str(code), str(label)) for code, label in listed]

    def headings(self) -> list[str]:
        """Every heading by which this column is known."""
        return [str(self.label), self.name, *self.aliases]


@dataclass(slots=True)
class Row:
    """A row of the file: ``row["column"]`` is the value, None where cell or column is empty or the cell was refused."""

    line: int
    values: dict[str, Any]
    errors: dict[str, list[str]] = field(default_factory=dict)
    outcome: str = Outcome.NEW
    # Values now in the database, by column name, for the preview of a changed row.
    before: dict[str, Any] = field(default_factory=dict)
    # What check looked up (keys of other rows …) and apply needs; plain JSON values only.
    found: dict[str, Any] = field(default_factory=dict)

    def __getitem__(self, column: str) -> Any:
        return self.values[column]

    def refuse(self, column: str, message: Text) -> None:
        """Refuse the row because of one cell, or as a whole when ``column`` is empty."""
        self.errors.setdefault(column, []).append(str(message))
        self.outcome = Outcome.REFUSED

    @property
    def refused(self) -> bool:
        return bool(self.errors)

    def lacks(self, *columns: str) -> bool:
        """Whether one of these cells was refused, so that nothing can be said about them together."""
        return not self.errors.keys().isdisjoint(columns)


@dataclass(frozen=True, slots=True)
class Context:
    """Who imports what, when, and from which file; given to check and apply."""

    sheet: "Sheet"
    by: Any
    at: datetime
    # Names of the columns that the file has: an absent column is not an empty one.
    columns: frozenset[str]
    run_id: int
    file_name: str
    language: str = "id"
    # How the file heads each known column: "COD (mg/L)" says the unit, too.
    headings: Mapping[str, str] = field(default_factory=dict)

    @property
    def today(self) -> date:
        return timezone.localtime(self.at).date()


Check = Callable[[Sequence[Row], Context], None]
Apply = Callable[[Sequence[Row], Context], None]


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A spreadsheet that can be imported.

    ``check(rows, ctx)`` gets all understood rows at once, looks things up in a few set-based queries, refuses rows
    and sets their outcome. It changes nothing, and runs a second time just before ``apply(rows, ctx)``, which gets
    the new and the changed rows inside one transaction and writes them set-based; an exception there leaves nothing
    half-imported.

    Rows with a refused cell are given to ``check`` as well, by themselves, so that everything wrong with them is said
    at once: there even a required column may be None, and what such a row needs can be told by ``row.lacks``.
    """

    code: str
    title: Text
    focus: str
    permission: str
    columns: Sequence[Column]
    check: Check
    apply: Apply
    # Names of the columns that tell one row from another; two equal rows in one file are refused.
    key: tuple[str, ...] = ()
    description: Text = ""
    # A sentence for the person who fills in the template.
    template_note: Text = ""
    # Name of the url where the imported rows can be seen.
    done_url: str = ""
    # Whether that page shows the rows of one import alone when it is asked with `?impor=` (``links.OfImport``).
    shows_own_rows: bool = False
    icon: str = "table"

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[a-z][a-z0-9-]*", self.code):
            raise ValueError(f"Sheet code {self.code!r} must be lower-case letters, digits and hyphens.")
        names = [column.name for column in self.columns]
        if len(set(names)) != len(names):
            raise ValueError(f"Sheet {self.code}: two columns share a name.")
        if unknown := set(self.key) - set(names):
            raise ValueError(f"Sheet {self.code}: key names unknown columns {sorted(unknown)}.")
        for column in self.columns:
            if column.kind == Kind.CHOICE and not column.choices:
                raise ValueError(f"Sheet {self.code}: column {column.name} offers no choices.")

    @functools.cached_property
    def by_name(self) -> dict[str, Column]:
        return {column.name: column for column in self.columns}

    @property
    def secrets(self) -> Iterator[str]:
        """Names of the columns that hold personal identifiers."""
        return (column.name for column in self.columns if column.secret)
