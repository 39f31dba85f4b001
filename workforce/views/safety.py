"""Safety at work: hazards by step for everybody, incidents for the office, and a report from the owner's phone."""

from types import SimpleNamespace

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from batikportal import access
from workforce import permissions
from workforce.actions import Refused
from workforce.actions import safety as actions
from workforce.forms import safety as forms
from workforce.models import Incident, Injury
from workforce.queries import coverage_counts, publishable_or_none
from workforce.queries import safety as queries
from workforce.queries.rounds import hazards_on
from workforce.rules import safety as rules
from workforce.views.people import PAGE_SIZE


@access.public
@require_safe
def hazard_list(request):
    """What may harm people at each step, and what protects them."""
    return render(request, "workforce/hazard_list.html", {"hazards": hazards_on(timezone.localdate())})


@access.needs("workforce.view_figures")
@require_safe
@never_cache
def incident_list(request):
    """Incidents, newest first; for those who read figures only, how many and how often."""
    form = forms.IncidentFilterForm(request.GET)
    wanted = form.wanted()
    now = timezone.now()
    if not permissions.may_read_incidents(request.user):
        return _figures(request, wanted)
    found = queries.incidents_matching(Incident.objects.visible_to(request.user), wanted, now)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("halaman"))
    context = {"filter": form, "page": page, "now": now, "may_record": permissions.may_record_incidents(request.user)}
    return render(request, "workforce/incident_list.html", context)


def _figures(request, wanted: queries.IncidentFilter):
    today = timezone.localdate()
    on = min(wanted.year_to or today, today)
    count = queries.injuries(queries.in_year_to(Incident.objects.all(), on, wanted.area)).count()
    workers = coverage_counts([on], wanted.area)[0].active
    context = {
        "part": _("Cedera setahun"),
        "total": SimpleNamespace(part=publishable_or_none(count), whole=publishable_or_none(workers)),
        "rate": rules.per_hundred(count, workers) if publishable_or_none(count) else None,
        "on": on,
        "area": wanted.area,
    }
    return render(request, "workforce/incident_figures.html", context)


@access.needs("workforce.record_incident")
@require_http_methods(["GET", "POST"])
def incident_new(request):
    """Record an incident that the office was told of."""
    now = timezone.now()
    form = forms.StaffIncidentForm(request.POST or None, at=now)
    if request.method == "POST" and form.is_valid():
        made = actions.report_incident(
            facts=form.cleaned_data, enterprise=None, by_owner=False, by=request.user, at=now
        )
        messages.success(request, _("Kejadian dicatat."))
        return redirect(made)
    context = {
        "title": _("Catat kejadian"),
        "form": form,
        "cancel_url": reverse("workforce:incident-list"),
        "note": _("Tanpa nama orang. Data kesehatan dicatat terpisah setelah ini."),
        "crumbs": [(_("Kejadian kerja"), reverse("workforce:incident-list"))],
    }
    return render(request, "components/form_page.html", context)


def _incident(request, public_id) -> Incident:
    visible = Incident.objects.visible_to(request.user).select_related("enterprise", "ward__parent", "step")
    return get_object_or_404(visible, public_id=public_id)


@access.needs("workforce.read_incident")
@require_http_methods(["GET", "POST"])
@never_cache
def incident(request, public_id):
    """One incident: the clock of its report, what was done, and closing it."""
    found = _incident(request, public_id)
    may_record = permissions.may_record_incidents(request.user)
    initial = {name: getattr(found, name) for name in ("form_number", "reported_on", "corrective_action")}
    form = forms.CompletionForm(request.POST or None, initial=initial)
    if request.method == "POST" and not may_record:
        raise Http404
    if request.method == "POST" and form.is_valid():
        try:
            actions.complete_incident(incident=found, **form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("Kejadian diperbarui."))
            return redirect(found)
    context = {
        "incident": found,
        "form": form if may_record and not found.closed_at else None,
        "now": timezone.now(),
        "reads_injury": permissions.may_read_injuries(request.user),
    }
    return render(request, "workforce/incident.html", context)


@access.needs("workforce.read_injury")
@require_http_methods(["GET", "POST"])
@never_cache
def incident_injury(request, public_id):
    """Health details of an incident; every opening is logged."""
    found = _incident(request, public_id)
    known = Injury.objects.filter(incident=found).values(*actions.HEALTH).first() or {}
    form = forms.InjuryForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        actions.record_injury(incident=found, facts=form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, _("Data kesehatan dicatat."))
        return redirect(found)
    if request.method == "GET" and known:
        actions.log_injury_read(incident=found, by=request.user)
    context = {
        "title": _("Data kesehatan"),
        "lead": str(found),
        "form": form,
        "cancel_url": found.get_absolute_url(),
        "note": _("Setiap pembukaan dicatat. Dihapus setelah lima tahun."),
        "crumbs": [(_("Kejadian kerja"), reverse("workforce:incident-list")), (str(found), found.get_absolute_url())],
    }
    return render(request, "components/form_page.html", context)


@access.owner
@require_http_methods(["GET", "POST"])
@never_cache
def own_incidents(request, public_id):
    """The owner tells of an incident at the own workshop from the phone, and sees what was told before."""
    enterprise = get_object_or_404(request.enterprises, public_id=public_id)
    now = timezone.now()
    form = forms.IncidentForm(request.POST or None, at=now)
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data | {"ward": enterprise.ward}
        made = actions.report_incident(facts=facts, enterprise=enterprise, by_owner=True, by=request.user, at=now)
        if made.report_due_at:
            messages.warning(request, _("Tercatat. Serahkan formulir 3 KK2 A kepada Dinperinaker dalam 2 × 24 jam."))
        else:
            messages.success(request, _("Tercatat. Terima kasih sudah melapor."))
        return redirect("workforce:own-incidents", enterprise.public_id)
    context = {
        "enterprise": enterprise,
        "form": form,
        "incidents": queries.of_enterprise(enterprise)[:20],
        "now": now,
    }
    return render(request, "workforce/own_incidents.html", context)
