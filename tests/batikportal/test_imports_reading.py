"""Files as people send them are read; broken or hostile ones are refused with a sentence, quickly and small."""

import io
import random
import time
import tracemalloc
import zipfile
from datetime import date, datetime

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.styles import Font

from batikportal.imports import cells, reading, rules
from batikportal.imports.cells import Broken
from batikportal.imports.contract import Column
from batikportal.imports.reading import Refusal, delimited, workbook
from tests.batikportal.spreadsheets import (
    HEADER,
    HEADER_XML,
    MAIN,
    PNG,
    ROW,
    ROW_XML,
    bomb,
    csv_bytes,
    inline,
    lab_sheet,
    raw_xlsx,
    xlsx_bytes,
)


def read(data: bytes, name: str = "hasil.csv"):
    return reading.read(data, name, lab_sheet())


def refusal(data: bytes, name: str = "hasil.xlsx") -> str:
    with pytest.raises(Refusal) as caught:
        read(data, name)
    return str(caught.value)


# Good files ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", b"\xef\xbb\xbf"),
        ("utf-16-le", b"\xff\xfe"),
        ("utf-16-be", b"\xfe\xff"),
        ("utf-16-le", b""),
        ("utf-16-be", b""),
        ("utf-32-le", b"\xff\xfe\x00\x00"),
    ],
)
def test_csv_in_every_encoding_and_delimiter(delimiter, encoding, mark):
    table = read(csv_bytes([HEADER, ROW], delimiter, encoding, mark))
    assert table.lines == [(2, ROW)]
    assert table.positions == {"sample_number": 0, "taken_on": 1, "parameter": 2, "result": 3, "method": 4}
    assert table.notices == []


def test_csv_in_windows_1252_is_read_with_a_remark():
    table = read(csv_bytes([HEADER, ["AL-1", "", "COD", "1", "Métode é"]], encoding="cp1252"))
    assert table.lines[0][1][4] == "Métode é"
    assert "Windows-1252" in table.notices[0]


def test_csv_with_line_breaks_inside_quotes_and_odd_separators_inside_cells():
    odd = "satu\x0bdua\x0ctiga\u2028empat"
    table = read(csv_bytes([HEADER, ["AL-1", "", "COD", "1", "baris\nsatu;dua"], ["AL-2", "", "COD", "2", odd]]))
    assert [line for line, _cells in table.lines] == [2, 3]
    assert table.lines[0][1][4] == "baris\nsatu;dua"
    assert table.lines[1][1][4] == odd


def test_csv_with_the_separator_line_of_excel():
    assert read(b"sep=,\r\n" + csv_bytes([HEADER, ROW], ",")).lines == [(3, ROW)]


def test_csv_with_decimal_commas_between_semicolons_is_not_cut_at_the_commas():
    assert read(csv_bytes([HEADER, ["A, B", "", "COD", "1,5", "x, y, z"]])).lines[0][1] == [
        "A, B", None, "COD", "1,5", "x, y, z",
    ]  # fmt: skip


def test_empty_lines_are_skipped_and_line_numbers_kept():
    table = read(csv_bytes([HEADER, [], ROW, ["", " ", "", "", ""], ROW]))
    assert [line for line, _cells in table.lines] == [3, 5]


def test_xlsx_gives_text_numbers_dates_and_flags_as_they_are():
    rows = [
        HEADER,
        ["AL-1", date(2025, 3, 5), "COD", 12.5, True],
        ["0012", datetime(2025, 3, 5, 14, 30), "COD", 7, None],
    ]
    assert read(xlsx_bytes(rows)).lines == [
        (2, ["AL-1", date(2025, 3, 5), "COD", 12.5, True]),
        (3, ["0012", datetime(2025, 3, 5, 14, 30), "COD", 7]),
    ]


