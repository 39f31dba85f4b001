"""Samples: the list, one sample with its verdicts, and every step of its life."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from batikportal import access, downloads, formats
from batikportal.actions.files import FileRefused, store
from batikportal.choices import FileKind
from batikportal.imports.links import run_asked
from wastewater import actions, forms, permissions, queries, rules
from wastewater.actions.inspections import InspectionRefused, link_sample
from wastewater.actions.rivers import record_conditions
from wastewater.choices.inspections import InspectionState
from wastewater.models import DischargePoint, Inspection, Sample
from wastewater.queries import corrections as correction_queries
from wastewater.queries import methods as method_queries
from wastewater.views.custody import chain_of
from wastewater.views.lists import chosen_in, page_of

# The address word of a sorting, and the columns behind it.
SORTINGS = {
    "tanggal": ("taken_at", "pk"),
    "-tanggal": ("-taken_at", "-pk"),
    "titik": ("point__code", "-taken_at"),
    "-titik": ("-point__code", "-taken_at"),
    "melebihi": ("exceeds_count", "pk"),
    "-melebihi": ("-exceeds_count", "-pk"),
}


def _found_samples(request):
    form = forms.SampleFilter(request.GET or None, run=run_asked(request))
    rows = queries.found_samples(Sample.objects.visible_to(request.user), **chosen_in(form))
    order = SORTINGS.get(request.GET.get("urut", ""), queries.NEWEST_FIRST)
    return form, queries.listed_samples(rows).order_by(*order)


def _sample(request, public_id, **more) -> Sample:
    """The sample, if the user may see it."""
    seen = Sample.objects.visible_to(request.user).select_related(
        "point__enterprise",
        "point__plant",
        "point__water_body",
        "point__ward__parent",
        "laboratory",
        "river_condition",
    )
    return get_object_or_404(seen, public_id=public_id, **more)


POINTS_NAMED = 12


@access.needs("wastewater.view_sample")
@require_safe
def sample_list(request):
    form, rows = _found_samples(request)
    context = {
        "filter": form,
        "page": page_of(request, rows),
        "may_record": permissions.may_record_sample(request.user),
        "may_import": permissions.may_import_lab_results(request.user),
    }
    return render(request, "wastewater/sample_list.html", context)


@access.needs("wastewater.view_sample")
@require_safe
def sample_export(request):
    _form, rows = _found_samples(request)
    header = [_("Nomor laboratorium"), _("Kode titik"), _("Nama titik"), _("Kelurahan"), _("Kecamatan"),
              _("Diambil pada"), _("Keadaan"), _("Putusan"), _("Memenuhi"), _("Melebihi"),
              _("Tidak dapat dinilai"), _("Tidak dilaporkan")]  # fmt: skip
    lines = (
        [row.lab_number, row.point.code, row.point.name, row.point.ward.name, row.point.ward.parent.name,
         formats.table_moment(row.taken_at),
         row.get_state_display(), row.verdict_label, row.meets_count, row.exceeds_count, row.undecided_count,
         row.missing_count]
        for row in rows.iterator(chunk_size=1000)
    )  # fmt: skip
    return downloads.csv_file("sampel", header, lines)


@access.signed_in
@require_safe
def sample(request, public_id):
    """One sample: who, when, where, and each result with its limit, verdict and citation."""
    found = _sample(request, public_id)
    results = list(correction_queries.with_corrections(queries.results_of(found)))
    user = request.user
    chain = chain_of(user, found)
    kept = {one.parameter.pk: one.kept for one in chain.held}
    context = {
        "sample": found,
        "results": [(result, kept.get(result.parameter_id)) for result in results],
        "chain": chain,
        "missing": queries.missing_parameters(found, results),
        "outside_scope": method_queries.outside_scope(found, results),
        "marks": queries.implausible(results),
        "flow": found.flow_m3_per_day or found.point.discharge_m3_per_day,
        "is_staff": permissions.may_see_samples(user),
        "may_take": permissions.may_record_taking(user, found),
        "may_send": permissions.may_send_to_lab(user, found),
        "may_enter": permissions.may_record_results(user, found),
        "may_verify": permissions.may_verify_sample(user, found),
        "may_publish": permissions.may_publish_sample(user, found),
        "may_void": permissions.may_void_sample(user, found),
        "may_correct": permissions.may_request_correction(user, found),
        "waits_for_another": permissions.waits_for_another(user, found),
    }
    return render(request, "wastewater/sample.html", context)


@access.needs("wastewater.record_sample")
@require_http_methods(["GET", "POST"])
def sample_new(request):
    """Water taken without a plan; `?pengawasan=` takes it during that inspection, to which it then belongs."""
    points = DischargePoint.objects.visible_to(request.user)
    inspection = _running_inspection(request)
    if inspection:
        points = points.filter(enterprise=inspection.enterprise_id, plant=inspection.plant_id)
    codes = list(points.filter(is_active=True).values_list("code", flat=True)[:POINTS_NAMED]) if inspection else []
    only = codes[0] if len(codes) == 1 else None
    form = forms.NewSampleForm(request.POST or None, points=points, initial={"point": request.GET.get("titik", only)})
    if inspection:
        form.fields["point"].help_text = (
            _("Titik di sini: %(codes)s.") % {"codes": ", ".join(codes)}
            if codes
            else _(
                "Usaha atau IPAL ini belum punya titik pantau. Tambahkan dahulu di halaman Titik pantau, "
                "atau mintalah petugas DLH."
            )
        )
    if request.method == "POST" and form.is_valid():
        made = _tried(
            request,
            form,
            lambda: _with_condition(
                request,
                form,
                lambda: _record_new(request, form, inspection),
            ),
        )
        if made:
            messages.success(request, _("Sampel dicatat."))
            return redirect(inspection or made)
    lead = str(inspection) if inspection else _("Untuk air yang sudah diambil.")
    return _form_page(request, form, _("Catat sampel"), lead=lead)


def _running_inspection(request) -> Inspection | None:
    """The inspection that `?pengawasan=` names, if this person may write into it now."""
    try:
        named = UUID(request.GET.get("pengawasan", ""))
    except ValueError:
        return None
    if not request.user.has_perm("wastewater.record_inspection"):
        return None
    running = Inspection.objects.visible_to(request.user).filter(state=InspectionState.ONGOING)
    return running.filter(public_id=named).first()


def _record_new(request, form, inspection: Inspection | None) -> Sample:
    with transaction.atomic():
        made = actions.record_sample(
            point=form.cleaned_data["point"], taking=form.taking(), by=request.user, at=timezone.now()
        )
        if inspection:
            link_sample(inspection=inspection, sample=made, handover_number="", by=request.user, at=timezone.now())
    return made


@access.needs("wastewater.record_sample")
@require_http_methods(["GET", "POST"])
def sample_plan(request):
    points = DischargePoint.objects.visible_to(request.user)
    form = forms.PlanForm(request.POST or None, points=points, initial={"point": request.GET.get("titik")})
    if request.method == "POST" and form.is_valid():
        made = actions.plan_sample(**form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, _("Sampel masuk rencana."))
        return redirect(made)
    return _form_page(request, form, _("Rencanakan sampel"))


@access.needs("wastewater.record_sample")
@require_http_methods(["GET", "POST"])
def sample_take(request, public_id):
    """A planned sample was taken."""
    found = _sample(request, public_id)
    form = forms.TakingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        taken = _tried(
            request,
            form,
            lambda: _with_condition(
                request,
                form,
                lambda: actions.record_taking(sample=found, taking=form.taking(), by=request.user, at=timezone.now()),
            ),
        )
        if taken:
            messages.success(request, _("Pengambilan dicatat."))
            return redirect(found)
    return _form_page(request, form, _("Catat pengambilan"), sample=found)


@access.needs("wastewater.record_sample")
@require_http_methods(["GET", "POST"])
def sample_send(request, public_id):
    found = _sample(request, public_id)
    initial = {"sent_on": timezone.localdate(), "laboratory": found.laboratory_id}
    form = forms.SendForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid() and not _told_of_limits(found, form):
        sent = _tried(
            request,
            form,
            lambda: actions.send_to_lab(sample=found, **form.sending(), by=request.user, at=timezone.now()),
        )
        if sent:
            messages.success(request, _("Penyerahan ke laboratorium dicatat."))
            return redirect(found)
    return _form_page(request, form, _("Serahkan ke laboratorium"), sample=found)


def _told_of_limits(sample: Sample, form: forms.SendForm) -> bool:
    """Tell once, before the water goes, which results of this laboratory could not be judged; never blocks."""
    if not form.must_tell():
        return False
    rows = method_queries.limits_too_high(sample, form.cleaned_data["laboratory"])
    if rows:
        form.tell(
            _(
                "LoQ laboratorium ini di atas baku mutu untuk %(parameters)s: hasil tidak akan dapat dinilai bila "
                "tidak terdeteksi. Pilih laboratorium lain, atau simpan sekali lagi untuk tetap menyerahkan."
            )
            % {"parameters": ", ".join(str(row.parameter) for row in rows)}
        )
    return bool(rows)


@access.needs("wastewater.record_results")
@require_http_methods(["GET", "POST"])
def sample_results(request, public_id):
    """Results typed by hand, one line per parameter."""
    found = _sample(request, public_id)
    if not rules.may_enter_results(found.state):
        messages.warning(request, _("Hasil sampel ini tidak dapat diubah langsung lagi. Ajukan koreksi dengan bukti."))
        return redirect(found)
    form = forms.ResultsForm(
        request.POST or None, request.FILES or None, sample=found, parameters=queries.parameters_for(found)
    )
    if request.method == "POST" and form.is_valid():
        judged = _tried(request, form, lambda: _record(request, found, form))
        if judged:
            messages.success(request, _("Hasil disimpan dan dinilai: %(verdict)s.") % {"verdict": judged.verdict_label})
            return redirect(found)
    return render(request, "wastewater/sample_results.html", {"form": form, "sample": found})


def _record(request, found: Sample, form) -> Sample:
    certificate = None
    if upload := form.cleaned_data["certificate"]:
        certificate = store(
            upload=upload,
            kinds=(FileKind.PDF, FileKind.IMAGE),
            by=request.user,
            at=timezone.now(),
            enterprise=found.point.enterprise,
        )
    return actions.record_results(
        sample=found,
        entries=form.entries(),
        laboratory=form.cleaned_data["laboratory"],
        lab_number=form.cleaned_data["lab_number"],
        certificate=certificate,
        by=request.user,
        at=timezone.now(),
    )


@access.needs("wastewater.verify_sample")
@require_http_methods(["GET", "POST"])
def sample_verify(request, public_id):
    """A second person confirms; afterwards the results are frozen."""
    found = _sample(request, public_id)
    if request.method == "POST":
        try:
            actions.verify_sample(sample=found, by=request.user, at=timezone.now())
            messages.success(request, _("Hasil diverifikasi."))
        except actions.SampleRefused as refusal:
            messages.error(request, str(refusal))
        return redirect(found)
    context = {
        "title": _("Verifikasi hasil uji"),
        "question": _("Apakah hasil ini sesuai dengan laporan laboratorium?"),
        "facts": _facts(found),
        "consequences": [
            _("Hasil dihitung dalam angka dinas dan terlihat oleh usaha yang bersangkutan."),
            _("Hasil tidak dapat diubah lagi. Yang keliru dikoreksi dengan bukti dan persetujuan orang lain."),
        ],
        "submit_label": _("Verifikasi"),
        "cancel_url": found.get_absolute_url(),
        "crumbs": _crumbs(found),
    }
    return render(request, "components/confirm_page.html", context)


@access.needs("wastewater.publish_sample")
@require_POST
def sample_publish(request, public_id):
    found = _sample(request, public_id)
    try:
        actions.publish_sample(sample=found, by=request.user, at=timezone.now())
        messages.success(request, _("Hasil diterbitkan dan masuk data terbuka sebagai angka gabungan."))
    except actions.SampleRefused as refusal:
        messages.error(request, str(refusal))
    return redirect(found)


@access.needs("wastewater.void_sample")
@require_http_methods(["GET", "POST"])
def sample_void(request, public_id):
    found = _sample(request, public_id)
    form = forms.VoidForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        voided = _tried(
            request,
            form,
            lambda: actions.void_sample(sample=found, **form.cleaned_data, by=request.user, at=timezone.now()),
        )
        if voided:
            messages.success(request, _("Sampel digugurkan."))
            return redirect(found)
    context = {
        "title": _("Gugurkan sampel"),
        "question": _("Gugurkan sampel %(number)s?") % {"number": found.number},
        "facts": _facts(found),
        "consequences": [
            _("Hasilnya tidak dihitung lagi dalam angka mana pun, tetapi tetap tersimpan beserta riwayatnya."),
            _("Nomor laboratoriumnya dapat dipakai lagi untuk sampel pengganti."),
            _("Langkah ini tidak dapat dicabut."),
        ],
        "form": form,
        "submit_label": _("Gugurkan sampel"),
        "cancel_url": found.get_absolute_url(),
        "danger": True,
        "crumbs": _crumbs(found),
    }
    return render(request, "components/confirm_page.html", context)


def _with_condition(request, form, take) -> Sample:
    """The sample that `take` records together with tide and weather; both or none."""
    with transaction.atomic():
        taken = take()
        record_conditions(conditions={taken.pk: form.condition()}, by=request.user, at=timezone.now())
    return taken


def _tried(request, form, action):
    """What the action returns; its refusal becomes an error of the form and None."""
    try:
        return action()
    except actions.TakenInFuture as refusal:
        form.add_error("taken_at" if "taken_at" in form.fields else None, str(refusal))
        return None
    except (actions.SampleRefused, InspectionRefused, FileRefused) as refusal:
        form.add_error(None, str(refusal))
        return None


def _form_page(request, form, title: str, lead: str = "", sample: Sample | None = None):
    context = {
        "form": form,
        "title": title,
        "lead": str(sample) if sample else lead,
        "submit_label": _("Simpan"),
        "cancel_url": sample.get_absolute_url() if sample else reverse("wastewater:sample-list"),
        "crumbs": _crumbs(sample),
    }
    return render(request, "components/form_page.html", context)


def _crumbs(sample: Sample | None = None) -> list[tuple[str, str]]:
    crumbs = [
        (_("Limbah batik"), reverse("wastewater:index")),
        (_("Sampel"), reverse("wastewater:sample-list")),
    ]
    return [*crumbs, (sample.number, sample.get_absolute_url())] if sample else crumbs


def _facts(sample: Sample) -> list[tuple[str, object]]:
    return [
        (_("Titik"), str(sample.point)),
        (_("Diambil pada"), formats.moment(sample.taken_at)),
        (_("Laboratorium"), sample.laboratory),
        (_("Putusan"), sample.verdict_label),
        (_("Memenuhi"), sample.meets_count),
        (_("Melebihi"), sample.exceeds_count),
        (_("Tidak dapat dinilai"), sample.undecided_count),
        (_("Tidak dilaporkan"), sample.missing_count),
    ]
