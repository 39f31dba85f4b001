"""The pages of an import, from choosing the sheet to fetching the refused rows, as different people see them."""

import csv
import io
from datetime import timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from batikportal import contracts, sheets
from batikportal.imports import handouts, reading
from batikportal.imports.choices import RunState
from batikportal.imports.contract import Column
from batikportal.models import AccessEvent, Enterprise
from batikportal.models.imports import ImportRow, ImportRun
from tests.batikportal.importing import HEADER, SECRET_TARGETS, TARGETS, applied, checked, row, upload, work_off
from tests.batikportal.spreadsheets import LAB_COLUMNS, PNG, csv_bytes, lab_sheet, xlsx_bytes
from tests.factories import portal as factories

NIK = "3375010503900001"


@pytest.fixture(autouse=True)
def _sheets():
    sheets.SHEETS.extend([TARGETS, SECRET_TARGETS])
    contracts.contributions.cache_clear()
    yield
    del sheets.SHEETS[-2:]
    contracts.contributions.cache_clear()


def send(client, data: bytes, name: str = "target.csv", code: str = "test-targets", **options):
    return client.post(reverse("import-new", args=[code]), {"file": SimpleUploadedFile(name, data)}, **options)


def page(client, run, query: str = "") -> str:
    response = client.get(reverse("import-run", args=[run.public_id]) + query)
    assert response.status_code == 200
    return response.content.decode()


# Who sees what ------------------------------------------------------------------------------------------------------


def test_imports_are_closed_to_those_who_may_not_import(as_user, reviewer, owner, outsider, client):
    for user in (reviewer, owner, outsider):
        assert as_user(user).get(reverse("import-list")).status_code == 403
    assert client.get(reverse("import-list")).status_code == 302


def test_list_offers_only_the_sheets_of_ones_role(as_user, data_clerk, lab):
    assert "Target uji" in as_user(data_clerk).get(reverse("import-list")).content.decode()
    seen = as_user(lab).get(reverse("import-list")).content.decode()
    assert "Target uji" not in seen
    assert "Belum ada impor" in seen


def test_sheet_of_another_role_is_not_found(as_user, lab):
    client = as_user(lab)
    assert client.get(reverse("import-new", args=["test-targets"])).status_code == 404
    assert send(client, csv_bytes([HEADER[:4], row(1)])).status_code == 404
    assert client.get(reverse("import-template", args=["test-targets", "csv"])).status_code == 404


def test_import_of_another_office_is_not_found_on_any_page(as_user, data_clerk, lab, now):
    run = checked(data_clerk, now, [row(1), row(2, value="x")])
    client = as_user(lab)
    for name in ("import-run", "import-confirm", "import-cancel", "import-restart"):
        url = reverse(name, args=[run.public_id])
        assert (client.get(url) if name == "import-run" else client.post(url)).status_code == 404
    assert client.get(reverse("import-refused", args=[run.public_id, "csv"])).status_code == 404
    run.refresh_from_db()
    assert run.state == RunState.CHECKED


def test_colleague_with_the_same_permission_sees_the_import(as_user, data_clerk, now):
    run = checked(data_clerk, now, [row(1)])
    colleague = factories.StaffFactory(role="data_clerk")
    assert "uji.00001" in page(as_user(colleague), run)


def test_history_of_an_import_is_for_its_uploader(as_user, data_clerk, now):
    run = checked(data_clerk, now, [row(1)])
    url = reverse("history", args=["batikportal.importrun", run.public_id])
    assert url in page(as_user(data_clerk), run)
    assert "Menunggu persetujuan Anda" in as_user(data_clerk).get(url).content.decode()
    colleague = factories.StaffFactory(role="data_clerk")
    assert url not in page(as_user(colleague), run)
    assert as_user(colleague).get(url).status_code == 404


def test_list_takes_the_same_queries_for_one_and_for_thirty(as_user, data_clerk, now, django_assert_num_queries):
    client = as_user(data_clerk)
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for amount in (1, 29):
        for n in range(amount):
            upload(data_clerk, now, [row(1000 * amount + n)])
        client.get(reverse("import-list"))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(reverse("import-list"))
        counts.append(len(queries))
    assert counts[0] == counts[1]


# The way through ----------------------------------------------------------------------------------------------------


