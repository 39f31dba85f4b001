"""The shared nouns: what the database refuses, and what the history keeps."""

import pytest
from django.db import IntegrityError, InternalError, connection, transaction
from pghistory.models import Events

from batikportal import audit
from batikportal.models import AccessEvent, Area, Enterprise, RoleAssignment, User
from tests.factories import portal as factories

pytestmark = pytest.mark.django_db


def test_areas_are_the_city_4_districts_and_27_wards():
    levels = [Area.objects.filter(level=level).count() for level in ("city", "district", "ward")]

    assert levels == [1, 4, 27]


def test_registration_number_is_drawn_by_the_database():
    first, second = factories.EnterpriseFactory(), factories.EnterpriseFactory()

    assert first.registration_number.startswith("PKL-")
    assert int(second.registration_number[4:]) == int(first.registration_number[4:]) + 1


def test_status_back_door_is_refused_by_raw_sql():
    enterprise = factories.EnterpriseFactory(status="closed")

    with pytest.raises(InternalError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE batikportal_enterprise SET status = 'dormant' WHERE id = %s", [enterprise.pk])


def test_incompatible_roles_are_refused_by_the_database(market_head):
    assignment = market_head.assignments[0]

    with pytest.raises(IntegrityError), transaction.atomic():
        RoleAssignment.objects.create(
            user=market_head, role="reviewer", office=assignment.office, valid_from=assignment.valid_from
        )


def test_history_sees_raw_sql_and_keeps_the_reason():
    enterprise = factories.EnterpriseFactory(name="Lama")

    with audit.because("koreksi nama"):
        Enterprise.objects.filter(pk=enterprise.pk).update(name="Baru")

    event = Events.objects.tracks(enterprise).order_by("-pgh_created_at", "-pgh_id").first()
    assert event.pgh_diff == {"name": ["Lama", "Baru"]}
    assert event.pgh_context["reason"] == "koreksi nama"


def test_history_cannot_be_rewritten():
    enterprise = factories.EnterpriseFactory()

    with pytest.raises(InternalError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM batikportal_enterpriseevent WHERE pgh_obj_id = %s", [enterprise.pk])


def test_history_holds_no_password():
    user = factories.UserFactory()

    user.set_password("rahasia-sekali-1")
    user.save()

    assert not any("password" in (event.pgh_data or {}) for event in Events.objects.tracks(user))


def test_access_log_is_append_only(auditor):
    audit.read(auditor, factories.EnterpriseFactory(), fields=["phone"], purpose="uji")

    with pytest.raises(InternalError), transaction.atomic():
        AccessEvent.objects.update(purpose="lain")


def test_user_without_phone_and_email_is_refused():
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(full_name="Tanpa nomor")
