"""Obligations as lists, reminders and figures ask for them."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, ExtractMonth, ExtractYear

from batikportal.models import Area, Enterprise
from wastewater.choices.discharge_logs import MonthState
from wastewater.choices.duties import ObligationState
from wastewater.models import DutyKind, Logbook, LogMonth, Obligation
from wastewater.rules.obligations import LOGBOOK_DUTY

SOON = timedelta(days=7)
# Overdue first: what waits, by its last day; then what is settled, latest first.
WAITING_FIRST = ("-is_waiting", "due_on", "pk")


def with_words(obligations: QuerySet[Obligation]) -> QuerySet[Obligation]:
    """With everything that a line of a list says, in the same query."""
    return obligations.select_related(
        "kind", "enterprise__ward__parent", "plant__ward__parent", "point", "parameter_set", "sample", "document"
    ).annotate(is_waiting=Q(state=ObligationState.DUE))


def found_obligations(
    obligations: QuerySet[Obligation],
    today: date,
    *,
    cari: str = "",
    jenis=None,
    keadaan: str = "",
    kecamatan: Area | None = None,
    dari: date | None = None,
    sampai: date | None = None,
) -> QuerySet[Obligation]:
    """Obligations narrowed by what the list page asks; "late" and "soon" are states of the day."""
    rows = obligations
    if cari:
        rows = rows.filter(
            Q(enterprise__name__icontains=cari)
            | Q(enterprise__registration_number__iexact=cari)
            | Q(plant__name__icontains=cari)
            | Q(point__code__iexact=cari)
        )
    if jenis:
        rows = rows.filter(kind=jenis)
    if keadaan == "late":
        rows = rows.filter(state=ObligationState.DUE, due_on__lt=today)
    elif keadaan == "soon":
        rows = rows.filter(state=ObligationState.DUE, due_on__range=(today, today + SOON))
    elif keadaan == "received_late":
        rows = rows.filter(state=ObligationState.RECEIVED, days_late__gt=0)
    elif keadaan:
        rows = rows.filter(state=keadaan)
    if kecamatan:
        rows = rows.filter(Q(enterprise__ward__parent=kecamatan) | Q(plant__ward__parent=kecamatan))
    if dari:
        rows = rows.filter(due_on__gte=dari)
    if sampai:
        rows = rows.filter(due_on__lte=sampai)
    return with_words(rows)


def waiting_counts(obligations: QuerySet[Obligation], today: date) -> dict[str, int]:
    """How many are overdue, fall due within a week, or wait for later; one query."""
    due = Q(state=ObligationState.DUE)
    return obligations.aggregate(
        late=Count("pk", filter=due & Q(due_on__lt=today)),
        soon=Count("pk", filter=due & Q(due_on__range=(today, today + SOON))),
        later=Count("pk", filter=due & Q(due_on__gt=today + SOON)),
    )


def overdue(today: date) -> QuerySet[Obligation]:
    """Not received though the last day is over, longest first."""
    return with_words(Obligation.objects.filter(state=ObligationState.DUE, due_on__lt=today)).order_by("due_on", "pk")


def own_obligations(enterprises: QuerySet[Enterprise]) -> QuerySet[Obligation]:
    """What these enterprises still owe, earliest last day first."""
    rows = Obligation.objects.filter(enterprise__in=enterprises, state=ObligationState.DUE)
    return with_words(rows).order_by("due_on", "pk")


def own_settled(enterprises: QuerySet[Enterprise]) -> QuerySet[Obligation]:
    """What these enterprises handed in or were freed of, latest period first."""
    rows = Obligation.objects.filter(enterprise__in=enterprises).exclude(state=ObligationState.DUE)
    return with_words(rows).order_by("-period_start", "pk")


def months_spoken_for() -> QuerySet[LogMonth]:
    """For an obligation to keep the logbook: months that were sent or that the logbook reminds of itself."""
    unwanted = Exists(Logbook.objects.filter(enterprise=OuterRef("enterprise"), wants_reminders=False))
    return LogMonth.objects.filter(
        Q(state=MonthState.CLOSED) | Q(due_reminded_at__isnull=False) | unwanted,
        _is_logbook(),
        enterprise=OuterRef("enterprise"),
        first_day__range=(OuterRef("period_start"), OuterRef("period_end")),
    )


def _is_logbook() -> Exists:
    return Exists(DutyKind.objects.filter(pk=OuterRef(OuterRef("kind")), code=LOGBOOK_DUTY))


def told_by_logbook(enterprise: Enterprise | None = None) -> list[Any]:
    """Obligations still owed all of whose months were sent, each with the moment and the person of the last one sent.

    `sent_at` and `sent_by` (None: the portal itself, after the deadline) come with every row.
    """
    months = LogMonth.objects.filter(
        enterprise=OuterRef("enterprise"), first_day__range=(OuterRef("period_start"), OuterRef("period_end"))
    )
    sent = months.filter(state=MonthState.CLOSED)
    rows = Obligation.objects.filter(state=ObligationState.DUE, kind__code=LOGBOOK_DUTY, enterprise__isnull=False)
    if enterprise is not None:
        rows = rows.filter(enterprise=enterprise)
    # A period of several months is told when each of them was sent.
    whole = (
        F("sent_count")
        - (ExtractYear("period_end") - ExtractYear("period_start")) * 12
        - (ExtractMonth("period_end") - ExtractMonth("period_start"))
    )
    return list(
        rows.annotate(
            sent_count=Coalesce(
                Subquery(sent.order_by().values("enterprise").annotate(count=Count("pk")).values("count")), 0
            ),
            sent_at=Subquery(sent.order_by("-closed_at").values("closed_at")[:1]),
            sent_by=Subquery(sent.order_by("-closed_at").values("closed_by")[:1]),
        )
        .annotate(months_beyond=whole)
        .filter(months_beyond=1)
        .select_related("kind")
        .order_by("due_on", "pk")
    )
