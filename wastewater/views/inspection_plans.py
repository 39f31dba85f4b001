"""A new place on the plan of inspections: for the annual plan, or for a complaint, a violation, a report."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from batikportal import access
from batikportal.models import Enterprise
from wastewater.actions import inspections as actions
from wastewater.choices.inspections import InspectionOrigin
from wastewater.forms import inspections as forms
from wastewater.models import Violation
from wastewater.models.complaints import Complaint
from wastewater.queries.inspections import quarter_of
from wastewater.queries.violations import with_words
from wastewater.views.inspections import form_page, tried

GET_POST = ["GET", "POST"]


@access.needs("wastewater.record_inspection_plan")
@require_http_methods(GET_POST)
def inspection_new(request):
    """A new place on the plan; `?usaha=`, `?asal=`, `?nomor=`, `?alasan=` and `?pelanggaran=` fill the form."""
    violation = _violation(request)
    today = timezone.localdate()
    asked = {"subject": "usaha", "origin": "asal", "origin_reference": "nomor", "reason": "alasan"}
    initial = {name: request.GET.get(word, "") for name, word in asked.items()}
    initial |= {"year": today.year, "quarter": str(quarter_of(today))}
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
