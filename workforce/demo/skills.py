"""Made-up skills of the demo's workers: everybody's own steps, at levels that rise with the years in the craft."""

import random
import uuid
from datetime import date, timedelta

from batikportal.choices import Source
from workforce.models import EngagementStep, SkillClaim

EVERY = 2
# Years in the craft → the level that most have reached.
LEVELS = ((1, 1), (3, 2), (9, 3), (20, 4))


def seed(today: date) -> None:
    """A claim for every second step that somebody does, of people who still work; its own dice."""
    rng = random.Random("skills")
    rows = EngagementStep.objects.filter(engagement__until_on__isnull=True).select_related("engagement").order_by("pk")
    seen: set[tuple[int, int]] = set()
    found = []
    for row in rows[::EVERY]:
        key = (row.engagement.person_id, row.step_id)
        if key not in seen:
            seen.add(key)
            found.append(_claim(rng, row, today))
    SkillClaim.objects.bulk_create(found)


def _claim(rng: random.Random, row: EngagementStep, today: date) -> SkillClaim:
    years = (today - row.engagement.from_on).days / 365
    reached = max((level for least, level in LEVELS if years >= least), default=0)
    level = max(0, reached - rng.choices((0, 1, 2), (50, 35, 15))[0])
    evidence = rng.choices(("self", "master"), (65, 35))[0]
    since = row.engagement.from_on + timedelta(days=int(level * 365 * 0.8))
    return SkillClaim(
        public_id=uuid.UUID(int=rng.getrandbits(128), version=4),
        person_id=row.engagement.person_id,
        step_id=row.step_id,
        level=level,
        evidence=evidence,
        attested_by="" if evidence == "self" else f"Juragan Contoh {rng.randint(1, 40):02}",
        from_on=min(since, today - timedelta(days=1)),
        source=Source.SEED,
    )
