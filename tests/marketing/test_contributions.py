"""What the market gives to the shared pages: every figure opens exactly its rows, alerts find what is due."""

import random
from datetime import datetime, time, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from batikportal import contracts
from batikportal import demo as shared_demo
from batikportal.contracts import Period, Scope
from batikportal.models import Enterprise, User
from marketing import alerts, datasets, demo, indicators, layers, panels, queries, rules
from marketing.choices import ActivityState, ApplicationState, DecisionState, ProgrammeKind
from marketing.models import Activity, Application, Decision, DecisionBatch, Quota
from tests.factories import marketing as factories
from tests.factories.portal import EnterpriseFactory, ward

pytestmark = pytest.mark.django_db

INDICATORS = {indicator.code: indicator for indicator in indicators.INDICATORS}
ALERTS = {rule.code.removeprefix("marketing."): rule for rule in alerts.ALERTS}


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def scope(today):
    """The city, the last twelve months."""
    return Scope(period=Period(today - timedelta(days=365), today), area=None, today=today)


def started(today, days_ago: int, **fields) -> Activity:
    """An activity that started so many days ago, its registration closed before."""
    starts_at = timezone.make_aware(datetime.combine(today - timedelta(days=days_ago), time(9)))
    return factories.ActivityFactory(
        **{
            "registration_opens_at": starts_at - timedelta(days=40),
            "registration_closes_at": starts_at - timedelta(days=10),
            "starts_at": starts_at,
            "ends_at": starts_at + timedelta(days=2),
            "selected": True,
            **fields,
        }
    )


@pytest.fixture
def season(today):
    """Two activities of the last year with 3 and 2 seats taken, and one called off that counts nowhere."""
    first = started(today, 100, seats=10)
    second = started(today, 40, seats=5)
    off = started(today, 50, seats=50, state=ActivityState.CANCELLED, cancelled_reason="Contoh")
    long_ago = started(today, 700, seats=20)
    seated, here = ApplicationState.COMPLETED, ward("Jenggot")
    for activity, state, is_first_timer, at_home in (
        (first, seated, True, here),
        (first, seated, False, ward()),
        (first, ApplicationState.NO_SHOW, True, ward()),
        (first, ApplicationState.REJECTED, True, ward()),
        (second, ApplicationState.ACCEPTED, True, here),
        (second, ApplicationState.ACCEPTED, True, ward()),
        (second, ApplicationState.IN_REVIEW, False, ward()),
        (second, ApplicationState.WITHDRAWN, True, here),
        (off, ApplicationState.CANCELLED, True, ward()),
        (long_ago, seated, True, ward()),
    ):
        factories.ApplicationFactory(
            activity=activity, state=state, is_first_timer=is_first_timer, enterprise__ward=at_home
        )
    factories.DraftFactory(activity=second)


def in_district(scope: Scope) -> Scope:
    return Scope(period=scope.period, area=ward("Jenggot").parent, today=scope.today)


def test_the_figures_by_hand(scope, season):
    values = {code: indicator.read(scope) for code, indicator in INDICATORS.items()}
    filled, demand, novices = values.values()
    assert (filled.value, filled.numerator, filled.denominator) == (Decimal("33.3"), 5, 15)
    assert (demand.value, demand.numerator, demand.denominator) == (Decimal("0.5"), 8, 15)
    assert (novices.value, novices.numerator, novices.denominator) == (Decimal("80.0"), 4, 5)
    assert filled.completeness == 7 / 8


@pytest.mark.parametrize("code", INDICATORS)
@pytest.mark.parametrize("change", [lambda scope: scope, in_district])
def test_the_rows_behind_a_figure_are_those_counted(code, change, scope, season, market_officer, leader, as_user):
    asked = change(scope)
    reading = INDICATORS[code].read(asked)
    for person in (market_officer, leader):
        response = as_user(person).get(INDICATORS[code].rows(asked))
        assert response.context["page"].paginator.count == reading.numerator > 0


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("marketing.seats_filled", "2 kursi terisi dari kecamatan ini."),
        ("marketing.applicants_per_seat", "3 pendaftaran terkirim dari kecamatan ini."),
    ],
)
def test_a_district_is_not_held_against_the_seats_of_the_city(code, words, scope, season):
    reading = INDICATORS[code].read(in_district(scope))
    assert (reading.value, reading.denominator, list(reading.trend)) == (None, None, [])
    assert reading.withheld == f"Kursi ditawarkan untuk seluruh kota, jadi tidak ada bagian satu kecamatan. {words}"


