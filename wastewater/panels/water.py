"""Cards about water: where it goes and how its last samples did, for staff, for the owner and for everybody."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from batikportal.choices import Focus
from batikportal.contracts import Panel
from batikportal.dashboard import periods
from batikportal.models import Enterprise
from wastewater import queries
from wastewater.choices import SampleState
from wastewater.models import DischargePoint, LogMonth, Sample, TruckRequest
from wastewater.queries import discharge_logs, log_summaries, trucks
from wastewater.queries.complaints import figures as complaint_figures
from wastewater.rules import discharge_logs as log_rules


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


def read_logbook_staff(user, enterprise: Enterprise, today: date) -> dict[str, Any]:
    """The last line, this month's volume, and what waits for the truck."""
    month = discharge_logs.months_with_figures(
        LogMonth.objects.visible_to(user).filter(enterprise=enterprise, first_day=log_rules.first_of(today))
    ).first()
    last = discharge_logs.last_line_of(enterprise)
    requests = TruckRequest.objects.visible_to(user).filter(enterprise=enterprise, state__in=trucks.OPEN)
    return {
        "last": last,
        "volume_m3": discharge_logs.generated_m3(month) if month else None,
        "requests": trucks.listed_requests(requests),
        "may_write": user.has_perm("wastewater.record_dischargelog"),
    }


def read_logbook_owner(user, enterprise: Enterprise, today: date) -> dict[str, Any]:
    """The one next step: send last month, else note today, else nothing is missing; and the truck on its way."""
    this = log_rules.first_of(today)
    summary = log_summaries.month_summary(enterprise, this, today)
    before = LogMonth.objects.filter(enterprise=enterprise, first_day=log_rules.month_before(this)).first()
    to_send = before if before is not None and before.is_open and before.logs.exists() else None
    requests = TruckRequest.objects.filter(enterprise=enterprise, state__in=trucks.OPEN)
    return {
        "summary": summary,
        "to_send": to_send,
        "noted_today": today not in summary.unknown_days,
        "requests": trucks.listed_requests(requests),
    }


def read_public(user, enterprise: None, today: date) -> dict[str, Any]:
    """How the last published sample of every river point did."""
    return {"waters": queries.published_water_status()}


def read_complaints(user, enterprise: None, today: date) -> dict[str, Any]:
    """How many complaints wait and how fast they are answered; the way to report."""
    return {"count": complaint_figures.public_count(today)}


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
        code="wastewater.logbook_staff",
        title=_("Buku limbah dan truk sedot"),
        focus=Focus.WASTE,
        audience="staff",
        template="wastewater/_panel_logbook_staff.html",
        read=read_logbook_staff,
        permission="wastewater.view_dischargelog",
    ),
    Panel(
        code="wastewater.logbook_owner",
        title=_("Buku limbah"),
        focus=Focus.WASTE,
        audience="owner",
        template="wastewater/_panel_logbook_owner.html",
        read=read_logbook_owner,
    ),
    Panel(
        code="wastewater.public",
        title=_("Keadaan sungai"),
        focus=Focus.WASTE,
        audience="public",
        template="wastewater/_panel_public.html",
        read=read_public,
    ),
    Panel(
        code="wastewater.complaints",
        title=_("Laporkan pencemaran"),
        focus=Focus.WASTE,
        audience="public",
        template="wastewater/_panel_complaints.html",
        read=read_complaints,
    ),
]
