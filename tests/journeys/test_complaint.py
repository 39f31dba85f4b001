"""A resident reports from a phone without logging in; two agencies work on it; it is answered, and opened again."""

import time

from django.urls import reverse
from django.utils import timezone

from tests.factories import complaints as factories
from tests.factories import portal as people
from tests.journeys.conftest import DESK, PHONE
from wastewater.models.complaints import Complaint

PASSWORD = "sandi-contoh-1"


def test_complaint_two_agencies_answer_reopen(visitor, violations):
    officer_account = people.StaffFactory(role="waste_officer", office="dlh", email="petugas@contoh.invalid")
    known = factories.triaged(officer_account, at=timezone.now())
    resident = visitor(PHONE)

    resident.open("/")
    resident.page.locator("main").get_by_role("link", name="Laporkan pencemaran").first.click()
    resident.sees("Di mana Anda melihatnya?")
    assert violations(resident.page) == []
    resident.press("Lanjut")
    resident.sees("Pilih kelurahan, tandai di peta")
    resident.page.get_by_label("Kelurahan").select_option(label="Kauman (Pekalongan Timur)")
    resident.fill("Letaknya dengan kata-kata", "Dekat jembatan contoh")
    resident.page.get_by_label("Letaknya di luar Kota").check()
    time.sleep(2)  # a person needs longer than that; faster answers are taken for a machine's
    resident.press("Lanjut")
    resident.page.get_by_label("Air sungai atau saluran berwarna").check()
    resident.fill("Ceritakan singkat", "Airnya merah sejak pagi.")
    resident.page.get_by_label("Merah", exact=True).check()
    assert violations(resident.page) == []
    resident.press("Lanjut")
    resident.sees("Mungkin sudah ada yang melaporkannya")
    resident.sees(known.number)
    assert violations(resident.page) == []
    resident.press("Kirim laporan")
    resident.sees("Bukti laporan pencemaran")
    assert violations(resident.page) == []
    case = Complaint.objects.exclude(pk=known.pk).get()
    secret = resident.page.locator("a.secret-link").get_attribute("href")

    officer = visitor(DESK)
    officer.log_in(officer_account.email, PASSWORD)
    officer.open(reverse("wastewater:complaint-list"))
    assert violations(officer.page) == []
    officer.open(case.get_absolute_url())
    officer.sees("Airnya merah sejak pagi.")
    assert violations(officer.page) == []
    officer.follow("Telaah")
    officer.fill("Kabar pertama", "Laporan sudah kami baca.")
    assert violations(officer.page) == []
    officer.press("Telaah")
    officer.follow("Catat penerusan")
    officer.press("Simpan")
    officer.follow("Catat penerimaan")
    officer.fill("Nomor surat atau rujukan", "660/1")
    officer.press("Simpan")
    officer.follow("Tulis kabar instansi Dinas lingkungan hidup Kabupaten Pekalongan")
    officer.fill("Kabar instansi", "Kami memeriksa hulunya.")
    officer.press("Simpan")
    officer.page.locator("main").get_by_role("link", name="Jawab", exact=True).click()
    officer.fill("Jawaban untuk umum", "Sumbernya sudah ditutup.")
    officer.press("Jawab")
    officer.sees("Jawaban tersimpan")

    resident.page.goto(secret)
    for words in ("Sumbernya sudah ditutup.", "Kami memeriksa hulunya."):
        resident.sees(words)
    assert violations(resident.page) == []
    resident.press("Tidak puas")
    resident.page.get_by_text("Belum beres? Minta dibuka kembali").click()
    resident.fill("Apa yang belum beres?", "Hari ini merah lagi.")
    resident.press("Buka kembali")
    resident.sees("Laporan dibuka kembali.")
    case.refresh_from_db()
    assert (case.state, case.reopening) == ("reopened", "Hari ini merah lagi.")

    guest = visitor(PHONE)
    guest.open(case.public_url)
    guest.sees("Pelapor meminta laporan dibuka kembali.")
    assert "Hari ini merah lagi." not in guest.page.content()
    assert violations(guest.page) == []
    wide = guest.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    assert not wide
