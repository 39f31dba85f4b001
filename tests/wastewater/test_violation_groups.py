"""The list of violations, one line for what belongs together, and the steps for several lines at once."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import inspections
from tests.factories import wastewater as factories
from wastewater.actions import violation_batches as batches
from wastewater.actions import violations
from wastewater.choices.inspections import InspectionOrigin
from wastewater.models import Inspection, InspectionViolation, Obligation, Violation
from wastewater.queries.violation_groups import page_of_groups

pytestmark = pytest.mark.django_db

entry = factories.entry
AT = datetime(2026, 5, 20, 2, 0, tzinfo=UTC)
LIST = reverse("wastewater:violation-list")


def over_twice(**more):
    return factories.verified(entry("COD", 300), entry("BOD5", 180), **more)


def silent(count: int) -> list[Obligation]:
    """Reports of one kind and firm that did not come."""
    made = [factories.ObligationFactory()]
    for month in range(4, 3 + count):
        made.append(
            factories.ObligationFactory(
                enterprise=made[0].enterprise,
                period_start=date(2026, month, 1),
                period_end=date(2026, month, 28),
                due_on=date(2026, month + 1, 15),
            )
        )
    violations.follow_obligations(at=datetime(2026, 12, 20, 2, 0, tzinfo=UTC))
    return made


def seen(subject, **more) -> Violation:
    given = {"kind": "narrative", "occurred_on": date(2026, 5, 4), "description": "Pipa ke selokan"} | more
    return violations.record_violation(subject=subject, **given, by=None, at=AT)


def lines(order="-terjadi"):
    page = page_of_groups(Violation.objects.all(), order=order, number=None, size=25)
    return [(str(group.first.subject), group.title, group.words) for group in page]


def test_one_line_for_a_sample_with_its_ratios_one_for_a_kind_of_report_one_for_what_was_seen():
    sample = over_twice()
    firm = sample.point.enterprise
    owed = silent(3)
    seen(firm)

    assert lines() == [
        (str(owed[0].enterprise), str(owed[0].kind), "3 laporan tidak diterima, Januari 2026 – Mei 2026"),
        (str(firm), "Pelanggaran lain", "Pipa ke selokan"),
        (str(firm), f"Sampel {sample.number}", "BOD 3,0×, COD 2,0×"),
    ]


def test_the_page_counts_violations_and_opens_the_rows_of_the_filter(as_user, waste_officer):
    sample = over_twice()
    seen(sample.point.enterprise)
    page = as_user(waste_officer).get(LIST, {"keadaan": "open", "jenis": "limit"})

    groups = list(page.context["page"])
    assert (page.context["count"], len(groups), {row.kind for group in groups for row in group.rows}) == (
        2,
        1,
        {"limit"},
    )


def test_the_list_costs_the_same_with_one_line_and_with_thirty(as_user, waste_officer):
    client = as_user(waste_officer)
    over_twice()
    client.get(LIST)
    with CaptureQueriesContext(connection) as one:
        client.get(LIST)
    for _number in range(20):
        over_twice()
    with CaptureQueriesContext(connection) as many:
        client.get(LIST)
    assert len(many) == len(one)


def tick(*rows) -> str:
    return " ".join(str(row.public_id) for row in rows)


def test_ending_several_names_those_that_wait_for_their_report(as_user, waste_head):
    over_twice()
    silent(1)
    chosen = {"pilih": tick(*Violation.objects.all())}
    client = as_user(waste_head)

    asked = client.post(reverse("wastewater:violations-resolve"), chosen)
    assert (asked.context["possible_count"], len(asked.context["refused"])) == (2, 1)
    assert set(Violation.objects.values_list("state", flat=True)) == {"open"}

    done = client.post(
        reverse("wastewater:violations-resolve"),
        chosen | {"yakin": "1", "how": "corrected", "note": "Bak diperbaiki", "saringan": "keadaan=open"},
        follow=True,
    )
    assert done.redirect_chain == [(f"{LIST}?keadaan=open", 302)]
    told = [str(message) for message in done.context["messages"]]
    assert told[0] == "Dinyatakan selesai: 2 pelanggaran."
    assert ["hanya selesai bila laporan diterima" in line for line in told[1:]] == [True]
    assert list(Violation.objects.order_by("kind").values_list("kind", "state", "resolved_by")) == [
        ("limit", "resolved", waste_head.pk),
        ("limit", "resolved", waste_head.pk),
        ("non_receipt", "open", None),
    ]


def test_a_missing_note_loses_nothing_that_was_chosen(as_user, waste_head):
    over_twice()
    answer = as_user(waste_head).post(
        reverse("wastewater:violations-resolve"),
        {"pilih": tick(*Violation.objects.all()), "yakin": "1", "how": "decided", "note": ""},
    )
    assert (answer.status_code, len(answer.context["chosen"]), "note" in answer.context["form"].errors) == (
        200,
        2,
        True,
    )


def test_forgiving_several_reports_ends_their_violations(as_user, waste_head):
    owed = silent(2)
    over_twice()
    answer = batches.waive_all(
        chosen=list(Violation.objects.values_list("pk", flat=True)), reason="Usaha libur", by=waste_head, at=AT
    )
    assert (len(answer.possible), len(answer.refused)) == (2, 2)
    assert set(Obligation.objects.filter(pk__in=[one.pk for one in owed]).values_list("state", flat=True)) == {"waived"}
    assert set(Violation.objects.filter(kind="non_receipt").values_list("state", "resolution")) == {
        ("resolved", "waiver")
    }


def test_taking_back_several_leaves_what_follows_its_evidence(waste_head):
    sample = over_twice()
    seen(sample.point.enterprise)
    answer = batches.withdraw_all(
        chosen=list(Violation.objects.values_list("pk", flat=True)), reason="Salah alamat", by=waste_head, at=AT
    )
    assert ([row.kind for row in answer.possible], {row.kind for row, _why in answer.refused}) == (
        ["narrative"],
        {"limit"},
    )


def inspect(by, *rows):
    return batches.inspect_all(
        chosen=[row.pk for row in rows], year=2026, quarter=2, month=None, reason="Terbuka", by=by, at=AT
    )


def test_one_inspection_for_a_business_with_all_its_violations(waste_officer):
    first, second = over_twice(), over_twice()
    rows = list(Violation.objects.order_by("pk"))
    answer = inspect(waste_officer, *rows)

    assert (len(answer.made), answer.joined) == (2, [])
    looks = Inspection.objects.get(enterprise=first.point.enterprise)
    assert (looks.origin, looks.kind, looks.violation.enterprise) == (
        InspectionOrigin.VIOLATION,
        "incidental",
        first.point.enterprise,
    )
    assert looks.violation_links.count() == 1
    assert Inspection.objects.filter(enterprise=second.point.enterprise).count() == 1

    more = seen(first.point.enterprise)
    again = inspect(waste_officer, more)
    assert (again.made, again.joined, looks.violation_links.count()) == ([], [looks], 2)


def test_an_ended_violation_leads_to_no_inspection(waste_officer, waste_head):
    row = seen(over_twice().point.enterprise)
    violations.withdraw_violation(violation=row, reason="Keliru", by=waste_head, at=AT)
    answer = inspect(waste_officer, row)
    assert (answer.made, answer.batch.refused[0][1]) == (
        [],
        "Pelanggaran ini tidak terbuka lagi; tidak ada yang perlu diperiksa.",
    )


def test_the_database_refuses_a_violation_of_somebody_else(waste_officer):
    over_twice()
    over_twice()
    rows = list(Violation.objects.order_by("enterprise", "pk"))
    inspect(waste_officer, rows[0])
    looks = Inspection.objects.get()
    with pytest.raises(IntegrityError, match="of the same firm"), transaction.atomic():
        InspectionViolation.objects.create(inspection=looks, violation=rows[-1])


def test_steps_ask_their_permission_and_nothing_chosen_goes_back(as_user, waste_officer, waste_head):
    over_twice()
    chosen = {"pilih": tick(*Violation.objects.all())}
    officer = as_user(waste_officer)
    assert officer.post(reverse("wastewater:violations-resolve"), chosen).status_code == 403
    assert officer.post(reverse("wastewater:violations-waive"), chosen).status_code == 403
    nothing = officer.post(reverse("wastewater:violations-inspect"), {"pilih": "bukan-nomor"})
    assert (nothing.status_code, nothing.url) == (302, LIST)
    assert officer.post(reverse("wastewater:violations-inspect"), chosen).status_code == 200


@pytest.mark.parametrize(("code", "value"), [("PH", "14.5"), ("SUHU", "101"), ("COD", "-1")])
def test_the_database_refuses_figures_that_no_water_has(code, value):
    inspection = inspections.ongoing()
    parameter = factories.parameter(code)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO wastewater_fieldmeasurement (inspection_id, place, parameter_id, qualifier, value, instrument,"
            " measured_at) VALUES (%s, 'Outlet', %s, '=', %s, '', now())",
            [inspection.pk, parameter.pk, value],
        )
