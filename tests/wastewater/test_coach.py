"""The compliance coach: what is said about a failed result, by the owner's own log, whom to ask, where to learn."""

import uuid
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from batikportal.models import Enterprise
from tests.factories import marketing as market
from tests.factories import wastewater as factories
from wastewater.actions import discharge_logs as actions
from wastewater.choices.discharge_logs import AdviceKind
from wastewater.models import Advice, Parameter, Sample
from wastewater.queries import coach

pytestmark = pytest.mark.django_db

entry = factories.entry
AT = datetime(2026, 3, 1, 3, 0, tzinfo=UTC)


def failed(owner, *entries) -> Sample:
    return factories.verified(*(entries or [entry("COD", 300)]), point__enterprise=owner.enterprise)


def habit(owner, process: str, dye: str) -> None:
    note = actions.Note(
        date(2026, 2, 20), process, "untreated", actions.Volume("estimate", Decimal(100)), {"dye_class": dye}
    )
    actions.record_log(enterprise=owner.enterprise, note=note, submission=uuid.uuid4(), by=owner, at=AT)


def said(owner, sample: Sample) -> coach.Failure:
    [failure] = coach.coaching([sample], Enterprise.objects.owned_by(owner)).by_sample[sample.pk]
    return failure


def whys(failure: coach.Failure) -> set[tuple[str, str]]:
    return {(hint.advice.dye_class, hint.advice.process) for hint in failure.causes}


def test_without_a_log_every_usual_cause_is_named(owner):
    assert whys(said(owner, failed(owner))) == {
        ("naphthol", ""),
        ("indigosol", ""),
        ("natural", ""),
        ("", "dewaxing"),
        ("", ""),
    }


def test_the_owners_log_picks_and_leads(owner):
    habit(owner, "dewaxing", "natural")

    failure = said(owner, failed(owner))

    assert whys(failure) == {("natural", ""), ("", "dewaxing"), ("", "")}
    assert [hint.is_own for hint in failure.causes] == [True, True, False]


def test_several_dyes_in_the_log_may_be_any(owner):
    habit(owner, "rinsing", "several")

    assert ("naphthol", "") in whys(said(owner, failed(owner)))


def test_old_habits_do_not_count(owner):
    note = actions.Note(
        date(2025, 8, 1), "dyeing", "untreated", actions.Volume("estimate", Decimal(1)), {"dye_class": "vat"}
    )
    actions.record_log(enterprise=owner.enterprise, note=note, submission=uuid.uuid4(), by=owner, at=AT)

    assert coach.coaching([failed(owner)], Enterprise.objects.owned_by(owner)).knows_habits is False


def test_every_common_parameter_has_meaning_cause_and_a_step_of_today():
    needed = {AdviceKind.MEANING, AdviceKind.CAUSE, AdviceKind.TODAY}
    codes = ("COD", "BOD5", "TSS", "WARNA", "OG", "PH", "FENOL", "SULFIDA", "CR_T", "NH3N", "SUHU")
    found = {code: set(Advice.objects.filter(parameter__code=code).values_list("kind", flat=True)) for code in codes}

    assert {code: needed - kinds for code, kinds in found.items()} == {code: set() for code in codes}


def test_advice_is_read_in_both_languages():
    row = Advice.objects.filter(parameter__code="PH").first()
    with translation.override("en"):
        assert str(row) == row.text_en
    assert str(row) == row.text


def test_page_tells_how_far_over_what_to_do_whom_to_ask_and_where_to_learn(as_user, owner):
    failed(owner, entry("COD", 300), entry("PH", 10))
    now = timezone.now()
    market.ActivityFactory(
        title="Contoh Pelatihan Mengolah Limbah Batik",
        registration_opens_at=now - timedelta(days=1),
        registration_closes_at=now + timedelta(days=5),
        starts_at=now + timedelta(days=9),
        ends_at=now + timedelta(days=10),
        published_at=now - timedelta(days=1),
    )

    shown = " ".join(as_user(owner).get(reverse("wastewater:own-result-list")).content.decode().split())

    for words in (
        "300 mg/L – 2,00 kali batas",
        "Hasil Anda 100% di atas batas.",
        "Selisihnya 1 dari batas.",
        "COD menunjukkan banyaknya bahan",
        "Tampung sisa bak pekat",
        "DLH Kota Pekalongan",
        "Contoh Pelatihan Mengolah Limbah Batik",
        "Isi buku limbah",
    ):
        assert words in shown, words


def test_nobody_elses_results_are_coached(as_user, owner):
    failed(owner)
    stranger = factories.portal.MembershipFactory().user

    assert "kali batas" not in as_user(stranger).get(reverse("wastewater:own-result-list")).content.decode()


def test_page_has_the_same_queries_for_one_sample_and_ten(as_user, owner):
    client, url = as_user(owner), reverse("wastewater:own-result-list")
    point = failed(owner).point

    def count() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get(url).status_code == 200
        return len(seen)

    count()
    before = count()
    for day in range(2, 11):
        factories.verified(
            entry("COD", 300), entry("TSS", 90), point=point, taken_at=datetime(2026, 2, day, tzinfo=UTC)
        )
    assert count() == before


def test_a_parameter_without_advice_sends_to_the_office(owner, as_user):
    Advice.objects.filter(parameter=Parameter.objects.get(code="COD")).update(is_active=False)
    failed(owner)

    assert "Tanyakan kepada DLH" in as_user(owner).get(reverse("wastewater:own-result-list")).content.decode()
