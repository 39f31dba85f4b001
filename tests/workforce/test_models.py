"""What the database itself refuses, tried past the actions and partly with raw SQL."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import InternalError

from batikportal import encryption
from tests.factories.portal import EnterpriseFactory
from tests.factories.workforce import (
    ConsentFactory,
    CoverageFactory,
    EngagementFactory,
    PersonFactory,
    nik,
)
from workforce.models import Consent, ConsentText, CoveragePeriod, Engagement, Person, ProcessStep, ReferenceFigure

pytestmark = pytest.mark.django_db


def insert_coverage(person: Person, programme: str, from_on: str, until_on: str | None, **values: str) -> None:
    """One row in raw SQL, so that nothing but the database can refuse it."""
    row = {"status": "active", "segment": "bpu", "payer": "city", **values}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO workforce_coverageperiod"
            " (public_id, source, person_id, programme, status, segment, payer, evidence, from_on, until_on)"
            " VALUES (gen_random_uuid(), 'form', %s, %s, %s, %s, %s, '', %s, %s)",
            [person.pk, programme, row["status"], row["segment"], row["payer"], from_on, until_on],
        )


@pytest.mark.parametrize(
    ("from_on", "until_on"),
    [
        ("2026-06-30", None),
        ("2026-01-01", "2026-06-30"),
        ("2025-01-01", "2026-01-01"),
        ("2025-01-01", None),
        ("2026-03-01", "2026-03-02"),
    ],
)
def test_overlapping_coverage_of_one_programme_is_refused(from_on, until_on):
    person = PersonFactory()
    insert_coverage(person, "jkk", "2026-01-01", "2026-06-30")

    with pytest.raises(IntegrityError, match="coverage_no_overlap_per_person_and_programme"):
        insert_coverage(person, "jkk", from_on, until_on)

    assert person.coverage_periods.count() == 1


def test_coverage_that_only_touches_or_differs_is_accepted():
    person, other = PersonFactory(), PersonFactory()
    insert_coverage(person, "jkk", "2026-01-01", "2026-06-30")

    insert_coverage(person, "jkk", "2026-07-01", None)
    insert_coverage(person, "jkm", "2026-01-01", None)
    insert_coverage(person, "jp", "2026-01-01", None, segment="pu", payer="employer")
    insert_coverage(person, "jkp", "2026-01-01", None, segment="pu", payer="employer")
    insert_coverage(person, "jkn", "2026-01-01", None, segment="pbi_apbd")
    insert_coverage(other, "jkk", "2026-01-01", None)

    assert CoveragePeriod.objects.count() == 7


def test_moving_coverage_over_another_is_refused_too():
    person = PersonFactory()
    first = CoverageFactory(person=person, until_on=date(2026, 6, 30))
    CoverageFactory(person=person, from_on=date(2026, 7, 1))

    with pytest.raises(IntegrityError, match="coverage_no_overlap"), transaction.atomic():
        CoveragePeriod.objects.filter(pk=first.pk).update(until_on=None)


@pytest.mark.parametrize(
    ("programme", "values"),
    [
        ("jp", {"segment": "bpu"}),
        ("jkn", {"segment": "bpu"}),
        ("jkk", {"segment": "pbi_apbn"}),
        ("jkk", {"segment": ""}),
        ("jkk", {"status": "not_enrolled"}),
    ],
)
def test_a_segment_that_the_programme_does_not_know_is_refused(programme, values):
    with pytest.raises(IntegrityError, match="coverage_segment_fits_programme"):
        insert_coverage(PersonFactory(), programme, "2026-01-01", None, **values)


def test_a_checked_non_member_has_neither_segment_nor_payer():
    person = PersonFactory()

    insert_coverage(person, "jkk", "2026-01-01", None, status="not_enrolled", segment="", payer="")

    assert person.coverage_periods.get().status == "not_enrolled"


def test_one_nik_belongs_to_one_person():
    PersonFactory(number=nik(1))

    with pytest.raises(IntegrityError, match="nik_hash"), transaction.atomic():
        PersonFactory(number=nik(1))


def test_people_without_nik_are_many():
    PersonFactory(number="", nik=None)
    PersonFactory(number="", nik=None)

    assert Person.objects.filter(nik_hash__isnull=True).count() == 2


def test_a_nik_is_stored_encrypted_and_comes_back_sealed():
    person = PersonFactory(number=nik(7))

    with connection.cursor() as cursor:
        cursor.execute("SELECT nik FROM workforce_person WHERE id = %s", [person.pk])
        (stored,) = cursor.fetchone()
    loaded = Person.objects.get(pk=person.pk)

    assert nik(7) not in stored
    assert encryption.decrypt(stored) == nik(7)
    assert str(loaded.nik) == "3375••••••••9007"
    assert loaded.nik.reveal() == nik(7)


def test_history_keeps_every_change_but_never_the_nik():
    person = PersonFactory(number=nik(8))
    Person.objects.filter(pk=person.pk).update(name="Nama Baru")

    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(e)::text FROM workforce_personevent e ORDER BY pgh_id")
        rows = [text for (text,) in cursor.fetchall()]

    assert len(rows) == 2
    assert "Nama Baru" in rows[1]
    assert nik(8) not in "".join(rows)
    assert person.nik.token not in "".join(rows)


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"nik_hash": None}, "person_nik_has_index"),
        ({"birth_year": 1990}, "person_birth_date_or_year"),
        ({"ward": None}, "person_lives_somewhere"),
        ({"phone": "0812345678"}, "person_phone_e164"),
    ],
)
def test_a_person_keeps_its_laws(values, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        PersonFactory(**values)


def test_one_main_engagement_is_open_at_a_time():
    first = EngagementFactory()

    with pytest.raises(IntegrityError, match="engagement_one_main_open_per_person"), transaction.atomic():
        EngagementFactory(person=first.person)

    EngagementFactory(person=first.person, is_main=False)
    EngagementFactory(person=first.person, until_on=date(2021, 1, 1), exit_reason="other_principal")
    assert first.person.engagements.count() == 3


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"until_on": date(2021, 1, 1)}, "engagement_end_has_reason"),
        ({"exit_reason": "retired"}, "engagement_end_has_reason"),
        ({"until_on": date(2019, 1, 1), "exit_reason": "retired"}, "engagement_in_order"),
        ({"enterprise": None}, "engagement_has_principal_or_own_account"),
    ],
)
def test_an_engagement_keeps_its_laws(values, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        EngagementFactory(**values)


def test_work_on_own_account_or_for_an_unregistered_principal_needs_no_enterprise():
    own = EngagementFactory(enterprise=None, role="own_account")
    outside = EngagementFactory(enterprise=None, principal_name="H. Contoh, Kedungwuni")

    assert own.principal == "Usaha sendiri"
    assert outside.principal == "H. Contoh, Kedungwuni"
    assert (
        str(EngagementFactory(enterprise=EnterpriseFactory(name="Batik Satu"), person__name="Siti"))
        == "Siti – Batik Satu"
    )


def test_one_consent_per_purpose_stands_at_a_time():
    first = ConsentFactory()

    with pytest.raises(IntegrityError, match="consent_open_once_per_purpose"), transaction.atomic():
        ConsentFactory(person=first.person)

    Consent.objects.update(withdrawn_at=datetime(2026, 2, 1, tzinfo=UTC))
    ConsentFactory(person=first.person)
    ConsentFactory(person=first.person, purpose="photo")
    assert first.person.consents.count() == 3


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"given_by": "cadre"}, "consent_spoken_has_witness"),
        ({"withdrawn_at": datetime(2025, 1, 1, tzinfo=UTC)}, "consent_in_order"),
        ({"stopped_at": datetime(2026, 2, 1, tzinfo=UTC)}, "consent_stopped_after_withdrawal"),
    ],
)
def test_a_consent_keeps_its_laws(values, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        ConsentFactory(**values)


def test_the_words_of_a_consent_never_change():
    with pytest.raises(InternalError, match="words_are_kept"), transaction.atomic():
        ConsentText.objects.update(text="Saya setuju apa saja.")
    with pytest.raises(InternalError, match="words_are_kept"), transaction.atomic():
        ConsentText.objects.filter(purpose="photo").delete()


def test_a_reference_figure_has_one_value_a_day():
    umk = ReferenceFigure.objects.filter(series__code="umk_pekalongan").get(valid_from=date(2026, 1, 1))

    with pytest.raises(IntegrityError, match="referencefigure_one_value_a_day"), transaction.atomic():
        ReferenceFigure.objects.create(series=umk.series, value=1, valid_from=date(2026, 12, 31))

    ReferenceFigure.objects.create(series=umk.series, value=1, valid_from=date(2027, 1, 1))


def test_the_reference_data_is_there():
    assert ProcessStep.objects.count() == 22
    assert list(ProcessStep.objects.values_list("code", flat=True)[:5]) == ["DES", "POL", "MRI", "MLM", "NGL"]
    assert ConsentText.objects.count() == 8
    assert ReferenceFigure.objects.filter(series__code="umk_pekalongan").count() == 9


def test_names_of_the_rows_are_readable():
    assert str(PersonFactory(name="Siti Contoh")) == "Siti Contoh"
    assert str(ProcessStep.objects.get(code="CAP")) == "Ngecap"
    assert str(Engagement(person=Person(name="Siti"), principal_name="H. Contoh")) == "Siti – H. Contoh"
    assert "JKK" in str(CoverageFactory(person__name="Siti"))
    assert str(ConsentText.objects.get(purpose="photo")) == "Foto diambil dan dipakai (v1)"
    assert str(ReferenceFigure.objects.filter(series__code="umk_pekalongan").latest("valid_from")).startswith("UMK")
