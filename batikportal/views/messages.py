"""The outbox: what the portal told whom, texts to copy, and in the demo the codes on screen."""

from urllib.parse import quote

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from batikportal import access, actions
from batikportal.actions.outbox import MessageRefused
from batikportal.choices import Channel, MessageState
from batikportal.forms.messages import OutboxFilter
from batikportal.models import OutboxMessage
from batikportal.queries import outbox as queries

PAGE_SIZE = 50
SHOWN_IN_DEMO = 20
TONES: dict[str, str] = {
    MessageState.DRAFT: "neutral",
    MessageState.QUEUED: "info",
    MessageState.SENT: "good",
    MessageState.FAILED: "bad",
    MessageState.STOPPED: "neutral",
}


@access.needs("batikportal.view_outboxmessage")
@require_safe
def outbox(request):
    form = OutboxFilter(request.GET or None, templates=queries.used_templates())
    chosen = form.cleaned_data if form.is_bound and form.is_valid() else {}
    rows = queries.found_messages(
        text=chosen.get("cari", ""),
        state=chosen.get("status", ""),
        channel=chosen.get("saluran", ""),
        template=chosen.get("templat", ""),
        since=chosen.get("dari"),
        until=chosen.get("sampai"),
    )
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("halaman"))
    counts = queries.messages_by_state()
    context = {
        "filter": form,
        "page": page,
        "entries": [{"message": message, "tone": TONES[message.state]} for message in page],
        "states": [(state, MessageState(state).label, counts.get(state, 0)) for state in ("queued", "failed", "sent")],
    }
    return render(request, "outbox/outbox.html", context)


def _whatsapp_url(message: OutboxMessage) -> str:
    """The address that opens WhatsApp with the text ready to be sent; only for phones."""
    if message.channel == Channel.EMAIL or not message.address.startswith("+"):
        return ""
    return f"https://wa.me/{message.address.removeprefix('+')}?text={quote(message.body, safe='')}"


@access.needs("batikportal.view_outboxmessage")
@require_safe
def outbox_message(request, public_id):
    """One message; a code or private text is for its recipient alone, except in the demo."""
    message = get_object_or_404(OutboxMessage.objects.select_related("recipient", "created_by"), public_id=public_id)
    hidden = (message.is_secret or message.is_private) and not settings.DEMO
    may_send = request.user.has_perm("batikportal.send_outboxmessage")
    context = {
        "message": message,
        "tone": TONES[message.state],
        "hidden": hidden,
        "whatsapp_url": "" if hidden or not may_send else _whatsapp_url(message),
        "may_mark": may_send
        and not message.is_secret
        and not message.is_private
        and message.state not in (MessageState.SENT, MessageState.STOPPED),
        "may_retry": may_send and message.state == MessageState.FAILED and not message.is_secret,
    }
    return render(request, "outbox/outbox_message.html", context)


@access.needs("batikportal.send_outboxmessage")
@require_POST
def outbox_sent(request, public_id):
    """The officer sent the copied text herself."""
    message = get_object_or_404(OutboxMessage, public_id=public_id)
    try:
        actions.outbox.mark_sent_by_hand(message=message, by=request.user, at=timezone.now())
    except MessageRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Tercatat sudah terkirim."))
    return redirect("outbox-message", public_id)


@access.needs("batikportal.send_outboxmessage")
@require_POST
def outbox_retry(request, public_id):
    message = get_object_or_404(OutboxMessage, public_id=public_id)
    try:
        actions.outbox.retry(message=message, by=request.user, at=timezone.now())
    except MessageRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Pesan masuk antrean lagi."))
    return redirect("outbox-message", public_id)


@access.public
@require_safe
@never_cache
def demo_messages(request):
    """The last messages with their codes, so that whoever tries the demo can read what a phone would show."""
    if not settings.DEMO:
        raise Http404
    return render(request, "outbox/demo_messages.html", {"entries": queries.latest_messages(SHOWN_IN_DEMO)})
