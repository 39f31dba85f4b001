"""Made-up wages of a part of the demo's workers, spread over the last two years."""

import random
import uuid
from datetime import date, timedelta
from decimal import Decimal

from batikportal.choices import Source
from workforce.actions.wages import converted
from workforce.models import EngagementStep, WageObservation
from workforce.queries.wages import wage_figures_on
from workforce.rules import wages as rules

EVERY = 12
# Pay of a day.
LOWEST_DAY_IDR, HIGHEST_DAY_IDR = 38_000, 105_000


def seed(today: date) -> None:
    """One observation for every twelfth worker at work; its own dice, so that other demo rows stay as they are."""
    rng = random.Random("wages")
    rows = EngagementStep.objects.filter(engagement__until_on__isnull=True).select_related("engagement").order_by("pk")
    seen: set[tuple[int, int]] = set()
    known: dict[date, rules.WageReference] = {}
    found = []
    for row in rows[::EVERY]:
        key = (row.engagement.person_id, row.step_id)
        if key not in seen:
            seen.add(key)
            found.append(_observation(rng, row, today, known))
    WageObservation.objects.bulk_create(found)


def _observation(
    rng: random.Random, row: EngagementStep, today: date, known: dict[date, rules.WageReference]
) -> WageObservation:
    months = rng.randint(0, 20)
    observed_on = (today.replace(day=1) - timedelta(days=30 * months)).replace(day=1)
    if observed_on not in known:
        known[observed_on] = wage_figures_on(observed_on).reference
    days = rng.choices((6, 5, 4, 3), (60, 15, 15, 10))[0]
    hours = rng.choice((None, Decimal(6), Decimal(7), Decimal("7.5"), Decimal(8)))
    by_piece = row.engagement.pay_mode in ("piece", "kodi", "metre")
    day_idr = rng.randrange(LOWEST_DAY_IDR, HIGHEST_DAY_IDR, 1_000)
    pieces, rate = (Decimal(rng.randint(4, 20)), Decimal(0)) if by_piece else (None, None)
    gross = Decimal(day_idr * days)
    if pieces:
        rate = Decimal(round(gross / pieces / 500) * 500)
        gross = pieces * rate
    facts = rules.WageFacts(
        gross_idr=gross,
        period="week",
        days=days,
        hours_per_day=hours,
        deductions_idr=Decimal(rng.choice((0, 0, 0, 10_000, 25_000))),
    )
    return WageObservation(
        public_id=uuid.UUID(int=rng.getrandbits(128), version=4),
        person_id=row.engagement.person_id,
        step_id=row.step_id,
        observed_on=observed_on,
        pieces=pieces,
        rate_idr=rate,
        unit=row.engagement.pay_mode if by_piece else "piece",
        evidence=rng.choice(("statement", "slip", "survey")),
        source=Source.SEED,
        **converted(facts, known[observed_on]),
    )
