"""Tokens, rows and hints of sensor stations, with the vectors of the field."""

import json
import random
import statistics
from datetime import UTC, datetime

import pytest

from wastewater.choices.sensors import FlowUnit, RowProblem
from wastewater.rules import sensor_tokens, sensors

SECRET = "rahasia-uji-123"
PAYLOAD = {
    "uid": "SPR-PKL-0001",
    "data": [
        {"datetime": 1767225600, "pH": 7.21, "tss": 38.4, "debit": 0.12, "cod": 121.5, "nh3n": 3.2},
        {"datetime": 1767225720, "pH": 7.25, "tss": 39.1, "debit": 0.13, "cod": 124.0, "nh3n": 3.1},
    ],
}
TOKEN = (
    "eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9.eyJ1aWQiOiJTUFItUEtMLTAwMDEiLCJkYXRhIjpbeyJkYXRldGltZSI6MTc2NzIyNTYwMCwicEg"
    "iOjcuMjEsInRzcyI6MzguNCwiZGViaXQiOjAuMTIsImNvZCI6MTIxLjUsIm5oM24iOjMuMn0seyJkYXRldGltZSI6MTc2NzIyNTcyMCwicEgiOjcu"
    "MjUsInRzcyI6MzkuMSwiZGViaXQiOjAuMTMsImNvZCI6MTI0LjAsIm5oM24iOjMuMX1dfQ.3mSsN-3MdPqKGBflMQtgkn3Pm9bp0lcgZxRE11Gn2q4"
)
WINDOW = sensors.Window(oldest=1_700_000_000, newest=1_800_000_300, opens=1_750_000_000, closes=1_790_000_000)
ROW = {"datetime": 1767225600, "pH": 7.21, "tss": 38.4, "debit": 0.12, "cod": 121.5, "nh3n": 3.2}


# Tokens


def test_signing_gives_the_published_token_byte_for_byte():
    assert sensor_tokens.sign(PAYLOAD, SECRET) == TOKEN


def test_published_token_is_read_and_proved():
    assert sensor_tokens.read(TOKEN) == PAYLOAD
    assert sensor_tokens.is_signed_by(TOKEN, ["other", SECRET])
    assert not sensor_tokens.is_signed_by(TOKEN, ["other"])
    assert not sensor_tokens.is_signed_by(TOKEN, [])


def forged(header: dict, payload=PAYLOAD) -> str:
    return f"{sensor_tokens._packed(header)}.{sensor_tokens._packed(payload)}.AAAA"


@pytest.mark.parametrize(
    "token",
    [
        "", "a", "a.b", "a.b.c.d", "a.b.", "ä.b.c", TOKEN + ".", TOKEN.replace(".", "!"), TOKEN[:-1] + "=",
        forged({"typ": "JWT", "alg": "none"}), forged({"typ": "JWT", "alg": "HS512"}), forged({"alg": "RS256"}),
        forged({"typ": "JWT"}), forged({"typ": "JWE", "alg": "HS256"}),
        forged({"alg": "HS256", "crit": ["exp"]}), forged({"typ": "JWT", "alg": "HS256"}, [1]),
        forged(["HS256"]), forged({"typ": "JWT", "alg": ["HS256"]}), "e30.e30.A", "A.e30.e30",
    ],
)  # fmt: skip
def test_other_tokens_are_refused(token):
    with pytest.raises(sensor_tokens.BadToken):
        sensor_tokens.read(token)


@pytest.mark.parametrize("text", ['{"uid":NaN}', '{"uid":Infinity}', "[" * 100_000, '{"a":' * 50_000, "{", "\ud83d"])
def test_payloads_that_are_no_json_are_refused(text):
    head, _payload, signature = TOKEN.split(".")
    body = sensor_tokens._encoded(text.encode("utf-8", "surrogatepass"))
    with pytest.raises(sensor_tokens.BadToken):
        sensor_tokens.read(f"{head}.{body}.{signature}")


def test_one_changed_character_breaks_the_signature():
    head, payload, signature = TOKEN.split(".")
    other = sensor_tokens._packed(json.loads(json.dumps(PAYLOAD).replace("7.21", "7.22")))
    assert not sensor_tokens.is_signed_by(f"{head}.{other}.{signature}", [SECRET])
    assert not sensor_tokens.is_signed_by(f"{head}.{payload}.A{signature[1:]}", [SECRET])


# Rows


def test_row_is_accepted_with_its_values():
    assert sensors.parse_row(ROW, WINDOW) == sensors.SensorRow(1767225600, 0, (7.21, 38.4, 0.12, 121.5, 3.2))


def test_missing_value_is_a_gap_and_unknown_keys_are_left():
    assert sensors.parse_row({"datetime": 1767225600, "cod": 0, "suhu": 30}, WINDOW) == sensors.SensorRow(
        1767225600, 0, (None, None, None, 0, None)
    )


