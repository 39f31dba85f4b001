"""Rounds of paid insurance for the office: planning, the ranked list of candidates, decisions, and the upload file."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from batikportal import access
from batikportal.imports import handouts
from batikportal.small_cells import publishable
from workforce import permissions
from workforce.actions import Refused
from workforce.actions import rounds as actions
from workforce.choices.rounds import Condition, EntryState, RiskReason, RoundPhase, Verdict
from workforce.documents import upload_file
from workforce.forms import rounds as forms
from workforce.models import CoverageEntry, CoverageRound, Person
from workforce.queries import rounds as queries
from workforce.rules import rounds as rules
from workforce.views.people import PAGE_SIZE

# One screen of names is chosen from at a time.
CHOICES_A_PAGE = 50


def round_or_404(public_id) -> Any:
    """A round with its counts; a round itself names nobody."""
    return get_object_or_404(queries.rounds_with_counts(), public_id=public_id)


def _phase(round_: Any, counts: dict[str, int]) -> RoundPhase:
    return RoundPhase(
        rules.round_phase(
            opens_on=round_.opens_on,
            closes_on=round_.closes_on,
            until_on=round_.until_on,
            today=timezone.localdate(),
            counts=counts,
        )
    )


@access.needs("workforce.view_figures")
@require_safe
def round_list(request):
    """Every round with its quota, its places and its phase; no names."""
    page = Paginator(queries.rounds_with_counts(), PAGE_SIZE).get_page(request.GET.get("halaman"))
    rows = []
    for one in page:
        counts = queries.counts_of(one)
        rows.append((one, counts, queries.places_taken(counts), _phase(one, counts)))
    context = {"page": page, "rows": rows, "may_plan": permissions.may_plan_rounds(request.user)}
    return render(request, "workforce/round_list.html", context)


@access.needs("workforce.view_figures")
@require_safe
@never_cache
def round_page(request, public_id):
    """A round in people and money; its proposals by name for those who may read them."""
    round_ = round_or_404(public_id)
    counts = queries.counts_of(round_)
    user = request.user
    reads = permissions.may_read_entries(user)
    form = forms.EntryFilterForm(request.GET)
    context = {
        "round": round_,
        "phase": _phase(round_, counts),
        # Who reads no proposals could know somebody by a count of one to four.
        "counts": [
            (EntryState(state).label, count if reads else publishable(count), state)
            for state, count in counts.items()
            if count
        ],
        "taken": queries.places_taken(counts),
        "left": round_.quota - queries.places_taken(counts),
        "to_decide": sum(counts[state] for state in rules.TO_DECIDE),
        "accepted": counts[EntryState.ACCEPTED],
        "budget": queries.budget_of(round_, counts),
        "affords": rules.people_within(round_.budget_per_month_idr, round_.premium_idr),
        "is_open": round_.opens_on <= timezone.localdate() <= round_.closes_on,
        "reads": reads,
        "filter": form,
        "may_plan": permissions.may_plan_rounds(user),
        "may_propose": permissions.may_propose(user),
        "may_decide": permissions.may_decide_entries(user),
        "may_hand_over": permissions.may_hand_over(user),
        "may_import": permissions.may_record_results(user),
    }
    if reads:
        found = queries.entries_of(CoverageEntry.objects.visible_to(user), round_)
        if form.value("keadaan"):
            found = found.filter(state=form.value("keadaan"))
        if form.value("cari"):
            found = found.filter(person__name__icontains=form.value("cari"))
        context["page"] = page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("halaman"))
        actions.log_entries_read(entries=list(page), by=user, at=timezone.now())
    return render(request, "workforce/round.html", context)


@access.needs("workforce.plan_coverageround")
@require_http_methods(["GET", "POST"])
def round_new(request):
    """Plan a round."""
    form = forms.RoundForm(request.POST or None, initial=forms.first_dates(timezone.localdate()))
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.plan_round(facts=form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("Putaran dibuat."))
            return redirect(made)
    return _form_page(request, form, _("Putaran baru"), reverse("workforce:round-list"))


@access.needs("workforce.plan_coverageround")
@require_http_methods(["GET", "POST"])
def round_edit(request, public_id):
    """Correct a round."""
    round_ = round_or_404(public_id)
    form = forms.RoundForm(request.POST or None, initial=forms.RoundForm.of(round_))
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_round(round_=round_, facts=form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("Putaran diubah."))
            return redirect(round_)
    return _form_page(request, form, round_.title, round_.get_absolute_url())


def _form_page(request, form, title: str, cancel_url: str) -> HttpResponse:
    context = {
        "title": title,
        "form": form,
        "cancel_url": cancel_url,
        "note": _("Iuran diambil dari Angka rujukan pada hari pertama perlindungan, tanpa potongan."),
        "crumbs": [(_("Putaran usulan"), reverse("workforce:round-list"))],
    }
    return render(request, "components/form_page.html", context)


@access.needs("workforce.propose_coverageentry")
@require_http_methods(["GET", "POST"])
@never_cache
def round_candidates(request, public_id):
    """The gap list in order of risk, with why each person can or cannot be proposed; those ticked are proposed."""
    round_ = round_or_404(public_id)
    today = timezone.localdate()
    people = Person.objects.visible_to(request.user)
    if request.method == "POST":
        return _propose(request, round_, people)
    form = forms.CandidateFilterForm(request.GET)
    window = queries.age_window(today)
    found = queries.candidates_matching(people, today, window, form.wanted()).select_related("ward__parent")
    page = Paginator(found, CHOICES_A_PAGE).get_page(request.GET.get("halaman"))
    work = queries.steps_in_words([one.pk for one in page], today)
    weights = queries.risk_weights(today)
    rows = []
    for one in page:
        conditions = rules.eligibility(queries.facts_of(one, window, today))
        unmet = [
            (Condition(name).label, Verdict(verdict))
            for name, verdict in conditions.items()
            if verdict != Verdict.ELIGIBLE
        ]
        reasons = [(RiskReason(reason).label, weights.get(reason, 0)) for reason in queries.reasons_of(one)]
        rows.append((one, one.age_on(today), work.get(one.pk, ""), reasons, unmet))
    context = {
        "round": round_,
        "filter": form,
        "page": page,
        "rows": rows,
        "may_choose": form.wanted().verdict == Verdict.ELIGIBLE and round_.opens_on <= today <= round_.closes_on,
        "is_open": round_.opens_on <= today <= round_.closes_on,
    }
    return render(request, "workforce/round_candidates.html", context)


def _propose(request, round_: CoverageRound, people) -> HttpResponse:
    chosen = _public_ids(request)
    here = f"{reverse('workforce:round-candidates', args=[round_.public_id])}"
    if not chosen:
        messages.error(request, _("Belum ada yang dipilih. Centang sedikitnya satu orang."))
        return redirect(here)
    try:
        done = actions.propose(round_=round_, people=chosen, visible=people, by=request.user, at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(here)
    if done.made:
        messages.success(
            request,
            ngettext("%(count)s orang diusulkan.", "%(count)s orang diusulkan.", done.made) % {"count": done.made},
        )
    if done.left_out:
        messages.warning(
            request,
            ngettext(
                "%(count)s orang tidak diusulkan karena syaratnya tidak lagi terpenuhi.",
                "%(count)s orang tidak diusulkan karena syaratnya tidak lagi terpenuhi.",
                done.left_out,
            )
            % {"count": done.left_out},
        )
    return redirect(round_)


def _public_ids(request) -> list[str]:
    """The ticked rows; what is no public id is nobody's."""
    found = []
    for text in request.POST.getlist("pilih")[: CHOICES_A_PAGE * 4]:
        try:
            found.append(str(UUID(text)))
        except ValueError:
            continue
    return found


