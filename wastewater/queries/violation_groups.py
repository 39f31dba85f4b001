"""Violations as a person reads them: one line for a sample, for a kind of report, or for what was seen on the spot."""

from collections import Counter
from dataclasses import dataclass

from django.contrib.postgres.aggregates import ArrayAgg
from django.core.paginator import Paginator
from django.db.models import Case, Count, F, Max, Min, QuerySet, When
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from batikportal import formats
from wastewater.choices.duties import ViolationKind, ViolationState
from wastewater.models import Violation
from wastewater.queries.violations import with_words
from wastewater.rules import obligations as rules

SORTINGS = {
    "terjadi": ("last_on", "first_pk"),
    "-terjadi": ("-last_on", "-first_pk"),
    "usaha": ("enterprise__name", "plant__name", "-last_on", "first_pk"),
    "-usaha": ("-enterprise__name", "-plant__name", "-last_on", "first_pk"),
    "banyak": ("count", "-last_on", "first_pk"),
    "-banyak": ("-count", "-last_on", "first_pk"),
}
# So many parameters stand in a line; the rest when it is opened.
NAMED = 4
TONES = {ViolationState.OPEN: "bad", ViolationState.RESOLVED: "good"}


@dataclass(frozen=True)
class ViolationGroup:
    """Violations of one subject that belong together, the heaviest first."""

    rows: list[Violation]

    @property
    def first(self) -> Violation:
        return self.rows[0]

    @property
    def ids(self) -> str:
        """What the tick of this line stands for."""
        return " ".join(str(row.public_id) for row in self.rows)

    @property
    def title(self) -> str:
        """What holds the line together."""
        if self.first.evaluation:
            return _("Sampel %(number)s") % {"number": self.first.evaluation.result.sample.number}
        return str(self.first.obligation.kind) if self.first.obligation else self.first.get_kind_display()

    @property
    def url(self) -> str:
        """The page that says most about the line: the one violation, the sample, or the subject's duties."""
        if len(self.rows) == 1:
            return self.first.get_absolute_url()
        if self.first.evaluation:
            return self.first.evaluation.result.sample.get_absolute_url()
        return self.first.subject_url

    @property
    def words(self) -> str:
        """What happened, in one line."""
        if len(self.rows) == 1 and not self.first.evaluation:
            return self.first.what
        if self.first.evaluation:
            return self._parameters()
        periods = [row.obligation for row in self.rows if row.obligation]
        count = len(self.rows)
        return ngettext(
            "%(count)s laporan tidak diterima, %(first)s – %(last)s",
            "%(count)s laporan tidak diterima, %(first)s – %(last)s",
            count,
        ) % {
            "count": formats.number(count),
            "first": formats.month(min(one.period_start for one in periods)),
            "last": formats.month(max(one.period_end for one in periods)),
        }

    def _parameters(self) -> str:
        named = ", ".join(row.short for row in self.rows[:NAMED])
        if (more := len(self.rows) - NAMED) <= 0:
            return named
        left = ngettext("dan %(count)s lagi", "dan %(count)s lagi", more) % {"count": formats.number(more)}
        return f"{named} {left}"

    @property
    def first_on(self):
        return min(row.occurred_on for row in self.rows)

    @property
    def last_on(self):
        return max(row.occurred_on for row in self.rows)

    @property
    def states(self) -> list[tuple[str, str]]:
        """Each state of the rows as words with its tone; the count only where they differ."""
        counts = Counter(row.state for row in self.rows)
        return [
            (
                str(one.label) if len(counts) == 1 else f"{one.label}: {formats.number(counts[one])}",
                TONES.get(one, "neutral"),
            )
            for one in ViolationState
            if one in counts
        ]


def grouped(violations: QuerySet[Violation]) -> QuerySet:
    """One row for each group of the violations: `ids`, `count`, `last_on`, `first_pk`."""
    seen = Case(When(kind__in=rules.SEEN_ON_THE_SPOT, then=F("pk")))
    keys = violations.order_by().values(
        "enterprise",
        "plant",
        "enterprise__name",
        "plant__name",
        sample=F("evaluation__result__sample"),
        duty=F("obligation__kind"),
        seen=seen,
    )
    return keys.annotate(ids=ArrayAgg("pk"), count=Count("pk"), last_on=Max("occurred_on"), first_pk=Min("pk"))


def page_of_groups(violations: QuerySet[Violation], *, order: str, number: str | None, size: int):
    """The page of groups with their violations; two queries and the count, however many rows they hold."""
    lines = grouped(violations).order_by(*SORTINGS.get(order, SORTINGS["-terjadi"]))
    page = Paginator(lines, size).get_page(number)
    known = with_words(Violation.objects.all()).in_bulk([pk for line in page for pk in line["ids"]])
    page.object_list = [
        ViolationGroup(sorted((known[pk] for pk in line["ids"] if pk in known), key=_weight)) for line in page
    ]
    return page


def _weight(row: Violation):
    """The largest exceedance first; silence by its month."""
    ratio = row.times_the_limit
    return (-(ratio or 0), row.occurred_on, row.kind != ViolationKind.LIMIT, row.pk)
