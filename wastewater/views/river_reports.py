"""The river report of a quarter as page, PDF and CSV; the method of the pollution index stands on each of them."""

from datetime import date

from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from batikportal import access, documents, downloads, formats
from wastewater.choices.indices import IndexMethod
from wastewater.documents.river_reports import report_facts
from wastewater.forms.rivers import ReportForm
from wastewater.queries import indices as queries
from wastewater.queries import river_quality as quality
from wastewater.views.river_quality import ika_chart


def _quarters(months: list[date], today: date) -> list[tuple[str, str]]:
    """The quarters that have samples, newest first, as (word in the address, words); else the current one."""
    starts = sorted({quality.quarter_of(month)[0] for month in months} or {quality.quarter_of(today)[0]}, reverse=True)
    return [(_word(start), _in_words(start)) for start in starts]


def _word(start: date) -> str:
    return f"{start.year}-{(start.month + 2) // 3}"


def _in_words(start: date) -> str:
    return _("Triwulan %(number)s %(year)s") % {"number": (start.month + 2) // 3, "year": start.year}


def _asked(request):
    """The form, the report, and the words of its quarter; what cannot be read falls back to the newest quarter."""
    samples = queries.samples_read_by(request.user)
    quarters = _quarters(quality.months_with_samples(samples), timezone.localdate())
    form = ReportForm(request.GET or None, quarters=quarters)
    chosen = form.cleaned_data if form.is_bound and form.is_valid() else {}
    year, number = (int(part) for part in (chosen.get("triwulan") or quarters[0][0]).split("-"))
    start, end = quality.quarter_of(date(year, number * 3, 1))
    report = quality.quarter_report(samples, start, end, chosen.get("metode", ""))
    return form, report, _in_words(start)


@access.public
@require_safe
def river_report(request):
    """The quality of every monitored river in one quarter."""
    form, report, period = _asked(request)
    context = {
        "form": form,
        "report": report,
        "period": period,
        "method_label": IndexMethod(report.method).label if report.method else "",
        "chart": ika_chart(report.trend),
        "is_staff": request.user.has_perm("wastewater.view_any_sample"),
    }
    return render(request, "wastewater/river_report.html", context)


@access.public
@require_safe
def river_report_pdf(request):
    _form, report, period = _asked(request)
    content = documents.pdf("river_report", report_facts(report, period), at=timezone.now())
    return downloads.pdf_file(f"laporan-sungai-{_word(report.start)}", content)


@access.public
@require_safe
def river_report_export(request):
    _form, report, _period = _asked(request)
    header = [_("Badan air"), _("Kode titik"), _("Diambil pada"), _("Indeks"), _("Status"), _("Cara hitung"),
              _("Parameter dihitung"), _("Yang melebihi baku mutu")]  # fmt: skip
    method = str(IndexMethod(report.method).label) if report.method else ""
    lines = (
        [station.point.water_body, station.point.code, formats.short_day(line.sample.taken_at),
         "" if line.value is None else formats.number(line.value, 4), line.label, method, " ".join(line.parameters),
         ", ".join(f"{row.result.parameter}" for row in line.exceeding)]
        for station in report.stations
        for line in station.lines
    )  # fmt: skip
    return downloads.csv_file(f"laporan-sungai-{_word(report.start)}", header, lines)
