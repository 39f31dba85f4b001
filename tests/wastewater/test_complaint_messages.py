"""Reporters who left a contact hear of their complaint, others do not; what names them goes on its day."""

import io
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from batikportal.actions import outbox
from batikportal.actions.files import store
from batikportal.choices import FileKind, MessageState
from batikportal.messaging import DeliveryFailed
from batikportal.models import OutboxMessage
from tests.factories import complaints as factories
from tests.factories import portal
from wastewater.actions import complaints as actions
from wastewater.choices.complaints import ComplaintState
from wastewater.models import complaints as models

pytestmark = pytest.mark.django_db

AT = factories.RECEIVED
PHONE = "+6281200001234"
LINK = "https://contoh.invalid/laporan?kunci=rahasia"


def told() -> list[tuple[str, str]]:
    return list(OutboxMessage.objects.order_by("pk").values_list("template", "address"))


def picture() -> SimpleUploadedFile:
    data = io.BytesIO()
    Image.new("RGB", (40, 40), "red").save(data, "JPEG")
    return SimpleUploadedFile("air.jpg", data.getvalue(), content_type="image/jpeg")


def photo():
    return store(upload=picture(), kinds=(FileKind.IMAGE,), by=None, at=AT)


def walk(case, by, *, partner: str = "dlhk-provinsi"):
    """Asked and replied, handed over, answered, closed."""
    actions.ask(complaint=case, text="Dari rumah siapa?", by=by, at=AT)
    actions.reply(complaint=case, text="Dari Warga Contoh", at=AT)
    offer = actions.offer_handover(
        complaint=case, receiver=factories.agency(partner), reason="Sungai provinsi", by=by, at=AT
    )
    actions.decide_handover(handover=offer, accepted=True, decided_on=date(2026, 1, 8), reference="660/1", by=by, at=AT)
    actions.answer(complaint=case, text="Saluran sudah dibersihkan.", by=by, at=AT)
    return actions.close(complaint=case, text="Selesai, terima kasih.", by=by, at=AT)


def test_reporter_with_a_contact_hears_of_every_step(waste_officer):
    case = factories.triaged(waste_officer, contact=factories.CONTACT, link=LINK, description="Saya melihat Warga X")
    walk(case, waste_officer)

    kinds = ("received", "asked", "handed_over", "answered", "closed")
    assert told() == [(f"complaint_{kind}", PHONE) for kind in kinds]
    received, asked, _handed, answered, closed = OutboxMessage.objects.order_by("pk")
    assert received.subject == f"Laporan {case.number} sudah kami terima"
    assert LINK in received.body
    assert not any(LINK in message.body for message in (asked, answered, closed))
    assert "Dari rumah siapa?" not in asked.body
    assert "22 Januari 2026" in asked.body
    assert "Saluran sudah dibersihkan." in answered.body
    assert "Minta dibuka kembali sampai *22 Januari 2026*" in closed.body
    everything = "".join(OutboxMessage.objects.values_list("body", flat=True))
    assert "Warga" not in everything
    assert all(OutboxMessage.objects.values_list("is_private", flat=True))


@pytest.mark.parametrize("contact", [None, actions.Contact(name="Warga Contoh", phone=PHONE, wants_messages=False)])
def test_anonymous_and_unwilling_reporters_hear_nothing(waste_officer, contact):
    walk(factories.triaged(waste_officer, contact=contact, link=LINK), waste_officer)
    assert told() == []


def test_rejection_and_reopening_are_told_too(waste_officer):
    case = factories.triaged(waste_officer, contact=factories.CONTACT)
    actions.reject(complaint=case, text="Bukan air limbah.", by=waste_officer, at=AT)
    actions.reopen(complaint=case, reason="Ternyata air limbah.", by=waste_officer, at=AT)
    assert [kind for kind, _address in told()] == ["complaint_received", "complaint_rejected", "complaint_reopened"]


