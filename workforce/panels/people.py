"""Cards about workers on the shared pages."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from batikportal.choices import Focus
from batikportal.contracts import Panel
from batikportal.models import Enterprise
from workforce import permissions, queries, rules
from workforce.choices import CoverageState


def _counts(enterprise: Enterprise, today: date) -> dict[str, int]:
    return queries.workers_of_enterprise(enterprise, today).aggregate(
        workers=Count("pk"), covered=Count("pk", filter=Q(coverage_state=CoverageState.COVERED))
    )


def read_staff(user, enterprise: Enterprise | None, today: date) -> Mapping[str, Any]:
    """Workers of the enterprise: counts by step and the insurance gap; names by link, for those who may see them."""
    if enterprise is None:
        return {"empty": True}
    counts = _counts(enterprise, today)
    sees_people = permissions.may_see_people(user)
    steps = [(step, count) for step, count in queries.step_counts(today, _people(enterprise, today)) if count]
    if not sees_people:
        steps = [(step, count) for step, count in steps if rules.publishable(count, counts["workers"])]
    shown = sees_people or rules.publishable(counts["covered"], counts["workers"])
    return {
        "enterprise": enterprise,
        "workers": counts["workers"] if sees_people else queries.publishable_or_none(counts["workers"]),
        "has_workers": bool(counts["workers"]),
        "covered": counts["covered"] if shown else None,
        "uncovered": counts["workers"] - counts["covered"] if shown else None,
        "steps": steps,
        "sees_people": sees_people,
        "sees_coverage": permissions.may_see_coverage(user),
        "today": today,
    }


def _people(enterprise: Enterprise, today: date):
    return queries.workers_of_enterprise(enterprise, today)


def read_owner(user, enterprise: Enterprise | None, today: date) -> Mapping[str, Any]:
    """The owner's own workers: how many are registered, and in words how many are insured; nothing about one person."""
    if enterprise is None:
        return {"empty": True}
    counts = _counts(enterprise, today)
    return {
        "enterprise": enterprise,
        "workers": counts["workers"],
        "protection": rules.protection_in_words(counts["covered"], counts["workers"]),
        "declared": enterprise.workers_count,
    }


def read_public(user, enterprise: Enterprise | None, today: date) -> Mapping[str, Any]:
    """Registered active workers of the city, if at least five."""
    now = queries.coverage_counts([today], None)[0]
    return {"workers": queries.publishable_or_none(now.active), "today": today}


PANELS = [
    Panel(
        code="workforce.enterprise",
        title=_("Pekerja"),
        focus=Focus.WORKERS,
        audience="staff",
        permission="workforce.view_figures",
        template="workforce/_panel_staff.html",
        read=read_staff,
    ),
    Panel(
        code="workforce.owner",
        title=_("Pekerja Anda"),
        focus=Focus.WORKERS,
        audience="owner",
        template="workforce/_panel_owner.html",
        read=read_owner,
    ),
    Panel(
        code="workforce.public",
        title=_("Pekerja batik"),
        focus=Focus.WORKERS,
        audience="public",
        template="workforce/_panel_public.html",
        read=read_public,
    ),
]
