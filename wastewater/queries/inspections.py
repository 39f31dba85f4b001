"""Inspections as the plan board, the lists and the figures ask for them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Case, Count, F, Q, QuerySet, Value, When

from batikportal.models import Area
from wastewater.choices.inspections import Aspect, InspectionState
from wastewater.models import ChecklistItem, Inspection, Violation
from wastewater.models.complaints import Complaint
from wastewater.rules import inspections as rules

# Planned inspections that ended without a look still belong to the plan, unless they were planned again.
NOT_COUNTED = Q(state=InspectionState.NOT_INSPECTED, replacements__isnull=False)


@dataclass(frozen=True)
class Quarter:
    """One quarter of the plan board."""

    quarter: int
    planned: int
    done: int
    running: int
    impossible: int
    is_behind: bool


def quarter_of(day: date) -> int:
    return (day.month + 2) // 3


def quarter_end(year: int, quarter: int) -> date:
    following = date(year + 1, 1, 1) if quarter == 4 else date(year, quarter * 3 + 1, 1)
    return following - timedelta(days=1)


def digits_of(text: str) -> int | None:
    """The number behind PGW-00012 and the like."""
    digits = "".join(sign for sign in text if sign.isdigit())
    return int(digits) if digits and len(digits) < 10 else None


def found_inspections(
    rows: QuerySet[Inspection],
    *,
    cari: str = "",
    tahun: int | None = None,
    triwulan: str = "",
    kecamatan: Area | None = None,
    keadaan: str = "",
    jenis: str = "",
) -> QuerySet[Inspection]:
    """Inspections narrowed by what the plan board asks."""
    if tahun:
        rows = rows.filter(year=tahun)
    if triwulan:
        rows = rows.filter(quarter=int(triwulan))
    if kecamatan:
        rows = rows.filter(ward__parent=kecamatan)
    if keadaan:
        rows = rows.filter(state=keadaan)
    if jenis:
        rows = rows.filter(kind=jenis)
    if cari:
        match = (
            Q(enterprise__name__icontains=cari)
            | Q(enterprise__registration_number__icontains=cari)
            | Q(plant__name__icontains=cari)
            | Q(report_number__icontains=cari)
            | Q(assignment_number__icontains=cari)
            | Q(origin_reference__icontains=cari)
        )
        number = digits_of(cari)
        rows = rows.filter(match | Q(pk=number) if number is not None else match)
    return rows


def listed_inspections(rows: QuerySet[Inspection]) -> QuerySet[Any]:
    """With all that a row of the list prints."""
    return rows.select_related("enterprise", "plant", "ward__parent").annotate(
        findings_count=Count("findings", distinct=True)
    )


def of_complaint(complaint: Complaint, user) -> QuerySet[Inspection]:
    """The inspections that a complaint led to, among those that the user may read."""
    return _with_outcome(Inspection.objects.visible_to(user).filter(complaint=complaint))


def of_violation(violation: Violation, user) -> QuerySet[Inspection]:
    """The inspections that a violation led to, or whose findings rest on it, among those that the user may read."""
    led_to = (
        Q(violation=violation)
        | Q(pk__in=violation.inspection_links.values("inspection"))
        | Q(pk__in=violation.findings.values("inspection"))
    )
    return _with_outcome(Inspection.objects.visible_to(user).filter(led_to))


def awaiting_look(subjects: Iterable[tuple[int | None, int | None]]) -> dict[tuple[int | None, int | None], Inspection]:
    """The planned or running inspection of each enterprise or plant (primary keys) that has one; the latest planned."""
    enterprises, plants = zip(*subjects, strict=True) if (subjects := list(subjects)) else ((), ())
    rows = Inspection.objects.filter(
        Q(enterprise__in=[one for one in enterprises if one]) | Q(plant__in=[one for one in plants if one]),
        state__in=[InspectionState.PLANNED, InspectionState.ONGOING],
    )
    return {(row.enterprise_id, row.plant_id): row for row in rows.order_by("year", "quarter", "pk")}


def looks_into(inspection: Inspection) -> QuerySet[Violation]:
    """The violation that an inspection began with, and those that it also looks into."""
    return Violation.objects.filter(
        Q(pk=inspection.violation_id) | Q(pk__in=inspection.violation_links.values("violation"))
    )


def _with_outcome(rows: QuerySet[Inspection]) -> QuerySet[Inspection]:
    return rows.select_related("enterprise", "plant").prefetch_related("findings").order_by("-pk")


def board(rows: QuerySet[Inspection], year: int, today: date) -> list[Quarter]:
    """The plan of a year by quarter: planned, done, running, impossible; a quarter that is over may be behind."""
    counts = {
        row["quarter"]: row
        for row in rows.filter(year=year)
        .exclude(NOT_COUNTED)
        .values("quarter")
        .annotate(
            planned=Count("pk", distinct=True),
            done=Count("pk", filter=Q(state__in=rules.DONE), distinct=True),
            running=Count(
                "pk", filter=Q(state__in=[InspectionState.ONGOING, InspectionState.REPORT_DRAFTED]), distinct=True
            ),
            impossible=Count("pk", filter=Q(state=InspectionState.NOT_INSPECTED), distinct=True),
        )
        .order_by("quarter")
    }
    empty = {"planned": 0, "done": 0, "running": 0, "impossible": 0}
    quarters = []
    for quarter in range(1, 5):
        row = counts.get(quarter, empty)
        behind = quarter_end(year, quarter) < today and row["done"] < row["planned"]
        quarters.append(Quarter(quarter, row["planned"], row["done"], row["running"], row["impossible"], behind))
    return quarters


def years_of(rows: QuerySet[Inspection], this_year: int) -> list[int]:
    known = set(rows.order_by().values_list("year", flat=True).distinct())
    return sorted(known | {this_year, this_year + 1}, reverse=True)


def aspects_of(inspection: Inspection) -> list[tuple[Aspect, int, int, int]]:
    """Each aspect with its questions, how many are answered, and how many do not comply."""
    if inspection.checklist_id is None:
        return []
    asked = dict(
        ChecklistItem.objects.filter(checklist=inspection.checklist_id)
        .order_by()
        .values_list("aspect")
        .annotate(count=Count("pk"))
    )
    answered = {
        row["item__aspect"]: row
        for row in inspection.answers.order_by()
        .values("item__aspect")
        .annotate(count=Count("pk"), fails=Count("pk", filter=Q(status="fails")))
    }
    nothing = {"count": 0, "fails": 0}
    return [
        (aspect, asked[aspect], answered.get(aspect, nothing)["count"], answered.get(aspect, nothing)["fails"])
        for aspect in Aspect
        if aspect in asked
    ]


def of_year_first(rows: QuerySet[Inspection], year: int) -> QuerySet[Inspection]:
    """The year at hand before the plan of the next one, each from its end."""
    elsewhere = Case(When(year=year, then=Value(0)), default=Value(1))
    return rows.order_by(elsewhere, "-year", "-quarter", "-pk")


def aspects_without_finding(inspection: Inspection, aspects: list[tuple[Aspect, int, int, int]]) -> list[Aspect]:
    """Aspects with a question that does not comply and no finding that says so."""
    told = set(inspection.findings.values_list("aspect", flat=True))
    return [aspect for aspect, _asked, _answered, fails in aspects if fails and aspect not in told]


def unsigned_reports(rows: QuerySet[Inspection]) -> QuerySet[Inspection]:
    """Inspections whose team has begun and whose report is not signed, longest ago first."""
    return rows.filter(state__in=[InspectionState.ONGOING, InspectionState.REPORT_DRAFTED]).order_by("started_at", "pk")


def behind_plan(rows: QuerySet[Inspection], today: date) -> QuerySet[Inspection]:
    """Planned inspections whose quarter, or month where one is named, is over."""
    over = (
        Q(year__lt=today.year)
        | Q(year=today.year, quarter__lt=quarter_of(today))
        | Q(year=today.year, month__lt=today.month)
    )
    return rows.filter(over, state=InspectionState.PLANNED).order_by("year", "quarter", "month", "pk")


def due_on(inspection: Inspection) -> date:
    """The last day of the month or quarter for which it is planned."""
    if inspection.month is None:
        return quarter_end(inspection.year, inspection.quarter)
    if inspection.month == 12:
        return date(inspection.year, 12, 31)
    return date(inspection.year, inspection.month + 1, 1) - timedelta(days=1)


def counts_by_district() -> list[dict[str, Any]]:
    """How many inspections were planned, done and impossible, by quarter and district, newest first."""
    rows: QuerySet[Any] = (
        Inspection.objects.exclude(NOT_COUNTED)
        .values("year", "quarter", district=F("ward__parent__name"))
        .annotate(
            planned=Count("pk"),
            done=Count("pk", filter=Q(state__in=rules.DONE)),
            impossible=Count("pk", filter=Q(state=InspectionState.NOT_INSPECTED)),
        )
        .order_by("-year", "-quarter", "district")
    )
    return list(rows)
