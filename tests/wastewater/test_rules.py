"""Units, discharge classes, the choice of limits and verdicts, with the vectors of the field."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from batikportal import states
from tests.wastewater import standards_book as book
from wastewater import reference, rules
from wastewater.choices import SampleState

NOW = date(2026, 3, 1)
BEFORE_2025 = date(2025, 9, 8)
FIRST_DAY_2025 = date(2025, 9, 9)
IN_TRANSITION = date(2020, 5, 1)


# Discharge classes


@pytest.mark.parametrize(
    ("discharge", "expected"),
    [
        ("0.1", "A"),
        ("99.99", "A"),
        ("100", "A"),
        ("100.01", "B"),
        ("999.99", "B"),
        ("1000", "C"),
        ("1000.01", "C"),
    ],
)
def test_discharge_class_at_its_edges(discharge, expected):
    [limits] = rules.applicable(book.rows("BOD5"), book.effluent(NOW, discharge))
    assert limits[0].discharge_class == expected


def test_another_reading_of_the_edge_is_another_span():
    """ "Less than 100" as the text of 12/2025 prints it: then 100 itself belongs to nobody until a set says so."""
    below = rules.DischargeSpan(high=Decimal(100), high_included=False)
    assert [below.holds(Decimal(one)) for one in ("99.99", "100", "100.01")] == [True, False, False]


@pytest.mark.parametrize(
    ("parameter", "expected"),
    [
        ("BOD5", {"A": 60, "B": 45, "C": 35}),
        ("COD", {"A": 150, "B": 125, "C": 115}),
        ("TSS", {"A": 50, "B": 40, "C": 30}),
        ("WARNA", {"A": 200, "B": 200, "C": 200}),
    ],
)
def test_class_limits_of_permen_12_2025(parameter, expected):
    found = {}
    for name, discharge in (("A", 50), ("B", 500), ("C", 5000)):
        [limits] = rules.applicable(book.rows(parameter), book.effluent(NOW, discharge))
        found[name] = int(limits[0].maximum)
    assert found == expected


@pytest.mark.parametrize(
    ("on", "expected_sets"),
    [
        (IN_TRANSITION, [("national", ""), ("province", "")]),
        (BEFORE_2025, [("national", "B"), ("province", "")]),
        (FIRST_DAY_2025, [("national", "B"), ("province", "")]),
        (date(2019, 3, 31), [("province", "")]),
    ],
)
def test_limits_follow_the_sampling_date(on, expected_sets):
    [limits] = rules.applicable(book.rows("COD"), book.effluent(on, 180))
    assert [(row.jurisdiction, row.discharge_class) for row in limits] == expected_sets


def test_the_new_regulation_starts_on_its_first_day():
    [before] = rules.applicable(book.rows("COD"), book.effluent(BEFORE_2025, 180))
    [after] = rules.applicable(book.rows("COD"), book.effluent(FIRST_DAY_2025, 180))
    assert before[0].effective_until == BEFORE_2025
    assert after[0].effective_from == FIRST_DAY_2025


@pytest.mark.parametrize(("river_class", "expected"), [("I", "2"), ("II", "3"), ("III", "6"), ("IV", "12")])
def test_bod_limit_by_river_class(river_class, expected):
    [limits] = rules.applicable(book.rows("BOD5"), book.river(NOW, river_class))
    assert [row.maximum for row in limits] == [Decimal(expected)]


def test_parameter_without_limit_in_its_class_is_not_graded():
    judged = rules.judge_by_rows(book.result(300, unit="Pt-Co"), book.rows("WARNA"), book.river(NOW, "IV"))
    assert (judged.verdict, judged.reason, judged.limit) == ("cannot_tell", "no_limit", None)


# Vectors


def test_vector_e2_concentration_exceeds_class_b_while_the_load_passes():
    given_point = book.effluent(NOW, 180)
    judged = rules.judge_by_rows(book.result(138), book.rows("COD"), given_point)
    assert (judged.verdict, judged.ratio, judged.binding) == ("exceeds", Decimal("1.104"), "stricter")
    load = rules.judge_load(book.result(138), book.rows("COD"), given_point, Decimal(95))
    assert (load.load_kg_per_ton, load.limit.max_load_kg_per_ton, load.verdict) == (Decimal("13.11"), 15, "meets")


def test_vector_e2_load_passes_the_transition_table_of_p16():
    load = rules.judge_load(book.result(138), book.rows("COD"), book.effluent(IN_TRANSITION, 180), Decimal(95))
    assert (load.limit.jurisdiction, load.limit.max_load_kg_per_ton, load.verdict) == ("national", 15, "meets")


def test_vector_e4_ratio_and_percent():
    judged = rules.judge_by_rows(book.result(232), book.rows("COD"), book.effluent(NOW, 50))
    assert judged.verdict == "exceeds"
    assert round(judged.ratio, 4) == Decimal("1.5467")
    assert round(judged.percent, 4) == Decimal("54.6667")


@pytest.mark.parametrize(
    ("flow", "cod_in", "cod_out", "expected"), [(180, 620, 138, ("111.6", "24.84")), (180, 210, 52, ("37.8", "9.36"))]
)
def test_vector_e1_daily_loads(flow, cod_in, cod_out, expected):
    found = tuple(rules.load_kg_per_day(Decimal(one), Decimal(flow)) for one in (cod_in, cod_out))
    assert found == tuple(Decimal(one) for one in expected)


def test_dyeing_load_binds_a_dyeing_point():
    point = book.effluent(NOW, 50, process="dyeing")
    load = rules.judge_load(book.result(150), book.rows("COD"), point, Decimal(20))
    assert (load.load_kg_per_ton, load.limit.max_load_kg_per_ton, load.verdict) == (3, 3, "meets")
    load = rules.judge_load(book.result("150.1"), book.rows("COD"), point, Decimal(20))
    assert load.verdict == "exceeds"


def test_load_is_not_judged_without_water_use():
    assert rules.judge_load(book.result(150), book.rows("COD"), book.effluent(NOW, 50), None) is None


def test_every_provincial_load_follows_from_limit_and_volume():
    [table] = [one for one in reference.read()["table"] if "loads" in one]
    limits = {row[0]: Decimal(row[4][0]) for row in table["rows"] if row[1] == "max"}
    volumes = table["loads"]["volumes_m3_per_ton"]
    for parameter, _unit, _as, loads in table["loads"]["rows"]:
        for load, volume in zip(loads, volumes, strict=True):
            if load == "":
                continue
            # The printed table rounds to one significant figure where the exact product would need four decimals.
            exact = rules.specific_load_kg_per_ton(limits[parameter], Decimal(volume))
            assert abs(Decimal(load) - exact) <= max(exact * Decimal("0.15"), Decimal("0.0005")), (parameter, volume)


# Provincial against national


def test_the_stricter_of_two_binds_and_names_the_other():
    judged = rules.judge_by_rows(book.result(55), book.rows("BOD5"), book.effluent(NOW, 180))
    assert (judged.verdict, judged.limit.jurisdiction, judged.limit.maximum) == ("exceeds", "national", 45)
    assert (judged.compared_with.jurisdiction, judged.compared_with.maximum) == ("province", 60)
    assert judged.binding == "stricter"


def test_equal_limits_cite_the_national_one():
    judged = rules.judge_by_rows(book.result(55), book.rows("BOD5"), book.effluent(NOW, 50))
    assert (judged.verdict, judged.limit.jurisdiction, judged.binding) == ("meets", "national", "equal")


def test_a_stricter_province_binds():
    rows = [book.limit(high=60), book.limit(high=20, jurisdiction="province", id=2)]
    judged = rules.judge_by_rows(book.result(30), rows, book.effluent(NOW, 50))
    assert (judged.verdict, judged.limit.id, judged.compared_with.id, judged.binding) == ("exceeds", 2, 1, "stricter")


def test_strictness_compares_across_units():
    small = book.limit(high=500, unit="µg/L")
    assert rules.compare_strictness(small, book.limit(high=1)) == -1
    assert rules.compare_strictness(small, book.limit(high="0.5")) == 0
    assert rules.compare_strictness(book.limit("min", low=4), book.limit("min", low=3)) == -1
    assert rules.compare_strictness(book.limit("range", low=6, high=9), book.limit("range", low=6, high=8)) == 1
    assert rules.compare_strictness(book.limit("range", low=5, high=8), book.limit("range", low=6, high=9)) is None
    assert rules.compare_strictness(book.limit(high=1), book.limit(high=1, unit="Pt-Co")) is None


@pytest.mark.parametrize(
    ("water", "air", "expected"),
    [
        (39, 38.5, ("exceeds", "province")),  # within 2 °C of the air, but above 38 °C
        (33, 30, ("exceeds", "national")),  # more than 2 °C above the air
        (31, 30, ("meets", "national")),
        (31, None, ("cannot_tell", "national")),
        (39, None, ("exceeds", "province")),
    ],
)
def test_temperature_under_two_kinds_of_limit_takes_the_worse_verdict(water, air, expected):
    judged = rules.judge_by_rows(
        book.result(water, unit="°C", air=air), book.rows("SUHU"), book.effluent(date(2024, 5, 1), 50)
    )
    assert (judged.verdict, judged.limit.jurisdiction) == expected
    assert judged.binding == "worse_verdict"


# Unknown discharge


@pytest.mark.parametrize(
    ("cod", "verdict", "reason", "limit"),
    [
        (110, "meets", "", 115),  # meets even the strictest class
        (151, "exceeds", "", 150),  # exceeds even the loosest
        (130, "cannot_tell", "discharge_unknown", None),
    ],
)
def test_unknown_discharge_decides_only_what_every_class_agrees_on(cod, verdict, reason, limit):
    judged = rules.judge_by_rows(book.result(cod), book.rows("COD"), book.effluent(NOW))
    found = None if judged.limit is None else int(judged.limit.maximum)
    assert (judged.verdict, judged.reason, found) == (verdict, reason, limit)


def test_unknown_discharge_does_not_matter_where_classes_are_equal():
    judged = rules.judge_by_rows(book.result("0.6"), book.rows("FENOL"), book.effluent(NOW))
    assert (judged.verdict, judged.binding) == ("exceeds", "every_class")


# Verdicts by qualifier and kind


@pytest.mark.parametrize(
    ("value", "qualifier", "verdict", "reason"),
    [
        (50, "=", "meets", ""),
        ("50.0001", "=", "exceeds", ""),
        (50, "<", "meets", ""),
        (49, "<", "meets", ""),
        (51, "<", "cannot_tell", "detection_limit"),
        (50, "≤", "meets", ""),
        (51, "≤", "cannot_tell", "detection_limit"),
        (50, ">", "exceeds", ""),
        (50, "≥", "cannot_tell", "above_range"),
        (51, "≥", "exceeds", ""),
        (49, ">", "cannot_tell", "above_range"),
        (10, "~", "cannot_tell", "estimated"),
        (90, "~", "cannot_tell", "estimated"),
    ],
)
def test_upper_limit(value, qualifier, verdict, reason):
    judged = rules.judge(book.result(value, qualifier), book.limit(high=50))
    assert (judged.verdict, judged.reason) == (verdict, reason)


@pytest.mark.parametrize(
    ("value", "qualifier", "verdict"),
    [
        (4, "=", "meets"),
        ("3.99", "=", "exceeds"),
        (4, "<", "exceeds"),
        (4, "≤", "cannot_tell"),
        (5, "<", "cannot_tell"),
        (4, ">", "meets"),
        (4, "≥", "meets"),
        (3, ">", "cannot_tell"),
    ],
)
def test_lower_limit_is_mirrored(value, qualifier, verdict):
    assert rules.judge(book.result(value, qualifier), book.limit("min", low=4)).verdict == verdict


def test_lower_limit_ratio_is_mirrored():
    judged = rules.judge(book.result("3.2"), book.limit("min", low=4))
    assert (judged.ratio, judged.percent, judged.distance) == (Decimal("1.25"), Decimal("25"), Decimal("0.8"))
    assert rules.judge(book.result(0), book.limit("min", low=4)).ratio is None


@pytest.mark.parametrize(
    ("value", "qualifier", "verdict", "distance"),
    [
        (6, "=", "meets", 0),
        (9, "=", "meets", 0),
        ("5.9", "=", "exceeds", Decimal("0.1")),
        ("9.4", "=", "exceeds", Decimal("0.4")),
        (6, "<", "exceeds", 0),
        (7, "<", "cannot_tell", None),
        (9, ">", "exceeds", 0),
        (8, ">", "cannot_tell", None),
    ],
)
def test_range_records_distance_and_never_a_percentage(value, qualifier, verdict, distance):
    judged = rules.judge(book.result(value, qualifier, "pH"), book.limit("range", low=6, high=9, unit="pH"))
    assert (judged.verdict, judged.distance, judged.ratio, judged.percent) == (verdict, distance, None, None)


@pytest.mark.parametrize(
    ("water", "air", "verdict", "reason"),
    [
        (30, 27, "meets", ""),
        ("30.1", 27, "exceeds", ""),
        (24, 27, "meets", ""),
        ("23.9", 27, "exceeds", ""),
        (30, None, "cannot_tell", "no_air_temperature"),
    ],
)
def test_deviation_from_air_counts_both_ways(water, air, verdict, reason):
    judged = rules.judge(book.result(water, unit="°C", air=air), book.limit("deviation_from_air", high=3, unit="°C"))
    assert (judged.verdict, judged.reason) == (verdict, reason)


@pytest.mark.parametrize(("value", "verdict"), [(0, "meets"), (1, "exceeds")])
def test_absent_means_none_at_all(value, verdict):
    judged = rules.judge(book.result(value, unit="–"), book.limit("absent", unit="–"))
    assert (judged.verdict, judged.ratio) == (verdict, None)


def test_iodometric_sulphide_cannot_judge_effluent_nor_river():
    """A detection limit of 0.5 mg/L is above 0.3 (effluent) and 0.002 (river): neither a violation nor a pass."""
    in_effluent = rules.judge_by_rows(
        book.result("0.5", "<", expressed_as="S"), book.rows("SULFIDA"), book.effluent(NOW, 50)
    )
    in_river = rules.judge_by_rows(book.result("0.5", "<", expressed_as="S"), book.rows("SULFIDA"), book.river(NOW))
    assert [(one.verdict, one.reason) for one in (in_effluent, in_river)] == [("cannot_tell", "detection_limit")] * 2


def test_a_non_detect_is_never_halved():
    judged = rules.judge_by_rows(book.result("0.003", "<"), book.rows("FENOL"), book.river(NOW, "I"))
    assert (judged.verdict, judged.ratio) == ("cannot_tell", None)


def test_coliform_above_the_counting_ceiling_exceeds_and_keeps_a_lower_bound():
    judged = rules.judge_by_rows(book.result(2400, ">", "MPN/100 mL"), book.rows("FCOLI"), book.river(NOW))
    assert (judged.verdict, judged.ratio) == ("exceeds", Decimal("2.4"))


def test_hydrogen_sulphide_limit_judges_a_result_reported_as_sulphur():
    judged = rules.judge_by_rows(book.result("0.0019", expressed_as="S"), book.rows("SULFIDA"), book.river(NOW))
    assert (judged.verdict, judged.converted_value) == ("exceeds", Decimal("0.0020197"))


def test_a_unit_of_another_dimension_is_not_judged():
    judged = rules.judge_by_rows(book.result(900, unit="CFU/100 mL"), book.rows("FCOLI"), book.river(NOW))
    assert (judged.verdict, judged.reason) == ("cannot_tell", "unit")


decimals = st.decimals(min_value=0, max_value=100, places=2)
kinds = st.sampled_from(["max", "min", "range"])


@given(bound=decimals, truth=decimals, qualifier=st.sampled_from(["<", "≤", ">", "≥"]), kind=kinds)
def test_a_censored_verdict_holds_for_every_value_it_may_hide(bound, truth, qualifier, kind):
    possible = {"<": truth < bound, "≤": truth <= bound, ">": truth > bound, "≥": truth >= bound}[qualifier]
    limit = book.limit(kind, low=None if kind == "max" else 20, high=None if kind == "min" else 60)
    judged = rules.judge(book.result(bound, qualifier), limit)
    if possible and judged.verdict != "cannot_tell":
        assert rules.judge(book.result(truth), limit).verdict == judged.verdict


@given(value=decimals, discharge=st.decimals(min_value="0.01", max_value=5000, places=2))
def test_an_unknown_discharge_never_contradicts_the_known_one(value, discharge):
    rows = book.rows("COD")
    unknown = rules.judge_by_rows(book.result(value * 3), rows, book.effluent(NOW))
    if unknown.verdict != "cannot_tell":
        assert (
            rules.judge_by_rows(book.result(value * 3), rows, book.effluent(NOW, discharge)).verdict == unknown.verdict
        )


# Units


@pytest.mark.parametrize(
    ("value", "unit", "substance", "to_unit", "to_substance", "expected"),
    [
        ("30.66", "mg/L", "PO4", "mg/L", "P", "10"),
        ("44.27", "mg/L", "NO3", "mg/L", "N", "10"),
        ("1.216", "mg/L", "NH3", "mg/L", "N", "1"),
        ("1.063", "mg/L", "H2S", "mg/L", "S", "1"),
        ("1", "mg/L", "S", "mg/L", "H2S", "1.063"),
        ("500", "µg/L", "", "mg/L", "", "0.5"),
        ("0.5", "mg/L", "", "µg/L", "", "500"),
        ("1216", "µg/L", "NH3", "mg/L", "N", "1"),
        ("200", "TCU", "", "Pt-Co", "", "200"),
        ("5", "mg/L", "", "mg/L", "N", "5"),
    ],
)
def test_conversion(value, unit, substance, to_unit, to_substance, expected):
    found = rules.convert(
        Decimal(value), unit=unit, expressed_as=substance, to_unit=to_unit, to_expressed_as=to_substance
    )
    assert found == Decimal(expected)


@pytest.mark.parametrize(
    ("unit", "substance", "to_unit", "to_substance"),
    [
        ("mg/L", "", "Pt-Co", ""),
        ("CFU/100 mL", "", "MPN/100 mL", ""),
        ("mg/L", "PO4", "mg/L", "N"),
        ("?", "", "mg/L", ""),
    ],
)
def test_conversion_across_dimensions_is_refused(unit, substance, to_unit, to_substance):
    found = rules.convert(Decimal(1), unit=unit, expressed_as=substance, to_unit=to_unit, to_expressed_as=to_substance)
    assert found is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mg/L", ("mg/L", "")),
        (" mg / l ", ("mg/L", "")),
        ("ppm", ("mg/L", "")),
        ("µg/L", ("µg/L", "")),
        ("ug/l", ("µg/L", "")),
        ("mg/L NO3", ("mg/L", "NO3")),
        ("mg/L NO₃-N", ("mg/L", "N")),
        ("mg/L (sebagai N)", ("mg/L", "N")),
        ("mg/L sbg PO4", ("mg/L", "PO4")),
        ("mg/L H2S", ("mg/L", "H2S")),
        ("Pt-Co", ("Pt-Co", "")),
        ("PtCo", ("Pt-Co", "")),
        ("oC", ("°C", "")),
        ("°C", ("°C", "")),
        ("MPN/100 mL", ("MPN/100 mL", "")),
        ("APM/100mL", ("MPN/100 mL", "")),
        ("", ("", "")),
        ("-", ("", "")),
        ("furlong", None),
        ("mg/kg", None),
    ],
)
def test_units_as_laboratories_write_them(text, expected):
    assert rules.parse_unit(text) == expected


# Life of a sample


def test_a_void_sample_stays_void():
    assert rules.SAMPLE_TRANSITIONS[SampleState.VOID] == ()


@pytest.mark.parametrize(
    ("old", "new", "allowed"),
    [
        ("planned", "taken", True),
        ("taken", "resulted", True),
        ("at_lab", "resulted", True),
        ("resulted", "verified", True),
        ("verified", "published", True),
        ("published", "void", True),
        ("resulted", "published", False),
        ("verified", "resulted", False),
        ("published", "verified", False),
        ("planned", "resulted", False),
    ],
)
def test_sample_transitions(old, new, allowed):
    assert states.may_move(rules.SAMPLE_TRANSITIONS, old, new) is allowed


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ({"exceeds": 1, "undecided": 2, "meets": 5}, "exceeds"),
        ({"exceeds": 0, "undecided": 2, "meets": 5}, "undecided"),
        ({"exceeds": 0, "undecided": 0, "meets": 5}, "meets"),
        ({"exceeds": 0, "undecided": 0, "meets": 0}, "not_graded"),
        ({"exceeds": None, "undecided": None, "meets": None}, "not_graded"),
    ],
)
def test_sample_verdict_takes_the_worst(counts, expected):
    assert rules.sample_verdict(**counts) == expected


def test_nobody_verifies_own_entry():
    assert rules.same_person(7, 7) is True
    assert rules.same_person(7, 8) is False
    assert rules.same_person(None, None) is False


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"COD": 100, "BOD5": 40}, []),
        ({"COD": 30, "BOD5": 40}, ["cod_below_bod"]),
        ({"COD": 1000, "BOD5": 40}, ["bod_cod_ratio"]),
        ({"NH3N": 20, "TN": 15, "CR6": 2, "CR_T": 1}, ["ammonia_above_nitrogen", "cr6_above_cr"]),
        ({"SUHU": "9.9"}, ["unusual_temperature"]),
        ({"SUHU": 10}, []),
        ({"SUHU": 60}, []),
        ({"SUHU": "60.1"}, ["unusual_temperature"]),
        ({}, []),
    ],
)
def test_plausibility_marks(values, expected):
    assert rules.plausibility({code: Decimal(value) for code, value in values.items()}) == expected


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        ("-0.1", "°C", "water_temperature"),
        ("0", "°C", None),
        ("100", "°C", None),
        ("100.1", "°C", "water_temperature"),
        ("250", "°C", "water_temperature"),
        ("250", "mg/L", None),
        ("-0.001", "mg/L", "negative"),
        ("-1", "pH", "negative"),
        ("14", "pH", None),
        ("14.1", "pH", "ph"),
    ],
)
def test_what_no_water_can_have(value, unit, expected):
    assert rules.impossible(Decimal(value), unit) == expected


def test_reference_classes_are_ordered_from_loose_to_strict():
    """judge_by_rows relies on it when the discharge is unknown."""
    for parameter in ("BOD5", "COD", "TSS", "FENOL", "WARNA", "SUHU"):
        per_class = rules.applicable(book.rows(parameter), book.effluent(NOW))
        maxima = [limits[0].maximum for limits in per_class]
        assert maxima == sorted(maxima, reverse=True)
