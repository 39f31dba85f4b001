"""Decisions as the owner of an enterprise reads, answers and fulfils them."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from batikportal import access
from batikportal.models import Enterprise
from wastewater.forms import enforcement as forms
from wastewater.queries import cases as queries
from wastewater.rules import enforcement as rules
from wastewater.views.enforcement_steps import done, form_page, objected, tried

GET_POST = ["GET", "POST"]


@access.owner
@require_safe
def own_decision(request, public_id):
    """A decision as its owner reads it: what is ordered until when, and how to object."""
    found = get_object_or_404(queries.known_decisions(Enterprise.objects.known_to(request.user)), public_id=public_id)
    today = timezone.localdate()
    running = found.state in rules.RUNNING
    context = {
        "decision": found,
        "articles": found.articles.all(),
        "items": found.items.all(),
        "objections": found.objections.all(),
        "is_running": running,
        "may_object": running
        and found.objection_due_on is not None
        and today <= found.objection_due_on
        and not any(one.outcome == "waiting" for one in found.objections.all()),
    }
    return render(request, "wastewater/own_decision.html", context)


@access.owner
@require_http_methods(GET_POST)
def own_objection(request, public_id):
    found = get_object_or_404(queries.known_decisions(Enterprise.objects.known_to(request.user)), public_id=public_id)
    form = forms.OwnObjectionForm(request.POST or None, request.FILES or None)
    back = reverse("wastewater:own-decision", args=[found.public_id])
    if (
        request.method == "POST"
        and form.is_valid()
        and tried(form, lambda: objected(request, found, form, submitted_on=timezone.localdate()))
    ):
        messages.success(request, _("Keberatan Anda sudah diterima dinas."))
        return redirect(back)
    return form_page(request, form, _("Ajukan keberatan"), str(found), back, is_owner=True)


@access.owner
@require_http_methods(GET_POST)
def own_order_done(request, public_id):
    found = get_object_or_404(queries.orders_of_owner(Enterprise.objects.known_to(request.user)), public_id=public_id)
    form = forms.DoneForm(request.POST or None, request.FILES or None, initial={"done_on": timezone.localdate()})
    back = reverse("wastewater:own-decision", args=[found.decision.public_id])
    if request.method == "POST" and form.is_valid() and tried(form, lambda: done(request, found, form)):
        messages.success(request, _("Laporan Anda sudah diterima dinas; petugas memeriksanya."))
        return redirect(back)
    return form_page(request, form, _("Laporkan pelaksanaan"), found.text, back, is_owner=True)
