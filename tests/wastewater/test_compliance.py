"""The quarterly status: computed from rows, frozen by a lock that no path gets around, revised only in sight."""

import threading
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, InternalError, connection, transaction
from django.db.utils import DatabaseError
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from batikportal.contracts import Period, Scope
from batikportal.models import Area, User
from tests.factories import portal
from tests.factories import wastewater as factories
from wastewater import actions as samples
from wastewater import indicators, models, periodic
from wastewater.actions import compliance as actions
from wastewater.actions import obligations
from wastewater.alerts import duties as alerts
from wastewater.datasets import compliance as datasets
from wastewater.models import ComplianceStatus, QuarterLock
from wastewater.rules import duties

pytestmark = pytest.mark.django_db

entry = factories.entry
FIRST = duties.quarter_of(date(2026, 3, 1))
AT = datetime(2026, 4, 20, 3, 0, tzinfo=UTC)


def taken(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T02:00:00+00:00")


def sampled(point, day: str, *entries) -> models.Sample:
    return factories.verified(*entries, point=point, taken_at=taken(day), at=AT)


def computed(subject, quarter=FIRST) -> ComplianceStatus:
    actions.recompute(quarter=quarter, at=AT)
    return ComplianceStatus.objects.of(subject).get(quarter_start=quarter.start)


def test_two_of_three_over_the_limit_in_six_months_is_significant():
    point = factories.EnterprisePointFactory()
    sampled(point, "2025-10-06", entry("COD", 160))
    sampled(point, "2025-12-01", entry("COD", 100))
    sampled(point, "2026-02-02", entry("COD", 160))
    status = computed(point.enterprise)

    assert (status.level, status.exceeds_count, status.meets_count, status.violations_count) == ("significant", 1, 0, 1)
    assert status.reasons == [{"reason": "chronic", "parameter": "COD", "count": 2, "of": 3}]
    assert status.rule.version == "1"


def test_results_before_the_window_and_unverified_or_void_ones_do_not_count():
    point = factories.EnterprisePointFactory()
    sampled(point, "2025-09-30", entry("COD", 999))
    factories.resulted(entry("COD", 999), point=point, taken_at=taken("2026-02-09"))
    void = sampled(point, "2026-02-10", entry("COD", 999))
    samples.void_sample(sample=void, reason="Tertukar", by=None, at=AT)
    sampled(point, "2026-02-11", entry("COD", 100))
    status = computed(point.enterprise)

    assert (status.level, status.meets_count, status.exceeds_count) == ("compliant", 1, 0)


def test_one_of_three_far_over_the_limit_is_significant_by_its_factor():
    codes = {"BOD5": (60, "1.3"), "COD": (150, "1.3")}
    levels = {}
    for code, (limit, times) in codes.items():
        point = factories.EnterprisePointFactory()
        sampled(point, "2026-01-05", entry(code, limit * Decimal(times)))
        sampled(point, "2026-02-02", entry(code, limit))
        sampled(point, "2026-03-02", entry(code, limit))
        levels[code] = computed(point.enterprise).level

    assert levels == {"BOD5": "minor", "COD": "significant"}


def test_nothing_decided_is_undecided_and_never_compliant():
    silent, blurred = factories.EnterprisePointFactory(), factories.EnterprisePointFactory()
    sampled(blurred, "2026-02-02", entry("SULFIDA", "0.5", "<"))

    assert computed(silent.enterprise).level == "undecided"
    status = computed(blurred.enterprise)
    assert (status.level, status.undecided_count) == ("undecided", 1)


def test_silence_makes_minor_and_after_enough_days_significant():
    owed = factories.ObligationFactory(due_on=date(2026, 3, 20))
    periodic.follow_duties(AT)
    status = computed(owed.enterprise)
    assert (status.level, status.not_reported_count, status.obligations_count) == ("minor", 1, 1)

    models.Obligation.objects.update(due_on=date(2026, 3, 6))
    status = computed(owed.enterprise)
    assert (status.level, status.reasons) == (
        "significant",
        [{"reason": "late", "parameter": "", "count": 45, "of": 45}],
    )


def test_a_waived_obligation_weighs_nothing(waste_head):
    owed = factories.ObligationFactory(due_on=date(2026, 3, 6))
    periodic.follow_duties(AT)
    obligations.waive_obligation(obligation=owed, reason="Tutup", by=waste_head, at=AT)

    actions.recompute(quarter=FIRST, at=AT)
    assert not ComplianceStatus.objects.of(owed.enterprise).filter(quarter_start=FIRST.start).exists()


def test_computing_again_writes_nothing_and_a_changed_fact_one_row():
    point = factories.EnterprisePointFactory()
    factories.EnterprisePointFactory()
    sampled(point, "2026-02-02", entry("COD", 100))
    assert actions.recompute(quarter=FIRST, at=AT) == 2
    assert actions.recompute(quarter=FIRST, at=AT) == 0

    sampled(point, "2026-03-02", entry("COD", 160))
    assert actions.recompute(quarter=FIRST, at=AT) == 1


def test_computing_has_the_same_number_of_queries_for_many_subjects():
    def count() -> int:
        with CaptureQueriesContext(connection) as seen:
            actions.recompute(quarter=FIRST, at=AT)
        return len(seen)

    factories.EnterprisePointFactory()
    one = count()
    for _number in range(8):
        factories.EnterprisePointFactory()
    assert count() == one


def _locked(head) -> models.DischargePoint:
    point = factories.EnterprisePointFactory()
    sampled(point, "2026-02-02", entry("COD", 100))
    actions.lock_quarter(quarter=FIRST, by=head, at=AT)
    return point


def test_locking_computes_a_last_time_and_only_once(waste_head):
    point = _locked(waste_head)

    assert ComplianceStatus.objects.of(point.enterprise).get().level == "compliant"
    with pytest.raises(actions.QuarterRefused):
        actions.lock_quarter(quarter=FIRST, by=waste_head, at=AT)
    with pytest.raises(actions.QuarterRefused):
        actions.lock_quarter(quarter=duties.quarter_of(date(2026, 4, 1)), by=waste_head, at=AT)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE wastewater_compliancestatus SET level = 'minor'",
        "UPDATE wastewater_compliancestatus SET quarter_start = '2026-04-01'",
        "DELETE FROM wastewater_compliancestatus",
        "INSERT INTO wastewater_compliancestatus (public_id, created_at, source, enterprise_id, quarter_start, level,"
        " reasons, meets_count, exceeds_count, undecided_count, obligations_count, not_reported_count, late_count,"
        " violations_count, computed_at, rule_id) SELECT gen_random_uuid(), now(), 'api', e.id, '2026-01-01', 'minor',"
        " '[]', 0, 0, 0, 0, 0, 0, 0, now(), r.id FROM batikportal_enterprise e, wastewater_compliancerule r LIMIT 1",
        "UPDATE wastewater_compliancerule SET chronic_share = 0.9",
        "DELETE FROM wastewater_quarterlock",
        "UPDATE wastewater_quarterlock SET quarter_start = '2025-10-01'",
        "UPDATE wastewater_quarterlock SET unlocked_at = now()",
        "UPDATE wastewater_quarterlock SET unlocked_at = now(), unlocked_by_id = locked_by_id",
    ],
)
def test_no_path_changes_a_locked_quarter(statement, waste_head):
    _locked(waste_head)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_database_locks_no_quarter_that_is_not_over(waste_head):
    with pytest.raises(IntegrityError), transaction.atomic():
        QuarterLock.objects.create(quarter_start=date(2026, 4, 1), locked_at=AT, locked_by=waste_head)
    with pytest.raises(IntegrityError), transaction.atomic():
        QuarterLock.objects.create(quarter_start=date(2026, 2, 1), locked_at=AT, locked_by=waste_head)


