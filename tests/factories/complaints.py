"""Complaints for tests, filed through their own door; categories, terms and agencies come from the migration."""

import secrets
from datetime import UTC, datetime
from decimal import Decimal

from tests.factories import portal
from wastewater.actions import complaints as actions
from wastewater.models import complaints as models

RECEIVED = datetime(2026, 1, 8, 2, 0, tzinfo=UTC)  # Thursday, 09:00 in Pekalongan
KAUMAN = (Decimal("-6.88869"), Decimal("109.67601"))


def category(code: str = "coloured-water") -> models.ComplaintCategory:
    return models.ComplaintCategory.objects.get(code=code)


def agency(code: str = "dlh-kota") -> models.Agency:
    return models.Agency.objects.get(code=code)


def report(**fields) -> actions.Report:
    chosen = {"category": category(), "description": "Airnya merah.", "ward": portal.ward(), **fields}
    return actions.Report(**chosen)


def filed(
    *, at=RECEIVED, secret: str = "", contact=None, parent=None, photos=(), by=None, channel="web", link="", **fields
):
    """A received complaint: ``filed(category=category("question"), colour="red")``."""
    return actions.file_complaint(
        report=report(**fields),
        secret=secret or secrets.token_urlsafe(24),
        contact=contact,
        parent=parent,
        photos=photos,
        channel=channel,
        link=link,
        by=by,
        at=at,
    )


def triaged(by, *, at=RECEIVED, moderation: str = "facts", public_text: str = "", sentence: str = "", **fields):
    """A complaint that somebody has read."""
    case = filed(at=at, **fields)
    return actions.triage(
        complaint=case, category=case.category, ward=case.ward, moderation=moderation, public_text=public_text,
        sentence=sentence, by=by, at=at,
    )  # fmt: skip


def answered(by, *, at=RECEIVED, **fields):
    """A complaint with an answer."""
    return actions.answer(complaint=triaged(by, at=at, **fields), text="Sudah diperiksa.", by=by, at=at)


def closed(by, *, at=RECEIVED, **fields):
    return actions.close(complaint=answered(by, at=at, **fields), text="Selesai.", by=by, at=at)


CONTACT = actions.Contact(
    name="Warga Contoh", phone="+6281200001234", email="warga@contoh.invalid", wants_messages=True
)
