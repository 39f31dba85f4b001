"""The quarterly status of a subject by the management rule, from counted facts; not a provision of law.

The shape follows how cities in the United States judge small firms that discharge into the city's plant: a rolling
window, 66 % of a parameter's results over the limit (chronic), or 33 % over a multiple of it; thresholds come as data.
"""

from collections.abc import Container, Sequence
from dataclasses import dataclass
from decimal import Decimal

from wastewater.choices.duties import ComplianceLevel, StatusReason


@dataclass(frozen=True)
class Thresholds:
    """One version of the rule."""

    minimum_results: int
    chronic_share: Decimal
    severe_share: Decimal
    factor_conventional: Decimal
    factor_other: Decimal
    conventional: Container[str]
    without_factor: Container[str]
    late_days: int

    def factor(self, parameter: str) -> Decimal | None:
        """By how many times the limit a result of this parameter is severe; None when there is no such measure."""
        if parameter in self.without_factor:
            return None
        return self.factor_conventional if parameter in self.conventional else self.factor_other


@dataclass(frozen=True)
class Tally:
    """The decided results of one parameter in the rolling window; ``severe`` counts those at or over the factor."""

    parameter: str
    decided: int
    exceeds: int
    severe: int


@dataclass(frozen=True)
class Facts:
    """What is known of a subject: the window by parameter, and the quarter itself."""

    tallies: Sequence[Tally] = ()
    meets: int = 0
    exceeds: int = 0
    undecided: int = 0
    violations: int = 0
    longest_late_days: int = 0
    received: int = 0
    owes_samples: bool = False

    @property
    def decided(self) -> int:
        return self.meets + self.exceeds


@dataclass(frozen=True)
class Ground:
    """One reason for a status, with its figures."""

    reason: str
    parameter: str = ""
    count: int = 0
    of: int = 0


@dataclass(frozen=True)
class Status:
    level: str
    grounds: tuple[Ground, ...]


def status(facts: Facts, thresholds: Thresholds) -> Status:
    """The level, worst ground first. A share at the threshold counts; results that cannot be decided never do."""
    grounds = [ground for tally in facts.tallies if (ground := _significant(tally, thresholds)) is not None]
    if facts.longest_late_days >= thresholds.late_days:
        grounds.append(Ground(StatusReason.LATE, count=facts.longest_late_days, of=thresholds.late_days))
    if grounds:
        return Status(ComplianceLevel.SIGNIFICANT, tuple(grounds))
    if facts.violations:
        return Status(ComplianceLevel.MINOR, (Ground(StatusReason.VIOLATIONS, count=facts.violations),))
    if not facts.decided and (facts.owes_samples or facts.undecided or not facts.received):
        return Status(ComplianceLevel.UNDECIDED, (Ground(StatusReason.NOTHING_DECIDED, count=facts.undecided),))
    return Status(ComplianceLevel.COMPLIANT, ())


def _significant(tally: Tally, thresholds: Thresholds) -> Ground | None:
    if tally.decided < thresholds.minimum_results:
        return None
    if tally.exceeds >= thresholds.chronic_share * tally.decided:
        return Ground(StatusReason.CHRONIC, tally.parameter, tally.exceeds, tally.decided)
    if thresholds.factor(tally.parameter) is not None and tally.severe >= thresholds.severe_share * tally.decided:
        return Ground(StatusReason.SEVERE, tally.parameter, tally.severe, tally.decided)
    return None
