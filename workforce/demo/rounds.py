"""Made-up rounds of the demo: one of this year that runs, one of next year that takes proposals."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils import timezone

from batikportal.choices import Source
from batikportal.models import User
from workforce.choices.rounds import EntryState
from workforce.models import CoverageEntry, CoverageRound, Person
from workforce.queries import rounds as queries
from workforce.rules import rounds as rules

QUOTA = 60
PROPOSED = 40


def seed(at: datetime) -> None:
    """Forty proposals in the states of a round under way; nothing without the made-up officers."""
    today = timezone.localdate(at)
    premium = queries.premium_on(today)
    officers = list(User.objects.filter(role_assignments__role="workforce_officer").order_by("pk")[:1])
    heads = list(User.objects.filter(role_assignments__role="workforce_head").order_by("pk")[:1])
    if premium is None or not officers or not heads:
        return
    round_ = CoverageRound.objects.create(
        title=f"Batik Berlian {today.year + 1} I (contoh)",
        programme="berlian",
        year=today.year + 1,
        opens_on=today - timedelta(days=20),
        closes_on=today + timedelta(days=25),
        from_on=date(today.year + 1, 1, 1),
        until_on=date(today.year + 1, 12, 31),
        quota=QUOTA,
        budget_per_month_idr=Decimal(QUOTA) * premium.value,
        premium=premium,
        premium_idr=premium.value,
        source=Source.SEED,
    )
    window = queries.age_window(today)
    found = queries.candidates(Person.objects.all(), today, window).filter(verdict="eligible")[:PROPOSED]
    entries = CoverageEntry.objects.bulk_create(
        CoverageEntry(
            round=round_,
            person=person,
            conditions=rules.eligibility(queries.facts_of(person, window, today)),
            risk_points=person.risk_points,
            risk_reasons=queries.reasons_of(person),
            proposed_at=at - timedelta(days=10),
            created_by=officers[0],
            source=Source.SEED,
        )
        for person in found
    )
    keys = [entry.pk for entry in entries]
    # Each state is reached as people would reach it: the database knows no short cut. The ward's word is the officer's.
    looked_at = {"verified_by": officers[0], "verified_at": at - timedelta(days=6)}
    CoverageEntry.objects.filter(pk__in=keys[:30]).update(state=EntryState.VERIFIED, **looked_at)
    CoverageEntry.objects.filter(pk__in=keys[30:33]).update(
        state=EntryState.RETURNED, reason="Alamat contoh tidak cocok", **looked_at
    )
    decided = {"decided_by": heads[0], "decided_at": at - timedelta(days=3)}
    CoverageEntry.objects.filter(pk__in=keys[:15]).update(state=EntryState.ACCEPTED, **decided)
    CoverageEntry.objects.filter(pk__in=keys[15:18]).update(
        state=EntryState.WAITING, reason="Contoh: menunggu tambahan anggaran", **decided
    )
