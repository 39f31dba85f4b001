"""Work: what the alert rules find, in the order in which it should be done."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils import timezone

from batikportal import contracts, readings
from batikportal.choices import Severity
from batikportal.contracts import Alert, AlertRule, Alerts, Scope
from batikportal.dashboard.figures import office_name

URGENCY = {severity: place for place, severity in enumerate(Severity.values)}


@dataclass(frozen=True)
class Task:
    """One alert with the rule that found it."""

    rule: AlertRule
    alert: Alert
    is_overdue: bool

    @property
    def office(self) -> str:
        return office_name(self.rule.office)

    def order(self) -> tuple[object, ...]:
        """Overdue first, then by severity, due date and age."""
        due, since = self.alert.due_on or date.max, self.alert.since or date.max
        return (not self.is_overdue, URGENCY.get(self.rule.severity, 9), due, since, str(self.alert.subject))


@dataclass(frozen=True)
class Cut:
    """A rule that found more than it lists."""

    rule: AlertRule
    shown: int
    total: int


@dataclass(frozen=True)
class Kind:
    """What one rule found: how much there is to do, and how much of it is known to be late."""

    rule: AlertRule
    total: int
    overdue_count: int

    @property
    def office(self) -> str:
        return office_name(self.rule.office)

    def order(self) -> tuple[object, ...]:
        """The most urgent kind first; among equals the one with more that is late, then with more."""
        return (URGENCY.get(self.rule.severity, 9), -self.overdue_count, -self.total)


@dataclass(frozen=True)
class Work:
    """All tasks in order; ``total`` also counts what the rules found and did not list."""

    tasks: Sequence[Task]
    total: int
    kinds: Sequence[Kind]
    cuts: Sequence[Cut]
    failed: Sequence[AlertRule]

    def first(self, count: int, per_rule: int) -> list[Task]:
        """The first tasks, few of each rule, so that one busy rule does not hide the others."""
        seen: Counter[str] = Counter()
        chosen = []
        for task in self.tasks:
            seen[task.rule.code] += 1
            if seen[task.rule.code] <= per_rule:
                chosen.append(task)
        return chosen[:count]

    @property
    def overdue_count(self) -> int:
        return sum(task.is_overdue for task in self.tasks)

    @property
    def by_office(self) -> list[tuple[str, int]]:
        """How much each office has to do, the busiest first."""
        counts: Counter[str] = Counter()
        for kind in self.kinds:
            counts[kind.office] += kind.total
        return counts.most_common()


def _day(value: date | None) -> date | None:
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value


def find_checked(rule: AlertRule, scope: Scope) -> Alerts:
    """What the rule finds, with plain dates; TypeError when it is not what the contract promises."""
    found = rule.find(scope)
    if not isinstance(found, Alerts):
        raise TypeError(f"{rule.code}.find returned {type(found).__name__}, no Alerts")
    items = [replace(alert, since=_day(alert.since), due_on=_day(alert.due_on)) for alert in found.items]
    for alert in items:
        if not all(day is None or isinstance(day, date) for day in (alert.since, alert.due_on)):
            raise TypeError(f"{rule.code}.find returned a date that is none")
    return Alerts(items, max(int(found.total), len(items)))


def work_of(rules: Iterable[AlertRule], scope: Scope) -> Work:
    """Ask the rules; a broken one is named and the others go on."""
    tasks: list[Task] = []
    cuts, failed, kinds = [], [], []
    for rule in rules:
        answer = readings.ask(rule, find_checked, scope)
        if answer.failed:
            failed.append(rule)
            continue
        found = answer.value
        if found.total > len(found.items):
            cuts.append(Cut(rule, len(found.items), found.total))
        own = [Task(rule, one, one.due_on is not None and one.due_on < scope.today) for one in found.items]
        tasks += own
        if found.total:
            kinds.append(Kind(rule, found.total, sum(task.is_overdue for task in own)))
    total = sum(kind.total for kind in kinds)
    return Work(sorted(tasks, key=Task.order), total, sorted(kinds, key=Kind.order), cuts, failed)


def work_for(user, scope: Scope, *, focus: str = "", office: str = "", severity: str = "", code: str = "") -> Work:
    """The work a user may see, of one focus, office, severity or rule if asked; rules left out are not even run."""
    wanted = {"focus": focus, "office": office, "severity": severity, "code": code}
    rules = [
        rule
        for rule in contracts.for_user("alerts", user)
        if all(not value or getattr(rule, name) == value for name, value in wanted.items())
    ]
    return work_of(rules, scope)
