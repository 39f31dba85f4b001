"""The story at the heart of the portal: one honest path through all three focuses, as people walk it."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from batikportal.models import Enterprise, OutboxMessage
from marketing.choices import SelectionMode
from marketing.models import Application
from tests.factories import marketing as market
from tests.factories import portal as people
from tests.factories import wastewater as waste
from tests.factories import workforce as workers
from tests.journeys.conftest import DESK, PHONE
from wastewater.models import Evaluation

PASSWORD = "sandi-contoh-1"


@pytest.fixture
def now():
    """The browser's clock is the real one."""
    return timezone.now()


def official(role: str, office: str):
    return people.StaffFactory(role=role, office=office, email=f"{role}@contoh.invalid", full_name=f"Petugas {role}")


def training(now, **fields):
    day = timedelta(days=1)
    times = {
        "registration_opens_at": now - day,
        "registration_closes_at": now + 10 * day,
        "starts_at": now + 30 * day,
        "ends_at": now + 32 * day,
        "published_at": now - day,
        "decision_due_on": (now + 20 * day).date(),
    }
    return market.ActivityFactory(
        title="Contoh Pelatihan Ekspor", selection_mode=SelectionMode.SELECTED, **{**times, **fields}
    )


def test_owner_registers_on_her_phone_and_applies(visitor, last_message, violations, now):
    training(now)
    owner = visitor(PHONE)

    owner.open("/")
    owner.follow("Daftarkan usaha")
    owner.fill("Nama lengkap", "Ibu Contoh Ratna")
    owner.page.locator("input[type=tel]").fill("62812 3456 7890")
    owner.page.locator("input[type=password]").first.fill("kain-sogan-biru-7")
    owner.press("Lanjut")
    code = re.search(r"\b\d{6}\b", last_message()).group(0)
    owner.page.locator("input[name=code]").fill(code)
    owner.page.locator("main button[type=submit]").first.click()
    owner.sees("Daftarkan usaha Anda")
    assert violations(owner.page) == []

    owner.fill("Nama usaha", "Batik Contoh Ratna")
    owner.page.get_by_label("Kelurahan").select_option(label="Kauman (Pekalongan Timur)")
    owner.page.get_by_label("Batik tulis").check()
    owner.fill("NIB", "123")
    owner.press("Daftarkan usaha")
    owner.sees("NIB harus 13 angka")
    assert owner.page.get_by_label("Nama usaha").input_value() == "Batik Contoh Ratna"
    assert violations(owner.page) == []
    owner.fill("NIB", "1234 5678 90123")
    owner.press("Daftarkan usaha")
    owner.sees("Nomor registrasi Anda")
    assert violations(owner.page) == []

    owner.open(reverse("marketing:open-list"))
    owner.follow("Contoh Pelatihan Ekspor")
    owner.follow("Daftar sekarang")
    owner.page.locator("textarea").first.fill("Kami ingin menjual kain tulis ke Jepang.")
    owner.page.get_by_label("Data usaha di atas benar").check()
    assert violations(owner.page) == []
    owner.page.get_by_role("button", name="Kirim pendaftaran").dblclick()
    owner.sees("Terkirim")
    assert violations(owner.page) == []

    application = Application.objects.get()
    assert application.enterprise.name == "Batik Contoh Ratna"
    assert application.enterprise.memberships.get().user.phone == "+6281234567890"


def test_official_decides_and_releases_and_the_owner_reads_it(visitor, violations, now):
    activity = training(now)
    owner = people.MembershipFactory(user__full_name="Ibu Contoh", enterprise__name="Batik Contoh Siti").user
    enterprise = owner.memberships.get().enterprise
    application = market.ApplicationFactory(activity=activity, enterprise=enterprise, sent_by=owner)
    officer = visitor(DESK)
    officer.log_in(official("market_officer", "dindagkop").email, PASSWORD)

    officer.open(reverse("marketing:application-detail", args=[application.public_id]))
    officer.press("Memenuhi syarat")
    officer.open(reverse("marketing:activity-detail", args=[activity.public_id]))
    assert violations(officer.page) == []
    officer.press("Mulai seleksi")
    officer.open(reverse("marketing:application-detail", args=[application.public_id]))
    officer.follow("Putuskan")
    officer.page.get_by_role("radio", name="Diterima", exact=True).check()
    officer.fill("Alasan", "Memenuhi semua syarat.")
    officer.page.locator("main button[type=submit]").last.click()
    guest = visitor(PHONE)
    guest.log_in(owner.phone, PASSWORD)
    guest.open(reverse("marketing:application-status", args=[application.public_id]))
    assert guest.page.title().startswith("Contoh Pelatihan Ekspor: Diseleksi")

    officer.open(reverse("marketing:decision-list", args=[activity.public_id]))
    officer.press("Kumpulkan")
    head = visitor(DESK)
    head.log_in(official("market_head", "dindagkop").email, PASSWORD)
    head.open(reverse("marketing:decision-list", args=[activity.public_id]))
    head.follow("Kelompok 1")
    head.follow("Tandatangani")
    assert violations(head.page) == []
    head.page.locator("main button[type=submit]").first.click()
    head.follow("Rilis hasil")
    head.page.locator("main button[type=submit]").first.click()

    guest.page.reload()
    assert guest.page.title().startswith("Contoh Pelatihan Ekspor: Diterima")
    assert violations(guest.page) == []
    assert OutboxMessage.objects.filter(recipient=owner, template__startswith="application_").exists()


