"""Fictitious programmes, activities and applications for the demo: three years, forty activities, 2,500 applications.

Every title carries the word "Contoh". Applications are written as they would have come about: arrivals in order, seats
by the quotas, first-timers by what came before, eligibility by the very rules, decisions in signed batches.
"""

import random
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from batikportal.models import Enterprise
from marketing import queries
from marketing.demo.book import Book
from marketing.demo.calls import make_activities, make_programmes, plans_of_three_years
from marketing.demo.people import make_history, make_senders, staff

TARGETS = {
    "marketing.seats_filled": Decimal(90),
    "marketing.applicants_per_seat": Decimal(2),
    "marketing.first_timer_share": Decimal(60),
}


@transaction.atomic
def seed(rng: random.Random, enterprises: list[Enterprise], at: datetime) -> None:
    """Fill the market; deterministic for a given ``rng``, set of enterprises and day."""
    officer, head = staff("market_officer"), staff("market_head")
    programmes = make_programmes(at)
    plans = plans_of_three_years(rng)
    make_activities(rng, plans, programmes, officer, at)
    make_history(rng, enterprises, at)
    # What is known of every enterprise before the first activity; history included.
    known = dict(queries.facts_of_many(enterprises, plans[0].activity, applicants={}))
    senders = make_senders(rng, enterprises, officer, at)
    book = Book(rng, enterprises, known, senders, officer, head, at)
    for plan in sorted(plans, key=lambda plan: plan.activity.registration_opens_at):
        book.write(plan)
    book.store()
