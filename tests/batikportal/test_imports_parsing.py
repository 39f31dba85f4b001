"""Cells become values the Indonesian way, and nothing but a reasoned refusal ever comes out of a parser."""

import pathlib
import re
import time as clock
from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from batikportal.imports import cells, parsing
from batikportal.imports.cells import Broken
from batikportal.imports.contract import Censored, Column, Kind
from batikportal.imports.parsing import Parser, Unreadable, dates, identifiers, numbers, text, words

MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip


def parser(kind: Kind, **options) -> Parser:
    return Parser(Column(name="x", label="NIK" if kind == Kind.IDENTIFIER else "Kolom", kind=kind, **options))


def value(kind: Kind, cell, **options):
    return parser(kind, **options)(cell)


def refusal(kind: Kind, cell, **options) -> str:
    with pytest.raises(Unreadable) as caught:
        value(kind, cell, **options)
    return str(caught.value)


# Numbers ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("12", "12"),
        ("12,5", "12.5"),
        ("0,001", "0.001"),
        ("1.234,5", "1234.5"),
        ("1.234.567", "1234567"),
        ("1.234.567,89", "1234567.89"),
        ("0.123", "0.123"),
        ("1.5", "1.5"),
        ("0012.50", "12.50"),
        ("1234.567", "1234.567"),
        ("1,234", "1.234"),
        ("1,234.5", "1234.5"),
        ("1,234,567", "1234567"),
        ("1 234,5", "1234.5"),
        ("1\xa0234\xa0567", "1234567"),
        ("-3,5", "-3.5"),
        ("−3,5", "-3.5"),
        ("+3", "3"),
        ("Rp1.500.000", "1500000"),
        ("Rp 2.700.926,00", "2700926.00"),
        ("Rp. 12.500.000,-", "12500000"),
        (7, "7"),
        (0.1 + 0.2, "0.3"),
        (1e-05, "0.00001"),
        (12.0, "12"),
    ],
)
def test_decimal_of_indonesian_text(typed, expected):
    assert value(Kind.DECIMAL, typed) == Decimal(expected)


def test_decimal_with_one_thousand_dot_is_refused_with_both_meanings():
    assert refusal(Kind.DECIMAL, "1.234") == (
        "“1.234” dapat berarti 1234 atau 1,234. Tulis 1234 tanpa titik, atau 1,234."
    )


@pytest.mark.parametrize(
    "typed",
    [
        "abc",
        "1.2.3",
        "1,2,3",
        "12%",
        "٤٨",
        "４８",
        "4_8",
        "nan",
        "inf",
        "1e400",
        "0x10",
        "1.23.456",
        "--5",
        "5-",
        "1" * 50,
    ],
)
def test_decimal_of_no_number_is_refused(typed):
    assert typed[:40] in refusal(Kind.DECIMAL, typed)


def test_decimal_in_exponent_form_asks_for_the_full_figure():
    assert "0,00001" in refusal(Kind.DECIMAL, "1E-05")


def test_decimal_keeps_only_the_places_of_the_database():
    assert value(Kind.DECIMAL, 1 / 3, places=4) == Decimal("0.3333")
    assert value(Kind.DECIMAL, "0,2500", places=2) == Decimal("0.25")
    assert refusal(Kind.DECIMAL, "0,333", places=2) == "Paling banyak 2 angka di belakang koma."


def test_decimal_outside_the_range_says_the_limit():
    assert refusal(Kind.DECIMAL, "-1", minimum=0) == "Paling kecil 0."
    assert refusal(Kind.DECIMAL, "14,5", maximum=Decimal("14.0")) == "Paling besar 14,0."
    assert refusal(Kind.DECIMAL, "1" + "0" * 15) == refusal(Kind.DECIMAL, 1e299) == "Angkanya terlalu besar."


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("1.500", 1500),
        ("1500,00", 1500),
        ("5.0", 5),
        ("12", 12),
        (12.0, 12),
        ("Rp2.700.926", 2700926),
        ("1,500.00", 1500),
    ],
)
def test_integer_of_indonesian_text(typed, expected):
    assert value(Kind.INTEGER, typed) == expected


@pytest.mark.parametrize("typed", ["1,5", "1.5", 1.5, "1,500", "1,000"])
def test_integer_with_a_fraction_or_a_doubtful_comma_is_refused(typed):
    refusal(Kind.INTEGER, typed)


