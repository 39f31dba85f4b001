"""Indices: every vector of the field to the printed precision, and what each setting changes."""

from decimal import Decimal

import pytest

from wastewater import rules
from wastewater.choices.indices import IndexMethod, NonDetect, StoretCounts
from wastewater.rules import indices

D = Decimal
STATUS_BANDS = (
    indices.Band("meets", D(1), D(70)),
    indices.Band("light", D(5), D(50)),
    indices.Band("moderate", D(10), D(30)),
    indices.Band("heavy", None, D(10)),
)
# PP 22/2021 Lampiran VI, class II.
CLASS_II = {
    "PH": ("range", 6, 9), "BOD5": ("max", None, 3), "COD": ("max", None, 25), "TSS": ("max", None, 50),
    "DO": ("min", 4, None), "NO3N": ("max", None, 10), "TP": ("max", None, "0.2"), "FCOLI": ("max", None, 1000),
    "NH3N": ("max", None, "0.2"), "FENOL": ("max", None, "0.005"), "CR6": ("max", None, "0.05"),
    "SULFIDA": ("max", None, "0.002"), "MBAS": ("max", None, "0.2"), "OG": ("max", None, 1),
    "SUHU": ("deviation_from_air", None, 3), "TDS": ("max", None, 1000), "SAMPAH": ("absent", None, None),
}  # fmt: skip
# PP 82/2001, class I, as PermenLHK P.4/2018 judged.
CLASS_I_2001 = {
    "TSS": ("max", None, 50), "DO": ("min", 6, None), "BOD5": ("max", None, 2), "COD": ("max", None, 10),
    "TP": ("max", None, "0.2"), "FCOLI": ("max", None, 100), "TCOLI": ("max", None, 1000),
}  # fmt: skip
IKA_PARAMETERS = ("PH", "BOD5", "COD", "TSS", "DO", "NO3N", "TP", "FCOLI")


def decimal(value) -> Decimal | None:
    return None if value is None else D(str(value))


def given(table=CLASS_II, /, air=None, qualifier="=", in_estuary=False, **values) -> list[indices.Input]:
    found = []
    for code, value in values.items():
        kind, low, high = table[code]
        found.append(
            indices.Input(code, decimal(value), kind, decimal(low), decimal(high), qualifier, decimal(air), in_estuary)
        )
    return found


def settings(method=IndexMethod.STRICT, cim="7", non_detect=NonDetect.LOQ, minimum=1, parameters=()):
    return indices.IndexSettings(method, D(cim), non_detect, minimum, STATUS_BANDS, parameters)


def four(value) -> str:
    return f"{value:.4f}"


# P1: the published thresholds of PermenLHK P.4/2018

THRESHOLDS = {
    "II": {"TSS": 50, "DO": 4, "BOD5": 3, "COD": 25, "TP": "0.2", "FCOLI": 1000, "TCOLI": 5000},
    "III": {"TSS": 400, "DO": 3, "BOD5": 6, "COD": 50, "TP": 1, "FCOLI": 2000, "TCOLI": 10000},
    "IV": {"TSS": 400, "DO": 0, "BOD5": 12, "COD": 100, "TP": 5, "FCOLI": 2000, "TCOLI": 10000},
}


@pytest.mark.parametrize(
    ("river_class", "ratios", "worst", "mean", "value", "published"),
    [
        ("II", "1.000 1.880 1.880 2.990 1.000 6.000 4.495", "6.0000", "2.7494", "4.6668", "4.67"),
        ("III", "5.515 2.505 3.386 4.495 4.495 7.505 6.000", "7.5051", "4.8430", "6.3159", "6.32"),
        ("IV", "5.515 1.000 4.891 6.000 7.990 7.505 6.000", "7.9897", "5.5573", "6.8818", "6.88"),
    ],
)
def test_p1_published_thresholds(river_class, ratios, worst, mean, value, published):
    found = indices.pollution_index(given(CLASS_I_2001, **THRESHOLDS[river_class]), settings(IndexMethod.RECIPROCAL))
    assert " ".join(f"{share.index:.3f}" for share in found.shares) == ratios
    assert (four(found.worst), four(found.mean), four(found.value)) == (worst, mean, value)
    assert f"{found.value:.2f}" == published


@pytest.mark.parametrize(("river_class", "value"), [("II", "4.7322"), ("III", "6.3996"), ("IV", "7.1342")])
def test_p1_with_the_strict_rule_of_oxygen(river_class, value):
    found = indices.pollution_index(given(CLASS_I_2001, **THRESHOLDS[river_class]), settings())
    assert four(found.value) == value


# P2: a row of the Bogor worksheet

