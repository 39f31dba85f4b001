"""Messages to reporters who left a contact and want to hear: in public words, never what others wrote or who asked."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from batikportal.actions import outbox
from wastewater.actions.complaints.steps import record
from wastewater.choices.complaints import ComplaintState, MessageKind, StepKind
from wastewater.models.complaints import Complaint, Reporter


def tell(case: Complaint, kind: MessageKind, *, at: datetime, with_joined: bool = True, **context: Any) -> int:
    """Queue one message for each reporter of the case, and of those that joined it, who wants messages; how many.

    Whoever stayed anonymous gets none. The address leaves its encryption only for the outbox, which shows it to nobody
    and forgets it a week later; the timeline notes that somebody was told, not who.
    """
    whose = Q(complaint=case)
    if with_joined:
        whose |= Q(complaint__parent=case, complaint__state=ComplaintState.JOINED)
    reporters = Reporter.objects.filter(whose, wants_messages=True, anonymised_at__isnull=True)
    messages = [_message(one, kind, case, context) for one in reporters.select_related("complaint").order_by("pk")]
    outbox.queue_many(messages, at=at)
    if messages:
        note = _("Pesan kepada pelapor (%(count)s): %(kind)s.") % {"count": len(messages), "kind": kind.label}
        record(case, StepKind.NOTE, note=note, by=None, at=at)
    return len(messages)


def _message(reporter: Reporter, kind: MessageKind, case: Complaint, context: Mapping[str, Any]):
    # By constraint whoever wants messages has a phone or an e-mail address.
    address = reporter.phone or reporter.email
    assert address is not None  # noqa: S101 - the constraint reporter_messages_need_an_address
    return outbox.compose(
        template=f"complaint_{kind}",
        to=address.reveal(),
        context={"number": reporter.complaint.number, "category": case.category, "case": case, **context},
        by=None,
        is_private=True,
    )
