"""The sums of the treatment-gap balance sheet: what adds up, what is shared out, what cannot be told; plain Python."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, timedelta
from decimal import Decimal

from wastewater.choices.balance import Knowledge

ZERO = Decimal(0)


@dataclass(frozen=True)
class Sums:
    """Volumes in m³ and what they rest on; two of them add up figure by figure.

    Generated water is split by how it is known: measured, noted in a logbook with guesses or gaps, declared, or by a
    factor with its span. Treated water is split by what says so. `unknown_months` counts months of enterprises about
    which nothing is known, not even a factor; they add nothing, and never a zero.
    """

    measured: Decimal = ZERO
    noted: Decimal = ZERO
    declared: Decimal = ZERO
    factor_low: Decimal = ZERO
    factor: Decimal = ZERO
    factor_high: Decimal = ZERO
    collected_logged: Decimal = ZERO
    collected_declared: Decimal = ZERO
    treated_by_log: Decimal = ZERO
    treated_by_own_plant: Decimal = ZERO
    treated_declared: Decimal = ZERO
    untreated: Decimal = ZERO
    # Collected by truck, or by a plant of which nobody knows what it treated.
    treatment_unknown: Decimal = ZERO
    enterprises: int = 0
    own_count: int = 0
    collected_count: int = 0
    treated_count: int = 0
    factor_months: int = 0
    unknown_months: int = 0
    last_on: date | None = None

    def __add__(self, other: "Sums") -> "Sums":
        """Figure by figure; the last day is the later one."""
        summed = {
            one.name: getattr(self, one.name) + getattr(other, one.name)
            for one in fields(self)
            if one.name != "last_on"
        }
        days = [day for day in (self.last_on, other.last_on) if day]
        return Sums(**summed, last_on=max(days, default=None))

    @property
    def is_known(self) -> bool:
        """Whether anything at all says how much was generated."""
        return self.own_count > 0 or self.factor_months > 0

    @property
    def generated(self) -> Decimal | None:
        return self.measured + self.noted + self.declared + self.factor if self.is_known else None

    @property
    def generated_low(self) -> Decimal | None:
        """With the lowest factor; equal to `generated` where no factor is used."""
        return None if self.generated is None else self.generated - self.factor + self.factor_low

    @property
    def generated_high(self) -> Decimal | None:
        return None if self.generated is None else self.generated - self.factor + self.factor_high

    @property
    def collected(self) -> Decimal | None:
        """None where no enterprise has a logbook or a connection: then nobody knows."""
        whole = self.collected_logged + self.collected_declared
        return whole if self.own_count or whole else None

    @property
    def treated(self) -> Decimal | None:
        """Zero only where logbooks say where all their water went; None while nothing shows what became of it."""
        whole = self.treated_by_log + self.treated_by_own_plant + self.treated_declared
        return whole if whole or (self.own_count and not self.treatment_unknown) else None

    @property
    def gap(self) -> Decimal | None:
        """Generated water of which nothing shows that it was treated. Negative only for water of unknown origin."""
        if self.generated is None:
            return None if self.treated is None else -self.treated
        return self.generated - (self.treated or ZERO)

    @property
    def fate_unknown(self) -> Decimal | None:
        """The part of the gap about which the logbooks do not say that it left untreated."""
        return None if self.gap is None else self.gap - self.untreated

    @property
    def coverage(self) -> Decimal | None:
        """Treated as a share of generated (0 to 1); None when either is unknown, or more was treated than is known."""
        if not self.generated or self.treated is None or self.treated > self.generated:
            return None
        return self.treated / self.generated

    @property
    def shares(self) -> list[tuple[Knowledge, Decimal]]:
        """How much of the generated water each kind of knowledge carries (0 to 1), surest first; empty when unknown."""
        if not self.generated:
            return []
        parts = (
            (Knowledge.MEASURED, self.measured),
            (Knowledge.NOTED, self.noted),
            (Knowledge.DECLARED, self.declared),
            (Knowledge.FACTOR, self.factor),
        )
        return [(how, part / self.generated) for how, part in parts if part]

    @property
    def own_share(self) -> Decimal | None:
        """The part of the generated water that enterprises noted or declared themselves, and no factor guessed."""
        return (self.generated - self.factor) / self.generated if self.generated else None

    @property
    def smallest_cell(self) -> int:
        """The fewest enterprises that one published figure of these sums would stand for; 0 when there are none.

        A factor is the same known number for everybody, so what is left after subtracting it belongs to those with
        figures of their own: they are counted apart.
        """
        counts = (self.enterprises, self.own_count, self.collected_count, self.treated_count)
        return min((count for count in counts if count), default=0)


def total(parts: Iterable[Sums]) -> Sums:
    return sum(parts, Sums())


def treated_share(treated_m3: Decimal | None, received_m3: Decimal) -> Decimal | None:
    """Which part of what enterprises sent to a plant it treated (0 to 1); None when nobody knows.

    A plant that logged less than was sent treated the part that it logged; one that logged more treated all of it, and
    the rest came from somebody who is not on record.
    """
    if treated_m3 is None or not received_m3:
        return None
    return min(Decimal(1), treated_m3 / received_m3)


def of_unknown_origin(treated_m3: Decimal | None, received_m3: Decimal) -> Decimal:
    """What a plant logged beyond what enterprises are known to have sent."""
    return max(ZERO, (treated_m3 or ZERO) - received_m3)


def last_quarters(today: date, count: int) -> list[tuple[date, date]]:
    """First and last day of the latest quarters that are over, the newest first."""
    found = []
    first = date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    for _number in range(count):
        end = first - timedelta(days=1)
        first = date(end.year, end.month - 2, 1)
        found.append((first, end))
    return found
