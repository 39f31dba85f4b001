"""Fictitious workers for the demo: 6,000 people with the age pyramid and the trades that the sources suggest.

Every NIK is valid in form but has a serial of 9001 and above, which the register offices do not reach, since they count
from 0001 for each birth date and district. Every name carries the word "Contoh". Shares of insurance are made up.
"""

import random
import uuid
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import connection, transaction
from django.utils import timezone

from batikportal import encryption
from batikportal.choices import AreaLevel, EnterpriseStatus, Source
from batikportal.models import Area, Enterprise
from workforce import rules
from workforce.demo import (
    apprenticeship,
    cards,
    certificates,
    duplicates,
    handover,
    knowledge,
    projection,
    rounds,
    safety,
    skills,
    wages,
)
from workforce.models import Consent, ConsentText, CoveragePeriod, Engagement, EngagementStep, Person, ProcessStep

WORKERS_COUNT = 6_000
FIRST_SERIAL = 9_001
BATCH = 2_000

# People by age, 15-19 … 65-69 and 70 to 79: median about 47, a fifth under 35.
AGE_WEIGHTS = (20, 45, 60, 75, 100, 130, 150, 160, 130, 80, 35, 15)

WOMEN = (
    "Sari", "Wati", "Rini", "Dewi", "Lestari", "Aminah", "Ratna", "Indah",
    "Fatimah", "Khotijah", "Muslimah", "Tarwiyah", "Sumiyati", "Nurhayati", "Rohmah", "Istiqomah",
)  # fmt: skip
MEN = (
    "Budi", "Slamet", "Joko", "Agus", "Hasan", "Umar", "Eko", "Tarjo",
    "Rohmat", "Zaenal", "Kasmuri", "Fauzan", "Sugeng", "Wahyu", "Abdul", "Imron",
)  # fmt: skip


@dataclass(frozen=True)
class Trade:
    """A usual set of steps: how common it is, how many women do it, how often at home, and how it is paid."""

    weight: float
    women: float
    at_home: float
    steps: tuple[str, ...]
    pay: tuple[str, ...]


TRADES = (
    Trade(34, 0.93, 0.70, ("NGL", "ISN", "NBK", "NRS"), ("piece", "piece", "metre")),
    Trade(17, 0.08, 0.10, ("CAP",), ("kodi", "piece", "weekly")),
    Trade(8, 0.60, 0.30, ("CLT",), ("piece", "weekly")),
    Trade(10, 0.06, 0.02, ("CLP", "PWS"), ("weekly", "daily")),
    Trade(7, 0.10, 0.02, ("LRD", "KCH"), ("weekly", "daily", "kodi")),
    Trade(3, 0.35, 0.30, ("POL", "DES"), ("piece", "weekly")),
    Trade(3, 0.30, 0.10, ("MRI", "MLM"), ("weekly", "daily")),
    Trade(2, 0.90, 0.80, ("RGS",), ("piece",)),
    Trade(8, 0.65, 0.15, ("FIN",), ("weekly", "daily")),
    Trade(5, 0.85, 0.60, ("JAH",), ("piece",)),
    Trade(2.2, 0.70, 0.05, ("PMS",), ("monthly", "weekly")),
    Trade(0.4, 0.05, 0.50, ("TLC", "TLP"), ("piece",)),
    Trade(0.3, 0.05, 0.00, ("IPL",), ("monthly", "daily")),
    Trade(0.1, 0.20, 0.00, ("PWA",), ("weekly",)),
)
EDUCATION = (("none", 6), ("sd", 40), ("smp", 27), ("sma", 22), ("diploma", 2), ("bachelor", 3))
EXITS = (
    ("other_principal", 20), ("laid_off", 26), ("retired", 20), ("health", 10), ("other_trade", 14), ("moved_away", 4),
    ("died", 3), ("unknown", 3),
)  # fmt: skip
NEIGHBOURS = (
    "Kab. Pekalongan, Kedungwuni",
    "Kab. Pekalongan, Wiradesa",
    "Kab. Pekalongan, Buaran",
    "Kab. Batang, Warungasem",
)
# How a check of JKK and JKM ended, per hundred workers.
COVERAGE = (
    ("city", 19), ("employer", 9), ("self", 7), ("partial", 3), ("lapsed", 14), ("outside", 33), ("unknown", 15),
)  # fmt: skip


