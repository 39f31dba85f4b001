"""The plan of inspections: the board of a year with its list and file, and a new place on it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from batikportal import access, downloads, formats
from batikportal.models import Enterprise
from wastewater import permissions
from wastewater.actions import inspections as actions
from wastewater.choices.inspections import InspectionOrigin
from wastewater.forms import inspections as forms
from wastewater.models import Inspection, Violation
from wastewater.models.complaints import Complaint
from wastewater.queries import inspections as queries
from wastewater.queries.violations import with_words
from wastewater.views.inspections import form_page, tried
from wastewater.views.lists import chosen_in, page_of

GET_POST = ["GET", "POST"]


def _all_visible(user):
    """For figures: what a reader may count, which is more than what leaders may read."""
    if permissions.may_read_inspections(user):
        return Inspection.objects.visible_to(user)
    return Inspection.objects.all()


def _found(request):
    today = timezone.localdate()
    rows = _all_visible(request.user)
    years = queries.years_of(rows, today.year)
    form = forms.InspectionFilter(request.GET or None, years=years)
    chosen = chosen_in(form)
    return form, chosen.get("tahun") or today.year, queries.found_inspections(rows, **chosen)


@access.needs("wastewater.view_inspection")
@require_safe
def inspection_list(request):
    """The plan of a year by quarter, and its rows for those who inspect."""
    form, year, rows = _found(request)
    may_read = permissions.may_read_inspections(request.user)
    listed = queries.of_year_first(queries.listed_inspections(rows), year) if may_read else rows.none()
    context = {
        "filter": form,
        "year": year,
        "board": queries.board(_all_visible(request.user), year, timezone.localdate()),
        "page": page_of(request, listed),
        "may_read": may_read,
        "may_plan": permissions.may_plan_inspection(request.user),
    }
    return render(request, "wastewater/inspection_list.html", context)


@access.needs("wastewater.record_inspection")
@require_safe
def inspection_export(request):
    _form, _year, rows = _found(request)
    header = [_("Nomor"), _("Usaha atau IPAL"), _("Kelurahan"), _("Kecamatan"), _("Jenis"), _("Asal"),
              _("Nomor pengaduan atau laporan"), _("Tahun"), _("Triwulan"), _("Bulan"), _("Keadaan"),
              _("Nomor surat tugas"), _("Nomor berita acara"), _("Mulai"), _("Temuan"),
              _("Sebab tidak dapat diawasi"), _("Alasan")]  # fmt: skip
    lines = (
        [row.number, row.subject.name, row.ward.name, row.ward.parent.name, row.get_kind_display(),
         row.get_origin_display(), row.origin_reference, row.year, row.quarter, row.month or "",
         row.get_state_display(), row.assignment_number, row.report_number,
         formats.table_moment(row.started_at),
         row.findings_count, row.get_not_inspected_reason_display(), row.reason]
        for row in queries.listed_inspections(rows).order_by("year", "quarter", "pk").iterator(chunk_size=1000)
    )  # fmt: skip
    return downloads.csv_file("pengawasan", header, lines)


@access.needs("wastewater.record_inspection_plan")
@require_http_methods(GET_POST)
def inspection_new(request):
    """A new place on the plan; `?usaha=`, `?asal=`, `?nomor=`, `?alasan=` and `?pelanggaran=` fill the form."""
    violation = _violation(request)
    today = timezone.localdate()
    asked = {"subject": "usaha", "origin": "asal", "origin_reference": "nomor", "reason": "alasan"}
    initial = {name: request.GET.get(word, "") for name, word in asked.items()}
    initial |= {"year": today.year, "quarter": str(queries.quarter_of(today))}
    initial["origin"] = initial["origin"] or InspectionOrigin.PLAN
    if violation is not None:
        subject = violation.subject
        named = subject.registration_number if isinstance(subject, Enterprise) else subject.code
        initial |= {"subject": named, "origin": InspectionOrigin.VIOLATION}
        initial["reason"] = initial["reason"] or f"{violation.get_kind_display()}: {violation.what}"
    form = forms.PlanInspectionForm(
        request.POST or None,
        initial=initial,
        enterprises=Enterprise.objects.visible_to(request.user),
        complaints=Complaint.objects.visible_to(request.user),
        violation=violation,
    )
    if request.method == "POST" and form.is_valid():
        made = tried(form, lambda: actions.plan_inspection(**form.cleaned_data, by=request.user, at=timezone.now()))
        if made:
            messages.success(request, _("Pengawasan masuk rencana. Lengkapi surat tugas dan timnya."))
            return redirect(made)
    title = _("Buat inspeksi insidental") if initial["origin"] != InspectionOrigin.PLAN else _("Rencanakan pengawasan")
    return form_page(request, form, title)


def _violation(request) -> Violation | None:
    """The violation that the address names; one that the user may not see is missing."""
    named = request.GET.get("pelanggaran", "")
    if not named:
        return None
    seen = with_words(Violation.objects.visible_to(request.user))
    try:
        return get_object_or_404(seen, public_id=named)
    except ValidationError:
        raise Http404 from None