@access.needs("workforce.decide_coverageentry")
@require_http_methods(["GET", "POST"])
@never_cache
def round_decide(request, public_id):
    """Verified proposals in order of risk; those ticked get one decision."""
    round_ = round_or_404(public_id)
    visible = CoverageEntry.objects.visible_to(request.user)
    found = queries.entries_of(visible, round_, rules.TO_DECIDE)
    form = forms.DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        entries = list(found.filter(public_id__in=_public_ids(request)))
        if not entries:
            form.add_error(None, _("Belum ada yang dipilih. Centang sedikitnya satu orang."))
        else:
            try:
                count = actions.decide(entries=entries, **form.cleaned_data, by=request.user, at=timezone.now())
            except Refused as refusal:
                form.add_error(refusal.field, str(refusal))
            else:
                messages.success(
                    request,
                    ngettext("%(count)s usulan diputuskan.", "%(count)s usulan diputuskan.", count) % {"count": count},
                )
                return redirect(round_)
    page = Paginator(found, CHOICES_A_PAGE).get_page(request.GET.get("halaman"))
    work = queries.steps_in_words([one.person_id for one in page], timezone.localdate())
    counts = queries.counts_of(round_)
    actions.log_entries_read(entries=list(page), by=request.user, at=timezone.now())
    context = {
        "round": round_,
        "form": form,
        "page": page,
        "rows": [
            (one, work.get(one.person_id, ""), request.user.pk in (one.created_by_id, one.verified_by_id))
            for one in page
        ],
        "chosen": set(request.POST.getlist("pilih")),
        "left": round_.quota - queries.places_taken(counts),
    }
    return render(request, "workforce/round_decide.html", context)


