"""The quarterly status: what it would be by today's rows, what stands written, and how the two differ."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Max, Min, Q, QuerySet
from django.db.models.functions import Coalesce

from batikportal.choices import EnterpriseStatus
from batikportal.models import Area, Enterprise
from wastewater import rules as sample_rules
from wastewater.choices import PointKind, Reason, Verdict
from wastewater.choices.duties import FulfilledBy, ObligationState, Resolution
from wastewater.models import (
    ComplianceRule,
    ComplianceStatus,
    DischargePoint,
    Evaluation,
    Obligation,
    QuarterLock,
    TreatmentPlant,
    Violation,
)
from wastewater.queries.compliance_rules import rule_in_force
from wastewater.queries.samples import taken_between
from wastewater.rules import compliance as rules
from wastewater.rules import duties

# Enterprise and plant, one of them None.
Key = tuple[int | None, int | None]
UNGRADED = (Reason.NO_LIMIT, Reason.INFLUENT)
# What has been owed longer than this without receipt no longer weighs on every new quarter.
OUTSTANDING = timedelta(days=366)

COUNTS = (
    "meets_count",
    "exceeds_count",
    "undecided_count",
    "obligations_count",
    "not_reported_count",
    "late_count",
    "violations_count",
)


@dataclass
class Computed:
    """What the status of one subject in a quarter is by the rows of today."""

    level: str
    reasons: list[dict[str, Any]]
    counts: dict[str, int] = field(default_factory=dict)

    def equals(self, row: ComplianceStatus) -> bool:
        same = self.level == row.level and self.reasons == row.reasons
        return same and all(getattr(row, name) == count for name, count in self.counts.items())


def thresholds_of(rule: ComplianceRule) -> rules.Thresholds:
    return rules.Thresholds(
        minimum_results=rule.minimum_results,
        chronic_share=rule.chronic_share,
        severe_share=rule.severe_share,
        factor_conventional=rule.severe_factor_conventional,
        factor_other=rule.severe_factor_other,
        conventional=frozenset(rule.conventional_parameters),
        without_factor=frozenset(rule.without_factor),
        late_days=rule.late_days,
    )


def compute(quarter: duties.DutyPeriod, rule: ComplianceRule, today: date) -> dict[Key, Computed]:
    """The status of every subject in the quarter; four queries, whatever the number of subjects."""
    thresholds = thresholds_of(rule)
    tallies, results = _results(quarter, rule, thresholds)
    obligations = _obligations(quarter, today)
    violations = _violations(quarter)
    keys = set(results) | set(obligations) | set(violations) | _monitored()
    found = {}
    for key in keys:
        judged, owed = results.get(key, {}), obligations.get(key, {})
        facts = rules.Facts(
            tallies=sorted(tallies.get(key, []), key=lambda tally: tally.parameter),
            meets=judged.get("meets", 0),
            exceeds=judged.get("exceeds", 0),
            undecided=judged.get("undecided", 0),
            violations=violations.get(key, 0),
            longest_late_days=owed.get("longest", 0),
            received=owed.get("received", 0),
            owes_samples=bool(owed.get("samples", 0)),
        )
        status = rules.status(facts, thresholds)
        found[key] = Computed(
            level=str(status.level),
            reasons=[{**asdict(ground), "reason": str(ground.reason)} for ground in status.grounds],
            counts={
                "meets_count": facts.meets,
                "exceeds_count": facts.exceeds,
                "undecided_count": facts.undecided,
                "obligations_count": owed.get("all", 0),
                "not_reported_count": owed.get("silent", 0),
                "late_count": owed.get("late", 0),
                "violations_count": facts.violations,
            },
        )
    return found


def _results(
    quarter: duties.DutyPeriod, rule: ComplianceRule, thresholds: rules.Thresholds
) -> tuple[dict[Key, list[rules.Tally]], dict[Key, dict[str, int]]]:
    """Decided results by parameter in the rolling window, and those of the quarter itself."""
    in_quarter = taken_between(quarter.start, quarter.end, "result__sample__taken_at")
    decided = Q(verdict__in=[Verdict.MEETS, Verdict.EXCEEDS])
    exceeds = Q(verdict=Verdict.EXCEEDS)
    rows = (
        results_of_window(quarter, rule)
        .order_by()
        .values("result__sample__point__enterprise", "result__sample__point__plant", "result__parameter__code")
        .annotate(
            decided=Count("pk", filter=decided),
            exceeds=Count("pk", filter=exceeds),
            severe_conventional=Count("pk", filter=exceeds & Q(ratio__gte=thresholds.factor_conventional)),
            severe_other=Count("pk", filter=exceeds & Q(ratio__gte=thresholds.factor_other)),
            now_meets=Count("pk", filter=in_quarter & Q(verdict=Verdict.MEETS)),
            now_exceeds=Count("pk", filter=in_quarter & exceeds),
            now_undecided=Count("pk", filter=in_quarter & Q(verdict=Verdict.CANNOT_TELL) & ~Q(reason__in=UNGRADED)),
        )
    )
    tallies: dict[Key, list[rules.Tally]] = defaultdict(list)
    sums: dict[Key, dict[str, int]] = defaultdict(lambda: {"meets": 0, "exceeds": 0, "undecided": 0})
    row: dict[str, Any]
    for row in rows:  # type: ignore[assignment]  # the stubs know the columns only by literal names
        key = (row["result__sample__point__enterprise"], row["result__sample__point__plant"])
        code = row["result__parameter__code"]
        severe = row["severe_conventional"] if code in thresholds.conventional else row["severe_other"]
        tallies[key].append(rules.Tally(code, row["decided"], row["exceeds"], severe))
        for name in ("meets", "exceeds", "undecided"):
            sums[key][name] += row[f"now_{name}"]
    return tallies, sums


def results_of_window(quarter: duties.DutyPeriod, rule: ComplianceRule) -> QuerySet[Evaluation]:
    """Current verdicts on verified effluent of enterprises and plants in the months that end with the quarter."""
    start = duties.rolling_start(quarter, rule.window_months)
    return Evaluation.objects.filter(
        taken_between(start, quarter.end, "result__sample__taken_at"),
        is_current=True,
        result__sample__state__in=sample_rules.COUNTED,
        result__sample__point__kind=PointKind.EFFLUENT,
    )


def obligations_of_quarter(quarter: duties.DutyPeriod) -> QuerySet[Obligation]:
    """What fell due in the quarter, and what fell due before and is still owed; waived ones never."""
    return Obligation.objects.exclude(state=ObligationState.WAIVED).filter(
        Q(due_on__range=(quarter.start, quarter.end))
        | Q(state=ObligationState.DUE, due_on__lt=quarter.start, due_on__gte=quarter.start - OUTSTANDING)
    )


def violations_of_quarter(quarter: duties.DutyPeriod) -> QuerySet[Violation]:
    """What occurred in the quarter and still stands; a waived silence is none."""
    return (
        Violation.objects.standing()
        .exclude(resolution=Resolution.WAIVER)
        .filter(occurred_on__range=(quarter.start, quarter.end))
    )


def _obligations(quarter: duties.DutyPeriod, today: date) -> dict[Key, dict[str, Any]]:
    silent = Q(state=ObligationState.DUE, due_on__lt=today)
    rows = (
        obligations_of_quarter(quarter)
        .order_by()
        .values("enterprise", "plant")
        .annotate(
            all=Count("pk"),
            silent=Count("pk", filter=silent),
            oldest=Min("due_on", filter=silent),
            late=Count("pk", filter=Q(days_late__gt=0)),
            received=Count("pk", filter=Q(state=ObligationState.RECEIVED)),
            samples=Count("pk", filter=Q(kind__fulfilled_by=FulfilledBy.SAMPLE)),
            worst=Coalesce(Max("days_late"), 0),
        )
    )
    found: dict[Key, dict[str, Any]] = {}
    for row in rows:
        waiting = (today - row["oldest"]).days if row["oldest"] else 0
        found[row["enterprise"], row["plant"]] = {**row, "longest": max(waiting, row["worst"])}
    return found


def _violations(quarter: duties.DutyPeriod) -> dict[Key, int]:
    rows = violations_of_quarter(quarter).order_by().values("enterprise", "plant").annotate(count=Count("pk"))
    return {(row["enterprise"], row["plant"]): row["count"] for row in rows}


def _monitored() -> set[Key]:
    """Whoever has an outlet that is monitored stands on the board, even with no data at all."""
    rows = (
        DischargePoint.objects.filter(is_active=True, kind=PointKind.EFFLUENT)
        .exclude(enterprise__status__in=[EnterpriseStatus.CLOSED, EnterpriseStatus.MERGED])
        .order_by()
        .values_list("enterprise", "plant")
    )
    return set(rows.distinct())


def locks() -> QuerySet[QuarterLock]:
    """Locks that hold."""
    return QuarterLock.objects.filter(unlocked_at__isnull=True).select_related("locked_by")


def locked_starts() -> set[date]:
    return set(locks().order_by().values_list("quarter_start", flat=True))


def with_words(statuses: QuerySet[ComplianceStatus]) -> QuerySet[ComplianceStatus]:
    return statuses.select_related("enterprise__ward__parent", "plant__ward__parent", "rule")


@dataclass(frozen=True)
class Revision:
    """A frozen status, and what it would be by the rows of today; either may be missing."""

    subject: Enterprise | TreatmentPlant
    written: ComplianceStatus | None
    computed: Computed | None


def revisions(quarter: duties.DutyPeriod, visible: QuerySet[ComplianceStatus], today: date) -> list[Revision]:
    """Where late data would change the statuses of a locked quarter; nothing is written."""
    rows = list(with_words(visible.filter(quarter_start=quarter.start)))
    if not rows:
        return []
    computed = compute(quarter, rows[0].rule, today)
    changed = []
    for row in rows:
        now = computed.get((row.enterprise_id, row.plant_id))
        if now is None or now.level != row.level or any(getattr(row, n) != now.counts[n] for n in COUNTS):
            changed.append(Revision(row.subject, row, now))
    return sorted(changed, key=lambda one: str(one.subject))


@dataclass(frozen=True)
class Cell:
    """One quarter of one subject; without a status there is nothing to say."""

    code: str
    status: ComplianceStatus | None


@dataclass
class BoardRow:
    """One subject over the quarters of the board."""

    subject: Enterprise | TreatmentPlant
    url: str
    cells: list[Cell]


def board_subjects(
    statuses: QuerySet[ComplianceStatus],
    quarters: Sequence[duties.DutyPeriod],
    *,
    cari: str = "",
    kecamatan: Area | None = None,
    jenis: str = "",
    status: str = "",
    triwulan: str = "",
    diam: bool = False,
) -> QuerySet:
    """The subjects of the board, by name; with a status, those that have it in the chosen or latest quarter."""
    rows = statuses.filter(quarter_start__in=[quarter.start for quarter in quarters])
    if cari:
        rows = rows.filter(
            Q(enterprise__name__icontains=cari)
            | Q(enterprise__registration_number__iexact=cari)
            | Q(plant__name__icontains=cari)
        )
    if kecamatan:
        rows = rows.filter(Q(enterprise__ward__parent=kecamatan) | Q(plant__ward__parent=kecamatan))
    if jenis:
        rows = rows.filter(**{f"{jenis}__isnull": False})
    if status or diam:
        chosen = duties.quarter_from_code(triwulan) or quarters[0]
        rows = rows.filter(quarter_start=chosen.start)
        if status:
            rows = rows.filter(level=status)
        if diam:
            rows = rows.filter(not_reported_count__gt=0)
    return (
        rows.order_by()
        .values("enterprise", "plant", name=Coalesce("plant__name", "enterprise__name"))
        .distinct()
        .order_by("name", "enterprise", "plant")
    )


def board_rows(
    statuses: QuerySet[ComplianceStatus], subjects: Iterable[dict[str, Any]], quarters: Sequence[duties.DutyPeriod]
) -> list[BoardRow]:
    """The cells of these subjects; one query."""
    keys: list[Key] = [(row["enterprise"], row["plant"]) for row in subjects]
    found: dict[Key, dict[date, ComplianceStatus]] = defaultdict(dict)
    wanted = statuses.filter(
        Q(enterprise__in=[one for one, _plant in keys if one]) | Q(plant__in=[one for _enterprise, one in keys if one]),
        quarter_start__in=[quarter.start for quarter in quarters],
    )
    for row in with_words(wanted):
        found[row.enterprise_id, row.plant_id][row.quarter_start] = row
    rows = []
    for key in keys:
        cells = found[key]
        one = next(iter(cells.values()))
        line = [Cell(duties.quarter_code(quarter.start), cells.get(quarter.start)) for quarter in quarters]
        rows.append(BoardRow(one.subject, one.subject_url, line))
    return rows


def counts_by_quarter(statuses: QuerySet[ComplianceStatus], quarters: Sequence[duties.DutyPeriod]) -> list[dict]:
    """For each quarter how many subjects have which status, and how many have not reported; one query."""
    rows = (
        statuses.filter(quarter_start__in=[quarter.start for quarter in quarters])
        .order_by()
        .values("quarter_start")
        .annotate(
            compliant=Count("pk", filter=Q(level="compliant")),
            minor=Count("pk", filter=Q(level="minor")),
            significant=Count("pk", filter=Q(level="significant")),
            undecided=Count("pk", filter=Q(level="undecided")),
            not_reported=Count("pk", filter=Q(not_reported_count__gt=0)),
            all=Count("pk"),
        )
    )
    by_start: dict[date, Any] = {row["quarter_start"]: row for row in rows}
    return [by_start.get(quarter.start, {"all": 0}) for quarter in quarters]


def published_status_counts() -> list[tuple]:
    """Quarter, district and the number of subjects by status, of locked quarters only."""
    district = Coalesce("enterprise__ward__parent__name", "plant__ward__parent__name")
    rows = (
        ComplianceStatus.objects.filter(quarter_start__in=locks().order_by().values("quarter_start"))
        .order_by()
        .values("quarter_start", district=district)
        .annotate(
            compliant=Count("pk", filter=Q(level="compliant")),
            minor=Count("pk", filter=Q(level="minor")),
            significant=Count("pk", filter=Q(level="significant")),
            undecided=Count("pk", filter=Q(level="undecided")),
            version=Max("rule__version"),
        )
        .order_by("quarter_start", "district")
    )
    return [
        (row["quarter_start"], row["district"], row["version"], row["compliant"], row["minor"], row["significant"],
         row["undecided"])
        for row in rows
    ]  # fmt: skip


def quarters_to_lock(today: date) -> list[tuple[duties.DutyPeriod, date]]:
    """Quarters of the last year with statuses that are over and not locked, and the day by which they should be."""
    rule = rule_in_force(today)
    if rule is None:
        return []
    open_rows = ComplianceStatus.objects.exclude(quarter_start__in=locks().order_by().values("quarter_start"))
    written = set(open_rows.order_by().values_list("quarter_start", flat=True).distinct())
    waiting = [
        (quarter, quarter.end + timedelta(days=rule.lock_within_days))
        for quarter in duties.quarters_back(today, 5)[1:]
        if quarter.start in written
    ]
    return [(quarter, due) for quarter, due in waiting if quarter.end < today]
