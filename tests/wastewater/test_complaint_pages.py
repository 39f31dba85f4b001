"""Pages of complaints: three steps without an account, the secret page, the board, and who sees what."""

import io
import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core import signing
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from batikportal.models import AccessEvent, Area, StoredFile
from tests.factories import complaints as factories
from tests.factories import portal
from wastewater.actions import complaints as actions
from wastewater.choices.complaints import ComplaintState
from wastewater.forms.complaints import TIMING_SALT
from wastewater.models import complaints as models

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_limits(db):
    cache.clear()


def timing(seconds: float = 30) -> str:
    return signing.dumps((timezone.now() - timedelta(seconds=seconds)).timestamp(), salt=TIMING_SALT)


def url(name: str, *args) -> str:
    return reverse(f"wastewater:{name}", args=args)


def step_one(client, **fields):
    data = {"ward": portal.ward().pk, "location_text": "Dekat jembatan", "mulai": timing(), **fields}
    return client.post(url("complaint-where"), data)


def step_two(client, address: str, **fields):
    token = address.partition("draf=")[2]
    data = {
        "draf": token,
        "category": factories.category().pk,
        "description": "Airnya merah",
        "colour": "red",
        **fields,
    }
    return client.post(url("complaint-what"), data | fields)


def sent(client, *, contact=None, one=None, two=None, **more):
    """The answer to the last step, and the token of the draft."""
    where = step_one(client, **(one or {}))
    what = step_two(client, where.url, **(two or {}))
    token = what.url.partition("draf=")[2]
    return client.post(url("complaint-send"), {"draf": token, **(contact or {}), **more}), token


def key_in(response) -> str:
    return re.search(r"kunci=([\w-]+)", response.content.decode()).group(1)


def photo_with_position() -> SimpleUploadedFile:
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "KAMERA-CONTOH"
    exif.get_ifd(0x8825)[2] = (6.0, 53.0, 0.0)
    Image.new("RGB", (40, 30), "red").save(out, "JPEG", exif=exif)
    return SimpleUploadedFile("sungai.jpg", out.getvalue(), "image/jpeg")


def test_three_steps_without_account_and_without_name(client, settings):
    response, _token = sent(client)
    case = models.Complaint.objects.get()
    assert response.status_code == 200
    assert (case.number in response.content.decode(), case.state) == (True, ComplaintState.RECEIVED)
    assert (case.ward.name, case.colour, case.created_by) == ("Kauman", "red", None)
    assert models.Reporter.objects.count() == 0
    assert models.ComplaintDraft.objects.count() == 0
    assert case.token_hash == actions.hash_of(key_in(response))
    assert settings.SESSION_COOKIE_NAME not in client.cookies


def test_sending_twice_shows_the_same_receipt(client):
    response, token = sent(client)
    again = client.post(url("complaint-send"), {"draf": token})
    assert key_in(again) == key_in(response)
    assert models.Complaint.objects.count() == 1


def test_steps_keep_what_was_typed(client):
    where = step_one(client)
    step_two(client, where.url)
    assert "Dekat jembatan" in client.get(url("complaint-where") + "?" + where.url.partition("?")[2]).content.decode()
    assert "Airnya merah" in client.get(where.url).content.decode()


def test_last_step_cannot_be_reached_before_the_others(client):
    where = step_one(client)
    token = where.url.partition("draf=")[2]
    assert client.get(url("complaint-send") + f"?draf={token}").url.startswith(url("complaint-what"))
    assert client.get(url("complaint-send")).url == url("complaint-where")
    assert client.get(url("complaint-what") + "?draf=made-up").url == url("complaint-where")


def test_photo_loses_what_it_hides_and_survives_another_error(client):
    where = step_one(client)
    broken = step_two(client, where.url, category="", photo=photo_with_position())
    assert broken.status_code == 200
    what = step_two(client, where.url)
    client.post(url("complaint-send"), {"draf": what.url.partition("draf=")[2]})
    stored = models.Complaint.objects.get().photos.get().file
    content = stored.file.read()
    assert b"KAMERA" not in content
    assert Image.open(io.BytesIO(content)).getexif() == {}


