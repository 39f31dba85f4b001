"""Whom to inspect first: what is on record about every active business, and the points that the office gives it.

A list of leads with their reasons; a person decides. Cleared findings and void samples never count.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Max, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from batikportal import formats
from batikportal.choices import EnterpriseStatus
from batikportal.models import Area, Enterprise
from wastewater.choices import Verdict
from wastewater.choices.duties import ViolationKind
from wastewater.choices.enforcement import FindingOutcome, FindingState
from wastewater.choices.inspections import InspectionState
from wastewater.models import Connection, DischargePoint, Evaluation, Finding, Inspection, OrderedItem
from wastewater.queries.samples import start_of
from wastewater.queries.supervision import settings_on
from wastewater.queries.violations import open_counts, repeated_violations
from wastewater.rules import COUNTED
from wastewater.rules import enforcement as enforcement_rules
from wastewater.rules import inspections as rules

REPEATED_FROM = 2


@dataclass(frozen=True)
class Lead:
    """One business of the list: its reasons in words with their points, and whether it is planned already."""

    enterprise: Enterprise
    reasons: Sequence[tuple[str, Decimal]]
    points: Decimal
    planned: bool


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier, or the last day of that month."""
    index = day.year * 12 + day.month - 1 - months
    first = date(index // 12, index % 12 + 1, 1)
    following = date((index + 1) // 12, (index + 1) % 12 + 1, 1)
    return first.replace(day=min(day.day, (following - first).days))


def leads(
    enterprises, *, today: date, cari: str = "", kecamatan: Area | None = None, alasan: str = "", rencana: str = ""
) -> list[Lead]:
    """Every active business among `enterprises` with its points, heaviest first; a fixed number of statements."""
    settings = settings_on(today)
    since = months_before(today, int(settings["risk_months"]))
    rows = enterprises.filter(status=EnterpriseStatus.ACTIVE).select_related("ward__parent").order_by("name", "pk")
    if cari:
        rows = rows.filter(Q(name__icontains=cari) | Q(registration_number__icontains=cari))
    if kecamatan:
        rows = rows.filter(ward__parent=kecamatan)
    record = _record(today, since)
    planned = set(
        Inspection.objects.filter(
            state__in=[InspectionState.PLANNED, InspectionState.ONGOING], enterprise__isnull=False
        ).values_list("enterprise_id", flat=True)
    )
    found = []
    for enterprise in rows:
        reasons = rules.risk_reasons(_facts(enterprise.pk, record, today), settings)
        if alasan and alasan not in {reason.code for reason in reasons}:
            continue
        is_planned = enterprise.pk in planned
        if rencana and is_planned != (rencana == "ya"):
            continue
        words = [(reason_in_words(reason), reason.points) for reason in reasons]
        found.append(Lead(enterprise, words, rules.risk_points(reasons), is_planned))
    return sorted(found, key=lambda lead: -lead.points)


def _record(today: date, since: date) -> dict[str, Any]:
    """What is on record, by kind and enterprise."""
    exceeding = Evaluation.objects.filter(
        is_current=True,
        verdict=Verdict.EXCEEDS,
        result__sample__state__in=COUNTED,
        result__sample__taken_at__gte=start_of(since),
        result__sample__point__enterprise__isnull=False,
    )
    standing = Finding.objects.filter(enterprise__isnull=False, state=FindingState.DECIDED).exclude(
        outcome=FindingOutcome.DROPPED
    )
    overdue = overdue_orders(today).filter(decision__case__enterprise__isnull=False)
    return {
        "exceedances": _by(exceeding, "result__sample__point__enterprise", Count("pk")),
        "violations": _violations(_by(standing, "enterprise", Count("pk"))),
        "repeated": {row["enterprise"] for row in repeated_violations(since, at_least=REPEATED_FROM)},
        "inspected": _by(
            Inspection.objects.filter(enterprise__isnull=False, state__in=rules.DONE), "enterprise", Max("started_at")
        ),
        "connected": _by(
            Connection.objects.filter(valid_from__lte=today).filter(
                Q(valid_until__isnull=True) | Q(valid_until__gte=today)
            ),
            "enterprise",
            Count("pk"),
        ),
        "volume": _by(
            DischargePoint.objects.filter(enterprise__isnull=False, is_active=True),
            "enterprise",
            Sum("discharge_m3_per_day"),
        ),
        "orders": _by(overdue, "decision__case__enterprise", Count("pk")),
    }


def _violations(findings: dict[int, int]) -> dict[int, int]:
    """Open violations and upheld findings; what is over a limit has points of its own already."""
    counts = dict(findings)
    for enterprise, kinds in open_counts().items():
        others = sum(count for kind, count in kinds.items() if kind != ViolationKind.LIMIT)
        if others:
            counts[enterprise] = counts.get(enterprise, 0) + others
    return counts


def _by(rows, path: str, value) -> dict[int, Any]:
    return dict(rows.order_by().values_list(path).annotate(value=value))


def _facts(pk: int, record: dict[str, Any], today: date) -> rules.Facts:
    last = record["inspected"].get(pk)
    return rules.Facts(
        exceedances=record["exceedances"].get(pk, 0),
        open_violations=record["violations"].get(pk, 0),
        repeated=pk in record["repeated"],
        months_since_inspection=None if last is None else _months(timezone.localdate(last), today),
        untreated=pk not in record["connected"],
        volume_m3_per_day=record["volume"].get(pk),
        overdue_orders=record["orders"].get(pk, 0),
    )


def _months(start: date, end: date) -> int:
    return (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)


def overdue_orders(today: date):
    """Orders of running decisions whose deadline, extended or not, is past and that nobody has seen fulfilled."""
    return OrderedItem.objects.filter(
        Q(extended_until__isnull=True, due_on__lt=today) | Q(extended_until__lt=today),
        verified_at__isnull=True,
        decision__state__in=enforcement_rules.RUNNING,
    )


def reason_in_words(reason: rules.RiskReason) -> str:
    amount = formats.number(reason.amount)
    return {
        "exceedance": _("%(count)s hasil uji melebihi baku mutu") % {"count": amount},
        "violation": _("%(count)s pelanggaran terbuka") % {"count": amount},
        "complaint": _("%(count)s pengaduan terbuka") % {"count": amount},
        "overdue_order": _("%(count)s perintah lewat tenggat") % {"count": amount},
        "repeated": _("pelanggaran berulang"),
        "untreated": _("air limbah tidak tersambung ke IPAL"),
        "never": _("belum pernah diawasi"),
        "long_ago": _("terakhir diawasi %(count)s bulan lalu") % {"count": amount},
        "large_volume": _("volume %(count)s m³/hari") % {"count": amount},
    }[reason.code]
