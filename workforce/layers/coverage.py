"""Map layers about workers: by ward, never a person's place."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from batikportal.choices import Focus
from batikportal.contracts import AreaValue, Layer, Scope
from workforce import queries, rules
from workforce.indicators.people import day_of, percent
from workforce.models import Person


def read_covered_share(scope: Scope) -> Sequence[AreaValue]:
    """Share of active workers with JKK and JKM by ward of residence; no value where people could be known from it."""
    on = day_of(scope)
    people = Person.objects.filter(scope.ward_filter("ward"), ward__isnull=False)
    values = []
    for row in queries.covered_by_ward(people, on):
        if row.ward is None:
            continue
        visible = rules.publishable(row.part, row.whole)
        note = "" if visible else _("Data kurang dari 5, tidak ditampilkan")
        values.append(AreaValue(row.ward.code, percent(row.part, row.whole) if visible else None, note))
    return values


LAYERS = [
    Layer(
        code="workforce.covered_share",
        title=gettext_lazy("Pekerja terlindungi JKK dan JKM"),
        focus=Focus.WORKERS,
        read=read_covered_share,
        permission="workforce.view_figures",
        by_ward=True,
        unit=gettext_lazy("%"),
    ),
]
