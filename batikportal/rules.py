"""Rules of the shared nouns: size classes, numbers, phones, working days, and who may move to which status."""

import re
from collections.abc import Container
from datetime import date, timedelta

from batikportal.choices import EnterpriseStatus, MessageState, SizeClass

MILLION = 1_000_000

# PP 7/2021, articles 35 and 36: upper edges in rupiah, inclusive.
SALES_EDGES = (
    (2_000 * MILLION, SizeClass.MICRO),
    (15_000 * MILLION, SizeClass.SMALL),
    (50_000 * MILLION, SizeClass.MEDIUM),
)
CAPITAL_EDGES = (
    (1_000 * MILLION, SizeClass.MICRO),
    (5_000 * MILLION, SizeClass.SMALL),
    (10_000 * MILLION, SizeClass.MEDIUM),
)
# BPS and the ministry of industry count workers instead; upper edges, inclusive.
WORKER_EDGES = ((4, SizeClass.MICRO), (19, SizeClass.SMALL), (99, SizeClass.MEDIUM))

ENTERPRISE_TRANSITIONS: dict[str, tuple[str, ...]] = {
    EnterpriseStatus.PENDING: (EnterpriseStatus.ACTIVE, EnterpriseStatus.CLOSED, EnterpriseStatus.MERGED),
    EnterpriseStatus.ACTIVE: (EnterpriseStatus.DORMANT, EnterpriseStatus.CLOSED, EnterpriseStatus.MERGED),
    EnterpriseStatus.DORMANT: (EnterpriseStatus.ACTIVE, EnterpriseStatus.CLOSED, EnterpriseStatus.MERGED),
    EnterpriseStatus.CLOSED: (EnterpriseStatus.ACTIVE, EnterpriseStatus.MERGED),
    EnterpriseStatus.MERGED: (),
}

MESSAGE_TRANSITIONS: dict[str, tuple[str, ...]] = {
    MessageState.DRAFT: (MessageState.QUEUED, MessageState.STOPPED),
    MessageState.QUEUED: (MessageState.SENT, MessageState.FAILED, MessageState.STOPPED),
    MessageState.FAILED: (MessageState.QUEUED, MessageState.SENT, MessageState.STOPPED),
    MessageState.SENT: (),
    # What the message asked is settled meanwhile; it never goes out.
    MessageState.STOPPED: (),
}


def _first_class(value: int, edges: tuple[tuple[int, SizeClass], ...]) -> SizeClass:
    return next((size for edge, size in edges if value <= edge), SizeClass.LARGE)


def size_by_law(*, annual_sales_idr: int | None, capital_idr: int | None) -> SizeClass | None:
    """The size class of PP 7/2021: by yearly sales where known (running firms), else by capital; None if neither is."""
    if annual_sales_idr is not None:
        return _first_class(annual_sales_idr, SALES_EDGES)
    if capital_idr is not None:
        return _first_class(capital_idr, CAPITAL_EDGES)
    return None


def size_by_workers(workers_count: int | None) -> SizeClass | None:
    """The size class that BPS counts by: micro 1-4, small 5-19, medium 20-99, large from 100 workers."""
    return None if workers_count is None else _first_class(workers_count, WORKER_EDGES)


def normalise_phone(text: str) -> str:
    """A phone number as typed, made ready for the number library.

    A leading 62 without plus would be read as the area code 0628, and a leading 8 lacks its 0.
    """
    compact = re.sub(r"[\s().\-]", "", text)
    if re.fullmatch(r"62\d{8,13}", compact, re.ASCII):
        return "+" + compact
    if re.fullmatch(r"8\d{7,12}", compact, re.ASCII):
        return "0" + compact
    return compact


def clean_number(text: str) -> str:
    """Digits of a business number, without the spaces, dots and dashes people write."""
    return re.sub(r"[\s.\-]", "", text)


def is_nib(text: str) -> bool:
    """NIB: 13 digits, no public checksum (PP 5/2021)."""
    return re.fullmatch(r"\d{13}", text, re.ASCII) is not None


def is_npwp(text: str) -> bool:
    """NPWP: 16 digits (PMK 112/2022), or the old 15 whose ninth digit is a Luhn check over the first nine."""
    if re.fullmatch(r"\d{16}", text, re.ASCII):
        old = text[1:] if text.startswith("0") else None
        return old is None or _luhn(old[:9])
    return re.fullmatch(r"\d{15}", text, re.ASCII) is not None and _luhn(text[:9])


def _luhn(digits: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def is_working_day(day: date, holidays: Container[date]) -> bool:
    """Monday to Friday, and no holiday."""
    return day.weekday() < 5 and day not in holidays


def add_working_days(start: date, count: int, holidays: Container[date]) -> date:
    """The day on which a term of ``count`` working days ends; the day of receipt itself does not count."""
    day = start
    while count > 0:
        day += timedelta(days=1)
        count -= is_working_day(day, holidays)
    return day


def working_days_between(start: date, end: date, holidays: Container[date]) -> int:
    """Working days after ``start`` up to and including ``end``; 0 if ``end`` is not later."""
    days = range(1, (end - start).days + 1)
    return sum(is_working_day(start + timedelta(days=number), holidays) for number in days)
