"""School and museum activities: the mouth of the pipeline."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from batikportal import access
from workforce import permissions
from workforce.actions import Refused
from workforce.actions import apprenticeships as actions
from workforce.choices.apprenticeship import PipelineKind
from workforce.forms.apprenticeships.cohorts import PipelineFilterForm, PipelineForm
from workforce.models import PipelineActivity
from workforce.queries import apprenticeship as queries
from workforce.views.people import PAGE_SIZE


@access.needs("workforce.view_figures")
@require_safe
def pipeline_list(request):
    """Activities, newest first, with the sums of each year."""
    form = PipelineFilterForm(request.GET)
    rows = PipelineActivity.objects.all()
    if form.is_valid():
        text, kind = form.cleaned_data["cari"], form.cleaned_data["jenis"]
        if kind:
            rows = rows.filter(kind=kind)
        if text:
            rows = rows.filter(Q(institution__icontains=text) | Q(title__icontains=text))
    context = {
        "filter": form,
        "page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("halaman")),
        "years": [(year, PipelineKind(year.kind).label) for year in queries.pipeline_years()],
        "may_record": permissions.may_record_placements(request.user),
    }
    return render(request, "workforce/pipeline_list.html", context)


@access.needs("workforce.record_placement")
@require_http_methods(["GET", "POST"])
def pipeline_new(request):
    """Record an activity with its count."""
    form = PipelineForm(request.POST or None, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        try:
            actions.record_pipeline(facts=form.facts(), by=request.user, at=timezone.now())
        except Refused as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("Kegiatan dicatat."))
            return redirect("workforce:pipeline-list")
    list_url = reverse("workforce:pipeline-list")
    context = {
        "title": _("Catat kegiatan sekolah atau museum"),
        "form": form,
        "cancel_url": list_url,
        "crumbs": [(_("Sekolah dan museum"), list_url)],
    }
    return render(request, "components/form_page.html", context)
