"""The ground floor's own contributions: the registry as figure, work, map, panel and open data."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from batikportal import alerts, datasets, indicators, layers, panels, small_cells
from batikportal.choices import EnterpriseStatus, Technique
from batikportal.contracts import Period, Scope
from batikportal.models import Area, Enterprise
from tests.factories import portal as factories

TODAY = date(2026, 11, 23)
CITY = Scope(Period(date(2026, 1, 1), TODAY), None, TODAY)


def scope_of(district: str) -> Scope:
    return Scope(CITY.period, Area.objects.get(name=district, level="district"), TODAY)


def registered(count: int, *, on: datetime | None = None, **fields) -> list[Enterprise]:
    made = factories.EnterpriseFactory.create_batch(count, **fields)
    if on:
        Enterprise.objects.filter(pk__in=[row.pk for row in made]).update(created_at=on)
    return made


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ([0, 5, 9], [0, 5, 9]),
        ([4, 5, 9], [None, None, 9]),
        ([4, 1, 9], [None, None, 9]),
        ([3, 0, 0], [None, 0, 0]),
        ([], []),
    ],
)
def test_small_cells_hide_themselves_and_cannot_be_subtracted(counts, shown):
    assert small_cells.publishable_cells(counts) == shown


def test_active_enterprises_counts_the_rows_that_its_link_opens(as_user, leader):
    registered(3, ward=factories.ward("Kauman"))
    registered(2, ward=factories.ward("Jenggot"))
    for status in (EnterpriseStatus.PENDING, EnterpriseStatus.CLOSED):
        registered(1, status=status, ward=factories.ward("Kauman"))
    for scope, expected in ((CITY, 5), (scope_of("Pekalongan Timur"), 3), (scope_of("Pekalongan Utara"), None)):
        page = as_user(leader).get(indicators.active_rows(scope)).context["page"]
        assert indicators.read_active(scope).value == expected
        assert page.paginator.count == (expected or 0)


def test_active_enterprises_trend_knows_nothing_before_the_first_registration(db):
    registered(2, on=datetime(2026, 3, 31, 18, 0, tzinfo=UTC))  # 1 April in Pekalongan
    registered(3, on=datetime(2026, 10, 5, tzinfo=UTC))
    trend = [value for _label, value in indicators.read_active(CITY).trend]
    assert trend == [None] * 4 + [2] * 6 + [5] * 2


def test_pending_enterprises_become_work_after_some_days(db):
    now = timezone.now()
    today = timezone.localdate()
    scope = Scope(Period(today, today), None, today)
    old, _young = registered(2, status=EnterpriseStatus.PENDING)
    Enterprise.objects.filter(pk=old.pk).update(created_at=now - timedelta(days=10))
    found = alerts.find_pending(scope)
    assert [one.subject for one in found.items] == [old.name]
    assert found.items[0].due_on == today - timedelta(days=3)


def test_pending_enterprises_list_fifty_and_count_all_in_two_queries(db):
    registered(60, status=EnterpriseStatus.PENDING, on=datetime(2026, 1, 1, tzinfo=UTC))
    with CaptureQueriesContext(connection) as captured:
        found = alerts.find_pending(CITY)
    assert (len(found.items), found.total, len(captured)) == (50, 60, 2)


def test_enterprises_layer_and_dataset_hide_the_same_small_counts(db):
    registered(12, ward=factories.ward("Kauman"))
    registered(6, ward=factories.ward("Jenggot"))
    registered(2, ward=factories.ward("Klego"))
    on_map = {value.area_code: value.value for value in layers.read_enterprises(CITY)}
    in_file = {row[0]: row[3] for row in datasets.rows_by_ward()}
    assert on_map == in_file
    assert on_map[factories.ward("Kauman").code] == 12
    assert on_map[factories.ward("Klego").code] is None
    assert on_map[factories.ward("Jenggot").code] is None
    assert on_map[factories.ward("Degayu").code] == 0


def test_registry_panel_and_technique_dataset_hide_small_counts(db, client):
    registered(6, techniques=[Technique.TULIS, Technique.CAP])
    registered(1, techniques=[Technique.COMBINATION])
    found = panels.read_public(None, None, TODAY)
    assert found["total"] == 7
    assert dict(found["techniques"]) == {"Batik tulis": 6, "Batik cap": 6, "Batik kombinasi": None}
    assert dict(datasets.rows_by_technique())["Batik kombinasi"] is None
    assert "Batik kombinasi" not in client.get("/").content.decode()


def test_registry_panel_of_an_empty_registry_says_so(db, client):
    assert panels.read_public(None, None, TODAY)["total"] == 0
    assert "belum ada data" in client.get("/").content.decode()