def test_file_that_is_no_picture_is_refused_beside_its_field(client):
    where = step_one(client)
    response = step_two(client, where.url, photo=SimpleUploadedFile("a.jpg", b"MZ not a picture", "image/jpeg"))
    assert response.context["form"].errors["photo"] == [
        "Jenis berkas tidak diterima. Yang diterima: foto JPEG, PNG atau WebP."
    ]
    assert response.context["form"]["description"].value() == "Airnya merah"
    assert StoredFile.objects.count() == 0


@pytest.mark.parametrize(
    ("fields", "field", "message"),
    [
        ({"ward": "", "location_text": " "}, "location_text", "Pilih kelurahan, tandai di peta"),
        ({"latitude": "-6.2", "longitude": "106.8"}, "__all__", "jauh dari Pekalongan"),
        ({"situs_web": "https://iklan"}, "__all__", "Kosongkan kolom tersembunyi"),
        ({"mulai": "x"}, "__all__", "terlalu lama terbuka"),
        ({"location_text": "x" * 301}, "location_text", "300"),
    ],
)
def test_first_step_says_what_is_wrong(client, fields, field, message):
    response = step_one(client, **fields)
    assert message in str(response.context["form"].errors[field])
    assert models.ComplaintDraft.objects.count() == 0


def test_machine_that_answers_at_once_has_to_wait(client):
    response = step_one(client, mulai=timing(0.5))
    assert "Terlalu cepat" in str(response.context["form"].errors)


def test_one_address_cannot_flood_a_category_but_others_stay_open(client):
    for _number in range(10):
        sent(client)
    refused, token = sent(client)
    assert "sudah banyak laporan" in refused.content.decode()
    assert models.ComplaintDraft.objects.count() == 1
    question = {"category": factories.category("question").pk}
    other, _token = sent(client, two=question)
    assert models.Complaint.objects.count() == 11
    assert other.status_code == 200
    elsewhere = client.post(url("complaint-send"), {"draf": token}, REMOTE_ADDR="203.0.113.9")
    assert elsewhere.status_code == 200
    assert models.Complaint.objects.count() == 12


def test_no_address_is_stored_anywhere(client):
    where = client.post(
        url("complaint-where"),
        {"ward": portal.ward().pk, "mulai": timing()},
        REMOTE_ADDR="203.0.113.77",
        headers={"user-agent": "PerambanContoh"},
    )
    assert where.status_code == 302
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(string_agg(c::text, ' '), '') FROM portal_cache c")
        kept = cursor.fetchone()[0]
        cursor.execute("SELECT string_agg(d::text, ' ') FROM wastewater_complaintdraft d")
        kept += cursor.fetchone()[0]
    assert "203.0.113.77" not in kept
    assert "PerambanContoh" not in kept


def test_contact_is_optional_and_checked(client):
    response, _token = sent(client, contact={"phone": "12"})
    assert "Nomor HP tidak dikenali" in str(response.context["form"].errors["phone"])
    response, _token = sent(client, contact={"wants_messages": "on"})
    assert "Tulis nomor HP atau surel" in str(response.context["form"].errors["phone"])
    sent(client, contact={"name": "Warga Contoh", "phone": "0812 0000 1234", "wants_messages": "on"})
    reporter = models.Reporter.objects.get()
    assert (reporter.phone.reveal(), reporter.wants_messages) == ("+6281200001234", True)


def near(metres_north: float):
    latitude, longitude = factories.KAUMAN
    return {"latitude": f"{float(latitude) + metres_north / 111_195:.5f}", "longitude": str(longitude), "ward": ""}


@pytest.mark.parametrize(("metres", "offered"), [(240, 1), (260, 0)])
def test_open_complaint_nearby_is_offered_before_sending(client, waste_officer, metres, offered):
    latitude, longitude = factories.KAUMAN
    known = factories.triaged(waste_officer, latitude=latitude, longitude=longitude, description="Rahasia")
    where = step_one(client, **near(metres))
    what = step_two(client, where.url)
    page = client.get(what.url)
    assert len(page.context["nearby"]) == offered
    assert (known.number in page.content.decode()) is bool(offered)
    assert "Rahasia" not in page.content.decode()
    assert str(latitude) not in page.content.decode()


