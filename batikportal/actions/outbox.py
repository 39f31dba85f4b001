"""Messages: queued in the transaction of their cause, sent later by background work, retried with growing pauses."""

import logging
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_tasks import task

from batikportal import messaging
from batikportal.choices import Channel, MessageState, Source
from batikportal.messaging import Delivery, DeliveryFailed
from batikportal.models import OutboxMessage, User

log = logging.getLogger(__name__)

MAX_ATTEMPTS = 6
FIRST_PAUSE = timedelta(minutes=1)
# Codes are worthless after ten minutes: they are not sent any more; their text goes after a day.
CODES_LIVE_FOR = timedelta(minutes=10)
KEEP_CODES_FOR = timedelta(days=1)
# Long enough to ask why a message did not arrive; after that nobody can read to whom it went.
KEEP_PRIVATE_FOR = timedelta(days=7)

BATCH = 100


class MessageRefused(Exception):
    """The message cannot be handled so; the message says why and what to do."""


def compose(
    *,
    template: str,
    to: User | str,
    context: Mapping[str, Any],
    by: User | None,
    is_secret: bool = False,
    is_private: bool = False,
) -> OutboxMessage:
    """An unsaved message: the first line of ``templates/messages/<template>.txt`` is the subject, the rest the text."""
    recipient = to if isinstance(to, User) else None
    # By constraint a user has a phone or an e-mail address.
    address = str((recipient.phone or recipient.email) if recipient else to)
    text = render_to_string(f"messages/{template}.txt", {**context, "recipient": recipient}).strip()
    subject, _newline, body = text.partition("\n")
    if "@" in address:
        channel = Channel.EMAIL
    else:
        channel = Channel.WHATSAPP if recipient and recipient.phone_is_whatsapp else Channel.SMS
    return OutboxMessage(
        recipient=recipient,
        address=address,
        channel=channel,
        template=template,
        subject=subject.strip(),
        body=body.strip(),
        is_secret=is_secret,
        is_private=is_private,
        created_by=by,
        source=Source.FORM,
    )


def queue(
    *, template: str, to: User | str, context: Mapping[str, Any], by: User | None, at: datetime, is_secret: bool = False
) -> OutboxMessage:
    """Write one message into the outbox, to be sent once the surrounding transaction is committed."""
    message = compose(template=template, to=to, context=context, by=by, is_secret=is_secret)
    message.next_attempt_at = at
    message.save()
    _wake_sender()
    return message


def queue_many(messages: Iterable[OutboxMessage], *, at: datetime) -> list[OutboxMessage]:
    """Write many composed messages in one statement."""
    rows = list(messages)
    for message in rows:
        message.next_attempt_at = at
    made = OutboxMessage.objects.bulk_create(rows)
    if made:
        _wake_sender()
    return made


def _wake_sender() -> None:
    """Enqueue the sending as a row of the same transaction: the worker sees it when, and only if, we commit."""

    send_outbox.enqueue()


def mark_sent_by_hand(*, message: OutboxMessage, by: User, at: datetime) -> None:
    """An officer copied the text and sent it herself."""
    if message.is_secret:
        raise MessageRefused(_("Pesan berisi kode tidak boleh diteruskan petugas. Minta penerima meminta kode baru."))
    if message.is_private:
        raise MessageRefused(_("Pesan ini hanya untuk penerimanya dan tidak diteruskan petugas."))
    changed = (
        OutboxMessage.objects.filter(pk=message.pk)
        .exclude(state__in=(MessageState.SENT, MessageState.STOPPED))
        .update(state=MessageState.SENT, sent_at=at, next_attempt_at=None, error="")
    )
    if not changed:
        raise MessageRefused(_("Pesan ini sudah terkirim, atau tidak jadi dikirim karena urusannya selesai."))


@transaction.atomic
def retry(*, message: OutboxMessage, by: User, at: datetime) -> None:
    """Put a failed message back into the queue."""
    if message.is_secret:
        raise MessageRefused(_("Kode lama tidak dikirim ulang. Minta penerima meminta kode baru."))
    changed = OutboxMessage.objects.filter(pk=message.pk, state=MessageState.FAILED).update(
        state=MessageState.QUEUED, attempts_count=0, next_attempt_at=at
    )
    if not changed:
        raise MessageRefused(_("Hanya pesan yang gagal yang dapat dikirim ulang."))
    _wake_sender()


def send_due(*, delivery: Delivery, at: datetime, limit: int = 100) -> dict[str, int]:
    """Send what is due, one message a transaction; two workers never take the same row."""
    counts = {"sent": 0, "retried": 0, "failed": 0}
    for _number in range(limit):
        with transaction.atomic():
            message = (
                OutboxMessage.objects.select_for_update(skip_locked=True)
                .filter(Q(state=MessageState.QUEUED), next_attempt_at__lte=at)
                .order_by("next_attempt_at", "pk")
                .first()
            )
            if message is None:
                break
            counts[_send_one(message, delivery, at)] += 1
    return counts


def _send_one(message: OutboxMessage, delivery: Delivery, at: datetime) -> str:
    row = OutboxMessage.objects.filter(pk=message.pk)
    if message.is_secret and message.created_at < at - CODES_LIVE_FOR:
        row.update(state=MessageState.FAILED, next_attempt_at=None, error="The code is too old to be sent.")
        return "failed"
    try:
        delivery.send(message)
    except Exception as failure:
        if not isinstance(failure, DeliveryFailed):
            # One message that nobody can send must not stop those behind it.
            log.exception("message %s cannot be sent", message.public_id)
        attempts = message.attempts_count + 1
        last = attempts >= MAX_ATTEMPTS
        row.update(
            attempts_count=F("attempts_count") + 1,
            state=MessageState.FAILED if last else MessageState.QUEUED,
            next_attempt_at=None if last else at + FIRST_PAUSE * 2 ** (attempts - 1),
            error=_without_address(str(failure) or type(failure).__name__, message)[:300],
        )
        return "failed" if last else "retried"
    row.update(
        state=MessageState.SENT, sent_at=at, next_attempt_at=None, error="", attempts_count=F("attempts_count") + 1
    )
    return "sent"


def _without_address(text: str, message: OutboxMessage) -> str:
    """Mail servers repeat the address that they refuse; the history of this column never forgets, so it goes."""
    for address in (message.address, message.address.removeprefix("+")):
        text = text.replace(address, "…")
    return text


def forget_codes(*, at: datetime) -> int:
    """Blank the text of messages with codes a day after they were written; returns how many."""
    old = OutboxMessage.objects.filter(is_secret=True, created_at__lt=at - KEEP_CODES_FOR).exclude(body="")
    return old.update(body="")


def forget_private(*, at: datetime) -> int:
    """Blank text and address of private messages a week after they were written, unless they still wait; how many."""
    old = OutboxMessage.objects.filter(is_private=True, created_at__lt=at - KEEP_PRIVATE_FOR)
    return old.exclude(state=MessageState.QUEUED).exclude(body="").update(body="", address="–", error="")


@task()
def send_outbox() -> dict[str, int]:
    """The background task enqueued with every message, in the same transaction; a full batch asks for another.

    It stands here, beside the door that enqueues it, and is the one place of this module that reads the clock.
    """
    counts = send_due(delivery=messaging.configured(), at=timezone.now(), limit=BATCH)
    if sum(counts.values()) >= BATCH:
        send_outbox.enqueue()
    return counts
