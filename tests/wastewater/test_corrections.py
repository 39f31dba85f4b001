"""Corrections of verified results: who may, what follows, and what the database refuses by any path."""

from datetime import UTC, datetime
from decimal import Decimal
from threading import Barrier, Thread

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, InternalError, connection, transaction
from django.test.utils import CaptureQueriesContext

from batikportal.contracts import Period, Scope
from tests.factories import corrections as factories
from tests.factories import portal, wastewater
from tests.raw_sql import sql
from wastewater import actions as sample_actions
from wastewater.actions import corrections as actions
from wastewater.alerts.corrections import find_waiting_corrections
from wastewater.models import Evaluation, Result, ResultCorrection, Violation

pytestmark = pytest.mark.django_db

entry, figure, requested = wastewater.entry, factories.figure, factories.requested
LATER = datetime(2026, 3, 25, 2, 0, tzinfo=UTC)
REFUSED = (IntegrityError, InternalError)


def applied(correction: ResultCorrection, **more) -> ResultCorrection:
    return actions.apply_correction(correction=correction, by=portal.UserFactory(), at=LATER, **more)


def verdicts(result: Result) -> list[tuple]:
    return list(result.evaluations.order_by("pk").values_list("reported", "verdict", "is_current"))


def test_asking_changes_nothing_yet():
    correction = requested()

    assert verdicts(correction.result) == [("=300 mg/L", "exceeds", True)]
    assert Result.objects.get().value == 300


def test_applied_the_figure_is_judged_anew_and_counts_and_violations_follow():
    sample = wastewater.published(entry("COD", 300), entry("TSS", 20))
    correction = applied(requested(result=sample.results.get(parameter__code="COD")))

    sample.refresh_from_db()
    assert (sample.state, sample.exceeds_count, sample.meets_count) == ("published", 0, 2)
    assert verdicts(correction.result) == [("=300 mg/L", "exceeds", False), ("=130 mg/L", "meets", True)]
    assert list(Violation.objects.values_list("state", flat=True)) == ["withdrawn"]
    assert (correction.old_reported, correction.new_reported) == ("300 mg/L", "130 mg/L")


def test_a_corrected_figure_over_the_limit_becomes_a_violation():
    sample = wastewater.verified(entry("COD", 100))
    applied(requested(figure(310), result=sample.results.get()))

    assert list(Violation.objects.values_list("state", "evaluation__reported")) == [("open", "=310 mg/L")]


def test_qualifier_unit_and_detection_limit_change_too():
    sample = wastewater.verified(entry("FENOL", "0.01"))
    wanted = figure("0.2", "<", unit="mg/L", detection_limit=Decimal("0.2"))
    applied(requested(wanted, result=sample.results.get()))
    applied(requested(figure(5, unit="µg/L"), result=sample.results.get()))

    stored = sample.results.get()
    assert (stored.qualifier, stored.value, stored.unit, stored.detection_limit) == ("=", 5, "µg/L", None)
    assert ResultCorrection.objects.count() == 2


def test_refused_the_figure_stays_and_the_reason_is_kept():
    correction = requested()
    actions.refuse_correction(correction=correction, note="Laporan benar", by=portal.UserFactory(), at=LATER)

    correction.refresh_from_db()
    assert (correction.state, correction.decision_note) == ("refused", "Laporan benar")
    assert correction.result.value == 300
    requested(result=correction.result)


def test_who_asks_does_not_decide():
    asker = portal.UserFactory()
    correction = requested(by=asker)
    with pytest.raises(actions.CorrectionRefused, match="Anda sendiri"):
        actions.apply_correction(correction=correction, by=asker, at=LATER)
    with pytest.raises(actions.CorrectionRefused, match="Anda sendiri"):
        actions.refuse_correction(correction=correction, note="x", by=asker, at=LATER)
    with pytest.raises(REFUSED):
        sql(
            "UPDATE wastewater_resultcorrection SET state = 'applied', decided_by_id = requested_by_id, "
            "decided_at = now()"
        )


def test_only_verified_results_are_corrected():
    open_one = wastewater.resulted(entry("COD", 300))
    with pytest.raises(actions.CorrectionRefused, match="Hanya hasil yang sudah diverifikasi"):
        requested(result=open_one.results.get())
    correction = requested()
    sample_actions.void_sample(sample=correction.result.sample, reason="Botol tertukar", by=None, at=LATER)
    with pytest.raises(actions.CorrectionRefused, match="sudah digugurkan"):
        applied(correction)
    with pytest.raises(REFUSED):
        sql(
            "UPDATE wastewater_resultcorrection SET state = 'applied', decided_by_id = %s, decided_at = now()",
            portal.UserFactory().pk,
        )