def test_who_joined_hears_of_the_case_that_is_followed_under_the_own_number(waste_officer):
    case = factories.triaged(waste_officer)
    by_mail = actions.Contact(email="warga@contoh.invalid", wants_messages=True)
    follower = factories.filed(parent=case, contact=by_mail)
    walk(case, waste_officer)
    assert [kind for kind, _address in told()] == [
        "complaint_received",
        "complaint_handed_over",
        "complaint_answered",
        "complaint_closed",
    ]
    assert all(follower.number in body for body in OutboxMessage.objects.values_list("body", flat=True))


def test_the_timeline_says_that_somebody_was_told_and_the_public_reads_nothing_of_it(client, waste_officer):
    case = factories.triaged(waste_officer, contact=factories.CONTACT)
    actions.answer(complaint=case, text="Sudah.", by=waste_officer, at=AT)
    assert case.steps.filter(note="Pesan kepada pelapor (1): dijawab.").count() == 1
    assert "Pesan kepada pelapor" not in client.get(case.public_url).content.decode()


def test_officers_of_the_outbox_learn_neither_address_nor_text(as_user, administrator):
    factories.filed(contact=factories.CONTACT, link=LINK)
    message = OutboxMessage.objects.get()
    reader = as_user(administrator)
    page = reader.get(reverse("outbox-message", args=[message.public_id])).content.decode()
    assert "hanya untuk penerimanya" in page
    for hidden in (PHONE, "0812-0000-1234", LINK, "kunci=rahasia", "wa.me"):
        assert hidden not in page
    assert PHONE not in reader.get(reverse("outbox") + "?cari=81200001234").content.decode()
    assert message.subject not in reader.get(reverse("outbox") + "?cari=81200001234").content.decode()
    with pytest.raises(outbox.MessageRefused, match="hanya untuk penerimanya"):
        outbox.mark_sent_by_hand(message=message, by=administrator, at=AT)


def test_history_never_keeps_an_address():
    factories.filed(contact=factories.CONTACT)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), count(*) FILTER (WHERE e::text LIKE %s) FROM batikportal_outboxmessageevent e",
                       [f"%{PHONE}%"])  # fmt: skip
        assert cursor.fetchone() == (1, 0)


@pytest.mark.parametrize("word", [PHONE, PHONE.removeprefix("+")])
def test_an_error_that_repeats_the_address_keeps_it_out_of_page_and_history(word, as_user, administrator):
    class Refusing:
        def send(self, message):
            raise DeliveryFailed(f"gateway: 550 <{word}> unknown")

    factories.filed(contact=factories.CONTACT)
    at = timezone.now() + timedelta(hours=1)
    assert outbox.send_due(delivery=Refusing(), at=at) == {"sent": 0, "retried": 1, "failed": 0}

    message = OutboxMessage.objects.get()
    assert message.error == "gateway: 550 <…> unknown"
    page = as_user(administrator).get(reverse("outbox-message", args=[message.public_id])).content.decode()
    assert message.error.replace("<", "&lt;").replace(">", "&gt;") in page
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FILTER (WHERE e::text LIKE %s) FROM batikportal_outboxmessageevent e",
                       [f"%{word}%"])  # fmt: skip
        assert cursor.fetchone() == (0,)


def test_a_private_message_is_forgotten_a_week_later_but_not_while_it_waits():
    factories.filed(contact=factories.CONTACT)
    factories.filed(contact=factories.CONTACT)
    waiting, sent = OutboxMessage.objects.order_by("pk")
    OutboxMessage.objects.filter(pk=sent.pk).update(state=MessageState.SENT, sent_at=timezone.now())
    assert outbox.forget_private(at=timezone.now() + timedelta(days=6)) == 0
    assert outbox.forget_private(at=timezone.now() + timedelta(days=8)) == 1
    assert outbox.forget_private(at=timezone.now() + timedelta(days=8)) == 0
    sent.refresh_from_db()
    waiting.refresh_from_db()
    assert (sent.address, sent.body, waiting.address) == ("–", "", PHONE)


