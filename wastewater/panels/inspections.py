"""Cards of inspection: for staff on the enterprise page, and for the owner what waits for an answer or a repair."""

from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from batikportal.choices import Focus
from batikportal.contracts import Panel
from batikportal.models import Enterprise
from wastewater.choices.enforcement import FindingOutcome, FindingState
from wastewater.models import Finding, Inspection


def read_inspections(user, enterprise: Enterprise, today: date) -> dict[str, Any]:
    """The last inspection, open findings and cases of a business, for those who inspect."""
    findings = Finding.objects.visible_to(user).filter(enterprise=enterprise)
    return {
        "last": Inspection.objects.visible_to(user)
        .filter(enterprise=enterprise, signed_at__isnull=False)
        .order_by("-signed_at")
        .first(),
        "findings": findings.exclude(Q(state=FindingState.VERIFIED) | Q(outcome=FindingOutcome.DROPPED)).order_by(
            "-pk"
        )[:5],
        "enterprise": enterprise,
    }


def read_own_findings(user, enterprise: Enterprise, today: date) -> dict[str, Any]:
    """Findings that the owner may still answer or cure, and how many there are in all."""
    own = Finding.objects.filter(enterprise__in=Enterprise.objects.names_of(enterprise)).exclude(
        state=FindingState.OPEN
    )
    return {
        "waiting": [row for row in own.order_by("-opened_at")[:20] if not row.is_cleared],
        "total": own.count(),
    }


PANELS = [
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
]
