"""Signing up and in, codes, passwords, slips: what people see, and what nobody can find out."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from batikportal import actions, devices, phones
from batikportal.actions.accounts import AccountRefused
from batikportal.models import ActivationSlip, EnterpriseMembership, OutboxMessage, User
from tests.factories import portal as factories

pytestmark = pytest.mark.django_db

PASSWORD = "tiga-kata-acak"


@pytest.fixture(autouse=True)
def _no_counters_from_before():
    cache.clear()


def sign_up(client: Client, phone: str = "0812-3456-7890", **changes):
    form = {"full_name": "Siti Aminah", "phone": phone, "password1": PASSWORD} | changes
    return client.post(reverse("account_signup"), form)


def log_in(client: Client, login: str, password: str = PASSWORD, **changes):
    return client.post(reverse("account_login"), {"login": login, "password": password} | changes)


def last_code() -> str:
    body = OutboxMessage.objects.filter(is_secret=True).latest("pk").body
    return "".join(sign for sign in body.partition(".")[0] if sign.isdigit())


def person(**fields) -> User:
    fields = {"phone": "+6281234567890", "phone_verified_at": timezone.now()} | fields
    user = factories.UserFactory(**fields)
    user.set_password(PASSWORD)
    user.save()
    return user


# ── Phone numbers ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("written", "e164"),
    [
        ("081234567890", "+6281234567890"),
        ("0812-3456-7890", "+6281234567890"),
        ("0812 3456 7890", "+6281234567890"),
        ("0812.3456.7890", "+6281234567890"),
        ("6281234567890", "+6281234567890"),
        ("+62 812 3456 7890", "+6281234567890"),
        ("+62 (812) 3456-7890", "+6281234567890"),
        ("81234567890", "+6281234567890"),
        ("+44 7911 123456", "+447911123456"),
    ],
)
def test_phone_written_in_any_usual_way_is_one_number(written, e164):
    assert phones.parse(written) == e164


@pytest.mark.parametrize("written", ["", "12345", "0812", "halo", "08123456789012345", "+62", "١٢٣٤٥٦٧٨٩"])
def test_phone_that_is_none_is_refused(written):
    with pytest.raises(Exception, match="Nomor HP tidak dikenali"):
        phones.parse(written)


def test_phone_is_shown_in_groups_and_masked():
    assert phones.shown("+6281234567890") == "0812-3456-7890"
    assert phones.masked("+6281234567890") == "0812-••••-•890"
    assert phones.shown("+447911123456") == "+44 7911 123456"
    assert phones.masked_address("siti@contoh.id") == "s•••@contoh.id"


# ── Signing up ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_sign_up_leads_over_the_code_to_the_workspace(client):
    answer = sign_up(client)

    assert answer.url == reverse("account_verify_phone")
    page = client.get(answer.url)
    assert "0812-3456-7890" in page.content.decode()
    assert client.post(answer.url, {"code": last_code()}).url == reverse("workspace")
    user = User.objects.get()
    assert (user.full_name, user.phone, user.phone_verified_at is not None) == ("Siti Aminah", "+6281234567890", True)
    assert client.session["_auth_user_id"] == str(user.pk)


def test_sign_up_code_has_six_digits_and_goes_through_the_outbox(client):
    sign_up(client)

    message = OutboxMessage.objects.get()
    assert (message.address, message.is_secret, len(last_code())) == ("+6281234567890", True, 6)


def test_sign_up_code_page_of_the_demo_links_to_the_codes(client, settings):
    settings.DEMO = True
    answer = sign_up(client)

    assert reverse("demo-messages") in client.get(answer.url).content.decode()
    assert last_code() in client.get(reverse("demo-messages")).content.decode()


def test_sign_up_with_a_wrong_code_opens_nothing_and_ends_after_three_tries(client):
    url = sign_up(client).url
    wrong = "000000" if last_code() != "000000" else "000001"

    answers = [client.post(url, {"code": wrong}) for _try in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 302]
    assert "_auth_user_id" not in client.session
    assert "Kode tidak cocok" in answers[0].content.decode()


def test_sign_up_code_does_not_work_in_another_browser(client):
    url = sign_up(client).url

    assert Client().post(url, {"code": last_code()}).url == reverse("account_login")


def test_sign_up_with_a_known_number_shows_the_same_pages(client):
    person()
    known = sign_up(client)
    known_page = client.get(known.url).content.decode()
    other = Client()
    unknown = sign_up(other, phone="0812-9999-0000")
    unknown_page = other.get(unknown.url).content.decode()

    assert known.url == unknown.url
    assert _same(known_page) == _same(unknown_page.replace("0812-9999-0000", "0812-3456-7890"))
    assert User.objects.filter(phone="+6281234567890").count() == 1
    assert OutboxMessage.objects.get(address="+6281234567890").template == "phone_known"


def _same(page: str) -> list[str]:
    return [line for line in page.splitlines() if "csrfmiddlewaretoken" not in line]


def test_sign_up_with_a_known_number_never_gets_in(client):
    person()
    url = sign_up(client).url

    answer = client.post(url, {"code": ""})

    assert answer.status_code == 200
    assert "_auth_user_id" not in client.session


def test_sign_up_abandoned_before_the_code_can_be_begun_again(client):
    sign_up(client)
    first = User.objects.get().pk
    cache.clear()

    second = Client()
    url = sign_up(second, full_name="Siti Benar").url

    assert second.post(url, {"code": last_code()}).url == reverse("workspace")
    user = User.objects.get()
    assert (user.full_name, user.pk != first) == ("Siti Benar", True)


def test_sign_up_by_somebody_else_cannot_slip_a_password_under_an_open_code(client):
    url = sign_up(client).url
    code = last_code()
    sign_up(Client(), password1="sandi-penyerang")

    answer = client.post(url, {"code": code})

    assert "sudah dipakai akun lain" in answer.content.decode()
    assert "_auth_user_id" not in client.session
    assert User.objects.get().phone_verified_at is None


@pytest.mark.parametrize("password", ["pendek", "12345678901", "passwordpassword"[:9]])
def test_sign_up_refuses_weak_passwords(client, password):
    answer = sign_up(client, password1=password)

    assert "password1" in answer.context["form"].errors
    assert not User.objects.exists()


def test_sign_up_asks_for_a_pause_when_codes_are_wanted_too_often(client):
    answers = [sign_up(Client(), phone="0812-3456-7890") for _try in range(4)]

    assert [answer.status_code for answer in answers] == [302, 302, 429, 429]
    assert "Terlalu banyak percobaan" in answers[-1].content.decode()


def test_sign_up_resend_sends_a_second_code_and_the_last_one_counts(client):
    url = sign_up(client).url
    first = last_code()

    assert client.post(url, {"action": "resend"}).url == url
    assert OutboxMessage.objects.count() == 2
    assert client.post(url, {"code": last_code()}).url == reverse("workspace")
    assert first != ""


def test_unfinished_sign_ups_are_forgotten_after_a_week(client, now):
    sign_up(client)
    kept = person(phone="+6281299990000")
    User.objects.update(created_at=now - timedelta(days=8))

    assert actions.accounts.prune_unfinished(at=now) == 1
    assert list(User.objects.all()) == [kept]


# ── Logging in ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("login", ["081234567890", "6281234567890", "0812-3456-7890", "SITI@contoh.id"])
def test_log_in_by_phone_or_email_however_written(client, login):
    person(email="siti@contoh.id")

    assert log_in(client, login).url == reverse("start")


def test_log_in_tells_nothing_about_who_has_an_account(client):
    person()

    wrong, unknown = log_in(client, "081234567890", "salah"), log_in(client, "081200001111", "salah")

    assert wrong.context["form"].errors == unknown.context["form"].errors
    assert "tidak cocok" in wrong.content.decode()


def test_log_in_sixth_wrong_password_is_refused_even_when_right(client):
    person()
    for _try in range(5):
        assert "tidak cocok" in log_in(client, "081234567890", "salah").content.decode()

    answer = log_in(client, "081234567890")

    assert "Terlalu banyak percobaan yang gagal" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_log_in_limit_counts_per_account_not_for_all_phones_together(client):
    person()
    other = person(phone="+6281299990000")
    for _try in range(6):
        log_in(client, "081234567890", "salah")

    assert log_in(Client(), other.phone).status_code == 302


def test_log_in_limit_holds_for_every_spelling_of_the_phone(client):
    person()
    for login in ("081234567890", "6281234567890", "0812-3456-7890", "81234567890", "+62 812 3456 7890"):
        log_in(client, login, "salah")

    assert "Terlalu banyak" in log_in(client, "0812 3456 7890").content.decode()


def test_log_in_limits_live_in_the_database_and_are_not_thrown_away(settings):
    options = settings.CACHES["default"]

    assert options["BACKEND"] == "django.core.cache.backends.db.DatabaseCache"
    for number in range(400):
        cache.set(f"filler-{number}", 1, 3600)
    assert all(cache.get(f"filler-{number}") == 1 for number in range(400))


def test_log_in_with_an_unproved_phone_asks_for_a_code(client):
    person(phone_verified_at=None)

    assert log_in(client, "081234567890").url == reverse("account_verify_phone")


def test_log_in_by_email_alone_works_without_a_phone(client):
    person(phone=None, phone_verified_at=None, email="pegawai@contoh.id")

    assert log_in(client, "pegawai@contoh.id").url == reverse("start")


def test_log_in_of_a_closed_account_is_told_why(client):
    person(is_active=False)

    answer = log_in(client, "081234567890")

    assert answer.url == reverse("account_inactive")
    assert "tidak aktif" in client.get(answer.url).content.decode()


def test_log_in_remembers_owners_for_30_days_and_staff_for_a_working_day(client, data_clerk):
    person()
    log_in(client, "081234567890", remember="on")
    staff = person(phone="+6281299990000")
    factories.RoleAssignmentFactory(user=staff)
    other = Client()
    log_in(other, staff.phone, remember="on")

    assert client.session.get_expiry_age() == 30 * 24 * 3600
    assert other.session.get_expiry_age() == 12 * 3600


def test_log_in_never_leads_to_another_site(client):
    person()

    answer = client.post(
        reverse("account_login") + "?next=https://jahat.example/",
        {"login": "081234567890", "password": PASSWORD, "next": "https://jahat.example/"},
    )

    assert answer.url == reverse("start")


# ── Passwords ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("address", ["0812-3456-7890", "siti@contoh.id"])
def test_reset_by_phone_or_email_sets_the_password_and_logs_in(client, address):
    person(email="siti@contoh.id")
    old = Client()
    log_in(old, "081234567890")

    code_page = client.post(reverse("account_reset_password"), {"email": address})
    assert code_page.url == reverse("account_confirm_password_reset_code")
    new_page = client.post(code_page.url, {"code": last_code()})
    done = client.post(new_page.url, {"password1": "kata-sandi-lain"})

    assert done.url == reverse("start")
    assert User.objects.get().check_password("kata-sandi-lain")
    assert old.get(reverse("profile")).status_code == 302


def test_reset_code_goes_where_it_was_asked_for(client):
    person(email="siti@contoh.id")

    client.post(reverse("account_reset_password"), {"email": "081234567890"})

    message = OutboxMessage.objects.get()
    assert (message.address, message.channel) == ("+6281234567890", "sms")


def test_reset_of_an_unproved_phone_proves_it_with_the_same_code(client):
    person(phone_verified_at=None)
    url = client.post(reverse("account_reset_password"), {"email": "081234567890"}).url
    url = client.post(url, {"code": last_code()}).url

    assert client.post(url, {"password1": "kata-sandi-lain"}).url == reverse("start")
    assert User.objects.get().phone_verified_at is not None


def test_reset_for_an_unknown_number_shows_the_same_page_and_never_works(client):
    answer = client.post(reverse("account_reset_password"), {"email": "081200001111"})

    assert answer.url == reverse("account_confirm_password_reset_code")
    assert OutboxMessage.objects.get().template == "account_unknown_account"
    assert client.post(answer.url, {"code": ""}).status_code == 200


def test_reset_for_a_closed_account_sends_no_code(client):
    person(is_active=False)

    client.post(reverse("account_reset_password"), {"email": "081234567890"})

    assert not OutboxMessage.objects.filter(is_secret=True).exists()


def test_reset_codes_are_limited_per_account(client):
    person()
    answers = [Client().post(reverse("account_reset_password"), {"email": "081234567890"}) for _try in range(4)]

    assert [answer.status_code for answer in answers] == [302, 302, 302, 429]


def test_reset_code_ends_after_three_wrong_tries(client):
    person()
    url = client.post(reverse("account_reset_password"), {"email": "081234567890"}).url
    code = last_code()
    for _try in range(3):
        client.post(url, {"code": "000000" if code != "000000" else "000001"})

    assert client.post(url, {"code": code}).url == reverse("account_login")


def test_password_change_keeps_this_session_ends_others_and_tells_the_owner(client):
    person()
    log_in(client, "081234567890")
    other = Client()
    log_in(other, "081234567890")

    form = {"oldpassword": PASSWORD, "password1": "kata-sandi-lain"}
    assert client.post(reverse("account_change_password"), form).url == reverse("profile")

    assert client.get(reverse("profile")).status_code == 200
    assert other.get(reverse("profile")).status_code == 302
    assert OutboxMessage.objects.filter(template="account_notice", body__contains="Kata sandi").count() == 1


def test_sessions_page_lists_devices_and_ends_the_others(client):
    person()
    log_in(client, "081234567890")
    other = Client(headers={"user-agent": "Mozilla/5.0 (Linux; Android 13) Chrome/150.0 Mobile Safari/537.36"})
    log_in(other, "081234567890")

    assert "Chrome di Android" in client.get(reverse("usersessions_list")).content.decode()
    client.post(reverse("usersessions_list"))

    assert UserSession.objects.count() == 1
    assert other.get(reverse("profile")).status_code == 302
    assert client.get(reverse("profile")).status_code == 200


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/150.0 Safari/537.36 Edg/150.0", "Edge di Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Mobile Safari/604.1", "Safari di iPhone"),
        ("Mozilla/5.0 (Linux; Android 14) SamsungBrowser/26.0 Chrome/122.0 Safari/537", "Samsung Internet di Android"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox di Linux"),
        ("curl/8.0", "curl/8.0"),
        ("", "Perangkat tidak dikenal"),
    ],
)
def test_devices_are_called_as_people_call_them(user_agent, name):
    assert devices.name_of(user_agent) == name


# ── Profile ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_profile_shows_ones_own_data_and_changes_the_name(as_user, owner):
    client = as_user(owner)

    assert owner.enterprise.name in client.get(reverse("profile")).content.decode()
    client.post(reverse("profile-edit"), {"full_name": "Siti Baru"})

    owner.refresh_from_db()
    assert (owner.full_name, owner.phone_is_whatsapp) == ("Siti Baru", False)


def test_profile_email_counts_only_after_its_code(client):
    user = person()
    log_in(client, "081234567890")

    url = client.post(reverse("profile-email"), {"email": "Siti@Contoh.id", "password": PASSWORD}).url
    assert User.objects.get().email is None
    assert client.post(url, {"code": last_code()}).url == reverse("profile")

    user.refresh_from_db()
    assert user.email == "siti@contoh.id"


def test_profile_email_needs_the_password(client):
    person()
    log_in(client, "081234567890")

    answer = client.post(reverse("profile-email"), {"email": "siti@contoh.id", "password": "salah"})

    assert "Kata sandi tidak cocok" in answer.content.decode()
    assert not OutboxMessage.objects.exists()


def test_profile_email_of_somebody_else_looks_the_same_and_never_works(client):
    person()
    person(phone="+6281299990000", email="lain@contoh.id")
    log_in(client, "081234567890")

    url = client.post(reverse("profile-email"), {"email": "lain@contoh.id", "password": PASSWORD}).url

    assert url == reverse("profile-email-code")
    assert OutboxMessage.objects.get().template == "account_email_taken"
    state = client.session["profile_email"]
    client.post(url, {"code": state["code"]})
    assert User.objects.get(email="lain@contoh.id").phone == "+6281299990000"


def test_profile_email_code_ends_after_three_wrong_tries(client):
    person()
    log_in(client, "081234567890")
    url = client.post(reverse("profile-email"), {"email": "siti@contoh.id", "password": PASSWORD}).url
    code = last_code()
    for _try in range(3):
        client.post(url, {"code": "x" + code})

    assert client.post(url, {"code": code}).url == reverse("profile-email")
    assert User.objects.get().email is None


def test_profile_phone_changes_only_with_the_code_sent_to_the_new_one(client):
    user = person()
    log_in(client, "081234567890")

    url = client.post(reverse("account_change_phone"), {"phone": "0812-9999-0000"}).url
    user.refresh_from_db()
    assert user.phone == "+6281234567890"
    client.post(url, {"code": last_code()})

    user.refresh_from_db()
    assert user.phone == "+6281299990000"


# ── Slips ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def slip(data_clerk, now):
    return actions.accounts.open_account(
        full_name="Bu Karsih", phone="+6281234567890", enterprise=None, by=data_clerk, at=now
    )


def activate(slip, **changes):
    given = {"phone": "+6281234567890", "code": slip.code, "password": PASSWORD} | changes
    return actions.accounts.activate(**({"at": slip.expires_at - timedelta(days=1)} | given))


def test_slip_page_prints_the_code_once_and_neither_it_nor_the_phone_stands_in_an_address(as_user, market_officer):
    enterprise = factories.EnterpriseFactory()
    form = {"full_name": "Bu Karsih", "phone": "081234567890", "enterprise": enterprise.registration_number}

    answer = as_user(market_officer).post(reverse("slip-issue"), form)

    made = answer.context["slip"]
    assert made.code in answer.content.decode()
    assert "0812-••••-•890" in answer.content.decode()
    assert "1234567890" not in answer.content.decode()
    assert answer["Cache-Control"].startswith("max-age=0, no-cache, no-store")
    assert made.code.replace("-", "") not in str(ActivationSlip.objects.values().get())
    assert EnterpriseMembership.objects.get().enterprise == enterprise
    url = reverse("activation-slip", args=[made.public_id])
    assert "1234567890" not in Client().get(url).content.decode()


def test_slip_opened_twice_gives_a_new_code_and_ends_the_old_one(slip, data_clerk, now):
    again = actions.accounts.open_account(
        full_name="bu karsih", phone="+6281234567890", enterprise=None, by=data_clerk, at=now
    )

    with pytest.raises(AccountRefused, match="lebih baru"):
        activate(slip)
    assert activate(again).full_name == "Bu Karsih"


def test_slip_for_a_number_under_another_name_is_refused(slip, data_clerk, now):
    with pytest.raises(AccountRefused, match="atas nama Bu Karsih"):
        actions.accounts.open_account(
            full_name="Orang Lain", phone="+6281234567890", enterprise=None, by=data_clerk, at=now
        )


def test_slip_for_an_active_account_is_refused(data_clerk, now):
    user = person()

    with pytest.raises(AccountRefused, match="sudah aktif"):
        actions.accounts.open_account(
            full_name=user.full_name, phone=user.phone, enterprise=None, by=data_clerk, at=now
        )


def test_slip_never_opens_a_staff_account(data_clerk, administrator, now):
    user = User.objects.create_user(full_name="Calon Pegawai", phone="+6281234567890", created_by=administrator)
    early = actions.accounts.issue_slip(user=user, by=data_clerk, at=now)
    actions.roles.grant_role(user=user, role="auditor", office="dinkominfo", by=administrator, at=now)

    with pytest.raises(AccountRefused, match="lebih baru"):
        activate(early)
    with pytest.raises(AccountRefused, match="pegawai"):
        actions.accounts.issue_slip(user=user, by=data_clerk, at=now)


def test_slip_tells_the_owners_who_are_there_already(data_clerk, owner, now):
    actions.accounts.open_account(
        full_name="Bu Karsih", phone="+6281234567890", enterprise=owner.enterprise, by=data_clerk, at=now
    )

    message = OutboxMessage.objects.get(template="account_owner_added")
    assert message.recipient == owner
    assert "Bu Karsih" in message.body


def test_slip_needs_the_permission(as_user, owner, lab):
    assert as_user(owner).get(reverse("slip-issue")).status_code == 403
    assert as_user(lab).get(reverse("slip-issue")).status_code == 403


def test_activation_leads_to_the_workspace(client, slip, settings):
    ActivationSlip.objects.update(expires_at=timezone.now() + timedelta(days=1))
    url = reverse("activation-slip", args=[slip.public_id])

    answer = client.post(url, {"code": slip.code.lower().replace("-", " "), "password": PASSWORD})

    assert answer.url == reverse("workspace")
    assert client.session["_auth_user_id"] == str(slip.user.pk)
    user = User.objects.get(pk=slip.user.pk)
    assert (user.check_password(PASSWORD), user.phone_verified_at is not None) == (True, True)


def test_activation_without_the_qr_code_asks_for_the_phone(client, slip):
    ActivationSlip.objects.update(expires_at=timezone.now() + timedelta(days=1))

    form = {"phone": "0812 3456 7890", "code": slip.code, "password": PASSWORD}
    assert client.post(reverse("activation"), form).url == reverse("workspace")


def test_activation_works_once(slip):
    activate(slip)

    with pytest.raises(AccountRefused, match="sudah aktif"):
        activate(slip, password="kata-sandi-lain")


def test_activation_after_a_password_was_made_by_phone_code_is_refused(slip):
    slip.user.set_password(PASSWORD)
    slip.user.save()

    with pytest.raises(AccountRefused, match="sudah aktif"):
        activate(slip, password="kata-sandi-lain")


def test_activation_after_the_last_day_is_refused(slip):
    with pytest.raises(AccountRefused, match="sudah habis"):
        activate(slip, at=slip.expires_at)


@pytest.mark.parametrize("changes", [{"code": "AAAA-BBBB-CCCC"}, {"phone": "+6281200001111"}])
def test_activation_with_wrong_code_or_phone_tells_nothing(slip, changes):
    with pytest.raises(AccountRefused, match="tidak cocok"):
        activate(slip, **changes)


def test_activation_locks_after_ten_wrong_codes(slip):
    for _try in range(10):
        with pytest.raises(AccountRefused, match="tidak cocok"):
            activate(slip, code="AAAA-BBBB-CCCC")

    with pytest.raises(AccountRefused, match="terkunci"):
        activate(slip)


def test_activation_is_limited_per_phone(client, slip):
    form = {"phone": "081234567890", "code": "AAAA-BBBB-CCCC", "password": PASSWORD}
    answers = [client.post(reverse("activation"), form).status_code for _try in range(11)]

    assert answers == [200] * 10 + [429]


def test_activation_refuses_weak_passwords_without_using_up_the_slip(client, slip):
    url = reverse("activation-slip", args=[slip.public_id])

    answer = client.post(url, {"code": slip.code, "password": "pendek"})

    assert "password" in answer.context["form"].errors
    assert ActivationSlip.objects.get().used_at is None


# ── Pages ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", ["account_login", "account_signup", "account_reset_password", "activation"])
def test_entrance_pages_are_indonesian_and_ours(client, name):
    page = client.get(reverse(name)).content.decode()

    assert '<html lang="id">' in page
    assert "site-header" in page
    assert not [word for word in ("Sign In", "Password", "Forgot", "placeholder=") if word in page]


@pytest.mark.parametrize(
    "name",
    [
        "account_change_password", "account_change_phone", "account_logout", "mfa_index", "mfa_activate_totp",
        "usersessions_list", "profile", "profile-edit", "profile-email", "account_reauthenticate",
    ],
)  # fmt: skip
def test_own_account_pages_are_indonesian_and_ours(client, name):
    person()
    log_in(client, "081234567890")
    answer = client.get(reverse(name))
    page = answer.content.decode()

    assert answer.status_code == 200
    assert "site-header" in page
    assert not [
        word for word in ("Sign In", "Password", "Authenticator secret", "placeholder=", "style=") if word in page
    ]


@pytest.mark.parametrize("path", ["email/", "login/code/confirm/", "confirm-email/x/", "signup/passkey/", "3rdparty/"])
def test_doors_of_the_library_that_we_do_not_use_are_closed(client, path):
    assert client.get(f"/akun/{path}").status_code == 404
