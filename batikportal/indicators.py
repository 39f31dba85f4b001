"""The figure that all focuses share: how many enterprises the registry holds."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from batikportal.choices import Direction, EnterpriseStatus, Focus, Office
from batikportal.contracts import Indicator, Reading, Scope
from batikportal.queries import registry


def read_active(scope: Scope) -> Reading:
    """Active enterprises as of today; the trend is when they were registered, unknown before the first."""
    by_month = registry.registered_by_month(scope)
    total = sum(by_month.values())
    trend = []
    for start in registry.month_starts(scope.today):
        until = sum(count for month, count in by_month.items() if month <= start)
        trend.append((date_format(start, "M Y"), until or None))
    return Reading(total or None, fresh_at=scope.today if total else None, trend=trend)


def active_rows(scope: Scope) -> str:
    chosen = {"status": EnterpriseStatus.ACTIVE.value}
    if scope.area is not None:
        chosen["kecamatan"] = scope.area.code
    return f"{reverse('enterprise-list')}?{urlencode(chosen)}"


INDICATORS = [
    Indicator(
        code="portal.active_enterprises",
        title=_("Usaha batik aktif"),
        focus=Focus.SHARED,
        definition=_(
            "Usaha di daftar pelaku usaha yang sudah diperiksa dan sedang berproduksi, keadaan hari ini. "
            "Usaha yang digabung, tutup, atau masih menunggu pemeriksaan tidak dihitung."
        ),
        unit=_("usaha"),
        direction=Direction.UP,
        permission="batikportal.view_enterprise",
        office=Office.DINDAGKOP,
        source=_("Daftar pelaku usaha"),
        frequency="continuous",
        minimum_completeness=0.0,
        read=read_active,
        rows=active_rows,
    ),
]
