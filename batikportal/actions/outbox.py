"""Messages: queued in the transaction of their cause, sent later by background work, retried with growing pauses."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.template.loader import render_to_string

from batikportal.choices import Channel, MessageState, Source
from batikportal.messaging import Delivery, DeliveryFailed
from batikportal.models import OutboxMessage, User

MAX_ATTEMPTS = 6
FIRST_PAUSE = timedelta(minutes=1)


def compose(
    *, template: str, to: User | str, context: Mapping[str, Any], by: User | None, is_secret: bool = False
) -> OutboxMessage:
    """An unsaved message: the first line of ``templates/messages/<template>.txt`` is the subject, the rest the text."""
    recipient = to if isinstance(to, User) else None
    address = (recipient.phone or recipient.email or "") if recipient else str(to)
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
    return message


def queue_many(messages: Iterable[OutboxMessage], *, at: datetime) -> list[OutboxMessage]:
    """Write many composed messages in one statement."""
    rows = list(messages)
    for message in rows:
        message.next_attempt_at = at
    return OutboxMessage.objects.bulk_create(rows)


def mark_sent_by_hand(*, message: OutboxMessage, by: User, at: datetime) -> None:
    """An officer copied the text and sent it herself."""
    OutboxMessage.objects.filter(pk=message.pk).exclude(state=MessageState.SENT).update(
        state=MessageState.SENT, sent_at=at, next_attempt_at=None, error=""
    )


def retry(*, message: OutboxMessage, by: User, at: datetime) -> None:
    """Put a failed message back into the queue."""
    OutboxMessage.objects.filter(pk=message.pk, state=MessageState.FAILED).update(
        state=MessageState.QUEUED, attempts_count=0, next_attempt_at=at
    )


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
    try:
        delivery.send(message)
    except DeliveryFailed as failure:
        attempts = message.attempts_count + 1
        last = attempts >= MAX_ATTEMPTS
        row.update(
            attempts_count=F("attempts_count") + 1,
            state=MessageState.FAILED if last else MessageState.QUEUED,
            next_attempt_at=None if last else at + FIRST_PAUSE * 2 ** (attempts - 1),
            error=str(failure)[:300],
        )
        return "failed" if last else "retried"
    row.update(
        state=MessageState.SENT, sent_at=at, next_attempt_at=None, error="", attempts_count=F("attempts_count") + 1
    )
    return "sent"
