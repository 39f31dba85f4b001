"""People administration: who may make accounts, grant roles and close accounts, and who may not."""

from datetime import date, timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from batikportal import accounts, actions, audit, encryption, policy, roles
from batikportal.actions.accounts import AccountRefused
from batikportal.actions.roles import RoleRefused
from batikportal.models import OutboxMessage, RoleAssignment, User
from tests.factories import portal as factories

pytestmark = pytest.mark.django_db

NEW_STAFF = {
    "full_name": "Budi Pegawai",
    "phone": "0812-3456-7890",
    "email": "Budi@Contoh.id",
    "role": "auditor",
    "office": "dinkominfo",
    "reason": "SK 12/2026",
}


# ── Finding ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("text", ["budi", "0812-3456", "6281234567890", "contoh.id", "7890"])
def test_people_list_finds_by_name_phone_and_email(as_user, administrator, text):
    factories.UserFactory(full_name="Budi", phone="+6281234567890", email="budi@contoh.id")
    factories.UserFactory(full_name="Wati", phone="+6281200001111")

    page = as_user(administrator).get(reverse("people-list"), {"cari": text}).context["page"]

    assert [str(user) for user in page] == ["Budi"]


def test_people_list_narrows_by_role_kind_and_state(as_user, administrator, owner, lab):
    closed = factories.UserFactory(full_name="Sudah Keluar", is_active=False)
    client = as_user(administrator)

    def found(**query):
        return {user.pk for user in client.get(reverse("people-list"), query).context["page"]}

    assert found(peran="lab") == {lab.pk}
    assert found(jenis="staff") == {administrator.pk, lab.pk}
    assert found(jenis="owner") == {owner.pk}
    assert found(keadaan="closed") == {closed.pk}


def test_people_list_shows_phones_masked(as_user, administrator):
    factories.UserFactory(full_name="Budi", phone="+6281234567890")

    page = as_user(administrator).get(reverse("people-list")).content.decode()

    assert "0812-••••-•890" in page
    assert "3456-7890" not in page


def test_people_list_asks_the_database_as_often_for_1_as_for_30(as_user, administrator, django_assert_max_num_queries):
    for _number in range(30):
        factories.StaffFactory(role="lab", office="dlh")
    client = as_user(administrator)
    client.get(reverse("people-list"))

    with django_assert_max_num_queries(12):
        client.get(reverse("people-list"))


@pytest.mark.parametrize("name", ["people-list", "person-new"])
def test_people_pages_are_for_administrators_only(as_user, market_head, owner, outsider, name):
    for user in (market_head, owner, outsider):
        assert as_user(user).get(reverse(name)).status_code == 403


# ── Staff accounts ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_person_new_makes_a_staff_account_and_sends_the_way_in(as_user, administrator):
    answer = as_user(administrator).post(reverse("person-new"), NEW_STAFF)

    made = User.objects.get(full_name="Budi Pegawai")
    assert answer.url == reverse("person", args=[made.public_id])
    assert (made.phone, made.email, made.has_usable_password()) == ("+6281234567890", "budi@contoh.id", False)
    assert made.role_codes == {"auditor"}
    message = OutboxMessage.objects.get()
    assert (message.template, message.recipient, message.is_secret) == ("account_invited", made, False)


def test_person_new_with_a_known_phone_is_refused_and_leaves_nothing(as_user, administrator):
    factories.UserFactory(phone="+6281234567890", phone_verified_at=timezone.now())

    answer = as_user(administrator).post(reverse("person-new"), NEW_STAFF)

    assert "sudah punya akun" in answer.content.decode()
    assert not User.objects.filter(full_name="Budi Pegawai").exists()


def test_person_new_needs_phone_or_email(as_user, administrator):
    answer = as_user(administrator).post(reverse("person-new"), NEW_STAFF | {"phone": "", "email": ""})

    assert "Isi nomor HP atau surel" in answer.content.decode()


def test_person_new_refuses_a_role_in_the_wrong_office(as_user, administrator):
    answer = as_user(administrator).post(reverse("person-new"), NEW_STAFF | {"office": "dlh"})

    assert "Peran ini hanya ada di: Dinkominfo." in answer.content.decode()


# ── Roles ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def grant(client: Client, user: User, role: str, office: str, **changes):
    form = {"role": role, "office": office, "reason": "SK 12/2026"} | changes
    return client.post(reverse("role-grant", args=[user.public_id]), form)


def test_role_grant_gives_the_role_with_its_scope_and_reason(as_user, administrator, outsider):
    ward = factories.ward("Jenggot")

    grant(as_user(administrator), outsider, "cadre", "dinperinaker", area=ward.pk)

    made = RoleAssignment.objects.get(user=outsider)
    assert (made.role, made.office, made.area, made.created_by) == ("cadre", "dinperinaker", ward, administrator)
    event = made.events.get() if hasattr(made, "events") else None
    context = audit.pghistory.models.Events.objects.tracks(made).get().pgh_context
    assert context["reason"] == "SK 12/2026"
    assert event is None or event.role == "cadre"


