"""Pages of the logbook and the truck: who gets in, bad input, nothing lost, small, constant queries."""

import gzip
import io
import uuid
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from batikportal.models import StoredFile
from tests.factories import portal
from tests.factories import wastewater as factories
from wastewater.models import DischargeLog, LogMonth, TruckRequest
from wastewater.rules import discharge_logs as rules

pytestmark = pytest.mark.django_db

# HTML and CSS of the page that an owner opens every day on a phone, compressed.
MOST_BYTES = 14 * 1024


def page(name: str, enterprise) -> str:
    return reverse(f"wastewater:{name}", args=[enterprise.public_id])


def filled(**fields) -> dict[str, object]:
    return {
        "submission": str(uuid.uuid4()),
        "day": timezone.localdate().isoformat(),
        "process": "dyeing",
        "destination": "own_plant",
        "estimate_l": "1.500",
        **fields,
    }


def picture(name: str = "bak.png") -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (40, 40), "navy").save(out, "PNG")
    return SimpleUploadedFile(name, out.getvalue(), "image/png")


def test_owner_notes_a_day_with_four_fields(as_user, owner):
    answer = as_user(owner).post(page("log-new", owner.enterprise), filled(), follow=True)

    line = DischargeLog.objects.get()
    assert (line.volume_l, line.volume_method, line.is_assisted, line.enterprise) == (
        1500,
        "estimate",
        False,
        owner.enterprise,
    )
    assert "1.500 L" in answer.content.decode()


def test_double_click_stores_once(as_user, owner):
    client, data = as_user(owner), filled()
    for _number in range(2):
        assert client.post(page("log-new", owner.enterprise), data).status_code == 302
    assert DischargeLog.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "method", "litres"),
    [
        ({"meter_start_m3": "12,5", "meter_end_m3": "13"}, "meter", 500),
        ({"tank_l": "800", "tank_fills": "1,5"}, "tank", 1200),
    ],
)
def test_volume_by_meter_and_tank(as_user, owner, fields, method, litres):
    as_user(owner).post(page("log-new", owner.enterprise), filled(estimate_l="", **fields))

    line = DischargeLog.objects.get()
    assert (line.volume_method, line.volume_l) == (method, litres)


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"estimate_l": ""}, "estimate_l", "Isi banyaknya air limbah"),
        ({"tank_l": "800", "tank_fills": "1"}, "estimate_l", "dua cara"),
        ({"estimate_l": "", "meter_start_m3": "5", "meter_end_m3": "4"}, "meter_end_m3", "lebih kecil"),
        ({"estimate_l": "", "meter_start_m3": "5"}, "meter_end_m3", "meter akhir"),
        ({"estimate_l": "", "tank_fills": "1"}, "tank_l", "berapa liter"),
        ({"ph": "8"}, "ph_method", "alat ukur"),
        ({"ph": "15", "ph_method": "strip"}, "ph", ""),
        ({"quantity": "0"}, "quantity", "lebih dari nol"),
        ({"process": ""}, "process", ""),
        ({"process": "sulap"}, "process", ""),
        ({"day": "2999-01-01"}, "__all__", "masih di depan"),
        ({"estimate_l": "banyak"}, "estimate_l", "bukan angka"),
    ],
)
def test_bad_input_is_told_at_its_field_and_nothing_is_lost(as_user, owner, fields, field, words):
    answer = as_user(owner).post(page("log-new", owner.enterprise), filled(note="Hujan", **fields))

    form = answer.context["form"]
    assert answer.status_code == 200
    assert words in " ".join(form.errors[field])
    assert 'value="Hujan"' in answer.content.decode()
    assert DischargeLog.objects.count() == 0


def test_photo_of_a_failed_submit_is_kept_and_used(as_user, owner):
    client = as_user(owner)
    failed = client.post(page("log-new", owner.enterprise), filled(process="", photo=picture()))
    kept = StoredFile.objects.get()

    assert "Foto bak.jpg sudah tersimpan" in failed.content.decode()
    client.post(page("log-new", owner.enterprise), filled(kept_photo=str(kept.public_id)))

    assert DischargeLog.objects.get().photo == kept


def test_somebody_elses_photo_is_not_taken(as_user, owner):
    stranger = portal.MembershipFactory()
    as_user(stranger.user).post(page("log-new", stranger.enterprise), filled(process="", photo=picture()))

    as_user(owner).post(page("log-new", owner.enterprise), filled(kept_photo=str(StoredFile.objects.get().public_id)))

    assert DischargeLog.objects.get().photo is None


