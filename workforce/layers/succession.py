"""Map layers of succession: by ward, never a person's place."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from batikportal.choices import Focus
from batikportal.contracts import AreaValue, Layer, Scope
from workforce import rules
from workforce.indicators.people import day_of
from workforce.queries import succession


def read_median_age(scope: Scope) -> Sequence[AreaValue]:
    """Median age of the workers who live in a ward; no value where fewer than five ages stand behind it."""
    hidden = _("Data kurang dari 5, tidak ditampilkan")
    return [
        AreaValue(
            code, round(median, 1) if rules.publishable(count) else None, "" if rules.publishable(count) else hidden
        )
        for code, count, median in succession.median_ages_by_ward(day_of(scope), scope.area)
    ]


LAYERS = [
    Layer(
        code="workforce.median_age",
        title=gettext_lazy("Median umur pekerja"),
        focus=Focus.WORKERS,
        read=read_median_age,
        permission="workforce.view_figures",
        by_ward=True,
        unit=gettext_lazy("tahun"),
    ),
]
