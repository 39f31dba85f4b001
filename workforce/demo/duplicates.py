"""A few of the demo's workers registered twice, as it happens when two people go from door to door."""

import random
import uuid
from datetime import date, timedelta

from batikportal.choices import Source
from workforce.actions.duplicates import propose_pairs
from workforce.models import Engagement, Person

# One in so many is registered twice.
EVERY = 400


def seed(today: date) -> None:
    """Copies without a NIK; some only with the year of birth. Every second one works for somebody outside the city."""
    rng = random.Random("duplicates")
    people = Person.objects.filter(birth_on__isnull=False, ward__isnull=False).order_by("pk")
    twice = [_copy(rng, person) for person in people[EVERY::EVERY]]
    Person.objects.bulk_create(twice)
    Engagement.objects.bulk_create(
        Engagement(
            public_id=uuid.UUID(int=rng.getrandbits(128), version=4),
            person=copy,
            principal_name="Juragan Contoh, Kab. Pekalongan, Buaran",
            place="home",
            pay_mode="piece",
            from_on=today - timedelta(days=rng.randint(20, 200)),
            source=Source.SEED,
        )
        for copy in twice[::2]
    )
    propose_pairs(source=Source.SEED)


def _copy(rng: random.Random, person: Person) -> Person:
    knows_day = rng.random() < 0.6
    return Person(
        public_id=uuid.UUID(int=rng.getrandbits(128), version=4),
        name=person.name if rng.random() < 0.5 else f"Ibu {person.name}",
        sex=person.sex,
        birth_on=person.birth_on if knows_day else None,
        birth_year=None if knows_day or person.birth_on is None else person.birth_on.year,
        ward_id=person.ward_id,
        phone=person.phone,
        source=Source.SEED,
    )