def test_a_district_judges_what_is_counted_in_it(scope, season):
    reading = INDICATORS["marketing.first_timer_share"].read(in_district(scope))
    assert (reading.value, reading.numerator, reading.denominator) == (Decimal("100.0"), 2, 2)


@pytest.mark.parametrize("code", INDICATORS)
def test_without_activities_there_is_no_value(code, scope):
    reading = INDICATORS[code].read(scope)
    assert reading.value is None
    assert reading.completeness is None
    assert [value for _label, value in reading.trend] == [None] * 12


@pytest.mark.parametrize("code", INDICATORS)
def test_an_indicator_takes_one_statement_and_gives_twelve_months(code, scope, season):
    with CaptureQueriesContext(connection) as captured:
        reading = INDICATORS[code].read(scope)
    assert len(captured) == 1
    assert len(reading.trend) == 12
    assert any(value is not None for _label, value in reading.trend)


def test_twelve_months_cross_the_year(today):
    months = indicators.months_until(today.replace(month=3, day=15))
    assert [month.month for month in months] == [4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3]
    assert months[0].year == today.year - 1


# Alerts


def found(code: str, scope: Scope) -> list[contracts.Alert]:
    with CaptureQueriesContext(connection) as captured:
        answer = ALERTS[code].find(scope)
    assert len(captured) <= 2
    assert answer.total == len(answer.items)
    return list(answer.items)


def moment(today, days: int) -> datetime:
    return timezone.make_aware(datetime.combine(today + timedelta(days=days), time(16)))


def test_a_call_about_to_close_with_few_applicants(scope, today):
    def call(closes_in: int, applicants: int, title: str) -> None:
        activity = factories.ActivityFactory(
            title=title,
            seats=2,
            selected=True,
            registration_opens_at=moment(today, -20),
            registration_closes_at=moment(today, closes_in),
            starts_at=moment(today, 60),
            ends_at=moment(today, 61),
        )
        for _number in range(applicants):
            factories.ApplicationFactory(activity=activity)
        factories.DraftFactory(activity=activity)

    call(5, 1, "Contoh sepi")
    call(5, 2, "Contoh cukup")
    call(9, 0, "Contoh masih lama")
    (alert,) = found("few_applicants", scope)
    assert (alert.subject, alert.due_on) == ("Contoh sepi", today + timedelta(days=5))
    assert alert.detail == "1 pendaftar untuk 2 kursi"


def test_an_overdue_answer(scope, today):
    late = started(today, -20, decision_due_on=today - timedelta(days=1), title="Contoh terlambat")
    factories.ApplicationFactory(activity=late)
    in_time = started(today, -20, decision_due_on=today)
    factories.ApplicationFactory(activity=in_time)
    answered = started(today, -20, decision_due_on=today - timedelta(days=9))
    factories.ApplicationFactory(activity=answered, state=ApplicationState.REJECTED)
    (alert,) = found("decisions_overdue", scope)
    assert (alert.subject, alert.due_on) == ("Contoh terlambat", today - timedelta(days=1))


def test_decisions_waiting_for_their_release(scope, today):
    old = started(today, -20, title="Contoh lama")
    for days in (4, 5):
        factories.DecisionFactory(application__activity=old, decided_at=moment(today, -days))
    fresh = started(today, -20)
    factories.DecisionFactory(application__activity=fresh, decided_at=moment(today, 0))
    (alert,) = found("decisions_unreleased", scope)
    assert (alert.subject, alert.since) == ("Contoh lama", today - timedelta(days=5))
    assert alert.detail.startswith("2 ")


