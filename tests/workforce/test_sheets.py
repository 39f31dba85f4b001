"""The sheets of workers and memberships, through the portal's one import mechanism."""

from datetime import date

import pytest

from batikportal.models.imports import ImportRow, ImportRun
from tests.batikportal.importing import applied, checked
from tests.batikportal.spreadsheets import csv_bytes
from tests.factories import portal
from tests.factories.workforce import CoverageFactory, EngagementFactory, PersonFactory, nik
from workforce.models import Consent, CoveragePeriod, Engagement, Person
from workforce.sheets import COVERAGE, WORKERS

pytestmark = pytest.mark.django_db

WORKER_HEAD = [
    "NIK", "Nama", "Jenis kelamin", "Tanggal lahir", "Kelurahan", "Tempat tinggal di luar kota", "Usaha", "Juragan",
    "Proses", "Sistem upah", "Tempat kerja", "Bekerja sejak", "Setuju", "Saksi persetujuan",
]  # fmt: skip
COVERAGE_HEAD = ["NIK", "Program", "Status", "Segmen", "Pembayar iuran", "Sejak", "Sampai", "Dicek pada"]


def line(number: str, enterprise: str = "", **changes: str) -> list[str]:
    values = {
        "nik": number,
        "name": "Siti Contoh",
        "sex": "P",
        "birth_on": "5 Maret 1990",
        "ward": "Kauman",
        "outside": "",
        "enterprise": enterprise,
        "principal": "",
        "steps": "NGL, isn",
        "pay_mode": "borongan",
        "place": "rumah",
        "from_on": "1/2/2015",
        "consent": "ya",
        "witness": "",
    } | changes
    return list(values.values())


def imported(head, rows, user, now, sheet, run=applied) -> ImportRun:
    return run(user, now, rows, sheet=sheet, data=csv_bytes([head, *rows]))


def errors_of(run: ImportRun) -> str:
    return " ".join(str(row.errors) for row in ImportRow.objects.filter(run=run).order_by("line"))


def test_new_workers_come_with_work_steps_and_consent(workforce_officer, now):
    workshop = portal.EnterpriseFactory(nib="1234567890123")
    rows = [
        line(nik(1), workshop.registration_number),
        line(
            nik(2, woman=False), "1234567890123", sex="", birth_on="", name="Budi Contoh", consent="tidak", from_on=""
        ),
        line(nik(3), principal="H. Contoh, Kedungwuni", ward="", outside="Kab. Pekalongan", witness="Kader Rini"),
    ]

    run = imported(WORKER_HEAD, rows, workforce_officer, now, WORKERS)

    assert (run.state, run.new_count) == ("applied", 3), errors_of(run)
    siti, budi, outside = Person.objects.order_by("pk")
    assert (siti.nik.reveal(), siti.sex, siti.birth_on) == (nik(1), "F", date(1990, 3, 5))
    assert (budi.sex, budi.birth_on, budi.nik_mismatch_reason) == ("M", date(1990, 3, 5), "")
    assert siti.source == "import"
    work = siti.engagements.get()
    assert (work.enterprise, work.pay_mode, work.place, work.from_on) == (workshop, "piece", "home", date(2015, 2, 1))
    assert [step.code for step in work.steps.order_by("position")] == ["NGL", "ISN"]
    assert budi.engagements.get().start_is_unknown
    assert outside.engagements.get().principal == "H. Contoh, Kedungwuni"
    assert [(consent.person, consent.given_by) for consent in Consent.objects.order_by("person")] == [
        (siti, "self"),
        (outside, "cadre"),
    ]


def test_the_nik_never_waits_in_clear(workforce_officer, now):
    run = imported(WORKER_HEAD, [line(nik(1))], workforce_officer, now, WORKERS, run=checked)

    stored = " ".join(str(row.__dict__) for row in ImportRow.objects.filter(run=run))

    assert nik(1) not in stored
    run.refresh_from_db()
    assert run.file is None or not run.file.file


