"""Reads about messages."""

from datetime import date

from django.db.models import Count, Q, QuerySet

from batikportal.models import OutboxMessage


def found_messages(
    *,
    text: str = "",
    state: str = "",
    channel: str = "",
    template: str = "",
    since: date | None = None,
    until: date | None = None,
) -> QuerySet[OutboxMessage]:
    """Messages, narrowed, newest first."""
    rows = OutboxMessage.objects.select_related("recipient")
    if text:
        rows = rows.filter(Q(subject__icontains=text) | Q(recipient__full_name__icontains=text) | _address_like(text))
    if state:
        rows = rows.filter(state=state)
    if channel:
        rows = rows.filter(channel=channel)
    if template:
        rows = rows.filter(template=template)
    if since:
        rows = rows.filter(created_at__date__gte=since)
    if until:
        rows = rows.filter(created_at__date__lte=until)
    return rows.order_by("-created_at", "-pk")


def _address_like(text: str) -> Q:
    """Private messages are never found by their address: the search would tell whose it is."""
    digits = "".join(sign for sign in text if sign.isascii() and sign.isdigit())
    if len(digits) >= 4 and "@" not in text:
        return Q(address__contains=digits.lstrip("0"), is_private=False)
    return Q(address__icontains=text.strip(), is_private=False) if "@" in text else Q(pk__isnull=True)


def messages_by_state() -> dict[str, int]:
    """How many messages are in each state."""
    return dict(OutboxMessage.objects.order_by().values_list("state").annotate(Count("pk")))


def used_templates() -> list[str]:
    """The templates of which at least one message exists."""
    return list(OutboxMessage.objects.order_by("template").values_list("template", flat=True).distinct())


def latest_messages(limit: int) -> QuerySet[OutboxMessage]:
    """The newest messages, whatever became of them."""
    return OutboxMessage.objects.order_by("-created_at", "-pk")[:limit]
