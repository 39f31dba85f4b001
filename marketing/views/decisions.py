"""Staff pages of decisions: propose for several, look through what is pending, gather, sign, preview, release."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from batikportal import access
from marketing import actions, forms, permissions, queries, rules
from marketing.models import Activity, Decision, DecisionBatch


def _activity(request, public_id) -> Activity:
    return get_object_or_404(Activity.objects.visible_to(request.user), public_id=public_id)


def _batch(request, public_id) -> DecisionBatch:
    found = DecisionBatch.objects.filter(activity__in=Activity.objects.visible_to(request.user))
    return get_object_or_404(
        found.select_related("activity", "signed_by", "released_by", "created_by"), public_id=public_id
    )


def _decisions(activity: Activity):
    return redirect("marketing:decision-list", activity.public_id)


def _crumbs(activity: Activity) -> list[tuple[str, str]]:
    return [
        (_("Pasar"), reverse("marketing:index")),
        (activity.title, reverse("marketing:activity-detail", args=[activity.public_id])),
        (_("Keputusan"), reverse("marketing:decision-list", args=[activity.public_id])),
    ]


@access.needs("marketing.decide_application")
@require_http_methods(["GET", "POST"])
def decision_propose(request, public_id):
    """One outcome for the files ticked in the list (?pilih=…); the applicants see nothing of it yet."""
    activity = _activity(request, public_id)
    chosen = queries.chosen_applications(activity, request.POST.getlist("pilih") or request.GET.getlist("pilih"))
    form = forms.DecideForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            actions.decide(
                chosen=chosen,
                outcome=given["outcome"],
                reason=given["reason"],
                first_rank=given["rank"],
                by=request.user,
                at=timezone.now(),
            )
        except actions.DecisionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("%(n)s keputusan menunggu rilis.") % {"n": len(chosen)})
            return _decisions(activity)
    context = {"activity": activity, "chosen": chosen, "form": form, "crumbs": _crumbs(activity)[:2]}
    return render(request, "marketing/decision_propose.html", context)


@access.needs("marketing.view_decision")
@require_safe
def decision_list(request, public_id):
    """Decisions of an activity that wait for their release, and its batches."""
    activity = _activity(request, public_id)
    pending = list(queries.pending_decisions(activity))
    context = {
        "activity": activity,
        "pending": pending,
        "loose": [decision for decision in pending if decision.batch_id is None],
        "seats": queries.promised_seats(activity, pending),
        "counts": rules.outcome_counts(decision.outcome for decision in pending),
        "batches": queries.batches_of(activity),
        "form": forms.BatchForm(),
        "may_decide": request.user.has_perm("marketing.decide_application"),
        "crumbs": _crumbs(activity)[:2],
    }
    return render(request, "marketing/decision_list.html", context)


@access.needs("marketing.decide_application")
@require_POST
def decision_take_back(request, public_id):
    found = Decision.objects.filter(application__activity__in=Activity.objects.visible_to(request.user))
    decision = get_object_or_404(found.select_related("application__activity"), public_id=public_id)
    try:
        actions.take_back(decision=decision, by=request.user, at=timezone.now())
        messages.success(request, _("Keputusan ditarik; pendaftaran kembali ke seleksi."))
    except actions.DecisionRefused as refusal:
        messages.error(request, str(refusal))
    return _decisions(decision.application.activity)


@access.needs("marketing.decide_application")
@require_POST
def batch_gather(request, public_id):
    activity = _activity(request, public_id)
    form = forms.BatchForm(request.POST)
    note = form.cleaned_data["note"] if form.is_valid() else ""
    try:
        batch = actions.gather_batch(activity=activity, note=note, by=request.user, at=timezone.now())
    except actions.DecisionRefused as refusal:
        messages.error(request, str(refusal))
        return _decisions(activity)
    messages.success(request, _("Kelompok %(n)s siap ditandatangani.") % {"n": batch.number})
    return redirect("marketing:batch-detail", batch.public_id)


@access.needs("marketing.view_decisionbatch")
@require_safe
def batch_detail(request, public_id):
    """A batch with the arithmetic of its seats and the very letters that a release would send."""
    batch = _batch(request, public_id)
    decisions = list(queries.decided_in_batch(batch))
    pending = [decision for decision in decisions if decision.state == "pending"]
    details = permissions.may_see_details(request.user)
    context = {
        "batch": batch,
        "activity": batch.activity,
        "decisions": decisions,
        "counts": rules.outcome_counts(decision.outcome for decision in decisions if decision.state != "dropped"),
        "seats": queries.promised_seats(batch.activity, pending) if pending else [],
        "letters": actions.preview_letters(batch, by=request.user) if details and pending else [],
        "may_see_details": details,
        "may_sign": permissions.may_sign(request.user, batch),
        "may_release": permissions.may_release(request.user, batch),
        "may_cancel": permissions.may_cancel_batch(request.user, batch),
        "crumbs": _crumbs(batch.activity),
    }
    return render(request, "marketing/batch_detail.html", context)


def _confirm(request, batch: DecisionBatch, *, act, done: str, **page):
    """One confirmation page for one step of a batch."""
    form = page.get("form")
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            act(by=request.user, at=timezone.now())
            messages.success(request, done)
        except actions.DecisionRefused as refusal:
            messages.error(request, str(refusal))
        return redirect("marketing:batch-detail", batch.public_id)
    url = reverse("marketing:batch-detail", args=[batch.public_id])
    context = {"cancel_url": url, "crumbs": [*_crumbs(batch.activity), (str(batch), url)], **page}
    return render(request, "components/confirm_page.html", context)


def _facts(batch: DecisionBatch) -> list[tuple[str, object]]:
    counts = rules.outcome_counts(decision.outcome for decision in queries.answerable_decisions(batch))
    return [
        (_("Diterima"), counts["accepted"]),
        (_("Cadangan"), counts["waitlisted"]),
        (_("Belum diterima"), counts["rejected"]),
    ]


@access.needs("marketing.sign_decisionbatch")
@require_http_methods(["GET", "POST"])
def batch_sign(request, public_id):
    batch = _batch(request, public_id)
    return _confirm(
        request,
        batch,
        act=lambda **who: actions.sign_batch(batch=batch, **who),
        done=_("Kelompok ditandatangani. Periksa suratnya, lalu rilis."),
        title=_("Tandatangani keputusan"),
        question=_("Tandatangani %(batch)s?") % {"batch": batch},
        facts=_facts(batch),
        consequences=[
            _("Isi kelompok disegel: hasil, urutan dan alasan tidak dapat diubah lagi."),
            _("Pendaftar belum melihat apa pun sampai kelompok dirilis."),
        ],
        submit_label=_("Tandatangani"),
    )


@access.needs("marketing.release_decisionbatch")
@require_http_methods(["GET", "POST"])
def batch_release(request, public_id):
    batch = _batch(request, public_id)
    return _confirm(
        request,
        batch,
        act=lambda **who: actions.release_batch(batch=batch, **who),
        done=_("Hasil dirilis dan semua surat masuk kotak keluar."),
        title=_("Rilis hasil"),
        question=_("Rilis %(batch)s sekarang?") % {"batch": batch},
        facts=_facts(batch),
        consequences=[
            _("Semua pendaftar dalam kelompok ini menerima hasilnya sekaligus."),
            _("Kursi terisi; bila satu kuota saja tidak cukup, tidak ada yang dirilis."),
            _("Rilis tidak dapat ditarik kembali."),
        ],
        submit_label=_("Rilis hasil"),
        danger=True,
    )


@access.needs("marketing.view_decisionbatch")
@require_http_methods(["GET", "POST"])
def batch_cancel(request, public_id):
    batch = _batch(request, public_id)
    if not permissions.may_cancel_batch(request.user, batch):
        messages.error(request, _("Kelompok ini tidak dapat Anda batalkan."))
        return redirect("marketing:batch-detail", batch.public_id)
    form = forms.ReasonForm(request.POST or None)
    return _confirm(
        request,
        batch,
        act=lambda **who: actions.cancel_batch(batch=batch, reason=form.cleaned_data["reason"], **who),
        done=_("Kelompok dibatalkan; keputusannya tetap menunggu."),
        form=form,
        title=_("Batalkan kelompok"),
        question=_("Batalkan %(batch)s?") % {"batch": batch},
        consequences=[_("Keputusan di dalamnya tetap menunggu dan dapat diubah atau dikumpulkan lagi.")],
        submit_label=_("Batalkan kelompok"),
        danger=True,
    )
