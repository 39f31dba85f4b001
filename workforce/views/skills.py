"""Recording and ending what somebody masters."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from batikportal import access
from workforce.actions import Refused
from workforce.actions import skills as actions
from workforce.forms.skills import SkillEndForm, SkillForm
from workforce.models import SkillClaim
from workforce.views.people import person_or_404


@access.needs("workforce.record_skill")
@require_http_methods(["GET", "POST"])
def skill_new(request, public_id):
    """Record a level at a step."""
    person = person_or_404(request, public_id)
    person_url = reverse("workforce:worker", args=[person.public_id])
    form = SkillForm(request.POST or None, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        try:
            actions.record_skill(person=person, **form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("Keahlian dicatat."))
            return redirect(person_url + "#keahlian")
    context = {
        "title": _("Catat keahlian"),
        "lead": person.name,
        "form": form,
        "cancel_url": person_url,
        "note": _("Catatan lama pada proses dan tingkat yang sama diganti dan tetap tersimpan."),
        "crumbs": [(_("Pekerja"), reverse("workforce:worker-list")), (person.name, person_url)],
    }
    return render(request, "components/form_page.html", context)


@access.needs("workforce.record_skill")
@require_http_methods(["GET", "POST"])
def skill_end(request, public_id):
    """Record that a skill holds no longer, or that the record was wrong."""
    claims = SkillClaim.objects.visible_to(request.user).select_related("person", "step")
    claim = get_object_or_404(claims, public_id=public_id)
    person_url = reverse("workforce:worker", args=[claim.person.public_id])
    form = SkillEndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.end_skill(claim=claim, **form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Catatan keahlian diakhiri."))
            return redirect(person_url + "#keahlian")
    context = {
        "title": _("Akhiri catatan keahlian"),
        "question": str(claim),
        "consequences": [
            _("Pekerja tidak lagi dihitung menguasai proses ini pada tingkat itu."),
            _("Catatan lama tetap tersimpan."),
        ],
        "form": form,
        "submit_label": _("Akhiri"),
        "cancel_url": person_url,
        "crumbs": [(_("Pekerja"), reverse("workforce:worker-list")), (claim.person.name, person_url)],
    }
    return render(request, "components/confirm_page.html", context)