def test_xlsx_agrees_with_openpyxl_on_a_mixed_sheet():
    rows = [HEADER]
    rows += [[f"AL {i} é", date(2024, 1 + i % 12, 1 + i % 28), "COD", i / 8, i] for i in range(300)]
    data = xlsx_bytes(rows)
    ours = [cells for _line, cells in read(data).lines]
    book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    theirs = [
        [c.date() if isinstance(c, datetime) else c for c in row] for row in book.active.iter_rows(values_only=True)
    ]
    assert ours == theirs[1:]


def test_title_lines_above_the_header_are_skipped_with_a_remark():
    table = read(xlsx_bytes([["LABORATORIUM CONTOH"], ["Hasil uji bulan Maret 2025"], [], HEADER, ROW]))
    assert (table.header_line, table.lines) == (4, [(5, ROW)])
    assert table.notices == ["Judul kolom ditemukan di baris 4; baris di atasnya dilewati."]


def test_headings_are_known_by_alias_code_case_and_without_brackets():
    header = ["KODE CONTOH", "taken_on", "parameter *", "Hasil", "metode"]
    assert read(csv_bytes([header, ROW])).positions == {
        "sample_number": 0, "taken_on": 1, "parameter": 2, "result": 3, "method": 4,
    }  # fmt: skip


def test_numbered_line_below_the_header_and_repeated_header_are_not_data():
    rows = [HEADER, ["(1)", "(2)", "(3)", "(4)", "(5)"], ROW, HEADER, ROW]
    assert [line for line, _cells in read(xlsx_bytes(rows)).lines] == [3, 5]


def test_unknown_columns_are_named_and_left_out():
    table = read(csv_bytes([[*HEADER, "Warna", "Kesalahan"], [*ROW, "merah", "lama"]]))
    assert table.notices == ["Kolom yang tidak dikenal dan tidak dibaca: Warna."]


def test_merged_cells_count_for_every_line_they_span():
    rows = [HEADER, ROW, [None, None, "BOD5", "3,5", None], [None, None, "Krom total (Cr)", "<0,01", None]]
    table = read(xlsx_bytes(rows, merges=["A2:A4", "B2:B4"]))
    assert [cells[:3] for _line, cells in table.lines] == [
        ["AL-2025-0001", "5 Maret 2025", "COD"],
        ["AL-2025-0001", "5 Maret 2025", "BOD5"],
        ["AL-2025-0001", "5 Maret 2025", "Krom total (Cr)"],
    ]
    assert table.notices == ["Sel gabung dibaca sebagai nilai yang sama untuk semua barisnya: baris 2–4, 2–4."]


def test_cells_merged_across_are_said_to_count_for_their_first_column_only():
    table = read(xlsx_bytes([HEADER, ROW, ROW[:4]], merges=["D3:E3"]))
    assert table.lines[1] == (3, ROW[:4])
    assert table.notices == ["Sel gabung mendatar hanya terbaca di kolom pertamanya: D3:E3."]


def test_header_of_two_merged_lines_is_found():
    rows = [["Nomor sampel", "Tanggal ambil", "Hasil uji", None], [None, None, "Parameter", "Hasil (mg/L)"], ROW[:4]]
    table = read(xlsx_bytes(rows, merges=["A1:A2", "B1:B2", "C1:D1"]))
    assert table.positions == {"sample_number": 0, "taken_on": 1, "parameter": 2, "result": 3}
    assert table.lines == [(3, ROW[:4])]


def test_formula_gives_the_result_that_the_file_holds():
    formulas = '<c r="D2"><f>1+1</f><v>2</v></c><c r="E2" t="str"><f>"a"</f><v>SNI</v></c>'
    data = raw_xlsx(HEADER_XML + f'<row r="2">{inline("AL-1", "", "COD")}{formulas}</row>')
    assert read(data).lines == [(2, ["AL-1", None, "COD", 2, "SNI"])]


def test_formula_without_result_and_formula_error_are_told_apart():
    row = f'<row>{inline("AL-1")}<c><f>NOW()</f></c>{inline("COD")}<c t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'
    assert read(raw_xlsx(HEADER_XML + row)).lines[0][1] == [
        "AL-1", Broken("=", formula=True), "COD", Broken("#DIV/0!"),
    ]  # fmt: skip