def test_what_is_no_picture_is_refused_at_the_photo(as_user, owner):
    answer = as_user(owner).post(
        page("log-new", owner.enterprise), filled(photo=SimpleUploadedFile("a.png", b"MZ", "image/png"))
    )

    assert "Jenis berkas tidak diterima" in " ".join(answer.context["form"].errors["photo"])
    assert DischargeLog.objects.count() == 0


def test_yesterdays_line_is_a_template(as_user, owner):
    client = as_user(owner)
    meter = {"estimate_l": "", "meter_start_m3": "10", "meter_end_m3": "11,5", "dye_class": "reactive", "ph": "9"}
    client.post(page("log-new", owner.enterprise), filled(**meter, ph_method="strip"))

    form = client.get(page("log-new", owner.enterprise) + "?salin=terakhir").context["form"]

    assert [str(form[name].value()) for name in ("process", "destination", "dye_class", "meter_start_m3")] == [
        "dyeing",
        "own_plant",
        "reactive",
        "11,5",
    ]
    assert not form["ph"].value()
    assert not form["meter_end_m3"].value()


def test_entry_page_is_small(as_user, owner):
    client = as_user(owner)
    client.post(page("log-new", owner.enterprise), filled())
    html = client.get(page("log-new", owner.enterprise)).content
    css = (Path(settings.BASE_DIR) / "static" / "css" / "portal.css").read_bytes()

    assert len(gzip.compress(html)) + len(gzip.compress(css)) <= MOST_BYTES
    assert b"<script" not in html


def test_correction_of_a_sent_month_asks_for_the_reason(as_user, owner):
    month = factories.LogMonthFactory(enterprise=owner.enterprise)
    line = factories.DischargeLogFactory(month=month)
    LogMonth.objects.update(state="closed", closing="deadline", closed_at=timezone.now())
    client, url = as_user(owner), reverse("wastewater:log-change", args=[line.public_id])
    data = filled(day="2026-10-05", estimate_l="250")

    refused = client.post(url, data)
    assert "reason" in refused.context["form"].errors
    client.post(url, {**data, "reason": "Salah baca"})

    assert DischargeLog.objects.current().get().volume_l == 250


def test_idle_day_and_sending_last_month(as_user, owner):
    client = as_user(owner)
    last = rules.month_before(rules.first_of(timezone.localdate()))
    client.post(page("log-idle", owner.enterprise), {"submission": str(uuid.uuid4()), "day": last.isoformat()})

    shown = client.get(page("logbook-close", owner.enterprise) + f"?bulan={last:%Y-%m}")
    assert "Hari tanpa catatan terbaca sebagai tidak diketahui" in shown.content.decode()
    client.post(page("logbook-close", owner.enterprise) + f"?bulan={last:%Y-%m}")

    assert LogMonth.objects.get().closing == "owner"


def test_month_page_csv_and_withdrawal(as_user, owner):
    client = as_user(owner)
    client.post(page("log-new", owner.enterprise), filled(note="=1+1"))
    line = DischargeLog.objects.get()

    client.post(reverse("wastewater:log-withdraw", args=[line.public_id]), {"reason": "Salah usaha"})
    shown = client.get(page("logbook", owner.enterprise)).content.decode()
    exported = client.get(page("logbook-export", owner.enterprise)).content.decode("utf-8-sig")

    assert "Salah usaha" in shown
    assert "Salah usaha" in exported
    assert ";=1+1" not in exported


def test_owner_declines_reminders(as_user, owner):
    client = as_user(owner)
    client.post(page("logbook-reminders", owner.enterprise), {"mau": "tidak"})
    assert "Anda tidak diingatkan." in client.get(page("logbook", owner.enterprise)).content.decode()


def test_staff_enter_for_an_owner_and_it_is_marked(as_user, field_officer, owner):
    as_user(field_officer).post(page("log-new", owner.enterprise), filled())

    line = DischargeLog.objects.get()
    assert (line.is_assisted, line.created_by) == (True, field_officer)
    assert as_user(field_officer).post(page("logbook-reminders", owner.enterprise)).status_code == 403


OWNER_PAGES = ("logbook", "log-new", "logbook-export", "logbook-close", "truck-ask")