@pytest.mark.parametrize(
    ("typed", "qualifier", "expected"),
    [
        ("<0,01", "<", "0.01"),
        ("< 0.005", "<", "0.005"),
        (">2400", ">", "2400"),
        ("> 2.400,0", ">", "2400.0"),
        ("≤ 0,5", "≤", "0.5"),
        ("<=0,5", "≤", "0.5"),
        (">= 7", "≥", "7"),
        ("= 7", "=", "7"),
        ("12,5", "=", "12.5"),
        (12.5, "=", "12.5"),
    ],
)
def test_censored_figure_keeps_its_qualifier(typed, qualifier, expected):
    assert value(Kind.CENSORED, typed) == Censored(qualifier, Decimal(expected))


@pytest.mark.parametrize("typed", ["ttd", "ND", "Tidak terdeteksi", "<", "<-", "<<1", "<1.234", "< LOD"])
def test_censored_figure_without_a_clear_limit_is_refused(typed):
    refusal(Kind.CENSORED, typed)


def test_censored_figure_is_printed_as_typed():
    assert str(Censored("<", Decimal("0.0100"))) == "<0,0100"
    assert str(Censored("=", Decimal("12.5"))) == "12,5"


# Dates --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    [
        "5 Maret 2025", "05 maret 2025", "5 Mar 2025", "5-Mar-2025", "5 March 2025", "Rabu, 5 Maret 2025", "05/03/2025",
        "5/3/2025", "05-03-2025", "05.03.2025", "2025-03-05", "2025/3/5", " 5  Maret  2025 ", "5 Maret 2025 14.30",
        "2025-03-04T23:30:00+00:00", date(2025, 3, 5), datetime(2025, 3, 5, 14, 30),
    ],
)  # fmt: skip
def test_date_in_every_common_form(typed):
    assert value(Kind.DATE, typed) == date(2025, 3, 5)


@pytest.mark.parametrize(
    "month",
    list(enumerate(MONTHS, 1)),
)
def test_date_knows_every_month(month):
    number, name = month
    assert value(Kind.DATE, f"1 {name} 2024") == date(2024, number, 1)
    assert value(Kind.DATE, f"1 {name[:3]} 2024") == date(2024, number, 1)


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("03/25/2025", "25/03/2025"),
        ("5/3/25", "empat angka"),
        ("31 Februari 2025", "kalender"),
        ("29/02/2025", "kalender"),
        ("Maret 2025", "5 Maret 2025"),
        ("Senin, 5 Maret 2025", "hari Rabu, bukan Senin"),
        ("5 Maret 1825", "tidak masuk akal"),
        ("2025", "bukan tanggal"),
        (45721, "format Tanggal"),
        (time(14, 30), "format Tanggal"),
    ],
)
def test_date_that_is_none_says_what_to_type(typed, hint):
    assert hint in refusal(Kind.DATE, typed)


def test_date_outside_the_range_is_refused():
    assert refusal(Kind.DATE, "5 Maret 2025", maximum=date(2025, 1, 31)) == "Paling besar 31/01/2025."


@pytest.mark.parametrize(
    "typed",
    [
        "5 Maret 2025 14.30", "05/03/2025 14:30", "5 Maret 2025 pukul 14.30 WIB", "2025-03-05T14:30:00+07:00",
        "2025-03-05T07:30:00Z", datetime(2025, 3, 5, 14, 30),
    ],
)  # fmt: skip
def test_datetime_is_western_indonesian_time(typed):
    assert value(Kind.DATETIME, typed) == datetime(2025, 3, 5, 7, 30, tzinfo=UTC)


@pytest.mark.parametrize("typed", ["5 Maret 2025", date(2025, 3, 5), "5 Maret 2025 25.00", "2025-03-05T14:30+99:99", 3])
def test_datetime_without_a_time_is_refused(typed):
    refusal(Kind.DATETIME, typed)


# Words --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("typed", "expected"), [("Ya", True), ("TIDAK", False), (True, True), (1, True), ("0", False)])
def test_boolean_of_indonesian_words(typed, expected):
    assert value(Kind.BOOLEAN, typed) is expected


def test_boolean_of_another_word_is_refused():
    assert refusal(Kind.BOOLEAN, "mungkin") == "“mungkin” harus ya atau tidak."


TECHNIQUES = [("tulis", "Batik tulis"), ("cap", "Batik cap"), ("combination", "Batik kombinasi")]


@pytest.mark.parametrize("typed", ["Batik kombinasi", "batik KOMBINASI", "combination", "batik-kombinasi", "campuran"])
def test_choice_by_label_code_or_synonym(typed):
    assert value(Kind.CHOICE, typed, choices=TECHNIQUES, synonyms={"campuran": "combination"}) == "combination"


def test_choice_misspelt_proposes_the_nearest_and_otherwise_lists_them():
    assert refusal(Kind.CHOICE, "batik kombinasii", choices=TECHNIQUES).endswith("Maksud Anda “Batik kombinasi”?")
    assert refusal(Kind.CHOICE, "zzz", choices=TECHNIQUES).endswith("Pilihan: Batik tulis, Batik cap, Batik kombinasi.")


