"""The figures of wastewater on the dashboard."""

from datetime import timedelta
from decimal import Decimal
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from batikportal import formats
from batikportal.choices import Direction, Focus, Office
from batikportal.contracts import Indicator, Reading, Scope
from wastewater import queries
from wastewater.choices import Verdict
from wastewater.models import Sample
from wastewater.queries import obligations
from wastewater.queries.violations import in_scope


def _judged(scope: Scope) -> tuple[queries.Compliance, list[queries.Month]]:
    """The counts of the period and of its twelve months, which two figures share."""
    samples = Sample.objects.filter(scope.ward_filter("point__ward"))
    counts = queries.compliance(samples, scope.period.start, scope.period.end)
    return counts, queries.monthly_compliance(samples, scope.period.end)


def _per_cent(part: Decimal | int, whole: Decimal | int) -> Decimal | None:
    return Decimal(100 * part) / Decimal(whole) if whole else None


def _silent(scope: Scope) -> int:
    """Obligations that fell due in the period and were not met."""
    due = scope.period.start, min(scope.period.end, scope.today - timedelta(days=1))
    return obligations.overdue(scope.today).filter(in_scope(scope), due_on__range=due).count()


def _remarks(found: queries.Compliance, silent: int) -> str:
    """What the figure leaves out, so that nobody takes silence for compliance."""
    return _(
        "%(undecided)s tidak dapat dinilai, %(missing)s parameter tidak dilaporkan, %(unverified)s sampel menunggu "
        "verifikasi, %(silent)s kewajiban uji atau lapor tidak dipenuhi."
    ) % {
        "silent": formats.number(silent),
        "undecided": formats.number(found.undecided),
        "missing": formats.number(found.missing),
        "unverified": formats.number(found.unverified),
    }


def read_exceedances(scope: Scope) -> Reading:
    found, months = scope.once(_judged)
    return Reading(
        value=found.exceeds if found.samples else None,
        numerator=found.exceeds,
        denominator=found.decided,
        completeness=found.completeness,
        fresh_at=found.last_taken_at,
        trend=[(month.label, month.exceeds) for month in months],
        note=_remarks(found, scope.once(_silent)),
    )


def read_compliance(scope: Scope) -> Reading:
    found, months = scope.once(_judged)
    return Reading(
        value=_per_cent(found.meets, found.decided),
        numerator=found.meets,
        denominator=found.decided,
        completeness=found.completeness,
        fresh_at=found.last_taken_at,
        trend=[
            (month.label, None if month.meets is None else _per_cent(month.meets, month.meets + (month.exceeds or 0)))
            for month in months
        ],
        note=_remarks(found, scope.once(_silent)),
    )


def read_treatment_use(scope: Scope) -> Reading:
    """The capacity is each plant's latest stated figure; the note gives the span of all sources."""
    plants = queries.plants_with_figures(scope.today).filter(
        scope.ward_filter("ward"), status__in=queries.WORKING, kind__in=queries.SHARED_KINDS
    )
    rows = list(plants)
    totals = queries.totals_of(rows)
    if totals.capacity_m3_per_day is None or totals.declared_m3_per_day is None:
        return Reading(value=None, note=_("Belum ada angka kapasitas atau sambungan."))
    return Reading(
        value=_per_cent(totals.declared_m3_per_day, totals.capacity_m3_per_day),
        numerator=totals.declared_m3_per_day,
        denominator=totals.capacity_m3_per_day,
        completeness=1 - totals.without_figure_count / len(rows),
        fresh_at=scope.today,
        note=_("Kapasitas menurut sumber terbaru; sumber lain menyebut %(low)s sampai %(high)s m³/hari.")
        % {"low": formats.number(totals.capacity_low), "high": formats.number(totals.capacity_high)},
    )


def _result_rows(verdict: Verdict):
    def rows(scope: Scope) -> str:
        query = urlencode({"putusan": verdict.value, "terhitung": "on", **scope.query()})
        return f"{reverse('wastewater:result-list')}?{query}"

    return rows


def plant_rows(scope: Scope) -> str:
    chosen = {"beroperasi": "on"} | {key: value for key, value in scope.query().items() if key == "kecamatan"}
    return f"{reverse('wastewater:plant-list')}?{urlencode(chosen)}"


INDICATORS = [
    Indicator(
        code="wastewater.exceedances",
        title=gettext_lazy("Hasil uji yang melebihi baku mutu"),
        focus=Focus.WASTE,
        definition=gettext_lazy(
            "Banyaknya hasil uji yang melebihi baku mutu yang berlaku pada hari pengambilan, dari semua hasil yang "
            "dapat dinilai. Hanya hasil yang sudah diverifikasi atau diterbitkan."
        ),
        unit=gettext_lazy("hasil uji"),
        direction=Direction.DOWN,
        permission="wastewater.view_sample",
        office=Office.DLH,
        source=gettext_lazy("Hasil uji laboratorium"),
        frequency="monthly",
        minimum_completeness=0.8,
        read=read_exceedances,
        rows=_result_rows(Verdict.EXCEEDS),
    ),
    Indicator(
        code="wastewater.compliance",
        title=gettext_lazy("Hasil uji yang memenuhi baku mutu"),
        focus=Focus.WASTE,
        definition=gettext_lazy(
            "Bagian hasil uji yang memenuhi baku mutu dari semua hasil yang dapat dinilai. Yang tidak dapat dinilai "
            "dan yang tidak dilaporkan disebut terpisah, tidak dihitung sebagai memenuhi."
        ),
        unit="%",
        direction=Direction.UP,
        permission="wastewater.view_sample",
        office=Office.DLH,
        source=gettext_lazy("Hasil uji laboratorium"),
        frequency="monthly",
        minimum_completeness=0.8,
        read=read_compliance,
        rows=_result_rows(Verdict.MEETS),
        decimals=1,
    ),
    Indicator(
        code="wastewater.treatment_use",
        title=gettext_lazy("Volume tersambung terhadap kapasitas IPAL"),
        focus=Focus.WASTE,
        definition=gettext_lazy(
            "Jumlah volume air limbah yang dinyatakan usaha yang tersambung (m³/hari) dibagi kapasitas IPAL komunal "
            "dan bersama yang beroperasi. Di atas 100% berarti kapasitas terlampaui."
        ),
        unit="%",
        direction=Direction.NONE,
        permission="wastewater.view_treatmentplant",
        office=Office.DLH,
        source=gettext_lazy("Daftar sambungan dan angka kapasitas yang diterbitkan"),
        frequency="monthly",
        minimum_completeness=0.8,
        read=read_treatment_use,
        rows=plant_rows,
        decimals=1,
    ),
]
