"""The cast: one person per role, an SME owner with an enterprise, and an outsider."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from batikportal.choices import Office
from tests import pristine
from tests.factories import portal as factories


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long tests first, so that no worker is left alone with one at the end."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The test database, whose reference data survive tests with real transactions."""
    with django_db_blocker.unblock():
        pristine.remember()
    pristine.take_over()


@pytest.fixture
def now() -> datetime:
    return datetime(2026, 11, 23, 3, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _plain_static_files(settings):
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STAFF_SECOND_FACTOR = False


@pytest.fixture(autouse=True)
def _media_in_a_temporary_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


def _staff(role: str, office: str):
    @pytest.fixture(name=role)
    def person(db):
        return factories.StaffFactory(role=role, office=office, full_name=role.replace("_", " ").title())

    return person


administrator = _staff("administrator", Office.DINKOMINFO)
leader = _staff("leader", Office.MAYOR)
planner = _staff("planner", Office.BAPPEDA)
waste_head = _staff("waste_head", Office.DLH)
waste_officer = _staff("waste_officer", Office.DLH)
field_officer = _staff("field_officer", Office.DLH)
lab = _staff("lab", Office.DLH)
workforce_head = _staff("workforce_head", Office.DINPERINAKER)
workforce_officer = _staff("workforce_officer", Office.DINPERINAKER)
cadre = _staff("cadre", Office.DINPERINAKER)
ward_officer = _staff("ward_officer", Office.DINPERINAKER)
market_head = _staff("market_head", Office.DINDAGKOP)
market_officer = _staff("market_officer", Office.DINDAGKOP)
selection_secretary = _staff("selection_secretary", Office.DINDAGKOP)
reviewer = _staff("reviewer", Office.DINDAGKOP)
data_clerk = _staff("data_clerk", Office.DINKOMINFO)
auditor = _staff("auditor", Office.DINKOMINFO)


@pytest.fixture
def owner(db):
    """An SME owner; ``owner.enterprise`` is hers."""
    user = factories.UserFactory(full_name="Siti Contoh")
    user.enterprise = factories.EnterpriseFactory(name="Batik Contoh Siti", owner_name="Siti Contoh")
    factories.MembershipFactory(user=user, enterprise=user.enterprise)
    return user


@pytest.fixture
def outsider(db):
    """Signed in, without role or enterprise."""
    return factories.UserFactory(full_name="Orang Lain")


@pytest.fixture
def as_user():
    """A browser session of the given user: ``as_user(owner).get(...)``."""

    def sign_in(user) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return sign_in
