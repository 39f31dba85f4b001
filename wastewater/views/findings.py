"""Findings: the list and the steps of the office, and the owner's page with the right of reply."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from batikportal import access, downloads, formats
from batikportal.actions.files import FileRefused, store
from batikportal.choices import FileKind
from batikportal.models import Enterprise
from wastewater import permissions
from wastewater.actions import findings as actions
from wastewater.choices import SampleState
from wastewater.choices.enforcement import FindingState
from wastewater.choices.inspections import Aspect, InspectionState
from wastewater.forms import findings as forms
from wastewater.models import ChecklistItem, Finding, Inspection, Sample
from wastewater.queries import cases, supervision
from wastewater.queries import findings as queries
from wastewater.queries.inspections import looks_into
from wastewater.queries.violations import open_violations, with_words
from wastewater.rules.inspections import as_failing
from wastewater.views.lists import chosen_in, page_of

GET_POST = ["GET", "POST"]
EVIDENCE = (FileKind.IMAGE, FileKind.PDF)


def _found(request):
    form = forms.FindingFilter(request.GET or None)
    return form, queries.found_findings(Finding.objects.visible_to(request.user), **chosen_in(form))


def _finding(request, public_id) -> Finding:
    seen = Finding.objects.visible_to(request.user).select_related(
        "enterprise", "plant", "ward__parent", "inspection", "sample__point", "decided_by", "cured_by", "verified_by"
    )
    return get_object_or_404(seen, public_id=public_id)


@access.needs("wastewater.record_inspection")
@require_safe
def finding_list(request):
    form, rows = _found(request)
    context = {"filter": form, "page": page_of(request, queries.listed_findings(rows).order_by("-pk"))}
    return render(request, "wastewater/finding_list.html", context)


@access.needs("wastewater.record_inspection")
@require_safe
def finding_export(request):
    _form, rows = _found(request)
    header = [_("Nomor"), _("Usaha atau IPAL"), _("Kelurahan"), _("Kecamatan"), _("Aspek"), _("Temuan"),
              _("Keadaan"), _("Putusan"), _("Karena diam"), _("Hak jawab sampai"), _("Tanggapan"),
              _("Diputuskan"), _("Perbaikan sampai"), _("Diperbaiki"), _("Pengawasan")]  # fmt: skip
    lines = (
        [row.number, row.subject.name, row.ward.name, row.ward.parent.name, row.get_aspect_display(), row.title,
         row.get_state_display(), row.get_outcome_display(), row.get_silence_display(), row.reply_due_on or "",
         row.replies_count, timezone.localdate(row.decided_at) if row.decided_at else "", row.cure_due_on or "",
         row.cured_on or "", row.inspection.number if row.inspection else ""]
        for row in queries.listed_findings(rows).order_by("pk").iterator(chunk_size=1000)
    )  # fmt: skip
    return downloads.csv_file("temuan", header, lines)


@access.needs("wastewater.record_inspection")
@require_http_methods(GET_POST)
def finding_new(request, public_id):
    """A finding of a running inspection; `?butir=` takes over a question that does not comply."""
    inspection = get_object_or_404(Inspection.objects.visible_to(request.user), public_id=public_id)
    if inspection.state != InspectionState.ONGOING:
        messages.warning(request, _("Temuan hanya dapat dicatat selama pengawasan berjalan."))
        return redirect(inspection)
    samples = _samples_of(request, inspection)
    form = forms.FindingForm(
        request.POST or None,
        request.FILES or None,
        samples=samples,
        violations=open_violations(subject=inspection.subject),
        initial=_from_item(request, inspection) | _from_violation(inspection),
    )
    if request.method == "POST" and form.is_valid():
        made = _tried(form, lambda: _record(request, form, inspection=inspection))
        if made:
            messages.success(request, _("Temuan dicatat. Usaha belum diberi tahu."))
            return redirect(inspection)
    return _form_page(request, form, _("Catat temuan"), str(inspection), inspection.get_absolute_url())


def _samples_of(request, inspection: Inspection):
    return (
        Sample.objects.visible_to(request.user)
        .filter(point__enterprise=inspection.enterprise_id, point__plant=inspection.plant_id)
        .exclude(state__in=[SampleState.PLANNED, SampleState.VOID])
        .select_related("point")
        .order_by("-taken_at")
    )


def _from_violation(inspection: Inspection) -> dict[str, object]:
    return {"violations": list(looks_into(inspection).values_list("public_id", flat=True))}


def _from_item(request, inspection: Inspection) -> dict[str, object]:
    """What a question of the checklist says already."""
    asked = request.GET.get("butir", "")
    if not asked.isdigit():
        return {"aspect": Aspect.WASTEWATER}
    item = ChecklistItem.objects.filter(pk=int(asked), checklist=inspection.checklist_id).first()
    if item is None:
        return {"aspect": Aspect.WASTEWATER}
    answer = inspection.answers.filter(item=item).first()
    title = as_failing(item.question) or _("Belum terpenuhi: %(question)s") % {"question": item.question}
    return {"aspect": item.aspect, "title": title[:150], "description": answer.note if answer else ""}


def _record(request, form: forms.FindingForm, **about):
    cleaned = dict(form.cleaned_data)
    uploads = cleaned.pop("attachments")
    enterprise = about["inspection"].enterprise
    evidence = [(file, "") for file in _stored(request, uploads, enterprise)]
    return actions.record_finding(**cleaned, evidence=evidence, by=request.user, at=timezone.now(), **about)


def _stored(request, uploads, enterprise):
    return [
        store(upload=one, kinds=EVIDENCE, by=request.user, at=timezone.now(), enterprise=enterprise) for one in uploads
    ]


@access.needs("wastewater.record_inspection")
@require_safe
def finding(request, public_id):
    """One finding with its evidence, replies and decision, and the steps that are possible now."""
    found = _finding(request, public_id)
    user, today = request.user, timezone.localdate()
    running = found.state == FindingState.REPLY_WINDOW
    over = running and found.is_reply_over(today)
    told = found.inspection is None or found.inspection.is_frozen
    context = {
        "finding": found,
        "evidence": found.evidence.select_related("file"),
        "replies": found.replies.select_related("created_by").prefetch_related("files__file"),
        "coaching": found.coaching.all(),
        "cases": found.cases.all(),
        "violations": with_words(found.violations.all()),
        "window_over": over,
        "settings": supervision.settings_on(today),
        "may_open": found.state == FindingState.OPEN and told and permissions.may_record_finding(user),
        "may_remove": found.state == FindingState.OPEN and not (found.inspection and found.inspection.is_frozen),
        "may_assist": running and not over and permissions.may_record_finding(user),
        "may_decide": over and permissions.may_decide_finding(user),
        "reported": queries.reported_cure(found),
        "may_cure": found.stands and permissions.may_record_finding(user),
        "may_verify": found.state == FindingState.CURED and permissions.may_verify_finding(user),
        "may_enforce": found.stands and permissions.may_record_enforcement(user),
        "may_coach": not found.is_cleared and permissions.may_record_enforcement(user),
    }
    return render(request, "wastewater/finding.html", context)


@access.needs("wastewater.record_finding")
@require_http_methods(GET_POST)
def finding_open(request, public_id):
    """Tell the firm and start the clock of its right of reply."""
    found = _finding(request, public_id)
    if request.method == "POST":
        try:
            opened = actions.open_reply(finding=found, by=request.user, at=timezone.now())
            messages.success(request, _("Hak jawab dibuka sampai %(day)s.") % {"day": formats.day(opened.reply_due_on)})
        except actions.FindingRefused as refusal:
            messages.error(request, str(refusal))
        return redirect(found)
    settings = supervision.settings_on(timezone.localdate())
    context = {
        "title": _("Sampaikan temuan"),
        "question": str(found),
        "facts": [(_("Kepada"), found.subject.name), (_("Uraian"), found.description)],
        "consequences": [
            _("Usaha menerima pesan dan dapat membaca temuan beserta buktinya."),
            _("Hak jawab berjalan %(days)s hari kerja; selama itu tidak ada putusan dan tidak ada sanksi.")
            % {"days": int(settings["reply_working_days"])},
            _("Sesudah hak jawab berakhir, dinas memutus dalam %(days)s hari; lewat dari itu tanggapan usaha "
              "dianggap diterima.") % {"days": int(settings["authority_silence_days"])},
            _("Bunyi temuan tidak dapat diubah lagi."),
        ],
        "submit_label": _("Sampaikan dan buka hak jawab"),
        "cancel_url": found.get_absolute_url(),
        "crumbs": _crumbs(found),
    }  # fmt: skip
    return render(request, "components/confirm_page.html", context)


@access.needs("wastewater.record_inspection")
@require_POST
def finding_remove(request, public_id):
    found = _finding(request, public_id)
    back = found.inspection.get_absolute_url() if found.inspection else reverse("wastewater:finding-list")
    try:
        actions.remove_finding(finding=found, by=request.user, at=timezone.now())
        messages.success(request, _("Temuan dihapus; riwayatnya tetap tersimpan."))
    except actions.FindingRefused as refusal:
        messages.error(request, str(refusal))
    return redirect(back)


@access.needs("wastewater.record_finding")
@require_http_methods(GET_POST)
def finding_extend(request, public_id):
    found = _finding(request, public_id)
    form = forms.ExtendReplyForm(request.POST or None)
    return _step(request, found, form, _("Perpanjang hak jawab"), actions.extend_reply, _("Hak jawab diperpanjang."))


@access.needs("wastewater.record_finding")
@require_http_methods(GET_POST)
def finding_assist(request, public_id):
    """An officer writes down what the firm answers."""
    found = _finding(request, public_id)
    form = forms.AssistedReplyForm(request.POST or None, request.FILES or None)
    return _answered(request, found, form, _("Catat tanggapan usaha"), actions.reply, _("Tanggapan dicatat."))


@access.needs("wastewater.decide_finding")
@require_http_methods(GET_POST)
def finding_decide(request, public_id):
    found = _finding(request, public_id)
    form = forms.DecideFindingForm(request.POST or None)
    # Nobody should decide without the words of the firm before their eyes.
    story: dict[str, object] = {
        "finding": found,
        "evidence": found.evidence.select_related("file"),
        "replies": found.replies.select_related("created_by").prefetch_related("files__file"),
    }
    done = _("Putusan disampaikan.")
    return _step(request, found, form, _("Putuskan temuan"), actions.decide_finding, done, story=story)


@access.needs("wastewater.record_finding")
@require_http_methods(GET_POST)
def finding_cure(request, public_id):
    found = _finding(request, public_id)
    form = forms.CureForm(request.POST or None, initial={"cured_on": timezone.localdate()})
    done = _("Perbaikan dicatat. Tidak ada pengingat atau sanksi lagi atas temuan ini.")
    return _step(request, found, form, _("Catat perbaikan"), actions.record_cure, done)


@access.needs("wastewater.verify_finding")
@require_POST
def finding_verify(request, public_id):
    found = _finding(request, public_id)
    try:
        actions.verify_cure(finding=found, by=request.user, at=timezone.now())
        messages.success(request, _("Perbaikan terbukti."))
    except actions.FindingRefused as refusal:
        messages.error(request, str(refusal))
    return redirect(found)


@access.needs("wastewater.verify_finding")
@require_http_methods(GET_POST)
def finding_reject(request, public_id):
    found = _finding(request, public_id)
    form = forms.ReasonForm(request.POST or None)
    done = _("Temuan kembali menunggu perbaikan.")
    return _step(request, found, form, _("Perbaikan belum cukup"), actions.reject_cure, done)


def _own_names(request):
    """Files stay with the name that they were written for: the owner reads, and answers, those of merged names too."""
    return Enterprise.objects.known_to(request.user)


@access.owner
@require_safe
def own_finding_list(request):
    """What the office found at one's own business, newest first."""
    rows = queries.own_findings(_own_names(request))
    context = {"page": page_of(request, rows), "decisions": cases.known_decisions(_own_names(request))}
    return render(request, "wastewater/own_finding_list.html", context)


