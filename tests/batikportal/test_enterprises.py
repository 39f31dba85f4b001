"""The registry: who sees what, verifying, merging, the profile form."""

import pytest
from django.db import InternalError, connection, transaction
from django.urls import reverse

from batikportal import actions, relations
from batikportal.actions.enterprises import EnterpriseRefused
from batikportal.forms.enterprises import EnterpriseForm
from batikportal.models import Enterprise, EnterpriseIdentifier, EnterpriseMembership
from tests.factories import portal as factories

pytestmark = pytest.mark.django_db


def profile(**changes):
    return {
        "name": "Batik Contoh Baru",
        "owner_name": "Ibu Contoh",
        "ward": factories.ward().pk,
        "techniques": ["tulis"],
        "workers_count": "3",
        **changes,
    }


def test_owner_registers_and_becomes_member(as_user, outsider):
    response = as_user(outsider).post(reverse("enterprise-register"), profile(nib="1234567890123"))

    made = Enterprise.objects.get(name="Batik Contoh Baru")
    assert response.headers["Location"] == reverse("workspace")
    assert made.status == "pending"
    assert list(made.memberships.values_list("user", "role")) == [(outsider.pk, "owner")]
    assert list(made.identifiers.values_list("kind", "value")) == [("nib", "1234567890123")]


def test_register_with_bad_nib_keeps_the_rest_of_the_form(as_user, outsider):
    response = as_user(outsider).post(reverse("enterprise-register"), profile(nib="123"))

    assert response.context["form"].errors["nib"] == ["NIB harus 13 angka; yang Anda tulis ada 3 tanda."]
    assert 'value="Batik Contoh Baru"' in response.content.decode()
    assert not Enterprise.objects.filter(name="Batik Contoh Baru").exists()


@pytest.mark.parametrize(("typed", "expected"), [("150.000.000", 150_000_000), ("Rp2.700.926", 2_700_926), ("", None)])
def test_rupiah_is_read_as_whole_rupiah(typed, expected, now):
    form = EnterpriseForm(profile(annual_sales_idr=typed), today=now.date())

    assert form.is_valid(), form.errors
    assert form.cleaned_data["annual_sales_idr"] == expected


@pytest.mark.parametrize("typed", ["1,5", "1.5 juta", "٤٨", "-5"])
def test_ambiguous_rupiah_is_refused(typed, now):
    form = EnterpriseForm(profile(annual_sales_idr=typed), today=now.date())

    assert "annual_sales_idr" in form.errors


def test_owner_cannot_open_or_change_a_neighbour(as_user, owner):
    neighbour = factories.EnterpriseFactory()

    answers = [
        as_user(owner).get(reverse("own-enterprise-edit", args=[neighbour.public_id])).status_code,
        as_user(owner).post(reverse("own-enterprise-edit", args=[neighbour.public_id]), profile()).status_code,
        as_user(owner).get(reverse("enterprise", args=[neighbour.public_id])).status_code,
        as_user(owner).get(reverse("document-new", args=[neighbour.public_id])).status_code,
    ]

    assert answers == [404, 404, 403, 404]


def test_officer_with_an_area_sees_only_that_area(now):
    inside, outside = factories.EnterpriseFactory(), factories.EnterpriseFactory(ward=factories.ward("Jenggot"))
    officer = factories.StaffFactory(role="data_clerk")
    officer.role_assignments.update(area=factories.ward().parent)

    assert list(Enterprise.objects.visible_to(type(officer).objects.get(pk=officer.pk))) == [inside]
    assert outside.ward.parent != inside.ward.parent


def test_list_query_count_is_constant(as_user, data_clerk, django_assert_max_num_queries):
    client = as_user(data_clerk)
    factories.EnterpriseFactory()
    client.get(reverse("enterprise-list"))
    with django_assert_max_num_queries(12) as few:
        client.get(reverse("enterprise-list"))
    factories.EnterpriseFactory.create_batch(24)

    with django_assert_max_num_queries(len(few)):
        client.get(reverse("enterprise-list"))


def test_list_finds_by_nib_and_registration_number(as_user, data_clerk):
    wanted = factories.EnterpriseFactory(nib="1234567890123")
    factories.EnterpriseFactory()

    for text in ("1234 5678 90123", wanted.registration_number.lower()):
        response = as_user(data_clerk).get(reverse("enterprise-list"), {"cari": text})
        assert list(response.context["page"]) == [wanted]


def test_export_neutralises_formulas(as_user, data_clerk):
    factories.EnterpriseFactory(name='=HYPERLINK("http://contoh.invalid")')

    text = as_user(data_clerk).get(reverse("enterprise-export")).content.decode("utf-8-sig")

    assert "'=HYPERLINK" in text


def test_second_owner_of_a_verified_nib_is_refused(market_officer, now):
    first, second = factories.EnterpriseFactory(nib="1234567890123"), factories.EnterpriseFactory(nib="1234567890123")
    actions.enterprises.verify_identifier(identifier=first.identifiers.get(), by=market_officer, at=now)

    with pytest.raises(EnterpriseRefused):
        actions.enterprises.verify_identifier(identifier=second.identifiers.get(), by=market_officer, at=now)


