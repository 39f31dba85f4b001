"""Rules of the registry: NIK vectors of the domain file, ages, insurance gaps, exits, publication, wage floors."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workforce import rules
from workforce.choices import CoverageState, ExitReason, Programme

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "sex", "birth_on"),
    [
        ("3375010503900001", "M", date(1990, 3, 5)),
        ("3375014503900001", "F", date(1990, 3, 5)),
        # Not 1905: the age window decides the century.
        ("3375014503050001", "F", date(2005, 3, 5)),
        # 1900 had no 29 February.
        ("3375016902000001", "F", date(2000, 2, 29)),
        ("3375 0105.0390-0001", "M", date(1990, 3, 5)),
        # The oldest and the youngest of the window.
        ("3375012411360001", "M", date(1936, 11, 24)),
        ("3375012311110001", "M", date(2011, 11, 23)),
        # Moved here from Batang: a normal number.
        ("3325010503900001", "M", date(1990, 3, 5)),
    ],
)
def test_parse_nik_reads_sex_and_birth_date(text, sex, birth_on):
    nik = rules.parse_nik(text, TODAY)

    assert (nik.sex, nik.birth_on) == (sex, birth_on)
    assert len(nik.digits) == 16


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("3375012902030001", "date"),
        ("3375018103900001", "day"),
        ("3375014003900001", "day"),
        ("3375010003900001", "day"),
        ("3375013203900001", "day"),
        ("3375017203900001", "day"),
        ("3375010513900001", "date"),
        ("3375010500900001", "date"),
        ("3375013104900001", "date"),
        ("3375010503900000", "serial"),
        ("0075010503900001", "province"),
        ("9975010503900001", "province"),
        ("3300010503900001", "city"),
        ("3370010503900001", "city"),
        ("337501050390001", "length"),
        ("33750105039000011", "length"),
        ("33750105O3900001", "length"),
        ("٣٣٧٥٠١٠٥٠٣٩٠٠٠٠١", "length"),
        ("", "length"),
        # A child of eleven, or a man of 111.
        ("3375010503150001", "age"),
        # The window ends the day the 91st birthday comes.
        ("3375012311350001", "age"),
        ("3375012411110001", "age"),
    ],
)
def test_parse_nik_refuses_with_a_code_and_a_sentence(text, code):
    with pytest.raises(rules.InvalidNik) as caught:
        rules.parse_nik(text, TODAY)

    assert caught.value.code == code
    assert str(caught.value)


def test_parse_nik_warns_only_about_retired_districts_of_the_city():
    assert rules.parse_nik("3375050503900001", TODAY).warnings == ("retired_district",)
    assert rules.parse_nik("3375040503900001", TODAY).warnings == ()
    assert rules.parse_nik("3325990503900001", TODAY).warnings == ()
    assert rules.parse_nik("3325990503900001", TODAY).area_code == "332599"


@given(
    born=st.dates(date(1936, 11, 24), date(2011, 11, 23)),
    woman=st.booleans(),
    serial=st.integers(1, 9999),
)
def test_parse_nik_reads_every_birth_date_in_the_window(born, woman, serial):
    text = f"337502{born.day + 40 * woman:02}{born:%m%y}{serial:04}"

    nik = rules.parse_nik(text, TODAY)

    assert (nik.birth_on, nik.sex) == (born, "F" if woman else "M")


@pytest.mark.parametrize(
    ("sex", "birth_on", "birth_year", "found"),
    [
        ("M", date(1990, 3, 5), None, ()),
        ("M", None, 1990, ()),
        ("M", None, None, ()),
        ("", None, 1991, ("date",)),
        ("F", date(1990, 5, 3), None, ("date", "sex")),
        ("F", date(1990, 3, 5), None, ("sex",)),
    ],
)
def test_nik_mismatches_names_what_disagrees(sex, birth_on, birth_year, found):
    nik = rules.parse_nik("3375010503900001", TODAY)

    assert rules.nik_mismatches(nik, sex, birth_on, birth_year) == found


@pytest.mark.parametrize(
    ("born", "on", "years"),
    [
        (date(1990, 3, 5), date(2026, 3, 4), 35),
        (date(1990, 3, 5), date(2026, 3, 5), 36),
        (date(2000, 2, 29), date(2026, 2, 28), 25),
        (date(2000, 2, 29), date(2026, 3, 1), 26),
        (date(2000, 2, 29), date(2028, 2, 29), 28),
    ],
)
def test_completed_years_counts_birthdays(born, on, years):
    assert rules.completed_years(born, on) == years


def test_age_on_says_how_sure_it_is():
    assert rules.age_on(date(1980, 1, 1), None, False, TODAY) == rules.Age(46, "known")
    assert rules.age_on(date(1980, 1, 1), None, True, TODAY) == rules.Age(46, "estimated")
    assert rules.age_on(None, 1980, True, TODAY) == rules.Age(46, "estimated")
    assert rules.age_on(None, None, False, TODAY) == rules.Age(None, "unknown")


@given(born=st.dates(date(1930, 1, 1), date(2010, 12, 31)), on=st.dates(date(2024, 1, 1), date(2032, 12, 31)))
def test_birth_window_holds_exactly_the_ages_asked_for(born, on):
    first, last = rules.birth_window(25, 34, on)

    assert (first <= born <= last) == (25 <= rules.completed_years(born, on) <= 34)


@pytest.mark.parametrize(
    ("years", "verdict"),
    [(17, "too_young"), (18, "eligible"), (65, "eligible"), (66, "too_old"), (None, "unknown")],
)
def test_age_window_verdict_includes_both_ends(years, verdict):
    precision = "unknown" if years is None else "known"

    assert rules.age_window_verdict(rules.Age(years, precision), 18, 65) == verdict


@dataclass
class Period:
    programme: str
    status: str = "active"
    from_on: date = date(2026, 1, 1)
    until_on: date | None = None


@pytest.mark.parametrize(
    ("periods", "missing", "state"),
    [
        ([], ("jkk", "jkm"), CoverageState.UNKNOWN),
        ([Period("jkk"), Period("jkm")], (), CoverageState.COVERED),
        ([Period("jkk")], ("jkm",), CoverageState.PARTIAL),
        # Active until today still counts today.
        ([Period("jkk", until_on=TODAY), Period("jkm")], (), CoverageState.COVERED),
        ([Period("jkk", until_on=date(2026, 11, 22)), Period("jkm")], ("jkk",), CoverageState.PARTIAL),
        (
            [Period("jkk", until_on=date(2026, 6, 30)), Period("jkm", until_on=date(2026, 6, 30))],
            ("jkk", "jkm"),
            CoverageState.LAPSED,
        ),
        # Registered is not active.
        ([Period("jkk", "enrolled"), Period("jkm", "enrolled")], ("jkk", "jkm"), CoverageState.NEVER),
        ([Period("jkk", "not_enrolled"), Period("jkm", "not_enrolled")], ("jkk", "jkm"), CoverageState.NEVER),
        # Half an answer is no answer.
        ([Period("jkk", "not_enrolled")], ("jkk", "jkm"), CoverageState.UNKNOWN),
        # Health insurance says nothing about work accidents.
        ([Period("jkn")], ("jkk", "jkm"), CoverageState.UNKNOWN),
        # Not begun yet.
        ([Period("jkk", from_on=date(2026, 12, 1)), Period("jkm")], ("jkk",), CoverageState.PARTIAL),
    ],
)
def test_coverage_state_on_a_date(periods, missing, state):
    assert rules.missing_programmes(periods, TODAY) == missing
    assert rules.coverage_state(periods, TODAY) == state


def test_every_programme_knows_its_segments():
    assert set(rules.SEGMENTS_OF_PROGRAMME) == set(Programme.values)
    assert rules.segment_fits("jkk", "bpu", "active")
    assert not rules.segment_fits("jp", "bpu", "active")
    assert not rules.segment_fits("jkn", "pu", "active")
    assert not rules.segment_fits("jkk", "", "active")
    assert rules.segment_fits("jkk", "", "not_enrolled")
    assert not rules.segment_fits("jkk", "pu", "not_enrolled")


def test_lapse_window_looks_thirty_days_ahead():
    assert rules.lapse_window(TODAY) == (TODAY, date(2026, 12, 23))


def test_exits_from_the_craft_are_told_from_moves_within_it():
    assert rules.leaves_craft(ExitReason.RETIRED) is True
    assert rules.leaves_craft(ExitReason.OTHER_PRINCIPAL) is False
    assert rules.leaves_craft(ExitReason.UNKNOWN) is None


def test_use_stops_within_three_times_twenty_four_hours():
    assert rules.stop_use_by(datetime(2026, 11, 20, 9, tzinfo=UTC)) == datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("count", "total", "shown"),
    [(4, None, False), (5, None, True), (0, None, False), (5, 9, False), (5, 10, True), (7, 7, True), (96, 100, False)],
)
def test_publishable_hides_small_cells_and_their_complements(count, total, shown):
    assert rules.publishable(count, total) is shown
