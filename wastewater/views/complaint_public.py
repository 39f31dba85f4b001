"""What everybody may see of complaints, and what only the holder of the secret link may see and do."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from batikportal import access
from wastewater.actions import complaints as actions
from wastewater.choices.complaints import ComplaintState, HandlingState, Moderation, Satisfaction, StepKind
from wastewater.forms import complaints as forms
from wastewater.models.complaints import Complaint
from wastewater.queries.complaints import cases
from wastewater.rules import complaints as rules
from wastewater.views.lists import chosen_in, page_of

PUBLIC_STEPS = (
    gettext_lazy("Diterima"),
    gettext_lazy("Ditelaah dan ditugaskan"),
    gettext_lazy("Diperiksa"),
    gettext_lazy("Dijawab"),
)


def stages(complaint: Complaint) -> list[dict[str, object]]:
    """The public steps; a rejected case stops at the second, a closed one is done."""
    reached = rules.public_step(complaint.state)
    over = complaint.state in (ComplaintState.ANSWERED, ComplaintState.CLOSED)
    found: list[dict[str, object]] = []
    for number, label in enumerate(PUBLIC_STEPS):
        state = "done" if number < reached or (over and number == reached) else "todo"
        if number == reached and not over:
            state = "stopped" if complaint.state == ComplaintState.REJECTED else "current"
        note = complaint.get_state_display() if number == reached else ""
        found.append({"label": label, "state": state, "note": note})
    return found


def timeline(complaint: Complaint) -> list[dict[str, object]]:
    """The public lines; who wrote them is the agency, never a person."""
    return [
        {
            "at": step.at,
            "title": step.get_state_display() if step.state else step.get_kind_display(),
            "by": step.agency_name,
            "text": step.public_text,
        }
        for step in cases.steps_of(complaint, public_only=True)
        if step.kind != StepKind.SATISFACTION
    ]


@access.public
@require_safe
def complaint_find(request):
    """Public complaints, newest first; a number leads straight to its page."""
    form = forms.FindForm(request.GET or None)
    chosen = chosen_in(form)
    number = (chosen.get("nomor") or "").strip()
    if number:
        if Complaint.objects.filter(number=number).exists():
            return redirect("wastewater:complaint-public", number)
        form.add_error("nomor", _("Nomor ini tidak ditemukan. Periksa angkanya pada bukti laporan Anda."))
    public = Complaint.objects.public().select_related("category", "ward", "parent")
    rows = cases.found_complaints(public, kategori=chosen.get("kategori"), wilayah=chosen.get("kelurahan"))
    page = page_of(request, rows.exclude(state=ComplaintState.JOINED).order_by("-received_at", "-pk"))
    return render(request, "wastewater/complaint_find.html", {"filter": form, "page": page})


@access.public
@require_safe
def complaint_public(request, number: str):
    """One complaint by its number: stage, promises and public sentences; facts only if a moderator has let them out."""
    rows = Complaint.objects.select_related("category", "ward__parent", "parent__category", "parent__ward__parent")
    found = get_object_or_404(rows, number=number)
    case = found.lead_case
    shown = case.moderation in (Moderation.FACTS, Moderation.TEXT)
    position = None
    if shown and case.latitude is not None and case.longitude is not None:
        position = rules.public_position(case.latitude, case.longitude)
    context = {
        "complaint": found,
        "case": case,
        "shown": shown,
        "position": position,
        "stages": stages(case),
        "handlings": cases.handlings_of(case) if shown else [],
        "entries": timeline(case) if shown else [],
        "today": timezone.localdate(),
    }
    return render(request, "wastewater/complaint_public.html", context)


@access.public
@never_cache
@require_http_methods(["GET", "POST"])
def complaint_own(request):
    """The reporter's own page: the key comes as a parameter, so that no log of paths and no history keeps it."""
    key = request.POST.get("kunci") or request.GET.get("kunci") or ""
    found = cases.by_secret(actions.hash_of(key)) if key else None
    if found is None:
        return _private(render(request, "wastewater/complaint_key.html", {"key": key}, status=404 if key else 200))
    reply = reopen = None
    if request.method == "POST":
        done, reply, reopen = _acted(request, found)
        if done:
            return redirect(f"{reverse('wastewater:complaint-own')}?kunci={key}")
    case = found.lead_case
    today = timezone.localdate()
    may_reopen = case.state in rules.MAY_REOPEN and bool(case.reopen_until and today <= case.reopen_until)
    context = {
        "complaint": found,
        "case": case,
        "key": key,
        "stages": stages(case),
        "entries": timeline(case),
        "handlings": [one for one in cases.handlings_of(case) if one.state != HandlingState.WAITING],
        "question": cases.open_question(found),
        "questions": found.questions.exclude(reply=""),
        "reply_form": reply or forms.ReplyForm(auto_id="balas_%s"),
        "reopen_form": reopen or forms.ReopenByReporterForm(auto_id="buka_%s"),
        "reply_asked": reply is not None,
        "reopen_asked": reopen is not None,
        "may_reopen": may_reopen or reopen is not None,
        "may_rate": case.state in rules.MAY_RATE,
        "satisfactions": Satisfaction.choices,
        "reporter": cases.reporter_of(found),
        "form": reply or reopen,
        "today": today,
    }
    return _private(render(request, "wastewater/complaint_own.html", context))


def _acted(request, found: Complaint):
    """(done, reply form, reopen form): what the reporter pressed, or the form that must be mended."""
    now = timezone.now()
    pressed = request.POST.get("tindakan", "")
    reply = forms.ReplyForm(request.POST, auto_id="balas_%s") if pressed == "balas" else None
    reopen = forms.ReopenByReporterForm(request.POST, auto_id="buka_%s") if pressed == "buka" else None
    form = reply or reopen
    if form is not None and not form.is_valid():
        return False, reply, reopen
    try:
        if reply is not None:
            actions.reply(complaint=found, text=reply.cleaned_data["text"], at=now)
            messages.success(request, _("Jawaban Anda sudah kami terima. Terima kasih."))
        elif reopen is not None:
            actions.reopen(complaint=found, reason=reopen.cleaned_data["reason"], by=None, at=now)
            messages.success(request, _("Laporan dibuka kembali."))
        elif pressed == "nilai" and request.POST.get("nilai") in Satisfaction.values:
            actions.rate(complaint=found, satisfaction=request.POST["nilai"], at=now)
            messages.success(request, _("Terima kasih atas penilaian Anda."))
    except actions.ComplaintRefused as refusal:
        if form is not None:
            form.add_error(None, str(refusal))
            return False, reply, reopen
        messages.error(request, str(refusal))
    return True, None, None


def _private(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = "private, no-store"
    return response