CILIWUNG = {"PH": "7.84", "BOD5": 5, "COD": "62.52", "TSS": 200, "DO": "5.29", "NO3N": 11, "TP": 4, "FCOLI": 1100}


def test_p2_ciliwung():
    found = indices.pollution_index(given(**CILIWUNG), settings())
    published = {share.source.parameter: f"{share.ratio:.2f}" for share in found.shares}
    assert published == {
        "PH": "0.23", "BOD5": "1.67", "COD": "2.50", "TSS": "4.00", "DO": "0.57", "NO3N": "1.10", "TP": "20.00",
        "FCOLI": "1.10",
    }  # fmt: skip
    assert [f"{share.index:.2f}" for share in found.shares][1:3] == ["2.11", "2.99"]
    assert (four(found.worst), four(found.mean), four(found.value)) == ("7.5051", "2.4782", "5.5888")
    assert found.band.status == "moderate"


def test_p2_ciliwung_as_the_worksheet_counts_oxygen():
    found = indices.pollution_index(given(**CILIWUNG), settings(IndexMethod.BOGOR))
    assert four(found.value) == "5.5770"


def test_p2_second_row_of_the_worksheet():
    found = indices.pollution_index(given(BOD5="4", COD="76.5"), settings())
    assert [(f"{share.ratio:.2f}", f"{share.index:.2f}") for share in found.shares] == [
        ("1.33", "1.62"),
        ("3.06", "3.43"),
    ]


def test_the_west_java_application_takes_ph_and_temperature_within_limits_as_zero():
    variant = settings(IndexMethod.JABAR)
    found = indices.pollution_index(given(PH="7.84", DO="5.29", SUHU=31, air=29), variant)
    assert [four(share.index) for share in found.shares] == ["0.0000", "0.1425", "0.0000"]
    # Outside the limits the ratio stays as it is: no logarithm for pH, oxygen and temperature.
    outside = indices.pollution_index(given(PH="10.2", SUHU=35, air=29), variant)
    assert [four(share.index) for share in outside.shares] == ["1.8000", "2.0000"]


# P3: a sample as batik rivers give it

BATIK = {
    "TSS": 64, "BOD5": 18, "COD": 112, "DO": "1.8", "PH": "7.9", "NH3N": "1.6", "NO3N": "2.1", "TP": "0.45",
    "FENOL": "0.012", "CR6": "0.02",
    "SULFIDA": "0.02", "MBAS": "0.5", "OG": "2.4", "FCOLI": 24000,
}  # fmt: skip


def test_p3_fourteen_parameters():
    found = indices.pollution_index(given(**BATIK), settings())
    assert [four(share.index) for share in found.shares] == [
        "1.5360", "4.8908", "4.2564", "2.1944", "0.2667", "5.5154", "0.2100", "2.7609", "2.9011", "0.4000", "6.0000",
        "2.9897", "2.9011", "7.9011",
    ]  # fmt: skip
    assert (four(found.worst), four(found.mean), four(found.value)) == ("7.9011", "3.1945", "6.0263")
    assert found.band.status == "moderate"


def test_p3_with_the_saturation_of_29_degrees():
    assert four(indices.pollution_index(given(**BATIK), settings(cim="7.6913")).value) == "6.0229"


def test_p3_with_the_eight_parameters_of_the_ika():
    found = indices.pollution_index(given(**BATIK), settings(parameters=IKA_PARAMETERS))
    assert (len(found.counted), four(found.worst), four(found.mean), four(found.value)) == (
        8, "7.9011", "3.0020", "5.9766"
    )  # fmt: skip


# P4 and P5: a clean sample, and the edges


def test_p4_clean_sample():
    values = {"PH": "7.2", "DO": "6.1", "BOD5": "2.1", "COD": 14, "TSS": 22, "NO3N": "1.2", "TP": "0.08", "FCOLI": 400}
    found = indices.pollution_index(given(**values), settings())
    assert [share.index for share in found.shares] == [
        D(x) for x in ["0.2", "0.3", "0.7", "0.56", "0.44", "0.12", "0.4", "0.4"]
    ]
    assert (found.worst, found.mean, four(found.value)) == (D("0.7"), D("0.39"), "0.5666")
    assert found.band.status == "meets"


def test_p5_all_at_their_limit_meets():
    values = {"PH": "9.0", "DO": 4, "BOD5": 3, "COD": 25, "TSS": 50, "NO3N": 10, "TP": "0.2", "FCOLI": 1000}
    found = indices.pollution_index(given(**values), settings())
    assert (four(found.value), found.band.status) == ("1.0000", "meets")