@pytest.mark.parametrize("name", OWNER_PAGES)
def test_somebody_elses_logbook_answers_as_a_missing_one(as_user, owner, name):
    stranger = portal.MembershipFactory().enterprise
    client = as_user(owner)

    assert client.get(page(name, stranger)).status_code == 404
    assert client.get(reverse(f"wastewater:{name}", args=[uuid.uuid4()])).status_code == 404


def test_somebody_elses_line_and_request_answer_as_missing(as_user, owner):
    line, request = factories.DischargeLogFactory(), factories.TruckRequestFactory()
    client = as_user(owner)
    for name, row in (
        ("log-change", line),
        ("log-withdraw", line),
        ("truck-request", request),
        ("truck-cancel", request),
    ):
        assert client.get(reverse(f"wastewater:{name}", args=[row.public_id])).status_code == 404


def test_leader_reads_and_cannot_write(as_user, leader, owner):
    client = as_user(leader)
    line = factories.DischargeLogFactory(month__enterprise=owner.enterprise)

    assert client.get(page("logbook", owner.enterprise)).status_code == 200
    assert client.get(page("log-new", owner.enterprise)).status_code == 403
    assert client.get(reverse("wastewater:log-change", args=[line.public_id])).status_code == 403


def test_role_of_a_district_sees_its_logbooks_only(as_user, owner):
    krapyak = portal.EnterpriseFactory(ward=portal.ward("Krapyak"))
    officer = portal.StaffFactory(role="waste_officer", office="dlh")
    officer.role_assignments.update(area=krapyak.ward.parent)
    client = as_user(type(officer).objects.get(pk=officer.pk))

    assert client.get(page("logbook", krapyak)).status_code == 200
    assert client.get(page("logbook", owner.enterprise)).status_code == 404


def queries_of(client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(url).status_code == 200
    return len(seen)


def test_lists_have_the_same_queries_for_one_row_and_thirty(as_user, waste_officer, owner):
    staff, own = as_user(waste_officer), as_user(owner)
    month = factories.LogMonthFactory(enterprise=owner.enterprise)
    urls = [
        (staff, reverse("wastewater:logbook-list") + "?bulan=2026-10"),
        (staff, reverse("wastewater:logbook-list-export") + "?bulan=2026-10"),
        (staff, reverse("wastewater:truck-board")),
        (own, page("logbook", owner.enterprise) + "?bulan=2026-10"),
        (own, reverse("workspace")),
    ]
    factories.DischargeLogFactory(month=month)
    factories.TruckRequestFactory()
    before = [queries_of(client, url) for client, url in urls]
    for number in range(29):
        factories.DischargeLogFactory(month=month, day=month.first_day + timedelta(days=number))
        factories.DischargeLogFactory()
        factories.TruckRequestFactory()

    assert [queries_of(client, url) for client, url in urls] == before


def test_owner_asks_for_the_truck_and_staff_carry_it_through(as_user, owner, waste_officer):
    client, staff = as_user(owner), as_user(waste_officer)
    today = timezone.localdate().isoformat()
    data = {"submission": str(uuid.uuid4()), "wanted_on": today, "volume_m3": "6", "has_holding_tank": "tidak"}
    refused = client.post(page("truck-ask", owner.enterprise), data)
    assert "bak penampung" in refused.content.decode()
    client.post(page("truck-ask", owner.enterprise), {**data, "has_holding_tank": "ya", "access_note": "Gang sempit"})
    found = TruckRequest.objects.get()

    truck = factories.SuctionTruckFactory()
    soon = timezone.localtime() + timedelta(hours=1)
    times = {"visit_at": f"{soon:%Y-%m-%dT%H:%M}", "visit_until": f"{soon + timedelta(hours=2):%Y-%m-%dT%H:%M}"}
    staff.post(page("truck-schedule", found), {"truck": truck.pk, **times})
    staff.post(page("truck-finish", found), {"done_on": today, "taken_m3": "6", "hours": "1,5"})

    found.refresh_from_db()
    assert (found.state, found.cost_idr) == ("done", 180_000)
    assert "Rp180.000" in client.get(found.get_absolute_url()).content.decode()


def test_access_note_is_for_the_owner_and_the_crew(as_user, owner, leader, waste_officer):
    found = factories.TruckRequestFactory(enterprise=owner.enterprise, access_note="Rumah cat hijau")
    seen = {
        person.full_name: "Rumah cat hijau" in as_user(person).get(found.get_absolute_url()).content.decode()
        for person in (owner, leader, waste_officer)
    }

    assert list(seen.values()) == [True, False, True]
