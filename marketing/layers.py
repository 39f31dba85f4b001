"""Map layers of the market: by ward."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from batikportal.choices import Focus
from batikportal.contracts import AreaValue, Layer, Scope
from marketing import queries


def read_participants(scope: Scope) -> Sequence[AreaValue]:
    """Enterprises that had a seat in an activity of the period, by ward; each counts once."""
    found = queries.participants_by_ward(scope.period.start, scope.period.end, scope.ward_filter("ward"))
    return [AreaValue(code, count, _("%(n)s usaha ikut kegiatan") % {"n": count}) for code, count in found.items()]


LAYERS = [
    Layer(
        code="marketing.participants",
        title=gettext_lazy("Peserta pelatihan dan pameran"),
        focus=Focus.MARKET,
        read=read_participants,
        permission="marketing.view_application",
        by_ward=True,
        unit=gettext_lazy("usaha"),
    ),
]
