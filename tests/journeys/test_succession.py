"""A planner asks what if, saves two scenarios, compares them, and the labour office finds the steps at risk."""

from datetime import date

from django.urls import reverse

from tests.factories import portal
from tests.factories.workforce import step, ward
from tests.journeys.conftest import DESK, PHONE
from workforce.models import Engagement, EngagementStep, Person, ProjectionScenario, SkillClaim

PASSWORD = "sandi-contoh-1"


def workers() -> None:
    """Sixty people at nglowong, from 21 to 80 years old, ten of them masters."""
    home, waxing = ward(), step()
    people = Person.objects.bulk_create(
        Person(name=f"Pekerja Contoh {n}", sex="F", ward=home, birth_on=date(1946 + n, 5, 1)) for n in range(60)
    )
    Person.objects.update(created_at="2019-01-01T00:00Z")
    made = Engagement.objects.bulk_create(
        Engagement(person=person, role="own_account", from_on=date(2020, 1, 1)) for person in people
    )
    EngagementStep.objects.bulk_create(EngagementStep(engagement=one, step=waxing) for one in made)
    SkillClaim.objects.bulk_create(
        SkillClaim(person=person, step=waxing, level=3, evidence="self", from_on=date(2021, 1, 1))
        for person in people[:10]
    )


def test_scenarios_are_saved_and_compared_and_steps_at_risk_are_found(visitor, violations):
    workers()
    planner = portal.StaffFactory(role="planner", office="bappeda", email="perencana@contoh.invalid")
    desk = visitor(DESK)
    desk.log_in(planner.email, PASSWORD)

    desk.open(reverse("workforce:index"))
    desk.follow("Penerusan")
    desk.follow("Andai-andai")
    desk.sees("Hasil")
    assert violations(desk.page) == []

    desk.fill("Orang baru setahun", "seratus")
    desk.press("Hitung")
    desk.sees("seratus")
    assert desk.page.get_by_label("Orang baru setahun").first.input_value() == "seratus"
    desk.fill("Orang baru setahun", "4")
    desk.fill("Yang bertahan 12 bulan", "65")
    desk.press("Hitung")
    desk.sees("Menurut tahun")
    desk.fill("Nama skenario", "Seperti sekarang")
    desk.press("Simpan skenario")
    desk.sees("Skenario tersimpan dengan semua asumsinya.")
    assert violations(desk.page) == []

    desk.follow("Salin dan ubah")
    desk.page.get_by_text("Pengaruh upah", exact=True).click()
    desk.fill("Orang baru setahun", "8")
    desk.fill("Upah berubah", "20")
    desk.fill("Tiap upah naik 10%, yang keluar berkurang", "5")
    desk.press("Hitung")
    desk.fill("Nama skenario", "Seperti sekarang")
    desk.press("Simpan skenario")
    desk.sees("Nama ini sudah dipakai skenario lain.")
    desk.fill("Nama skenario", "Magang dan upah naik")
    desk.press("Simpan skenario")
    desk.sees("Hitungan ini tidak dapat diubah.")
    assert ProjectionScenario.objects.count() == 2

    desk.open(reverse("workforce:projection-list"))
    for box in desk.page.locator("input[name=s]").all():
        box.check()
    desk.press("Bandingkan yang dicentang")
    desk.sees("Pekerja pada akhir, jalur dasar")
    assert violations(desk.page) == []
    row = desk.page.get_by_role("row").filter(has_text="Orang baru setahun").last
    assert row.get_by_role("cell").all_inner_texts() == ["8,0", "4,0"]

    head = portal.StaffFactory(role="workforce_head", office="dinperinaker", email="kepala@contoh.invalid")
    phone = visitor(PHONE)
    phone.log_in(head.email, PASSWORD)
    phone.open(reverse("workforce:knowledge"))
    phone.sees("Proses merah")
    assert phone.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert violations(phone.page) == []
    phone.follow("Nglowong")
    phone.follow("Catat penilaian panel")
    phone.page.get_by_label("Terancam").check()
    phone.fill("Jabatan anggota panel", "Kepala dinas, ketua paguyuban")
    phone.fill("Alasan", "Yang mahir sudah tua dan belum ada yang menyusul.")
    phone.page.locator("main button[type=submit]").first.click()
    phone.sees("Yang mahir sudah tua dan belum ada yang menyusul.")
    assert violations(phone.page) == []
    phone.open(reverse("workforce:succession"))
    phone.sees("Penggantian seluruhnya")
    assert phone.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert violations(phone.page) == []
