"""Judged results: the rows behind the figures, and an SME's own results."""

from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from batikportal import access, contracts, downloads, formats
from batikportal.formats import number
from wastewater import forms, permissions, queries
from wastewater.choices import Verdict
from wastewater.models import Sample
from wastewater.queries import coach, corrections, custody
from wastewater.views.lists import chosen_in, in_batches, page_of

_WITHIN_SAMPLE = ("result__sample_id", "result__parameter__display_order")
SORTINGS = {
    "tanggal": ("result__sample__taken_at", *_WITHIN_SAMPLE),
    "-tanggal": ("-result__sample__taken_at", *_WITHIN_SAMPLE),
    "parameter": ("result__parameter__display_order", "-result__sample__taken_at", "pk"),
    "-parameter": ("-result__parameter__display_order", "-result__sample__taken_at", "pk"),
    "kali": ("ratio", "pk"),
    "-kali": ("-ratio", "-pk"),
}
NEWEST_FIRST = SORTINGS["-tanggal"]


def _found_results(request):
    form = forms.ResultFilter(request.GET or None)
    samples = Sample.objects.visible_to(request.user)
    chosen = dict(chosen_in(form))
    kept_too_long = chosen.pop("lama", False)
    rows = corrections.with_marks(queries.found_results(samples, **chosen))
    if kept_too_long:
        rows = rows.filter(result__in=custody.results_kept_too_long())
    return form, rows.order_by(*SORTINGS.get(request.GET.get("urut", ""), NEWEST_FIRST))


def _mark_kept(rows) -> None:
    """Give each judged result (`kept`) how long its water was kept; a fixed number of queries for all rows."""
    known = custody.marks({row.result.sample for row in rows}, timezone.now())
    for row in rows:
        row.kept = known.get((row.result.sample_id, row.result.parameter_id))


def _batches(rows):
    """All rows, each with its `kept`."""
    for batch in in_batches(rows):
        _mark_kept(batch)
        yield from batch


@access.needs("wastewater.view_sample")
@require_safe
def result_list(request):
    form, rows = _found_results(request)
    exceedances_only = chosen_in(form).get("putusan") == Verdict.EXCEEDS
    page = page_of(request, rows)
    _mark_kept(page)
    context = {
        "filter": form,
        "page": page,
        "title": _("Pelampauan baku mutu") if exceedances_only else _("Hasil uji"),
        "may_import": permissions.may_import_lab_results(request.user),
    }
    return render(request, "wastewater/result_list.html", context)


@access.needs("wastewater.view_sample")
@require_safe
def result_export(request):
    _form, rows = _found_results(request)
    header = [_("Nomor laboratorium"), _("Kode titik"), _("Kelurahan"), _("Kecamatan"), _("Diambil pada"),
              _("Parameter"), _("Hasil"), _("Satuan"), _("Baku mutu"), _("Dasar hukum"), _("Putusan"), _("Alasan"),
              _("Kali baku mutu"), _("Keadaan sampel"), _("Dikoreksi"), _("Lama simpan")]  # fmt: skip
    lines = (
        [row.result.sample.lab_number, row.result.sample.point.code, row.result.sample.point.ward.name,
         row.result.sample.point.ward.parent.name,
         formats.table_moment(row.result.sample.taken_at), str(row.result.parameter),
         f"{'' if row.result.qualifier == '=' else row.result.qualifier}{number(row.result.value)}",
         " ".join(filter(None, (row.result.unit, row.result.expressed_as))),
         row.limit.allowed if row.limit else "", row.limit.legal_basis if row.limit else "",
         row.get_verdict_display(), row.get_reason_display(),
         formats.number(row.ratio, 2) if row.ratio is not None else "", row.result.sample.get_state_display(),
         _("Ya") if row.is_corrected else "", row.kept.state.label if row.kept else ""]
        for row in _batches(rows)
    )  # fmt: skip
    return downloads.csv_file("hasil-uji", header, lines)


@access.owner
@require_safe
def own_result_list(request):
    """What an SME sees of its own wastewater: verified samples, newest first, in plain words, with the coach."""
    page = page_of(request, queries.own_samples(request.enterprises))
    found = coach.coaching(list(page), request.enterprises)
    held = custody.holdings(page, timezone.now())
    newest = next((sample.pk for sample in page if sample.pk in found.by_sample), None)
    for sample in page:
        sample.failures = found.by_sample.get(sample.pk, [])
        sample.is_newest_failure = sample.pk == newest
        sample.kept = custody.summary(held.get(sample.pk, ()))
    context = {
        "page": page,
        "has_failures": bool(found.by_sample),
        "knows_habits": found.knows_habits,
        "contacts": coach.contacts(),
        "openings": contracts.openings(coach.TOPICS, request.user, timezone.now()),
    }
    return render(request, "wastewater/own_result_list.html", context)
