"""A proven repair reaches the violations that its finding rests on, and only those that a repair can end."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError
from django.urls import reverse

from tests.factories import inspections as make
from tests.factories import portal
from tests.factories import wastewater as waste
from tests.raw_sql import sql
from wastewater import models
from wastewater.actions import enforcement, findings, inspections
from wastewater.models import Violation

pytestmark = pytest.mark.django_db

AFTER, LATER = make.AFTER, make.LATER


def seen(**more) -> Violation:
    """A violation that somebody saw in February 2024."""
    day = date(2024, 2, 20)
    return waste.ViolationFactory(**{"occurred_on": day, "detected_on": day} | more)


def resting_on(*found: Violation, by=None) -> models.Finding:
    """A finding of a signed inspection that rests on these violations, decided against the firm."""
    by = by or portal.UserFactory()
    running = make.ongoing(by=by, subject=found[0].subject)
    made = findings.record_finding(
        inspection=running, aspect="wastewater", title="Pipa ke saluran", description="Terlihat.", violations=found,
        by=by, at=make.AT,
    )  # fmt: skip
    inspections.record_answers(inspection=running, answers=make.answers(running), by=by, at=make.AT)
    inspections.draft_report(
        inspection=running, report_number=f"BAP/L/{running.pk}", ended_at=make.AT, conclusion="-", by=by, at=make.AT
    )
    inspections.sign_report(inspection=running, signature="signed", signer="Wakil", by=by, at=make.AT)
    findings.open_reply(finding=made, by=by, at=make.AT)
    return findings.decide_finding(finding=made, outcome="upheld", reason="Terbukti.", by=by, at=AFTER)


def proven(finding: models.Finding, by=None) -> models.Finding:
    by = by or portal.UserFactory()
    findings.record_cure(finding=finding, cured_on=LATER.date(), note="Pipa ditutup.", by=by, at=LATER)
    return findings.verify_cure(finding=finding, by=by, at=LATER)


def test_a_proven_repair_ends_the_violations_seen_on_the_spot():
    inspector, found = portal.UserFactory(), seen()
    finding = resting_on(found)
    findings.record_cure(finding=finding, cured_on=LATER.date(), note="Pipa ditutup.", by=inspector, at=LATER)
    found.refresh_from_db()
    assert found.state == "open"

    findings.verify_cure(finding=finding, by=inspector, at=LATER)

    found.refresh_from_db()
    assert (found.state, found.resolution, found.resolved_by, found.resolved_on) == (
        "resolved",
        "corrected",
        inspector,
        LATER.date(),
    )
    assert found.resolution_note == f"Perbaikan temuan {finding.number} terbukti: Pipa ke saluran"


def test_a_violation_waits_for_all_its_findings():
    found = seen()
    one, two = resting_on(found), resting_on(found)
    proven(one)
    found.refresh_from_db()
    assert found.state == "open"
    proven(two)
    found.refresh_from_db()
    assert found.state == "resolved"


def test_an_exceedance_waits_for_a_result_and_is_offered_to_a_person(as_user, waste_head, waste_officer):
    sample = waste.verified(
        waste.entry("COD", 300), taken_at=datetime(2024, 2, 2, 2, 0, tzinfo=UTC),
        at=datetime(2024, 2, 10, 2, 0, tzinfo=UTC),
    )  # fmt: skip
    found = Violation.objects.get(enterprise=sample.point.enterprise)
    proven(resting_on(found))
    found.refresh_from_db()
    assert found.state == "open"
    head, officer = (as_user(who).get(found.get_absolute_url()) for who in (waste_head, waste_officer))
    resolve = reverse("wastewater:violation-resolve", args=[found.public_id])
    assert head.content.decode().count(resolve) == 2
    assert "Temuannya sudah selesai" in officer.content.decode()
    assert resolve not in officer.content.decode()


def test_silence_is_never_ended_by_a_repair(as_user, waste_head):
    owed = waste.ObligationFactory()
    found = waste.ViolationFactory(
        kind="non_receipt", enterprise=owed.enterprise, obligation=owed, description="", occurred_on=date(2024, 2, 1),
        detected_on=date(2024, 2, 1),
    )  # fmt: skip
    proven(resting_on(found))
    found.refresh_from_db()
    assert found.state == "open"
    assert owed.get_absolute_url() in as_user(waste_head).get(found.get_absolute_url()).content.decode()


def test_a_closed_case_decides_what_was_seen_on_the_spot():
    by, found = portal.UserFactory(), seen()
    finding = resting_on(found)
    case = enforcement.open_case(findings=[finding], title="Perkara", by=by, at=AFTER)
    enforcement.close_case(case=case, outcome="resolved", note="Selesai di luar.", by=by, at=LATER)
    found.refresh_from_db()
    assert (found.state, found.resolution) == ("resolved", "decided")
    assert found.resolution_note == f"Perkara {case.number} ditutup (Kewajiban dipenuhi): Selesai di luar."


def test_a_finding_rests_on_violations_of_the_same_firm_until_it_is_told():
    found, strange = seen(), seen()
    running = make.ongoing(subject=found.subject)
    with pytest.raises(findings.FindingRefused, match="milik usaha atau IPAL lain"):
        findings.record_finding(
            inspection=running, aspect="wastewater", title="x", description="x", violations=[strange],
            by=portal.UserFactory(), at=make.AT,
        )  # fmt: skip
    told = make.told()
    with pytest.raises(IntegrityError, match="was told to the firm"):
        sql("INSERT INTO wastewater_findingviolation (finding_id, violation_id) VALUES (%s, %s)", told.pk, strange.pk)
    open_one = make.finding()
    with pytest.raises(IntegrityError, match="same firm or plant"):
        sql(
            "INSERT INTO wastewater_findingviolation (finding_id, violation_id) VALUES (%s, %s)",
            open_one.pk,
            strange.pk,
        )


def test_a_finding_is_taken_down_with_the_violation_of_its_inspection(as_user, waste_officer):
    found = seen()
    running = make.planned(subject=found.subject, origin="violation", violation=found)
    inspections.assign_team(
        inspection=running, number="094/L", assigned_on=date(2024, 3, 1), members=[inspections.Member("A", "lead")],
        by=waste_officer, at=make.AT,
    )  # fmt: skip
    inspections.start_inspection(inspection=running, started_at=make.AT, by=waste_officer, at=make.AT)
    address = reverse("wastewater:finding-new", args=[running.public_id])
    officer = as_user(waste_officer)
    assert officer.get(address).context["form"]["violations"].value() == [found.public_id]
    officer.post(
        address,
        {"aspect": "wastewater", "title": "Pipa", "description": "Terlihat", "violations": [str(found.public_id)]},
    )
    finding = running.findings.get()
    assert list(finding.violations.all()) == [found]
    assert finding.number in officer.get(found.get_absolute_url()).content.decode()
    assert found.get_absolute_url() in officer.get(finding.get_absolute_url()).content.decode()