def test_attendance_that_nobody_noted(scope, today):
    over = started(today, 10, title="Contoh usai")
    factories.ApplicationFactory(activity=over, state=ApplicationState.ACCEPTED)
    noted = started(today, 10)
    factories.ApplicationFactory(activity=noted, state=ApplicationState.ATTENDED)
    (alert,) = found("attendance_missing", scope)
    assert alert.subject == "Contoh usai"


def test_a_completion_that_did_not_come(scope, today):
    running = started(today, -20)
    factories.ApplicationFactory(
        activity=running, state=ApplicationState.RETURNED, return_due_on=today - timedelta(days=1)
    )
    factories.ApplicationFactory(activity=running, state=ApplicationState.RETURNED, return_due_on=today)
    assert len(found("completions_overdue", scope)) == 1


def test_a_counter_that_does_not_match(scope, today):
    activity = started(today, -20, title="Contoh salah hitung")
    assert found("seat_mismatch", scope) == []
    Quota.objects.filter(activity=activity).update(taken=1)
    (alert,) = found("seat_mismatch", scope)
    assert alert.subject == "Contoh salah hitung"


def test_every_alert_opens_a_page(scope, today, market_head, as_user):
    activity = started(today, 10, decision_due_on=today - timedelta(days=1))
    factories.ApplicationFactory(activity=activity, state=ApplicationState.ACCEPTED)
    factories.DecisionFactory(application__activity=activity, decided_at=moment(today, -9))
    client = as_user(market_head)
    for rule in alerts.ALERTS:
        for alert in rule.find(scope).items:
            assert client.get(alert.url).status_code == 200


# Panels


def drawn(code: str, user, enterprise, today) -> str:
    panel = next(panel for panel in panels.PANELS if panel.code == code)
    context = {"panel": panel.read(user, enterprise, today), "enterprise": enterprise, "today": today}
    return render_to_string(panel.template, context)


def test_the_enterprise_page_shows_what_it_took_part_in(today, market_officer):
    enterprise = EnterpriseFactory()
    factories.ApplicationFactory(
        activity=started(today, 100, title="Contoh dahulu"), enterprise=enterprise, state=ApplicationState.COMPLETED
    )
    factories.PastParticipationFactory(enterprise=enterprise, title="Contoh sebelum portal")
    text = drawn("marketing.participation", market_officer, enterprise, today)
    assert "Contoh dahulu" in text
    assert "Contoh sebelum portal" in text
    assert "Belum pernah mendaftar" in drawn("marketing.participation", market_officer, EnterpriseFactory(), today)


def open_call(today, **fields) -> Activity:
    return factories.ActivityFactory(
        registration_opens_at=moment(today, -3),
        registration_closes_at=moment(today, 5),
        starts_at=moment(today, 20),
        ends_at=moment(today, 21),
        **fields,
    )


def test_the_workspace_shows_own_applications_by_public_stage_and_what_is_open(today, owner):
    applied = open_call(today, title="Contoh sudah daftar", selected=True)
    open_call(today, title="Contoh dapat didaftari")
    factories.ApplicationFactory(
        activity=applied, enterprise=owner.enterprise, sent_by=owner, state=ApplicationState.PENDING
    )
    text = drawn("marketing.own", owner, owner.enterprise, today)
    assert "Diseleksi" in text
    assert "Keputusan menunggu" not in text
    assert "Contoh dapat didaftari" in text
    assert text.count("Contoh sudah daftar") == 1


def test_the_home_shows_what_is_open(today, client):
    open_call(today, title="Contoh terbuka untuk umum")
    assert "Contoh terbuka untuk umum" in drawn("marketing.open", None, None, today)
    assert "Contoh terbuka untuk umum" in client.get(reverse("home")).content.decode()


# Map and open data


def test_the_map_counts_each_enterprise_once(scope, season, today):
    application = Application.objects.filter(state=ApplicationState.COMPLETED, ward=ward()).first()
    factories.ApplicationFactory(
        activity=started(today, 20), enterprise=application.enterprise, state=ApplicationState.COMPLETED
    )
    (layer,) = layers.LAYERS
    counted = {value.area_code: value.value for value in layer.read(scope)}
    assert counted[ward("Jenggot").code] == 2
    assert counted[ward().code] == 3


