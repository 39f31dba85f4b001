"""History of participants through the portal's one import mechanism."""

from datetime import date

import pytest

from batikportal.models.imports import ImportRow, ImportRun
from marketing import queries
from marketing.models import PastParticipation
from marketing.sheets import SHEETS
from tests.batikportal.importing import applied, checked
from tests.batikportal.spreadsheets import csv_bytes
from tests.factories import marketing as factories
from tests.factories.portal import EnterpriseFactory

pytestmark = pytest.mark.django_db

(SHEET,) = SHEETS
HEAD = ["Nomor registrasi atau NIB", "Jenis kegiatan", "Nama kegiatan", "Tanggal mulai", "Keterangan"]


def imported(rows, user, now, run=applied) -> ImportRun:
    return run(user, now, rows, sheet=SHEET, data=csv_bytes([HEAD, *rows]))


def test_history_comes_by_registration_number_or_nib(market_officer, now):
    one, two = EnterpriseFactory(), EnterpriseFactory(nib="9120001234567")
    imported(
        [
            [one.registration_number, "Pameran", "Contoh Pekan Batik 2023", "25 Oktober 2023", "Stan bersama"],
            ["9120001234567", "ekspor", "Contoh Pelatihan 2024", "27/05/2024", ""],
        ],
        market_officer,
        now,
    )
    stored = list(PastParticipation.objects.order_by("held_on").values_list("enterprise", "kind", "held_on", "source"))
    assert stored == [
        (one.pk, "exhibition", date(2023, 10, 25), "import"),
        (two.pk, "export_training", date(2024, 5, 27), "import"),
    ]


def test_imported_history_ends_being_a_first_timer(market_officer, now):
    enterprise = EnterpriseFactory()
    activity = factories.ActivityFactory()
    assert queries.traits_of(queries.facts_of(enterprise, activity, None)).is_first_timer
    imported([[enterprise.registration_number, "Pelatihan ekspor", "Contoh", "27 Mei 2024", ""]], market_officer, now)
    assert not queries.traits_of(queries.facts_of(enterprise, activity, None)).is_first_timer


def test_unknown_enterprises_and_days_to_come_are_refused(market_officer, now):
    enterprise = EnterpriseFactory()
    run = imported(
        [
            ["PKL-999999", "Pameran", "Contoh", "25 Oktober 2023", ""],
            [enterprise.registration_number, "Pameran", "Contoh", "25 Oktober 2099", ""],
            [enterprise.registration_number, "Lomba", "Contoh", "25 Oktober 2023", ""],
        ],
        market_officer,
        now,
        run=checked,
    )
    errors = [str(row.errors) for row in ImportRow.objects.filter(run=run).order_by("line")]
    assert "belum terdaftar" in errors[0]
    assert "belum tiba" in errors[1]
    assert len(errors) == 3
    assert not PastParticipation.objects.exists()


def test_the_same_file_again_changes_nothing_but_a_note(market_officer, now):
    enterprise = EnterpriseFactory()
    line = [enterprise.registration_number, "Pameran", "Contoh Pekan Batik", "25 Oktober 2023", ""]
    imported([line], market_officer, now)
    imported([[*line[:4], "Stan 12"]], market_officer, now)
    assert PastParticipation.objects.get().note == "Stan 12"


def test_only_the_market_imports_history(market_officer, market_head, data_clerk, leader):
    assert market_officer.has_perm(SHEET.permission)
    assert market_head.has_perm(SHEET.permission)
    assert not leader.has_perm(SHEET.permission)
    assert not data_clerk.has_perm(SHEET.permission)
