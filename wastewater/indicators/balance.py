"""The figure of the balance sheet on the dashboard: how much of the generated wastewater is treated."""

from decimal import Decimal
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from batikportal import formats
from batikportal.choices import Direction, Focus, Office
from batikportal.contracts import Indicator, Reading, Scope
from wastewater.queries import balance as queries


def _balance(scope: Scope) -> queries.Balance:
    """The whole city, which every district of a page shares."""
    return queries.balance(scope.period.start, min(scope.period.end, scope.today))


def read_coverage(scope: Scope) -> Reading:
    sums = scope.once_everywhere(_balance).within([scope.area] if scope.area else None).whole
    if sums.coverage is None:
        reasons = _("Yang diolah lebih banyak daripada yang diketahui dihasilkan.") if sums.treated else ""
        return Reading(value=None, fresh_at=sums.last_on, note=reasons)
    return Reading(
        value=100 * sums.coverage,
        numerator=_cubic(sums.treated),
        denominator=_cubic(sums.generated),
        completeness=None if sums.own_share is None else float(sums.own_share),
        fresh_at=sums.last_on,
        note=_(
            "%(own)s dari yang dihasilkan dicatat atau dinyatakan usaha, sisanya ditaksir. Dengan taksiran paling "
            "rendah sampai paling tinggi: %(least)s sampai %(most)s."
        )
        % {
            "own": formats.per_cent(sums.own_share),
            "least": formats.per_cent(_part(sums.treated, sums.generated_high)),
            "most": formats.per_cent(_part(sums.treated, sums.generated_low)),
        },
    )


def _cubic(volume: Decimal | None) -> Decimal | None:
    return None if volume is None else volume.quantize(Decimal("0.1"))


def _part(treated: Decimal | None, generated: Decimal | None) -> Decimal | None:
    return treated / generated if treated is not None and generated else None


def balance_rows(scope: Scope) -> str:
    return f"{reverse('wastewater:balance')}?{urlencode(scope.query())}"


INDICATORS = [
    Indicator(
        code="wastewater.treatment_coverage",
        title=gettext_lazy("Air limbah batik yang diolah"),
        focus=Focus.WASTE,
        definition=gettext_lazy(
            "Air limbah yang terbukti diolah dibagi air limbah yang dihasilkan dalam masa itu (m³), menurut neraca "
            "air limbah. Usaha tanpa angka sendiri ditaksir dengan angka baku; bagian taksiran disebut."
        ),
        unit="%",
        direction=Direction.UP,
        permission="wastewater.view_dischargelog",
        office=Office.DLH,
        source=gettext_lazy("Buku limbah, sambungan, catatan harian IPAL, dan angka baku"),
        frequency="monthly",
        minimum_completeness=0.5,
        read=read_coverage,
        rows=balance_rows,
        decimals=1,
    ),
]
