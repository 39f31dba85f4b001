"""Cards about apprenticeship: for the owner her own apprentices, for staff a line, for everybody the open calls."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from batikportal.choices import Focus
from batikportal.contracts import Panel
from batikportal.models import Enterprise
from workforce.models import Placement
from workforce.queries import apprenticeship as queries
from workforce.queries import hosting
from workforce.rules import apprenticeship as rules


def read_owner(user, enterprise: Enterprise | None, today: date) -> Mapping[str, Any]:
    """How many learn in the workshop now."""
    if enterprise is None:
        return {"learning": 0}
    return {"learning": Placement.objects.filter(host=enterprise, state__in=rules.LEARNING).count()}


def read_staff(user, enterprise: Enterprise | None, today: date) -> Mapping[str, Any]:
    """Apprentices of the enterprise, its group and its room under the cap."""
    if enterprise is None:
        return {"empty": True}
    return {
        "enterprise": enterprise,
        "learning": Placement.objects.filter(host=enterprise, state__in=rules.LEARNING).count(),
        "room": hosting.room_of(enterprise, today),
        "group": hosting.group_of(enterprise, today),
    }


def read_public(user, enterprise: Enterprise | None, today: date) -> Mapping[str, Any]:
    """The calls that are open."""
    return {"calls": list(queries.open_calls(today)[:3])}


PANELS = [
    Panel(
        code="workforce.apprentices.owner",
        title=_("Magang di usaha saya"),
        focus=Focus.WORKERS,
        audience="owner",
        template="workforce/_panel_apprentices_owner.html",
        read=read_owner,
    ),
    Panel(
        code="workforce.apprentices.staff",
        title=_("Magang"),
        focus=Focus.WORKERS,
        audience="staff",
        permission="workforce.read_placement",
        template="workforce/_panel_apprentices_staff.html",
        read=read_staff,
    ),
    Panel(
        code="workforce.apprentices.public",
        title=_("Magang membatik"),
        focus=Focus.WORKERS,
        audience="public",
        template="workforce/_panel_apprentices_public.html",
        read=read_public,
    ),
]