def test_shared_strings_with_rich_text_phonetic_hints_and_escapes():
    strings = (
        f'<sst xmlns="{MAIN}"><si><r><t>Batik </t></r><r><t>Sekar</t></r><rPh sb="0" eb="1"><t>x</t></rPh></si>'
        "<si><t>satu_x000D_dua_x005F_x</t></si></sst>"
    )
    rows = "".join(f'<row>{inline("AL-1", "", "COD", "1")}<c t="s"><v>{n}</v></c></row>' for n in range(2))
    lines = read(raw_xlsx(HEADER_XML + rows, {"xl/sharedStrings.xml": strings})).lines
    assert [cells[4] for _line, cells in lines] == ["Batik Sekar", "satu\rdua_x"]


def test_data_on_a_later_sheet_is_found_and_hidden_sheets_are_not_read():
    def add(book):
        hidden = book.create_sheet("Lama", 0)
        hidden.append(HEADER)
        hidden.append(["AL-0", None, "COD", 1])
        hidden.sheet_state = "hidden"
        book.create_sheet("Sampul", 0).append(["Laporan Maret"])

    table = read(xlsx_bytes([HEADER, ROW], title="Hasil", before_save=add))
    assert table.lines == [(2, ROW)]
    assert table.notices == ["Lembar yang dibaca: “Hasil”."]


def test_hidden_lines_are_read_with_a_remark():
    def hide(book):
        book.active.row_dimensions[2].hidden = True

    assert read(xlsx_bytes([HEADER, ROW, ROW], before_save=hide)).notices == ["1 baris tersembunyi ikut dibaca: 2."]


def test_empty_styled_cells_far_away_do_not_count():
    def style(book):
        book.active["XFD1048576"].font = Font(bold=True)

    assert read(xlsx_bytes([HEADER, ROW], before_save=style)).lines == [(2, ROW)]


def test_workbook_with_prefixed_names_is_read():
    sheet = (
        f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row>'
        + "".join(f'<x:c t="inlineStr"><x:is><x:t>{label}</x:t></x:is></x:c>' for label in HEADER[:4])
        + '</x:row><x:row><x:c t="inlineStr"><x:is><x:t>AL-1</x:t></x:is></x:c><x:c/><x:c t="inlineStr"><x:is><x:t>COD'
        "</x:t></x:is></x:c><x:c><x:v>3</x:v></x:c></x:row></x:sheetData></x:worksheet>"
    )
    assert read(raw_xlsx("", {"xl/worksheets/sheet1.xml": sheet})).lines == [(2, ["AL-1", None, "COD", 3])]


def test_twenty_thousand_rows_are_read():
    rows = [HEADER, *([f"AL-{i}", "5 Maret 2025", "COD", i, "SNI"] for i in range(rules.ROWS))]
    assert len(read(csv_bytes(rows)).lines) == rules.ROWS
    assert len(read(xlsx_bytes(rows)).lines) == rules.ROWS


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("dd/mm/yyyy", "date"),
        ("[$-421]d mmmm yyyy;@", "date"),
        ("mmm-yy", "date"),
        ("dd/mm/yyyy hh:mm", "datetime"),
        ("[h]:mm:ss", "time"),
        ("mm:ss", "time"),
        ("General", ""),
        ('0 "hari"', ""),
        ("0.00E+00", ""),
        ("[Red]#,##0;[Blue]-#,##0", ""),
        ("h:mm AM/PM", "time"),
        ("@", ""),
    ],
)
def test_number_formats_that_show_dates(code, kind):
    assert workbook.format_kind(code) == kind


@pytest.mark.parametrize(
    ("serial", "kind", "expected"),
    [
        (45721, "date", date(2025, 3, 5)),
        (45721.604166667, "datetime", datetime(2025, 3, 5, 14, 30)),
        (45721.99999999, "datetime", datetime(2025, 3, 6)),
        (1, "date", date(1900, 1, 1)),
        (61, "date", date(1900, 3, 1)),
        (-1, "date", -1),
        (1e12, "date", 1e12),
    ],
)
def test_serial_dates_of_excel(serial, kind, expected):
    assert workbook.serial(serial, kind, date(1899, 12, 30)) == expected


