"""The geometry of the charts."""

import re
from decimal import Decimal

import pytest
from django.utils import translation

from batikportal import charts
from batikportal.charts import coordinates
from batikportal.templatetags import figures

MONTHS = ["Jan", "Feb", "Mar", "Apr"]


def drawn(chart) -> str:
    return figures.chart(chart)


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [
        (0, 400, [0, 100, 200, 300, 400]),
        (0, 1, [0, 0.25, 0.5, 0.75, 1]),
        (0, 7, [0, 2, 4, 6, 8]),
        (6.9, 9.3, [6, 7, 8, 9, 10]),
        (0, 0, [0, 0.25, 0.5, 0.75, 1]),
        (-30, 20, [-40, -20, 0, 20]),
        (0, 0.0003, [0, 0.0001, 0.0002, 0.0003]),
    ],
)
def test_nice_ticks_cover_the_values_in_round_steps(low, high, ticks):
    assert coordinates.nice_ticks(low, high) == ticks


@pytest.mark.parametrize(("number", "text"), [(12.5, "12.5"), (3.0, "3"), (-0.001, "0"), (1234.567, "1234.57")])
def test_coordinate_has_a_point_and_no_separator(number, text):
    assert coordinates.at(number) == text


def test_path_lifts_the_pen_at_a_gap():
    assert coordinates.path_data([(0, 1), (2, 3), None, (6, 7), (8, 9)]) == "M0 1L2 3M6 7L8 9"


def test_line_draws_no_mark_for_a_missing_value():
    chart = charts.line(title="COD", labels=MONTHS, series=[charts.Series("COD", [10, None, 0, 20])])

    assert [mark.text for mark in chart.marks] == ["COD · Jan: 10", "COD · Mar: 0", "COD · Apr: 20"]
    assert chart.table.rows[1] == ["Feb", "–"]
    assert chart.paths[0].text.count("M") == 2


def test_line_marks_values_beyond_either_limit():
    chart = charts.line(
        title="pH",
        labels=MONTHS,
        series=[charts.Series("pH", [5.9, 6, 9, 9.1])],
        limit=charts.Limit(9, "atas"),
        lower=charts.Limit(6, "bawah"),
    )

    assert [mark.css for mark in chart.marks] == ["s1 over", "s1", "s1", "s1 over"]


def test_line_leaves_a_series_without_limit_unmarked():
    chart = charts.line(
        title="COD",
        labels=MONTHS[:1],
        series=[charts.Series("keluaran", [200]), charts.Series("masukan", [200], limited=False)],
        limit=charts.Limit(150, "baku mutu"),
    )

    assert [mark.css for mark in chart.marks] == ["s1 over", "s2"]


def test_line_starts_at_zero_unless_a_lower_limit_frees_it():
    high = charts.line(title="COD", labels=MONTHS, series=[charts.Series("COD", [90, 95, 98, 99])])
    free = charts.line(
        title="pH", labels=MONTHS, series=[charts.Series("pH", [7, 7, 8, 7])], lower=charts.Limit(6, "bawah")
    )

    assert high.ticks[0].text == "0"
    # The lowest line lies below the limit, so that the limit stays visible.
    assert free.ticks[0].text == "5,5"


def test_line_refuses_a_series_of_another_length():
    with pytest.raises(ValueError, match="2 values for 4 labels"):
        charts.line(title="COD", labels=MONTHS, series=[charts.Series("COD", [1, 2])])


def test_columns_stand_on_zero_and_grow_with_the_value():
    chart = charts.columns(title="Sampel", labels=["a", "b"], series=[charts.Series("s", [10, 20])])
    low, high = chart.marks

    foot = float(low.y) + float(low.height)
    assert foot == float(high.y) + float(high.height)
    assert float(high.height) == pytest.approx(2 * float(low.height), abs=0.02)


def test_columns_thin_out_many_labels_and_keep_the_last():
    labels = [str(k) for k in range(36)]
    chart = charts.columns(title="x", labels=labels, series=[charts.Series("s", [1] * 36)])

    assert [mark.text for mark in chart.labels] == [str(k) for k in range(2, 36, 3)]


def test_bars_scale_to_the_largest_value_or_the_limit():
    rows = [charts.Bar("a", 30), charts.Bar("b", None), charts.Bar("c", 15)]
    chart = charts.bars(title="x", rows=rows, limit=charts.Limit(60, "target"))

    assert [[part.width for part in row.segments] for row in chart.rows] == [["50%"], [], ["25%"]]
    assert [row.value for row in chart.rows] == ["30", "–", "15"]
    assert chart.rows[0].mark.x == "100%"


def test_stacked_parts_follow_one_another():
    rows = [charts.Row("a", [10, None, 30]), charts.Row("b", [20, 0, 0])]
    chart = charts.stacked(title="x", parts=["p", "q", "r"], rows=rows)

    assert [(part.x, part.width, part.css) for part in chart.rows[0].segments] == [
        ("0%", "25%", "s1"),
        ("25%", "75%", "s3"),
    ]
    assert [part.width for part in chart.rows[1].segments] == ["50%"]
    assert chart.table.rows[0] == ["a", "10", "–", "30"]


def test_stacked_shares_fill_the_width():
    rows = [charts.Row("a", [1, 3]), charts.Row("b", [50, 50])]
    chart = charts.stacked(title="x", parts=["p", "q"], rows=rows, share=True)

    assert [[part.width for part in row.segments] for row in chart.rows] == [["25%", "75%"], ["50%", "50%"]]


