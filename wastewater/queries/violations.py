"""Violations as lists, cases and inspections ask for them."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Count, F, Max, Min, Q, QuerySet

from batikportal.contracts import Scope
from batikportal.models import Area, Enterprise
from wastewater.choices.duties import ViolationState
from wastewater.models import TreatmentPlant, Violation
from wastewater.rules import obligations as rules

_WITH_WORDS = (
    "enterprise__ward__parent",
    "plant__ward__parent",
    "evaluation__limit",
    "evaluation__load_limit",
    "evaluation__result__parameter",
    "evaluation__result__sample__point",
    "obligation__kind",
)


def with_words(violations: QuerySet[Violation]) -> QuerySet[Violation]:
    """With everything that a line of a list says, in the same query."""
    return violations.select_related(*_WITH_WORDS)


def open_violations(
    violations: QuerySet[Violation] | None = None,
    *,
    subject: Enterprise | TreatmentPlant | None = None,
    kinds: Iterable[str] = (),
) -> QuerySet[Violation]:
    """Open violations, oldest first: of everybody, of one subject, or among the given rows."""
    rows = Violation.objects.all() if violations is None else violations
    rows = rows.filter(state=ViolationState.OPEN)
    if subject is not None:
        rows = rows.filter(**{"enterprise" if isinstance(subject, Enterprise) else "plant": subject})
    kinds = list(kinds)
    if kinds:
        rows = rows.filter(kind__in=kinds)
    return with_words(rows).order_by("occurred_on", "pk")


def open_counts(chosen: Iterable[int] | None = None, *, owner: str = "enterprise") -> dict[int, dict[str, int]]:
    """Open violations by kind of each "enterprise" or "plant" (primary key) that has any; one query."""
    rows = Violation.objects.filter(state=ViolationState.OPEN, **{f"{owner}__isnull": False})
    if chosen is not None:
        rows = rows.filter(**{f"{owner}__in": list(chosen)})
    found: dict[int, dict[str, int]] = {}
    counts = rows.order_by().values(owner, "kind").annotate(count=Count("pk"))
    for subject, kind, count in counts.values_list(owner, "kind", "count"):
        found.setdefault(subject, {})[kind] = count
    return found


def repeated_violations(since: date, *, at_least: int = 2) -> QuerySet:
    """Subjects with the same kind of violation on several days since then; the same parameter for limits.

    Rows of ``enterprise``, ``plant``, ``kind``, ``parameter``, ``days`` and ``last_on``, most days first.
    """
    return (
        Violation.objects.standing()
        .filter(occurred_on__gte=since)
        .order_by()
        .values("enterprise", "plant", "kind", parameter=F("evaluation__result__parameter"))
        .annotate(days=Count("occurred_on", distinct=True), last_on=Max("occurred_on"))
        .filter(days__gte=at_least)
        .order_by("-days", "-last_on")
    )


def found_violations(
    violations: QuerySet[Violation],
    *,
    cari: str = "",
    jenis: str = "",
    keadaan: str = "",
    kecamatan: Area | None = None,
    dari: date | None = None,
    sampai: date | None = None,
) -> QuerySet[Violation]:
    """Violations narrowed by what the list page asks."""
    rows = violations
    if cari:
        rows = rows.filter(
            Q(enterprise__name__icontains=cari)
            | Q(enterprise__registration_number__iexact=cari)
            | Q(plant__name__icontains=cari)
        )
    if jenis:
        rows = rows.filter(kind=jenis)
    if keadaan:
        rows = rows.filter(state=keadaan)
    if kecamatan:
        rows = rows.filter(Q(enterprise__ward__parent=kecamatan) | Q(plant__ward__parent=kecamatan))
    if dari:
        rows = rows.filter(occurred_on__gte=dari)
    if sampai:
        rows = rows.filter(occurred_on__lte=sampai)
    return with_words(rows)


def in_scope(scope: Scope) -> Q:
    """The subject lies in the chosen district; no condition for the whole city."""
    at_enterprise = scope.ward_filter("enterprise__ward")
    return at_enterprise | scope.ward_filter("plant__ward") if at_enterprise else at_enterprise


def subjects_waiting(scope: Scope) -> QuerySet:
    """Each subject with an open violation that nobody has ended within the days that the portal allows: its words, how
    many are open, since when; longest first. One row for a firm, however many parameters a sample of it exceeds."""
    rows = Violation.objects.filter(in_scope(scope), state=ViolationState.OPEN).order_by()
    grouped = rows.values("enterprise__name", "enterprise__registration_number", "plant__name").annotate(
        count=Count("pk"), since=Min("detected_on")
    )
    late = scope.today - timedelta(days=rules.DAYS_TO_FOLLOW_UP)
    return grouped.filter(since__lt=late).order_by("since", "enterprise__name", "plant__name")