# Files with a defect that the person can mend -----------------------------------------------------------------------


def test_missing_required_columns_are_listed():
    assert refusal(csv_bytes([["Nomor sampel", "Tanggal ambil"], ROW[:2]]), "a.csv") == (
        "Kolom wajib tidak ada: Parameter, Hasil (mg/L). Kolom yang ditemukan: Nomor sampel, Tanggal ambil."
    )


def test_duplicate_columns_are_listed():
    header = [*HEADER, "Kode contoh"]
    assert refusal(csv_bytes([header, [*ROW, "x"]]), "a.csv") == (
        "Kolom ganda: “Nomor sampel” / “Kode contoh”. Sisakan satu saja."
    )


def test_file_without_header_says_what_is_looked_for_and_what_was_found():
    message = refusal(csv_bytes([["Nama", "Alamat"], ["Siti", "Kauman"]]), "a.csv")
    assert "Yang dicari: Nomor sampel, Tanggal ambil" in message
    assert "Baris pertama berisi: Nama, Alamat." in message


@pytest.mark.parametrize("data", [b"", b"\n\n", b"\xef\xbb\xbf", csv_bytes([HEADER])])
def test_file_without_rows_asks_for_the_template(data):
    assert "Isi templat" in refusal(data, "a.csv")


def test_more_than_twenty_thousand_rows_are_refused():
    rows = [HEADER, *[ROW] * (rules.ROWS + 1)]
    assert refusal(csv_bytes(rows), "a.csv") == (
        "Berkas ini berisi lebih dari 20.000 baris. Bagi menjadi beberapa berkas."
    )


def test_unbalanced_quotes_name_the_line():
    data = csv_bytes([HEADER, ROW]) + b'"AL-2;COD\n' * 3
    assert "baris 3" in refusal(data, "a.csv")


# Broken and hostile files -------------------------------------------------------------------------------------------


def _encrypted() -> bytes:
    data = bytearray(xlsx_bytes([HEADER, ROW]))
    at = data.rindex(b"PK\x01\x02")
    data[at + 8] |= 1
    return bytes(data)