def test_joining_follows_the_other_case(client, waste_officer):
    latitude, longitude = factories.KAUMAN
    known = factories.triaged(waste_officer, latitude=latitude, longitude=longitude)
    response, _token = sent(client, one=near(10), gabung=known.number)
    joined = models.Complaint.objects.get(parent=known)
    assert joined.state == ComplaintState.JOINED
    actions.answer(complaint=known, text="Sudah diperiksa.", by=waste_officer, at=timezone.now())
    own = client.get(url("complaint-own") + f"?kunci={key_in(response)}").content.decode()
    assert "Sudah diperiksa." in own


def test_other_categories_closed_and_unmoderated_complaints_are_not_offered(client, waste_officer):
    latitude, longitude = factories.KAUMAN
    place = {"latitude": latitude, "longitude": longitude}
    factories.filed(**place)
    factories.closed(waste_officer, **place)
    factories.triaged(waste_officer, category=factories.category("smell"), **place)
    factories.triaged(waste_officer, moderation="hidden", **place)
    where = step_one(client, **near(0))
    assert client.get(step_two(client, where.url).url).context["nearby"] == []


def test_public_page_tells_nothing_before_a_moderator_has_looked(client, waste_officer):
    case = factories.filed(description="Rahasia sekali", colour="red")
    page = client.get(case.public_url).content.decode()
    assert "sedang diperiksa petugas" in page
    for word in ("Rahasia", "Merah", "Kauman", str(case.category)):
        assert word not in page


def test_public_page_shows_stage_sentences_promise_and_a_rounded_place(client, waste_officer):
    latitude, longitude = factories.KAUMAN
    case = factories.triaged(
        waste_officer, sentence="Sudah kami baca.", latitude=latitude, longitude=longitude, contact=factories.CONTACT,
        description="Rahasia sekali", moderation="text", public_text="Air merah di Kauman.",
    )  # fmt: skip
    actions.note(complaint=case, text="Catatan dalam", by=waste_officer, at=factories.RECEIVED)
    page = client.get(case.public_url).content.decode()
    for word in ("Sudah kami baca.", "Air merah di Kauman.", "−6,888; 109,676", "DLH Kota Pekalongan"):
        assert word in page
    for word in ("Rahasia", "Warga", "Catatan dalam", "6,88869", str(waste_officer)):
        assert word not in page


def test_public_list_leads_from_number_to_page_and_hides_the_unmoderated(client, waste_officer):
    shown, hidden = factories.triaged(waste_officer), factories.filed()
    page = client.get(url("complaint-find")).content.decode()
    assert (shown.number in page, hidden.number in page) == (True, False)
    assert client.get(url("complaint-find") + f"?nomor={hidden.number}").url == hidden.public_url
    assert "tidak ditemukan" in client.get(url("complaint-find") + "?nomor=9999-1").content.decode()
    assert client.get(url("complaint-public", "9999-1")).status_code == 404


def own(client, secret: str, **data):
    return client.post(url("complaint-own"), {"kunci": secret, **data}, follow=True)


def test_secret_page_answers_asks_rates_and_reopens(client, waste_officer):
    now = timezone.now()
    secret = "rahasia-" * 4
    case = factories.triaged(waste_officer, at=now, secret=secret)
    actions.ask(complaint=case, text="Di jembatan mana?", by=waste_officer, at=now)
    assert "Di jembatan mana?" in client.get(url("complaint-own") + f"?kunci={secret}").content.decode()
    empty = own(client, secret, tindakan="balas", text=" ")
    assert empty.context["reply_form"].errors["text"]
    own(client, secret, tindakan="balas", text="Jembatan Kauman")
    case.refresh_from_db()
    assert (case.state, case.questions.get().reply) == (ComplaintState.TRIAGED, "Jembatan Kauman")
    late = own(client, secret, tindakan="balas", text="Sekali lagi")
    assert "Tidak ada pertanyaan yang menunggu" in late.content.decode()
    actions.answer(complaint=case, text="Sudah diperiksa.", by=waste_officer, at=now)
    actions.close(complaint=case, text="Selesai.", by=waste_officer, at=now)
    own(client, secret, tindakan="nilai", nilai="not")
    own(client, secret, tindakan="buka", reason="Masih merah")
    case.refresh_from_db()
    assert (case.state, case.reopening, case.satisfaction) == (ComplaintState.REOPENED, "Masih merah", "")


