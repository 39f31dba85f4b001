"""Import, duplicates, merge; and from the cadre at the door to the worker who withdraws what she agreed to."""

import re
from datetime import date

from django.core.cache import cache
from django.urls import reverse

from tests.factories import portal as people
from tests.factories import workforce as factories
from tests.journeys.conftest import DESK, PHONE
from workforce.models import CadreEntry, Consent, Person

PASSWORD = "sandi-contoh-1"


def test_import_with_duplicates_is_reviewed_and_merged(visitor, violations, background_work, tmp_path):
    known = factories.PersonFactory(name="Khotidjah Contoh", number=None, nik=None, birth_on=date(1990, 3, 5))
    factories.EngagementFactory(person=known)
    sheet = tmp_path / "pekerja.csv"
    sheet.write_text(
        "NIK;Nama;Kelurahan;Juragan yang belum terdaftar;Proses (kode)\n"
        "3375024503909031;Hj. Khotijah Contoh;Kauman;Bu Contoh, Buaran;NGL\n",
        encoding="cp1252",
    )
    account = people.StaffFactory(role="workforce_officer", office="dinperinaker", email="petugas@contoh.invalid")
    officer = visitor(DESK)
    officer.log_in(account.email, PASSWORD)

    officer.open(reverse("import-new", args=["workers"]))
    officer.page.locator("input[type=file]").set_input_files(sheet)
    officer.page.locator("main form button[type=submit]").first.click()
    background_work()
    officer.page.reload()
    officer.page.get_by_role("button", name=re.compile("Setujui|Simpan|Impor")).first.click()
    background_work()
    officer.page.reload()
    officer.sees("Selesai")

    officer.open(reverse("workforce:worker-list"))
    officer.follow("Kemungkinan ganda")
    assert violations(officer.page) == []
    officer.follow("Khotidjah Contoh")
    officer.sees("Satu orang atau dua?")
    assert violations(officer.page) == []
    officer.press("Satu orang: lihat yang akan pindah")
    officer.sees("1 hubungan kerja pindah ke Khotidjah Contoh.")
    assert violations(officer.page) == []
    officer.press("Gabungkan")
    officer.sees("Kedua data digabung.")
    officer.sees("Bu Contoh, Buaran")

    survivor = Person.objects.registered().get()
    assert (survivor, survivor.nik.reveal(), survivor.engagements.count()) == (known, "3375024503909031", 2)


def test_cadre_registers_a_worker_who_sees_and_withdraws(visitor, violations):
    cache.clear()
    account = people.StaffFactory(role="cadre", office="dinperinaker", email="kader@contoh.invalid")
    cadre = visitor(PHONE)
    cadre.log_in(account.email, PASSWORD)

    cadre.sees("Satu pertanyaan setiap halaman.")
    cadre.follow("Daftarkan pekerja")
    assert violations(cadre.page) == []
    cadre.fill("Nama lengkap", "Ibu Sari Contoh")
    cadre.page.get_by_label("Perempuan").check()
    cadre.press("Lanjut")
    cadre.press("Lanjut")
    cadre.sees("Isi tanggal lahir, atau tahunnya")
    cadre.fill("Tahun lahir saja", "1972")
    cadre.press("Lanjut")
    cadre.sees("Berapa NIK-nya?")
    assert violations(cadre.page) == []
    cadre.press("Lanjut")
    cadre.page.get_by_label("Kelurahan").select_option(label="Kauman (Pekalongan Timur)")
    cadre.press("Lanjut")
    cadre.press("Lanjut")
    cadre.fill("Juragan 1", "Bu Contoh, Buaran")
    assert violations(cadre.page) == []
    cadre.press("Lanjut")
    cadre.page.get_by_label("Nglowong").check()
    cadre.press("Lanjut")
    for answer in ("Ya, setuju", "Tidak setuju", "Tidak setuju"):
        cadre.sees("Bacakan, lalu tanyakan")
        cadre.page.get_by_label(answer).check()
        cadre.press("Lanjut")
    cadre.fill("Nama saksi", "Tetangga Contoh")
    cadre.press("Lanjut")
    cadre.sees("Periksa sekali lagi")
    assert violations(cadre.page) == []
    cadre.press("Simpan dan buat kartu")
    cadre.sees("Tersimpan")
    with cadre.page.expect_download() as download:
        cadre.follow("Kartu pekerja")
    assert download.value.path().read_bytes().startswith(b"%PDF")
    code = CadreEntry.objects.get().card_code.reveal()

    worker = visitor(PHONE)
    worker.open(reverse("home"))
    worker.follow("Punya kartu pekerja?")
    assert violations(worker.page) == []
    worker.fill("Kode pada kartu", code.lower())
    worker.fill("Tahun lahir Anda", "1972")
    worker.press("Buka data saya")
    worker.sees("Bu Contoh, Buaran")
    assert violations(worker.page) == []
    worker.follow("Tarik persetujuan")
    worker.press("Ya, tarik")
    worker.sees("Mulai sekarang data Anda tidak dipakai untuk itu.")
    assert not Consent.objects.filter(withdrawn_at__isnull=True).exists()
    worker.press("Tutup halaman saya")
    worker.sees("Halaman Anda ditutup.")
