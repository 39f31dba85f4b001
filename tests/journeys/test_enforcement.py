"""From a laboratory file to a cured finding: officers at their desk and in the field, the owner on her phone."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from tests.factories import portal as people
from tests.factories import wastewater as waste
from tests.journeys.conftest import DESK, PHONE
from wastewater.choices.enforcement import FindingState
from wastewater.models import Finding, Inspection, Sample

PASSWORD = "sandi-contoh-1"


def official(role: str):
    return people.StaffFactory(role=role, office="dlh", email=f"{role}@contoh.invalid", full_name=f"Petugas {role}")


def photo() -> dict[str, object]:
    picture = BytesIO()
    Image.new("RGB", (40, 30), "navy").save(picture, "JPEG")
    return {"name": "pipa.jpg", "mimeType": "image/jpeg", "buffer": picture.getvalue()}


@pytest.fixture
def cast():
    """Three officials, and an owner whose outlet is known to the laboratory."""
    owner = people.MembershipFactory(enterprise__name="Batik Contoh Melati").user
    point = waste.EnterprisePointFactory(enterprise=owner.memberships.get().enterprise, code="USH-900")
    laboratory = waste.LaboratoryFactory(code="contoh-a")
    return owner, point, laboratory, [official(role) for role in ("waste_officer", "waste_head", "field_officer")]


def lab_file(point, laboratory) -> dict[str, object]:
    day = timezone.localdate() - timedelta(days=14)
    text = (
        "Laboratorium;Nomor laboratorium;Kode titik;Tanggal ambil;Parameter;Hasil;Satuan\n"
        f"{laboratory.name};LAB-900;{point.code};{day.isoformat()};COD;420;mg/L\n"
    )
    return {"name": "hasil.csv", "mimeType": "text/csv", "buffer": text.encode()}


def test_from_the_laboratory_file_to_the_cured_finding(visitor, cast, background_work, violations):
    owner, point, laboratory, (officer, head, inspector) = cast
    desk, chief = visitor(DESK), visitor(DESK)
    desk.log_in(officer.email, PASSWORD)
    chief.log_in(head.email, PASSWORD)

    # The laboratory file brings an exceedance, which a second person verifies.
    desk.open(reverse("import-new", args=["lab-results"]))
    desk.page.locator("input[type=file]").set_input_files(lab_file(point, laboratory))
    desk.page.locator("main form button[type=submit]").first.click()
    background_work()
    desk.page.reload()
    desk.page.get_by_role("button", name=re.compile("Setujui|Simpan|Impor")).first.click()
    background_work()
    sample = Sample.objects.get(lab_number="LAB-900")
    chief.open(reverse("wastewater:sample-verify", args=[sample.public_id]))
    chief.press("Verifikasi")
    chief.sees("Ada yang melebihi")

    # The officer plans an inspection from the result and assigns the team.
    desk.open(sample.get_absolute_url())
    desk.follow("Rencanakan pengawasan")
    desk.fill("Alasan", "COD melebihi baku mutu")
    desk.press("Simpan")
    desk.sees("Pengawasan masuk rencana")
    desk.follow("Surat tugas dan tim")
    desk.fill("Nomor surat tugas", "094/ST/900")
    desk.fill("Tanggal surat tugas", timezone.localdate().isoformat())
    desk.fill("Ketua tim", "Ketua Contoh; ; Pengawas; PPLHD-9")
    desk.press("Simpan")

    # On the spot, on a phone.
    phone = visitor(PHONE)
    phone.log_in(inspector.email, PASSWORD)
    found = Inspection.objects.get()
    phone.open(found.get_absolute_url())
    phone.follow("Mulai pengawasan")
    phone.press("Simpan")
    phone.sees("Pengawasan dimulai")
    phone.open(reverse("wastewater:inspection-aspect", args=[found.public_id, "wastewater"]))
    phone.page.get_by_label("Tidak taat").first.check()
    phone.fill("Catatan", "Pipa ke saluran")
    phone.page.locator("input[type=file]").first.set_input_files(photo())
    assert violations(phone.page) == []
    phone.press("Simpan dan lanjut")
    phone.sees("Aspek ini disimpan")
    phone.open(reverse("wastewater:inspection-aspect", args=[found.public_id, "wastewater"]))
    phone.follow("Jadikan temuan")
    phone.page.get_by_label("Hasil uji yang mendasari").select_option(value=str(sample.public_id))
    phone.press("Simpan")
    phone.sees("Temuan dicatat")
    phone.follow("Susun berita acara")
    phone.fill("Nomor berita acara", "BAP/900")
    phone.fill("Kesimpulan", "Perlu perbaikan.")
    phone.press("Simpan")
    phone.sees("Berita acara disusun")

    # The head signs; the officer tells the owner.
    chief.open(found.get_absolute_url())
    chief.follow("Tandatangani")
    chief.page.get_by_label("Menandatangani", exact=True).check()
    chief.fill("Nama penanda tangan", "Ibu Contoh")
    chief.press("Tandatangani")
    chief.sees("Berita acara ditandatangani")
    finding = Finding.objects.get()
    desk.open(finding.get_absolute_url())
    desk.follow("Sampaikan dan buka hak jawab")
    desk.press("Sampaikan dan buka hak jawab")
    desk.sees("Selama itu tidak ada putusan")

    # The owner reads and answers on her phone.
    hers = visitor(PHONE)
    hers.log_in(owner.phone, PASSWORD)
    hers.open(reverse("workspace"))
    hers.follow(finding.title)
    hers.sees("Bila Anda diam, dinas memutuskan menurut berkas yang ada.")
    assert violations(hers.page) == []
    hers.follow("Jawab temuan")
    hers.fill("Tanggapan Anda", "Pipa itu akan kami tutup.")
    hers.page.locator("input[type=file]").set_input_files(photo())
    hers.page.get_by_label("Tanggapan saya sudah lengkap").check()
    hers.press("Kirim")
    hers.sees("Tanggapan Anda sudah diterima dinas")

    # Decided, cured, verified.
    chief.open(finding.get_absolute_url())
    chief.follow("Putuskan")
    chief.page.get_by_label("Dikuatkan", exact=True).check()
    chief.fill("Alasan", "Terbukti; perbaikan disanggupi.")
    chief.fill("Diperbaiki paling lambat", (timezone.localdate() + timedelta(days=30)).isoformat())
    chief.press("Simpan")
    chief.sees("Putusan disampaikan")
    hers.open(reverse("wastewater:own-finding", args=[finding.public_id]))
    hers.follow("Laporkan perbaikan")
    hers.fill("Apa yang sudah diperbaiki", "Pipa sudah ditutup.")
    hers.press("Kirim")
    hers.sees("Laporan perbaikan sudah diterima dinas")
    desk.open(finding.get_absolute_url())
    desk.sees("Pipa sudah ditutup.")
    desk.follow("Catat perbaikan")
    desk.fill("Bukti perbaikan", "Foto pipa tertutup.")
    desk.press("Simpan")
    desk.press("Perbaikan terbukti")
    desk.sees("Selesai bagi usaha")

    finding.refresh_from_db()
    assert finding.state == FindingState.VERIFIED
    hers.page.reload()
    hers.sees("Temuan ini selesai")
