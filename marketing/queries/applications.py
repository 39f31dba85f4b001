"""Applications: lists, the waiting line, checks and decisions that belong to them."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Max, OuterRef, Q, QuerySet, Subquery

from batikportal.models import Enterprise
from marketing import rules
from marketing.choices import ApplicationState, CheckPhase, DecisionState
from marketing.models import (
    Activity,
    Application,
    Decision,
    EligibilityResult,
)
from marketing.queries import figures


def applications(found: QuerySet[Application]) -> QuerySet[Application]:
    """Applications for a list, with everything a row shows, in one statement."""
    return found.select_related("activity__programme", "enterprise", "ward__parent").annotate(
        pending_outcome=Subquery(
            Decision.objects.filter(application=OuterRef("pk"), state=DecisionState.PENDING).values("outcome")[:1]
        )
    )


def live_application(enterprise: Enterprise, activity: Activity) -> Application | None:
    """The application of this enterprise to this activity that stands, a draft included."""
    return Application.objects.filter(enterprise=enterprise, activity=activity, state__in=rules.LIVE_STATES).first()


def waiting_line(activity: Activity) -> QuerySet[Application]:
    """Who waits for a seat, the next in line first."""
    return (
        Application.objects.filter(activity=activity, state=ApplicationState.WAITLISTED)
        .select_related("enterprise")
        .order_by("waiting_order", "arrival_number")
    )


def waiting_position(application: Application) -> int | None:
    """The place in the waiting line counted from 1; None for who does not wait."""
    if application.state != ApplicationState.WAITLISTED:
        return None
    ahead = Application.objects.filter(activity=application.activity_id, state=ApplicationState.WAITLISTED).filter(
        Q(waiting_order__lt=application.waiting_order)
        | Q(waiting_order=application.waiting_order, arrival_number__lt=application.arrival_number)
    )
    return ahead.count() + 1


def latest_checks(application: Application, phase: str = CheckPhase.SUBMISSION) -> list[EligibilityResult]:
    """The results of the last time the rules were asked in ``phase``, in the order of the rules."""
    last = (
        EligibilityResult.objects.filter(application=application, phase=phase)
        .order_by()
        .values("application")
        .annotate(last=Max("checked_at"))
        .values("last")
    )
    found = EligibilityResult.objects.filter(application=application, phase=phase, checked_at=Subquery(last))
    return list(found.order_by("position"))


def found_applications(
    user, chosen: Mapping[str, Any], *, with_owner: bool, sorting: str = ""
) -> QuerySet[Application]:
    """Sent applications that match the filters of the list, in its order; unknown filters and orders are ignored."""
    found = Application.objects.visible_to(user).sent()
    text = (chosen.get("cari") or "").strip()
    if text:
        named = Q(enterprise__name__icontains=text) | Q(enterprise__registration_number__iexact=text)
        found = found.filter(named | Q(enterprise__owner_name__icontains=text) if with_owner else named)
    conditions = {
        "activity__public_id": chosen.get("kegiatan"),
        "is_first_timer": {"ya": True, "tidak": False}.get(chosen.get("pemula") or ""),
        "eligibility": chosen.get("syarat"),
        "activity__programme__kind": chosen.get("jenis"),
        "channel": chosen.get("saluran"),
        "ward__parent": chosen.get("kecamatan"),
        "activity__state__in": figures.COUNTED_STATES if chosen.get("terhitung") else None,
        "activity__starts_at__gte": figures.day_starts(chosen["dari"]) if chosen.get("dari") else None,
        "activity__starts_at__lt": figures.day_ends(chosen["sampai"]) if chosen.get("sampai") else None,
    }
    for path, wanted in conditions.items():
        if wanted not in (None, ""):
            found = found.filter(**{path: wanted})
    status = chosen.get("status")
    if status:
        found = found.undecided() if status == "undecided" else found.filter(state=status)
    if chosen.get("kursi") == "ya":
        found = found.seated()
    return applications(found).order_by(*_order(sorting, chosen))


def _order(sorting: str, chosen: Mapping[str, Any]) -> list[str]:
    key = {"masuk": "arrival_number", "nama": "enterprise__name", "waktu": "submitted_at", "status": "state"}.get(
        sorting.removeprefix("-")
    )
    if key is None:
        return ["arrival_number"] if chosen.get("kegiatan") else ["-submitted_at", "pk"]
    return [f"-{key}" if sorting.startswith("-") else key, "pk"]


def seated_applications(activity: Activity) -> QuerySet[Application]:
    """Who holds a seat and whose attendance may still be noted, by name."""
    found = Application.objects.filter(activity=activity).seated().exclude(state=ApplicationState.COMPLETED)
    return found.select_related("enterprise").order_by("enterprise__name", "pk")


def chosen_applications(activity: Activity, public_ids: Iterable[str]) -> list[Application]:
    """The sent applications of an activity with these public ids, in order of arrival; others are left out."""
    wanted = {public_id for public_id in public_ids if _is_uuid(public_id)}
    found = Application.objects.filter(activity=activity, public_id__in=wanted).sent()
    return list(applications(found).order_by("arrival_number"))


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def applications_of(enterprise: Enterprise) -> QuerySet[Application]:
    """Sent applications of an enterprise for staff, latest first."""
    found = Application.objects.filter(enterprise=enterprise).sent()
    return found.select_related("activity").order_by("-submitted_at", "-pk")


def own_applications(enterprise: Enterprise) -> QuerySet[Application]:
    """Applications of an enterprise for its members: drafts too, what ended long ago last."""
    found = Application.objects.filter(enterprise=enterprise).select_related("activity__programme", "enterprise")
    return found.order_by("-created_at", "-pk")


def applications_of_all(enterprises: Iterable[Enterprise]) -> QuerySet[Application]:
    """All applications of these enterprises, drafts included, latest first."""
    found = Application.objects.filter(enterprise__in=enterprises)
    return found.select_related("activity__programme", "enterprise__ward__parent", "sent_by").order_by(
        "-created_at", "-pk"
    )


def applied_activity_ids(enterprise: Enterprise) -> QuerySet[Any, Any]:
    """Activities the enterprise has a live application for, as a subquery."""
    return Application.objects.filter(enterprise=enterprise, state__in=rules.LIVE_STATES).values("activity")