@pytest.mark.parametrize(
    ("wanted", "message"),
    [(figure(300), "sama dengan angka semula"), (figure(-1), "tidak boleh negatif")],
)
def test_what_changes_nothing_or_cannot_be_is_refused(wanted, message):
    with pytest.raises(actions.CorrectionRefused, match=message):
        requested(wanted)


def test_one_request_at_a_time_per_result():
    correction = requested()
    with pytest.raises(actions.CorrectionRefused, match="menunggu keputusan"):
        requested(figure(120), result=correction.result)


@pytest.mark.parametrize(
    "change",
    [
        "value = 130",
        "value = 300, method = 'lain'",
        "qualifier = '<'",
        "unit = 'µg/L'",
        "detection_limit = 2",
        "note = 'x'",
    ],
)
@pytest.mark.parametrize("decided", [False, True])
def test_raw_sql_never_changes_a_verified_result(change, decided):
    """Not while a correction waits, nor after one was applied, nor back to where it came from."""
    correction = requested()
    if decided:
        applied(correction)
        applied(requested(figure(300), result=correction.result))
    with pytest.raises(REFUSED):
        sql(f"UPDATE wastewater_result SET {change}")


def test_raw_sql_through_a_correction_changes_exactly_that_figure():
    correction = requested()
    sql(
        "UPDATE wastewater_resultcorrection SET state = 'applied', decided_by_id = %s, decided_at = now()",
        portal.UserFactory().pk,
    )

    assert Result.objects.values_list("pk", "value").get() == (correction.result_id, 130)


@pytest.mark.parametrize(
    "change",
    ["new_value = 1", "old_value = 1", "reason = 'lain'", "state = 'requested'", "requested_by_id = NULL"],
)
def test_a_decided_correction_stands(change):
    applied(requested())
    with pytest.raises(REFUSED):
        sql(f"UPDATE wastewater_resultcorrection SET {change}")


def test_corrections_are_not_deleted():
    requested()
    with pytest.raises(REFUSED):
        sql("DELETE FROM wastewater_resultcorrection")


@pytest.mark.parametrize(
    "wrong",
    [
        {"old_value": 299},
        {"state": "applied"},
        {"reason": ""},
        {"new_value": 300},
        {"new_value": -1},
        {"new_unit": "pH", "new_value": 15},
        {"new_detection_limit": 0},
    ],
)
def test_the_database_refuses_an_untrue_request(wrong):
    sample = wastewater.verified(entry("COD", 300))
    facts = {
        "result": sample.results.get(),
        "old_qualifier": "=",
        "old_value": 300,
        "old_unit": "mg/L",
        "new_qualifier": "=",
        "new_value": 130,
        "new_unit": "mg/L",
        "reason": "Salah ketik",
        "evidence": factories.EvidenceFactory(),
        "requested_by": portal.UserFactory(),
        "requested_at": LATER,
    }
    with pytest.raises(REFUSED), transaction.atomic():
        ResultCorrection.objects.create(**facts | wrong)
    ResultCorrection.objects.create(**facts)