def test_late_data_is_a_revision_until_somebody_unlocks_with_a_reason(waste_head, as_user):
    point = _locked(waste_head)
    sampled(point, "2026-03-02", entry("COD", 160))
    sampled(point, "2026-03-09", entry("COD", 160))
    periodic.follow_duties(AT)
    assert ComplianceStatus.objects.of(point.enterprise).get(quarter_start=FIRST.start).level == "compliant"

    browser = as_user(waste_head)
    shown = browser.get("/air-limbah/ketaatan/2026-T1/").context["revisions"]
    assert [(one["subject"], one["written"], one["now"], one["exceeds"]) for one in shown] == [
        (point.enterprise, "Taat", "Tidak taat signifikan", (0, 2))
    ]

    url = "/air-limbah/ketaatan/2026-T1/buka/"
    assert browser.post(url, {"reason": " "}).context["form"].errors.keys() == {"reason"}
    browser.post(url, {"reason": "Hasil laboratorium Maret terlambat"})
    assert ComplianceStatus.objects.of(point.enterprise).get(quarter_start=FIRST.start).level == "significant"
    lock = QuarterLock.objects.get()
    assert (lock.unlocked_by, lock.unlock_reason) == (waste_head, "Hasil laboratorium Maret terlambat")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE wastewater_quarterlock SET unlock_reason = 'lain'")


