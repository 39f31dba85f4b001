"""What BPJS answered: memberships of the enrolled, reasons of the refused, and rows that are told to be wrong."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from batikportal.models.imports import ImportRow, ImportRun
from tests.batikportal.importing import applied, checked
from tests.batikportal.spreadsheets import csv_bytes
from tests.factories.workforce import CoverageFactory, PersonFactory, RoundFactory, candidate, entry, nik
from workforce.models import CoverageEntry, CoveragePeriod
from workforce.sheets import RESULTS

pytestmark = pytest.mark.django_db

HEAD = ["NIK", "Hasil", "Mulai", "Alasan"]


def imported(rows, user, now, run=applied) -> ImportRun:
    return run(user, now, rows, sheet=RESULTS, data=csv_bytes([HEAD, *rows]))


def accepted(number: int, round_):
    return entry(round_, "accepted", person=candidate(PersonFactory(number=nik(number))))


def test_the_enrolled_are_covered_until_the_round_ends(workforce_officer, now):
    round_ = RoundFactory()
    made, refused = accepted(1, round_), accepted(2, round_)

    run = imported([[nik(1), "Terdaftar", "", ""], [nik(2), "Ditolak", "", "NIK tidak padan"]], workforce_officer, now)

    assert run.state == "applied", [row.errors for row in ImportRow.objects.filter(run=run)]
    periods = CoveragePeriod.objects.filter(person=made.person, status="active").order_by("programme")
    assert [(one.programme, one.from_on, one.until_on, one.payer, one.segment) for one in periods] == [
        ("jkk", date(2027, 1, 1), date(2027, 12, 31), "city", "bpu"),
        ("jkm", date(2027, 1, 1), date(2027, 12, 31), "city", "bpu"),
    ]
    closed = CoveragePeriod.objects.filter(person=made.person, status="not_enrolled")
    assert {one.until_on for one in closed} == {date(2026, 12, 31)}
    made.refresh_from_db()
    refused.refresh_from_db()
    assert (made.state, made.covered_from_on) == ("enrolled", date(2027, 1, 1))
    assert (refused.state, refused.reason) == ("failed", "NIK tidak padan")
    assert not CoveragePeriod.objects.filter(person=refused.person, status="active").exists()


def test_wrong_rows_are_told(workforce_officer, now):
    round_ = RoundFactory()
    accepted(1, round_)
    accepted(2, round_)
    overlapping = accepted(3, round_)
    CoveragePeriod.objects.filter(person=overlapping.person).delete()
    CoverageFactory(person=overlapping.person, from_on=date(2027, 3, 1), until_on=date(2027, 4, 1))
    PersonFactory(number=nik(4))

    run = imported(
        [
            [nik(1), "Ditolak", "", ""],
            [nik(2), "Terdaftar", "1/1/2028", ""],
            [nik(3), "Terdaftar", "", ""],
            [nik(4), "Terdaftar", "", ""],
        ],
        workforce_officer,
        now,
        run=checked,
    )

    told = [list(row.errors) for row in ImportRow.objects.filter(run=run).order_by("line")]
    assert told == [["reason"], ["from_on"], ["from_on"], ["nik"]]
    assert CoverageEntry.objects.filter(state="accepted").count() == 3


def test_the_end_of_a_round_is_foreseen_with_its_name(workforce_officer, as_user, today):
    round_ = RoundFactory(
        from_on=today - timedelta(days=100),
        opens_on=today - timedelta(days=200),
        closes_on=today,
        until_on=today + timedelta(days=20),
    )
    made = entry(round_, "enrolled")
    for programme in ("jkk", "jkm"):
        CoveragePeriod.objects.filter(person=made.person, programme=programme).delete()
        CoverageFactory(person=made.person, programme=programme, from_on=round_.from_on, until_on=round_.until_on)

    page = as_user(workforce_officer).get(reverse("workforce:lapsing-list")).content.decode()

    assert made.person.name in page
    assert round_.title in page
