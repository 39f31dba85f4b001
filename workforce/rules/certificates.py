"""How long a certificate of competence is valid, and which cohort renews it."""

from datetime import date, timedelta

# Retested after three years, unless the paper says otherwise (practice of LSP Batik and BBSPJIKB).
VALID_YEARS = 3
# The work list tells early: a test has to be organised.
WARN_DAYS = 180


def valid_until(issued_on: date) -> date:
    """The last day of validity: the same day three years later; of a leap day the last of February."""
    year = issued_on.year + VALID_YEARS
    try:
        return issued_on.replace(year=year)
    except ValueError:
        return date(year, 2, 28)


def quarter_of(day: date) -> str:
    """The quarter of a day, as in `2026-4`."""
    return f"{day.year}-{(day.month + 2) // 3}"


def days_of_quarter(quarter: str) -> tuple[date, date]:
    """First and last day of a quarter written as `2026-4`; ValueError if it is none."""
    year, number = (int(part) for part in quarter.split("-"))
    if number not in (1, 2, 3, 4):
        raise ValueError(quarter)
    first = date(year, number * 3 - 2, 1)
    after = date(year + 1, 1, 1) if number == 4 else date(year, number * 3 + 1, 1)
    return first, after - timedelta(days=1)


def quarters_from(day: date, count: int) -> list[str]:
    """The quarter of the day and those after it."""
    start = day.year * 4 + (day.month + 2) // 3 - 1
    return [f"{number // 4}-{number % 4 + 1}" for number in range(start, start + count)]
