"""Whom to inspect first: the list with every reason and its points, and the same as CSV."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from batikportal import access, downloads, formats
from batikportal.models import Enterprise
from batikportal.models.area import lies_in
from wastewater import permissions
from wastewater.forms import inspections as forms
from wastewater.models import TreatmentPlant
from wastewater.queries import risk
from wastewater.views.lists import PAGE_SIZE, chosen_in


def _leads(request):
    form = forms.RiskFilter(request.GET or None)
    enterprises, plants = Enterprise.objects.all(), TreatmentPlant.objects.all()
    areas = request.user.areas_for("wastewater.record_inspection")
    if areas is not None:
        enterprises = Enterprise.objects.visible_to(request.user)
        plants = plants.filter(lies_in(areas))
    return form, risk.leads(enterprises, plants, today=timezone.localdate(), **chosen_in(form))


@access.needs("wastewater.record_inspection")
@require_safe
def risk_list(request):
    """Whom to inspect first, with every reason and its points; a person decides."""
    form, leads = _leads(request)
    context = {
        "filter": form,
        "page": Paginator(leads, PAGE_SIZE).get_page(request.GET.get("halaman")),
        "may_plan": permissions.may_plan_inspection(request.user),
    }
    return render(request, "wastewater/risk_list.html", context)


@access.needs("wastewater.record_inspection")
@require_safe
def risk_export(request):
    _form, leads = _leads(request)
    header = [_("Nomor registrasi atau kode IPAL"), _("Usaha atau IPAL"), _("Kelurahan"), _("Kecamatan"), _("Poin"),
              _("Alasan"), _("Sudah direncanakan")]  # fmt: skip
    lines = (
        [lead.code, lead.subject.name, lead.subject.ward.name, lead.subject.ward.parent.name,
         formats.number(lead.points),
         "; ".join(f"{words} ({formats.number(points)})" for words, points in lead.reasons),
         _("ya") if lead.planned else _("belum")]
        for lead in leads
    )  # fmt: skip
    return downloads.csv_file("daftar-risiko-pengawasan", header, lines)
