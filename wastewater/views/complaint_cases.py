"""The board of complaints and one case for staff; the free text is for those who handle it, not for every reader."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from batikportal import access, audit, downloads
from wastewater import permissions
from wastewater.actions import complaints as actions
from wastewater.choices.inspections import InspectionOrigin
from wastewater.forms import complaint_steps as forms
from wastewater.models.complaints import Complaint, ComplaintPhoto, Reporter
from wastewater.queries import inspections
from wastewater.queries.complaints import cases, leads, places
from wastewater.rules import complaints as rules
from wastewater.views.complaint_steps import STEPS, offered, template_texts
from wastewater.views.lists import chosen_in, page_of

# The address word of a sorting, and the columns behind it; without one, late cases come first.
SORTINGS = {
    "diterima": ("received_at", "pk"),
    "-diterima": ("-received_at", "-pk"),
    "janji": ("due_on", "pk"),
    "-janji": ("-due_on", "-pk"),
    "kategori": ("category__place", "due_on"),
    "-kategori": ("-category__place", "due_on"),
}


def _found(request):
    today = timezone.localdate()
    form = forms.ComplaintFilter(request.GET or None)
    rows = cases.found_complaints(Complaint.objects.visible_to(request.user), **chosen_in(form), hari_ini=today)
    rows = cases.listed(rows)
    order = SORTINGS.get(request.GET.get("urut", ""))
    return form, rows.order_by(*order) if order else cases.overdue_first(rows, today)


def case_or_404(request, public_id) -> Complaint:
    """The complaint, if the user may see it."""
    seen = Complaint.objects.visible_to(request.user).select_related(
        "category", "ward__parent", "term", "parent", "split_from", "enterprise", "read_by"
    )
    return get_object_or_404(seen, public_id=public_id)


def crumbs(complaint: Complaint | None = None) -> list[tuple[str, str]]:
    found = [(_("Limbah batik"), reverse("wastewater:index")), (_("Pengaduan"), reverse("wastewater:complaint-list"))]
    return [*found, (complaint.number, complaint.get_absolute_url())] if complaint else found


@access.needs("wastewater.view_complaint")
@require_safe
def complaint_list(request):
    form, rows = _found(request)
    seen = Complaint.objects.visible_to(request.user)
    today = timezone.localdate()
    context = {
        "filter": form,
        "page": page_of(request, rows),
        "states": cases.states_count(seen),
        "late_count": seen.filter(cases.late_on(today)).count(),
        "may_record": permissions.may_record_complaint(request.user),
        "today": today,
    }
    return render(request, "wastewater/complaint_list.html", context)


@access.needs("wastewater.view_complaint")
@require_safe
def complaint_export(request):
    """Without names, numbers, free text or exact places."""
    _form, rows = _found(request)
    header = [_("Nomor laporan"), _("Diterima"), _("Saluran"), _("Kategori"), _("Kelurahan"), _("Kecamatan"),
              _("Warna air"), _("Bau"), _("Keadaan"), _("Penanggung jawab"), _("Janji jawaban"),
              _("Pertama dijawab"), _("Selesai"), _("Penilaian pelapor"), _("Laporan tergabung"),
              _("Nomor SP4N-LAPOR!")]  # fmt: skip
    lines = (
        [row.number, timezone.localdate(row.received_at), row.get_channel_display(), row.category.name,
         row.ward.name if row.ward else "", row.ward.parent.name if row.ward else "",
         row.get_colour_display() if row.colour else "", row.get_smell_display() if row.smell else "",
         row.get_state_display(), row.leads[0].agency.name if row.leads else "", row.due_on,
         timezone.localdate(row.first_answered_at) if row.first_answered_at else "",
         timezone.localdate(row.closed_at) if row.closed_at else "",
         row.get_satisfaction_display() if row.satisfaction else "", row.joined_count, row.national_number]
        for row in rows.iterator(chunk_size=1000)
    )  # fmt: skip
    return downloads.csv_file("pengaduan", header, lines)


@access.needs("wastewater.view_complaint")
@require_safe
def complaint(request, public_id):
    """One case; what the reporter wrote and where exactly is shown to those who handle complaints."""
    found = case_or_404(request, public_id)
    user = request.user
    handles = permissions.may_handle_complaint(user)
    seen = Complaint.objects.visible_to(user)
    reporter = cases.reporter_of(found)
    may_read_inspections = permissions.may_read_inspections(user)
    context = {
        "complaint": found,
        "case": found.lead_case,
        "handles": handles,
        "steps": offered(found) if handles else [],
        "handlings": cases.handlings_of(found),
        "handover": cases.open_handover(found),
        "question": cases.open_question(found),
        "questions": found.questions.exclude(reply="").select_related("asked_by") if handles else [],
        "photos": found.photos.all() if handles else [],
        "entries": [
            {
                "at": step.at,
                "title": step.get_state_display() if step.state else step.get_kind_display(),
                "by": step.agency_name or (str(step.by) if step.by else ""),
                "text": step.public_text or (step.note if handles else ""),
                "note": step.note if handles and step.public_text else "",
            }
            for step in cases.steps_of(found, public_only=not handles)
        ],
        "around": places.around(found, seen) if handles else [],
        "joined": seen.filter(parent=found).order_by("received_at"),
        "parts": seen.filter(split_from=found).order_by("received_at"),
        "reporter": reporter,
        "may_read_reporter": permissions.may_read_reporter(user) and reporter and not reporter.anonymised_at,
        "may_see_inspections": may_read_inspections,
        "inspections": inspections.of_complaint(found, user) if may_read_inspections else [],
        "may_inspect": permissions.may_plan_inspection(user) and found.state in rules.OPEN_STATES,
        "inspection_query": _inspection_query(found),
        "public_step": rules.public_step(found.state),
        "today": timezone.localdate(),
    }
    return render(request, "wastewater/complaint.html", context)


def _inspection_query(found: Complaint) -> str:
    """What the form of a new inspection is filled with; never the reporter's own words."""
    subject = found.enterprise.registration_number if found.enterprise else ""
    reason = _("Pengaduan %(number)s: %(category)s") % {"number": found.number, "category": found.category}
    origin = InspectionOrigin.COMPLAINT
    return urlencode({"asal": origin, "nomor": found.number, "usaha": subject, "alasan": reason})


