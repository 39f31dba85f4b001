"""The worker's voice: told without a name, answered, added to, and deleted in time."""

import hashlib
import secrets
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from batikportal import audit
from workforce.actions.refusals import Refused
from workforce.choices.voice import VoiceState
from workforce.models import VoiceMessage, VoiceReport
from workforce.rules import voice as rules


class NothingWritten(Refused):
    sentence = _("Tulis sesuatu dahulu.")
    field = "text"


def hash_of(secret: str) -> str:
    """What is kept of a secret of 192 random bits: guessing is hopeless, so no slow hash is needed."""
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def tell(*, topic: str, text: str, ward: Any, workplace: str, at: datetime) -> tuple[VoiceReport, str]:
    """A new report and its secret, which is shown once and kept by nobody."""
    secret = secrets.token_urlsafe(24)
    report = VoiceReport.objects.create(
        number=_fresh_number(at),
        token_hash=hash_of(secret),
        topic=topic,
        ward=ward,
        workplace=workplace.strip() or None,
        received_at=at,
        delete_on=rules.delete_on(timezone.localdate(at)),
    )
    _write(report, text, None, at)
    return report, secret


def _fresh_number(at: datetime) -> str:
    """Six random digits: silent about how many reports there are."""
    while True:
        number = f"S{timezone.localtime(at):%y}-{secrets.randbelow(1_000_000):06d}"
        if not VoiceReport.objects.filter(number=number).exists():
            return number


def _write(report: VoiceReport, text: str, by: Any, at: datetime) -> None:
    if not text.strip():
        raise NothingWritten
    VoiceMessage.objects.create(report=report, by=by, text=text.strip(), at=at)


@transaction.atomic
def add_words(*, report: VoiceReport, text: str, at: datetime) -> None:
    """The reporter adds something; whoever answered reads again."""
    held = VoiceReport.objects.select_for_update().get(pk=report.pk)
    _write(held, text, None, at)
    held.state, held.delete_on = VoiceState.RECEIVED, rules.delete_on(timezone.localdate(at))
    held.save(update_fields=["state", "delete_on"])


@transaction.atomic
def answer(*, report: VoiceReport, text: str, close: bool, by, at: datetime) -> None:
    """The office answers; the reporter reads it with the secret."""
    held = VoiceReport.objects.select_for_update().get(pk=report.pk)
    _write(held, text, by, at)
    # A later answer leaves a closed report closed; only new words of the reporter open it again.
    is_closed = close or held.state == VoiceState.CLOSED
    held.state = VoiceState.CLOSED if is_closed else VoiceState.ANSWERED
    held.delete_on = rules.delete_on(timezone.localdate(at))
    held.save(update_fields=["state", "delete_on"])


def log_read(*, report: VoiceReport, by) -> None:
    """Somebody of the office opened the words of a report."""
    audit.read(by, report, fields=["text", "workplace"], purpose=str(_("Suara pekerja dibuka")))


def forget_old(*, at: datetime) -> int:
    """Reports whose day has come, with all words."""
    due = VoiceReport.objects.filter(delete_on__lte=timezone.localdate(at))
    count = due.count()
    due.delete()
    return count
