"""Corrections of verified results: the list, one correction with its evidence, asking and deciding."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from batikportal import access, downloads
from batikportal.actions.files import FileRefused, store
from batikportal.choices import FileKind
from wastewater import permissions
from wastewater.actions import corrections as actions
from wastewater.forms import corrections as forms
from wastewater.models import Result, ResultCorrection, Sample
from wastewater.queries import corrections as queries
from wastewater.views.lists import chosen_in, page_of

SORTINGS = {
    "diajukan": ("requested_at", "pk"),
    "-diajukan": ("-requested_at", "-pk"),
    "keadaan": ("state", "-requested_at", "pk"),
    "-keadaan": ("-state", "-requested_at", "pk"),
}


def _found(request):
    form = forms.CorrectionFilter(request.GET or None)
    rows = queries.found_corrections(ResultCorrection.objects.visible_to(request.user), **chosen_in(form))
    return form, rows.order_by(*SORTINGS.get(request.GET.get("urut", ""), SORTINGS["-diajukan"]))


def _one(request, public_id) -> ResultCorrection:
    seen = queries.with_words(ResultCorrection.objects.visible_to(request.user)).select_related("evidence")
    return get_object_or_404(seen, public_id=public_id)


def _crumbs(correction: ResultCorrection | None = None) -> list[tuple[str, str]]:
    crumbs = [
        (_("Limbah batik"), reverse("wastewater:index")),
        (_("Koreksi hasil"), reverse("wastewater:correction-list")),
    ]
    return [*crumbs, (str(correction), correction.get_absolute_url())] if correction else crumbs


@access.needs("wastewater.view_resultcorrection")
@require_safe
def correction_list(request):
    form, rows = _found(request)
    context = {"filter": form, "page": page_of(request, rows)}
    return render(request, "wastewater/correction_list.html", context)


@access.needs("wastewater.view_resultcorrection")
@require_safe
def correction_export(request):
    _form, rows = _found(request)
    header = [_("Nomor laboratorium"), _("Kode titik"), _("Parameter"), _("Semula"), _("Menjadi"), _("Alasan"),
              _("Keadaan"), _("Diajukan pada"), _("Diputus pada"), _("Keterangan putusan")]  # fmt: skip
    lines = (
        [row.result.sample.lab_number, row.result.sample.point.code, str(row.result.parameter), row.old_reported,
         row.new_reported, row.reason, row.get_state_display(), row.requested_on.isoformat(),
         timezone.localdate(row.decided_at).isoformat() if row.decided_at else "", row.decision_note]
        for row in rows.iterator(chunk_size=1000)
    )  # fmt: skip
    return downloads.csv_file("koreksi-hasil", header, lines)


@access.needs("wastewater.view_resultcorrection")
@require_safe
def correction(request, public_id):
    """One correction: old and new, why, what proves it, and who decided."""
    found = _one(request, public_id)
    context = {
        "correction": found,
        "sample": found.result.sample,
        "may_apply": permissions.may_apply_correction(request.user, found),
        "may_refuse": permissions.may_refuse_correction(request.user, found),
        "waits_for_another": permissions.own_correction_waits(request.user, found),
    }
    return render(request, "wastewater/correction.html", context)


@access.needs("batikportal.view_storedfile")
@require_safe
def correction_evidence(request, public_id):
    """The evidence, also of samples without an enterprise: whoever decides must have seen it."""
    return downloads.stored_file(_one(request, public_id).evidence)


@access.needs("wastewater.record_correction")
@require_http_methods(["GET", "POST"])
def correction_new(request, public_id, code):
    """Ask that one figure of a verified sample be corrected."""
    seen = Result.objects.filter(sample__in=Sample.objects.visible_to(request.user))
    result = get_object_or_404(
        seen.select_related("parameter", "sample__point__enterprise"), sample__public_id=public_id, parameter__code=code
    )
    sample = result.sample
    if not permissions.may_request_correction(request.user, sample):
        messages.warning(request, _("Hanya hasil yang sudah diverifikasi yang dikoreksi."))
        return redirect(sample)
    form = forms.CorrectionForm(request.POST or None, request.FILES or None, result=result)
    if request.method == "POST" and form.is_valid():
        try:
            made = _request(request, result, form)
        except (actions.CorrectionRefused, FileRefused) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Koreksi diajukan. Angkanya berubah setelah orang lain menyetujuinya."))
            return redirect(made)
    context = {
        "title": _("Ajukan koreksi hasil"),
        "lead": f"{result.parameter}: {result.reported}",
        "note": _("Angka semula tetap tersimpan dan tetap terlihat pada sampel. Koreksi diputus oleh orang lain."),
        "form": form,
        "submit_label": _("Ajukan koreksi"),
        "cancel_url": sample.get_absolute_url(),
        "crumbs": [
            (_("Limbah batik"), reverse("wastewater:index")),
            (_("Sampel"), reverse("wastewater:sample-list")),
            (sample.number, sample.get_absolute_url()),
        ],
    }
    return render(request, "components/form_page.html", context)


def _request(request, result: Result, form: forms.CorrectionForm) -> ResultCorrection:
    at = timezone.now()
    evidence = store(
        upload=form.cleaned_data["evidence"],
        kinds=(FileKind.PDF, FileKind.IMAGE),
        by=request.user,
        at=at,
        enterprise=result.sample.point.enterprise,
    )
    return actions.request_correction(
        result=result,
        figure=form.wanted(),
        reason=form.cleaned_data["reason"],
        evidence=evidence,
        by=request.user,
        at=at,
    )


@access.needs("wastewater.decide_correction")
@require_http_methods(["GET", "POST"])
def correction_apply(request, public_id):
    found = _one(request, public_id)
    form = forms.ApplyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.apply_correction(correction=found, **form.cleaned_data, by=request.user, at=timezone.now())
        except actions.CorrectionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Koreksi diterapkan dan hasilnya dinilai ulang."))
            return redirect(found.result.sample)
    context = {
        "title": _("Terapkan koreksi"),
        "question": str(found),
        "facts": _facts(found),
        "consequences": [
            _("Hasil berubah dan langsung dinilai ulang; angka, pelanggaran dan data terbuka mengikutinya."),
            _("Angka dan penilaian semula tetap tersimpan dan terlihat sebagai “dikoreksi”."),
            _("Langkah ini tidak dapat dicabut; yang keliru dikoreksi lagi."),
        ],
        "form": form,
        "submit_label": _("Terapkan koreksi"),
        "cancel_url": found.get_absolute_url(),
        "crumbs": _crumbs(found),
    }
    return render(request, "components/confirm_page.html", context)


@access.needs("wastewater.decide_correction")
@require_http_methods(["GET", "POST"])
def correction_refuse(request, public_id):
    found = _one(request, public_id)
    form = forms.RefuseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.refuse_correction(correction=found, **form.cleaned_data, by=request.user, at=timezone.now())
        except actions.CorrectionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Koreksi ditolak. Hasilnya tidak berubah."))
            return redirect(found)
    context = {
        "title": _("Tolak koreksi"),
        "question": str(found),
        "facts": _facts(found),
        "consequences": [_("Hasilnya tetap seperti semula. Koreksi lain boleh diajukan dengan bukti baru.")],
        "form": form,
        "submit_label": _("Tolak koreksi"),
        "cancel_url": found.get_absolute_url(),
        "danger": True,
        "crumbs": _crumbs(found),
    }
    return render(request, "components/confirm_page.html", context)


def _facts(correction: ResultCorrection) -> list[tuple[str, object]]:
    return [
        (_("Sampel"), str(correction.result.sample)),
        (_("Semula"), correction.old_reported),
        (_("Menjadi"), correction.new_reported),
        (_("Alasan"), correction.reason),
        (_("Diajukan oleh"), correction.requested_by),
    ]
