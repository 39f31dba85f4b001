"""Chain of custody: which step may follow which, and how long water was kept before its analysis.

The longest holding time of a parameter is data (models.AnalysisMethod). A time that is known by its day only is a span:
what holds at both ends of the span is told, anything else is left open.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from wastewater.choices.custody import CustodyStep, Holding, HoldingBasis, HoldingDoubt

# Step that last moved the water (none at first) → steps that may be written next. A bottle by itself may be preserved
# or rejected; that moves nothing.
FOLLOWS: dict[str, tuple[CustodyStep, ...]] = {
    "": (CustodyStep.TAKEN,),
    CustodyStep.TAKEN: (CustodyStep.PRESERVED, CustodyStep.HANDED, CustodyStep.RECEIVED, CustodyStep.REJECTED),
    CustodyStep.HANDED: (CustodyStep.PRESERVED, CustodyStep.HANDED, CustodyStep.RECEIVED, CustodyStep.REJECTED),
    CustodyStep.RECEIVED: (CustodyStep.PRESERVED, CustodyStep.REJECTED),
    CustodyStep.REJECTED: (),
}
MOVING = (CustodyStep.TAKEN, CustodyStep.HANDED, CustodyStep.RECEIVED, CustodyStep.REJECTED)

# A parameter that keeps for less than this is measured at the place: the receipt of a bottle says nothing about it.
ON_SITE_HOURS = Decimal(1)

# Management rules of this portal, not law: when a sample on the way shows on the work list, and how many days the
# section has to decide what follows from water that was kept too long.
HOURS_ON_THE_WAY = 24
DAYS_TO_FOLLOW_BREACH = 3


@dataclass(frozen=True)
class Span:
    """A moment as exactly as it was written down: somewhere between two ends, which are equal when it is exact."""

    earliest: datetime
    latest: datetime

    @classmethod
    def exact(cls, at: datetime) -> "Span":
        return cls(at, at)

    @classmethod
    def day(cls, start: datetime) -> "Span":
        """Some time of the day that starts here."""
        return cls(start, start + timedelta(days=1))


@dataclass(frozen=True)
class Kept:
    """How long water was kept for one parameter, in hours, until what, and whether that was too long."""

    state: Holding
    allowed_hours: Decimal | None = None
    basis: HoldingBasis | None = None
    doubt: HoldingDoubt | None = None
    least_hours: Decimal | None = None
    most_hours: Decimal | None = None
    due_at: datetime | None = None

    @property
    def is_exceeded(self) -> bool:
        return self.state == Holding.EXCEEDED


def may_follow(last_moved: str, step: str) -> bool:
    return step in FOLLOWS.get(last_moved, ())


def kept(
    *,
    taken: Span | None,
    allowed_hours: Decimal | None,
    started: datetime | None = None,
    received: Span | None = None,
    now: datetime | None = None,
) -> Kept:
    """Compare the time from sampling to the start of the analysis with the longest holding time.

    Without a start the receipt by the laboratory counts, and without either the present moment for water that has no
    result yet (`now`): longer than allowed is too long in any case.
    """
    if allowed_hours is None:
        return Kept(Holding.CANNOT_TELL, doubt=HoldingDoubt.NO_HOURS)
    if taken is None:
        return Kept(Holding.CANNOT_TELL, allowed_hours, doubt=HoldingDoubt.NOT_RECORDED)
    due_at = taken.earliest + timedelta(hours=float(allowed_hours))
    if started is None and allowed_hours < ON_SITE_HOURS:
        return Kept(Holding.CANNOT_TELL, allowed_hours, doubt=HoldingDoubt.ON_SITE)
    if started is not None:
        until, basis = Span.exact(started), HoldingBasis.ANALYSIS
    elif received is not None:
        exact = received.earliest == received.latest
        until, basis = received, HoldingBasis.RECEIPT if exact else HoldingBasis.RECEIPT_DAY
    elif now is not None:
        until, basis = Span.exact(now), HoldingBasis.NOW
    else:
        return Kept(Holding.CANNOT_TELL, allowed_hours, doubt=HoldingDoubt.NOT_RECORDED)
    if until.latest < taken.earliest:
        return Kept(Holding.CANNOT_TELL, allowed_hours, basis, HoldingDoubt.OUT_OF_ORDER)
    least = max(_hours(until.earliest - taken.latest), Decimal(0))
    most = _hours(until.latest - taken.earliest)
    if least > allowed_hours:
        state = Holding.EXCEEDED
    elif basis == HoldingBasis.NOW:
        state = Holding.RUNNING
    elif most <= allowed_hours:
        state = Holding.WITHIN
    else:
        state = Holding.CANNOT_TELL
    doubt = HoldingDoubt.DAY_ONLY if state == Holding.CANNOT_TELL else None
    return Kept(state, allowed_hours, basis, doubt, least, most, due_at)


def _hours(length: timedelta) -> Decimal:
    return Decimal(int(length.total_seconds())) / 3600
