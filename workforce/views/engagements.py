"""Starting and ending engagements."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from batikportal import access
from workforce import actions, forms
from workforce.models import Engagement
from workforce.views.people import person_or_404


@access.needs("workforce.add_engagement")
@require_http_methods(["GET", "POST"])
def engagement_new(request, public_id):
    """Record for whom a person works."""
    person = person_or_404(request, public_id)
    today = timezone.localdate()
    form = forms.EngagementForm(
        request.POST or None, user=request.user, today=today, initial={"enterprise": request.GET.get("usaha")}
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.engage(person=person, **form.cleaned_data, by=request.user, at=timezone.now())
        except actions.Refused as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("Hubungan kerja dicatat."))
            return redirect("workforce:worker", person.public_id)
    context = {
        "title": _("Catat hubungan kerja"),
        "lead": person.name,
        "form": form,
        "cancel_url": reverse("workforce:worker", args=[person.public_id]),
        "crumbs": [
            (_("Pekerja"), reverse("workforce:worker-list")),
            (person.name, reverse("workforce:worker", args=[person.public_id])),
        ],
    }
    return render(request, "components/form_page.html", context)


@access.needs("workforce.change_engagement")
@require_http_methods(["GET", "POST"])
def engagement_end(request, public_id):
    """Record the last day and the reason."""
    engagement = get_object_or_404(
        Engagement.objects.visible_to(request.user).select_related("person", "enterprise"), public_id=public_id
    )
    person_url = reverse("workforce:worker", args=[engagement.person.public_id])
    form = forms.EngagementEndForm(request.POST or None, engagement=engagement, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        try:
            actions.end_engagement(engagement=engagement, **form.cleaned_data, by=request.user, at=timezone.now())
        except actions.Refused as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("Hubungan kerja diakhiri."))
            return redirect(person_url)
    context = {
        "title": _("Akhiri hubungan kerja"),
        "question": f"{engagement.person.name} · {engagement.principal}",
        "consequences": [
            _("Hubungan kerja ini tetap tersimpan dengan alasan berakhirnya."),
            _("Pekerja tanpa hubungan kerja lain tidak lagi dihitung sebagai pekerja aktif."),
        ],
        "form": form,
        "submit_label": _("Akhiri"),
        "cancel_url": person_url,
        "crumbs": [(_("Pekerja"), reverse("workforce:worker-list")), (engagement.person.name, person_url)],
    }
    return render(request, "components/confirm_page.html", context)
