"""Lists of complaints for staff and for the public, and everything that one case page shows."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Case, Count, Exists, OuterRef, Prefetch, Q, QuerySet, When
from django.utils import timezone

from batikportal.models import Area
from wastewater.choices.complaints import ComplaintState, HandlingRole, HandlingState, HandoverState, StepKind
from wastewater.models.complaints import (
    Agency,
    AgencyHandling,
    Complaint,
    ComplaintCategory,
    ComplaintDraft,
    ComplaintQuestion,
    ComplaintStep,
    Handover,
    Reporter,
    ResponseTemplate,
)
from wastewater.rules import complaints as rules

OPEN = "open"


def late_on(today: date) -> Q:
    """Open, promised for an earlier day, and not waiting for its reporter."""
    states = [state for state in rules.OPEN_STATES if state != ComplaintState.WAITING]
    return Q(state__in=states, due_on__lt=today)


def in_place(area: Area | None, path: str = "ward") -> Q:
    """In the ward or district; everything when none is named."""
    return Q(**{path: area}) | Q(**{f"{path}__parent": area}) if area else Q()


def found_complaints(
    rows: QuerySet[Complaint],
    *,
    cari: str = "",
    keadaan: str = "",
    kategori: ComplaintCategory | None = None,
    wilayah: Area | None = None,
    kecamatan: Area | None = None,
    instansi: Agency | None = None,
    saluran: str = "",
    dari: date | None = None,
    sampai: date | None = None,
    dijawab_dari: date | None = None,
    dijawab_sampai: date | None = None,
    janji_dari: date | None = None,
    janji_sampai: date | None = None,
    lewat: bool = False,
    hari_ini: date | None = None,
) -> QuerySet[Complaint]:
    """Complaints narrowed by what the list page asks; text is looked for in numbers and in what staff wrote."""
    if cari:
        rows = rows.filter(
            Q(number__icontains=cari)
            | Q(national_number__icontains=cari)
            | Q(public_text__icontains=cari)
            | Q(enterprise__name__icontains=cari)
            | Q(ward__name__icontains=cari)
        )
    if keadaan == OPEN:
        rows = rows.filter(state__in=rules.OPEN_STATES)
    elif keadaan:
        rows = rows.filter(state=keadaan)
    if kategori:
        rows = rows.filter(category=kategori)
    rows = rows.filter(in_place(wilayah), in_place(kecamatan))
    if instansi:
        part = AgencyHandling.objects.filter(complaint=OuterRef("pk"), agency=instansi)
        rows = rows.filter(Exists(part))
    if saluran:
        rows = rows.filter(channel=saluran)
    for lookup, day in (
        ("received_at__date__gte", dari),
        ("received_at__date__lte", sampai),
        ("first_answered_at__date__gte", dijawab_dari),
        ("first_answered_at__date__lte", dijawab_sampai),
    ):
        if day:
            rows = rows.filter(**{lookup: day})
    if janji_dari and janji_sampai:
        rows = rows.filter(promised_between(janji_dari, janji_sampai))
    return rows.filter(late_on(hari_ini or timezone.localdate())) if lewat else rows


def promised_between(start: date, end: date) -> Q:
    """Whose first promise fell into the period, answered or not; joined and rejected ones were promised nothing."""
    answered = Q(first_due_on__range=(start, end))
    open_ones = Q(first_due_on__isnull=True, due_on__range=(start, end), state__in=rules.OPEN_STATES)
    return answered | open_ones


def listed(rows: QuerySet[Complaint]) -> QuerySet[Complaint]:
    """With what a line of the list shows: the lead, the kelurahan, and how many joined; two queries."""
    leads = AgencyHandling.objects.filter(role=HandlingRole.LEAD).select_related("agency")
    return (
        rows.select_related("category", "ward__parent", "parent")
        .prefetch_related(Prefetch("handlings", leads, to_attr="leads"))
        .annotate(joined_count=Count("joined", distinct=True))
    )


def overdue_first(rows: QuerySet[Complaint], today: date) -> QuerySet[Complaint]:
    """Late ones by their promise, then open ones by theirs, then the rest, newest first."""
    order = Case(When(late_on(today), then=0), When(state__in=rules.OPEN_STATES, then=1), default=2)
    return rows.annotate(order=order).order_by("order", Case(When(order__lt=2, then="due_on")), "-received_at", "-pk")


def states_count(rows: QuerySet[Complaint]) -> dict[str, int]:
    """How many stand in each state."""
    return dict(rows.values_list("state").annotate(count=Count("pk")).order_by())


def handlings_of(complaint: Complaint) -> list[AgencyHandling]:
    """The agencies, the lead first."""
    return list(complaint.handlings.select_related("agency").order_by("role", "since_on", "pk"))


def open_handover(complaint: Complaint) -> Handover | None:
    rows = complaint.handovers.filter(state=HandoverState.OFFERED).select_related("sender", "receiver")
    return rows.first()


def open_question(complaint: Complaint) -> ComplaintQuestion | None:
    return complaint.questions.filter(ended_at__isnull=True).first()


def steps_of(complaint: Complaint, *, public_only: bool) -> list[ComplaintStep]:
    """The timeline, newest first; for the public the lines that tell something to everybody."""
    rows = complaint.steps.select_related("by").order_by("-at", "-pk")
    if public_only:
        rows = rows.filter(~Q(public_text="") | Q(kind=StepKind.MOVED)).exclude(kind=StepKind.NOTE)
    return list(rows)


def by_secret(token_hash: str) -> Complaint | None:
    """The case whose secret has this hash, with the case that it follows."""
    rows = Complaint.objects.select_related("category", "ward", "parent__category", "parent__ward", "term")
    return rows.filter(token_hash=token_hash).first()


def draft_by_secret(token_hash: str) -> ComplaintDraft | None:
    return ComplaintDraft.objects.select_related("photo").filter(token_hash=token_hash).first()


def reporter_of(complaint: Complaint) -> Reporter | None:
    return Reporter.objects.filter(complaint=complaint).first()


def templates_for(kind: str) -> list[ResponseTemplate]:
    return list(ResponseTemplate.objects.filter(kind=kind, is_active=True))


def waiting_to_accept(today: date) -> QuerySet[AgencyHandling]:
    """Parts that should have been passed on by now and were not."""
    rows = AgencyHandling.objects.filter(
        state=HandlingState.WAITING, forwarded_on__isnull=True, forward_due_on__lt=today
    )
    return rows.filter(complaint__state__in=rules.OPEN_STATES).select_related("agency", "complaint__category")


def facts_for_templates(complaint: Complaint, lead: str, day: Mapping[str, Any]) -> dict[str, str]:
    """What the placeholders of a response template stand for."""
    return {
        "nomor": complaint.number,
        "kategori": str(complaint.category),
        "kelurahan": complaint.ward.name if complaint.ward else "Pekalongan",
        "kantor": lead,
        **{name: str(value) for name, value in day.items()},
    }
