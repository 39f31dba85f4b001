"""Obligations: the list, one obligation with every step of its life, a subject's page, the owner's own page."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from batikportal import access, downloads
from batikportal.actions.files import FileRefused, store
from batikportal.choices import FileKind
from batikportal.models import Enterprise
from wastewater.actions import obligations as actions
from wastewater.choices.duties import FulfilledBy, ObligationState
from wastewater.forms import duties as forms
from wastewater.forms.violations import ReasonForm
from wastewater.models import ComplianceStatus, Obligation, ReminderSubscription, TreatmentPlant, Violation
from wastewater.queries import obligations as queries
from wastewater.queries import statuses as status_queries
from wastewater.queries import violations
from wastewater.views.lists import chosen_in, page_of

SORTINGS = {
    "tempo": ("due_on", "pk"),
    "-tempo": ("-due_on", "-pk"),
    "terlambat": ("days_late", "due_on", "pk"),
    "-terlambat": ("-days_late", "due_on", "pk"),
}
SETTLED_SHOWN = 24
OWN_SETTLED_SHOWN = 8


def _found(request):
    form = forms.ObligationFilter(request.GET or None)
    seen = Obligation.objects.visible_to(request.user)
    rows = queries.found_obligations(seen, timezone.localdate(), **chosen_in(form))
    return form, rows.order_by(*SORTINGS.get(request.GET.get("urut", ""), queries.WAITING_FIRST))


def _one(request, public_id) -> Obligation:
    return get_object_or_404(queries.with_words(Obligation.objects.visible_to(request.user)), public_id=public_id)


@access.needs("wastewater.view_obligation")
@require_safe
def obligation_list(request):
    form, rows = _found(request)
    today = timezone.localdate()
    context = {
        "filter": form,
        "page": page_of(request, rows),
        "counts": queries.waiting_counts(Obligation.objects.visible_to(request.user), today),
        "today": today,
        "subscribed": ReminderSubscription.objects.filter(user=request.user).exists(),
        "may_change_duties": request.user.has_perm("wastewater.change_reportduty"),
    }
    return render(request, "wastewater/obligation_list.html", context)


@access.needs("wastewater.view_obligation")
@require_safe
def obligation_export(request):
    _form, rows = _found(request)
    header = [_("Kewajiban"), _("Usaha atau IPAL"), _("Nomor registrasi"), _("Titik"), _("Kelurahan"), _("Awal masa"),
              _("Akhir masa"), _("Paling lambat"), _("Keadaan"), _("Diterima pada"), _("Hari terlambat"),
              _("Dasar hukum"), _("Alasan dibebaskan")]  # fmt: skip
    lines = (
        [str(row.kind), str(row.subject), row.enterprise.registration_number if row.enterprise else "",
         row.point.code if row.point else "", row.subject.ward.name, row.period_start.isoformat(),
         row.period_end.isoformat(), row.due_on.isoformat(), row.get_state_display(),
         row.received_on.isoformat() if row.received_on else "", row.days_late, row.legal_basis, row.waiver_reason]
        for row in rows.iterator(chunk_size=1000)
    )  # fmt: skip
    return downloads.csv_file("kewajiban", header, lines)


@access.signed_in
@require_safe
def obligation(request, public_id):
    """One obligation: what is owed, by which law, how to fulfil it, and what became of it."""
    found = _one(request, public_id)
    user = request.user
    is_staff = user.has_perm("wastewater.view_obligation")
    is_due = found.state == ObligationState.DUE
    by_document = found.kind.fulfilled_by == FulfilledBy.DOCUMENT
    context = {
        "obligation": found,
        "today": timezone.localdate(),
        "is_late": found.is_late(timezone.localdate()),
        "is_staff": is_staff,
        "may_hand_in": is_due and by_document and (not is_staff or user.has_perm("wastewater.receive_obligation")),
        "may_waive": is_due and user.has_perm("wastewater.waive_obligation"),
        "may_return": found.state == ObligationState.RECEIVED
        and found.sample_id is None
        and user.has_perm("wastewater.receive_obligation"),
        "may_revoke": found.state == ObligationState.WAIVED and user.has_perm("wastewater.waive_obligation"),
        "violation": Violation.objects.filter(obligation=found).first(),
    }
    return render(request, "wastewater/obligation.html", context)


@access.signed_in
@require_http_methods(["GET", "POST"])
def obligation_hand_in(request, public_id):
    """A report is uploaded: by the owner today, or by an officer who says when it came."""
    found = _one(request, public_id)
    is_staff = request.user.has_perm("wastewater.view_obligation")
    if is_staff and not request.user.has_perm("wastewater.receive_obligation"):
        messages.error(request, _("Peran Anda tidak mencatat laporan. Mintalah petugas limbah."))
        return redirect(found)
    today = timezone.localdate()
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = forms.HandInForm(*sent, with_day=is_staff, today=today)
    if request.method == "POST" and form.is_valid():
        try:
            stored = store(
                upload=form.cleaned_data["upload"],
                kinds=(FileKind.PDF, FileKind.IMAGE),
                by=request.user,
                at=timezone.now(),
                enterprise=found.enterprise,
            )
            received = actions.receive_document(
                obligation=found,
                document=stored,
                received_on=form.cleaned_data.get("received_on") or today,
                by=request.user,
                at=timezone.now(),
            )
        except FileRefused as refusal:
            form.add_error("upload", str(refusal))
        except actions.ObligationRefused as refusal:
            form.add_error("received_on" if is_staff else None, str(refusal))
        else:
            if received.days_late:
                messages.warning(
                    request, _("Laporan diterima, terlambat %(days)s hari.") % {"days": received.days_late}
                )
            else:
                messages.success(request, _("Laporan diterima tepat waktu. Terima kasih."))
            return redirect(found if is_staff else "wastewater:own-obligation-list")
    back = found.get_absolute_url() if is_staff else reverse("wastewater:own-obligation-list")
    context = {
        "title": _("Serahkan laporan"),
        "lead": f"{found} – {found.subject}",
        "note": found.kind.instructions,
        "form": form,
        "submit_label": _("Serahkan"),
        "cancel_url": back,
        "crumbs": _crumbs(found) if is_staff else [(_("Kewajiban saya"), back)],
    }
    return render(request, "components/form_page.html", context)


def _with_reason(request, public_id, *, act, title, question, consequences, submit, done, danger=False):
    """A step that asks for a reason, and says before what will happen."""
    found = _one(request, public_id)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            act(obligation=found, **form.cleaned_data, by=request.user, at=timezone.now())
        except actions.ObligationRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, done)
            return redirect(found)
    context = {
        "title": title,
        "question": question % {"what": f"{found} – {found.subject}"},
        "consequences": consequences,
        "form": form,
        "submit_label": submit,
        "cancel_url": found.get_absolute_url(),
        "danger": danger,
        "crumbs": _crumbs(found),
    }
    return render(request, "components/confirm_page.html", context)


@access.needs("wastewater.waive_obligation")
@require_http_methods(["GET", "POST"])
def obligation_waive(request, public_id):
    return _with_reason(
        request,
        public_id,
        act=actions.waive_obligation,
        title=_("Bebaskan kewajiban"),
        question=_("Bebaskan %(what)s?"),
        consequences=[
            _("Kewajiban ini tidak ditagih dan tidak diingatkan lagi."),
            _("Pelanggaran karena tidak melapor, bila sudah tercatat, selesai dengan alasan ini."),
            _("Alasan dan nama Anda tercatat."),
        ],
        submit=_("Bebaskan"),
        done=_("Kewajiban dibebaskan."),
        danger=True,
    )


@access.needs("wastewater.waive_obligation")
@require_http_methods(["GET", "POST"])
def obligation_revoke(request, public_id):
    return _with_reason(
        request,
        public_id,
        act=actions.revoke_waiver,
        title=_("Cabut pembebasan"),
        question=_("Tagih lagi %(what)s?"),
        consequences=[_("Bila sudah lewat tanggalnya, pelanggaran karena tidak melapor terbuka lagi.")],
        submit=_("Cabut pembebasan"),
        done=_("Pembebasan dicabut."),
    )


@access.needs("wastewater.receive_obligation")
@require_http_methods(["GET", "POST"])
def obligation_return(request, public_id):
    return _with_reason(
        request,
        public_id,
        act=actions.return_document,
        title=_("Kembalikan laporan"),
        question=_("Kembalikan %(what)s untuk diperbaiki?"),
        consequences=[
            _("Pemilik usaha membaca alasannya di halamannya dan harus menyerahkan lagi."),
            _("Kewajiban ini kembali belum diterima."),
        ],
        submit=_("Kembalikan"),
        done=_("Laporan dikembalikan."),
    )


@access.needs("wastewater.view_obligation")
@require_POST
def reminder_switch(request):
    """An officer turns her own daily reminder on or off."""
    if request.POST.get("aktif"):
        actions.subscribe(user=request.user, at=timezone.now())
        messages.success(request, _("Anda dikirimi pesan bila ada yang terlambat atau segera jatuh tempo."))
    else:
        actions.unsubscribe(user=request.user)
        messages.success(request, _("Pengingat dimatikan."))
    return redirect("wastewater:obligation-list")


@access.needs("wastewater.view_obligation")
@require_safe
def subject_enterprise(request, public_id):
    return _subject(request, get_object_or_404(Enterprise.objects.visible_to(request.user), public_id=public_id))


@access.needs("wastewater.view_obligation")
@require_safe
def subject_plant(request, public_id):
    return _subject(request, get_object_or_404(TreatmentPlant, public_id=public_id))


def _subject(request, subject):
    """Everything one subject owes, handed in and violated, and its status by quarter."""
    user, today = request.user, timezone.localdate()
    owed = Obligation.objects.visible_to(user).of(subject)
    seen = Violation.objects.visible_to(user).of(subject)
    statuses = ComplianceStatus.objects.visible_to(user).of(subject)
    is_enterprise = isinstance(subject, Enterprise)
    context = {
        "subject": subject,
        "is_enterprise": is_enterprise,
        "today": today,
        "waiting": queries.with_words(owed.filter(state=ObligationState.DUE)).order_by("due_on", "pk"),
        "settled": queries.with_words(owed.exclude(state=ObligationState.DUE)).order_by("-period_start", "pk")[
            :SETTLED_SHOWN
        ],
        "violations": violations.with_words(seen).order_by("-occurred_on", "-pk")[:SETTLED_SHOWN],
        "open_count": seen.filter(state="open").count(),
        "statuses": status_queries.with_words(statuses).order_by("-quarter_start")[:8],
        "locked": status_queries.locked_starts(),
        "may_record": is_enterprise and user.has_perm("wastewater.record_violation"),
    }
    return render(request, "wastewater/subject.html", context)


@access.owner
@require_safe
def own_obligation_list(request):
    """What an owner still owes, how to fulfil it, and what she handed in."""
    today = timezone.localdate()
    context = {
        "waiting": queries.own_obligations(request.enterprises),
        "settled": queries.own_settled(request.enterprises)[:OWN_SETTLED_SHOWN],
        "violations": violations.open_violations(Violation.objects.filter(enterprise__in=request.enterprises)),
        "several": len(request.enterprises) > 1,
        "today": today,
    }
    return render(request, "wastewater/own_obligation_list.html", context)


def _crumbs(found: Obligation | None = None) -> list[tuple[str, str]]:
    crumbs = [
        (_("Limbah batik"), reverse("wastewater:index")),
        (_("Kewajiban"), reverse("wastewater:obligation-list")),
    ]
    return [*crumbs, (str(found), found.get_absolute_url())] if found else crumbs
