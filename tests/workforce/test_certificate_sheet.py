"""The sheet of certificates: whose they are, which numbers are taken, and the skills they prove."""

from datetime import date

import pytest

from tests.batikportal.importing import applied, checked
from tests.batikportal.spreadsheets import csv_bytes
from tests.factories.workforce import CertificateFactory, PersonFactory, SkillFactory, nik, step
from tests.workforce.test_sheets import errors_of
from workforce.models import CompetencyCertificate
from workforce.sheets import CERTIFICATES

pytestmark = pytest.mark.django_db

HEAD = [
    "NIK",
    "Skema",
    "Jenjang",
    "Lembaga penerbit",
    "Nomor sertifikat",
    "Tanggal terbit",
    "Berlaku sampai",
    "Hasil uji",
]


def imported(rows, user, now, run=applied):
    return run(user, now, rows, sheet=CERTIFICATES, data=csv_bytes([HEAD, *rows]))


def line(whose: str, **changes: str) -> list[str]:
    values = {
        "nik": whose, "scheme": "Pembatik tulis", "level": "", "body": "LSP Contoh", "number": "A/1",
        "issued_on": "5 Oktober 2025", "valid_until": "", "result": "K",
    }  # fmt: skip
    return list((values | changes).values())


def test_certificates_come_with_the_skills_they_prove(workforce_officer, now):
    first, second = PersonFactory(number=nik(1)), PersonFactory(number=nik(2))
    weaker = SkillFactory(person=first, level=2)
    rows = [
        line(nik(1)),
        line(nik(2), scheme="tukang-cap", number="A/2", valid_until="1 Januari 2027"),
        line(nik(2), scheme="tukang-cap", number="A/3", issued_on="1 November 2026"),
    ]

    run = imported(rows, workforce_officer, now)

    assert (run.state, run.new_count) == ("applied", 3), errors_of(run)
    made = first.certificates.get()
    assert (made.valid_until, made.source, made.created_by) == (date(2028, 10, 5), "import", workforce_officer)
    weaker.refresh_from_db()
    assert weaker.end_reason == "replaced"
    proven = first.skill_claims.standing().get()
    assert (proven.step, proven.level, proven.evidence, proven.attested_by) == (step(), 2, "certificate", "LSP Contoh")
    assert [claim.step for claim in second.skill_claims.standing()] == [step("CAP")]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"result": "BK"}, "Belum kompeten"),
        ({"nik": nik(9)}, "belum terdaftar"),
        ({"number": "taken", "body": "lsp contoh"}, "sudah tercatat"),
        ({"issued_on": "1 Januari 2027"}, "belum tiba"),
        ({"valid_until": "1 Januari 2025"}, "sesudah tanggal terbit"),
        ({"scheme": "Sulap"}, "Sulap"),
    ],
)
def test_what_cannot_be_is_told_at_its_row(changes, words, workforce_officer, now):
    PersonFactory(number=nik(1))
    CertificateFactory(body="LSP Contoh", number="TAKEN")

    run = imported([line(nik(1), **changes)], workforce_officer, now, run=checked)

    assert words in errors_of(run)
    assert run.refused_count == 1


def test_a_known_number_of_the_same_person_is_changed(workforce_officer, now):
    known = CertificateFactory(person__number=nik(1), body="LSP Contoh", number="a/1", valid_until=date(2026, 10, 5))

    run = imported([line(nik(1), issued_on="5 Oktober 2023", valid_until="5 Oktober 2027")], workforce_officer, now)

    assert (run.new_count, run.changed_count) == (0, 1), errors_of(run)
    known.refresh_from_db()
    assert known.valid_until == date(2027, 10, 5)
    assert CompetencyCertificate.objects.count() == 1
