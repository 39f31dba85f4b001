"""The pages of sensor stations: who opens them, what they say, the secret shown once, and their cost."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from batikportal.contracts import Period, Scope
from tests.factories import portal
from tests.factories import wastewater as factories
from tests.wastewater.sensing import day_of_rows, hour_of_rows, row, secret_for, take
from wastewater import alerts, datasets, indicators
from wastewater.choices import Verdict
from wastewater.models import SensorExclusion, SensorReading, SensorVerdict, StationSecret

pytestmark = pytest.mark.django_db


def url(name: str, *args) -> str:
    return reverse(f"wastewater:{name}", args=args)


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


def yesterday():
    """The last midnight but one in Pekalongan."""
    now = timezone.localtime()
    return now.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=1)


def full_station(**more):
    """A station whose yesterday is complete and whose COD is over the limit."""
    station = factories.StationFactory(active_from=yesterday() - timedelta(days=5), **more)
    take(station, day_of_rows(yesterday(), cod=137.5), timezone.now())
    return station


SEE_ALL = ["leader", "planner", "waste_head", "waste_officer", "field_officer", "data_clerk"]
EVERYBODY = [*SEE_ALL, "lab", "workforce_officer", "market_officer", "administrator", "auditor", "outsider", "owner"]


def test_pages_open_for_their_roles_and_others_find_nothing(request, as_user, client):
    station = factories.StationFactory()
    browsers = {role: as_user(request.getfixturevalue(role)) for role in EVERYBODY}

    def opened(path: str) -> list[str]:
        return [role for role, browser in browsers.items() if browser.get(path).status_code == 200]

    assert opened(url("station-list")) == SEE_ALL
    assert opened(url("sensor-station", station.public_id)) == SEE_ALL
    assert opened(url("station-export", station.public_id)) == SEE_ALL
    assert opened(url("station-refusals", station.public_id)) == SEE_ALL
    assert opened(url("station-secret", station.public_id)) == ["waste_head"]
    assert opened(url("station-secret-withdraw", station.public_id)) == ["waste_head"]
    assert opened(url("station-exclude", station.public_id)) == ["waste_head", "waste_officer"]
    assert browsers["outsider"].get(url("sensor-station", station.public_id)).status_code == 404
    assert client.get(url("sensor-station", station.public_id)).status_code == 302


def test_owner_sees_the_station_at_her_own_point_only(as_user, owner):
    own = factories.StationFactory(point=factories.EnterprisePointFactory(enterprise=owner.enterprise))
    other = factories.StationFactory(point=factories.EnterprisePointFactory())
    browser = as_user(owner)
    assert browser.get(url("sensor-station", own.public_id)).status_code == 200
    assert browser.get(url("sensor-station", other.public_id)).status_code == 404
    assert "Terbitkan kunci" not in text_of(browser.get(url("sensor-station", own.public_id)))
    assert own.uid in text_of(browser.get(url("point", own.point.public_id)))


def test_officer_of_another_district_finds_nothing(as_user):
    station = factories.StationFactory(point=factories.EnterprisePointFactory(ward=portal.ward("Krapyak")))
    near, far = (portal.StaffFactory(role="field_officer", office="dlh") for _n in range(2))
    near.role_assignments.update(area=portal.ward("Krapyak").parent)
    far.role_assignments.update(area=portal.ward("Jenggot").parent)
    assert as_user(near).get(url("sensor-station", station.public_id)).status_code == 200
    assert as_user(far).get(url("sensor-station", station.public_id)).status_code == 404


def test_station_page_says_what_happened(as_user, waste_head):
    station = full_station()
    take(station, [{"datetime": "2026-01-01", "cod": 1}], timezone.now())
    page = text_of(as_user(waste_head).get(url("sensor-station", station.public_id), {"parameter": "cod"}))
    assert "Melebihi" in page
    assert "137,50 / 125" in page
    assert "100% baris dalam rentang" in page
    assert "Permen LH/BPLH 12/2025" in page
    assert "24 / 24" in page
    assert "0 baru, 0 sudah ada, 1 ditolak" in page
    refused = text_of(as_user(waste_head).get(url("station-refusals", station.public_id)))
    assert "waktu tanpa zona" in refused
    listed = text_of(as_user(waste_head).get(url("station-list")))
    assert "24 / 24" in listed


def test_day_without_rows_is_told_and_is_no_zero(as_user, waste_head):
    station = factories.StationFactory(active_from=yesterday())
    page = text_of(as_user(waste_head).get(url("sensor-station", station.public_id)))
    assert "tidak ada data" in page
    assert "Belum ada kiriman" in page
    lines = as_user(waste_head).get(url("station-export", station.public_id)).content.decode("utf-8-sig").splitlines()
    assert len(lines) == 1 + 2 * 5
    assert "tidak ada data" in lines[1]


def test_export_has_a_line_per_day_and_parameter(as_user, waste_head):
    station = full_station()
    answer = as_user(waste_head).get(url("station-export", station.public_id))
    rows = [line.split(";") for line in answer.content.decode("utf-8-sig").splitlines()]
    cod = next(line for line in rows if line[1] == yesterday().date().isoformat() and line[2] == "COD")
    assert cod[3:5] == ["24", "720"]
    assert (cod[7], cod[9], cod[10], cod[12], cod[13]) == ("137,5", "ya", "Melebihi", "137,5", "125")


@pytest.mark.parametrize("door", ["station-list", "sensor-station"])
def test_pages_take_the_same_queries_for_1_and_30(door, as_user, waste_head):
    browser = as_user(waste_head)
    first = full_station()

    def queries() -> int:
        path = url(door) if door == "station-list" else url(door, first.public_id)
        browser.get(path)
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(path).status_code == 200
        return len(captured)

    before = queries()
    for day in range(2, 5):
        take(first, day_of_rows(yesterday() - timedelta(days=day), 2), timezone.now())
    for _n in range(29):
        take(factories.StationFactory(), hour_of_rows(yesterday()), timezone.now())
    assert queries() == before


def test_list_finds_and_filters(as_user, waste_head):
    now = timezone.now()
    sending, silent, _never = (factories.StationFactory(uid=f"SPR-{n}-UJI") for n in ("A", "B", "C"))
    closed = factories.StationFactory(uid="SPR-D-UJI", active_until=now)
    take(sending, [row(now)], now)
    take(silent, [row(now - timedelta(hours=4))], now - timedelta(hours=4))

    def found(**query) -> list[str]:
        return [one.uid for one in as_user(waste_head).get(url("station-list"), query).context["page"]]

    assert found(keadaan="sending") == [sending.uid]
    assert found(keadaan="silent") == [silent.uid]
    assert found(keadaan="never") == ["SPR-C-UJI"]
    assert found(keadaan="closed") == [closed.uid]
    assert found(cari="spr-b") == [silent.uid]
    assert found(kecamatan=sending.point.ward.parent.code) == ["SPR-A-UJI", "SPR-B-UJI", "SPR-C-UJI", "SPR-D-UJI"]


# Secrets and exclusions


def test_secret_is_shown_once_and_kept_in_the_history(as_user, waste_head):
    station = factories.StationFactory()
    browser = as_user(waste_head)
    assert "hanya ditampilkan sekali" in text_of(browser.get(url("station-secret", station.public_id)))
    assert not StationSecret.objects.exists()

    answer = browser.post(url("station-secret", station.public_id))

    stored = StationSecret.objects.get()
    assert stored.secret.reveal() in text_of(answer)
    assert stored.issued_by == waste_head
    assert answer.headers["Cache-Control"] == "no-store"
    assert stored.secret.reveal() not in text_of(browser.get(url("sensor-station", station.public_id)))
    event = StationSecret.pgh_event_model.objects.get()
    assert event.pgh_context.metadata["user"] == waste_head.pk
    assert not hasattr(event, "secret")


def test_secret_of_a_closed_station_is_refused_kindly(as_user, waste_head):
    station = factories.StationFactory(active_until=timezone.now())
    answer = as_user(waste_head).post(url("station-secret", station.public_id), follow=True)
    assert "tidak aktif lagi" in text_of(answer)


def test_withdrawing_wants_a_reason(as_user, waste_head):
    station = factories.StationFactory()
    secret_for(station, timezone.now() - timedelta(hours=1))
    browser = as_user(waste_head)
    assert browser.post(url("station-secret-withdraw", station.public_id)).status_code == 200
    assert StationSecret.objects.filter(valid_until__isnull=True).exists()
    browser.post(url("station-secret-withdraw", station.public_id), {"reason": "Bocor"})
    assert not StationSecret.objects.filter(valid_until__isnull=True).exists()


def test_officer_excludes_a_span_and_counts_it_again(as_user, waste_officer):
    station = full_station()
    browser = as_user(waste_officer)
    start = yesterday()
    given = {"starts_at": f"{start:%Y-%m-%dT%H:%M}", "ends_at": f"{start + timedelta(hours=8):%Y-%m-%dT%H:%M}"}
    assert "Akhir rentang" in text_of(
        browser.post(
            url("station-exclude", station.public_id),
            {"starts_at": given["ends_at"], "ends_at": given["starts_at"], "reason": "x"},
        )
    )
    browser.post(url("station-exclude", station.public_id), {**given, "reason": "Sensor kotor"})

    def cod() -> str:
        return SensorVerdict.objects.get(station=station, parameter="cod", is_current=True).verdict

    assert cod() == Verdict.CANNOT_TELL
    exclusion = SensorExclusion.objects.get()
    assert exclusion.created_by == waste_officer
    browser.post(url("station-include", station.public_id, exclusion.public_id), {"reason": "Keliru"})
    assert cod() == Verdict.EXCEEDS
    other = factories.StationFactory()
    assert browser.get(url("station-include", other.public_id, exclusion.public_id)).status_code == 404


# Contributions


def scope() -> Scope:
    today = timezone.localdate()
    return Scope(Period(today - timedelta(days=30), today), None, today)


def found(code: str) -> list[tuple[str, str]]:
    rule = next(one for one in alerts.ALERTS if one.code == code)
    return [(one.subject, one.detail) for one in rule.find(scope()).items]


def test_alerts_name_silence_excess_and_refusals():
    now = timezone.now()
    station = full_station()
    assert found("wastewater.sensor_exceeds") == [(str(station), "COD: 137,50, batas 125")]
    assert found("wastewater.sensor_refusals") == []
    take(station, [row(now)], now)
    assert found("wastewater.sensor_silent") == []

    take(station, [row(now, pH=20)] * 90, now)
    never = factories.StationFactory()

    assert found("wastewater.sensor_silent") == [(str(never), "Belum pernah mengirim")]
    assert found("wastewater.sensor_refusals") == [(str(station), "90 dari 811 baris ditolak dalam 24 jam")]


def test_indicator_counts_decided_days():
    item = next(one for one in indicators.INDICATORS if one.code == "wastewater.sensor_days")
    assert item.read(scope()).value is None
    full_station()
    reading = item.read(scope())
    assert (reading.value, reading.numerator, reading.denominator, reading.completeness) == (80, 4, 5, 1)
    assert item.rows(scope()).startswith(url("station-list"))


def test_open_data_hold_opened_stations_of_plants_only():
    dataset = next(one for one in datasets.DATASETS if one.code == "wastewater-sensor-days")
    full_station()
    full_station(is_published=True, point=factories.EnterprisePointFactory(), permit_m3_per_day=None)
    assert list(dataset.rows()) == []
    opened = full_station(is_published=True)
    assert {(line[1], line[3]) for line in dataset.rows()} == {
        (opened.uid, parameter) for parameter in ("ph", "tss", "debit", "cod", "nh3n")
    }
    assert {len(line) for line in dataset.rows()} == {len(dataset.columns)}


# Admin and simulator


def test_admin_adds_a_station_and_never_changes_its_uid(as_user, waste_head):
    browser = as_user(waste_head)
    given = {
        "uid": "SPR-BARU-1", "name": "Baru", "point": factories.PlantPointFactory().pk, "flow_unit": "m3/min",
        "expected_parameters": ["ph", "cod"], "permit_m3_per_day": "120,5", "active_from_0": "2026-01-01",
        "active_from_1": "00:00",
    }  # fmt: skip
    answer = browser.post(reverse("admin:wastewater_sensorstation_add"), given)
    assert answer.status_code == 302, answer.context["adminform"].errors
    page = text_of(browser.get(url("station-list")))
    assert "SPR-BARU-1" in page
    bad = browser.post(reverse("admin:wastewater_sensorstation_add"), given | {"uid": "a b"})
    assert bad.status_code == 200


def test_rule_is_ended_and_followed_in_the_admin(as_user, waste_head):
    browser = as_user(waste_head)
    from wastewater.models import SensorRule

    rule = SensorRule.objects.get()
    today = timezone.localdate()
    browser.post(reverse("admin:wastewater_sensorrule_change", args=[rule.pk]), {"effective_until": today.isoformat()})
    rule.refresh_from_db()
    assert rule.effective_until == today


def test_simulator_refuses_strangers_and_real_portals(settings):
    station = factories.StationFactory()
    settings.DEBUG = settings.DEMO = False
    with pytest.raises(CommandError, match="demo"):
        call_command("simulate_sensors", station.uid)
    settings.DEMO = True
    with pytest.raises(CommandError, match="this machine"):
        call_command("simulate_sensors", station.uid, url="https://example.org")
    with pytest.raises(CommandError, match="secret"):
        call_command("simulate_sensors", station.uid)
    with pytest.raises(CommandError, match="No station"):
        call_command("simulate_sensors", "SPR-TIDAK-ADA")


@pytest.mark.django_db(transaction=True)
def test_simulator_sends_after_an_outage_and_nothing_is_stored_twice(settings, live_server, capsys):
    settings.DEMO = True
    station = factories.StationFactory()
    secret_for(station, timezone.now() - timedelta(days=1))
    call_command("simulate_sensors", station.uid, url=live_server.url, hours=4, outage=2)
    said = capsys.readouterr().out.splitlines()
    assert [line.split(":")[0] for line in said] == [
        "hour 1",
        "hour 2",
        "hour 3",
        "hour 4",
        "sent later",
        "sent later",
        "sent twice",
    ]
    assert said[-1].startswith("sent twice: 0 baris baru")
    stored = SensorReading.objects.count()
    assert 110 <= stored <= 120
