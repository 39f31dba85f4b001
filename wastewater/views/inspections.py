"""One inspection and every step of it, on a phone as well as at a desk."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from batikportal import access, downloads
from batikportal.actions.files import FileRefused
from wastewater import permissions
from wastewater.actions import inspections as actions
from wastewater.choices import SampleState
from wastewater.choices.enforcement import FindingState
from wastewater.choices.inspections import Aspect, InspectionState
from wastewater.documents.inspections import report_pdf
from wastewater.forms import inspections as forms
from wastewater.models import Inspection, Sample
from wastewater.queries import inspections as queries
from wastewater.queries.violations import with_words
from wastewater.views.inspection_answers import kept_photos, save_aspect

GET_POST = ["GET", "POST"]


def _inspection(request, public_id) -> Inspection:
    seen = Inspection.objects.visible_to(request.user).select_related(
        "enterprise",
        "plant",
        "ward__parent",
        "checklist",
        "replaces",
        "drafted_by",
        "signed_by",
        "closed_by",
        "complaint__category",
        "violation__enterprise",
        "violation__plant",
    )
    return get_object_or_404(seen, public_id=public_id)


@access.needs("wastewater.record_inspection")
@require_safe
def inspection(request, public_id):
    """One inspection: what is planned, what was seen, what follows."""
    found = _inspection(request, public_id)
    user, state = request.user, found.state
    may_plan = permissions.may_plan_inspection(user)
    is_planned = state == InspectionState.PLANNED
    members = found.members.all()
    is_ready = bool(found.assignment_number) and bool(members)
    context = {
        "inspection": found,
        "members": members,
        "aspects": queries.aspects_of(found),
        "site": getattr(found, "site", None),
        "documents": found.documents.all(),
        "measurements": found.measurements.select_related("parameter"),
        "sample_links": found.sample_links.select_related("sample__point"),
        "findings": found.findings.order_by("pk"),
        "violations": with_words(queries.looks_into(found)).order_by("occurred_on", "pk"),
        "untold": found.findings.filter(state=FindingState.OPEN).count(),
        "addenda": found.addenda.select_related("created_by"),
        "replacement": found.replacements.first(),
        "may_see_complaint": user.has_perm("wastewater.view_complaint"),
        "may_assign": may_plan and state in (InspectionState.PLANNED, InspectionState.ONGOING),
        "may_start": is_planned and is_ready,
        "needs_team": is_planned and not is_ready,
        "may_give_up": is_planned or state == InspectionState.ONGOING,
        "gaps": _gaps(found) if state in (InspectionState.ONGOING, InspectionState.REPORT_DRAFTED) else [],
        "is_ongoing": state == InspectionState.ONGOING,
        "is_drafted": state == InspectionState.REPORT_DRAFTED,
        "may_sign": state == InspectionState.REPORT_DRAFTED and permissions.may_sign_report(user),
        "may_replan": may_plan and state == InspectionState.NOT_INSPECTED,
        "may_close": state == InspectionState.REPORT_SIGNED and permissions.may_sign_report(user),
        "due_on": queries.due_on(found),
    }
    return render(request, "wastewater/inspection.html", context)


@access.needs("wastewater.record_inspection_plan")
@require_http_methods(GET_POST)
def inspection_assign(request, public_id):
    found = _inspection(request, public_id)
    form = forms.AssignmentForm(request.POST or None, initial=forms.AssignmentForm.initial_of(found))
    if request.method == "POST" and form.is_valid():
        done = tried(
            form,
            lambda: actions.assign_team(
                inspection=found,
                number=form.cleaned_data["number"],
                assigned_on=form.cleaned_data["assigned_on"],
                members=form.team(),
                by=request.user,
                at=timezone.now(),
            ),
        )
        if done:
            messages.success(request, _("Surat tugas dan tim disimpan."))
            return redirect(found)
    return form_page(request, form, _("Surat tugas dan tim"), found)


@access.needs("wastewater.record_inspection")
@require_http_methods(GET_POST)
def inspection_start(request, public_id):
    found = _inspection(request, public_id)
    form = forms.StartForm(request.POST or None, initial={"started_at": timezone.localtime()})
    return _step(request, found, form, _("Mulai pengawasan"), actions.start_inspection, _("Pengawasan dimulai."))


@access.needs("wastewater.record_inspection")
@require_http_methods(GET_POST)
def inspection_impossible(request, public_id):
    found = _inspection(request, public_id)
    form = forms.ImpossibleForm(request.POST or None)
    done = _("Dicatat: tidak dapat diawasi. Rencanakan ulang dari halaman ini.")
    return _step(request, found, form, _("Tidak dapat diawasi"), actions.record_impossible, done)


@access.needs("wastewater.record_inspection_plan")
@require_http_methods(GET_POST)
def inspection_again(request, public_id):
    found = _inspection(request, public_id)
    today = timezone.localdate()
    initial = {"year": today.year, "quarter": str(queries.quarter_of(today)), "reason": found.reason}
    form = forms.SlotForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        made = tried(
            form,
            lambda: actions.plan_again(inspection=found, **form.cleaned_data, by=request.user, at=timezone.now()),
        )
        if made:
            messages.success(request, _("Pengawasan direncanakan ulang."))
            return redirect(made)
    return form_page(request, form, _("Rencanakan ulang"), found)


@access.needs("wastewater.record_inspection")
@require_http_methods(GET_POST)
def inspection_site(request, public_id):
    """Identity, position and plant, as the team sees them."""
    found = _inspection(request, public_id)
    form = forms.SiteForm(request.POST or None, initial=forms.SiteForm.initial_of(getattr(found, "site", None)))
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data | {"position_by_device": request.POST.get("position_by_device") == "on"}
        if tried(
            form,
            lambda: actions.record_site(inspection=found, facts=facts, by=request.user, at=timezone.now()),
        ):
            messages.success(request, _("Data lapangan disimpan."))
            return redirect(found)
    return render(request, "wastewater/inspection_site.html", {"form": form, "inspection": found})


@access.needs("wastewater.record_inspection")
@require_http_methods(GET_POST)
def inspection_aspect(request, public_id, aspect: str):
    """The questions of one aspect. What is in order is saved even when a photo is refused, so nothing typed is lost."""
    found = _inspection(request, public_id)
    if aspect not in Aspect.values or found.checklist is None:
        raise Http404
    items = list(found.checklist.items.filter(aspect=aspect))
    answers = {row.item_id: row for row in found.answers.filter(item__aspect=aspect).select_related("photo")}
    form = forms.AspectForm(request.POST or None, request.FILES or None, items=items, answers=answers)
    following = _next_aspect(found, aspect)
    if request.method == "POST":
        form.is_valid()
        form.kept = kept_photos(request, found, form)
        if tried(form, lambda: save_aspect(request, found, form)) is not None and not form.errors:
            messages.success(request, _("Aspek ini disimpan."))
            if following and "lanjut" in request.POST:
                return redirect("wastewater:inspection-aspect", found.public_id, following)
            return redirect(found)
    context = {
        "form": form,
        "inspection": found,
        "aspect": Aspect(aspect),
        "aspects": queries.aspects_of(found),
        "has_next": following is not None,
        "is_open": found.state == InspectionState.ONGOING,
    }
    return render(request, "wastewater/inspection_aspect.html", context)


def _next_aspect(found: Inspection, aspect: str) -> str | None:
    codes = [str(row[0].value) for row in queries.aspects_of(found)]
    place = codes.index(aspect) + 1 if aspect in codes else len(codes)
    return codes[place] if place < len(codes) else None


@access.needs("wastewater.record_inspection")
@require_http_methods(GET_POST)
def inspection_document(request, public_id):
    found = _inspection(request, public_id)
    form = forms.DocumentSeenForm(request.POST or None)
    return _step(request, found, form, _("Catat dokumen"), actions.add_document, _("Dokumen dicatat."))


@access.needs("wastewater.record_inspection")
@require_http_methods(GET_POST)
def inspection_measure(request, public_id):
    found = _inspection(request, public_id)
    form = forms.MeasurementForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        readings = [actions.Reading(one, read.value, read.qualifier) for one, read in form.readings()]
        made = tried(
            form,
            lambda: actions.add_measurements(
                inspection=found,
                place=form.cleaned_data["place"],
                instrument=form.cleaned_data["instrument"],
                readings=readings,
                by=request.user,
                at=timezone.now(),
            ),
        )
        if made:
            text = ngettext("%(count)s pengukuran dicatat.", "%(count)s pengukuran dicatat.", len(made))
            messages.success(request, text % {"count": len(made)})
            return redirect(found)
    return render(request, "wastewater/inspection_measure.html", {"form": form, "inspection": found})


@access.needs("wastewater.record_inspection")
@require_http_methods(GET_POST)
def inspection_sample(request, public_id):
    """A sample taken here; a new one is recorded on its own page first."""
    found = _inspection(request, public_id)
    samples = (
        Sample.objects.visible_to(request.user)
        .filter(point__enterprise=found.enterprise_id, point__plant=found.plant_id, inspection_link__isnull=True)
        .exclude(state__in=[SampleState.PLANNED, SampleState.VOID])
        .select_related("point")
        .order_by("-taken_at")
    )
    form = forms.SampleLinkForm(request.POST or None, samples=samples)
    return _step(request, found, form, _("Kaitkan sampel"), actions.link_sample, _("Sampel dikaitkan."))


@access.needs("wastewater.record_inspection")
@require_POST
def inspection_note_remove(request, public_id, kind: str, pk: int):
    found = _inspection(request, public_id)
    try:
        actions.remove_note(inspection=found, kind=kind, pk=pk, by=request.user, at=timezone.now())
        messages.success(request, _("Catatan dihapus; riwayatnya tetap tersimpan."))
    except actions.InspectionRefused as refusal:
        messages.error(request, str(refusal))
    return redirect(found)


@access.needs("wastewater.record_inspection")
@require_http_methods(GET_POST)
def inspection_draft(request, public_id):
    found = _inspection(request, public_id)
    initial = {"ended_at": timezone.localtime(), "conclusion": found.conclusion, "report_number": found.report_number}
    form = forms.DraftReportForm(request.POST or None, initial=initial)
    done = _("Berita acara disusun. Periksa konsepnya sebelum ditandatangani.")
    return _step(request, found, form, _("Susun berita acara"), actions.draft_report, done, note=_note(_gaps(found)))


@access.needs("wastewater.record_inspection")
@require_POST
def inspection_return(request, public_id):
    found = _inspection(request, public_id)
    return _pressed(request, found, actions.return_report, _("Konsep dikembalikan ke tim."))


@access.needs("wastewater.sign_inspection_report")
@require_http_methods(GET_POST)
def inspection_sign(request, public_id):
    """Both signatures, or the refusal; afterwards the report cannot change."""
    found = _inspection(request, public_id)
    site = getattr(found, "site", None)
    initial = {"signer": site.representative_name, "signer_position": site.representative_position} if site else {}
    form = forms.SignReportForm(request.POST or None, initial=initial)
    if (
        request.method == "POST"
        and form.is_valid()
        and tried(
            form,
            lambda: actions.sign_report(inspection=found, **form.cleaned_data, by=request.user, at=timezone.now()),
        )
    ):
        if found.findings.exists():
            messages.success(request, _("Berita acara ditandatangani. Sampaikan temuannya dan buka hak jawab."))
        else:
            messages.success(request, _("Berita acara ditandatangani. Tidak ada temuan yang perlu disampaikan."))
        return redirect(found)
    context = {
        "title": _("Tanda tangan berita acara"),
        "question": str(found),
        "facts": [(_("Nomor berita acara"), found.report_number), (_("Temuan"), found.findings.count())],
        "consequences": [
            _("Isi berita acara dibekukan beserta sidiknya; sesudahnya hanya adendum yang dapat ditambahkan."),
            _("Usaha yang diawasi dapat mengunduhnya."),
            *_gaps(found),
        ],
        "form": form,
        "submit_label": _("Tandatangani"),
        "cancel_url": found.get_absolute_url(),
        "crumbs": _crumbs(found),
    }
    return render(request, "components/confirm_page.html", context)


@access.needs("wastewater.record_inspection")
@require_http_methods(GET_POST)
def inspection_addendum(request, public_id):
    found = _inspection(request, public_id)
    form = forms.AddendumForm(request.POST or None)
    return _step(request, found, form, _("Tambah adendum"), actions.add_addendum, _("Adendum ditambahkan."))


@access.needs("wastewater.sign_inspection_report")
@require_POST
def inspection_close(request, public_id):
    found = _inspection(request, public_id)
    return _pressed(request, found, actions.close_inspection, _("Pengawasan ditutup."))


@access.signed_in
@require_safe
def inspection_report(request, public_id):
    """The report as PDF: for those who inspect, and once signed for the business."""
    found = _inspection(request, public_id)
    return downloads.pdf_file(f"berita-acara-{found.number}", report_pdf(found, at=timezone.now()))


def tried(form, action):
    """What the action returns; its refusal becomes an error of the form and None."""
    try:
        return action()
    except (actions.InspectionRefused, FileRefused) as refusal:
        form.add_error(None, str(refusal))
        return None


def _pressed(request, found: Inspection, action, done: str):
    """A step without a form."""
    try:
        action(inspection=found, by=request.user, at=timezone.now())
        messages.success(request, done)
    except actions.InspectionRefused as refusal:
        messages.error(request, str(refusal))
    return redirect(found)


def _step(request, found: Inspection, form, title: str, action, done: str, note: str = ""):
    """A step whose form fields are the arguments of its action."""
    if request.method == "POST" and form.is_valid():
        made = tried(form, lambda: action(inspection=found, **form.cleaned_data, by=request.user, at=timezone.now()))
        if made is not None:
            messages.success(request, done)
            return redirect(found)
    return form_page(request, form, title, found, note)


def _gaps(found: Inspection) -> list[str]:
    """What a report would lack if it were written now; nothing of it blocks, people decide."""
    aspects = queries.aspects_of(found)
    open_questions = sum(asked - answered for _aspect, asked, answered, _fails in aspects)
    without = queries.aspects_without_finding(found, aspects)
    site = getattr(found, "site", None)
    gaps = []
    if open_questions:
        gaps.append(_("%(count)s butir daftar periksa belum diisi.") % {"count": open_questions})
    if without:
        names = ", ".join(str(aspect.label) for aspect in without)
        gaps.append(
            _("Ada butir “Tidak taat” tanpa temuan: %(aspects)s. Sesudah ditandatangani, temuan tidak dapat ditambah.")
            % {"aspects": names}
        )
    if site is None or not site.representative_name:
        gaps.append(_("Penanggung jawab di tempat belum dicatat."))
    return gaps


def _note(gaps: list[str]) -> str:
    return " ".join([_("Periksa dahulu:"), *gaps]) if gaps else ""


def form_page(request, form, title: str, found: Inspection | None = None, note: str = ""):
    context = {
        "form": form,
        "title": title,
        "lead": str(found) if found else "",
        "note": note,
        "submit_label": _("Simpan"),
        "cancel_url": found.get_absolute_url() if found else reverse("wastewater:inspection-list"),
        "crumbs": _crumbs(found),
    }
    return render(request, "components/form_page.html", context)


def _crumbs(found: Inspection | None = None) -> list[tuple[str, str]]:
    crumbs = [
        (_("Limbah batik"), reverse("wastewater:index")),
        (_("Pengawasan"), reverse("wastewater:inspection-list")),
    ]
    return [*crumbs, (found.number, found.get_absolute_url())] if found else crumbs