def _pick(rng: random.Random, weighted: Iterable[tuple[str, float]]) -> str:
    values, weights = zip(*weighted, strict=True)
    return rng.choices(values, weights)[0]


def _public_id(rng: random.Random) -> uuid.UUID:
    return uuid.UUID(int=rng.getrandbits(128), version=4)


TARGETS = {"workforce.covered_share": Decimal(45), "workforce.under_35_share": Decimal(25)}


@transaction.atomic
def seed(rng: random.Random, enterprises: list[Enterprise], at: datetime) -> None:
    """Write people, engagements, memberships and consents, each as a set; the same rows for the same day."""
    makers = [one for one in enterprises if one.status == EnterpriseStatus.ACTIVE]
    today = timezone.localdate(at)
    town = Town(rng, makers, today)
    trades = rng.choices(TRADES, [trade.weight for trade in TRADES], k=WORKERS_COUNT)
    people = [_person(rng, town, trade, number) for number, trade in enumerate(trades, start=1)]
    Person.objects.bulk_create(people, batch_size=BATCH)
    # In one transaction nobody else keeps the statistics, and triggers and queries would read whole tables.
    _analyse("workforce_person")
    workers = list(zip(people, trades, strict=True))
    engagements = Engagement.objects.bulk_create(
        [engagement for person, trade in workers for engagement in _engagements(rng, town, person, trade)],
        batch_size=BATCH,
    )
    _seed_steps(rng, engagements, dict(zip([person.pk for person in people], trades, strict=True)))
    CoveragePeriod.objects.bulk_create(
        [period for person in people for period in _periods(rng, person, today)], batch_size=BATCH
    )
    texts = {text.purpose: text for text in ConsentText.objects.filter(version=1)}
    Consent.objects.bulk_create(
        [consent for person in people for consent in _consents(rng, person, texts, at)], batch_size=BATCH
    )
    _analyse("workforce_engagement, workforce_engagementstep, workforce_coverageperiod, workforce_consent")
    wages.seed(today)
    rounds.seed(at)
    safety.seed(at)
    skills.seed(today)
    certificates.seed(today)
    duplicates.seed(today)
    cards.seed(makers, at)
    projection.seed(today, at)
    knowledge.seed(today)
    apprenticeship.seed(today)
    handover.seed(today)