@access.needs("workforce.hand_over_coverageround")
@require_http_methods(["GET", "POST"])
@never_cache
def round_upload_file(request, public_id):
    """The file in the agency's columns, with full NIKs, for a purpose that is logged."""
    round_ = round_or_404(public_id)
    form = forms.UploadFileForm(request.POST or None)
    visible = CoverageEntry.objects.visible_to(request.user)
    accepted = queries.entries_of(visible, round_, (EntryState.ACCEPTED,)).count()
    if request.method == "POST" and form.is_valid():
        if not accepted:
            form.add_error(None, _("Belum ada usulan yang disetujui dan menunggu didaftarkan."))
        else:
            return _file(request, round_, form.cleaned_data)
    context = {
        "title": _("Berkas unggahan untuk BPJS"),
        "question": f"{round_.title} · {accepted} {_('orang disetujui')}",
        "consequences": [
            _("Berkas memuat NIK lengkap. Setiap NIK yang keluar dicatat dengan nama Anda dan keperluannya."),
            _("Kirim hanya lewat saluran resmi, lalu hapus dari perangkat Anda."),
        ],
        "form": form,
        "danger": True,
        "submit_label": _("Unduh berkas"),
        "cancel_url": round_.get_absolute_url(),
        "crumbs": [(_("Putaran usulan"), reverse("workforce:round-list")), (round_.title, round_.get_absolute_url())],
    }
    return render(request, "components/confirm_page.html", context)


def _file(request, round_: CoverageRound, chosen: dict[str, Any]) -> HttpResponse:
    entries = actions.hand_over(round_=round_, purpose=chosen["purpose"], by=request.user, at=timezone.now())
    columns = list(chosen["template"].columns.all())
    work = queries.steps_in_words([entry.person_id for entry in entries], timezone.localdate())
    kind = chosen["kind"]
    content = upload_file.content(kind, upload_file.table(round_, columns, entries, work), columns)
    response = HttpResponse(content, content_type=handouts.CONTENT_TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="usulan-{round_.from_on:%Y-%m}.{kind}"'
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


# --- One proposal ---------------------------------------------------------------------------------------------------


@access.needs("workforce.read_coverageentry")
@require_safe
@never_cache
def entry(request, public_id):
    """One proposal: what was found on its day, where it stands, and what comes next."""
    found = get_object_or_404(
        CoverageEntry.objects.visible_to(request.user).select_related(
            "person__ward__parent", "round", "created_by", "verified_by", "decided_by"
        ),
        public_id=public_id,
    )
    actions.log_entries_read(entries=[found], by=request.user, at=timezone.now())
    context = {
        "entry": found,
        "conditions": [(Condition(name).label, Verdict(verdict)) for name, verdict in found.conditions.items()],
        "may_propose": permissions.may_propose(request.user),
        "may_decide": permissions.may_decide_entries(request.user),
        "to_decide": rules.TO_DECIDE,
    }
    return render(request, "workforce/entry.html", context)


@access.needs("workforce.propose_coverageentry")
@require_POST
def entry_again(request, public_id):
    """What the ward sent back is mended: propose it again."""
    found = get_object_or_404(CoverageEntry.objects.visible_to(request.user), public_id=public_id)
    try:
        actions.propose_again(entry=found, by=request.user, at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Diusulkan kembali kepada kelurahan."))
    return redirect(found)


# --- The ward -------------------------------------------------------------------------------------------------------


@access.needs("workforce.verify_coverageentry")
@require_safe
@never_cache
def verification_list(request):
    """Proposals of the own ward that wait to be verified; made for a phone."""
    waiting = queries.to_verify(CoverageEntry.objects.visible_to(request.user, "workforce.verify_coverageentry"))
    page = Paginator(waiting, PAGE_SIZE).get_page(request.GET.get("halaman"))
    actions.log_entries_read(entries=list(page), by=request.user, at=timezone.now())
    return render(request, "workforce/verification_list.html", {"page": page})


@access.needs("workforce.verify_coverageentry")
@require_http_methods(["GET", "POST"])
@never_cache
def verification(request, public_id):
    """One proposal: right, or sent back with what is wrong."""
    visible = CoverageEntry.objects.visible_to(request.user, "workforce.verify_coverageentry")
    waiting = visible.filter(state=EntryState.PROPOSED).select_related("person__ward__parent", "round")
    found = get_object_or_404(waiting, public_id=public_id)
    form = forms.ReasonForm(request.POST if "kembalikan" in request.POST else None)
    if request.method == "POST" and ("benar" in request.POST or form.is_valid()):
        now = timezone.now()
        try:
            if "benar" in request.POST:
                actions.verify(entry=found, by=request.user, at=now)
                messages.success(request, _("Tercatat: data benar."))
            else:
                actions.send_back(entry=found, reason=form.cleaned_data["reason"], by=request.user, at=now)
                messages.success(request, _("Dikembalikan kepada Dinperinaker."))
        except Refused as refusal:
            messages.error(request, str(refusal))
        return redirect("workforce:verification-list")
    if request.method == "GET":
        actions.log_entries_read(entries=[found], by=request.user, at=timezone.now())
    today = timezone.localdate()
    context = {
        "entry": found,
        "age": found.person.age_on(today),
        "work": queries.steps_in_words([found.person_id], today).get(found.person_id, ""),
        "form": form,
    }
    return render(request, "workforce/verification.html", context)
