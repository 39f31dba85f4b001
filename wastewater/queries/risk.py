"""Whom to inspect first: what is on record about businesses and plants, and the points that the office gives it.

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
from wastewater.choices import PlantStatus, Verdict
from wastewater.choices.enforcement import FindingOutcome, FindingState
from wastewater.choices.inspections import InspectionState
from wastewater.models import (
    Connection,
    DischargePoint,
    Evaluation,
    Finding,
    Inspection,
    OrderedItem,
    TreatmentPlant,
)
from wastewater.models.complaints import Complaint
from wastewater.queries.samples import start_of
from wastewater.queries.supervision import settings_on
from wastewater.queries.violations import open_counts, repeated_violations
from wastewater.rules import COUNTED
from wastewater.rules import enforcement as enforcement_rules
from wastewater.rules import inspections as rules
from wastewater.rules.complaints import OPEN_STATES
from wastewater.rules.obligations import OF_RESULTS

REPEATED_FROM = 2


@dataclass(frozen=True)
class Lead:
    """One business or plant of the list: its reasons in words with their points, and whether it is planned already."""

    subject: Enterprise | TreatmentPlant
    reasons: Sequence[tuple[str, Decimal]]
    points: Decimal
    planned: bool

    @property
    def code(self) -> str:
        """The registration number of a business, the code of a plant."""
        return self.subject.registration_number if isinstance(self.subject, Enterprise) else self.subject.code


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier, or the last day of that month."""
    index = day.year * 12 + day.month - 1 - months
    first = date(index // 12, index % 12 + 1, 1)
    following = date((index + 1) // 12, (index + 1) % 12 + 1, 1)
    return first.replace(day=min(day.day, (following - first).days))


def leads(
    enterprises,
    plants=None,
    *,
    today: date,
    cari: str = "",
    kecamatan: Area | None = None,
    alasan: str = "",
    rencana: str = "",
) -> list[Lead]:
    """Every active business and working plant among the given ones, heaviest first; a fixed number of statements."""
    settings = settings_on(today)
    since = months_before(today, int(settings["risk_months"]))
    businesses = enterprises.filter(status=EnterpriseStatus.ACTIVE)
    working = (TreatmentPlant.objects.none() if plants is None else plants).exclude(status=PlantStatus.PLANNED)
    if cari:
        businesses = businesses.filter(Q(name__icontains=cari) | Q(registration_number__icontains=cari))
        working = working.filter(Q(name__icontains=cari) | Q(code__icontains=cari))
    found = []
    for owner, rows in (("enterprise", businesses), ("plant", working)):
        chosen = rows.filter(ward__parent=kecamatan) if kecamatan else rows
        subjects = list(chosen.select_related("ward__parent").order_by("name", "pk"))
        record = _record(owner, today, since) if subjects else {}
        for subject in subjects:
            reasons = rules.risk_reasons(_facts(subject.pk, record, today), settings)
            if alasan and alasan not in {reason.code for reason in reasons}:
                continue
            is_planned = subject.pk in record["planned"]
            if rencana and is_planned != (rencana == "ya"):
                continue
            words = [(reason_in_words(reason), reason.points) for reason in reasons]
            found.append(Lead(subject, words, rules.risk_points(reasons), is_planned))
    return sorted(found, key=lambda lead: -lead.points)


def _record(owner: str, today: date, since: date) -> dict[str, Any]:
    """What is on record, by kind and by primary key of the "enterprise" or "plant"."""
    known = {f"{owner}__isnull": False}
    at_point = f"result__sample__point__{owner}"
    exceeding = Evaluation.objects.filter(
        Q(verdict=Verdict.EXCEEDS) | Q(load_verdict=Verdict.EXCEEDS),
        is_current=True,
        result__sample__state__in=COUNTED,
        result__sample__taken_at__gte=start_of(since),
        **{f"{at_point}__isnull": False},
    )
    standing = Finding.objects.filter(state=FindingState.DECIDED, **known).exclude(outcome=FindingOutcome.DROPPED)
    overdue = overdue_orders(today).filter(**{f"decision__case__{owner}__isnull": False})
    inspections = Inspection.objects.filter(**known)
    under_way = inspections.filter(state__in=[InspectionState.PLANNED, InspectionState.ONGOING])
    return {
        "planned": set(under_way.values_list(owner, flat=True)),
        "exceedances": _by(exceeding, at_point, Count("pk")),
        "violations": _violations(owner, _by(standing, owner, Count("pk"))),
        "repeated": {row[owner] for row in repeated_violations(since, at_least=REPEATED_FROM)},
        "inspected": _by(inspections.filter(state__in=rules.DONE), owner, Max("started_at")),
        "volume": _by(DischargePoint.objects.filter(is_active=True, **known), owner, Sum("discharge_m3_per_day")),
        "orders": _by(overdue, f"decision__case__{owner}", Count("pk")),
        # Whether it is connected is a question about businesses; complaints name a business, never a plant.
        "connected": _connected(today) if owner == "enterprise" else None,
        "complaints": _complaints() if owner == "enterprise" else {},
    }


def _connected(today: date) -> dict[int, int]:
    running = Q(valid_until__isnull=True) | Q(valid_until__gte=today)
    return _by(Connection.objects.filter(running, valid_from__lte=today), "enterprise", Count("pk"))


def _complaints() -> dict[int, int]:
    """Open complaints that staff found to be about the business; those that joined another count with it."""
    named = Complaint.objects.filter(enterprise__isnull=False, state__in=OPEN_STATES)
    return _by(named, "enterprise", Count("pk"))


def _violations(owner: str, findings: dict[int, int]) -> dict[int, int]:
    """Open violations and upheld findings; what is over a limit has points of its own already."""
    counts = dict(findings)
    for subject, kinds in open_counts(owner=owner).items():
        others = sum(count for kind, count in kinds.items() if kind not in OF_RESULTS)
        if others:
            counts[subject] = counts.get(subject, 0) + others
    return counts


def _by(rows, path: str, value) -> dict[int, Any]:
    return dict(rows.order_by().values_list(path).annotate(value=value))


def _facts(pk: int, record: dict[str, Any], today: date) -> rules.Facts:
    last = record["inspected"].get(pk)
    connected = record["connected"]
    return rules.Facts(
        exceedances=record["exceedances"].get(pk, 0),
        open_violations=record["violations"].get(pk, 0),
        repeated=pk in record["repeated"],
        months_since_inspection=None if last is None else _months(timezone.localdate(last), today),
        untreated=connected is not None and pk not in connected,
        volume_m3_per_day=record["volume"].get(pk),
        open_complaints=record["complaints"].get(pk, 0),
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