def test_secret_page_without_the_right_key_says_so(client):
    factories.filed()
    assert client.get(url("complaint-own")).status_code == 200
    wrong = client.get(url("complaint-own") + "?kunci=salah")
    assert wrong.status_code == 404
    assert "tidak cocok dengan laporan mana pun" in wrong.content.decode()
    assert wrong["X-Robots-Tag"] == "noindex"


def test_key_of_the_secret_page_stays_out_of_the_history(client, waste_officer):
    secret = "rahasia-" * 4
    case = factories.closed(waste_officer, at=timezone.now(), secret=secret)
    own(client, secret, tindakan="nilai", nilai="satisfied")
    case.refresh_from_db()
    assert case.satisfaction == "satisfied"
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(metadata::text, ' ') FROM pghistory_context")
        assert secret not in cursor.fetchone()[0]


def test_leader_sees_the_case_without_what_the_reporter_wrote(as_user, leader, waste_officer):
    latitude, longitude = factories.KAUMAN
    case = factories.triaged(
        waste_officer, description="Rahasia sekali", latitude=latitude, longitude=longitude, contact=factories.CONTACT
    )
    actions.note(complaint=case, text="Catatan dalam", by=waste_officer, at=factories.RECEIVED)
    page = as_user(leader).get(case.get_absolute_url()).content.decode()
    for word in ("Rahasia", "Catatan dalam", "6,88869", "Warga", "Tampilkan data pelapor"):
        assert word not in page
    handler = as_user(waste_officer).get(case.get_absolute_url()).content.decode()
    for word in ("Rahasia", "Catatan dalam", "6,88869", "Tampilkan data pelapor"):
        assert word in handler
    assert "Warga" not in handler


@pytest.mark.parametrize("name", ["complaint-step", "complaint-reporter", "complaint-photo"])
def test_doors_of_handlers_are_closed_to_leaders(as_user, leader, waste_officer, name):
    case = factories.triaged(waste_officer, contact=factories.CONTACT)
    arguments = [case.public_id, "jawab"] if name == "complaint-step" else [case.public_id]
    assert as_user(leader).get(url(name, *arguments)).status_code == 403


def test_officer_of_another_district_meets_no_such_case(as_user, waste_officer, field_officer):
    field_officer.role_assignments.update(area=Area.objects.get(name="Pekalongan Utara", level="district"))
    here, there = factories.triaged(waste_officer), factories.triaged(waste_officer, ward=portal.ward("Krapyak"))
    nowhere = factories.triaged(waste_officer, ward=None, location_text="Entah")
    browser = as_user(field_officer)
    answers = [browser.get(case.get_absolute_url()).status_code for case in (here, there, nowhere)]
    assert answers == [404, 200, 200]
    assert browser.get(url("complaint-step", here.public_id, "jawab")).status_code == 404


def test_reading_the_reporter_needs_a_purpose(as_user, waste_officer):
    case = factories.triaged(waste_officer, contact=factories.CONTACT)
    browser = as_user(waste_officer)
    page = url("complaint-reporter", case.public_id)
    assert "0812-0000-1234" not in browser.post(page, {"purpose": ""}).content.decode()
    assert AccessEvent.objects.count() == 0
    shown = browser.post(page, {"purpose": "Menanyakan letak"}).content.decode()
    assert "0812-0000-1234" in shown
    assert AccessEvent.objects.get().purpose == "Menanyakan letak"


def test_photo_is_seen_by_handlers_only(client, as_user, waste_officer, outsider):
    sent(client, two={"photo": photo_with_position()})
    photo = models.ComplaintPhoto.objects.get()
    page = url("complaint-photo", photo.public_id)
    assert client.get(page).status_code == 302
    assert as_user(outsider).get(page).status_code == 403
    assert as_user(waste_officer).get(page)["Content-Type"] == "image/jpeg"
    assert as_user(waste_officer).get(reverse("file", args=[photo.file.public_id])).status_code == 404


