"""Cards that the office issues and revokes, and requests of workers and employers that it answers."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from batikportal import access, documents, downloads
from workforce.actions import Refused
from workforce.actions import cards as actions
from workforce.documents.cards import card_facts
from workforce.forms.own import AnswerForm, RequestFilterForm
from workforce.models import RegistryRequest
from workforce.queries import cards as queries
from workforce.views.people import PAGE_SIZE, person_or_404


@access.needs("workforce.issue_card")
@require_POST
@never_cache
def card_issue(request, public_id):
    """A new card as PDF; the one before stops at once. The code is not kept, so the file is handed out once."""
    person = person_or_404(request, public_id)
    now = timezone.now()
    code = actions.issue_card(person=person, by=request.user, at=now)
    url = request.build_absolute_uri(reverse("workforce:own-open"))
    return downloads.pdf_file("kartu-pekerja", documents.pdf("worker-card", card_facts(person, code, url), at=now))


@access.needs("workforce.issue_card")
@require_POST
def card_revoke(request, public_id):
    """The card stops at once."""
    person = person_or_404(request, public_id)
    if actions.revoke_card(person=person, by=request.user, at=timezone.now()):
        messages.success(request, _("Kartu dicabut. Kodenya tidak dapat dipakai lagi."))
    else:
        messages.info(request, _("Tidak ada kartu yang berlaku."))
    return redirect("workforce:worker", person.public_id)


@access.needs("workforce.answer_request")
@require_safe
@never_cache
def request_list(request):
    """What workers and employers asked, the oldest first."""
    form = RequestFilterForm(request.GET)
    found = queries.requests_matching(RegistryRequest.objects.visible_to(request.user), form.state())
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("halaman"))
    return render(request, "workforce/request_list.html", {"filter": form, "page": page, "state": form.state()})


@access.needs("workforce.answer_request")
@require_http_methods(["GET", "POST"])
@never_cache
def request_answer(request, public_id):
    """Say what was done, or why it cannot be done."""
    visible = RegistryRequest.objects.visible_to(request.user).select_related("person", "enterprise")
    asked = get_object_or_404(visible, public_id=public_id)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer_request(request=asked, **form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect("workforce:request-list")
        else:
            messages.success(request, _("Jawaban tersimpan dan tampil pada yang meminta."))
            return redirect("workforce:request-list")
    return render(request, "workforce/request_answer.html", {"asked": asked, "form": form})
