"""A card with a known code, a few more with unknown ones, and requests that wait for an answer."""

import random
import secrets
from datetime import datetime, timedelta

from batikportal.choices import Source
from batikportal.models import Enterprise
from workforce.models import Person, RegistryRequest, WorkerCard
from workforce.queries.cards import code_hash

# The demo's own: opens the page of its first worker whose year of birth is known.
DEMO_CODE = "CNTH2345"
WORDS = (
    "Alamat saya sekarang di Gang Contoh 7.",
    "Nama saya salah tulis, seharusnya dengan huruf h di belakang.",
    "Saya sudah tidak membatik, tolong data saya dihapus.",
)


def seed(makers: list[Enterprise], at: datetime) -> None:
    """Cards for every four-hundredth worker, a request of some of them, and one of an owner."""
    rng = random.Random("cards")
    known = Person.objects.filter(birth_on__isnull=False).order_by("pk")
    holders = [*known[:1], *known[400::400]]
    codes = [DEMO_CODE, *(secrets.token_hex(8) for _holder in holders[1:])]
    WorkerCard.objects.bulk_create(
        WorkerCard(person=person, code_hash=code_hash(code), source=Source.SEED)
        for person, code in zip(holders, codes, strict=True)
    )
    asked = [
        RegistryRequest(
            kind="deletion" if "dihapus" in words else "correction",
            person=person,
            words=words,
            asked_at=at - timedelta(hours=rng.randint(3, 60)),
            source=Source.SEED,
        )
        for person, words in zip(holders[1:], WORDS, strict=False)
    ]
    asked += [
        RegistryRequest(
            kind="staff",
            enterprise=maker,
            words="Ibu Contoh mulai bekerja di tempat kami bulan ini, bagian nglowong.",
            asked_at=at - timedelta(hours=20),
            source=Source.SEED,
        )
        for maker in makers[:1]
    ]
    RegistryRequest.objects.bulk_create(asked)
