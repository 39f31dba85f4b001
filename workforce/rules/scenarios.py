"""What if: the assumptions of a scenario, and the three courses (low, base, high) that they make of a stock.

Plain Python: no database, no clock. Nothing here is a forecast: every figure follows from the assumptions that stand
beside it. The effect of wages is one of them; nobody has measured it in the city.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workforce.rules import exit_rates
from workforce.rules.projection import GROUPS, M0, OLD_FROM, Course, Numbers, Risks, Standing, break_even, project

LOW, BASE, HIGH = "low", "base", "high"
CASES = (LOW, BASE, HIGH)
MOST_YEARS = 30
# What of the newcomers is asked for by age: the first groups each, then two together; the rest counts as 45 to 54.
SHARES = ("share_15", "share_20", "share_25", "share_30", "share_35")


@dataclass(frozen=True)
class Plan:
    """The assumptions of a scenario. Shares, changes and effects in per cent, people a year.

    `wage_keeps`: by how many per cent fewer leave when wages rise by ten per cent; `wage_draws`: by how many per cent
    more begin. `retires_from`: the age from which people stop because of age, 50 in the rates.
    """

    years: int = 10
    intake: float = 0.0
    retention: float = 65.0
    direct_hires: float = 0.0
    share_15: float = 51.0
    share_20: float = 36.0
    share_25: float = 13.0
    share_30: float = 0.0
    share_35: float = 0.0
    retires_from: int = OLD_FROM
    leave_change: float = 0.0
    wage_change: float = 0.0
    wage_keeps: float = 0.0
    wage_draws: float = 0.0
    uncertainty: float = 20.0
    method: str = M0

    @property
    def mix(self) -> Numbers:
        """Shares of the newcomers by group; they add up to one."""
        *single, pair = (getattr(self, name) for name in SHARES)
        rest = max(0.0, 100 - sum(single) - pair)
        shares = (*single, pair / 2, pair / 2, rest / 2, rest / 2)
        return tuple(share / 100 for share in shares) + (0.0,) * (len(GROUPS) - len(shares))

    @property
    def net_entrants(self) -> float:
        """Newcomers a year who are still there after twelve months, and those hired directly who stay."""
        drawn = self.intake * (1 + self.wage_draws / 100 * self.wage_change / 10)
        return max(0.0, drawn) * self.retention / 100 + self.direct_hires

    @property
    def leave_factor(self) -> float:
        """By what the plan multiplies leaving for other reasons; never below zero."""
        by_wages = 1 - self.wage_keeps / 100 * self.wage_change / 10
        return max(0.0, (1 + self.leave_change / 100) * by_wages)

    @property
    def later_by(self) -> int:
        return self.retires_from - OLD_FROM

    def entrants(self, factor: float = 1.0) -> Numbers:
        """Net entrants by group."""
        return tuple(self.net_entrants * factor * share for share in self.mix)


@dataclass(frozen=True)
class Outlook:
    """A scenario worked out: for each case the stock at the beginning of every year, and what would keep today's
    headcount: net entrants a year and newcomers a year (None: cannot be told)."""

    courses: Mapping[str, list[Standing]]
    needed_entrants: float | None
    needed_intake: float | None


def _leaving_changed(risks: Risks, factor: float) -> Risks:
    return Risks(tuple(min(1.0, e * factor) for e in risks.leave), risks.death, risks.retire)


def courses(
    plan: Plan, stock: Sequence[float], unknown: float, rates: Mapping[str, Sequence[exit_rates.Rate]]
) -> dict[str, Course]:
    """Low: the most exits and the fewest entrants that the bounds allow; high: the other way round."""
    part = plan.uncertainty / 100
    bounds = {LOW: ("high", 1 - part), BASE: ("base", 1.0), HIGH: ("low", 1 + part)}
    return {
        case: Course(
            stock=tuple(stock),
            risks=_leaving_changed(exit_rates.risks(rates, bound), plan.leave_factor),
            entrants=plan.entrants(max(0.0, factor)),
            unknown=unknown,
            later_by=plan.later_by,
            method=plan.method,
        )
        for case, (bound, factor) in bounds.items()
    }


def outlook(
    plan: Plan, stock: Sequence[float], unknown: float, rates: Mapping[str, Sequence[exit_rates.Rate]]
) -> Outlook:
    """Carry the stock forward in the three cases; the break-even intake is that of the base case."""
    found = courses(plan, stock, unknown, rates)
    needed = break_even(found[BASE], plan.years, mix=plan.mix)
    stays = plan.retention / 100
    newcomers = None
    if needed is not None and stays:
        newcomers = max(0.0, needed - plan.direct_hires) / stays
    return Outlook({case: project(course, plan.years) for case, course in found.items()}, needed, newcomers)
