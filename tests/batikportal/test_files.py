"""Handed-in files: what is taken, what is refused, and who gets what back."""

import io
import os
import struct
import zlib
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from batikportal.actions import files
from batikportal.actions.files import FileRefused
from batikportal.choices import FileKind
from batikportal.models import StoredFile
from tests.factories import portal as factories

pytestmark = pytest.mark.django_db

EVERY_KIND = tuple(FileKind)
PDF = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


def picture(kind: str = "JPEG", size=(60, 40), **options) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (180, 40, 30)).save(out, kind, **options)
    return out.getvalue()


def photo_with_position() -> bytes:
    """A photo taken upright, with the place where it was taken."""
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by 90 degrees
    exif[0x010F] = "HP Rahasia"
    exif.get_ifd(0x8825)[1] = "S"
    return picture(exif=exif)


def store(content: bytes, name: str, by, kinds=EVERY_KIND, enterprise=None) -> StoredFile:
    upload = SimpleUploadedFile(name, content)
    return files.store(upload=upload, kinds=kinds, by=by, at=timezone.now(), enterprise=enterprise)


def bytes_of(stored: StoredFile) -> bytes:
    with stored.file.open("rb") as content:
        return content.read()


# ── Taking in ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_photo_loses_position_and_camera_and_stands_upright(owner):
    original = photo_with_position()
    assert b"HP Rahasia" in original

    stored = store(original, "foto.jpg", owner)

    kept = bytes_of(stored)
    image = Image.open(io.BytesIO(kept))
    assert (dict(image.getexif()), image.size) == ({}, (40, 60))
    assert b"HP Rahasia" not in kept
    assert (stored.size_bytes, len(stored.sha256)) == (len(kept), 64)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_photo_of_any_kind_becomes_a_jpeg_of_our_making(owner, kind):
    stored = store(picture(kind), f"foto.{kind.lower()}", owner)

    assert (stored.name, stored.content_type) == ("foto.jpg", "image/jpeg")
    assert Image.open(io.BytesIO(bytes_of(stored))).format == "JPEG"


def test_photo_polyglot_loses_what_hides_behind_the_picture(owner):
    hidden = b"<html><script>alert(1)</script></html>PK\x03\x04rahasia"

    stored = store(picture() + hidden, "foto.jpg", owner)

    assert b"<script>" not in bytes_of(stored)
    assert b"rahasia" not in bytes_of(stored)


def test_photo_comment_is_dropped(owner):
    stored = store(picture(comment=b"<script>alert(1)</script>"), "foto.jpg", owner)

    assert b"script" not in bytes_of(stored)


def test_photo_with_transparency_stands_on_white(owner):
    out = io.BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(out, "PNG")

    kept = Image.open(io.BytesIO(bytes_of(store(out.getvalue(), "logo.png", owner))))

    assert kept.getpixel((5, 5)) == (255, 255, 255)


def test_photo_of_a_large_camera_is_taken_and_made_small(owner):
    stored = store(picture(size=(8192, 6144), quality=20), "foto.jpg", owner)

    assert Image.open(io.BytesIO(bytes_of(stored))).size == (2000, 1500)


