"""The treatment gap by ward on the map: as the balance sheet has it for staff, without small cells for everybody."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from batikportal import formats
from batikportal.choices import Focus
from batikportal.contracts import AreaValue, Layer, Scope
from wastewater.queries import balance as queries
from wastewater.rules import balance as rules


def _basis(sums: rules.Sums) -> str:
    return "; ".join(f"{how.label} {formats.per_cent(share)}" for how, share in sums.shares)


def _rounded(volume: Decimal | None) -> Decimal | None:
    return None if volume is None else volume.quantize(Decimal("0.1"))


def read_gap(scope: Scope) -> Sequence[AreaValue]:
    """The gap of the period, in m³."""
    found = queries.balance(scope.period.start, scope.period.end)
    return [AreaValue(one.ward.code, _rounded(one.sums.gap), _basis(one.sums)) for one in found.wards]


def read_published_gap(scope: Scope) -> Sequence[AreaValue]:
    """The gap of the last whole quarter, whatever the period: free dates would let one day be told from another."""
    start, end = rules.last_quarters(scope.today, 1)[0]
    period = _("%(start)s sampai %(end)s") % {"start": formats.short_day(start), "end": formats.short_day(end)}
    return [
        AreaValue(one.ward.code, _rounded(sums.gap) if sums else None, f"{period}. {_basis(sums)}" if sums else period)
        for one, sums in queries.publishable(queries.balance(start, end))
    ]


LAYERS = [
    Layer(
        code="wastewater.gap",
        title=gettext_lazy("Air limbah yang belum terbukti diolah"),
        focus=Focus.WASTE,
        read=read_gap,
        permission="wastewater.view_dischargelog",
        by_ward=True,
        unit="m³",
    ),
    Layer(
        code="wastewater.gap_public",
        title=gettext_lazy("Air limbah yang belum terbukti diolah, triwulan lalu"),
        focus=Focus.WASTE,
        read=read_published_gap,
        by_ward=True,
        unit="m³",
    ),
]
