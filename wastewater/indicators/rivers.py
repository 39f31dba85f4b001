"""The figure of the rivers on the dashboard: the IKA of the period."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from batikportal import formats
from batikportal.choices import Direction, Focus, Office
from batikportal.contracts import Indicator, Reading, Scope
from wastewater import rules
from wastewater.choices.indices import AssessmentKind
from wastewater.models import Sample
from wastewater.queries import indices as queries


def read_ika(scope: Scope) -> Reading:
    """The IKA of the period under the one rule in force; two rules have no common value, and their lines never mix."""
    samples = Sample.objects.filter(scope.ward_filter("point__ward"), state__in=rules.COUNTED)
    found = queries.ika(samples, scope.period.start, scope.period.end)
    trend = queries.ika_trend(samples, scope.period.end)
    last_line = trend.lines[-1][1] if trend.lines else [None] * len(trend.labels)
    return Reading(
        value=found.value,
        numerator=found.samples_count,
        completeness=found.completeness,
        fresh_at=found.last_taken_at,
        trend=list(zip(trend.labels, last_line, strict=True)),
        note=_note(found),
    )


def _note(found: queries.Ika) -> str:
    if found.is_mixed:
        return _("Masa ini memakai dua cara hitung; pilih masa yang lebih pendek.")
    rule = found.rules[0].name if found.rules else ""
    withheld = _("%(count)s pengambilan tidak dihitung karena parameternya terlalu sedikit.") % {
        "count": formats.number(found.withheld_count)
    }
    return f"{rule}. {withheld}" if rule else ""


def ika_rows(scope: Scope) -> str:
    return f"{reverse('wastewater:index-list')}?{urlencode({'untuk': AssessmentKind.IKA.value, **scope.query()})}"


INDICATORS = [
    Indicator(
        code="wastewater.river_ika",
        title=gettext_lazy("Indeks kualitas air sungai (IKA)"),
        focus=Focus.WASTE,
        definition=gettext_lazy(
            "Rata-rata bobot status setiap pengambilan di sungai dan saluran: memenuhi 70, cemar ringan 50, "
            "cemar sedang 30, cemar berat 10. Hanya hasil yang sudah diverifikasi atau diterbitkan."
        ),
        unit=gettext_lazy("indeks"),
        direction=Direction.UP,
        permission="wastewater.view_sample",
        office=Office.DLH,
        source=gettext_lazy("Hasil uji laboratorium di titik pantau sungai"),
        frequency="monthly",
        minimum_completeness=0.8,
        read=read_ika,
        rows=ika_rows,
        decimals=2,
    ),
]