@pytest.mark.parametrize(("held", "wanted", "reason"), roles.INCOMPATIBLE)
def test_role_grant_refuses_incompatible_pairs_with_the_reason(as_user, administrator, held, wanted, reason):
    user = factories.StaffFactory(role=held, office=roles.ROLES[held].offices[0])

    answer = grant(as_user(administrator), user, wanted, roles.ROLES[wanted].offices[0])

    assert str(reason) in answer.content.decode()
    assert User.objects.get(pk=user.pk).role_codes == {held}


def test_role_grant_to_oneself_is_refused(as_user, administrator, now):
    answer = grant(as_user(administrator), administrator, "planner", "bappeda")

    assert "diri sendiri" in answer.content.decode()
    with pytest.raises(RoleRefused):
        actions.roles.grant_role(user=administrator, role="planner", office="bappeda", by=administrator, at=now)
    assert administrator.role_assignments.count() == 1


def test_role_end_acts_at_once(as_user, administrator, lab):
    client = as_user(lab)
    assert client.get(reverse("roles")).status_code == 200
    assignment = lab.role_assignments.get()

    as_user(administrator).post(reverse("role-end", args=[assignment.public_id]), {"reason": "Pindah tugas"})

    assert client.get(reverse("roles")).status_code == 403
    assignment.refresh_from_db()
    assert assignment.valid_until == timezone.localdate() - timedelta(days=1)


def test_role_that_began_today_ends_without_a_trace_but_its_history(administrator, outsider):
    at = timezone.now()
    made = actions.roles.grant_role(user=outsider, role="auditor", office="dinkominfo", by=administrator, at=at)

    actions.roles.end_role(assignment=made, reason="keliru", by=administrator, at=at)

    assert User.objects.get(pk=outsider.pk).role_codes == set()
    labels = audit.pghistory.models.Events.objects.tracks(made).order_by("pgh_id").values_list("pgh_label", flat=True)
    assert list(labels) == ["insert", "delete"]


def test_role_ended_makes_way_for_an_incompatible_one_the_same_day(administrator, now):
    user = factories.StaffFactory(role="market_officer", office="dindagkop")
    actions.roles.end_role(assignment=user.role_assignments.get(), by=administrator, at=timezone.now())

    actions.roles.grant_role(user=user, role="market_head", office="dindagkop", by=administrator, at=timezone.now())

    assert User.objects.get(pk=user.pk).role_codes == {"market_head"}


def test_role_of_oneself_cannot_be_ended(administrator, now):
    with pytest.raises(RoleRefused):
        actions.roles.end_role(assignment=administrator.role_assignments.get(), by=administrator, at=now)


def test_roles_page_tells_every_role_in_words(as_user, lab):
    page = as_user(lab).get(reverse("roles")).content.decode()

    assert all(str(role.title) in page for role in roles.ROLES.values())
    assert all(str(reason) in page for _one, _other, reason in roles.INCOMPATIBLE)
    assert "Dipegang 1 orang" in page


def test_roles_page_is_not_for_the_public(client, as_user, owner):
    assert client.get(reverse("roles")).status_code == 302
    assert as_user(owner).get(reverse("roles")).status_code == 403


def test_policy_knows_every_permission_of_the_ground_floor_in_words():
    raw = [name for name, (app, verb, _noun) in policy.permissions().items()
           if app == "batikportal" and not verb and name not in policy.PHRASES]  # fmt: skip

    assert raw == []


def test_policy_phrases_name_permissions_that_some_role_grants():
    ungranted = [name for name in policy.PHRASES if not roles.grants(roles.ROLES, name)]

    assert ungranted == []


# ── Closing accounts ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_deactivating_ends_every_session_at_once(as_user, administrator, owner):
    client = as_user(owner)
    assert client.get(reverse("profile")).status_code == 200

    url = reverse("person-deactivate", args=[owner.public_id])
    as_user(administrator).post(url, {"reason": "Permintaan sendiri"})

    assert client.get(reverse("profile")).status_code == 302
    owner.refresh_from_db()
    assert owner.is_active is False


def test_deactivating_needs_a_reason(as_user, administrator, owner):
    answer = as_user(administrator).post(reverse("person-deactivate", args=[owner.public_id]), {"reason": ""})

    assert answer.status_code == 200
    assert User.objects.get(pk=owner.pk).is_active


def test_deactivating_oneself_is_refused(as_user, administrator):
    url = reverse("person-deactivate", args=[administrator.public_id])

    answer = as_user(administrator).post(url, {"reason": "Coba"})

    assert "akun sendiri" in answer.content.decode()
    assert User.objects.get(pk=administrator.pk).is_active


def test_deactivating_a_superuser_is_for_superusers(administrator, now):
    chief = factories.UserFactory(is_superuser=True)

    with pytest.raises(AccountRefused):
        actions.accounts.deactivate(user=chief, reason="Coba", by=administrator, at=now)


def test_reactivating_opens_the_account_again(as_user, administrator):
    user = factories.UserFactory(is_active=False)

    as_user(administrator).post(reverse("person-reactivate", args=[user.public_id]), {"reason": "Kembali bertugas"})

    assert User.objects.get(pk=user.pk).is_active


