"""Cards of wastewater on shared pages: for staff on the enterprise page, for the owner, and for everybody."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from batikportal.choices import Focus
from batikportal.contracts import Panel
from batikportal.dashboard import periods
from batikportal.models import Enterprise
from wastewater import queries
from wastewater.choices import SampleState
from wastewater.models import DischargePoint, Sample


def read_staff(user, enterprise: Enterprise, today: date) -> dict[str, Any]:
    """Where the enterprise's water goes, its points, and what exceeded in the last twelve months."""
    samples = Sample.objects.visible_to(user)
    points = DischargePoint.objects.visible_to(user).filter(enterprise=enterprise, is_active=True)
    return {
        "enterprise": enterprise,
        "connections": queries.connections_of_enterprise(enterprise, today),
        "points": queries.points_with_last_sample(points, samples.exclude(state=SampleState.VOID)).order_by("code"),
        "exceeds_count": queries.exceedances_of(enterprise, periods.usual(today).start),
    }


def read_owner(user, enterprise: Enterprise, today: date) -> dict[str, Any]:
    """The last verified sample in plain words, and where the water goes."""
    own = Enterprise.objects.filter(pk=enterprise.pk)
    return {
        "sample": queries.own_samples(own).first(),
        "connections": queries.connections_of_enterprise(enterprise, today),
    }


def read_public(user, enterprise: None, today: date) -> dict[str, Any]:
    """How the last published sample of every river point did."""
    return {"waters": queries.published_water_status()}


PANELS = [
    Panel(
        code="wastewater.staff",
        title=_("Air limbah"),
        focus=Focus.WASTE,
        audience="staff",
        template="wastewater/_panel_staff.html",
        read=read_staff,
        permission="wastewater.view_dischargepoint",
    ),
    Panel(
        code="wastewater.owner",
        title=_("Air limbah usaha Anda"),
        focus=Focus.WASTE,
        audience="owner",
        template="wastewater/_panel_owner.html",
        read=read_owner,
    ),
    Panel(
        code="wastewater.public",
        title=_("Keadaan sungai"),
        focus=Focus.WASTE,
        audience="public",
        template="wastewater/_panel_public.html",
        read=read_public,
    ),
]
