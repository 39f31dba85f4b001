"""A layer as a page shows it: the switch, the map's address, the table beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.urls import reverse

from batikportal import contracts
from batikportal.contracts import AreaValue, Layer, Place, Scope
from batikportal.maps import features
from batikportal.queries import areas

ROWS_ON_DASHBOARD = 10
ROWS_PER_PAGE = 50
# What needs somebody stands on top of the table.
WORST_FIRST = {"bad": 0, "warning": 1, "unknown": 2, "good": 3}


@dataclass(frozen=True)
class DrawnLayer:
    """The chosen layer among those the reader may see; ``layer`` None means there is none at all."""

    choices: Sequence[Layer]
    layer: Layer | None
    has_failed: bool = False
    data_url: str = ""
    note: str = ""
    areas: Sequence[features.AreaRow] = ()
    places: Sequence[Place] = ()
    page: Page | None = None
    total: int = 0


def read_checked(layer: Layer, scope: Scope) -> list[Any]:
    """What the layer answers; TypeError when it is not what the contract promises."""
    found = list(layer.read(scope))
    kind = AreaValue if layer.by_ward else Place
    wrong = next((item for item in found if not isinstance(item, kind)), None)
    if wrong is not None:
        raise TypeError(f"{layer.code}.read returned {wrong!r}, no {kind.__name__}")
    return found


def drawn(user, scope: Scope, code: str, *, on_page: int = ROWS_PER_PAGE, number: Any = 1) -> DrawnLayer:
    """The layer of that code, else the first; ``number`` is the page of the table."""
    choices = list(contracts.for_user("layers", user))
    layer = next((one for one in choices if one.code == code), choices[0] if choices else None)
    if layer is None:
        return DrawnLayer(choices, None)
    answer = contracts.ask(layer, read_checked, layer, scope)
    if answer.failed:
        return DrawnLayer(choices, layer, has_failed=True)
    data_url = f"{reverse('map-layer', args=[layer.code])}?{urlencode(scope.query())}"
    wards = areas.wards()
    note = features.outline_note(wards)
    if layer.by_ward:
        rows = features.area_rows(layer, answer.value, features.in_scope(wards, scope))
        rows.sort(key=lambda row: (row.amount is None, -(row.amount or 0), row.name))
        return DrawnLayer(choices, layer, False, data_url, note, areas=rows, total=len(rows))
    ordered = sorted(answer.value, key=lambda place: (WORST_FIRST.get(place.status, 2), str(place.name)))
    page = Paginator(ordered, on_page).get_page(number)
    return DrawnLayer(
        choices, layer, False, data_url, note, places=list(page.object_list), page=page, total=len(ordered)
    )
