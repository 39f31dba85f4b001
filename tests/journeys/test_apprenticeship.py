"""An apprenticeship from the call to the outcome a year later: a young person on a phone, an owner, and the office."""

from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone

from tests.factories import apprenticeship as factories
from tests.factories import portal as people
from tests.journeys.conftest import DESK, PHONE
from workforce.models import Engagement, Placement
from workforce.rules.retention import months_after

PASSWORD = "sandi-contoh-1"


def a_year_earlier(placement: Placement) -> None:
    """Time passes: everything that happened so far happened longer ago."""
    back = timedelta(days=400)
    days = ("applied_on", "offered_on", "started_on", "planned_until", "ended_on", "converted_on")
    for name in days:
        if getattr(placement, name):
            setattr(placement, name, getattr(placement, name) - back)
    placement.save(update_fields=days)


def test_apprenticeship_from_call_to_outcome(visitor, violations):
    today = timezone.localdate()
    membership = people.MembershipFactory(enterprise__name="Batik Contoh Lestari", enterprise__workers_count=20)
    host = membership.enterprise
    guide = factories.mentor(host)
    clerk = people.StaffFactory(role="workforce_officer", office="dinperinaker")
    programme = factories.ProgrammeFactory(title="Magang Contoh")

    officer = visitor(DESK)
    officer.log_in(clerk.phone, PASSWORD)
    officer.open(reverse("workforce:cohort-new", args=[programme.public_id]))
    officer.fill("Nama angkatan", "Angkatan Perjalanan")
    for label, days in (("Pendaftaran dibuka", -3), ("Pendaftaran ditutup", 3), ("Mulai magang", 4)):
        officer.fill(label, (today + timedelta(days=days)).isoformat())
    officer.fill("Akhir magang", months_after(today, 6).isoformat())
    officer.fill("Jumlah tempat", "5")
    officer.page.get_by_label("Nglowong").check()
    officer.press("Simpan")
    officer.sees("Belum diumumkan")
    officer.press("Umumkan")
    officer.sees("Pendaftaran dibuka")
    assert violations(officer.page) == []

    youth = visitor(PHONE)
    youth.open(reverse("workforce:call-list"))
    youth.follow("Daftar Angkatan Perjalanan")
    youth.fill("Nama lengkap", "Citra Contoh")
    youth.fill("Tanggal lahir", date(today.year - 16, 1, 1).isoformat())
    youth.page.get_by_label("Perempuan").check()
    youth.fill("Nomor HP", "0812-3456-7890")
    youth.page.locator("select[name=ward]").select_option(index=1)
    youth.page.get_by_label("Nglowong").check()
    youth.page.get_by_label("Saya setuju").check()
    youth.press("Kirim pendaftaran")
    youth.sees("umur peserta paling muda 17 tahun")
    assert violations(youth.page) == []
    youth.fill("Tanggal lahir", date(today.year - 20, 1, 1).isoformat())
    youth.press("Kirim pendaftaran")
    youth.sees("Pendaftaran diterima")
    assert violations(youth.page) == []
    assert youth.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    secret_page = youth.page.url.replace(youth.base_url, "")
    placement = Placement.objects.get()

    officer.open(placement.get_absolute_url())
    officer.follow("Cocokkan pendaftar")
    officer.page.get_by_label("Belum terdaftar").check()
    officer.press("Simpan")
    officer.follow("Catat persetujuan")
    officer.page.get_by_label("Pekerja sendiri, tertulis").check()
    officer.page.locator("main form button[type=submit]").last.click()
    officer.sees("Persetujuan dicatat")
    officer.follow("Tawarkan tempat")
    officer.fill("Tempat magang", host.registration_number)
    officer.press("Tawarkan tempat")
    officer.sees("Ditawari tempat")
    officer.follow("Mulai magang")
    officer.page.get_by_label("Pembimbing").select_option(str(guide.public_id))
    officer.press("Mulai magang")
    officer.sees("Belum ada perjanjian tertulis")
    officer.follow("Isi perjanjian")
    officer.fill("Nomor perjanjian", "MG/1/2026")
    officer.fill("Ditandatangani", today.isoformat())
    officer.fill("Wakil tempat magang", "Pemilik Contoh")
    officer.fill("Uang saku sebulan", "750.000")
    officer.fill("Hari seminggu", "6")
    officer.fill("Jam sehari", "7")
    officer.fill("Bagian teori", "20")
    officer.fill("JKK dan JKM dibayar oleh", "Tempat magang")
    officer.fill("Diserahkan ke Dinperinaker", today.isoformat())
    officer.press("Simpan")
    officer.sees("Menunggu")
    assert violations(officer.page) == []

    owner = visitor(PHONE)
    owner.log_in(membership.user.phone, PASSWORD)
    owner.open(reverse("workspace"))
    owner.follow("Magang di usaha saya")
    owner.sees("Citra Contoh")
    assert violations(owner.page) == []
    owner.follow("Catat hari ini Citra Contoh")
    owner.press("Simpan")
    owner.sees("Tulis apa yang dikerjakan")
    owner.fill("Hari ini mengerjakan apa?", "Nyanting garis luar")
    owner.press("Simpan")
    owner.sees("Nyanting garis luar")
    assert owner.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]

    officer.open(placement.get_absolute_url())
    officer.sees("Nyanting garis luar")
    officer.follow("Nilai satu proses")
    officer.page.locator("select[name=step]").select_option("NGL")
    officer.page.get_by_label("Mandiri").check()
    officer.press("Simpan")
    officer.sees("2 – Mandiri")
    officer.follow("Menjadi pekerja")
    officer.press("Menjadi pekerja")
    officer.sees("Belum waktunya")
    placement.refresh_from_db()
    assert Engagement.objects.filter(person=placement.person, enterprise=host, until_on=None).count() == 1

    a_year_earlier(placement)
    officer.open(reverse("workforce:placement-list") + "?menunggu=outcome")
    officer.follow("Citra Contoh")
    officer.follow("Catat hasil 12 bulan")
    officer.page.get_by_label("Usaha batik sendiri").check()
    officer.press("Simpan")
    officer.sees("Usaha batik sendiri")
    assert violations(officer.page) == []
    youth.open(secret_page)
    youth.sees("Menjadi pekerja")
