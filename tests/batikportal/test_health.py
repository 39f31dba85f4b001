"""Health, outages and odd requests: every answer says what to do, none is a bare error."""

import pytest
from django.db import InterfaceError, OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult


class Outage:
    """Every statement fails as if the database were away."""

    def __init__(self, error: type[Exception] = OperationalError):
        self.error = error

    def __call__(self, execute, sql, params, many, context):
        raise self.error("server closed the connection unexpectedly")


@pytest.fixture
def patient_client() -> Client:
    """A client that shows the page of an error instead of raising it, as a browser does."""
    return Client(raise_request_exception=False)


@pytest.mark.django_db
def test_healthz_answers_without_the_database(client):
    with connection.execute_wrapper(Outage()):
        answer = client.get("/healthz")

    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


@pytest.mark.django_db
def test_readyz_tells_pending_migrations_and_the_queue(client):
    row = DBTaskResult.objects.create(task_path="x", args_kwargs={}, backend_name="default")
    DBTaskResult.objects.filter(pk=row.pk).update(enqueued_at=timezone.now() - timezone.timedelta(seconds=90))

    answer = client.get("/readyz")

    told = answer.json()
    assert (answer.status_code, told["status"], told["pending_migrations"], told["waiting_tasks"]) == (200, "ok", 0, 1)
    assert 90 <= told["oldest_task_seconds"] < 120


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("app", "name"), [("usersessions", "0001_initial"), ("wastewater", "0021_load_methods")], ids=["whole", "replaced"]
)
def test_readyz_says_503_when_a_migration_waits(client, app, name):
    MigrationRecorder(connection).record_unapplied(app, name)

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json()["status"] == "migrations pending"


@pytest.mark.django_db
def test_readyz_says_503_when_the_database_is_away(client):
    with connection.execute_wrapper(Outage()):
        answer = client.get("/readyz")

    assert (answer.status_code, answer.json()) == (503, {"status": "database unavailable"})


@pytest.mark.django_db
@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_outage_in_a_view_is_a_page_that_says_what_to_do(patient_client, error):
    with connection.execute_wrapper(Outage(error)):
        answer = patient_client.post(reverse("account_login"), {"login": "081234567890", "password": "x"})

    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert "Portal sedang tidak dapat dipakai" in answer.content.decode()


@pytest.mark.django_db
def test_outage_while_the_session_is_loaded_is_the_same_page(as_user, owner, patient_client):
    patient_client.cookies = as_user(owner).cookies

    with connection.execute_wrapper(Outage()):
        answer = patient_client.get(reverse("profile"))

    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert "Portal sedang tidak dapat dipakai" in answer.content.decode()


@pytest.mark.django_db
def test_outage_page_asks_the_database_nothing(django_assert_num_queries):
    from batikportal.views import errors

    with django_assert_num_queries(0):
        errors.outage()


@pytest.mark.django_db
def test_other_errors_stay_errors_and_tell_nothing(patient_client, as_user, owner):
    patient_client.cookies = as_user(owner).cookies

    with connection.execute_wrapper(Outage(ZeroDivisionError)):
        answer = patient_client.get(reverse("profile"))

    page = answer.content.decode()
    assert answer.status_code == 500
    assert "Portal mengalami gangguan" in page
    assert "ZeroDivisionError" not in page


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "PROPFIND", "X"])
def test_odd_methods_are_refused(client, method):
    assert client.generic(method, "/healthz").status_code == 405


@pytest.mark.django_db
def test_request_id_of_the_proxy_comes_back_and_nonsense_is_replaced(client):
    given = "0f6c9b52-1111-4444-8888-aaaabbbbcccc"

    assert client.get("/healthz", headers={"X-Request-ID": given})["X-Request-ID"] == given
    for nonsense in ("kurz", "x" * 65, "abc\tdef-12345", '"><script>'):
        answer = client.get("/healthz", headers={"X-Request-ID": nonsense})
        assert len(answer["X-Request-ID"]) == 32


@pytest.mark.django_db
def test_form_without_its_token_is_told_how_to_go_on():
    answer = Client(enforce_csrf_checks=True).post(reverse("account_login"), {"login": "x"})

    assert answer.status_code == 403
    assert "Formulir sudah kedaluwarsa" in answer.content.decode()


@pytest.mark.django_db
def test_too_many_requests_has_a_page_of_its_own(client):
    from django.core.cache import cache

    cache.clear()
    form = {"email": "081234567890"}
    answers = [Client().post(reverse("account_reset_password"), form) for _try in range(4)]

    assert answers[-1].status_code == 429
    assert "Terlalu banyak percobaan" in answers[-1].content.decode()