@pytest.mark.parametrize("code", [-1, -2, -3, -2.0])
def test_operating_code_stands_for_the_whole_row(code):
    row = {"datetime": 1767225600, **dict.fromkeys(("pH", "tss", "debit", "cod", "nh3n"), code)}
    assert sensors.parse_row(row, WINDOW) == sensors.SensorRow(1767225600, code, (None,) * 5)


def test_flow_in_cubic_metres_per_hour_becomes_per_minute():
    row = sensors.parse_row({**ROW, "debit": 7.2}, WINDOW, sensors.flow_factor(FlowUnit.PER_HOUR))
    assert row.values[2] == 0.12


def test_moment_with_an_offset_is_read():
    assert sensors.parse_row({**ROW, "datetime": "2026-01-01T07:00:00+07:00"}, WINDOW).second == 1767225600


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("7", RowProblem.SHAPE),
        ([1], RowProblem.SHAPE),
        (None, RowProblem.SHAPE),
        ({**ROW, "cod": {"x": 1}}, RowProblem.SHAPE),
        ({**ROW, "datetime": None}, RowProblem.NO_TIME),
        ({"pH": 7}, RowProblem.NO_TIME),
        ({**ROW, "datetime": True}, RowProblem.NO_TIME),
        ({**ROW, "datetime": 1767225600.5}, RowProblem.NO_TIME),
        ({**ROW, "datetime": 1e400}, RowProblem.NO_TIME),
        ({**ROW, "datetime": "kemarin"}, RowProblem.NO_TIME),
        ({**ROW, "datetime": "0001-01-01T00:00:00+14:00"}, RowProblem.NO_TIME),
        ({**ROW, "datetime": "2026-01-01T07:00:00"}, RowProblem.NAIVE),
        ({**ROW, "datetime": 1_800_000_301}, RowProblem.FUTURE),
        ({**ROW, "datetime": 1767225600000}, RowProblem.FUTURE),
        ({**ROW, "datetime": -1}, RowProblem.TOO_OLD),
        ({**ROW, "datetime": 1_749_999_999}, RowProblem.NOT_ACTIVE),
        ({**ROW, "datetime": 1_790_000_000}, RowProblem.NOT_ACTIVE),
        ({**ROW, "cod": "121.5"}, RowProblem.NOT_A_NUMBER),
        ({**ROW, "cod": True}, RowProblem.NOT_A_NUMBER),
        ({**ROW, "pH": 14.01}, RowProblem.OUT_OF_RANGE),
        ({**ROW, "tss": -0.5}, RowProblem.OUT_OF_RANGE),
        ({**ROW, "tss": -4}, RowProblem.OUT_OF_RANGE),
        ({**ROW, "tss": 1e400}, RowProblem.OUT_OF_RANGE),
        ({**ROW, "tss": 10**400}, RowProblem.OUT_OF_RANGE),
        ({**ROW, "tss": -1}, RowProblem.MIXED),
        ({"datetime": 1767225600, "tss": -1, "cod": -2}, RowProblem.MIXED),
        ({"datetime": 1767225600}, RowProblem.EMPTY),
        ({"datetime": 1767225600, "pH": None}, RowProblem.EMPTY),
    ],
)
def test_row_is_refused_with_its_reason(row, problem):
    assert sensors.parse_row(row, WINDOW) == problem


def test_newest_and_oldest_moments_are_accepted():
    window = sensors.Window(oldest=100, newest=200, opens=100, closes=None)
    for second in (100, 200):
        assert sensors.parse_row({**ROW, "datetime": second}, window).second == second


def test_moments_are_utc_seconds():
    assert datetime.fromtimestamp(1767225600, UTC) == datetime(2026, 1, 1, tzinfo=UTC)


# Hints


def hints(values, **rule) -> list[str]:
    watch = sensors.Watch(sensors.HintRule(**rule))
    return [watch.hint(value) for value in values]


def test_ten_equal_values_are_stuck():
    assert hints([7.2] * 12) == [""] * 9 + ["stuck"] * 3


def test_changing_value_ends_being_stuck():
    assert hints([*[7.2] * 10, 7.3, 7.2])[-3:] == ["stuck", "", ""]


def test_spike_is_told_only_after_ten_values():
    steady = [100, 101, 99, 102, 98, 101, 100, 99, 103]
    assert hints([*steady, 400])[-1] == ""
    assert hints([*steady, 100, 400])[-1] == "spike"
    assert hints([*steady, 100, 104])[-1] == ""


def test_spike_equals_the_definition_on_random_values():
    dice = random.Random(7)
    values = [
        round(dice.gauss(100, 4), 1) if dice.random() > 0.05 else round(dice.uniform(0, 500), 1) for _ in range(500)
    ]
    expected = []
    for n, value in enumerate(values):
        window = values[max(0, n - 30) : n]
        middle = statistics.median(window) if window else 0
        mad = statistics.median([abs(one - middle) for one in window]) if window else 0
        expected.append(len(window) >= 10 and mad > 0 and abs(value - middle) * 0.6745 / mad > 5)
    found = [hint == "spike" for hint in hints(values)]
    assert found == expected
    assert sum(found) > 10
