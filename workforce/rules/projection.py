"""How many will still master the craft: a stock of workers carried forward year by year, in scenarios, not forecasts.

Plain Python: no database, no clock. Two variants share their inputs: M0 by single year of age (preferred, as birth
dates are known) and M1 by groups of five years (smears cohorts, for grouped data only). Within a year people leave for
other reasons, die and retire, in that order: survival is (1-e)(1-d)(1-r). Entrants are net ones, those who are still
there after twelve months. Whoever has no known age is a class of its own, which leaves as the average of the others do.
"""

from collections.abc import Sequence
from dataclasses import dataclass

# Stored with every run; raise it when a formula below changes, so that old runs can be told apart.
ENGINE_VERSION = 1

FIRST_AGE, OPEN_AGE, WIDTH = 15, 70, 5
AGES = tuple(range(FIRST_AGE, OPEN_AGE + 1))
GROUPS = tuple(range(FIRST_AGE, OPEN_AGE + 1, WIDTH))
YOUNG_BELOW, OLD_FROM = 35, 50

M0, M1 = "m0", "m1"

Numbers = tuple[float, ...]


def group_of(age: int) -> int:
    """The place of an age's group: 0 for 15-19, 11 for 70 and older; younger than 15 is not asked for."""
    return min((age - FIRST_AGE) // WIDTH, len(GROUPS) - 1)


def by_group(ages: Sequence[float]) -> Numbers:
    """Numbers by single age summed by group."""
    sums = [0.0] * len(GROUPS)
    for age, value in zip(AGES, ages, strict=True):
        sums[group_of(age)] += value
    return tuple(sums)


def spread(groups: Sequence[float]) -> Numbers:
    """Numbers by group shared evenly among the single ages of each group; the open group stays whole."""
    return tuple(groups[group_of(age)] / (1 if age == OPEN_AGE else WIDTH) for age in AGES)


@dataclass(frozen=True)
class Risks:
    """Yearly probabilities by group: leaving for other reasons, dying, stopping because of age."""

    leave: Numbers
    death: Numbers
    retire: Numbers

    def by_age(self, later_by: int = 0) -> "Risks":
        """By single age; people stop because of age as those do who are `later_by` years younger."""
        ages = [group_of(age) for age in AGES]
        shifted = [max(FIRST_AGE, age - later_by) for age in AGES]
        return Risks(
            leave=tuple(self.leave[place] for place in ages),
            death=tuple(self.death[place] for place in ages),
            retire=tuple(self.retire[group_of(age)] for age in shifted),
        )

    def later(self, years: int) -> "Risks":
        """By group, with stopping because of age moved by years: the mean of the single ages of each group."""
        if not years:
            return self
        retire = by_group(self.by_age(years).retire)
        widths = by_group([1.0] * len(AGES))
        return Risks(self.leave, self.death, tuple(r / width for r, width in zip(retire, widths, strict=True)))

    @property
    def survival(self) -> Numbers:
        """Shares that stay in the craft for a year."""
        return tuple((1 - e) * (1 - d) * (1 - r) for e, d, r in zip(self.leave, self.death, self.retire, strict=True))


@dataclass(frozen=True)
class Exits:
    """People who go within a year, by cause, for one group each."""

    leave: Numbers
    death: Numbers
    retire: Numbers

    @property
    def by_group(self) -> Numbers:
        return tuple(sum(causes) for causes in zip(self.leave, self.death, self.retire, strict=True))

    @property
    def total(self) -> float:
        return sum(self.leave) + sum(self.death) + sum(self.retire)


def exits(stock: Sequence[float], risks: Risks) -> Exits:
    """Who goes within a year: first those who leave, of the rest those who die, of the rest those who retire."""
    rows = list(zip(stock, risks.leave, risks.death, risks.retire, strict=True))
    return Exits(
        leave=tuple(n * e for n, e, _d, _r in rows),
        death=tuple(n * (1 - e) * d for n, e, d, _r in rows),
        retire=tuple(n * (1 - e) * (1 - d) * r for n, e, d, r in rows),
    )


# --- A year ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Standing:
    """The stock at the beginning of a year by group, and what that year takes and brings; `unknown`: of no known age.

    `entrants` are all of known age. Figures that divide by nobody are None, never zero.
    """

    stock: Numbers
    unknown: float
    exits: Exits
    unknown_exits: tuple[float, float, float]
    entrants: Numbers

    @property
    def known(self) -> float:
        return sum(self.stock)

    @property
    def total(self) -> float:
        return self.known + self.unknown

    def _of(self, values: Sequence[float], first: int, below: int) -> float:
        return sum(value for age, value in zip(GROUPS, values, strict=True) if first <= age < below)

    @property
    def young(self) -> float:
        return self._of(self.stock, FIRST_AGE, YOUNG_BELOW)

    @property
    def old(self) -> float:
        return self._of(self.stock, OLD_FROM, OPEN_AGE + 1)

    @property
    def young_share(self) -> float | None:
        """S3, of those whose age is known."""
        return ratio(self.young, self.known)

    @property
    def old_share(self) -> float | None:
        """S4, of those whose age is known."""
        return ratio(self.old, self.known)

    @property
    def youth_ratio(self) -> float | None:
        """S5: young per hundred old."""
        share = ratio(self.young, self.old)
        return None if share is None else 100 * share

    @property
    def median_age(self) -> float | None:
        """S2, grouped."""
        return grouped_median(self.stock)

    @property
    def exits_total(self) -> float:
        return self.exits.total + sum(self.unknown_exits)

    @property
    def exits_by_cause(self) -> tuple[float, float, float]:
        """Leaving, death, retirement, with those of unknown age."""
        known = (sum(self.exits.leave), sum(self.exits.death), sum(self.exits.retire))
        leave, death, retire = (a + b for a, b in zip(known, self.unknown_exits, strict=True))
        return leave, death, retire

    @property
    def exits_old(self) -> float:
        return self._of(self.exits.by_group, OLD_FROM, OPEN_AGE + 1)

    @property
    def entrants_young(self) -> float:
        return self._of(self.entrants, FIRST_AGE, YOUNG_BELOW)

    @property
    def replacement(self) -> float | None:
        """S6: net entrants under 35 for every leaver of 50 and older."""
        return ratio(self.entrants_young, self.exits_old)

    @property
    def total_replacement(self) -> float | None:
        """S7: net entrants for every leaver."""
        return ratio(sum(self.entrants), self.exits_total)


def ratio(part: float, whole: float) -> float | None:
    """A quotient; None when there is nobody to divide by."""
    return part / whole if whole else None


def grouped_median(groups: Sequence[float]) -> float | None:
    """The age that halves the stock, people spread evenly within their group; the open group counts as five years."""
    total = sum(groups)
    if not total:
        return None
    before = 0.0
    for age, count in zip(GROUPS, groups, strict=True):
        if count and before + count >= total / 2:
            return age + WIDTH * (total / 2 - before) / count
        before += count
    return None


# --- The projection -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Course:
    """What is carried forward: people by single age (M0 sums nothing, M1 sums them by group), those of unknown age,
    yearly risks by group, net entrants a year by group, and by how many years retirement moves."""

    stock: Numbers
    risks: Risks
    entrants: Numbers
    unknown: float = 0.0
    later_by: int = 0
    method: str = M0

    def with_entrants(self, entrants: Sequence[float]) -> "Course":
        return Course(self.stock, self.risks, tuple(entrants), self.unknown, self.later_by, self.method)


def project(course: Course, years: int) -> list[Standing]:
    """The stock at the beginning of year 0 to `years`, each with the exits and entrants of the year that begins."""
    by_ages = course.method == M0
    risks = course.risks.by_age(course.later_by) if by_ages else course.risks.later(course.later_by)
    stock = course.stock if by_ages else by_group(course.stock)
    entrants = spread(course.entrants) if by_ages else course.entrants
    step = _next_by_age if by_ages else _next_by_group
    unknown = course.unknown
    found = []
    for _year in range(years + 1):
        gone = exits(stock, risks)
        unknown_gone = _as_the_average(unknown, stock, gone, risks)
        found.append(_standing(stock, gone, unknown, unknown_gone, course, by_ages))
        stay = tuple(n - out for n, out in zip(stock, gone.by_group, strict=True))
        stock = tuple(n + new for n, new in zip(step(stay), entrants, strict=True))
        unknown -= sum(unknown_gone)
    return found


def _standing(
    stock: Numbers, gone: Exits, unknown: float, unknown_gone: tuple[float, float, float], course: Course, by_ages: bool
) -> Standing:
    if by_ages:
        gone = Exits(by_group(gone.leave), by_group(gone.death), by_group(gone.retire))
        stock = by_group(stock)
    return Standing(stock, unknown, gone, unknown_gone, course.entrants)


def _next_by_age(stay: Numbers) -> list[float]:
    """Everybody is a year older; the open age keeps its own."""
    return [0.0, *stay[:-2], stay[-2] + stay[-1]]


def _next_by_group(stay: Numbers) -> list[float]:
    """A fifth of each closed group grows into the next, ages being spread evenly in a group."""
    older = [0.0, *(n / WIDTH for n in stay[:-1])]
    kept = [*(n * (1 - 1 / WIDTH) for n in stay[:-1]), stay[-1]]
    return [a + b for a, b in zip(kept, older, strict=True)]


def _as_the_average(unknown: float, stock: Numbers, gone: Exits, risks: Risks) -> tuple[float, float, float]:
    """Exits of those of unknown age by cause: as the average of the known, or of all ages where nobody is known."""
    whole = sum(stock)
    if not whole:
        stock = tuple(1.0 for _cell in stock)
        gone, whole = exits(stock, risks), float(len(stock))
    return (
        unknown * sum(gone.leave) / whole,
        unknown * sum(gone.death) / whole,
        unknown * sum(gone.retire) / whole,
    )


def steady_state(course: Course) -> float:
    """Where the headcount of known age settles if everything stays as it is for ever."""
    risks = course.risks.by_age(course.later_by) if course.method == M0 else course.risks.later(course.later_by)
    entrants = spread(course.entrants) if course.method == M0 else course.entrants
    passed_on = 1.0 if course.method == M0 else 1 / WIDTH
    stock, grown = [], 0.0
    for place, (stays, new) in enumerate(zip(risks.survival, entrants, strict=True)):
        kept = stays if place == len(entrants) - 1 else stays * (1 - passed_on)
        count = (new + grown) / (1 - kept)
        stock.append(count)
        grown = count * stays * passed_on
    return sum(stock)


def break_even(course: Course, years: int, target: float | None = None, mix: Sequence[float] = ()) -> float | None:
    """Net entrants a year, in the age mix of the course (or `mix`), with which the headcount after `years` is that of
    today (or `target`); zero when it is reached without anybody new, None when entrants never change it."""
    shape = course.entrants if sum(course.entrants) else tuple(mix)
    if not shape or not sum(shape):
        return None
    goal = project(course, 0)[0].total if target is None else target
    without = project(course.with_entrants([0.0] * len(GROUPS)), years)[-1].total
    with_shape = project(course.with_entrants(shape), years)[-1].total
    if with_shape <= without:
        return None
    return max(0.0, (goal - without) / (with_shape - without)) * sum(shape)
