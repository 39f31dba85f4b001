"""The map of the registry: where batik is made, by kelurahan."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from batikportal import small_cells
from batikportal.choices import Focus
from batikportal.contracts import AreaValue, Layer, Scope
from batikportal.queries import registry


def read_enterprises(scope: Scope) -> Sequence[AreaValue]:
    """Active enterprises per ward; small counts are hidden, for everybody alike."""
    found = registry.enterprises_by_ward()
    shown = small_cells.publishable_cells([count for _ward, count in found])
    return [
        AreaValue(ward.code, value, "" if value is not None else _("terlalu sedikit untuk ditampilkan"))
        for (ward, _count), value in zip(found, shown, strict=True)
    ]


LAYERS = [
    Layer(
        code="portal.enterprises",
        title=gettext_lazy("Usaha batik"),
        focus=Focus.SHARED,
        read=read_enterprises,
        by_ward=True,
        unit=gettext_lazy("usaha"),
    ),
]