def test_whole_way_from_upload_to_the_written_rows(as_user, data_clerk):
    client = as_user(data_clerk)
    response = send(client, csv_bytes([HEADER[:4], row(1), row(2), row(3, value="1.234")]))
    run = ImportRun.objects.get()
    assert response.url == reverse("import-run", args=[run.public_id])
    waiting = page(client, run)
    assert "menunggu giliran diperiksa" in waiting
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in waiting
    work_off()
    preview = page(client, run)
    assert "Setujui dan simpan 2 baris" in preview
    assert "“1.234” dapat berarti 1234 atau 1,234." in preview
    assert "http-equiv" not in preview
    client.post(reverse("import-confirm", args=[run.public_id]))
    assert "Menyimpan baris yang Anda setujui" in page(client, run)
    work_off()
    done = page(client, run)
    assert "2 baris ditambahkan, 0 diubah, 0 sudah sama." in done
    assert "1 baris ditolak belum tersimpan." in done


def test_changed_rows_show_what_was_and_what_will_be(as_user, data_clerk, now):
    applied(data_clerk, now, [row(1, value="10")])
    run = checked(data_clerk, now, [row(1, value="12,5", basis="Perwal")])
    seen = page(as_user(data_clerk), run, "?hasil=changed")
    assert "<del>10,0000</del>" in seen
    assert "<ins>12,5</ins>" in seen
    assert "<del>RPJMD</del>" in seen


def test_each_tab_shows_its_rows_and_an_unknown_one_the_first(as_user, data_clerk, now):
    run = checked(data_clerk, now, [row(1), row(2, value="x")])
    client = as_user(data_clerk)
    assert "uji.00001" in page(client, run, "?hasil=new")
    assert "uji.00002" not in page(client, run, "?hasil=new")
    assert "uji.00002" in page(client, run, "?hasil=refused")
    assert "uji.00002" in page(client, run, "?hasil=../../etc")
    assert "Tidak ada baris dengan hasil ini." in page(client, run, "?hasil=same")


def test_preview_is_paged(as_user, data_clerk, now):
    run = checked(data_clerk, now, [row(n) for n in range(120)])
    assert "uji.00119" in page(as_user(data_clerk), run, "?hasil=new&halaman=3")


def test_unreadable_file_says_why_and_what_to_do(as_user, data_clerk, now):
    run = checked(data_clerk, now, [], data=csv_bytes([["A", "B"], ["1", "2"]]))
    seen = page(as_user(data_clerk), run)
    assert "Impor ini gagal. Tidak ada data yang berubah." in seen
    assert "Baris judul kolom tidak ditemukan." in seen
    assert "Unggah berkas lain" in seen


def test_file_with_nothing_new_says_so_and_offers_no_confirmation(as_user, data_clerk, now):
    applied(data_clerk, now, [row(1), row(2)])
    run = checked(data_clerk, now, [row(2), row(1)])
    seen = page(as_user(data_clerk), run)
    assert "Semua baris dalam berkas ini sudah sama dengan data di portal." in seen
    assert "Setujui dan simpan" not in seen


def test_stuck_work_offers_to_start_anew(as_user, data_clerk, now):
    run = upload(data_clerk, now - timedelta(days=1), [row(1)])
    client = as_user(data_clerk)
    assert "Pekerjaan latar berhenti" in page(client, run)
    client.post(reverse("import-restart", args=[run.public_id]))
    work_off()
    assert "Setujui dan simpan 1 baris" in page(client, run)


def test_cancelling_says_that_nothing_changed(as_user, data_clerk, now):
    run = checked(data_clerk, now, [row(1)])
    response = as_user(data_clerk).post(reverse("import-cancel", args=[run.public_id]), follow=True)
    assert "dibatalkan. Tidak ada data yang berubah." in response.content.decode()
    assert "Impor ini dibatalkan" in page(as_user(data_clerk), run)


def test_changing_pages_are_closed_to_get(as_user, data_clerk, now):
    run = checked(data_clerk, now, [row(1)])
    for name in ("import-confirm", "import-cancel", "import-restart"):
        assert as_user(data_clerk).get(reverse(name, args=[run.public_id])).status_code == 405


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("target.xls", b"x", "Format Excel lama"),
        ("target.pdf", b"%PDF-1.7", "Hanya berkas .xlsx atau .csv"),
        ("foto.xlsx", PNG, "Jenis berkas tidak diterima"),
        ("kosong.csv", b"", "Berkas ini kosong"),
        ("besar.csv", b"x" * (10 * 1024 * 1024 + 1), "Berkas terlalu besar"),
    ],
)
def test_file_that_is_not_taken_is_explained_beside_the_field(as_user, data_clerk, name, data, sentence):
    response = send(as_user(data_clerk), data, name)
    assert response.status_code == 200
    assert sentence in response.content.decode()
    assert ImportRun.objects.count() == 0


