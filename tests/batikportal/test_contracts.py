"""The contracts: found in the order of the apps, filtered by permission, checked at start, failing alone."""

import re
from dataclasses import replace
from datetime import date
from urllib.parse import urlsplit

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, connection
from django.urls import resolve

from batikportal import checks, contracts, open_data
from batikportal.contracts import CONTRACTS, Period, Scope
from batikportal.dashboard import figures, work
from batikportal.maps import layers
from batikportal.models import Area, Enterprise
from batikportal.views import home
from tests.batikportal.contributions import broken, indicator, layer, panel, rule
from tests.factories import portal as factories

TODAY = date(2026, 11, 23)


def test_contributions_of_the_project_keep_their_contract(db):
    assert checks.contributions_keep_their_contract(None) == []


def test_contributions_come_app_by_app():
    prefixes = [one.code.split(".")[0] for one in contracts.contributions("indicators")]
    assert prefixes == sorted(prefixes, key=["portal", "batikportal", "wastewater", "workforce", "marketing"].index)


@pytest.mark.parametrize("module", CONTRACTS)
def test_contributions_have_codes_that_fit_an_address(module):
    codes = [one.code for one in contracts.contributions(module)]
    assert [code for code in codes if not re.fullmatch(r"[a-z0-9._-]+", code)] == []


def test_check_refuses_a_wrong_kind_an_unknown_focus_and_a_code_used_twice(plant):
    plant(indicators=[indicator(), indicator(), indicator("b", focus="sea"), rule()])
    found = checks.contributions_keep_their_contract(None)
    assert sorted(error.id for error in found) == ["portal.E020", "portal.E021", "portal.E022"]


def test_for_user_keeps_what_the_permission_opens(plant, leader, owner):
    plant(layers=[layer("open"), layer("closed", permission="wastewater.view_sample")])
    assert [one.code for one in contracts.for_user("layers", leader)] == ["open", "closed"]
    assert [one.code for one in contracts.for_user("layers", owner)] == ["open"]
    assert [one.code for one in contracts.for_user("layers", AnonymousUser())] == ["open"]
    assert contracts.one("layers", "closed", owner) is None


def test_ask_a_broken_contribution_is_logged_and_fails_alone(db, caplog):
    answer = contracts.ask(indicator(), broken)
    assert (answer.failed, answer.value) == (True, None)
    assert "workforce.protected" in caplog.text


def test_ask_a_failed_statement_does_not_spoil_the_transaction(db):
    def wrong_statement():
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM no_such_table")

    assert contracts.ask(panel(), wrong_statement).failed
    assert Area.objects.exists()
    with pytest.raises(DatabaseError):
        wrong_statement()


def test_scope_filters_the_wards_of_city_district_and_ward(db):
    kauman, jenggot = factories.ward("Kauman"), factories.ward("Jenggot")
    for ward in (kauman, jenggot):
        factories.EnterpriseFactory(ward=ward)
    scope = Scope(Period(TODAY, TODAY), None, TODAY)

    def count(area):
        return Enterprise.objects.filter(replace(scope, area=area).ward_filter("ward")).count()

    assert count(None) == count(kauman.parent.parent) == 2
    assert count(kauman.parent) == count(kauman) == 1
    assert replace(scope, area=kauman.parent).query() == {
        "dari": "2026-11-23",
        "sampai": "2026-11-23",
        "kecamatan": "33.75.02",
    }


def test_scope_asks_once_for_what_several_figures_rest_on():
    asked = []

    def count(scope):
        asked.append(scope.area)
        return len(asked)

    scope = Scope(Period(TODAY, TODAY), None, TODAY)
    assert (scope.once(count), scope.once(count), asked) == (1, 1, [None])
    other = replace(scope, area=Area(name="Kauman"))
    assert other.once(count) == 2
    assert Scope(Period(TODAY, TODAY), None, TODAY) == scope


def test_scope_does_not_keep_a_failure():
    scope = Scope(Period(TODAY, TODAY), None, TODAY)
    with pytest.raises(RuntimeError):
        scope.once(broken)
    assert scope.once(lambda scope: 7) == 7


# The apps' own contributions, whatever they are


def _own(module: str):
    return [pytest.param(one, id=one.code) for one in contracts.contributions(module)]


@pytest.mark.parametrize("own", _own("indicators"))
def test_own_indicator_answers_on_an_empty_database_and_opens_a_page(db, own):
    scope = Scope(Period(date(2026, 1, 1), TODAY), Area.objects.get(code="33.75.01"), TODAY)
    reading = figures.read_checked(own, scope)
    page = resolve(urlsplit(str(own.rows(scope))).path).func
    assert reading.value in (None, 0)
    assert page.policy.kind in ("public", "staff", "needs")


@pytest.mark.parametrize("own", _own("alerts"))
def test_own_alert_rule_finds_nothing_on_an_empty_database(db, own):
    assert work.find_checked(own, Scope(Period(TODAY, TODAY), None, TODAY)).total == 0


@pytest.mark.parametrize("own", _own("layers"))
def test_own_layer_answers_on_an_empty_database(db, own):
    assert isinstance(layers.read_checked(own, Scope(Period(TODAY, TODAY), None, TODAY)), list)


@pytest.mark.parametrize("own", _own("datasets"))
def test_own_dataset_has_a_dictionary_and_answers_on_an_empty_database(db, own):
    table = open_data.read_table(own)
    assert table.csv.startswith(own.columns[0][0].encode())
    assert all(str(meaning) for _name, _kind, meaning in own.columns)
    assert own.licence


@pytest.mark.parametrize(
    "own", [pytest.param(one, id=one.code) for one in contracts.contributions("panels") if one.audience == "public"]
)
def test_own_public_panel_draws_on_an_empty_database(rf, db, own):
    request = rf.get("/")
    request.user = AnonymousUser()
    assert home.draw(own, request).strip()
