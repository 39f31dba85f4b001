"""What the pages of cases, decisions and owners share: reaching a case, trying a step, its form page, its files."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from batikportal.actions.files import FileRefused, store
from batikportal.choices import FileKind
from wastewater.actions import enforcement as actions
from wastewater.models import (
    EnforcementCase,
    EnforcementDecision,
    OrderedItem,
)

EVIDENCE = (FileKind.IMAGE, FileKind.PDF)


def done(request, found: OrderedItem, form):
    cleaned = dict(form.cleaned_data)
    file = stored(request, cleaned.pop("file"), found.decision.case.enterprise)
    return actions.record_done(item=found, **cleaned, file=file, by=request.user, at=timezone.now())


def stored(request, upload, enterprise):
    if not upload:
        return None
    return store(upload=upload, kinds=EVIDENCE, by=request.user, at=timezone.now(), enterprise=enterprise)


def objected(request, found: EnforcementDecision, form, **more):
    cleaned = dict(form.cleaned_data) | more
    file = stored(request, cleaned.pop("file"), found.case.enterprise)
    return actions.record_objection(decision=found, **cleaned, file=file, by=request.user, at=timezone.now())


def tried(form, action):
    """What the action returns; its refusal becomes an error of the form and None."""
    try:
        return action()
    except (actions.EnforcementRefused, FileRefused) as refusal:
        form.add_error(None, str(refusal))
        return None


def pressed(request, found: EnforcementCase, action, done: str):
    """A step without a form."""
    try:
        action()
        messages.success(request, done)
    except actions.EnforcementRefused as refusal:
        messages.error(request, str(refusal))
    return redirect(found)


def decision_page(request, form, title: str, found: EnforcementDecision):
    return form_page(request, form, title, str(found), found.case.get_absolute_url(), found.case)


def form_page(
    request, form, title: str, lead: str, back: str, found: EnforcementCase | None = None, is_owner: bool = False
):
    if is_owner:
        crumbs = [(_("Temuan dan tanggapan"), reverse("wastewater:own-finding-list"))]
    else:
        crumbs = [
            (_("Pengawasan"), reverse("wastewater:inspection-list")),
            (_("Perkara"), reverse("wastewater:case-list")),
        ]
    if found is not None:
        crumbs.append((found.number, found.get_absolute_url()))
    context = {
        "form": form,
        "title": title,
        "lead": lead,
        "submit_label": _("Kirim") if is_owner else _("Simpan"),
        "cancel_url": back,
        "crumbs": crumbs,
    }
    return render(request, "components/form_page.html", context)


def visible_case(request, public_id) -> EnforcementCase:
    seen = EnforcementCase.objects.visible_to(request.user).select_related("enterprise", "plant", "ward__parent")
    return get_object_or_404(seen, public_id=public_id)


def visible_cases(request):
    """Cases that an officer may handle; what owners see is reached through their own pages."""
    return EnforcementCase.objects.visible_to(request.user)
