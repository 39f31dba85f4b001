"""What a spreadsheet cell can hold, and how it is shown to the person who typed it."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any


@dataclass(frozen=True, slots=True)
class Broken:
    """A cell without a usable value: an error such as #REF!, or a formula whose result the file does not hold."""

    text: str
    formula: bool = False


Cell = str | int | float | bool | date | datetime | time | Broken | None


def fold(text: str) -> str:
    """The text as a look-up key: case, spaces and punctuation do not tell names apart."""
    return "".join(filter(str.isalnum, text.casefold()))


def figure(value: float) -> str:
    """A computed number with the 15 digits that Excel shows, so that 0.1 + 0.2 is 0.3; decimal point, no exponent."""
    text = f"{value:.15g}"
    if "e" in text:
        text = f"{value:.20f}".rstrip("0").rstrip(".") if abs(value) < 1 else f"{value:.0f}"
    return text


def show(cell: Any) -> str:
    """The cell as an Indonesian reader would type it."""
    if cell is None:
        return ""
    if cell is True or cell is False:
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return figure(cell).replace(".", ",")
    if isinstance(cell, datetime):
        return f"{cell:%d/%m/%Y %H.%M}"
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    if isinstance(cell, time):
        return f"{cell:%H.%M}"
    if isinstance(cell, Broken):
        return cell.text
    return str(cell)


def keep(cell: Cell) -> str | int | float | bool | None:
    """The cell as it is kept in the staging row and given back in the file of refused rows: numbers stay numbers."""
    if cell is None or isinstance(cell, bool | float):
        return cell
    if isinstance(cell, int):
        return cell if abs(cell) < 2**53 else str(cell)
    # PostgreSQL's JSON holds neither NUL nor half a surrogate pair.
    return show(cell).replace("\x00", "�").encode("utf-8", "replace").decode("utf-8")