def test_lab_file_is_imported_and_judged_by_the_limit_in_force(visitor, background_work, violations, tmp_path):
    point = waste.PlantPointFactory()
    lab = waste.LaboratoryFactory()
    sheet = tmp_path / "hasil-lab.csv"
    sheet.write_text(
        "Laboratorium;Nomor laboratorium;Kode titik;Tanggal ambil;Parameter;Hasil;Satuan\n"
        f"{lab.name};CONTOH-1;{point.code};5 Oktober 2026;COD;232,5;mg/L\n"
        f"{lab.name};CONTOH-1;{point.code};5 Oktober 2026;Krom total;<0,02;mg/L\n"
        f"{lab.name};CONTOH-1;{point.code};5 Oktober 2026;BOD;seratus;mg/L\n",
        encoding="cp1252",
    )
    officer = visitor(DESK)
    officer.log_in(official("waste_officer", "dlh").email, PASSWORD)

    officer.open(reverse("import-new", args=["lab-results"]))
    assert violations(officer.page) == []
    officer.page.locator("input[type=file]").set_input_files(sheet)
    officer.page.locator("main form button[type=submit]").first.click()
    background_work()
    officer.page.reload()
    officer.sees("seratus")
    assert violations(officer.page) == []
    officer.page.get_by_role("button", name=re.compile("Setujui|Simpan|Impor")).first.click()
    background_work()
    officer.page.reload()
    officer.sees("Selesai")

    verdicts = dict(Evaluation.objects.values_list("result__parameter__code", "verdict"))
    assert verdicts == {"COD": "exceeds", "CR_T": "meets"}
    officer.open(reverse("wastewater:sample-list"))
    officer.follow("CONTOH-1")
    officer.sees("Permen LH/BPLH 12/2025")
    assert violations(officer.page) == []


def test_gap_in_insurance_shows_up(visitor, violations):
    workshop = people.EnterpriseFactory(name="Batik Contoh Wati")
    officer = visitor(DESK)
    officer.log_in(official("workforce_officer", "dinperinaker").email, PASSWORD)

    officer.open(reverse("workforce:worker-register"))
    assert violations(officer.page) == []
    officer.fill("NIK", "3375014503900001")
    officer.fill("Nama lengkap", "Contoh Aminah")
    officer.page.get_by_label("Tanggal lahir").first.fill("1990-03-05")
    officer.page.get_by_label("Perempuan").check()
    officer.page.get_by_label("Kelurahan").select_option(label="Kauman (Pekalongan Timur)")
    officer.page.locator("main form button[type=submit]").last.click()
    officer.sees("Contoh Aminah")
    assert "3375014503900001" not in officer.page.content()
    officer.sees("3375••••••••0001")

    officer.page.get_by_role("link", name=re.compile("hubungan kerja", re.IGNORECASE)).first.click()
    assert violations(officer.page) == []
    officer.fill("Usaha", workshop.registration_number)
    officer.page.get_by_label("Nglowong").check()
    officer.page.get_by_label("Sejak").fill("2026-01-05")
    officer.page.locator("main form button[type=submit]").last.click()
    officer.sees("Batik Contoh Wati")

    officer.open(reverse("workforce:gap-list"))
    officer.sees("Contoh Aminah")
    assert violations(officer.page) == []


def test_leader_goes_from_each_number_to_its_rows(visitor, violations, now):
    workers.EngagementFactory()
    waste.ResultFactory()
    training(now)
    mayor = visitor(DESK)
    mayor.log_in(official("leader", "mayor").email, PASSWORD)

    mayor.open(reverse("dashboard"))
    for focus in ("Limbah batik", "Pekerja", "Pasar"):
        mayor.page.get_by_role("heading", name=focus).first.wait_for()
    assert violations(mayor.page) == []
    links = mayor.page.get_by_role("link", name="Lihat data").evaluate_all(
        "all => all.map(a => a.getAttribute('href'))"
    )
    assert len(links) >= 6
    for link in links:
        response = mayor.page.goto(mayor.base_url + link)
        assert response.status == 200, link
    assert Enterprise.objects.exists()
