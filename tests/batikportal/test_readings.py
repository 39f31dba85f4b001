"""Answers of figures and rules: kept until somebody writes, never older than the last write, failures never."""

from dataclasses import replace
from datetime import date

import pytest
from django.core.cache import caches
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import translation

from batikportal import readings
from batikportal.contracts import Period, Scope
from batikportal.middleware import ReadingsMiddleware
from batikportal.models import Area
from tests.batikportal.contributions import broken, indicator

TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _kept(db, settings):
    settings.READINGS_SECONDS = 300
    yield
    caches["readings"].clear()


def scope() -> Scope:
    return Scope(Period(date(2026, 1, 1), TODAY), None, TODAY)


class Count:
    """An answer that is another one each time."""

    def __init__(self):
        self.times = 0

    def __call__(self, _item, _scope) -> int:
        self.times += 1
        return self.times


def test_an_answer_is_kept_for_the_same_days_and_place_only():
    count, item = Count(), indicator()

    assert [readings.ask(item, count, scope()).value for _n in range(3)] == [1, 1, 1]
    assert readings.ask(item, count, replace(scope(), area=Area.objects.get(code="33.75.01"))).value == 2
    assert readings.ask(item, count, replace(scope(), period=Period(TODAY, TODAY))).value == 3
    assert readings.ask(item, count, replace(scope(), today=date(2026, 11, 24))).value == 4
    with translation.override("en"):
        assert readings.ask(item, count, scope()).value == 5
    assert readings.ask(item, count, scope()).value == 1


@pytest.mark.parametrize(("method", "answer"), [("get", 1), ("head", 1), ("post", 2), ("delete", 2)])
def test_after_a_request_that_may_have_written_it_is_asked_anew(method, answer):
    count, item = Count(), indicator()
    readings.ask(item, count, scope())

    ReadingsMiddleware(lambda _request: HttpResponse())(getattr(RequestFactory(), method)("/"))

    assert readings.ask(item, count, scope()).value == answer


def test_a_request_that_broke_may_have_written_as_well():
    count, item = Count(), indicator()
    readings.ask(item, count, scope())

    with pytest.raises(RuntimeError):
        ReadingsMiddleware(broken)(RequestFactory().post("/"))

    assert readings.ask(item, count, scope()).value == 2


def test_what_was_asked_before_a_write_is_not_found_after_it():
    """A page that began before the write and ends after it leaves its old answer under the old mark."""
    count, item, early = Count(), indicator(), scope()
    early.once(readings._mark)
    readings.forget()

    assert readings.ask(item, count, early).value == 1
    assert readings.ask(item, count, scope()).value == 2


def test_a_failure_is_asked_again():
    assert readings.ask(indicator(), broken, scope()).failed
    assert readings.ask(indicator(), Count(), scope()).value == 1


def test_nothing_is_kept_when_switched_off(settings):
    settings.READINGS_SECONDS = 0
    count, item = Count(), indicator()

    assert [readings.ask(item, count, scope()).value for _n in range(2)] == [1, 2]