def test_open_data_hides_small_numbers(today):
    activity = started(today, 100, seats=30)
    for name, count in (("Jenggot", 7), ("Kauman", 3)):
        for _number in range(count):
            factories.ApplicationFactory(
                activity=activity, state=ApplicationState.COMPLETED, enterprise__ward=ward(name)
            )
    draft = started(today, 50, draft=True)
    activities, participation = (dataset.rows() for dataset in datasets.DATASETS)
    assert [row[8] for row in activities] == [10]
    assert str(draft.public_id) not in {row[0] for row in activities}
    # Kauman's district hides 3; alone it could be subtracted from the 10 above, so the other is hidden too.
    assert [row[4] for row in participation] == [None, None]


@pytest.mark.parametrize("dataset", datasets.DATASETS, ids=lambda dataset: dataset.code)
def test_a_row_of_open_data_has_its_columns(dataset, season):
    rows = dataset.rows()
    assert rows
    assert {len(row) for row in rows} == {len(dataset.columns)}


def test_contributions_are_found_by_name():
    counts = {"indicators": 3, "alerts": 6, "panels": 3, "layers": 1, "datasets": 2, "sheets": 1}
    for module, count in counts.items():
        codes = [item.code for item in contracts.contributions(module)]
        own = [code for code in codes if code.startswith(("marketing.", "pasar-", "past-participants"))]
        assert len(own) == count, module


# Demo


@pytest.fixture
def seeded(monkeypatch):
    """The demo with 240 enterprises instead of a thousand."""
    monkeypatch.setattr(shared_demo, "ENTERPRISES_COUNT", 240)
    at = timezone.now()
    shared_demo.seed_shared(at)
    enterprises = list(Enterprise.objects.select_related("ward__parent").order_by("pk"))
    demo.seed(random.Random(7), enterprises, at)
    return at


def test_the_demo_adds_up(seeded):
    assert Activity.objects.count() == 40
    assert Application.objects.count() > 1_500
    assert queries.seat_mismatches() == []
    assert not Quota.objects.filter(taken__gt=0, activity__state=ActivityState.CANCELLED).exists()
    assert not Decision.objects.filter(state=DecisionState.RELEASED).exclude(batch__state="released").exists()
    for batch in DecisionBatch.objects.all()[:3]:
        rows = Decision.objects.filter(batch=batch).values_list("application__public_id", "outcome", "rank", "reason")
        assert batch.seal == rules.seal((str(public_id), *rest) for public_id, *rest in rows)


def test_the_demo_shows_every_stage(seeded, scope):
    calls = {call.title: call for call in queries.with_seats(queries.open_calls(seeded))}
    kinds = {call.programme.kind for call in calls.values()}
    assert ProgrammeKind.EXPORT_TRAINING in kinds
    assert any(call.is_first_come and call.seats_left for call in calls.values())
    assert any(call.is_first_come and not call.seats_left for call in calls.values())
    states = set(Application.objects.values_list("state", flat=True))
    assert {"pending", "in_review", "waitlisted", "accepted", "completed", "rejected", "returned"} <= states
    raised = {code for code, rule in ALERTS.items() if rule.find(scope).total}
    assert {"decisions_unreleased", "few_applicants", "attendance_missing"} <= raised
    assert "seat_mismatch" not in raised


def test_the_demo_is_plainly_fictitious(seeded):
    assert not Activity.objects.exclude(title__startswith="Contoh").exists()
    assert not Activity.objects.exclude(source="seed").exists()
    assert not Application.objects.exclude(source="seed").exists()


def test_nobody_can_log_in_as_a_fictitious_owner(seeded):
    owners = User.objects.filter(phone__startswith="+62899")
    assert owners.exists()
    assert not any(owner.check_password("!") or owner.has_usable_password() for owner in owners[:3])
