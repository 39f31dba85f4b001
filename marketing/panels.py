"""Cards of the market on the shared pages."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from batikportal.choices import Focus
from batikportal.contracts import Panel
from batikportal.models import Enterprise
from marketing import queries

SHOWN = 5


def read_staff(user, enterprise: Enterprise | None, today: date) -> Mapping[str, Any]:
    """What the enterprise took part in, and what it waits for."""
    if enterprise is None:
        return {}
    return {
        "participations": queries.participations_of(enterprise, limit=SHOWN),
        "applications": queries.applications_of(enterprise)[:SHOWN],
        "enterprise": enterprise,
    }


def read_owner(user, enterprise: Enterprise | None, today: date) -> Mapping[str, Any]:
    """The owner's applications by public stage, and the calls she has not applied to."""
    if enterprise is None:
        return {}
    at = timezone.now()
    applications = list(queries.own_applications(enterprise)[:SHOWN])
    return {
        "applications": applications,
        "calls": queries.open_calls(at).exclude(pk__in=queries.applied_activity_ids(enterprise))[:SHOWN],
        "enterprise": enterprise,
    }


def read_public(user, enterprise: Enterprise | None, today: date) -> Mapping[str, Any]:
    """What is open for registration now."""
    calls = list(queries.open_calls(timezone.now())[: SHOWN + 2])
    return {"calls": calls[: SHOWN + 1], "has_more": len(calls) > SHOWN + 1}


PANELS = [
    Panel(
        code="marketing.participation",
        title=_("Pelatihan dan pameran"),
        focus=Focus.MARKET,
        audience="staff",
        template="marketing/_panel_staff.html",
        read=read_staff,
        permission="marketing.view_application",
    ),
    Panel(
        code="marketing.own",
        title=_("Pendaftaran dan kegiatan terbuka"),
        focus=Focus.MARKET,
        audience="owner",
        template="marketing/_panel_owner.html",
        read=read_owner,
    ),
    Panel(
        code="marketing.open",
        title=_("Pendaftaran dibuka"),
        focus=Focus.MARKET,
        audience="public",
        template="marketing/_panel_public.html",
        read=read_public,
    ),
]