# ── Second factor ────────────────────────────────────────────────────────────────────────────────────────────────────


def totp_code(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, list(yield_hotp_counters_from_time())[1]))


def test_second_factor_is_set_up_right_after_logging_in_and_asked_at_the_next(client, settings):
    settings.STAFF_SECOND_FACTOR = True
    user = factories.StaffFactory(phone_verified_at=timezone.now())
    log_in = {"login": user.phone, "password": "sandi-contoh-1"}
    client.post(reverse("account_login"), log_in)
    page = client.get(reverse("start"), follow=True)
    assert page.redirect_chain[-1][0] == reverse("mfa_activate_totp")
    assert 'src="data:image/svg+xml;base64,' in page.content.decode()

    codes = client.post(reverse("mfa_activate_totp"), {"code": totp_code(page.context["form"].secret)})

    assert codes.url == reverse("mfa_view_recovery_codes")
    shown = client.get(codes.url)
    assert len(shown.context["unused_codes"]) == 10
    assert client.get(reverse("roles")).status_code == 200
    again = Client()
    assert again.post(reverse("account_login"), log_in).url == reverse("mfa_authenticate")
    assert again.get(reverse("roles")).status_code == 302
    assert again.post(reverse("mfa_authenticate"), {"code": shown.context["unused_codes"][0]}).url == reverse("start")
    assert again.get(reverse("roles")).status_code == 200


def test_second_factor_cannot_be_switched_off_by_staff(client, settings):
    settings.STAFF_SECOND_FACTOR = True
    user = factories.StaffFactory(phone_verified_at=timezone.now())
    client.post(reverse("account_login"), {"login": user.phone, "password": "sandi-contoh-1"})
    TOTP.activate(user, "JBSWY3DPEHPK3PXP")

    answer = client.post(reverse("mfa_deactivate_totp"))

    assert "wajib" in answer.content.decode()
    assert Authenticator.objects.filter(user=user).exists()


def test_second_factor_secrets_lie_encrypted_and_follow_a_new_key(settings):
    user = factories.StaffFactory()
    TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    stored = Authenticator.objects.get().data["secret"]
    assert "JBSWY3DPEHPK3PXP" not in stored
    settings.IDENTIFIER_KEYS = ["bmV3LWtleS1uZXcta2V5LW5ldy1rZXktbmV3LWtleS0=", *settings.IDENTIFIER_KEYS]

    assert accounts.rotate_second_factors() == 1
    assert accounts.rotate_second_factors() == 0
    settings.IDENTIFIER_KEYS = settings.IDENTIFIER_KEYS[:1]
    assert encryption.decrypt(Authenticator.objects.get().data["secret"]) == "JBSWY3DPEHPK3PXP"


def test_second_factor_is_released_by_an_administrator_who_says_why(as_user, administrator, lab):
    TOTP.activate(lab, "JBSWY3DPEHPK3PXP")

    as_user(administrator).post(
        reverse("second-factor-release", args=[lab.public_id]), {"reason": "HP hilang, sudah bertemu"}
    )

    assert not Authenticator.objects.exists()
    message = OutboxMessage.objects.get()
    assert (message.recipient, message.created_by) == (lab, administrator)
    context = audit.pghistory.models.Events.objects.tracks(message).get().pgh_context
    assert context["reason"] == "HP hilang, sudah bertemu"


# ── Reads of personal data ───────────────────────────────────────────────────────────────────────────────────────────


def test_access_log_shows_who_read_what_and_why(as_user, auditor, owner, lab):
    audit.read(lab, owner.enterprise, fields=["owner_name"], purpose="Pemeriksaan rutin")

    answer = as_user(auditor).get(reverse("access-log"), {"cari": "rutin", "jenis": "batikportal.enterprise"})

    page = answer.content.decode()
    assert answer.context["page"].paginator.count == 1
    assert all(
        text in page for text in (str(lab), str(owner.enterprise), "nama pemilik", "Pemeriksaan rutin", "Pelaku usaha")
    )


def test_access_log_narrows_by_date(as_user, auditor, owner, lab):
    audit.read(lab, owner, fields=["phone"], purpose="Pemeriksaan rutin")

    def count(**query):
        return as_user(auditor).get(reverse("access-log"), query).context["page"].paginator.count

    today = timezone.localdate()
    assert count(dari=today.isoformat()) == 1
    assert count(sampai=(today - timedelta(days=1)).isoformat()) == 0
    assert date.fromisoformat("2026-01-01") < today


def test_access_log_asks_the_database_as_often_for_1_as_for_30(as_user, auditor, lab, django_assert_max_num_queries):
    for _number in range(30):
        audit.read(lab, factories.UserFactory(), fields=["phone"], purpose="Pemeriksaan rutin")
    client = as_user(auditor)
    client.get(reverse("access-log"))

    with django_assert_max_num_queries(12):
        client.get(reverse("access-log"))


def test_access_log_is_for_the_auditor(as_user, administrator, leader):
    assert as_user(administrator).get(reverse("access-log")).status_code == 403
    assert as_user(leader).get(reverse("access-log")).status_code == 403
