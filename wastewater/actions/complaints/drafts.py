"""Drafts of complaints: begun with the first step, kept for a day, found only by whoever holds the token."""

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from batikportal.models import StoredFile
from wastewater.models.complaints import ComplaintDraft

KEPT_FOR = timedelta(days=1)


def hash_of(secret: str) -> str:
    """What is stored of a secret of at least 128 random bits: guessing is hopeless, so no slow hash is needed."""
    return hashlib.sha256(secret.encode()).hexdigest()


def start_draft(*, secret: str, facts: Mapping[str, Any], at: datetime) -> ComplaintDraft:
    """Keep the first step."""
    return ComplaintDraft.objects.create(token_hash=hash_of(secret), started_at=at, facts=dict(facts))


def keep_draft(
    *, draft: ComplaintDraft, facts: Mapping[str, Any], photo: StoredFile | None = None, forget_photo: bool = False
) -> ComplaintDraft:
    """Add what a step brought; a new photo takes the place of the old one."""
    with transaction.atomic():
        held = ComplaintDraft.objects.select_for_update().get(pk=draft.pk)
        held.facts = {**held.facts, **facts}
        if photo is not None or forget_photo:
            held.photo = photo
        held.save(update_fields=["facts", "photo"])
    return held


def forget_drafts(*, at: datetime) -> int:
    """Delete drafts older than a day; their photos lose their last owner and go with the daily cleaning of files."""
    count, _rows = ComplaintDraft.objects.filter(started_at__lt=at - KEPT_FOR).delete()
    return count