def test_steps_of_the_case_page(as_user, waste_officer):
    case = factories.filed()
    browser = as_user(waste_officer)

    def take(step: str, **data):
        return browser.post(url("complaint-step", case.public_id, step), data, follow=True)

    assert "Langkah ini tidak tersedia lagi" in take("jawab", text="x").content.decode()
    facts = {"category": case.category_id, "ward": case.ward_id, "moderation": "text", "public_text": ""}
    assert "Tulis ringkasan" in take("telaah", **facts).content.decode()
    take("telaah", **{**facts, "public_text": "Air merah."})
    take("tugaskan", sentence="", note="Tim A")
    take("catatan", text="Perlu perahu")
    take("rekan", agency=factories.agency("wilayah-sungai").pk)
    take("tanya", text="Kapan?")
    take("jawab", text="Sudah diperiksa.")
    take("tutup", text="Selesai.")
    take("buka-lagi", reason="Terjadi lagi")
    case.refresh_from_db()
    assert case.state == ComplaintState.REOPENED
    assert [step.state for step in case.steps.exclude(state="")] == [
        "received", "triaged", "assigned", "waiting", "answered", "closed", "reopened"
    ]  # fmt: skip
    assert browser.get(url("complaint-step", case.public_id, "entah")).status_code == 404


def test_response_template_fills_the_text(as_user, waste_officer):
    case = factories.triaged(waste_officer)
    text = models.ResponseTemplate.objects.create(kind="answer", name="Contoh", text="No. {nomor} {kelurahan} {x}")
    page = as_user(waste_officer).get(url("complaint-step", case.public_id, "jawab") + f"?templat={text.pk}")
    assert page.context["form"]["text"].value() == f"No. {case.number} Kauman {{x}}"


def test_agencies_through_their_pages(as_user, waste_officer, waste_head):
    case = factories.triaged(waste_officer, is_outside_city=True, at=timezone.now())
    part = case.handlings.get(role="partner")
    browser = as_user(waste_officer)
    today = timezone.localdate().isoformat()
    browser.post(url("complaint-part", part.public_id, "teruskan"), {"forwarded_on": today})
    missing = browser.post(url("complaint-part", part.public_id, "terima"), {"accepted_on": today, "reference": ""})
    assert missing.context["form"].errors["reference"]
    browser.post(url("complaint-part", part.public_id, "terima"), {"accepted_on": today, "reference": "660/1"})
    browser.post(url("complaint-part", part.public_id, "kabar"), {"sentence": "Kami periksa hulunya."})
    part.refresh_from_db()
    assert (part.state, part.acceptance_reference, part.public_sentence) == ("active", "660/1", "Kami periksa hulunya.")
    browser.post(
        url("complaint-step", case.public_id, "serah"), {"receiver": part.agency_id, "reason": "Sumbernya di sana"}
    )
    offer = case.handovers.get()
    decide = url("handover-decide", offer.public_id)
    refused = browser.post(decide, {"accepted": "yes", "decided_on": today, "reference": ""})
    assert refused.context["form"].errors["reference"]
    browser.post(decide, {"accepted": "yes", "decided_on": today, "reference": "660/2"})
    assert case.handlings.get(role="lead").agency.code == "dlh-kabupaten"
    assert browser.get(decide).status_code == 404


def test_intake_by_an_officer(as_user, waste_officer):
    browser = as_user(waste_officer)
    token = re.search(r'name="kunci_isian" value="([^"]+)"', browser.get(url("complaint-new")).content.decode()).group(
        1
    )
    data = {
        "kunci_isian": token, "channel": "national", "national_number": "LAPOR-1", "category": factories.category().pk,
        "ward": portal.ward().pk, "name": "Warga Contoh",
    }  # fmt: skip
    first = browser.post(url("complaint-new"), data)
    browser.post(url("complaint-new"), data)
    case = models.Complaint.objects.get()
    assert (case.channel, case.national_number, case.created_by) == ("national", "LAPOR-1", waste_officer)
    assert case.number in first.content.decode()
    other = browser.post(url("complaint-new"), {**data, "kunci_isian": "x"})
    assert "terlalu lama terbuka" in other.content.decode()