def test_place_in_words_and_photo_go_with_the_contact(waste_officer):
    case = factories.triaged(
        waste_officer, contact=factories.CONTACT, photos=[photo()], location_text="Depan rumah saya, Warga Contoh"
    )
    part = actions.split(
        complaint=case, category=factories.category("smell"), description="Bau dari gudang", by=waste_officer, at=AT
    )
    actions.answer(complaint=case, text="Sudah.", by=waste_officer, at=AT)
    actions.close(complaint=case, text="Selesai.", by=waste_officer, at=AT)

    assert actions.anonymise_due(at=datetime(2026, 7, 7, 2, 0, tzinfo=UTC)) == 1

    case.refresh_from_db()
    part.refresh_from_db()
    assert (case.description, case.location_text, part.location_text) == ("", "(dihapus)", "(dihapus)")
    assert part.description == "Bau dari gudang"
    assert not models.ComplaintPhoto.objects.exists()


def test_who_joined_rates_and_asks_for_reopening_through_the_own_link(client, waste_officer):
    secret = "rahasia-pengikut"
    case = factories.triaged(waste_officer)
    follower = factories.filed(parent=case, secret=secret)
    page = reverse("wastewater:complaint-own")
    assert "Apakah jawaban ini membantu?" not in client.get(page, {"kunci": secret}).content.decode()
    now = timezone.now()
    actions.answer(complaint=case, text="Sudah.", by=waste_officer, at=now)

    client.post(page, {"kunci": secret, "tindakan": "nilai", "nilai": "not"})
    follower.refresh_from_db()
    case.refresh_from_db()
    assert (follower.satisfaction, case.satisfaction) == ("not", "")

    client.post(page, {"kunci": secret, "tindakan": "buka", "reason": "Di rumah saya masih merah"})
    follower.refresh_from_db()
    case.refresh_from_db()
    assert (case.state, follower.state) == (ComplaintState.REOPENED, ComplaintState.JOINED)
    assert (follower.reopening, follower.satisfaction) == ("Di rumah saya masih merah", "")
    assert "rumah saya" not in case.reopening + "".join(case.steps.values_list("public_text", flat=True))
    assert follower.number in case.reopening


def test_the_intake_form_keeps_its_photo_when_another_field_is_wrong(as_user, waste_officer):
    officer = as_user(waste_officer)
    page = reverse("wastewater:complaint-new")
    token = officer.get(page).context["intake_token"]
    answers = {"channel": "phone", "category": factories.category().pk, "ward": portal.ward().pk}
    wrong = officer.post(page, {"kunci_isian": token, **answers, "happened_on": "besok", "photo": picture()})
    assert "Foto tersimpan: air.jpg" in wrong.content.decode()
    assert models.Complaint.objects.count() == 0
    token = wrong.context["intake_token"]

    officer.post(page, {"kunci_isian": token, **answers})

    case = models.Complaint.objects.get()
    assert [one.file.name for one in case.photos.all()] == ["air.jpg"]
    assert case.photos.get().file.created_by == waste_officer
    assert not models.ComplaintDraft.objects.exists()


def test_a_pending_photo_may_be_taken_back_and_is_gone_after_a_day(as_user, waste_officer):
    officer = as_user(waste_officer)
    page = reverse("wastewater:complaint-new")
    answers = {"channel": "phone", "category": factories.category().pk, "happened_on": "besok"}
    token = officer.get(page).context["intake_token"]
    token = officer.post(page, {"kunci_isian": token, **answers, "photo": picture()}).context["intake_token"]
    assert models.ComplaintDraft.objects.get().photo is not None
    officer.post(page, {"kunci_isian": token, **answers, "hapus_foto": "on"})
    assert models.ComplaintDraft.objects.get().photo is None
    assert actions.forget_drafts(at=timezone.now() + timedelta(hours=25)) == 1