def test_the_same_file_again_changes_nothing_and_a_new_cell_changes_only_itself(workforce_officer, now):
    workshop = portal.EnterpriseFactory()
    imported(WORKER_HEAD, [line(nik(1), workshop.registration_number)], workforce_officer, now, WORKERS)

    again = imported(
        WORKER_HEAD, [line(nik(1), workshop.registration_number, witness=" ")], workforce_officer, now, WORKERS, checked
    )
    changed = imported(
        WORKER_HEAD,
        [line(nik(1), workshop.registration_number, steps="NGL, ISN, CAP", name="Siti Contoh Baru", ward="")],
        workforce_officer,
        now,
        WORKERS,
    )

    assert (again.same_count, again.changed_count, again.new_count) == (1, 0, 0)
    assert (changed.state, changed.changed_count) == ("applied", 1), errors_of(changed)
    person = Person.objects.get()
    assert (person.name, person.ward.name) == ("Siti Contoh Baru", "Kauman")
    assert [step.code for step in person.engagements.get().steps.order_by("position")] == ["NGL", "ISN", "CAP"]
    assert Consent.objects.count() == 1


def test_a_second_workshop_becomes_a_second_engagement_that_is_not_the_main_one(workforce_officer, now):
    person = EngagementFactory(person__number=nik(1), person__name="Siti Contoh").person
    other = portal.EnterpriseFactory()

    imported(WORKER_HEAD, [line(nik(1), other.registration_number)], workforce_officer, now, WORKERS)

    assert [work.is_main for work in person.engagements.order_by("pk")] == [True, False]


def test_bad_lines_are_refused_with_a_sentence_and_the_good_ones_go_on(workforce_officer, now):
    rows = [
        line(nik(1)),
        line("3375025003900000", name="Nomor seri nol"),
        line(nik(2), ward="Atlantis"),
        line(nik(3), "PKL-999999"),
        line(nik(4), ward=""),
        line(nik(1), name="Ganda"),
    ]

    run = imported(WORKER_HEAD, rows, workforce_officer, now, WORKERS, run=checked)

    assert (run.new_count, run.refused_count) == (1, 5)
    told = errors_of(run)
    for part in ("Empat angka terakhir", "Atlantis", "belum terdaftar", "di luar kota", "Sama dengan baris"):
        assert part in told


def test_facts_that_disagree_with_the_nik_are_taken_and_marked(workforce_officer, now):
    imported(WORKER_HEAD, [line(nik(1), birth_on="6 Maret 1990")], workforce_officer, now, WORKERS)

    person = Person.objects.get()

    assert (person.birth_on, person.nik_mismatch_reason) == (date(1990, 3, 6), "unchecked")


def test_a_line_without_work_registers_the_person_only(workforce_officer, now):
    imported(WORKER_HEAD, [line(nik(1))], workforce_officer, now, WORKERS)

    assert Person.objects.count() == 1
    assert not Engagement.objects.exists()


def cover(number: str, programme: str = "JKK", **changes: str) -> list[str]:
    values = {
        "nik": number,
        "programme": programme,
        "status": "Aktif",
        "segment": "BPU",
        "payer": "Batik Berlian",
        "from_on": "1 Januari 2026",
        "until_on": "31 Desember 2026",
        "verified_on": "5 Januari 2026",
    } | changes
    return list(values.values())


def spans(person: Person, programme: str = "jkk") -> list[tuple[date, date | None, str]]:
    return list(
        person.coverage_periods.filter(programme=programme)
        .order_by("from_on")
        .values_list("from_on", "until_on", "status")
    )


def test_memberships_are_added_and_close_the_open_one_before(workforce_officer, now):
    person = PersonFactory(number=nik(1))
    CoverageFactory(person=person, from_on=date(2025, 1, 1))

    run = imported(
        COVERAGE_HEAD,
        [cover(nik(1)), cover(nik(1), "JKM"), cover(nik(1), "JKN", segment="PBI APBD", until_on="")],
        workforce_officer,
        now,
        COVERAGE,
    )

    assert (run.state, run.new_count) == ("applied", 3), errors_of(run)
    assert spans(person) == [
        (date(2025, 1, 1), date(2025, 12, 31), "active"),
        (date(2026, 1, 1), date(2026, 12, 31), "active"),
    ]
    assert spans(person, "jkn") == [(date(2026, 1, 1), None, "active")]