@access.needs("wastewater.handle_complaint")
@require_http_methods(["GET", "POST"])
def complaint_step(request, public_id, step: str):
    """One step of the way of a case: a form, its action, back to the case."""
    chosen = STEPS.get(step)
    if chosen is None:
        raise Http404
    found = case_or_404(request, public_id)
    if not chosen.is_offered(found):
        messages.warning(request, _("Langkah ini tidak tersedia lagi. Keadaan laporan sudah berubah."))
        return redirect(found)
    texts = template_texts(found, chosen)
    picked = next((text for text in texts if str(text.pk) == request.GET.get("templat")), None)
    initial = {chosen.text_field: picked.filled} if picked and chosen.text_field else None
    form = chosen.form(request.POST or None, complaint=found, user=request.user, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = chosen.action(complaint=found, **form.cleaned_data, by=request.user, at=timezone.now())
            messages.success(request, str(chosen.done))
            return redirect(made if isinstance(made, Complaint) else found)
        except actions.ComplaintRefused as refusal:
            form.add_error(None, str(refusal))
    context = {"complaint": found, "step": chosen, "form": form, "texts": texts, "crumbs": crumbs(found)}
    return render(request, "wastewater/complaint_step.html", context)


@access.needs("wastewater.read_reporter")
@never_cache
@require_http_methods(["GET", "POST"])
def complaint_reporter(request, public_id):
    """Ask for a purpose, log it, show the contact data once."""
    found = case_or_404(request, public_id)
    reporter = get_object_or_404(Reporter, complaint=found, anonymised_at__isnull=True)
    form = forms.ReadingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        purpose = form.cleaned_data["purpose"]
        shown = actions.reveal(reporter=reporter, purpose=purpose, by=request.user)
        context = {"complaint": found, "shown": shown, "purpose": purpose, "reporter": reporter}
        return render(request, "wastewater/complaint_reporter.html", context)
    context = {
        "title": _("Tampilkan data pelapor"),
        "lead": found.number,
        "form": form,
        "submit_label": _("Tampilkan dan catat"),
        "cancel_url": found.get_absolute_url(),
        "crumbs": crumbs(found),
    }
    return render(request, "components/form_page.html", context)


@access.needs("wastewater.trace_complaint")
@never_cache
@require_http_methods(["GET", "POST"])
def complaint_leads(request, public_id):
    """Ask for a purpose, log it, show which registered dischargers lie upstream; never on any public page."""
    found = case_or_404(request, public_id)
    form = forms.ReadingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        audit.read(request.user, found, fields=["upstream dischargers"], purpose=form.cleaned_data["purpose"])
        day = found.happened_on or timezone.localdate(found.received_at)
        context = {"complaint": found, "leads": leads.leads_for(found, day), "crumbs": crumbs(found)}
        return render(request, "wastewater/complaint_leads.html", context)
    context = {
        "title": _("Telusuri ke hulu"),
        "lead": found.number,
        "note": _("Hasilnya petunjuk tempat memeriksa, bukan bukti. Jangan diteruskan kepada umum atau pelapor."),
        "form": form,
        "submit_label": _("Tampilkan dan catat"),
        "cancel_url": found.get_absolute_url(),
        "crumbs": crumbs(found),
    }
    return render(request, "components/form_page.html", context)


@access.needs("wastewater.handle_complaint")
@require_safe
def complaint_photo(request, public_id):
    """A picture of a complaint that the user may see."""
    seen = Complaint.objects.visible_to(request.user)
    photo = get_object_or_404(ComplaintPhoto.objects.select_related("file"), public_id=public_id, complaint__in=seen)
    return downloads.stored_file(photo.file)
