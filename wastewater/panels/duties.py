"""Cards about duties: what an owner still owes, and how an enterprise stands for staff."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from batikportal.choices import Focus
from batikportal.contracts import Panel
from batikportal.models import Enterprise
from wastewater.choices.duties import ViolationState
from wastewater.models import ComplianceStatus, Obligation, Violation
from wastewater.queries import obligations as queries
from wastewater.queries import statuses

SHOWN = 5


def read_owner(user, enterprise: Enterprise, today: date) -> dict[str, Any]:
    """The next things that are due."""
    waiting = list(queries.own_obligations(Enterprise.objects.filter(pk=enterprise.pk)))
    return {"waiting": waiting[:SHOWN], "more": max(0, len(waiting) - SHOWN), "today": today}


def read_staff(user, enterprise: Enterprise, today: date) -> dict[str, Any]:
    """What is overdue or soon due, open violations, and the last quarters."""
    return {
        "counts": queries.waiting_counts(Obligation.objects.visible_to(user).of(enterprise), today),
        "open_count": Violation.objects.visible_to(user).of(enterprise).filter(state=ViolationState.OPEN).count(),
        "statuses": statuses.with_words(ComplianceStatus.objects.visible_to(user).of(enterprise)).order_by(
            "-quarter_start"
        )[:3],
        "locked": statuses.locked_starts(),
    }


PANELS = [
    Panel(
        code="wastewater.duties.owner",
        title=_("Kewajiban air limbah"),
        focus=Focus.WASTE,
        audience="owner",
        template="wastewater/_panel_duties_owner.html",
        read=read_owner,
    ),
    Panel(
        code="wastewater.duties.staff",
        title=_("Kewajiban dan ketaatan"),
        focus=Focus.WASTE,
        audience="staff",
        template="wastewater/_panel_duties_staff.html",
        read=read_staff,
        permission="wastewater.view_obligation",
    ),
]