def test_choices_that_differ_only_by_a_sign_are_never_confused():
    sizes = [("small", "≤ 10"), ("large", "> 10")]
    assert value(Kind.CHOICE, "> 10", choices=sizes) == "large"
    refusal(Kind.CHOICE, "10", choices=sizes)


def test_choices_from_a_function_are_asked_once_per_file():
    asked = []
    column = Column(name="x", label="X", kind=Kind.CHOICE, choices=lambda: asked.append(1) or TECHNIQUES)
    read = Parser(column)
    assert [read("tulis"), read("cap"), len(asked)] == ["tulis", "cap", 1]


def test_list_of_choices_and_of_free_words():
    assert value(Kind.LIST, "Batik tulis, cap; batik cap", choices=TECHNIQUES) == ["tulis", "cap"]
    assert value(Kind.LIST, "sarung / selendang\nkemeja") == ["sarung", "selendang", "kemeja"]
    assert value(Kind.LIST, " - ") is None
    refusal(Kind.LIST, "tulis, sablon", choices=TECHNIQUES)


# Identifiers --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["0123456789012", "'0123456789012", "0123 4567 89012", "01.234.567.89-012"])
def test_identifier_keeps_leading_zeros(typed):
    assert value(Kind.IDENTIFIER, typed, digits=(13,)) == "0123456789012"


@pytest.mark.parametrize("typed", ["3,37501E+15", "3.37501E+15", "3E15", 3375012345678901, 3.3750123456789e15])
def test_identifier_that_excel_has_shortened_is_refused(typed):
    assert "Excel telah memendekkan nomor ini" in refusal(Kind.IDENTIFIER, typed, digits=(16,))


def test_identifier_of_the_wrong_length_says_both_lengths():
    assert refusal(Kind.IDENTIFIER, "123", digits=(16,)) == "NIK harus 16 angka; di sini 3 angka."
    assert refusal(Kind.IDENTIFIER, 123456789012, digits=(13,)).endswith("beri kolom format Teks.")


@pytest.mark.parametrize("typed", ["12A4", "٣٣", 1.5, True, date(2025, 3, 5)])
def test_identifier_of_anything_but_digits_is_refused(typed):
    refusal(Kind.IDENTIFIER, typed)


@pytest.mark.parametrize(
    "typed",
    [
        "0812-3456-7890",
        "+62 812 3456 7890",
        "6281234567890",
        "81234567890",
        81234567890,
        "'+6281234567890",
        "(0812) 3456.7890",
    ],
)
def test_phone_becomes_international(typed):
    assert value(Kind.PHONE, typed) == "+6281234567890"


def test_phone_of_a_landline_and_of_a_foreign_buyer():
    assert value(Kind.PHONE, "(0285) 421091") == "+62285421091"
    assert value(Kind.PHONE, "+31 20 794 0800") == "+31207940800"


@pytest.mark.parametrize("typed", ["0812", "081234567890 / 081234567891", "8,12E+10", "nomor istri", 8.12e20, "0285"])
def test_phone_that_is_none_or_two_is_refused(typed):
    refusal(Kind.PHONE, typed)


# Text ---------------------------------------------------------------------------------------------------------------


def test_text_is_trimmed_composed_and_on_one_line():
    assert value(Kind.TEXT, "  Batik\u00a0 Sekar\u2028Jagad\x0b ") == "Batik Sekar Jagad"
    assert value(Kind.TEXT, "Cafe\u0301") == "Café"
    assert value(Kind.TEXT, "satu\r\ndua\x0ctiga", multiline=True) == "satu\ndua\ntiga"


@pytest.mark.parametrize("typed", ["", "   ", "-", "–", "\u00a0—"])
@pytest.mark.parametrize("kind", [kind for kind in Kind if kind != Kind.CHOICE])
def test_nothing_and_a_dash_are_nothing_in_every_kind(kind, typed):
    assert value(kind, typed) is None


@pytest.mark.parametrize(
    "typed", ["Siti\u200bAminah", "Siti\u202eAminah", "Siti\x00", "\ufeffSiti", "Siti\x07", "Siti\ud800"]
)
def test_text_with_invisible_characters_is_refused(typed):
    assert "tak terlihat" in refusal(Kind.TEXT, typed)


def test_text_with_a_broken_letter_is_refused():
    assert refusal(Kind.TEXT, "Kal\ufffd Loji") == "Ada huruf yang rusak setelah “Kal”. Ketik ulang sel ini."


def test_text_too_long_says_both_lengths():
    assert refusal(Kind.TEXT, "x" * 301) == "Terlalu panjang: 301 huruf, paling banyak 300."