@pytest.mark.django_db(transaction=True)
def test_two_people_decide_at_once_and_one_of_them_is_told():
    correction = requested()
    deciders = [portal.UserFactory(), portal.UserFactory()]
    start, told = Barrier(2), []

    def decide(by) -> None:
        start.wait()
        try:
            actions.apply_correction(correction=correction, by=by, at=LATER)
            told.append("applied")
        except actions.CorrectionRefused as refusal:
            told.append(str(refusal))
        finally:
            connection.close()

    threads = [Thread(target=decide, args=[by]) for by in deciders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(told) == ["Koreksi ini sudah diputus. Muat ulang halaman ini.", "applied"]
    assert Evaluation.objects.filter(result=correction.result).count() == 2


def test_alert_until_somebody_decides():
    correction = requested()
    scope = Scope(Period(LATER.date(), LATER.date()), None, LATER.date())

    found = find_waiting_corrections(scope)
    assert [(one.url, one.due_on.isoformat()) for one in found.items] == [(correction.get_absolute_url(), "2026-03-27")]
    applied(correction)
    assert find_waiting_corrections(scope).total == 0


def upload() -> SimpleUploadedFile:
    return SimpleUploadedFile("perbaikan.pdf", b"%PDF-1.4 isi", "application/pdf")


def test_officer_asks_and_head_applies_on_the_pages(as_user, waste_officer, waste_head):
    sample = wastewater.published(entry("COD", 300))
    url = f"/air-limbah/sampel/{sample.public_id}/koreksi/COD/"
    officer, head = as_user(waste_officer), as_user(waste_head)
    assert url in officer.get(sample.get_absolute_url()).content.decode()
    form = {"figure": "130", "unit": "mg/L|", "detection_limit": "", "reason": "Salah ketik"}

    answer = officer.post(url, form | {"figure": "1.2.3", "reason": ""})
    assert set(answer.context["form"].errors) == {"figure", "reason", "evidence"}
    answer = officer.post(url, form | {"evidence": SimpleUploadedFile("x.pdf", b"bukan pdf")})
    assert "Jenis berkas tidak diterima" in answer.content.decode()
    answer = officer.post(url, form | {"evidence": upload()})
    made = ResultCorrection.objects.get()
    assert answer.url == made.get_absolute_url()

    page = officer.get(made.get_absolute_url()).content.decode()
    assert "Rekan lain yang memutusnya" in page
    assert "terapkan/" not in page
    apply_url = f"{made.get_absolute_url()}terapkan/"
    assert officer.post(apply_url).status_code == 403
    assert b"".join(head.get(f"{made.get_absolute_url()}bukti/").streaming_content) == b"%PDF-1.4 isi"
    assert head.post(apply_url).url == sample.get_absolute_url()

    page = head.get(sample.get_absolute_url()).content.decode()
    assert "dikoreksi" in page
    assert "semula 300 mg/L" in page
    assert "Diterbitkan" in page
    assert "dikoreksi" in head.get("/air-limbah/hasil/").content.decode()


def test_head_who_asked_is_sent_to_a_colleague(as_user, waste_head):
    correction = requested(by=waste_head)
    answer = as_user(waste_head).post(f"{correction.get_absolute_url()}terapkan/")

    assert "Anda sendiri yang mengajukan" in answer.content.decode()
    assert Result.objects.get().value == 300


def test_head_refuses_with_a_reason(as_user, waste_head):
    correction = requested()
    url = f"{correction.get_absolute_url()}tolak/"

    assert as_user(waste_head).post(url, {"note": " "}).context["form"].errors["note"]
    as_user(waste_head).post(url, {"note": "Laporan benar"})
    correction.refresh_from_db()
    assert (correction.state, correction.decided_by) == ("refused", waste_head)


def test_owner_sees_the_old_value_on_her_sample_but_no_list(as_user, owner):
    point = wastewater.EnterprisePointFactory(enterprise=owner.enterprise)
    sample = wastewater.verified(entry("COD", 300), point=point)
    correction = applied(requested(result=sample.results.get()))
    browser = as_user(owner)

    page = browser.get(sample.get_absolute_url()).content.decode()
    assert "semula 300 mg/L" in page
    assert "Salah ketik" in page
    assert "Ajukan koreksi" not in page
    assert browser.get(correction.get_absolute_url()).status_code == 403
    assert browser.get("/air-limbah/koreksi/").status_code == 403


def test_a_correction_outside_ones_area_is_not_found(as_user, waste_head):
    inside, outside = requested(), requested()
    point = outside.result.sample.point
    type(point).objects.filter(pk=point.pk).update(ward=portal.ward("Krapyak"))
    waste_head.role_assignments.update(area=inside.result.sample.point.ward.parent)
    browser = as_user(waste_head)

    assert browser.get(inside.get_absolute_url()).status_code == 200
    assert browser.get(outside.get_absolute_url()).status_code == 404
    assert browser.post(f"{outside.get_absolute_url()}terapkan/").status_code == 404


def test_unknown_parameter_or_sample_is_not_found(as_user, waste_officer):
    sample = wastewater.verified(entry("COD", 300))
    browser = as_user(waste_officer)

    assert browser.get(f"/air-limbah/sampel/{sample.public_id}/koreksi/TSS/").status_code == 404
    unverified = wastewater.resulted(entry("COD", 300))
    answer = browser.get(f"/air-limbah/sampel/{unverified.public_id}/koreksi/COD/")
    assert answer.url == unverified.get_absolute_url()


def test_list_filters_exports_and_asks_as_often_for_many_as_for_one(as_user, waste_head):
    requested()
    browser = as_user(waste_head)
    browser.get("/air-limbah/koreksi/")
    with CaptureQueriesContext(connection) as one:
        browser.get("/air-limbah/koreksi/")
    applied(requested())
    for _number in range(8):
        requested()
    with CaptureQueriesContext(connection) as many:
        browser.get("/air-limbah/koreksi/")
    assert len(many) == len(one)

    assert browser.get("/air-limbah/koreksi/?keadaan=applied").context["page"].paginator.count == 1
    assert browser.get("/air-limbah/koreksi/?cari=tidak-ada").context["page"].paginator.count == 0
    lines = browser.get("/air-limbah/koreksi.csv?keadaan=applied").content.decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert "300 mg/L;130 mg/L;Salah ketik;Diterapkan" in lines[1]
