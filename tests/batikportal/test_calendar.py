"""Terms in working days: the vectors of the complaint standards, with and without holidays."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from batikportal import rules
from batikportal.models import Holiday
from batikportal.queries import calendar


@pytest.mark.parametrize(
    ("count", "end"),
    [(3, date(2026, 1, 13)), (5, date(2026, 1, 15)), (14, date(2026, 1, 28)), (60, date(2026, 4, 2))],
)
def test_terms_from_a_thursday_without_holidays(count, end):
    assert rules.add_working_days(date(2026, 1, 8), count, ()) == end
    assert rules.working_days_between(date(2026, 1, 8), end, ()) == count


def test_a_holiday_moves_the_end():
    monday, holiday = date(2026, 1, 12), date(2026, 1, 16)
    assert rules.add_working_days(monday, 5, ()) == date(2026, 1, 19)
    assert rules.add_working_days(monday, 5, {holiday}) == date(2026, 1, 20)


def test_days_between_are_none_backwards():
    assert rules.working_days_between(date(2026, 1, 8), date(2026, 1, 1), ()) == 0


@pytest.mark.django_db
def test_terms_use_the_holidays_on_record():
    assert calendar.due_after(date(2026, 1, 12), 5) == date(2026, 1, 19)
    Holiday.objects.create(day=date(2026, 1, 16), name="Libur contoh", basis="Keputusan contoh")
    assert calendar.due_after(date(2026, 1, 12), 5) == date(2026, 1, 20)
    assert calendar.working_days_between(date(2026, 1, 12), date(2026, 1, 20)) == 5


@pytest.mark.django_db
def test_holidays_of_fixed_days_are_loaded_and_have_a_basis():
    assert date(2026, 8, 17) in calendar.holidays(date(2026, 1, 1), date(2026, 12, 31))
    with pytest.raises(IntegrityError), transaction.atomic():
        Holiday.objects.create(day=date(2026, 3, 3), name="Tanpa dasar", basis="")
    with pytest.raises(IntegrityError), transaction.atomic():
        Holiday.objects.create(day=date(2026, 8, 17), name="Dua kali", basis="Contoh")