def test_only_the_head_locks(as_user, waste_officer, leader):
    for person in (waste_officer, leader):
        assert as_user(person).post("/air-limbah/ketaatan/2026-T1/kunci/").status_code == 403
    assert as_user(leader).get("/air-limbah/ketaatan/2026-T9/").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_a_status_written_while_the_quarter_is_being_locked_is_refused(waste_head):
    point = factories.EnterprisePointFactory()
    rule = models.ComplianceRule.objects.get()
    locked, refused = threading.Event(), []

    def write() -> None:
        locked.wait(5)
        try:
            ComplianceStatus.objects.create(
                enterprise=point.enterprise, quarter_start=FIRST.start, level="minor", rule=rule, computed_at=AT
            )
        except InternalError:
            refused.append("internal")
        except IntegrityError:
            refused.append("integrity")
        finally:
            connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    with transaction.atomic():
        QuarterLock.objects.create(
            quarter_start=FIRST.start, locked_at=AT, locked_by=User.objects.get(pk=waste_head.pk)
        )
        locked.set()
        writer.join(0.4)
        assert writer.is_alive()
    writer.join(5)

    assert refused == ["integrity"]
    assert ComplianceStatus.objects.count() == 0


def board(browser, query: str = "") -> list:
    return [row.subject for row in browser.get(f"/air-limbah/ketaatan/{query}").context["rows"]]


