"""How decisions become answers: who may sign, which quotas would overflow, and the seal over what was signed."""

import hashlib
import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from django.utils.translation import gettext as _

from marketing.choices import Outcome, SigningRule


def signing_objection(rule: str, *, signer_id: int, decider_ids: Collection[int]) -> str | None:
    """Why this person may not sign a batch decided by those people, in words, or None."""
    if rule == SigningRule.INDEPENDENT and signer_id in decider_ids:
        return _("Anda ikut memutuskan berkas di kelompok ini. Minta pejabat lain yang menandatangani.")
    if rule == SigningRule.NOT_ALONE and set(decider_ids) == {signer_id}:
        return _("Semua berkas di kelompok ini Anda putuskan sendiri. Minta pejabat lain yang menandatangani.")
    return None


def outcome_counts(outcomes: Iterable[str]) -> dict[str, int]:
    """How many of each outcome, none left out."""
    found = Counter(outcomes)
    return {outcome: found.get(outcome, 0) for outcome in Outcome.values}


def overfull(left_by_quota: Mapping[int, int], counted: Iterable[Collection[int]]) -> dict[int, int]:
    """Quotas that would overflow if every application in ``counted`` got a seat: quota id to seats too many."""
    wanted = Counter(quota_id for quota_ids in counted for quota_id in quota_ids)
    return {quota_id: n - left_by_quota[quota_id] for quota_id, n in wanted.items() if n > left_by_quota[quota_id]}


def seal(decisions: Iterable[tuple[str, str, int | None, str]]) -> str:
    """SHA-256 over (application, outcome, rank, reason) of a batch; what is released must be what was signed."""
    lines = sorted([str(application), outcome, rank, reason] for application, outcome, rank, reason in decisions)
    return hashlib.sha256(json.dumps(lines, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()