def test_board_puts_late_cases_first_and_filters(as_user, waste_officer):
    now = timezone.now()
    fresh = factories.filed(at=now)
    late = factories.triaged(waste_officer, at=now - timedelta(days=400), ward=portal.ward("Krapyak"))
    done = factories.closed(waste_officer, at=now - timedelta(days=500))
    browser = as_user(waste_officer)

    def numbers(query: str = "") -> list[str]:
        return [one.number for one in browser.get(url("complaint-list") + query).context["page"]]

    assert numbers() == [late.number, fresh.number, done.number]
    assert numbers("?keadaan=open") == [late.number, fresh.number]
    assert numbers("?lewat=on") == [late.number]
    assert numbers("?keadaan=closed") == [done.number]
    assert numbers(f"?cari={fresh.number}") == [fresh.number]
    assert numbers("?kecamatan=33.75.03") == [late.number]
    assert numbers("?instansi=dlh-kabupaten") == []
    assert numbers("?urut=-diterima") == [fresh.number, late.number, done.number]


def test_export_holds_no_free_text_and_no_person(as_user, leader, waste_officer):
    case = factories.triaged(waste_officer, description="Rahasia", contact=factories.CONTACT, colour="red")
    content = as_user(leader).get(url("complaint-export")).content.decode("utf-8-sig")
    assert content.splitlines()[1].split(";")[0] == case.number
    assert "Merah" in content
    for word in ("Rahasia", "Warga", "Jembatan"):
        assert word not in content


def queries(browser, page: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert browser.get(page).status_code == 200
    return len(caught)


@pytest.mark.parametrize("name", ["complaint-list", "complaint-find"])
def test_lists_ask_the_same_whatever_they_hold(as_user, waste_officer, name):
    browser = as_user(waste_officer)
    factories.triaged(waste_officer)
    page = url(name)
    browser.get(page)
    few = queries(browser, page)
    for _number in range(12):
        factories.triaged(waste_officer)
    assert queries(browser, page) == few


def test_case_page_asks_the_same_whatever_happened(as_user, waste_officer):
    browser = as_user(waste_officer)
    case = factories.triaged(waste_officer)
    browser.get(case.get_absolute_url())
    few = queries(browser, case.get_absolute_url())
    for number in range(8):
        actions.note(complaint=case, text=str(number), by=waste_officer, at=factories.RECEIVED)
        actions.say(complaint=case, sentence=str(number), by=waste_officer, at=factories.RECEIVED)
    actions.add_partner(
        complaint=case, agency=factories.agency("wilayah-sungai"), by=waste_officer, at=factories.RECEIVED
    )
    assert queries(browser, case.get_absolute_url()) == few


def test_joining_offers_open_complaints_nearby_and_takes_a_number_too(as_user, waste_officer):
    latitude, longitude = factories.KAUMAN
    child = factories.triaged(waste_officer, latitude=latitude, longitude=longitude)
    near = factories.triaged(waste_officer, latitude=latitude + Decimal("0.001"), longitude=longitude)
    far = factories.triaged(waste_officer, category=factories.category("question"))
    client, address = as_user(waste_officer), reverse("wastewater:complaint-step", args=[child.public_id, "gabung"])

    form = client.get(address).context["form"]
    assert [number for number, _words in form.fields["alike"].choices] == [near.number, ""]
    both = client.post(address, {"alike": near.number, "parent": far.number})
    assert list(both.context["form"].errors) == ["parent"]
    none = client.post(address, {"parent": ""})
    assert list(none.context["form"].errors) == ["alike"]
    client.post(address, {"alike": near.number, "parent": ""})
    child.refresh_from_db()
    assert child.parent == near


def test_joining_by_number_alone(as_user, waste_officer):
    child = factories.triaged(waste_officer)
    other = factories.triaged(waste_officer, category=factories.category("question"))
    address = reverse("wastewater:complaint-step", args=[child.public_id, "gabung"])
    as_user(waste_officer).post(address, {"parent": other.number})
    child.refresh_from_db()
    assert child.parent == other
