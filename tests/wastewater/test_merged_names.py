"""After two enterprises are merged: files stay with the old name, and the owner still reads and answers them."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from batikportal.actions.enterprises import merge_enterprise
from batikportal.models import Enterprise, OutboxMessage
from tests.factories import inspections as make
from tests.factories import portal
from tests.factories import wastewater as waste
from wastewater.actions import notices
from wastewater.models import Finding, Inspection, LogMonth, TruckRequest, Violation

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)


def merged(gone: Enterprise, stays: Enterprise) -> Enterprise:
    merge_enterprise(duplicate=gone, into=stays, reason="ganda", by=portal.UserFactory(), at=AT)
    gone.refresh_from_db()
    return gone


def test_names_are_followed_through_every_merger(owner, outsider):
    first, second = portal.EnterpriseFactory(), portal.EnterpriseFactory()
    merged(first, second)
    merged(second, owner.enterprise)
    known = Enterprise.objects.known_to(owner)
    assert set(known) == {first, second, owner.enterprise}
    assert set(Enterprise.objects.names_of(owner.enterprise)) == set(known)
    assert set(Enterprise.objects.names_of(first)) == {first}
    assert set(Enterprise.objects.owned_by(owner)) == {owner.enterprise}
    assert first not in Enterprise.objects.known_to(outsider)


def test_the_owner_reads_the_files_of_the_old_name_and_nobody_else_does(as_user, owner, outsider):
    old = portal.EnterpriseFactory(name="Batik Nama Lama")
    report, finding = make.signed(subject=old), make.decided(subject=old)
    merged(old, owner.enterprise)
    assert set(Inspection.objects.visible_to(owner)) == {report, finding.inspection}
    assert list(Finding.objects.visible_to(owner)) == [finding]
    assert not Inspection.objects.visible_to(outsider).exists()
    assert not Finding.objects.visible_to(outsider).exists()

    guest = as_user(owner)
    listed = guest.get(reverse("wastewater:own-finding-list")).content.decode()
    assert f"Atas nama lama: Batik Nama Lama ({old.registration_number}), sudah digabung." in listed
    own = reverse("wastewater:own-finding", args=[finding.public_id])
    assert guest.get(own).status_code == 200
    assert as_user(portal.MembershipFactory().user).get(own).status_code == 404
    assert guest.get(reverse("wastewater:inspection-report", args=[report.public_id])).status_code == 200
    assert finding.title in guest.get(reverse("workspace")).content.decode()


def test_the_right_of_reply_is_not_lost_by_a_merger(as_user, owner):
    old = portal.EnterpriseFactory()
    finding = make.decided(subject=old)
    merged(old, owner.enterprise)
    as_user(owner).post(
        reverse("wastewater:own-finding-cure", args=[finding.public_id]), {"text": "Pipa sudah ditutup"}
    )
    assert finding.replies.get().text == "Pipa sudah ditutup"
    told = notices.tell(
        kind="decided", template="finding_decided", enterprise=Enterprise.objects.get(pk=old.pk),
        context={"finding": finding}, finding=finding, by=None, at=AT,
    )  # fmt: skip
    assert told == 1
    assert OutboxMessage.objects.filter(recipient=owner, template="finding_decided").count() == 1


def test_decisions_of_the_old_name_are_read_by_the_owner(as_user, owner):
    old = portal.EnterpriseFactory()
    decision = make.decision("in_force", subject=old)
    merged(old, owner.enterprise)
    guest = as_user(owner)
    assert guest.get(reverse("wastewater:own-decision", args=[decision.public_id])).status_code == 200
    assert guest.get(reverse("wastewater:decision-letter", args=[decision.public_id])).status_code == 200


def month(enterprise, first: date, **more) -> LogMonth:
    return waste.LogMonthFactory(enterprise=enterprise, first_day=first, due_on=first.replace(day=28), **more)


def test_months_that_do_not_collide_move_and_the_others_stay_readable(as_user, owner):
    old, new = portal.EnterpriseFactory(name="Batik Nama Lama"), owner.enterprise
    alone, twice = month(old, date(2026, 8, 1)), month(old, date(2026, 9, 1))
    month(new, date(2026, 9, 1))
    line = waste.DischargeLogFactory(month=alone, day=date(2026, 8, 5))
    waste.DischargeLogFactory(month=twice, day=date(2026, 9, 5), volume_l=777)

    merged(old, new)

    alone.refresh_from_db()
    twice.refresh_from_db()
    assert (alone.enterprise, twice.enterprise, line.month) == (new, old, alone)
    guest = as_user(owner)
    page = guest.get(reverse("wastewater:logbook", args=[old.public_id]) + "?bulan=2026-09")
    assert page.status_code == 200
    assert "777" in page.content.decode()
    assert "Batik Nama Lama (nama lama)" in page.content.decode()
    new_line = reverse("wastewater:log-new", args=[old.public_id])
    assert new_line not in page.content.decode()
    assert guest.get(new_line).status_code == 403


def test_a_month_with_visits_of_the_truck_stays_with_the_name_that_asked_for_them(owner):
    old = portal.EnterpriseFactory()
    visited = month(old, date(2026, 10, 1))
    asked = waste.TruckRequestFactory(enterprise=old)
    TruckRequest.objects.filter(pk=asked.pk).update(
        state="scheduled", truck=waste.SuctionTruckFactory(), visit_at=datetime(2026, 10, 5, 2, tzinfo=UTC),
        visit_until=datetime(2026, 10, 5, 4, tzinfo=UTC),
    )  # fmt: skip
    TruckRequest.objects.filter(pk=asked.pk).update(
        state="done", done_on=date(2026, 10, 5), taken_m3=3, hours=1, cost_idr=100000
    )
    waste.DischargeLogFactory(
        month=visited, day=date(2026, 10, 5), kind="pickup", pickup=asked, process="", dye_class="",
        destination="truck", volume_method="", volume_l=3000,
    )  # fmt: skip
    merged(old, owner.enterprise)
    visited.refresh_from_db()
    assert visited.enterprise == old
    assert list(TruckRequest.objects.visible_to(owner)) == [asked]


def test_the_database_lets_a_month_pass_to_the_merged_name_only():
    one, two = portal.EnterpriseFactory(), portal.EnterpriseFactory()
    row = month(one, date(2026, 8, 1))
    with pytest.raises(IntegrityError, match="a month stays with its enterprise"), transaction.atomic():
        LogMonth.objects.filter(pk=row.pk).update(enterprise=two)
    merged(portal.EnterpriseFactory(), two)
    with pytest.raises(IntegrityError, match="a month stays with its enterprise"), connection.cursor() as cursor:
        cursor.execute("UPDATE wastewater_logmonth SET enterprise_id = %s WHERE id = %s", [two.pk, row.pk])


def test_violations_move_and_their_findings_stay_linked(owner):
    old = portal.EnterpriseFactory()
    violation = waste.ViolationFactory(enterprise=old, occurred_on=date(2024, 2, 20), detected_on=date(2024, 2, 20))
    plan = make.planned(subject=old, origin="violation", violation=violation)
    merged(old, owner.enterprise)
    assert Violation.objects.get().enterprise == owner.enterprise
    assert Inspection.objects.get() == plan
    assert Inspection.objects.get().violation == violation
