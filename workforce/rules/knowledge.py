"""Whether a step of the craft can still be passed on: masters, how long they will stay, and what that is called.

Plain Python: no database, no clock. A master is anybody at level 3 or above. Below three masters one illness is enough
to lose a step, so it is red, whatever a panel says.
"""

from collections import Counter
from collections.abc import Sequence
from statistics import median

from workforce.choices.knowledge import KnowledgeRisk
from workforce.rules.projection import FIRST_AGE, OPEN_AGE, Risks, ratio

FEWEST_MASTERS = 3
AHEAD_YEARS = 10
LONGEST_YEARS = 60
# S13: who will be there for long, and who will not.
YOUNG_BELOW, OLD_FROM = 40, 55
# S12: mentors younger than this still have years to teach.
MENTOR_BELOW = 60


def staying(age: int | None, risks: Risks, years: int) -> list[float]:
    """The probability that somebody is still in the craft after 1, 2 … years; of no known age: that of the average age.

    `risks` are by single age (`Risks.by_age`).
    """
    share, found = 1.0, []
    survival = risks.survival
    average = sum(survival) / len(survival)
    for year in range(years):
        if age is None:
            share *= average
        else:
            share *= survival[min(max(age, FIRST_AGE) + year, OPEN_AGE) - FIRST_AGE]
        found.append(share)
    return found


def years_left(age: int | None, risks: Risks) -> float:
    """Expected years in the craft from now on, half a year counted for the year of leaving."""
    return 0.5 + sum(staying(age, risks, LONGEST_YEARS))


def years_until_few(ages: Sequence[int | None], risks: Risks, fewest: int = FEWEST_MASTERS) -> int | None:
    """After how many years fewer than `fewest` of these people are expected to be there, if nobody follows; 0: already
    now, None: not within a working life."""
    if len(ages) < fewest:
        return 0
    courses = [(count, staying(age, risks, LONGEST_YEARS)) for age, count in Counter(ages).items()]
    for year in range(LONGEST_YEARS):
        if sum(count * course[year] for count, course in courses) < fewest:
            return year + 1
    return None


def mean_years_left(ages: Sequence[int | None], risks: Risks) -> float | None:
    """Expected years in the craft of the average of these people."""
    counted = Counter(ages)
    return sum(count * years_left(age, risks) for age, count in counted.items()) / len(ages) if ages else None


def risk(masters: int, until_few: int | None, recorded: int, workers: int, is_surveyed: bool = True) -> str:
    """The risk of a step: a KnowledgeRisk. Nobody can tell while people work at a step and none of their skills is
    recorded, or while no skills are recorded at all (`is_surveyed`)."""
    if not recorded and (workers or not is_surveyed):
        return KnowledgeRisk.UNKNOWN.value
    if masters < FEWEST_MASTERS:
        return KnowledgeRisk.RED.value
    if masters == FEWEST_MASTERS or (until_few is not None and until_few <= AHEAD_YEARS):
        return KnowledgeRisk.AMBER.value
    return KnowledgeRisk.GREEN.value


def median_age(ages: Sequence[int | None]) -> float | None:
    """S2, exact, of the known ages."""
    known = [age for age in ages if age is not None]
    return median(known) if known else None


def median_of_counts(counts: Sequence[float]) -> float | None:
    """S2 from counts by single age, youngest first; the open age counts as its first year."""
    return median_age([FIRST_AGE + place for place, count in enumerate(counts) for _one in range(int(count))])


def critical_coverage(ages: Sequence[int | None]) -> tuple[int, int, float | None]:
    """S13 of a step: those under 40, those of 55 and older, and their ratio (None: nobody is old)."""
    young = sum(age is not None and age < YOUNG_BELOW for age in ages)
    old = sum(age is not None and age >= OLD_FROM for age in ages)
    return young, old, ratio(young, old)
