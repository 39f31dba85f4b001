"""An owner keeps the discharge logbook for a month on a phone; the office finds it in its balance sheet."""

import uuid
from datetime import timedelta
from decimal import Decimal

from django.urls import reverse
from django.utils import timezone

from batikportal import formats
from tests.factories import portal as people
from tests.journeys.conftest import DESK, PHONE
from wastewater.actions import discharge_logs as actions
from wastewater.choices.discharge_logs import LogProcess
from wastewater.models import DischargeLog, LogMonth
from wastewater.rules import discharge_logs as rules

PASSWORD = "sandi-contoh-1"


def test_owner_keeps_the_log_for_a_month_and_it_stands_in_the_balance_sheet(visitor, violations):
    membership = people.MembershipFactory(enterprise__name="Batik Contoh Ratna")
    enterprise, person = membership.enterprise, membership.user
    first = rules.month_before(rules.first_of(timezone.localdate()))
    owner = visitor(PHONE)
    owner.log_in(person.phone, PASSWORD)

    owner.open(reverse("workspace"))
    owner.sees("Hari ini belum dicatat.")
    owner.follow("Catat air limbah")
    assert violations(owner.page) == []
    owner.fill("Tanggal", first.isoformat())
    owner.page.get_by_label("Proses").select_option(LogProcess.DYEING)
    owner.press("Simpan")
    owner.sees("Isi banyaknya air limbah")
    assert owner.page.get_by_label("Tanggal").first.input_value() == first.isoformat()
    owner.page.get_by_label("Air limbah dibuang ke").select_option("own_plant")
    owner.fill("Air limbah, perkiraan", "1.200")
    owner.page.get_by_text("Tambahan", exact=True).click()
    owner.page.get_by_label("Jenis pewarna").select_option("naphthol")
    owner.page.get_by_role("button", name="Simpan").dblclick()
    owner.sees("Tersimpan")
    assert DischargeLog.objects.count() == 1

    owner.open(reverse("wastewater:log-new", args=[enterprise.public_id]))
    owner.follow("Salin dari kemarin")
    assert owner.page.get_by_label("Proses").input_value() == LogProcess.DYEING
    owner.fill("Tanggal", (first + timedelta(days=1)).isoformat())
    owner.page.get_by_text("Hitung dari isi bak").click()
    owner.fill("Isi bak bila penuh", "800")
    owner.fill("Berapa kali penuh", "1,5")
    owner.press("Simpan")
    owner.sees("Tersimpan")

    owner.page.get_by_label("Tidak produksi pada").fill((first + timedelta(days=2)).isoformat())
    owner.press("Catat tidak produksi")
    owner.sees("tercatat tidak produksi")
    # The rest of the month is written by the very action of the form.
    for number in range(3, (rules.last_of(first) - first).days):
        note = actions.Note(
            first + timedelta(days=number),
            LogProcess.RINSING,
            "untreated",
            actions.Volume("estimate", Decimal(500)),
            {},
        )
        actions.record_log(enterprise=enterprise, note=note, submission=uuid.uuid4(), by=person, at=timezone.now())

    owner.open(reverse("workspace"))
    owner.follow("Periksa dan kirim")
    assert violations(owner.page) == []
    owner.page.locator("main button[type=submit]").first.click()
    owner.sees("terkirim")

    assert violations(owner.page) == []
    assert owner.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert LogMonth.objects.get(first_day=first).closing == "owner"
    days = (rules.last_of(first) - first).days + 1
    volume = Decimal("2.4") + Decimal("0.5") * (days - 4)
    owner.sees(formats.number(volume))
    owner.sees("Dibuang tanpa diolah")
    owner.page.locator("main summary").first.click()
    owner.follow("Koreksi")
    owner.sees("Alasan koreksi")

    planner = people.StaffFactory(role="planner", office="bappeda", email="perencana@contoh.invalid")
    desk = visitor(DESK)
    desk.log_in(planner.email, PASSWORD)
    desk.open(reverse("wastewater:index"))
    desk.follow("Neraca")
    desk.page.get_by_label("Masa").select_option(f"{first:%Y-%m}")
    desk.press("Terapkan")
    assert violations(desk.page) == []
    row = desk.page.locator("#kelurahan tr").filter(has_text=enterprise.ward.name)
    row.get_by_role("link", name=formats.number(volume, 1), exact=True).first.click()
    desk.sees("Neraca kelurahan ini")
    assert violations(desk.page) == []
    assert (
        desk.page.get_by_role("row").filter(has_text=enterprise.name).inner_text().count(formats.number(volume, 1)) == 1
    )
    desk.page.get_by_role("link", name="Buku limbah", exact=True).last.click()
    desk.sees(enterprise.name)
