"""Records that may be one person: the list, the review side by side, the decision, and the merge."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from batikportal import access
from workforce.actions import Refused, merging
from workforce.actions import duplicates as actions
from workforce.choices.duplicates import PairState
from workforce.forms.duplicates import MergeForm, PairFilterForm
from workforce.models import DuplicateCandidate
from workforce.queries import duplicates as queries
from workforce.rules import looks_like_nik
from workforce.views.people import PAGE_SIZE


@access.needs("workforce.merge_person")
@require_safe
def duplicate_list(request):
    """Pairs that wait for a decision, the likeliest first, or those decided."""
    if looks_like_nik(request.GET.get("cari", "")):
        messages.error(request, _("NIK tidak boleh masuk ke alamat halaman. Pakai kotak “Cari dengan NIK lengkap”."))
        return redirect("workforce:worker-list")
    form = PairFilterForm(request.GET)
    state = form.value("keputusan") or PairState.OPEN
    found = queries.pairs_matching(DuplicateCandidate.objects.visible_to(request.user), state, form.value("cari"))
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("halaman"))
    context = {"filter": form, "page": page, "state": state}
    return render(request, "workforce/duplicate_list.html", context)


def pair_or_404(request, public_id) -> DuplicateCandidate:
    """The pair, if the user may see both people."""
    visible = DuplicateCandidate.objects.visible_to(request.user)
    return get_object_or_404(
        visible.select_related("first__ward__parent", "second__ward__parent", "decided_by"), public_id=public_id
    )


@access.needs("workforce.merge_person")
@require_http_methods(["GET", "POST"])
@never_cache
def duplicate(request, public_id):
    """Both records side by side; a post shows what would move, a confirmed post merges."""
    pair = pair_or_404(request, public_id)
    form = MergeForm(request.POST or None, pair=pair)
    if request.method == "POST" and form.is_valid():
        if "confirmed" not in request.POST:
            return render(request, "workforce/duplicate_confirm.html", _confirmation(pair, form))
        try:
            merging.merge_people(
                pair=pair, into=form.survivor(), chosen=form.chosen(), by=request.user, at=timezone.now()
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Kedua data digabung. Semua catatan ada di halaman ini."))
            return redirect("workforce:worker", form.survivor().public_id)
    context = {
        "pair": pair,
        "form": form,
        "lines": [(line, form[line.group] if line.differs else None) for line in queries.comparison(pair)],
        "sides": [(person, merging.what_moves(person)) for person in (pair.first, pair.second)],
    }
    return render(request, "workforce/duplicate.html", context)


def _confirmation(pair: DuplicateCandidate, form: MergeForm) -> dict[str, object]:
    return {
        "pair": pair,
        "form": form,
        "survivor": form.survivor(),
        "closed": form.closed(),
        "moving": merging.what_moves(form.closed()),
        "values": [(line.label, line.first if form.cleaned_data[line.group] == "1" else line.second)
                   for line in form.differences],
        "sent": list(form.cleaned_data.items()),
    }  # fmt: skip


@access.needs("workforce.merge_person")
@require_POST
def duplicate_different(request, public_id):
    """They are two people; the pair is not proposed again."""
    pair = pair_or_404(request, public_id)
    try:
        actions.decide_different(pair=pair, by=request.user, at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Dicatat sebagai dua orang. Pasangan ini tidak diusulkan lagi."))
    return redirect("workforce:duplicate-list")