def _analyse(tables: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {tables}")


class Town:
    """Where people live and work, and which NIK serials are taken."""

    def __init__(self, rng: random.Random, makers: list[Enterprise], today: date) -> None:
        self.today = today
        self.makers = makers
        self.sizes = [maker.workers_count or 3 for maker in makers]
        self.wards = list(
            Area.objects.filter(level=AreaLevel.WARD, valid_until__isnull=True)
            .select_related("parent")
            .order_by("code")
        )
        self.by_pk = {ward.pk: ward for ward in self.wards}
        self.serials: Counter[str] = Counter()
        self.workplaces = iter(rng.choices(makers, self.sizes, k=WORKERS_COUNT * 2)) if makers else iter(())

    def nik(self, area_code: str, sex: str, born: date) -> str:
        """The next free number for the area, sex and birth date."""
        day = born.day + (40 if sex == "F" else 0)
        head = f"{area_code}{day:02}{born:%m%y}"
        self.serials[head] += 1
        return f"{head}{FIRST_SERIAL - 1 + self.serials[head]}"


def _person(rng: random.Random, town: Town, trade: Trade, number: int) -> Person:
    sex = "F" if rng.random() < trade.women else "M"
    born = _born(rng, town.today)
    ward = None if rng.random() < 0.05 else rng.choice(town.wards)
    person = Person(
        public_id=_public_id(rng),
        name=f"{rng.choice(WOMEN if sex == 'F' else MEN)} Contoh {number:04d}",
        sex=sex,
        ward=ward,
        residence_outside="" if ward else rng.choice(NEIGHBOURS),
        address=f"Jalan Contoh Gang {rng.randint(1, 20)}",
        phone=f"+62898{number:07d}" if rng.random() < 0.55 else "",
        education=_pick(rng, EDUCATION) if rng.random() < 0.9 else "",
        source=Source.SEED,
        created_at=_registered_at(rng, born, town.today),
    )
    _add_birth(rng, town, person, born)
    return person


def _registered_at(rng: random.Random, born: date, today: date) -> datetime:
    """Some day of the last 900, but not before the person was old enough to work."""
    days = min(900, (today - born).days - rules.YOUNGEST_AGE * 366)
    return timezone.make_aware(datetime.combine(today - timedelta(days=rng.randint(1, days)), datetime.min.time()))


def _born(rng: random.Random, today: date) -> date:
    band = rng.choices(range(len(AGE_WEIGHTS)), AGE_WEIGHTS)[0]
    width = 10 if band == len(AGE_WEIGHTS) - 1 else 5
    # Nobody turns out younger than 16 on the day of seeding.
    youngest = max(15 + band * 5, 16)
    first, last = rules.birth_window(youngest, 15 + band * 5 + width - 1, today)
    return first + timedelta(days=rng.randint(0, (last - first).days))


def _add_birth(rng: random.Random, town: Town, person: Person, born: date) -> None:
    """Most people have a NIK; some only know their year of birth, few not even that."""
    chance = rng.random()
    if chance < 0.015:
        return
    if chance < 0.06:
        person.birth_year, person.birth_is_estimated = born.year, True
        return
    district = person.ward.parent.code.replace(".", "") if person.ward and person.ward.parent else "332601"
    if rng.random() < 0.12:
        # Moved here: the number keeps the place of first registration.
        district = rng.choice(("332502", "332608", "332704", "331406"))
    person.birth_on = born
    nik = town.nik(district, person.sex, born)
    person.nik, person.nik_hash = nik, encryption.blind_index(nik, "nik")
    if rng.random() < 0.008:
        person.birth_on = born + timedelta(days=1)
        person.nik_mismatch_reason = "unchecked"


def _engagements(rng: random.Random, town: Town, person: Person, trade: Trade) -> Iterator[Engagement]:
    """One engagement, now and then a second beside it, or an earlier one that ended."""
    chance = rng.random()
    began = _began(rng, person, town.today)
    if chance < 0.03:
        return
    if chance < 0.13:
        ended = town.today - timedelta(days=rng.randint(5, 1000))
        yield _engagement(rng, town, person, trade, min(began, ended), until_on=ended, exit_reason=_pick(rng, EXITS))
        return
    yield _engagement(rng, town, person, trade, began)
    if rng.random() < 0.07 and trade.at_home > 0.5:
        yield _engagement(rng, town, person, trade, began, is_main=False)
    elif rng.random() < 0.10:
        ended = began - timedelta(days=rng.randint(1, 60))
        since = ended - timedelta(days=rng.randint(100, 2000))
        yield _engagement(rng, town, person, trade, since, until_on=ended, exit_reason="other_principal", is_main=False)


def _began(rng: random.Random, person: Person, today: date) -> date:
    born = person.birth_on or date(person.birth_year or 1980, 1, 1)
    earliest = max(born + timedelta(days=16 * 366), date(1975, 1, 1))
    days = max((today - earliest).days - 1, 1)
    # Many have stayed for years, but entries of the last two years are more common than evenly spread.
    return today - timedelta(days=min(days, int(days * rng.random() ** 1.6) + 1))


def _engagement(rng: random.Random, town: Town, person: Person, trade: Trade, from_on: date, **changes) -> Engagement:
    kind = rng.random()
    own, outside = kind < 0.04, 0.04 <= kind < 0.08
    at_home = rng.random() < trade.at_home
    maker = None if own or outside or not town.makers else next(town.workplaces)
    return Engagement(
        public_id=_public_id(rng),
        person=person,
        enterprise=maker,
        principal_name=f"Juragan Contoh, {rng.choice(NEIGHBOURS)}" if maker is None and not own else "",
        role="own_account" if own else rng.choices(("worker", "family", "foreman", "trainee"), (90, 5, 3, 2))[0],
        pay_mode="" if own else rng.choice(trade.pay),
        place="home" if at_home or own else "workshop",
        from_on=from_on,
        start_is_unknown=rng.random() < 0.1,
        source=Source.SEED,
        **changes,
    )


def _seed_steps(rng: random.Random, engagements: list[Engagement], trades: dict[int, Trade]) -> None:
    """Most people master one or two steps (preface of SKKNI 314/2013)."""
    steps = {step.code: step for step in ProcessStep.objects.all()}
    EngagementStep.objects.bulk_create(
        [
            EngagementStep(engagement=engagement, step=steps[code])
            for engagement in engagements
            for code in _some_steps(rng, trades[engagement.person_id])
        ],
        batch_size=BATCH,
    )


def _some_steps(rng: random.Random, trade: Trade) -> list[str]:
    count = min(len(trade.steps), rng.choices((1, 2, 3), (55, 35, 10))[0])
    return rng.sample(trade.steps, count)


def _periods(rng: random.Random, person: Person, today: date) -> Iterator[CoveragePeriod]:
    """What a check found about JKK and JKM, and for some about JKN and JHT."""
    found = _pick(rng, COVERAGE)
    checked = today - timedelta(days=rng.randint(1, 400))
    since = today - timedelta(days=rng.randint(30, 1300))
    if found == "employer":
        programmes = ["jkk", "jkm", "jht"] if rng.random() < 0.5 else ["jkk", "jkm"]
        yield from _same(rng, person, programmes, since, None, checked, segment="pu", payer="employer")
    elif found in ("city", "self", "partial"):
        # Paid for months ahead; every month some of them run out.
        until = today + timedelta(days=rng.randint(3, 330))
        programmes = ["jkk"] if found == "partial" else ["jkk", "jkm"]
        payer = "worker" if found == "self" else "city"
        yield from _same(rng, person, programmes, since, until, checked, segment="bpu", payer=payer)
    elif found == "lapsed":
        until = today - timedelta(days=rng.randint(1, 700))
        yield from _same(
            rng, person, ("jkk", "jkm"), until - timedelta(days=180), until, checked, segment="bpu", payer="city"
        )
    elif found == "outside":
        nothing = {"status": "not_enrolled", "segment": "", "payer": ""}
        yield from _same(rng, person, ("jkk", "jkm"), checked, None, checked, **nothing)
    if rng.random() < 0.4:
        status = "active" if rng.random() < 0.82 else "lapsed"
        segment, payer = rng.choices(
            (("pbi_apbn", "nation"), ("pbi_apbd", "city"), ("ppu", "employer"), ("pbpu", "worker")), (38, 30, 12, 20)
        )[0]
        yield from _same(rng, person, ("jkn",), since, None, checked, status=status, segment=segment, payer=payer)


def _same(
    rng: random.Random,
    person: Person,
    programmes: Iterable[str],
    from_on: date,
    until_on: date | None,
    checked: date,
    status: str = "active",
    **kind: str,
) -> Iterator[CoveragePeriod]:
    evidence = rng.choice(("institution_list", "card", "statement"))
    for programme in programmes:
        yield CoveragePeriod(
            public_id=_public_id(rng),
            person=person,
            programme=programme,
            status=status,
            from_on=from_on,
            until_on=until_on,
            verified_on=checked,
            evidence=evidence,
            source=Source.SEED,
            **kind,
        )


def _consents(rng: random.Random, person: Person, texts: dict[str, ConsentText], at: datetime) -> Iterator[Consent]:
    for purpose, share in (("programme", 0.55), ("employer_view", 0.25), ("whatsapp", 0.15)):
        if rng.random() > share:
            continue
        spoken = rng.random() < 0.4
        given = at - timedelta(days=rng.randint(10, 800))
        consent = Consent(
            public_id=_public_id(rng),
            person=person,
            purpose=purpose,
            text=texts[purpose],
            given_by="cadre" if spoken else "self",
            witness="Saksi Contoh" if spoken else "",
            given_at=given,
            source=Source.SEED,
        )
        if rng.random() < 0.015:
            consent.withdrawn_at = min(
                given + timedelta(days=rng.randint(5, 600)), at - timedelta(hours=rng.randint(2, 70))
            )
            recent = consent.withdrawn_at > at - timedelta(hours=71)
            consent.stopped_at = None if recent else consent.withdrawn_at + timedelta(hours=40)
        yield consent
