"""Reports of workers: by their secret, for the office, and counts that point at nobody."""

from datetime import date, timedelta

from django.db.models import Count, QuerySet

from workforce.choices.voice import VoiceTopic
from workforce.models import VoiceMessage, VoiceReport
from workforce.rules import publishable


def by_token(token_hash: str) -> VoiceReport | None:
    """The report that a secret opens."""
    return VoiceReport.objects.filter(token_hash=token_hash).select_related("ward").first()


def words_of(report: VoiceReport) -> list[tuple[VoiceMessage, str]]:
    """The words in clear, oldest first; whoever calls this is the reporter, or logs the reading."""
    return [(one, one.text.reveal()) for one in report.messages.order_by("at", "pk")]


def reports() -> QuerySet[VoiceReport]:
    """All reports, newest first, without words."""
    return VoiceReport.objects.select_related("ward", "enterprise").order_by("-received_at", "-pk")


def public_counts(today: date) -> list[tuple[str, int]]:
    """Reports of the last 365 days by topic, only counts of five or more."""
    rows = (
        VoiceReport.objects.filter(received_at__date__gt=today - timedelta(days=365))
        .order_by()
        .values_list("topic")
        .annotate(count=Count("pk"))
    )
    found = dict(rows)
    return [(str(topic.label), found[topic.value]) for topic in VoiceTopic if publishable(found.get(topic.value, 0))]