def png_that_claims(width: int, height: int) -> bytes:
    """A PNG of a few bytes whose header promises a huge picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize("size", [(4001, 4000), (20000, 20000), (100000, 100000)])
def test_bomb_is_refused_by_its_header(owner, size):
    with pytest.raises(FileRefused):
        store(png_that_claims(*size), "foto.png", owner)
    assert not StoredFile.objects.exists()


def test_bomb_of_a_jpeg_in_passes_is_refused(owner):
    with pytest.raises(FileRefused, match="16 megapiksel"):
        store(picture(size=(8192, 6144), quality=20, progressive=True), "foto.jpg", owner)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("gambar.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
        ("gambar.jpg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("halaman.html", b"<!doctype html><script>alert(1)</script>"),
        ("halaman.pdf", b"<!doctype html><script>alert(1)</script>"),
        ("program.exe", b"MZ\x90\x00"),
        ("arsip.zip", b"PK\x03\x04"),
        ("gambar.gif", b"GIF89a"),
        ("gambar.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 50),
        ("gambar.jpg", b"\xff\xd8\xff\xe0" + b"\0" * 50),
        ("gambar.webp", b"RIFF\x00\x00\x00\x00WEBPVP8 "),
        ("kosong.pdf", b""),
    ],
)
def test_file_that_is_not_what_it_should_be_is_refused(owner, name, content):
    with pytest.raises(FileRefused):
        store(content, name, owner, kinds=(FileKind.IMAGE, FileKind.PDF))
    assert not StoredFile.objects.exists()


def test_file_of_more_than_10_mb_is_refused(owner):
    with pytest.raises(FileRefused, match="10 MB"):
        store(PDF + b"\0" * files.MAX_BYTES, "besar.pdf", owner)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\dokumen\\nib.pdf", "nib.pdf"),
        ("faktur\u202efdp.exe.pdf", "fakturfdp.exe.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie: x.pdf"),
        ("x" * 300 + ".pdf", "x" * 146 + ".pdf"),
        ("\u200b", "berkas"),
    ],
)
def test_file_names_lose_paths_and_invisible_signs(given, kept):
    assert files.clean_name(given) == kept


def test_files_lie_under_names_that_tell_nothing(owner):
    stored = store(PDF, "nib-siti.pdf", owner)

    folder, token = stored.file.name.split("/")
    assert (len(folder), len(token), "siti" in stored.file.name) == (2, 32, False)


def test_files_without_a_row_are_removed_after_a_day(owner, now):
    kept, lost, fresh = (store(PDF, "nib.pdf", owner) for _number in range(3))
    yesterday = (timezone.now() - timedelta(days=2)).timestamp()
    for stored in (kept, lost):
        os.utime(stored.file.path, (yesterday, yesterday))
    StoredFile.objects.filter(pk__in=[lost.pk, fresh.pk]).delete()

    assert files.remove_orphans(at=timezone.now()) == 1
    assert [os.path.exists(stored.file.path) for stored in (kept, lost, fresh)] == [True, False, True]


# ── Giving out ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_file_comes_back_as_an_attachment_that_runs_nothing(as_user, owner):
    stored = store(PDF, "nib siti.pdf", owner, enterprise=owner.enterprise)

    answer = as_user(owner).get(reverse("file", args=[stored.public_id]))

    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"] == 'attachment; filename="nib siti.pdf"'
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Cache-Control"] == "private, no-store"


def test_picture_comes_back_in_place(as_user, owner):
    stored = store(picture(), "foto.jpg", owner)

    answer = as_user(owner).get(reverse("file", args=[stored.public_id]))

    assert answer["Content-Disposition"] == 'inline; filename="foto.jpg"'
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
    assert "sandbox" in answer["Content-Security-Policy"]


def test_file_of_others_is_as_missing_as_one_that_never_was(as_user, client, owner, outsider, leader):
    stored = store(PDF, "nib.pdf", owner, enterprise=owner.enterprise)
    url = reverse("file", args=[stored.public_id])
    neighbour = factories.MembershipFactory().user

    for user in (outsider, neighbour, leader):
        assert as_user(user).get(url).status_code == 404
    assert client.get(url).status_code == 302


def test_file_of_an_enterprise_is_for_its_members_and_the_staff_who_may(as_user, owner, data_clerk):
    stored = store(PDF, "nib.pdf", data_clerk, enterprise=owner.enterprise)
    url = reverse("file", args=[stored.public_id])

    assert as_user(owner).get(url).status_code == 200
    assert as_user(data_clerk).get(url).status_code == 200


def test_file_whose_content_is_lost_is_missing(as_user, owner):
    stored = store(PDF, "nib.pdf", owner)
    os.remove(stored.file.path)

    assert as_user(owner).get(reverse("file", args=[stored.public_id])).status_code == 404