@pytest.mark.parametrize(
    ("values", "ratio", "index"),
    [
        ({"PH": "7.5"}, "0.0000", "0.0000"),
        ({"PH": "6"}, "1.0000", "1.0000"),
        ({"PH": "5"}, "1.6667", "2.1092"),
        ({"PH": "10.2"}, "1.8000", "2.2764"),
        ({"DO": "8"}, "0.0000", "0.0000"),
        ({"COD": "250"}, "10.0000", "6.0000"),
        ({"COD": "500"}, "20.0000", "7.5051"),
    ],
)
def test_p5_edges(values, ratio, index):
    [share] = indices.pollution_index(given(**values), settings()).shares
    assert (four(share.ratio), four(share.index)) == (ratio, index)


def test_a_sample_can_meet_as_a_whole_while_single_parameters_exceed():
    values = {"PH": "7.5", "DO": 7, "BOD5": "0.3", "COD": "2.5", "TSS": 5, "NO3N": "0.5", "TP": "0.22", "FCOLI": 1100}
    found = indices.pollution_index(given(**values), settings())
    assert found.band.status == "meets"
    assert [share.source.parameter for share in found.shares if share.ratio > 1] == ["TP", "FCOLI"]


# What is left out, withheld or only a bound


def test_a_non_detect_above_its_limit_is_left_out_and_named():
    found = indices.pollution_index([*given(COD=20), *given(SULFIDA="0.01", qualifier="<")], settings())
    assert [share.left_out for share in found.shares] == ["", "detection_limit"]
    assert found.value == D("0.8")


@pytest.mark.parametrize(("treatment", "ratio"), [(NonDetect.LOQ, "5.0"), (NonDetect.HALF, "2.5")])
def test_why_it_is_left_out(treatment, ratio):
    """Sulphide <0.01 against 0.002 would alone give 5.0 or 2.5 (domain 3.6)."""
    assert indices.stand_in(D("0.01"), "<", treatment) / D("0.002") == D(ratio)


@pytest.mark.parametrize(("treatment", "ratio"), [(NonDetect.LOQ, "0.5"), (NonDetect.HALF, "0.25")])
def test_a_non_detect_below_its_limit_counts_as_the_rule_says(treatment, ratio):
    [share] = indices.pollution_index(given(FENOL="0.0025", qualifier="<"), settings(non_detect=treatment)).shares
    assert (share.ratio, share.bound) == (D(ratio), "below")


def test_a_ceiling_counts_as_itself_and_is_marked_as_a_lower_bound():
    [share] = indices.pollution_index(given(FCOLI=2400, qualifier=">"), settings()).shares
    assert (share.ratio, share.bound) == (D("2.4"), "above")


@pytest.mark.parametrize(
    ("inputs", "reason"),
    [
        (given(SAMPAH=0), "not_a_figure"),
        (given(SUHU=30), "no_air_temperature"),
        (given(TDS=9000, in_estuary=True), "estuary"),
        (given(COD=30, qualifier="~"), "estimated"),
        (given(COD=None), "unit"),
        ([indices.Input("FE", D(1), "")], "no_limit"),
    ],
)
def test_what_takes_no_part(inputs, reason):
    found = indices.pollution_index(inputs, settings())
    assert ([share.left_out for share in found.shares], found.value, found.withheld) == ([reason], None, "too_few")


def test_salt_counts_where_the_sea_does_not_reach():
    assert indices.pollution_index(given(TDS=2000), settings()).worst > 1


def test_too_few_parameters_are_no_index():
    values = {"COD": 20, "BOD5": 2}
    assert indices.pollution_index(given(**values), settings(minimum=3)).withheld == "too_few"
    assert indices.pollution_index(given(**values), settings(minimum=2)).withheld == ""


def test_the_band_is_chosen_by_the_unrounded_index():
    assert indices.band_of(D("1.000001"), STATUS_BANDS).status == "light"
    assert indices.band_of(D(5), STATUS_BANDS).status == "light"
    assert indices.band_of(D("10.0001"), STATUS_BANDS).status == "heavy"


# 3.6: non-detects


@pytest.mark.parametrize(
    ("treatment", "mean"), [(NonDetect.LOQ, "0.0130"), (NonDetect.HALF, "0.01175"), (NonDetect.ZERO, "0.0105")]
)
def test_what_stands_in_for_a_non_detect(treatment, mean):
    results = [("=", D("0.012")), ("<", D("0.005")), ("=", D("0.03")), ("<", D("0.005"))]
    assert sum(indices.stand_in(value, qualifier, treatment) for qualifier, value in results) / 4 == D(mean)


@pytest.mark.parametrize(
    ("unit", "other", "factor"),
    [("P", "PO4", "3.066"), ("N", "NO3", "4.427"), ("N", "NH3", "1.216"), ("S", "H2S", "1.063")],
)
def test_units_are_guarded(unit, other, factor):
    assert rules.convert(D(factor), unit="mg/L", expressed_as=other, to_unit="mg/L", to_expressed_as=unit) == 1