def test_missing_file_is_explained(as_user, data_clerk):
    response = as_user(data_clerk).post(reverse("import-new", args=["test-targets"]), {})
    assert "Pilih berkas yang akan diimpor." in response.content.decode()


def test_same_file_again_leads_to_the_earlier_import(as_user, data_clerk, now):
    run = applied(data_clerk, now, [row(1)])
    response = send(as_user(data_clerk), csv_bytes([HEADER[:4], row(1)]))
    assert reverse("import-run", args=[run.public_id]) in response.content.decode()


def test_rows_cleared_away_are_said_to_be(as_user, data_clerk, now):
    run = applied(data_clerk, now, [row(1)])
    ImportRow.objects.all().delete()
    assert "sudah dihapus setelah 30 hari" in page(as_user(data_clerk), run)


def test_text_of_the_file_is_never_markup(as_user, data_clerk, now):
    run = checked(data_clerk, now, [row(1, basis="<script>alert(1)</script>", value="<b>")])
    seen = page(as_user(data_clerk), run)
    assert "<script>alert" not in seen
    assert "&lt;script&gt;" in seen


# Refused rows -------------------------------------------------------------------------------------------------------


def refused(client, run, format: str) -> bytes:
    response = client.get(reverse("import-refused", args=[run.public_id, format]))
    assert response.status_code == 200
    assert response.headers["Content-Disposition"].startswith("attachment")
    return response.content


def test_refused_rows_come_back_in_the_layout_of_the_upload_with_the_reason(as_user, data_clerk, now):
    header = ["Catatan", "Nilai", "Tahun", "Indikator", "Dokumen dasar"]
    run = checked(
        data_clerk,
        now,
        [],
        data=csv_bytes([header, ["abc", "x", "2026", "uji.1", "RPJMD"], ["", "1", "2026", "uji.2", "R"]]),
    )
    text = refused(as_user(data_clerk), run, "csv").decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text), delimiter=";")) == [
        [*header, "Kesalahan"],
        ["abc", "x", "2026", "uji.1", "RPJMD", "Nilai: “x” bukan angka. Tulis angka saja, misalnya 12,5."],
    ]


def test_refused_rows_corrected_and_uploaded_again_are_taken(as_user, data_clerk, now):
    run = checked(data_clerk, now, [], name="a.xlsx", data=xlsx_bytes([HEADER[:4], ["uji.1", 2026, "1.234", "RPJMD"]]))
    book = openpyxl.load_workbook(io.BytesIO(refused(as_user(data_clerk), run, "xlsx")))
    data = book.active
    assert [cell.value for cell in data[2]][:4] == ["uji.1", 2026, "1.234", "RPJMD"]
    data["C2"] = 1234
    out = io.BytesIO()
    book.save(out)
    again = checked(data_clerk, now, [], name="b.xlsx", data=out.getvalue())
    assert (again.new_count, again.refused_count, again.notices) == (1, 0, [])


@pytest.mark.parametrize("format", ["csv", "xlsx"])
@pytest.mark.parametrize("evil", ["=1+1", "+62 812", "-cmd", "@SUM(A1)", "＝1", "\t=1"])
def test_formulas_leave_as_text_and_come_back_as_typed(as_user, data_clerk, now, format, evil):
    run = checked(data_clerk, now, [row(1, value="x", basis=evil), row(2, value="-5x")])
    data = refused(as_user(data_clerk), run, format)
    if format == "xlsx":
        cell = openpyxl.load_workbook(io.BytesIO(data)).active["D2"]
        assert (cell.data_type, cell.value[0]) == ("s", "'")
    else:
        assert f"'{evil}" in data.decode("utf-8-sig") or f"\"'{evil}" in data.decode("utf-8-sig")
    table = reading.read(data, f"a.{format}", TARGETS)
    from batikportal.imports.parsing.text import clean

    assert clean(table.lines[0][1][3]) == evil.strip()


def test_numbers_leave_as_numbers_even_below_zero(as_user, data_clerk, now):
    data = xlsx_bytes([HEADER[:4], ["uji.1", 1999, -5.5, "RPJMD"]])
    run = checked(data_clerk, now, [], name="a.xlsx", data=data)
    assert openpyxl.load_workbook(io.BytesIO(refused(as_user(data_clerk), run, "xlsx"))).active["C2"].value == -5.5
    assert ";-5,5;" in refused(as_user(data_clerk), run, "csv").decode("utf-8-sig")


