"""Findings as lists, pages and alerts ask for them."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from batikportal.models import Area, Enterprise
from wastewater.choices.enforcement import FindingState, ReplyKind
from wastewater.models import Finding, FindingReply
from wastewater.queries.inspections import digits_of
from wastewater.rules import enforcement as rules


def found_findings(
    rows: QuerySet[Finding],
    *,
    cari: str = "",
    kecamatan: Area | None = None,
    keadaan: str = "",
    putusan: str = "",
    aspek: str = "",
    tahun: int | None = None,
) -> QuerySet[Finding]:
    """Findings narrowed by what the list asks."""
    if kecamatan:
        rows = rows.filter(ward__parent=kecamatan)
    if keadaan:
        rows = rows.filter(state=keadaan)
    if putusan:
        rows = rows.filter(outcome=putusan)
    if aspek:
        rows = rows.filter(aspect=aspek)
    if tahun:
        rows = rows.filter(created_at__year=tahun)
    if cari:
        match = (
            Q(enterprise__name__icontains=cari)
            | Q(enterprise__registration_number__icontains=cari)
            | Q(plant__name__icontains=cari)
            | Q(title__icontains=cari)
        )
        number = digits_of(cari)
        rows = rows.filter(match | Q(pk=number) if number is not None else match)
    return rows


def listed_findings(rows: QuerySet[Finding]) -> QuerySet[Any]:
    """With all that a row of the list prints."""
    return rows.select_related("enterprise", "plant", "ward__parent", "inspection").annotate(
        replies_count=Count("replies", filter=Q(replies__kind=ReplyKind.REPLY), distinct=True)
    )


def own_findings(enterprises: QuerySet[Enterprise]) -> QuerySet[Finding]:
    """What the owners of these enterprises see: everything that they were told, newest first."""
    return (
        Finding.objects.filter(enterprise__in=enterprises)
        .exclude(state=FindingState.OPEN)
        .select_related("enterprise")
        .order_by("-opened_at", "-pk")
    )


def windows_ending(rows: QuerySet[Finding], today: date, days: int) -> QuerySet[Finding]:
    """Reply windows that end within so many days, soonest first."""
    return rows.filter(
        state=FindingState.REPLY_WINDOW,
        reply_ended_at__isnull=True,
        reply_due_on__range=(today, today + timedelta(days=days)),
    ).order_by("reply_due_on", "pk")


def to_decide(rows: QuerySet[Finding], today: date) -> QuerySet[Finding]:
    """Findings whose right of reply is over and that wait for the office's decision, most urgent first."""
    return rows.filter(
        Q(reply_due_on__lt=today) | Q(reply_ended_at__isnull=False), state=FindingState.REPLY_WINDOW
    ).order_by("silence_due_on", "pk")


def uncured(rows: QuerySet[Finding], today: date) -> QuerySet[Finding]:
    """Upheld findings whose cure is overdue."""
    return rows.filter(state=FindingState.DECIDED, outcome__in=rules.STANDING_OUTCOMES, cure_due_on__lt=today).order_by(
        "cure_due_on", "pk"
    )


def with_answered(rows: QuerySet[Finding]) -> QuerySet[Finding]:
    replies = FindingReply.objects.filter(finding=OuterRef("pk"), kind=ReplyKind.REPLY)
    return rows.annotate(is_answered=Exists(replies))


def reported_cure(finding: Finding) -> FindingReply | None:
    """The firm's last word that it has put things right, while nobody has looked yet; None otherwise."""
    if not finding.stands:
        return None
    return (
        finding.replies.filter(kind=ReplyKind.CURE, replied_at__gte=finding.decided_at).order_by("-replied_at").first()
    )
