"""Headers on every answer, and no page for staff without a second factor."""

import uuid

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.urls import reverse

from batikportal import checks, policy, roles
from tests.factories import portal as factories

pytestmark = pytest.mark.django_db

PUBLIC_PAGES = ["home", "account_login", "account_signup", "account_reset_password", "activation", "healthz", "readyz"]
# What a converter of a URL pattern accepts, so that a route becomes an address.
SAMPLES = {"uuid": str(uuid.uuid4()), "str": "x", "slug": "x", "int": "1", "path": "x"}


def addresses() -> list[tuple[str, str]]:
    """An address for every route that needs no knowledge of the data: (route, address)."""
    found = []
    for route, _name, _pattern in checks.walk():
        if any(sign in route for sign in "^$(?\\"):
            continue
        address = "/" + route
        for converter, sample in SAMPLES.items():
            while f"<{converter}:" in address:
                head, _bracket, rest = address.partition(f"<{converter}:")
                address = head + sample + rest.partition(">")[2]
        found.append((route, address))
    return found


ROUTES = [(route, address) for route, address in addresses() if "<" not in address]


# ── Headers ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", PUBLIC_PAGES)
def test_headers_protect_every_public_page(client, name):
    answer = client.get(reverse(name))

    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer["Permissions-Policy"].startswith("camera=()")
    assert answer["X-Request-ID"]
    _strict(answer["Content-Security-Policy"])


def _strict(header: str) -> None:
    rules = dict(part.strip().partition(" ")[::2] for part in header.split(";"))
    assert "unsafe-" not in header
    assert "*" not in header
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == "'self'"
    assert rules["style-src"] == "'self'"
    assert rules["object-src"] == "'none'"
    assert rules["base-uri"] == "'none'"
    assert rules["frame-ancestors"] == "'none'"
    assert rules["form-action"] == "'self'"


@pytest.mark.parametrize("address", ["/tidak-ada/", "/berkas/x/", "/akun/masuk/%00"])
def test_headers_protect_error_pages_too(client, address):
    answer = client.get(address)

    assert answer.status_code == 404
    assert answer["X-Content-Type-Options"] == "nosniff"
    _strict(answer["Content-Security-Policy"])


def test_pages_behind_the_log_in_are_kept_by_no_cache(as_user, owner):
    assert as_user(owner).get(reverse("profile"))["Cache-Control"] == "no-store"


@pytest.mark.parametrize("name", ["account_login", "account_signup", "activation"])
def test_entrance_pages_hold_no_inline_code(client, name):
    page = client.get(reverse(name)).content.decode()

    assert "<style" not in page
    assert " style=" not in page
    assert " onclick=" not in page
    assert page.count("<script") == page.count("<script src=")


# ── Second factor ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_routes_are_many_enough_for_the_test_below_to_mean_something():
    assert len(ROUTES) > 60
    assert {"admin/", "dasbor/", "pengguna/"} <= {route for route, _address in ROUTES}


def test_staff_without_second_factor_reach_no_page_at_all(as_user, administrator, settings):
    settings.STAFF_SECOND_FACTOR = True
    client = as_user(administrator)

    let_in = [
        address
        for route, address in ROUTES
        if not route.startswith(("akun/", "i18n/"))
        for answer in [client.get(address)]
        if (answer.status_code, answer.headers.get("Location")) != (302, reverse("mfa_activate_totp"))
    ]

    assert let_in == []


def test_staff_without_second_factor_change_nothing_by_post(as_user, administrator, owner, settings):
    settings.STAFF_SECOND_FACTOR = True

    url = reverse("person-deactivate", args=[owner.public_id])
    answer = as_user(administrator).post(url, {"reason": "Coba"})

    owner.refresh_from_db()
    assert (answer.url, owner.is_active) == (reverse("mfa_activate_totp"), True)


@pytest.mark.parametrize("role", list(roles.ROLES))
def test_every_role_owes_a_second_factor(as_user, settings, role):
    settings.STAFF_SECOND_FACTOR = True
    user = factories.StaffFactory(role=role, office=roles.ROLES[role].offices[0])

    assert as_user(user).get(reverse("roles")).url == reverse("mfa_activate_totp")
    TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    assert as_user(user).get(reverse("roles")).status_code == 200


def test_superuser_owes_a_second_factor_for_the_admin(as_user, settings):
    settings.STAFF_SECOND_FACTOR = True
    chief = factories.UserFactory(is_superuser=True)

    assert as_user(chief).get(reverse("admin:index")).url == reverse("mfa_activate_totp")


def test_owners_are_asked_for_none(as_user, owner, settings):
    settings.STAFF_SECOND_FACTOR = True

    assert as_user(owner).get(reverse("workspace")).status_code == 200


@pytest.mark.parametrize(("needed", "banner"), [(True, False), (False, True)])
def test_banner_tells_staff_when_the_second_factor_is_off(as_user, administrator, settings, needed, banner):
    settings.STAFF_SECOND_FACTOR = needed
    TOTP.activate(administrator, "JBSWY3DPEHPK3PXP")

    page = as_user(administrator).get(reverse("roles")).content.decode()

    assert ("Verifikasi dua langkah pegawai sedang dimatikan" in page) is banner


def test_admin_sends_strangers_to_our_own_log_in(client):
    assert client.get(reverse("admin:index")).url.startswith(reverse("admin:login"))
    assert client.get(reverse("admin:login")).url.startswith(reverse("account_login"))


def test_every_own_page_has_a_policy():
    assert checks.every_page_has_a_policy(None) == []
    assert len(policy.sheets()) == len(roles.ROLES)
