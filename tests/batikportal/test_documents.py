"""PDF documents: filled with facts, never with source; the same facts give the same bytes."""

from datetime import UTC, datetime

import pytest
import typst

from batikportal import documents, downloads, qr_codes

AT = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
FACTS = {"title": "Berita acara contoh", "rows": [["Usaha", "Batik Contoh"], ["Catatan", ""]]}


def test_same_facts_same_bytes():
    first = documents.pdf("blank", FACTS, at=AT)
    assert first.startswith(b"%PDF-")
    assert first == documents.pdf("blank", FACTS, at=AT)
    assert first != documents.pdf("blank", {**FACTS, "rows": [["Usaha", "Batik Lain"]]}, at=AT)


@pytest.mark.parametrize(
    "typed", ['#image("/etc/passwd")', "*tebal* $x$ `kode` #panic()", '"]; #read("letter.typ")', "<label> @ref \\ "]
)
def test_what_people_typed_is_never_markup(typed):
    assert documents.pdf("blank", {"title": typed, "rows": [[typed, typed]]}, at=AT).startswith(b"%PDF-")


def test_a_template_sees_its_own_folder_only(tmp_path, monkeypatch):
    secret = tmp_path / "secret.txt"
    secret.write_text("rahasia")
    inner = tmp_path / "inner"
    inner.mkdir()
    (inner / "peek.typ").write_text('#read("../secret.txt")')
    monkeypatch.setattr(documents, "FOLDER", inner)
    with pytest.raises(typst.TypstError):
        documents.pdf("peek", {"title": "x"}, at=AT)


def test_handed_out_as_attachment():
    response = downloads.pdf_file("berita-acara", b"%PDF-1.7")
    assert response["Content-Disposition"] == 'attachment; filename="berita-acara.pdf"'
    assert response["X-Content-Type-Options"] == "nosniff"


def test_a_qr_code_is_a_drawing():
    assert qr_codes.svg("https://contoh.invalid/").lstrip().startswith("<?xml")
