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
from wastewater.choices.enforcement import FindingState
from wastewater.models import DischargePoint, Finding, Inspection, Sample


def read_staff(user, enterprise: Enterprise, today: date) -> dict[str, Any]:
    """Where the enterprise's water goes, its points, and what exceeded in the last twelve months."""
    samples = Sample.objects.visible_to(user)
    points = DischargePoint.objects.visible_to(user).filter(enterprise=enterprise, is_active=True)
    return {
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


def read_inspections(user, enterprise: Enterprise, today: date) -> dict[str, Any]:
    """The last inspection, open findings and cases of a business, for those who inspect."""
    findings = Finding.objects.visible_to(user).filter(enterprise=enterprise)
    return {
        "last": Inspection.objects.visible_to(user)
        .filter(enterprise=enterprise, signed_at__isnull=False)
        .order_by("-signed_at")
        .first(),
        "findings": findings.exclude(state=FindingState.VERIFIED).exclude(outcome="dropped").order_by("-pk")[:5],
        "enterprise": enterprise,
    }


def read_own_findings(user, enterprise: Enterprise, today: date) -> dict[str, Any]:
    """Findings that the owner may still answer or cure, and how many there are in all."""
    own = Finding.objects.filter(enterprise=enterprise).exclude(state=FindingState.OPEN)
    return {
        "waiting": [row for row in own.order_by("-opened_at")[:20] if not row.is_cleared],
        "total": own.count(),
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
        code="wastewater.inspections",
        title=_("Pengawasan"),
        focus=Focus.WASTE,
        audience="staff",
        template="wastewater/_panel_inspections.html",
        read=read_inspections,
        permission="wastewater.record_inspection",
    ),
    Panel(
        code="wastewater.own_findings",
        title=_("Temuan dan tanggapan"),
        focus=Focus.WASTE,
        audience="owner",
        template="wastewater/_panel_own_findings.html",
        read=read_own_findings,
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