def _other_archive(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()


def _lzma() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("xl/workbook.xml", "x" * 100)
    return out.getvalue()


DOCTYPE = '<?xml version="1.0"?><!DOCTYPE worksheet [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
GOOD = xlsx_bytes([HEADER, ROW])

HOSTILE = {
    "not a zip": (b"PK\x03\x04" + b"x" * 500, "rusak atau terpotong"),
    "truncated": (GOOD[: len(GOOD) // 2], "rusak atau terpotong"),
    "picture named xlsx": (PNG, "PNG"),
    "text named xlsx": (csv_bytes([HEADER, ROW]), "bukan buku kerja Excel"),
    "old xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "Excel lama"),
    "pdf": (b"%PDF-1.7 ...", "PDF"),
    "encrypted": (_encrypted(), "kata sandi"),
    "odd compression": (_lzma(), "dikemas"),
    "xlsb": (_other_archive("xl/workbook.bin"), ".xlsb"),
    "ods": (_other_archive("mimetype", "content.xml"), ".ods"),
    "docx": (_other_archive("word/document.xml"), "bukan buku kerja"),
    "doctype": (raw_xlsx(HEADER_XML + ROW_XML, prolog=DOCTYPE), "DTD"),
    "doctype in strings": (raw_xlsx(HEADER_XML + ROW_XML, {"xl/sharedStrings.xml": DOCTYPE + "<sst/>"}), "DTD"),
    "broken xml": (raw_xlsx(HEADER_XML + "<row><c>"), "tidak dapat dibaca"),
    "many parts": (raw_xlsx(HEADER_XML + ROW_XML, {f"xl/media/{i}.txt": "x" for i in range(250)}), "200 bagian"),
    "far cell": (raw_xlsx(HEADER_XML + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'), "kolom ke-16384"),
    "long cell": (raw_xlsx(HEADER_XML + f"<row>{inline('x' * 25_000)}</row>"), "20 kB"),
    "bad reference": (raw_xlsx(HEADER_XML + '<row><c r="!!"><v>1</v></c></row>'), "alamat sel"),
    "cells out of order": (raw_xlsx(HEADER_XML + '<row><c r="C2"><v>1</v></c><c r="A2"><v>1</v></c></row>'), "urutan"),
    "missing string": (raw_xlsx(HEADER_XML + '<row><c t="s"><v>9</v></c></row>'), "tidak dapat dibaca"),
    "no sheet": (raw_xlsx("", {"xl/workbook.xml": f'<workbook xmlns="{MAIN}"/>'}), "tidak memuat lembar"),
    "bomb": (bomb(), "terlalu besar setelah dibuka"),
    "bomb with a lying directory": (bomb(declared_honestly=False), "tidak dapat dibaca"),
    "too large": (b"PK\x03\x04" + bytes(rules.UPLOAD_BYTES), "paling banyak 10 MB"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_workbook_is_refused_with_a_sentence(name):
    data, expected = HOSTILE[name]
    assert expected in refusal(data, "hasil.xlsx")


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (csv_bytes([HEADER, ROW]).replace(b"COD", b"C\x00D"), "bukan teks CSV"),
        (b"\xff\xfe" + b"\x00\xd8\x00\x00", "tidak terbaca"),
        (b"abc\x81\x8d\x8f\x90", "tidak terbaca"),
        (csv_bytes([HEADER, ["x" * 25_000]]), "20 kB"),
        (csv_bytes([HEADER, ["x"] * 61]), "61 kolom"),
        (b'"' + b"x" * 200_000, "tidak berpasangan"),
        (b"GIF89a", "GIF"),
    ],
)
def test_hostile_csv_is_refused_with_a_sentence(data, expected):
    assert expected in refusal(data, "hasil.csv")


@pytest.mark.parametrize("name", ["bomb", "bomb with a lying directory", "far cell", "many parts", "doctype"])
def test_hostile_workbook_costs_little(name):
    data, _expected = HOSTILE[name]
    tracemalloc.start()
    started = time.thread_time()
    refusal(data)
    seconds = time.thread_time() - started
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 30 * 1024 * 1024
    assert seconds < 5


def test_largest_sheet_that_is_let_in_stays_below_the_memory_bound():
    chance = random.Random(1)
    rows = (
        "<row>" + "".join(f'<c t="str"><v>x{chance.randrange(10**6)}</v></c>' for _column in range(60)) + "</row>"
        for _row in range(4_000)
    )
    data = raw_xlsx(HEADER_XML + "".join(rows))
    tracemalloc.start()
    table = read(data)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(table.lines) == 4_000
    assert peak < 60 * 1024 * 1024


def _padded(parts) -> bytes:
    """Twelve megabytes of XML that keep below the ratio, since a part that cannot be compressed travels with them."""
    noise = random.Random(2).randbytes(400_000)
    return raw_xlsx(HEADER_XML + ROW_XML, {**parts, "xl/media/image1.png": noise})


@pytest.mark.parametrize(
    "parts",
    [
        {"xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><cellXfs>' + "<xf/>" * 2_400_000 + "</cellXfs></styleSheet>"},
        {"xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">' + "".join(f"<e{n}/>" for n in range(1_200_000)) + "</sst>"},
        {"xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">' + "".join(f'<e x{n}=""/>' for n in range(900_000)) + "</sst>"},
    ],
)
def test_part_that_would_fill_the_memory_is_refused_early(parts):
    data = _padded(parts)
    tracemalloc.start()
    message = refusal(data)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert "tidak wajar" in message
    assert peak < 100 * 1024 * 1024


def test_merges_without_number_are_not_kept():
    merges = "<mergeCells>" + '<mergeCell ref="A2:A3"/>' * 400_000 + "</mergeCells>"
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData>{HEADER_XML}{ROW_XML}</sheetData>{merges}</worksheet>'
    started = time.thread_time()
    assert read(_padded({"xl/worksheets/sheet1.xml": sheet})).lines == [(2, ROW)]
    assert time.thread_time() - started < 10


@settings(max_examples=150, deadline=None)
@given(data=st.binary(max_size=400), name=st.sampled_from(["a.csv", "a.xlsx"]), zipped=st.booleans())
def test_any_bytes_give_a_table_or_a_refusal(data, name, zipped):
    try:
        table = read(b"PK\x03\x04" + data if zipped else data, name)
    except Refusal as refused:
        message = str(refused)
    else:
        message = table.labels[0]
    assert message


@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_any_damage_to_a_good_workbook_gives_a_table_or_a_refusal(data):
    damaged = bytearray(GOOD)
    for _ in range(data.draw(st.integers(1, 6))):
        damaged[data.draw(st.integers(4, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    try:
        table = read(bytes(damaged))
    except Refusal as refused:
        outcome = str(refused)
    else:
        outcome = "read" if set(table.positions) >= {"sample_number", "parameter", "result"} else ""
    assert outcome


PARTS = {name: zipfile.ZipFile(io.BytesIO(GOOD)).read(name) for name in zipfile.ZipFile(io.BytesIO(GOOD)).namelist()}


@settings(max_examples=200, deadline=None)
@given(data=st.data(), part=st.sampled_from(sorted(PARTS)))
def test_any_damage_inside_a_part_gives_a_table_or_a_refusal(data, part):
    content = PARTS[part]
    start = data.draw(st.integers(0, len(content)))
    stop = data.draw(st.integers(start, min(len(content), start + 40)))
    crumbs = [b"", b"-1", b"1e999", b"\x00", b"XFD1048576", b"</v>", b't="s"', b"&#0;", b"<f>", b"9" * 30, b"_xD800_"]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, good in PARTS.items():
            damaged = content[:start] + data.draw(st.sampled_from(crumbs)) + content[stop:]
            archive.writestr(name, damaged if name == part else good)
    try:
        table = read(out.getvalue(), "a.xlsx")
    except Refusal as refused:
        outcome = str(refused)
    else:
        outcome = "read" if all(cells.keep(cell) != b"" for _line, row in table.lines for cell in row) else ""
    assert outcome


@settings(max_examples=150, deadline=None)
@given(xml=st.text(alphabet='<>/="row c v t is f r1A s n e xd', max_size=120))
def test_any_sheet_of_xml_crumbs_gives_a_table_or_a_refusal(xml):
    try:
        table = read(raw_xlsx(HEADER_XML + ROW_XML + xml))
    except Refusal as refused:
        outcome = str(refused)
    else:
        outcome = "read" if table.lines[0] == (2, ROW) else ""
    assert outcome


@settings(max_examples=200, deadline=None)
@given(st.lists(st.lists(st.text(max_size=12), min_size=1, max_size=6), max_size=6), st.sampled_from(";,\t"))
def test_csv_lines_come_back_as_written(rows, delimiter):
    header = ["Nomor sampel", "Tanggal ambil", "Parameter", "Hasil (mg/L)", "Metode"]
    try:
        table = read(csv_bytes([header, *rows], delimiter))
    except Refusal:
        return
    written = dict(enumerate(rows, start=2))
    for line, read_cells in table.lines:
        assert [cell or "" for cell in read_cells] == [
            cell if cell.strip() else "" for cell in written[line][: len(read_cells)]
        ]


def test_headings_of_a_single_column_sheet_need_one_match():
    sheet = lab_sheet(columns=[Column(name="nib", label="NIB")], key=())
    assert reading.read(b"NIB\n123\n", "a.csv", sheet).lines == [(2, ["123"])]


def test_decode_leaves_plain_text_without_a_remark():
    assert delimited.decode("é".encode()) == ("é", [])
