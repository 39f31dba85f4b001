"""One figure held side by side for the kecamatan."""

from collections.abc import Iterable, Mapping
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from batikportal import charts
from batikportal.contracts import Indicator, Scope
from batikportal.dashboard.figures import Figure, figure_of, is_share
from batikportal.models import Area, Target

TONES = {True: "good", False: "bad", None: ""}


def figures_by_district(
    indicator: Indicator, scope: Scope, districts: Iterable[Area], targets: Mapping[int | None, Target]
) -> list[tuple[Area, Figure]]:
    """The figure of every kecamatan, with its own target or the city's."""
    return [
        (area, figure_of(indicator, scope.within(area), targets.get(area.pk) or targets.get(None)))
        for area in districts
    ]


def chart_of(
    pairs: list[tuple[Area, Figure]], indicator: Indicator, query: Mapping[str, str], city: Target | None
) -> charts.Chart | None:
    """Bars that lead to the same sheet of one kecamatan; None when the figure does not differ by area."""
    values = [figure.reading.value if figure.reading else None for _area, figure in pairs]
    known = {value for value in values if value is not None}
    # The same value everywhere means that the figure is not kept by area; bars would pretend that it is.
    if not known or (len(known) == 1 and None not in values and known != {0}):
        return None
    bars = [
        charts.Bar(area.name, value, f"?{urlencode({**query, 'kecamatan': area.code})}", TONES[figure.is_reached])
        for (area, figure), value in zip(pairs, values, strict=True)
    ]
    limit = charts.Limit(city.value, _("Target kota")) if city and is_share(indicator) else None
    title = _("%(title)s menurut kecamatan") % {"title": indicator.title}
    return charts.bars(title=title, rows=bars, unit=str(indicator.unit), limit=limit)