def test_refused_rows_of_a_good_file_are_not_found(as_user, data_clerk, now):
    run = checked(data_clerk, now, [row(1)])
    assert as_user(data_clerk).get(reverse("import-refused", args=[run.public_id, "csv"])).status_code == 404


def test_secret_is_masked_on_the_page_given_back_to_its_uploader_and_the_reading_logged(as_user, data_clerk, now):
    run = checked(data_clerk, now, [[*row(1), NIK], [*row(2, value="x"), NIK]], sheet=SECRET_TARGETS)
    for tab in ("new", "refused"):
        seen = page(as_user(data_clerk), run, f"?hasil={tab}")
        assert NIK not in seen
        assert "3375••••••••0001" in seen
    assert NIK in refused(as_user(data_clerk), run, "csv").decode("utf-8-sig")
    event = AccessEvent.objects.get()
    assert (event.user, event.fields, event.subject_id) == (data_clerk, ["nik"], str(run.pk))


def test_secret_stays_masked_for_a_colleague(as_user, data_clerk, now):
    run = checked(data_clerk, now, [[*row(2, value="x"), NIK]], sheet=SECRET_TARGETS)
    colleague = factories.StaffFactory(role="data_clerk")
    for format in ("csv", "xlsx"):
        assert NIK.encode() not in refused(as_user(colleague), run, format)
    assert AccessEvent.objects.count() == 0


# Templates ----------------------------------------------------------------------------------------------------------


def every_sheet():
    return [lab_sheet(), TARGETS, SECRET_TARGETS, sheets.SHEETS[0]]


@pytest.mark.parametrize("index", range(4))
def test_template_filled_with_its_own_examples_is_read_without_a_refused_cell(index, db):
    from batikportal.imports import checking

    sheet = every_sheet()[index]
    example = [column.example for column in sheet.columns]
    book = openpyxl.load_workbook(io.BytesIO(handouts.template_xlsx(sheet)))
    book["Data"].append([*example[:-1], example[-1] or None])
    # One cell differs, so that the row is not taken for the forgotten example.
    book["Data"].cell(2, 1).value = f"{example[0]} 2"
    out = io.BytesIO()
    book.save(out)
    lines = checking.understand(reading.read(out.getvalue(), "t.xlsx", sheet), sheet)
    assert [(line.row.line, line.row.errors) for line in lines] == [(2, {})]


@pytest.mark.parametrize("index", range(4))
def test_template_left_as_it_is_holds_no_row(index, db):
    from batikportal.imports import checking

    sheet = every_sheet()[index]
    table = reading.read(handouts.template_csv(sheet), "t.csv", sheet)
    assert set(table.positions) == {column.name for column in sheet.columns}
    assert checking.understand(table, sheet) == []
    with pytest.raises(reading.Refusal, match="Tidak ada baris data"):
        reading.read(handouts.template_xlsx(sheet), "t.xlsx", sheet)


def test_template_workbook_protects_numbers_and_offers_choices():
    sheet = lab_sheet(columns=[*LAB_COLUMNS, Column(name="nib", label="NIB", kind="identifier", digits=(13,))])
    book = openpyxl.load_workbook(io.BytesIO(handouts.template_xlsx(sheet)))
    assert book.sheetnames == ["Data", "Petunjuk", "Pilihan"]
    assert book["Data"].column_dimensions["F"].number_format == "@"
    assert [cell.value for cell in book["Pilihan"]["A"]] == ["Parameter", "COD", "BOD5", "Krom total (Cr)"]
    (rule,) = book["Data"].data_validations.dataValidation
    assert (rule.formula1, str(rule.sqref)) == ("'Pilihan'!$A$2:$A$4", "C2:C20001")
    assert "Nomor sampel *" in [cell.value for cell in book["Data"][1]]


@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_template_is_an_attachment(as_user, data_clerk, format):
    response = as_user(data_clerk).get(reverse("import-template", args=["enterprises", format]))
    assert response.headers["Content-Disposition"] == f'attachment; filename="templat-enterprises.{format}"'
    assert Enterprise.objects.count() == 0


def test_template_in_another_format_is_not_found(as_user, data_clerk):
    assert as_user(data_clerk).get(reverse("import-template", args=["enterprises", "exe"])).status_code == 404