@pytest.fixture
def in_april(monkeypatch):
    """The clock of the views stands on 20 April 2026."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT)


def test_board_filters_by_status_of_a_quarter_and_exports(as_user, leader, in_april):
    good = factories.EnterprisePointFactory(enterprise__name="Batik Contoh A")
    bad = factories.PlantPointFactory(plant__name="IPAL Contoh Z")
    sampled(good, "2026-02-02", entry("COD", 100))
    sampled(bad, "2026-02-02", entry("COD", 999))
    sampled(bad, "2026-03-02", entry("COD", 999))
    periodic.follow_duties(AT)
    browser = as_user(leader)

    assert board(browser) == [good.enterprise, bad.plant]
    assert board(browser, "?status=significant&triwulan=2026-T1") == [bad.plant]
    assert board(browser, "?status=compliant&triwulan=2026-T1") == [good.enterprise]
    assert board(browser, "?jenis=plant") == [bad.plant]
    assert board(browser, "?cari=contoh a") == [good.enterprise]
    assert browser.get("/air-limbah/ketaatan/?triwulan=entah").context["filter"].errors.keys() == {"triwulan"}
    lines = browser.get("/air-limbah/ketaatan.csv?jenis=plant").content.decode("utf-8-sig").splitlines()
    assert [line.split(";")[2:4] for line in lines[1:]][1] == ["2026-T1", "Tidak taat signifikan"]


def test_board_and_status_page_have_constant_queries(as_user, waste_head, in_april):
    browser = as_user(waste_head)
    point = factories.EnterprisePointFactory()
    sampled(point, "2026-02-02", entry("COD", 160))
    actions.recompute(quarter=FIRST, at=AT)
    url = ComplianceStatus.objects.get().get_absolute_url()

    def queries(address: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            assert browser.get(address).status_code == 200
        return len(seen)

    queries(url)
    before = queries("/air-limbah/ketaatan/"), queries(url)
    for number in range(10):
        sampled(factories.EnterprisePointFactory(), "2026-02-02", entry("COD", 160))
        sampled(point, f"2026-03-{number + 1:02d}", entry("COD", 160), entry("BOD5", 90))
    actions.recompute(quarter=FIRST, at=AT)
    assert (queries("/air-limbah/ketaatan/"), queries(url)) == before


def test_owner_reads_why_her_status_is_so_and_no_other(as_user, owner, in_april):
    mine = factories.EnterprisePointFactory(enterprise=owner.enterprise)
    other = factories.EnterprisePointFactory()
    for point in (mine, other):
        sampled(point, "2026-02-02", entry("COD", 160))
        sampled(point, "2026-03-02", entry("COD", 160))
    actions.recompute(quarter=FIRST, at=AT)
    browser = as_user(owner)

    page = browser.get(ComplianceStatus.objects.of(owner.enterprise).get().get_absolute_url()).content.decode()
    assert "2 dari 2 hasil melebihi baku mutu" in page
    assert "Aturan pengelolaan, bukan ketentuan hukum" in page
    assert browser.get(ComplianceStatus.objects.of(other.enterprise).get().get_absolute_url()).status_code == 404
    assert browser.get("/air-limbah/ketaatan/").status_code == 403


def scope(area=None) -> Scope:
    return Scope(Period(date(2026, 1, 1), date(2026, 3, 31)), area, date(2026, 4, 20))


@pytest.mark.parametrize("area", [None, "Pekalongan Utara"])
def test_significant_cases_equal_the_rows_behind_them(area, as_user, leader, in_april):
    for ward in ("Krapyak", "Kauman"):
        point = factories.EnterprisePointFactory(ward=portal.ward(ward), enterprise__ward=portal.ward(ward))
        sampled(point, "2026-02-02", entry("COD", 160))
        sampled(point, "2026-03-02", entry("COD", 160))
    factories.PlantPointFactory(plant__ward=portal.ward("Krapyak"))
    actions.recompute(quarter=FIRST, at=AT)
    chosen = scope(Area.objects.get(name=area) if area else None)
    item = next(one for one in indicators.INDICATORS if one.code == "wastewater.significant_cases")
    reading = item.read(chosen)

    assert (reading.value, reading.denominator) == ((1, 2) if area else (2, 3))
    assert as_user(leader).get(item.rows(chosen)).context["page"].paginator.count == reading.value


def test_no_status_is_no_data():
    item = next(one for one in indicators.INDICATORS if one.code == "wastewater.significant_cases")
    assert item.read(scope()).value is None


def test_compliance_figure_tells_of_duties_not_met():
    factories.ObligationFactory(due_on=date(2026, 3, 20))
    item = next(one for one in indicators.INDICATORS if one.code == "wastewater.compliance")
    assert "1 kewajiban uji atau lapor tidak dipenuhi" in item.read(scope()).note


def test_alerts_name_what_is_overdue_unanswered_and_unlocked(as_user, waste_head):
    owed = factories.ObligationFactory(due_on=date(2026, 3, 20))
    seen = factories.ViolationFactory()
    factories.ViolationFactory(enterprise=seen.enterprise, occurred_on=date(2026, 3, 2))
    factories.ViolationFactory(detected_on=date(2026, 4, 10), occurred_on=date(2026, 4, 9))
    actions.recompute(quarter=FIRST, at=AT)

    assert [(one.url, one.due_on) for one in alerts.find_overdue(scope()).items] == [
        (owed.get_absolute_url(), date(2026, 3, 20))
    ]
    # One line for a firm with all that is open, and a click opens just these rows.
    waiting = alerts.find_without_action(scope())
    assert [(one.subject, one.due_on, one.detail) for one in waiting.items] == [
        (seen.enterprise.name, date(2026, 3, 19), "2 pelanggaran terbuka")
    ]
    assert waiting.total == 1
    assert as_user(waste_head).get(waiting.items[0].url).context["page"].paginator.count == 2
    assert [(one.url, one.due_on) for one in alerts.find_unlocked(scope()).items] == [
        ("/air-limbah/ketaatan/2026-T1/", date(2026, 5, 15))
    ]
    actions.lock_quarter(quarter=FIRST, by=waste_head, at=AT)
    assert alerts.find_unlocked(scope()).items == []


def test_open_data_counts_locked_quarters_without_small_cells(waste_head):
    for _number in range(6):
        sampled(factories.EnterprisePointFactory(), "2026-02-02", entry("COD", 100))
    sampled(factories.EnterprisePointFactory(), "2026-02-02", entry("COD", 160))
    actions.recompute(quarter=FIRST, at=AT)
    assert datasets.quarterly_status() == []

    actions.lock_quarter(quarter=FIRST, by=waste_head, at=AT)
    district = portal.ward().parent.name
    assert datasets.quarterly_status() == [("2026-T1", district, "1", None, None, 0, 0)]


def test_a_rule_in_use_can_still_be_ended(waste_head):
    _locked(waste_head)
    models.ComplianceRule.objects.update(valid_until=date(2026, 12, 31))
    assert models.ComplianceRule.objects.get().valid_until == date(2026, 12, 31)


def test_admin_tells_of_overlaps_and_leaves_a_rule_in_use_alone(as_user, waste_head):
    browser = as_user(waste_head)
    point = factories.EnterprisePointFactory()
    fields = {
        "point": point.pk, "parameter_set": models.ParameterSet.objects.get(code="effluent-monthly").pk,
        "frequency": "monthly", "grace_days": 30, "legal_basis": "Dasar contoh", "confidence": "M",
        "valid_from": "2026-01-01",
    }  # fmt: skip
    url = "/admin/wastewater/monitoringschedule/add/"
    assert browser.post(url, fields).status_code == 302
    again = browser.post(url, fields | {"valid_from": "2026-06-01"})
    assert "Titik ini sudah punya jadwal" in again.content.decode()
    wrong = browser.post(url, fields | {"kind": models.DutyKind.objects.get(code="plant-log").pk})
    assert "dipenuhi dengan laporan" in wrong.content.decode()

    actions.recompute(quarter=FIRST, at=AT)
    rule = models.ComplianceRule.objects.get()
    page = browser.get(f"/admin/wastewater/compliancerule/{rule.pk}/change/").content.decode()
    assert 'name="valid_until"' in page
    assert 'name="chronic_share"' not in page


def test_the_work_list_is_narrowed_to_one_kind_of_work(as_user, waste_officer):
    factories.ObligationFactory(due_on=date(2026, 3, 20))
    factories.ViolationFactory()
    guest = as_user(waste_officer)

    def shown(kind: str) -> set[str]:
        page = guest.get(reverse("work-list"), {"jenis": kind})
        return {task.rule.code for task in page.context["page"].object_list}

    wanted = {"wastewater.overdue_obligation", "wastewater.violation_without_action"}
    assert wanted <= shown("")
    for kind in wanted:
        assert shown(kind) == {kind}
    offered = guest.get(reverse("work-list")).context["asked"].form.fields["jenis"].choices
    assert not [code for code, _title in offered if code.startswith("workforce.")]
    assert guest.get(reverse("work-list"), {"jenis": "entah"}).status_code == 200