def test_two_open_memberships_in_one_file_follow_each_other(workforce_officer, now):
    person = PersonFactory(number=nik(1))

    imported(
        COVERAGE_HEAD,
        [cover(nik(1), from_on="1/7/2026", until_on=""), cover(nik(1), until_on="", status="menunggak")],
        workforce_officer,
        now,
        COVERAGE,
    )

    assert spans(person) == [
        (date(2026, 1, 1), date(2026, 6, 30), "lapsed"),
        (date(2026, 7, 1), None, "active"),
    ]


def test_the_same_membership_again_changes_only_what_differs(workforce_officer, now):
    person = PersonFactory(number=nik(1))
    CoverageFactory(person=person, until_on=date(2026, 12, 31))

    same = imported(COVERAGE_HEAD, [cover(nik(1))], workforce_officer, now, COVERAGE, run=checked)
    imported(
        COVERAGE_HEAD,
        [cover(nik(1), until_on="30 November 2026", payer="")],
        workforce_officer,
        now,
        COVERAGE,
    )

    assert (same.same_count, same.changed_count) == (1, 0), errors_of(same)
    assert spans(person) == [(date(2026, 1, 1), date(2026, 11, 30), "active")]


def test_overlaps_unknown_people_and_wrong_segments_are_refused(workforce_officer, now):
    PersonFactory(number=nik(1))
    CoverageFactory(person=Person.objects.get(), until_on=date(2026, 12, 31))
    rows = [
        cover(nik(1), from_on="1 Juni 2026"),
        cover(nik(2)),
        cover(nik(1), "JP"),
        cover(nik(1), "JKM", from_on="1 Februari 2026", until_on="1 Januari 2026"),
        cover(nik(1), "JHT", status="Tidak terdaftar"),
        cover(nik(1), "JKM", verified_on="1 Januari 2030"),
    ]

    run = imported(COVERAGE_HEAD, rows, workforce_officer, now, COVERAGE, run=checked)

    assert (run.refused_count, run.new_count) == (6, 0)
    told = errors_of(run)
    for part in ("Bertumpuk dengan kepesertaan 1 Jan 2026", "belum terdaftar", "Segmen", "mendahului", "belum tiba"):
        assert part in told
    assert CoveragePeriod.objects.count() == 1


def test_a_checked_non_member_is_recorded_as_known(workforce_officer, now):
    person = PersonFactory(number=nik(1))

    imported(
        COVERAGE_HEAD,
        [cover(nik(1), status="tidak terdaftar", segment="", payer="", until_on="")],
        workforce_officer,
        now,
        COVERAGE,
    )

    assert spans(person) == [(date(2026, 1, 1), None, "not_enrolled")]


@pytest.mark.parametrize("sheet", [WORKERS, COVERAGE])
def test_only_the_labour_office_imports_workers(sheet, market_officer, data_clerk, owner, workforce_officer):
    assert workforce_officer.has_perm(sheet.permission)
    for other in (market_officer, data_clerk, owner):
        assert not other.has_perm(sheet.permission)


def test_a_large_file_costs_a_handful_of_queries(workforce_officer, now, django_assert_max_num_queries):
    few = [line(f"33750245039{i:05d}", name=f"P {i}") for i in range(1001, 1004)]
    many = [line(f"33750245039{i:05d}", name=f"P {i}") for i in range(2001, 2201)]
    counts = []
    for rows in (few, many):
        with django_assert_max_num_queries(400) as captured:
            run = imported(WORKER_HEAD, rows, workforce_officer, now, WORKERS)
        assert run.state == "applied", errors_of(run)
        counts.append(len(captured))

    assert counts[1] - counts[0] <= 2
