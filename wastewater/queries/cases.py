"""Enforcement cases as lists, pages, alerts and figures ask for them."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from batikportal.models import Area, Enterprise
from wastewater.choices.enforcement import CaseState, ObjectionOutcome
from wastewater.models import Coaching, EnforcementCase, EnforcementDecision, Milestone, Objection, OrderedItem
from wastewater.queries.inspections import digits_of
from wastewater.queries.risk import overdue_orders
from wastewater.rules import enforcement as rules


def found_cases(
    rows: QuerySet[EnforcementCase],
    *,
    cari: str = "",
    kecamatan: Area | None = None,
    keadaan: str = "",
    jenis: str = "",
    keputusan: str = "",
) -> QuerySet[EnforcementCase]:
    """Cases narrowed by what the list asks."""
    if kecamatan:
        rows = rows.filter(ward__parent=kecamatan)
    if keadaan:
        rows = rows.filter(state=keadaan)
    if jenis or keputusan:
        fitting = EnforcementDecision.objects.filter(case=OuterRef("pk"))
        fitting = fitting.filter(kind=jenis) if jenis else fitting
        rows = rows.filter(Exists(fitting.filter(state=keputusan) if keputusan else fitting))
    if cari:
        match = (
            Q(enterprise__name__icontains=cari)
            | Q(enterprise__registration_number__icontains=cari)
            | Q(plant__name__icontains=cari)
            | Q(title__icontains=cari)
            | Q(pk__in=EnforcementDecision.objects.filter(decree_number__icontains=cari).values("case"))
        )
        number = digits_of(cari)
        rows = rows.filter(match | Q(pk=number) if number is not None else match)
    return rows


def listed_cases(rows: QuerySet[EnforcementCase], today: date) -> QuerySet[Any]:
    """With all that a row of the list prints."""
    return (
        rows.select_related("enterprise", "plant", "ward__parent")
        .prefetch_related("decisions")
        .annotate(
            findings_count=Count("links", distinct=True),
            overdue_count=Count(
                "decisions__items", filter=Q(decisions__items__in=overdue_orders(today)), distinct=True
            ),
        )
    )


def open_cases(rows: QuerySet[EnforcementCase]) -> QuerySet[EnforcementCase]:
    return rows.filter(state=CaseState.OPEN)


def decisions_of(case: EnforcementCase) -> QuerySet[EnforcementDecision]:
    """The decisions of a case, oldest first, with orders and objections."""
    return (
        case.decisions.select_related("created_by", "approved_by", "follows", "case")
        .prefetch_related("items__finding", "items__evidence_file", "objections__file", "articles")
        .order_by("pk")
    )


def coaching_of(case: EnforcementCase) -> QuerySet[Coaching]:
    """The coaching of the firm or plant, oldest first."""
    subject = Q(enterprise=case.enterprise_id) if case.enterprise_id else Q(plant=case.plant_id)
    return Coaching.objects.filter(subject).order_by("held_on", "pk")


def known_decisions(enterprises: QuerySet[Enterprise]) -> QuerySet[EnforcementDecision]:
    """What the owners of these enterprises were served, newest first."""
    return (
        EnforcementDecision.objects.filter(
            case__enterprise__in=enterprises, served_on__isnull=False, state__in=rules.KNOWN_TO_SUBJECT
        )
        .select_related("case__enterprise")
        .prefetch_related("items", "objections")
        .order_by("-served_on", "-pk")
    )


def orders_overdue(rows: QuerySet[EnforcementCase], today: date) -> QuerySet[Any]:
    """Overdue orders of these cases, longest overdue first."""
    return (
        overdue_orders(today)
        .filter(decision__case__in=rows)
        .annotate(last_day=Coalesce("extended_until", "due_on"))
        .select_related("decision__case__enterprise", "decision__case__plant")
        .order_by("last_day", "pk")
    )


def objections_waiting(rows: QuerySet[EnforcementCase]) -> QuerySet[Objection]:
    return (
        Objection.objects.filter(outcome=ObjectionOutcome.WAITING, decision__case__in=rows)
        .select_related("decision__case__enterprise", "decision__case__plant")
        .order_by("decision_due_on", "pk")
    )


def milestones_late(rows: QuerySet[EnforcementCase], today: date, days: int = 0) -> QuerySet[Milestone]:
    """Milestones of open cases that are more than so many days late, longest first."""
    return (
        Milestone.objects.filter(
            case__in=rows, case__state=CaseState.OPEN, done_on__isnull=True, due_on__lt=today - timedelta(days=days)
        )
        .select_related("case__enterprise", "case__plant")
        .order_by("due_on", "pk")
    )


def orders_of_owner(enterprises: QuerySet[Enterprise]) -> QuerySet[OrderedItem]:
    return OrderedItem.objects.filter(decision__in=known_decisions(enterprises)).select_related("decision__case")