# STORET


def series(code, group, values, minimum=None, maximum=None) -> indices.StoretSeries:
    return indices.StoretSeries(code, group, [D(x) for x in values.split()], decimal(minimum), decimal(maximum))


S1 = [
    series("TSS", "physical", "38 46 72 41", maximum=50),
    series("PH", "chemical", "7.1 7.4 7.9 8.2", 6, 9),
    series("BOD5", "chemical", "2.4 3.6 5.1 2.8", maximum=3),
    series("COD", "chemical", "18 22 31 20", maximum=25),
    series("DO", "chemical", "5.2 4.4 3.1 4.8", minimum=4),
    series("FCOLI", "biological", "600 1400 2600 900", maximum=1000),
]


def test_s1_storet():
    found = indices.storet(S1)
    assert [(line.parameter, line.score) for line in found.lines] == [
        ("TSS", -1), ("PH", 0), ("BOD5", -8), ("COD", -2), ("DO", -2), ("FCOLI", -12)
    ]  # fmt: skip
    assert [str(line.mean) for line in found.lines][2:] == ["3.475", "22.75", "4.375", "1375"]
    assert (found.total, found.status) == (-25, "C")


def test_ten_samples_cost_twice():
    ten = [series("COD", "chemical", "30 " * 10, maximum=25)]
    nine = [series("COD", "chemical", "30 " * 9, maximum=25)]
    assert (indices.storet(ten).total, indices.storet(nine).total) == (-20, -10)


def test_the_ten_may_count_parameters():
    assert indices.storet(S1, StoretCounts.PARAMETERS).total == -25
    more = [*S1, *(series(f"X{k}", "chemical", "1", maximum=2) for k in range(4))]
    assert indices.storet(more, StoretCounts.PARAMETERS).total == -50


@pytest.mark.parametrize(("total", "status"), [(0, "A"), (-1, "B"), (-10, "B"), (-11, "C"), (-30, "C"), (-31, "D")])
def test_classes_of_storet(total, status):
    assert indices.Storet([indices.StoretLine("X", D(1), D(1), D(1), total)]).status == status


# IKA and IKLH

WEIGHTS = {band.status: band.weight for band in STATUS_BANDS}


@pytest.mark.parametrize(
    ("counts", "value"),
    [((2, 9, 4, 1), "45.0000"), ((0, 6, 9, 3), "33.3333"), ((5, 0, 0, 0), "70.0000"), ((0, 0, 0, 4), "10.0000")],
)
def test_ika(counts, value):
    assert four(indices.water_quality_index(dict(zip(WEIGHTS, counts, strict=True)), WEIGHTS)) == value


def test_no_samples_have_no_ika():
    assert indices.water_quality_index({}, WEIGHTS) is None


def test_iklh():
    value, status = indices.environmental_quality_index(
        {"ika": D("46.25"), "iku": D("82.10"), "ikl": D("31.4")},
        {"ika": D("0.376"), "iku": D("0.405"), "ikl": D("0.219")},
    )
    assert (four(value), status) == ("57.5171", "fair")


@pytest.mark.parametrize(
    ("value", "status"),
    [(90, "very_good"), ("89.99", "good"), (70, "good"), (50, "fair"), (25, "poor"), ("24.99", "very_poor")],
)
def test_classes_of_iklh(value, status):
    assert indices.environmental_quality_index({"ika": D(value)}, {"ika": D(1)})[1] == status


# 3.1: mixing and differences


def test_e5_mixing():
    mixed = indices.mixed_concentration(
        river_flow=D(12), river_mg_per_l=D(8), effluent_flow=D("0.9"), effluent_mg_per_l=D(138)
    )
    assert four(mixed) == "17.0698"


def test_downstream_against_upstream():
    found = indices.difference(("=", D(20)), ("=", D(50)))
    assert (found.amount, found.share, found.unknown) == (30, D("1.5"), "")
    assert indices.difference(("=", D(0)), ("=", D(2))).share is None


@pytest.mark.parametrize(
    ("upstream", "downstream", "reason"),
    [
        (None, ("=", D(1)), "missing_upstream"),
        (("=", D(1)), None, "missing_downstream"),
        (None, None, "missing_both"),
        (("<", D(1)), ("=", D(2)), "non_detect"),
        (("=", D(1)), (">", D(2)), "non_detect"),
    ],
)
def test_what_cannot_be_compared(upstream, downstream, reason):
    assert indices.difference(upstream, downstream) == indices.Difference(unknown=reason)
