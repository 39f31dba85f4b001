"""Made-up incidents of two and a half years, in every district."""

import random
import uuid
from datetime import datetime, timedelta

from batikportal.choices import AreaLevel, Source
from batikportal.models import Area
from workforce.models import Incident, ProcessStep

COUNT = 72
AGENT_OF = {"NGL": "hot_wax", "CAP": "hot_wax", "CLP": "chemical", "LRD": "hot_water", "KCH": "lifting"}


def seed(at: datetime) -> None:
    """One about every twelve days, the newest an hour ago; its own dice, so that other demo rows stay as they are."""
    rng = random.Random("safety")
    wards = list(Area.objects.filter(level=AreaLevel.WARD, valid_until__isnull=True).order_by("code"))
    steps = {step.code: step for step in ProcessStep.objects.filter(code__in=AGENT_OF)}
    Incident.objects.bulk_create(_incident(rng, number, at, wards, steps) for number in range(COUNT))


def _incident(
    rng: random.Random, number: int, at: datetime, wards: list[Area], steps: dict[str, ProcessStep]
) -> Incident:
    occurred_at = at - timedelta(hours=1, days=number * 12)
    code = rng.choice(sorted(AGENT_OF))
    near = number % 6 == 5
    severity = 0 if near else rng.choices((1, 2, 3), (50, 35, 15))[0]
    is_old = number > 2
    return Incident(
        public_id=uuid.UUID(int=rng.getrandbits(128), version=4),
        occurred_at=occurred_at,
        place="Rumah pekerja (contoh)",
        ward=wards[number * 7 % len(wards)],
        step=steps[code],
        kind="near_miss" if near else "accident",
        agent=AGENT_OF[code],
        severity=severity,
        lost_days=rng.randint(1, 14) if severity == 3 else None,
        ppe_worn=rng.choice((None, True, False)),
        form_number=f"CONTOH/{number:03}" if is_old and severity else "",
        reported_on=(occurred_at + timedelta(days=1)).date() if is_old and severity else None,
        corrective_action="Contoh: sarung tangan dibagikan" if is_old else "",
        closed_at=occurred_at + timedelta(days=9) if is_old else None,
        source=Source.SEED,
    )