def test_text_that_excel_made_a_date_is_refused():
    assert "format Teks" in refusal(Kind.TEXT, date(2025, 2, 1))


def test_time_cell_in_a_text_column_is_read_as_typed():
    assert value(Kind.TEXT, time(9, 30)) == "09.30"


def test_apostrophe_of_our_own_files_comes_off_again():
    assert value(Kind.TEXT, "'=1+1") == "=1+1"
    assert value(Kind.TEXT, "'Ain") == "'Ain"


def test_required_cell_without_value_is_refused():
    assert refusal(Kind.TEXT, "-", required=True) == "Wajib diisi."
    assert refusal(Kind.DATE, None, required=True) == "Wajib diisi."


def test_broken_cells_tell_a_failed_formula_from_one_without_result():
    assert refusal(Kind.DECIMAL, Broken("#REF!")).startswith("Rumus di sel ini gagal (#REF!)")
    assert refusal(Kind.DECIMAL, Broken("=", formula=True)).startswith("Sel ini berisi rumus tanpa hasil")


# Properties ---------------------------------------------------------------------------------------------------------

anything = st.one_of(
    st.text(max_size=60),
    st.text(alphabet="0123456789.,-+eE<>≤≥=/: RpWIBTZ'%", max_size=45),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.none(),
    st.just(Broken("#N/A")),
)
options = {
    Kind.CHOICE: {"choices": TECHNIQUES},
    Kind.LIST: {"choices": TECHNIQUES},
    Kind.DECIMAL: {"places": 4},
    Kind.CENSORED: {"places": 6},
    Kind.IDENTIFIER: {"digits": (13, 16)},
}
parsers = {kind: parser(kind, **options.get(kind, {})) for kind in Kind}


@settings(max_examples=400, deadline=None)
@given(cell=anything, kind=st.sampled_from(list(Kind)))
def test_any_cell_gives_a_value_that_survives_staging_or_a_refusal(cell, kind):
    try:
        read = parsers[kind](cell)
    except Unreadable as refused:
        spoken = str(refused)
    else:
        assert parsing.load(parsing.dump(read, kind), kind) == read
        spoken = parsing.spell(read) or "kosong"
    assert spoken


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**9), max_value=10**9))
def test_a_decimal_written_the_indonesian_way_is_read_back(number):
    whole, _point, places = f"{abs(number):.4f}".partition(".")
    grouped = f"{int(whole):,}".replace(",", ".")
    sign = "-" if number < 0 else ""
    assert value(Kind.DECIMAL, f"{sign}{grouped},{places}") == number


@given(st.text(max_size=40))
def test_decimal_is_never_read_with_a_thousandfold_doubt(typed):
    try:
        read = value(Kind.DECIMAL, typed)
    except Unreadable:
        return
    if read is not None and re.fullmatch(r"[1-9][0-9]{0,2}\.[0-9]{3}", typed.strip()):
        pytest.fail(f"{typed} was read as {read}")


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31)))
def test_a_date_written_in_words_or_figures_is_read_back(day):
    for typed in (f"{day.day} {MONTHS[day.month - 1]} {day.year}", f"{day:%d/%m/%Y}", f"{day:%Y-%m-%d}"):
        assert value(Kind.DATE, typed) == day


@given(anything)
def test_a_kept_cell_is_plain_json_without_nul(cell):
    kept = cells.keep(cell)
    assert kept is None or isinstance(kept, str | int | float | bool)
    if isinstance(kept, str):
        assert "\x00" not in kept
        kept.encode("utf-8")


def test_every_pattern_stays_fast_on_its_own_near_misses():
    hostile = [
        "1" * 100_000, "1." * 50_000, "1," * 50_000, "a" * 100_000, " " * 100_000, "5 Maret " * 12_000,
        "-" * 100_000, "(" * 100_000, "_x00" * 25_000,
    ]  # fmt: skip
    compiled = [
        (module.__name__, name, thing)
        for module in _modules()
        for name, thing in vars(module).items()
        if isinstance(thing, re.Pattern)
    ]
    assert len(compiled) > 15
    for module, name, pattern in compiled:
        for attack in hostile:
            # Time of this thread on the processor: a busy machine does not count. Backtracking would take minutes.
            started = clock.thread_time()
            pattern.fullmatch(attack)
            assert clock.thread_time() - started < 1, f"{module}.{name}"


def _modules():
    from batikportal.imports.reading import header, workbook

    return [dates, identifiers, numbers, text, words, header, workbook]


def test_a_number_pattern_takes_ascii_digits_only():
    for module in _modules():
        source = pathlib.Path(module.__file__).read_text()
        assert "\\d" not in source, f"{module.__name__}: \\d takes digits of every script"
