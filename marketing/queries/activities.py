"""Calls: lists for the public and for staff, with their seats, quotas and requirements."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, F, FilteredRelation, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, JSONObject

from batikportal.choices import Technique
from batikportal.models import Area
from marketing import rules
from marketing.choices import ActivityState, ApplicationState, ProgrammeKind, QuotaKind
from marketing.models import Activity, Application, EligibilityRule, Programme, Quota, Session


@dataclass(frozen=True)
class Terms:
    """The quotas and requirements of a call."""

    quotas: tuple[rules.Seats, ...]
    requirements: tuple[rules.Requirement, ...]


def with_terms(found: QuerySet[Activity]) -> QuerySet[Activity]:
    """The same activities with programme, quotas and requirements, still in one statement; read by ``terms_of``."""
    quotas = (
        Quota.objects.filter(activity=OuterRef("pk"))
        .order_by("pk")
        .values(row=JSONObject(id="pk", kind="kind", value="value", negated="negated", size="size", taken="taken"))
    )
    requirements = (
        EligibilityRule.objects.filter(activity=OuterRef("pk"))
        .order_by("position", "pk")
        .values(row=JSONObject(id="pk", code="code", number="number", options="options", is_blocking="is_blocking"))
    )
    return found.select_related("programme").annotate(
        quota_rows=ArraySubquery(quotas), requirement_rows=ArraySubquery(requirements)
    )


def terms_of(activity: Activity) -> Terms:
    """The terms of an activity, from its row if ``with_terms`` loaded them, else asked for."""
    loaded: Any = activity
    if not hasattr(activity, "quota_rows"):
        loaded = with_terms(Activity.objects.filter(pk=activity.pk)).get()
    return Terms(
        quotas=tuple(rules.Seats(**row) for row in loaded.quota_rows),
        requirements=tuple(
            rules.Requirement(**{**row, "options": tuple(row["options"])}) for row in loaded.requirement_rows
        ),
    )


def with_seats(found: QuerySet[Activity]) -> QuerySet[Any]:
    """The same activities with ``seats``, ``seats_taken`` and ``seats_left`` over all (None without a quota)."""
    return found.annotate(
        over_all=FilteredRelation("quotas", condition=Q(quotas__kind=QuotaKind.ALL)),
        seats=F("over_all__size"),
        seats_taken=F("over_all__taken"),
        seats_left=F("over_all__size") - F("over_all__taken"),
    )


def open_calls(at: datetime) -> QuerySet[Any]:
    """Calls that take applications now, the one that closes first in front."""
    found = Activity.objects.filter(
        state=ActivityState.PUBLISHED, registration_opens_at__lte=at, registration_closes_at__gt=at
    )
    return with_seats(found).select_related("programme").order_by("registration_closes_at", "pk")


def open_trainings_about(topics: Sequence[str], at: datetime) -> QuerySet[Any]:
    """Open trainings and coaching whose title or text names one of the topics, the first to close in front."""
    named = Q(pk__in=[])
    for topic in topics:
        named |= Q(title__icontains=topic) | Q(summary__icontains=topic) | Q(description__icontains=topic)
    return open_calls(at).exclude(programme__kind=ProgrammeKind.EXHIBITION).filter(named)


def calls_for_public(at: datetime) -> QuerySet[Any]:
    """Calls open now or opening later."""
    found = Activity.objects.filter(state=ActivityState.PUBLISHED, registration_closes_at__gt=at)
    return with_seats(found).select_related("programme").order_by("registration_closes_at", "pk")


def _count_of(**condition) -> Coalesce:
    counted = (
        Application.objects.filter(activity=OuterRef("pk"), **condition)
        .order_by()
        .values("activity")
        .annotate(n=Count("pk"))
        .values("n")
    )
    return Coalesce(Subquery(counted, output_field=IntegerField()), Value(0))


def activities(found: QuerySet[Activity]) -> QuerySet[Any]:
    """Activities for the staff list: with programme, seats, and counts of applications by what they wait for."""
    return (
        with_seats(found)
        .select_related("programme")
        .annotate(
            applicants_count=_count_of(submitted_at__isnull=False),
            undecided_count=_count_of(state__in=rules.UNDECIDED_STATES),
            pending_count=_count_of(state=ApplicationState.PENDING),
            waiting_count=_count_of(state=ApplicationState.WAITLISTED),
        )
    )


def activity_by_state(activity: Activity) -> dict[str, int]:
    """How many applications of an activity are in each state; states without any are left out."""
    counted = Application.objects.filter(activity=activity).values_list("state").annotate(n=Count("pk")).order_by()
    return dict(counted)


def found_activities(user, chosen: Mapping[str, Any], sorting: str = "") -> QuerySet[Activity]:
    """Activities that match the filters of the staff list, latest first unless asked otherwise."""
    found = Activity.objects.visible_to(user)
    if chosen.get("cari"):
        found = found.filter(title__icontains=chosen["cari"].strip())
    conditions = {
        "programme__kind": chosen.get("jenis"),
        "state": chosen.get("status"),
        "selection_mode": chosen.get("cara"),
        "programme__year": chosen.get("tahun"),
    }
    for path, wanted in conditions.items():
        if wanted:
            found = found.filter(**{path: wanted})
    key = {
        "nama": "title",
        "mulai": "starts_at",
        "tutup": "registration_closes_at",
        "pendaftar": "applicants_count",
    }.get(sorting.removeprefix("-"), "")
    order = (f"-{key}" if sorting.startswith("-") else key) if key else "-starts_at"
    return activities(found).order_by(order, "pk")


def quotas_in_words(quotas: Iterable[rules.Seats]) -> list[dict[str, Any]]:
    """Quotas as people read them: whom they limit, and how many seats are left in each."""
    quotas = list(quotas)
    codes = {quota.value for quota in quotas if quota.kind in (QuotaKind.WARD, QuotaKind.DISTRICT)}
    names: dict[str, Any] = dict(Technique.choices)
    if codes:
        names.update(Area.objects.filter(code__in=codes).values_list("code", "name"))
    return [
        {
            "name": rules.quota_text(quota.kind, names.get(quota.value, quota.value), quota.negated),
            "kind": quota.kind,
            "size": quota.size,
            "taken": quota.taken,
            "left": quota.size - quota.taken,
        }
        for quota in quotas
    ]


def sessions_of(activity: Activity) -> QuerySet[Session]:
    """The sessions of an activity in the order of time."""
    return Session.objects.filter(activity=activity).order_by("starts_at")


def rules_of(activity: Activity) -> QuerySet[EligibilityRule]:
    """The eligibility rules of an activity in the order of its page."""
    return EligibilityRule.objects.filter(activity=activity).order_by("position", "pk")


def further_quotas_of(activity: Activity) -> QuerySet[Quota]:
    """The quotas of an activity beside the seats over all."""
    return Quota.objects.filter(activity=activity).exclude(kind=QuotaKind.ALL).order_by("pk")


def programmes() -> QuerySet[Programme]:
    """Programmes with the number of their activities, latest year first."""
    return Programme.objects.annotate(activities_count=Count("activities")).order_by("-year", "kind", "name")


def published_activities() -> QuerySet[Any]:
    """Every activity that was ever published and not called off, for the open data, oldest first."""
    found = Activity.objects.filter(published_at__isnull=False).exclude(state=ActivityState.CANCELLED)
    return activities(found).order_by("starts_at", "pk")
