"""Every door of the portal against every role: the answers equal a reviewed table.

The table, tests/access_matrix.csv, is generated from the URL configuration and read by people:
``WRITE_ACCESS_MATRIX=1 pytest tests/test_access_matrix.py`` writes it anew, and the change is reviewed as code.
A cell says what the door answers: ``open``, ``login`` (sent to log in) or ``closed`` (403).
What lies behind an open door (whose objects) is tested where the objects are.
"""

import csv
import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.urls.converters import IntConverter, UUIDConverter

from batikportal import checks, roles
from tests.factories import portal as factories

MATRIX = Path(__file__).with_name("access_matrix.csv")
CAST = ("anonymous", "outsider", "owner", *roles.ROLES)
NOWHERE = uuid.UUID(int=4)


def doors() -> list[tuple[str, str]]:
    """(name, path) of every page of ours, with arguments that no object has."""
    found = {}
    for route, name, pattern in checks.walk():
        if route.startswith(checks.LIBRARY_ROUTES):
            continue
        assert name not in found, f"two pages are called {name}: a link finds only one of them"
        arguments = dict(_arguments(pattern.pattern))
        try:
            found[name] = reverse(name, kwargs=arguments)
        except NoReverseMatch as error:
            raise AssertionError(f"{name} cannot be built from {arguments}") from error
    return sorted(found.items())


def _arguments(pattern) -> Iterator[tuple[str, object]]:
    """Arguments that fit the pattern and belong to no object."""
    for name, converter in pattern.converters.items():
        yield (
            name,
            NOWHERE if isinstance(converter, UUIDConverter) else 0 if isinstance(converter, IntConverter) else "csv",
        )
    for name in pattern.regex.groupindex:
        if name not in pattern.converters:
            yield name, "csv"


@pytest.fixture
def sessions(db, as_user, client):
    """One browser session for each of the cast."""
    people = {"outsider": factories.UserFactory(), "owner": factories.MembershipFactory().user}
    people |= {role: factories.StaffFactory(role=role) for role in roles.ROLES}
    return {"anonymous": client, **{name: as_user(person) for name, person in people.items()}}


def answer(client, path: str) -> str:
    client.raise_request_exception = True
    response = client.get(path)
    if response.status_code == 302 and response.headers["Location"].startswith(reverse(settings.LOGIN_URL)):
        return "login"
    return "closed" if response.status_code == 403 else "open"


@pytest.mark.long
def test_every_door_answers_every_role_as_reviewed(sessions, settings, monkeypatch):
    settings.READINGS_SECONDS = 300  # nobody writes here: what one role asked is not asked again for the next
    # What a door answers is decided before its page is drawn; the pages are looked at in tests/journeys/test_pages.py.
    monkeypatch.setattr("django.template.backends.django.Template.render", lambda *_args, **_context: "")
    found = {name: {role: answer(sessions[role], path) for role in CAST} for name, path in doors()}

    if os.environ.get("WRITE_ACCESS_MATRIX"):
        with MATRIX.open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(["door", *CAST])
            writer.writerows([name, *(cells[role] for role in CAST)] for name, cells in found.items())
    with MATRIX.open(newline="", encoding="utf-8") as file:
        reviewed = {row.pop("door"): row for row in csv.DictReader(file)}
    assert found == reviewed


def test_administration_of_django_is_closed_to_those_without_an_admin_role(sessions):
    answers = {role: sessions[role].get(reverse("admin:index")).status_code for role in CAST}

    assert {role for role, status in answers.items() if status == 200} == {
        code for code, role in roles.ROLES.items() if role.uses_admin
    }
