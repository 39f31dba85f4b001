"""Schedules, duties, and what became of them in the demo: all made up, and written through the portal's own actions."""

import random
from datetime import date, datetime, timedelta

from django.utils import timezone

from batikportal.choices import Source
from batikportal.models import User
from wastewater.actions import compliance, obligations, schedules, violations
from wastewater.choices import PointKind
from wastewater.choices.duties import Frequency, FulfilledBy, ObligationState
from wastewater.demo.places import public_id
from wastewater.demo.samples import NOTE
from wastewater.models import (
    DischargePoint,
    DutyKind,
    DutyTerm,
    MonitoringSchedule,
    Obligation,
    ParameterSet,
    ReportDuty,
    Sample,
)
from wastewater.queries.compliance_rules import rule_in_force
from wastewater.rules import duties

BASIS = "Dokumen contoh, bukan dokumen sebenarnya"
RECORD = "Data contoh, bukan laporan sebenarnya"
QUARTERS = 7
LOCKED_AFTER = timedelta(days=60)


def make_duties(rng: random.Random, points: list[DischargePoint], officer: User, head: User, at: datetime) -> None:
    """A year and more of duties: most are met, some late, some forgotten, one waived; older quarters are locked."""
    today = timezone.localdate(at)
    since = date(today.year - 1, 1, 1)
    _make_schedules(rng, points, since)
    _make_report_duties(rng, points, since)
    schedules.generate_samples(
        first=date(today.year, 1, 1),
        last=date(today.year, 12, 31),
        schedules=MonitoringSchedule.objects.select_related("point"),
        by=officer,
        at=at,
    )
    Sample.objects.filter(note="").update(note=NOTE, source=Source.SEED)
    obligations.make_obligations(at=at)
    _hand_in(rng, today, officer)
    obligations.settle_by_samples(at=at)
    _waive_one(head, at)
    violations.follow_results(at=at)
    rule = rule_in_force(today)
    assert rule is not None  # noqa: S101 - loaded by migration
    violations.resolve_cured(at=at, in_a_row=rule.meets_to_resolve)
    violations.follow_obligations(at=at)
    _record_seen(points, officer, at)
    for quarter in reversed(duties.quarters_back(today, QUARTERS)):
        if quarter.end + LOCKED_AFTER < today:
            compliance.lock_quarter(quarter=quarter, by=head, at=at)
        else:
            compliance.recompute(quarter=quarter, at=at)


def _make_schedules(rng: random.Random, points: list[DischargePoint], since: date) -> None:
    kind = DutyKind.objects.get(code="effluent-test")
    term = DutyTerm.objects.get(kind=kind)
    effluent, river = ParameterSet.objects.get(code="effluent-monthly"), ParameterSet.objects.get(code="river-monthly")
    MonitoringSchedule.objects.bulk_create(
        MonitoringSchedule(
            public_id=public_id(rng),
            point=point,
            parameter_set=river if point.water_body_id else effluent,
            kind=kind if point.kind == PointKind.EFFLUENT else None,
            frequency=Frequency.QUARTERLY if point.enterprise_id else Frequency.MONTHLY,
            due_day=15,
            grace_days=90 if point.enterprise_id else 45,
            legal_basis=term.legal_basis,
            confidence=term.confidence,
            valid_from=since,
            note=BASIS,
            source=Source.SEED,
        )
        for point in points
    )


def _make_report_duties(rng: random.Random, points: list[DischargePoint], since: date) -> None:
    kinds = {one.code: one for one in DutyKind.objects.filter(fulfilled_by=FulfilledBy.DOCUMENT)}
    rows = []
    outlets = [point for point in points if point.kind == PointKind.EFFLUENT]
    for place, point in enumerate(outlets):
        wanted = ["plant-log", "water-report"] if point.plant_id else ["water-report"]
        if point.enterprise_id:
            wanted += ["environment-report"] if place % 3 == 0 else ["discharge-logbook"] if place % 3 == 1 else []
        rows += [
            ReportDuty(
                public_id=public_id(rng),
                kind=kinds[code],
                enterprise_id=point.enterprise_id,
                plant_id=point.plant_id,
                basis=BASIS,
                valid_from=since,
                source=Source.SEED,
            )
            for code in wanted
        ]
    ReportDuty.objects.bulk_create(rows)


def _hand_in(rng: random.Random, today: date, officer: User) -> None:
    """Reports come mostly in time; a third of the subjects are careless."""
    rows = list(
        Obligation.objects.filter(kind__fulfilled_by=FulfilledBy.DOCUMENT)
        .select_related("kind")
        .order_by("kind", "enterprise", "plant", "period_start")
    )
    received = []
    for row in rows:
        careless = (row.enterprise_id or row.plant_id or 0) % 3 == 0
        chance = rng.random()
        if chance < (0.25 if careless else 0.04):
            continue
        late = rng.randint(3, 60) if chance > (0.6 if careless else 0.94) else -rng.randint(0, 8)
        day = max(row.due_on + timedelta(days=late), row.period_start)
        if day > today:
            continue
        row.state, row.received_on, row.received_by = ObligationState.RECEIVED, day, officer
        row.days_late, row.record = duties.days_late(row.due_on, day), RECORD
        received.append(row)
    Obligation.objects.bulk_update(
        received, ["state", "received_on", "received_by", "days_late", "record"], batch_size=500
    )


def _waive_one(head: User, at: datetime) -> None:
    first = (
        Obligation.objects.filter(state=ObligationState.DUE, enterprise__isnull=False).order_by("due_on", "pk").first()
    )
    if first:
        obligations.waive_obligation(
            obligation=first, reason="Contoh: usaha berhenti berproduksi selama masa ini.", by=head, at=at
        )


def _record_seen(points: list[DischargePoint], officer: User, at: datetime) -> None:
    owners = [point.enterprise for point in points if point.enterprise][:2]
    for enterprise, kind, words in zip(
        owners,
        ("unpermitted", "narrative"),
        ("Contoh: pipa kedua ke saluran tanpa persetujuan.", "Contoh: air berwarna keluar pada malam hari."),
        strict=False,
    ):
        violations.record_violation(
            subject=enterprise,
            kind=kind,
            occurred_on=timezone.localdate(at) - timedelta(days=9),
            description=words,
            by=officer,
            at=at,
            source=Source.SEED,
        )