def test_quota_shows_who_waits_beyond_the_capacity():
    chart = charts.quota(title="x", rows=[charts.Quota("a", taken=20, capacity=20, waiting=5)])

    assert [(part.css, part.x, part.width) for part in chart.rows[0].segments] == [
        ("track", "0", "80%"),
        ("segment tone-warning", "0", "80%"),
        ("waiting", "80%", "20%"),
    ]
    assert (chart.rows[0].value, chart.rows[0].waiting) == ("20 / 20", "5")


def test_pyramid_puts_the_oldest_on_top_and_mirrors_the_left_side():
    bands = [charts.Band("15–19", left=5, right=10), charts.Band("20–24", left=10, right=0)]
    chart = charts.pyramid(title="x", bands=bands, left_label="P", right_label="L")

    assert [row.label for row in chart.rows] == ["20–24", "15–19"]
    assert (chart.rows[1].left_segments[0].x, chart.rows[1].left_segments[0].width) == ("50%", "50%")


def test_sparkline_needs_two_values():
    assert charts.sparkline([None, 3, None]) is None
    assert charts.sparkline([1, None, 2]).path == "M3 25M97 3"


def test_sparkline_of_equal_values_runs_level():
    assert charts.sparkline([5, 5]).path == "M3 14L97 14"


@pytest.mark.parametrize(
    ("share", "target", "shape"),
    [
        (0.5, 0.8, ("50%", "80%")),
        (1.7, None, ("100%", "")),
        (-1, 2, ("0%", "100%")),
        (Decimal("0.333"), 0, ("33.3%", "0%")),
    ],
)
def test_share_bar_stays_inside_its_frame(share, target, shape):
    bar = charts.share_bar(share, target)

    assert (bar.width, bar.target) == shape


SAMPLES = {
    "line": charts.line(
        title="COD",
        labels=MONTHS,
        series=[charts.Series("COD", [Decimal("1234.5"), None, 99.25, 1500])],
        limit=charts.Limit(Decimal("1250.5"), "baku mutu"),
    ),
    "columns": charts.columns(title="x", labels=MONTHS, series=[charts.Series("s", [1.5, 2.25, 3, 4])]),
    "bars": charts.bars(title="x", rows=[charts.Bar("a", 1.5), charts.Bar("b", 4.75)]),
    "stacked": charts.stacked(title="x", parts=["p", "q"], rows=[charts.Row("a", [1.5, 2.25])]),
    "quota": charts.quota(title="x", rows=[charts.Quota("a", 3, 7, 2)]),
    "pyramid": charts.pyramid(title="x", bands=[charts.Band("a", 3, 7)], left_label="P", right_label="L"),
}
DRAWING_ATTRIBUTE = re.compile(r' (?:x|y|x1|x2|y1|y2|cx|cy|r|d|width|height|viewBox)="([^"]*)"')


@pytest.mark.parametrize("kind", SAMPLES)
@pytest.mark.parametrize("language", ["id", "en"])
def test_drawing_has_no_localised_number_in_any_language(kind, language):
    with translation.override(language):
        attributes = DRAWING_ATTRIBUTE.findall(drawn(SAMPLES[kind]))

    assert attributes
    assert [value for value in attributes if "," in value or "nan" in value] == []


@pytest.mark.parametrize("kind", SAMPLES)
def test_chart_names_itself_and_needs_no_inline_style(kind):
    html = drawn(SAMPLES[kind])

    assert f"<figcaption>{SAMPLES[kind].title}" in html
    assert "<title>" in html
    assert "<table" in html
    assert "style=" not in html


def test_chart_without_any_value_says_so():
    chart = charts.line(title="COD", labels=MONTHS, series=[charts.Series("COD", [None] * 4)])

    assert "Belum ada data" in drawn(chart)


def test_chart_escapes_names_from_people():
    chart = charts.bars(title="<b>", rows=[charts.Bar("<script>", 1)])

    assert "<script>" not in drawn(chart)
    assert "<b>" not in drawn(chart)


def test_fan_draws_a_range_around_its_course_and_tells_all_three_in_words():
    one = charts.Fan("Dasar", [10, 8, None], [10, 9, 8], [10, 10, None])
    chart = charts.fan(title="Pekerja", labels=["a", "b", "c"], fans=[one], bounds=("rendah", "tinggi"), unit="orang")

    assert chart.areas[0].text.count("L") == 3
    assert chart.areas[0].text.endswith("Z")
    assert [mark.text for mark in chart.marks] == [
        "Dasar · a: 10 orang (10 – 10)", "Dasar · b: 9 orang (8 – 10)", "Dasar · c: 8 orang (– – –)",
    ]  # fmt: skip
    assert chart.table.headers == ["", "Dasar", "Dasar, rendah", "Dasar, tinggi"]
    assert chart.table.rows[1] == ["b", "9", "8", "10"]
    assert 'class="range s1"' in drawn(chart)


def test_fan_refuses_values_without_a_label():
    with pytest.raises(ValueError, match="3 values for 2 labels"):
        charts.fan(title="x", labels=["a", "b"], fans=[charts.Fan("s", [1, 1], [1, 1, 1], [1, 1])], bounds=("r", "t"))
