"""The figures of plants on the dashboard: what they remove, and whether their logs are kept."""

from decimal import Decimal
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from batikportal import formats
from batikportal.choices import Direction, Focus, Office
from batikportal.contracts import Indicator, Reading, Scope
from wastewater.queries import plant_loads, plant_logs
from wastewater.rules import plants as rules

CODE = "COD"


def read_removal(scope: Scope) -> Reading:
    """Removal of the period's pairs, weighted by flow; the trend has the twelve months before the period's end."""
    first = min(scope.period.start, _year_before(scope))
    condition = scope.ward_filter("point__plant__ward") or Q()
    pairs = plant_loads.load_pairs(first, scope.period.end, condition, [CODE])
    of_period = [pair for pair in pairs if pair.on >= scope.period.start]
    whole = rules.portfolio(plant_loads.known_sides(of_period, CODE))
    trend = [(one.label, one.removal) for one in plant_loads.loads_by_month(pairs, CODE, scope.period.end)]
    if whole is None:
        note = _("Tidak ada pasangan sampel inlet dan outlet yang dapat dihitung.") if of_period else ""
        return Reading(value=None, completeness=0 if of_period else None, trend=trend, note=note)
    return Reading(
        value=whole.removal,
        numerator=_kilograms(whole.removed),
        denominator=_kilograms(whole.load_in),
        completeness=whole.count / len(of_period),
        fresh_at=max(pair.on for pair in of_period),
        trend=trend,
        note=_("COD tertimbang debit %(before)s → %(after)s mg/L; %(known)s dari %(all)s sampel outlet dapat dihitung.")
        % {
            "before": formats.number(whole.mg_per_l_in, 1),
            "after": formats.number(whole.mg_per_l_out, 1),
            "known": formats.number(whole.count),
            "all": formats.number(len(of_period)),
        },
    )


def _kilograms(load: Decimal) -> Decimal:
    """A sum of loads as people read it: two decimals."""
    return load.quantize(Decimal("0.01"))


def _year_before(scope: Scope):
    end = scope.period.end
    months = end.year * 12 + end.month - 12
    return end.replace(year=months // 12, month=months % 12 + 1, day=1)


def removal_rows(scope: Scope) -> str:
    return f"{reverse('wastewater:plant-removal')}?{urlencode({'parameter': CODE, **scope.query()})}"


def read_log_completeness(scope: Scope) -> Reading:
    found = plant_logs.log_completeness(scope)
    if not found.expected:
        return Reading(value=None, note=_("Belum ada IPAL yang mulai mencatat."))
    return Reading(
        value=Decimal(100 * found.logged) / found.expected,
        numerator=found.logged,
        denominator=found.expected,
        fresh_at=found.last_on,
        note=_("Dihitung sejak catatan pertama setiap IPAL sampai kemarin."),
    )


def log_rows(scope: Scope) -> str:
    return f"{reverse('wastewater:plant-log-list')}?{urlencode(scope.query())}"


INDICATORS = [
    Indicator(
        code="wastewater.removal",
        title=gettext_lazy("Penyisihan beban COD oleh IPAL"),
        focus=Focus.WASTE,
        definition=gettext_lazy(
            "Bagian beban COD yang masuk IPAL dan tidak keluar lagi, dari pasangan sampel inlet dan outlet dengan "
            "debit hari itu. Ditimbang dengan debit, bukan rata-rata persen. Pasangan yang tidak lengkap tidak ikut."
        ),
        unit="%",
        direction=Direction.UP,
        permission="wastewater.view_any_sample",
        office=Office.DLH,
        source=gettext_lazy("Hasil uji laboratorium dan catatan harian IPAL"),
        frequency="monthly",
        minimum_completeness=0.6,
        read=read_removal,
        rows=removal_rows,
        decimals=1,
    ),
    Indicator(
        code="wastewater.plant_log",
        title=gettext_lazy("Kelengkapan catatan harian IPAL"),
        focus=Focus.WASTE,
        definition=gettext_lazy(
            "Hari yang punya catatan dari semua hari IPAL yang beroperasi. Hari tanpa catatan tidak diisi dengan nol."
        ),
        unit="%",
        direction=Direction.UP,
        permission="wastewater.view_plantlog",
        office=Office.DLH,
        source=gettext_lazy("Catatan harian IPAL"),
        frequency="monthly",
        minimum_completeness=0.8,
        read=read_log_completeness,
        rows=log_rows,
        decimals=1,
    ),
]
