"""How many certificates of competence are valid."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from batikportal.choices import Direction, Focus, Office
from batikportal.contracts import Indicator, Reading, Scope
from workforce.choices.certificates import CertificateState
from workforce.indicators.people import day_of
from workforce.queries import month_ends
from workforce.queries.certificates import valid_by_day


def read_valid(scope: Scope) -> Reading:
    """Certificates valid on the day; nothing recorded yet is no data."""
    by_day = valid_by_day(month_ends(day_of(scope)), scope.area)
    day, valid, known = by_day[-1]
    return Reading(
        value=valid if known else None,
        fresh_at=day if known else None,
        trend=[(date_format(on, "M Y"), count if issued else None) for on, count, issued in by_day],
        note=str(_("Hanya sertifikat yang dicatat di portal.")),
    )


def rows(scope: Scope) -> str:
    """The list of exactly the certificates counted."""
    query = {"keadaan": CertificateState.VALID.value, "sampai": day_of(scope).isoformat()}
    if scope.area is not None and scope.area.level != "city":
        query["kecamatan"] = scope.area.code
    return f"{reverse('workforce:certificate-list')}?{urlencode(query)}"


INDICATORS = [
    Indicator(
        code="workforce.valid_certificates",
        title=_("Sertifikat kompetensi yang berlaku"),
        focus=Focus.WORKERS,
        definition=_(
            "Sertifikat kompetensi batik milik pekerja terdaftar yang berlaku pada tanggal itu; berlaku tiga tahun "
            "kecuali tertulis lain."
        ),
        unit=_("sertifikat"),
        direction=Direction.UP,
        permission="workforce.view_figures",
        office=Office.DINPERINAKER,
        source=_("Sertifikat yang dicatat petugas"),
        frequency="monthly",
        minimum_completeness=0.0,
        read=read_valid,
        rows=rows,
    )
]
