"""Made-up certificates of a few hundred of the demo's workers, issued over the last four years."""

import random
import uuid
from datetime import date, timedelta

from batikportal.choices import Source
from workforce.models import CompetencyCertificate, CompetencyScheme, SkillClaim
from workforce.rules import certificates as rules

EVERY = 4
BODIES = ("LSP Contoh Batik", "Balai Contoh Yogyakarta")


def seed(today: date) -> None:
    """A certificate for every fourth of those who work alone or better at a step that a scheme proves; its own dice."""
    rng = random.Random("certificates")
    schemes = {scheme.step_id: scheme for scheme in CompetencyScheme.objects.filter(step__isnull=False).order_by("-pk")}
    claims = SkillClaim.objects.filter(level__gte=2, step__in=schemes).order_by("pk")
    found = []
    for number, claim in enumerate(claims[::EVERY], start=1):
        issued = today - timedelta(days=rng.randint(5, 1400))
        found.append(
            CompetencyCertificate(
                public_id=uuid.UUID(int=rng.getrandbits(128), version=4),
                person_id=claim.person_id,
                scheme=schemes[claim.step_id],
                level=rng.choice(("", "KKNI II")),
                body=rng.choice(BODIES),
                number=f"CONTOH/{number:04}/{issued.year}",
                issued_on=issued,
                valid_until=rules.valid_until(issued),
                source=Source.SEED,
            )
        )
    CompetencyCertificate.objects.bulk_create(found)