def test_last_owner_cannot_leave(owner, now):
    membership = owner.memberships.get()

    with pytest.raises(EnterpriseRefused):
        actions.enterprises.end_membership(membership=membership, by=owner, at=now)


def test_relations_list_every_foreign_key_to_enterprise():
    listed = set(relations.MOVED) | set(relations.MOVED_UNLESS) | relations.STAYS

    assert set(relations.foreign_keys()) == listed


def test_merge_moves_members_and_numbers_and_closes_the_duplicate(market_officer, now):
    stays, gone = factories.EnterpriseFactory(nib="1234567890123"), factories.EnterpriseFactory(nib="1234567890123")
    member = factories.MembershipFactory(enterprise=gone).user
    factories.MembershipFactory(enterprise=stays, user=factories.MembershipFactory(enterprise=gone).user)

    actions.enterprises.merge_enterprise(duplicate=gone, into=stays, reason="ganda", by=market_officer, at=now)

    gone.refresh_from_db()
    assert (gone.status, gone.merged_into) == ("merged", stays)
    assert EnterpriseMembership.objects.filter(enterprise=gone).count() == 0
    assert EnterpriseMembership.objects.filter(enterprise=stays).count() == 2
    assert EnterpriseMembership.objects.filter(enterprise=stays, user=member).exists()
    assert EnterpriseIdentifier.objects.filter(enterprise=stays).count() == 1


def test_merge_page_refuses_an_unknown_number(as_user, market_officer):
    enterprise = factories.EnterpriseFactory()

    response = as_user(market_officer).post(
        reverse("enterprise-merge", args=[enterprise.public_id]), {"into": "PKL-999999", "reason": "ganda"}
    )

    assert response.context["form"].errors["into"] == ["Tidak ada usaha lain dengan nomor registrasi PKL-999999."]


def test_status_changes_keep_their_reason_in_the_history(as_user, market_officer, auditor, data_clerk):
    enterprise = factories.EnterpriseFactory(status="pending")
    as_user(market_officer).post(
        reverse("enterprise-move", args=[enterprise.public_id]), {"to": "active", "reason": "berkas lengkap"}
    )

    page = as_user(data_clerk).get(reverse("history", args=["batikportal.enterprise", enterprise.public_id]))

    newest = page.context["entries"][0]
    assert (newest["by"], newest["text"]) == (str(market_officer), "berkas lengkap")
    assert newest["changes"] == [("Status", "Menunggu pemeriksaan", "Aktif")]


def test_history_is_closed_to_owners(as_user, owner):
    page = as_user(owner).get(reverse("history", args=["batikportal.enterprise", owner.enterprise.public_id]))

    assert page.status_code == 403


def test_merge_keeps_living_access_and_the_verified_number(market_officer, now):
    stays, gone = factories.EnterpriseFactory(nib="1234567890123"), factories.EnterpriseFactory(nib="1234567890123")
    member = factories.MembershipFactory(enterprise=gone).user
    factories.MembershipFactory(enterprise=stays, user=member, valid_until=now.date())
    actions.enterprises.verify_identifier(identifier=gone.identifiers.get(), by=market_officer, at=now)

    actions.enterprises.merge_enterprise(duplicate=gone, into=stays, reason="ganda", by=market_officer, at=now)

    assert EnterpriseMembership.objects.filter(enterprise=stays, user=member, valid_until=None).exists()
    assert stays.identifiers.get().verified_by == market_officer


def test_verified_number_cannot_be_rewritten_by_raw_sql(market_officer, now):
    identifier = factories.EnterpriseFactory(nib="1234567890123").identifiers.get()
    actions.enterprises.verify_identifier(identifier=identifier, by=market_officer, at=now)

    with pytest.raises(InternalError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE batikportal_enterpriseidentifier SET value = '9999999999999'")


def test_work_area_of_one_role_is_not_lifted_by_another(now):
    inside, _outside = factories.EnterpriseFactory(), factories.EnterpriseFactory(ward=factories.ward("Jenggot"))
    officer = factories.StaffFactory(role="data_clerk")
    officer.role_assignments.update(area=factories.ward().parent)
    factories.RoleAssignmentFactory(user=officer, role="cadre", office="dinperinaker")

    assert list(Enterprise.objects.visible_to(type(officer).objects.get(pk=officer.pk))) == [inside]


def test_admin_lets_nobody_make_themselves_an_owner_or_take_accounts_away(as_user, data_clerk, administrator):
    enterprise = factories.EnterpriseFactory()

    page = as_user(data_clerk).get(reverse("admin:batikportal_enterprise_change", args=[enterprise.pk]))

    assert "memberships-0-user" not in page.content.decode()
    assert as_user(administrator).get("/admin/batikportal/user/export/").status_code == 403