@access.owner
@require_safe
def own_finding(request, public_id):
    """One finding as its owner reads it: what, why, until when, what follows from silence."""
    found = get_object_or_404(queries.own_findings(_own_names(request)), public_id=public_id)
    today = timezone.localdate()
    running = found.state == FindingState.REPLY_WINDOW
    over = running and found.is_reply_over(today)
    context = {
        "finding": found,
        "evidence": found.evidence.select_related("file"),
        "replies": found.replies.prefetch_related("files__file"),
        "may_reply": running and not over,
        "may_cure": found.stands,
        "reported": queries.reported_cure(found),
        "window_over": over,
    }
    return render(request, "wastewater/own_finding.html", context)


@access.owner
@require_http_methods(GET_POST)
def own_finding_reply(request, public_id):
    found = get_object_or_404(queries.own_findings(_own_names(request)), public_id=public_id)
    form = forms.ReplyForm(request.POST or None, request.FILES or None)
    done = _("Tanggapan Anda sudah diterima dinas.")
    return _answered(request, found, form, _("Jawab temuan"), actions.reply, done, is_owner=True)


@access.owner
@require_http_methods(GET_POST)
def own_finding_cure(request, public_id):
    found = get_object_or_404(queries.own_findings(_own_names(request)), public_id=public_id)
    form = forms.CureReportForm(request.POST or None, request.FILES or None)
    done = _("Laporan perbaikan sudah diterima dinas.")
    return _answered(request, found, form, _("Laporkan perbaikan"), actions.report_cure, done, is_owner=True)


def _answered(request, found: Finding, form, title: str, action, done: str, is_owner: bool = False):
    """A reply with files; a file that is refused loses none of the words."""
    back = reverse("wastewater:own-finding", args=[found.public_id]) if is_owner else found.get_absolute_url()

    def write():
        cleaned = dict(form.cleaned_data)
        files = _stored(request, cleaned.pop("attachments"), found.enterprise)
        return action(finding=found, files=files, **cleaned, by=request.user, at=timezone.now())

    if request.method == "POST" and form.is_valid() and _tried(form, write):
        messages.success(request, done)
        return redirect(back)
    return _form_page(request, form, title, str(found), back, is_owner=is_owner)


def _tried(form, action):
    """What the action returns; its refusal becomes an error of the form and None."""
    try:
        return action()
    except (actions.FindingRefused, FileRefused) as refusal:
        form.add_error(None, str(refusal))
        return None


def _step(request, found: Finding, form, title: str, action, done: str, story: dict[str, object] | None = None):
    def write():
        return action(finding=found, **form.cleaned_data, by=request.user, at=timezone.now())

    if request.method == "POST" and form.is_valid() and _tried(form, write):
        messages.success(request, done)
        return redirect(found)
    return _form_page(request, form, title, str(found), found.get_absolute_url(), story=story)


def _form_page(request, form, title: str, lead: str, back: str, is_owner: bool = False, story=None):
    crumbs = [(_("Temuan dan tanggapan"), reverse("wastewater:own-finding-list"))] if is_owner else _crumbs()
    context = {
        "form": form,
        "title": title,
        "lead": lead,
        "submit_label": _("Kirim") if is_owner else _("Simpan"),
        "cancel_url": back,
        "crumbs": crumbs,
    }
    if story:
        return render(request, "wastewater/finding_decide.html", context | story)
    return render(request, "components/form_page.html", context)


def _crumbs(found: Finding | None = None) -> list[tuple[str, str]]:
    crumbs = [
        (_("Pengawasan"), reverse("wastewater:inspection-list")),
        (_("Temuan"), reverse("wastewater:finding-list")),
    ]
    return [*crumbs, (found.number, found.get_absolute_url())] if found else crumbs
