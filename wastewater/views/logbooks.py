"""The discharge logbook of one enterprise: the month, a line, corrections, sending; for its members and for staff."""

import uuid
from datetime import date, datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from batikportal import access, downloads, formats
from batikportal.actions.files import FileRefused, store
from batikportal.choices import FileKind
from batikportal.formats import number
from batikportal.models import Enterprise, StoredFile
from wastewater import permissions
from wastewater.actions import discharge_logs as actions
from wastewater.forms import logbooks as forms
from wastewater.models import DischargeLog, Logbook, LogMonth
from wastewater.queries import discharge_logs as queries
from wastewater.queries import log_summaries
from wastewater.rules import discharge_logs as rules


def month_of(text: str, today: date) -> date:
    """The month that ``2026-11`` names; this month for anything else."""
    try:
        return datetime.strptime(text, "%Y-%m").date()
    except ValueError:
        return rules.first_of(today)


def _enterprise(request, public_id) -> Enterprise:
    """The enterprise whose logbook the user may see: an own one, or one in the area of a member of staff."""
    seen = Enterprise.objects.known_to(request.user)
    if request.user.has_perm("wastewater.view_dischargelog"):
        seen = Enterprise.objects.visible_to(request.user)
    return get_object_or_404(seen.select_related("ward__parent"), public_id=public_id)


def _writable(request, public_id) -> Enterprise:
    """The enterprise in whose logbook the user may write."""
    enterprise = _enterprise(request, public_id)
    if not permissions.may_keep_log(request.user, enterprise):
        raise PermissionDenied
    return enterprise


def _line(request, public_id) -> DischargeLog:
    lines = DischargeLog.objects.visible_to(request.user).select_related("month__enterprise", "photo")
    line = get_object_or_404(lines, public_id=public_id)
    if not permissions.may_keep_log(request.user, line.enterprise):
        raise PermissionDenied
    return line


@access.owner
@require_safe
def logbook_own(request):
    """The way from the menu: to the logbook of the first enterprise, or to the one that was chosen."""
    chosen = next((row for row in request.enterprises if str(row.public_id) == request.GET.get("usaha")), None)
    return redirect("wastewater:logbook", (chosen or request.enterprises[0]).public_id)


@access.signed_in
@require_safe
def logbook(request, public_id):
    """One month in sums and lines, with the one next step."""
    enterprise = _enterprise(request, public_id)
    today = timezone.localdate()
    first = month_of(request.GET.get("bulan", ""), today)
    summary = log_summaries.month_summary(enterprise, first, today)
    book = Logbook.objects.filter(enterprise=enterprise).first()
    names = Enterprise.objects.known_to(request.user)
    is_own = names.filter(pk=enterprise.pk).exists()
    context = {
        "enterprise": enterprise,
        "summary": summary,
        "today": today,
        "all_open": "buka" in request.GET,
        "book": book,
        "wants_reminders": book is None or book.wants_reminders,
        "is_obliged": book is not None and book.is_due_for(first),
        "is_own": is_own,
        "may_write": permissions.may_keep_log(request.user, enterprise),
        "may_close": summary.is_open and bool(summary.lines) and today >= rules.last_of(first),
        "before": rules.month_before(first),
        "after": rules.next_month(first) if rules.next_month(first) <= today else None,
        "idle_form": _idle_form(summary, today),
        "own_enterprises": names.order_by("name") if is_own else [],
    }
    return render(request, "wastewater/logbook.html", context)


def _idle_form(summary: log_summaries.MonthSummary, today: date) -> forms.IdleForm | None:
    """For today, in an earlier month for its first unknown day; None where every day is known."""
    if not summary.unknown_days:
        return None
    day = today if today in summary.unknown_days else summary.unknown_days[0]
    return forms.IdleForm(initial={"day": day})


@access.signed_in
@require_http_methods(["GET", "POST"])
def log_new(request, public_id):
    """A new line: four fields, the rest folded away; an older line may serve as a template."""
    enterprise = _writable(request, public_id)
    last = queries.last_line_of(enterprise)
    initial: dict[str, object] = {"day": timezone.localdate()}
    if wanted := request.GET.get("salin"):
        initial |= forms.LogForm.from_template(_template_line(request, enterprise, wanted, last))
    elif last is not None and last.meter_end_m3 is not None:
        initial["meter_start_m3"] = last.meter_end_m3
    form = forms.LogForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        is_assisted = not permissions.kept_by(request.user, enterprise)
        made = _tried(
            form,
            lambda: actions.record_log(
                enterprise=enterprise,
                note=form.entry(),
                submission=form.cleaned_data["submission"],
                photo=_photo(request, form, enterprise),
                reason=form.cleaned_data["reason"],
                is_assisted=is_assisted,
                by=request.user,
                at=timezone.now(),
            ),
        )
        if made:
            messages.success(request, _("Tersimpan: %(line)s, %(volume)s L.") % _said(made))
            return redirect(made.month)
    return _form(request, form, enterprise, _("Catat air limbah"), last=last if request.method == "GET" else None)


def _said(line: DischargeLog) -> dict[str, object]:
    return {"line": line, "volume": number(line.volume_l)}


def _template_line(request, enterprise: Enterprise, wanted: str, last: DischargeLog | None) -> DischargeLog:
    """The line to copy: the newest one for ``terakhir``, else the one of that id in this logbook."""
    if wanted != "terakhir":
        try:
            public_id = uuid.UUID(wanted)
        except ValueError as error:
            raise Http404 from error
        return get_object_or_404(DischargeLog, public_id=public_id, month__enterprise=enterprise)
    if last is None:
        raise Http404
    return last


@access.signed_in
@require_http_methods(["GET", "POST"])
def log_change(request, public_id):
    """Correct a line; after the month was sent a reason is needed."""
    line = _line(request, public_id)
    form = forms.LogForm(request.POST or None, request.FILES or None, initial=forms.LogForm.from_line(line))
    form.fields["reason"].required = not line.month.is_open
    if request.method == "POST" and form.is_valid():
        changed = _tried(
            form,
            lambda: actions.change_log(
                log=line,
                note=form.entry(),
                photo=_photo(request, form, line.enterprise),
                reason=form.cleaned_data["reason"],
                by=request.user,
                at=timezone.now(),
            ),
        )
        if changed:
            messages.success(request, _("Koreksi tersimpan: %(line)s, %(volume)s L.") % _said(changed))
            return redirect(changed.month)
    return _form(request, form, line.enterprise, _("Koreksi catatan"), line=line)


@access.signed_in
@require_http_methods(["GET", "POST"])
def log_withdraw(request, public_id):
    line = _line(request, public_id)
    form = forms.WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = _tried(
            form,
            lambda: actions.withdraw_log(log=line, **form.cleaned_data, by=request.user, at=timezone.now()),
        )
        if done:
            messages.success(request, _("Catatan dibatalkan."))
            return redirect(line.month)
    context = {
        "title": _("Batalkan catatan"),
        "question": _("Batalkan catatan %(line)s?") % {"line": line},
        "facts": [(_("Air limbah (L)"), line.volume_l), (_("Dibuang ke"), line.get_destination_display())],
        "consequences": [
            _("Catatan tidak dihitung lagi, tetapi tetap terbaca bersama alasannya."),
            _("Langkah ini tidak dapat dicabut; catat lagi bila ternyata benar."),
        ],
        "form": form,
        "submit_label": _("Batalkan catatan"),
        "cancel_url": line.month.get_absolute_url(),
        "danger": True,
        "crumbs": _crumbs(line.enterprise),
    }
    return render(request, "components/confirm_page.html", context)


@access.signed_in
@require_POST
def log_idle(request, public_id):
    """A day without production, in one press."""
    enterprise = _writable(request, public_id)
    form = forms.IdleForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Isi tanggal hari yang tidak berproduksi."))
        return redirect("wastewater:logbook", enterprise.public_id)
    try:
        made = actions.record_idle_day(
            enterprise=enterprise,
            **form.cleaned_data,
            is_assisted=not permissions.kept_by(request.user, enterprise),
            by=request.user,
            at=timezone.now(),
        )
    except actions.LogRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("wastewater:logbook", enterprise.public_id)
    messages.success(request, _("%(day)s tercatat tidak produksi.") % {"day": formats.day(made.day)})
    return redirect(made.month)


@access.signed_in
@require_http_methods(["GET", "POST"])
def logbook_close(request, public_id):
    """Send a month, after showing what it says and what it leaves open."""
    enterprise = _writable(request, public_id)
    today = timezone.localdate()
    first = month_of(request.GET.get("bulan", ""), today)
    month = get_object_or_404(LogMonth, enterprise=enterprise, first_day=first)
    if request.method == "POST":
        try:
            actions.close_month(
                month=month,
                is_assisted=not permissions.kept_by(request.user, enterprise),
                by=request.user,
                at=timezone.now(),
            )
            messages.success(request, _("Buku limbah %(month)s terkirim.") % {"month": formats.month(first)})
        except actions.LogRefused as refusal:
            messages.error(request, str(refusal))
        return redirect(month)
    summary = log_summaries.month_summary(enterprise, first, today)
    context = {
        "title": _("Kirim bulan ini"),
        "question": _("Kirim buku limbah %(month)s ke DLH?") % {"month": formats.month(first)},
        "facts": [
            (_("Air limbah (m³)"), number(summary.volume_m3, 2)),
            (_("Hari produksi"), summary.production_days),
            (_("Hari tidak produksi"), summary.idle_days),
            (_("Hari tanpa catatan"), len(summary.unknown_days)),
        ],
        "consequences": [
            _("Sesudah dikirim, catatan hanya dapat dikoreksi dengan alasan."),
            *([_("Hari tanpa catatan terbaca sebagai tidak diketahui, bukan nol.")] if summary.unknown_days else []),
        ],
        "submit_label": _("Kirim"),
        "cancel_url": month.get_absolute_url(),
        "crumbs": _crumbs(enterprise),
    }
    return render(request, "components/confirm_page.html", context)


@access.signed_in
@require_POST
def logbook_reminders(request, public_id):
    """The owner's own choice; staff cannot make it for her."""
    enterprise = _enterprise(request, public_id)
    if not permissions.kept_by(request.user, enterprise):
        raise PermissionDenied
    wanted = request.POST.get("mau") == "ya"
    actions.set_reminders(enterprise=enterprise, wanted=wanted, by=request.user, at=timezone.now())
    messages.success(request, _("Anda akan diingatkan.") if wanted else _("Anda tidak akan diingatkan lagi."))
    return redirect("wastewater:logbook", enterprise.public_id)


@access.signed_in
@require_safe
def logbook_export(request, public_id):
    """The lines of one month as a file, with those that were replaced or withdrawn."""
    enterprise = _enterprise(request, public_id)
    today = timezone.localdate()
    summary = log_summaries.month_summary(enterprise, month_of(request.GET.get("bulan", ""), today), today)
    header = [_("Tanggal"), _("Isi catatan"), _("Keadaan"), _("Kelompok"), _("Produk"), _("Jumlah"), _("Satuan"),
              _("Proses"), _("Pewarna"), _("Bahan pembantu"), _("Air masuk (L)"), _("Air limbah (L)"),
              _("Cara mengukur"), _("pH"), _("Suhu (°C)"), _("Warna air"), _("Dibuang ke"), _("Malam (kg)"),
              _("Lumpur (kg)"), _("Bahan kimia IPAL"), _("Dosis (g/L)"), _("Kejadian"), _("Catatan"),
              _("Diisikan petugas"), _("Alasan koreksi"), _("Alasan dibatalkan")]  # fmt: skip
    rows = (
        [row.day.isoformat(), row.get_kind_display(), row.get_standing_display(), row.batch, row.get_product_display(),
         _plain(row.quantity), row.get_quantity_unit_display(), row.get_process_display(), row.get_dye_class_display(),
         ", ".join(row.auxiliary_names), _plain(row.water_in_l), _plain(row.volume_l), row.get_volume_method_display(),
         _plain(row.ph), _plain(row.temperature_c), row.get_colour_display(), row.get_destination_display(),
         _plain(row.wax_kg), _plain(row.sludge_kg), ", ".join(row.chemical_names), _plain(row.chemicals_g_per_l),
         row.get_incident_display(), row.note, _("Ya") if row.is_assisted else "", row.correction_reason,
         row.withdrawn_reason]
        for row in sorted([*summary.lines, *summary.superseded], key=lambda row: (row.day, row.pk))
    )  # fmt: skip
    return downloads.csv_file(f"buku-limbah-{summary.first:%Y-%m}", header, rows)


def _plain(value) -> str:
    return "" if value is None else number(value)


def _photo(request, form: forms.LogForm, enterprise: Enterprise) -> StoredFile | None:
    """The photo of this submit, else the one that an earlier failed submit already handed in."""
    if upload := form.cleaned_data["photo"]:
        return store(upload=upload, kinds=(FileKind.IMAGE,), by=request.user, at=timezone.now(), enterprise=enterprise)
    return _kept(request, form.cleaned_data["kept_photo"], enterprise)


def _kept(request, public_id, enterprise: Enterprise) -> StoredFile | None:
    if not public_id:
        return None
    own = StoredFile.objects.filter(created_by=request.user, enterprise=enterprise, kind=FileKind.IMAGE)
    return own.filter(public_id=public_id).first()


def _keep_photo(request, form: forms.LogForm, enterprise: Enterprise) -> StoredFile | None:
    """After a failed submit: keep the photo that came with it, so that it need not be sent again."""
    upload = request.FILES.get("photo")
    if upload is not None:
        upload.seek(0)
        try:
            return store(
                upload=upload, kinds=(FileKind.IMAGE,), by=request.user, at=timezone.now(), enterprise=enterprise
            )
        except FileRefused as refusal:
            if not form.errors.get("photo"):
                form.add_error("photo", str(refusal))
            return None
    try:
        return _kept(request, uuid.UUID(request.POST.get("kept_photo", "")), enterprise)
    except ValueError:
        return None


def _tried(form, action):
    """What the action returns; its refusal becomes an error of the form and None."""
    try:
        return action()
    except actions.ReasonNeeded as refusal:
        form.add_error("reason", str(refusal))
    except actions.LogRefused as refusal:
        form.add_error(None, str(refusal))
    except FileRefused as refusal:
        form.add_error("photo", str(refusal))
    return None


def _form(request, form, enterprise, title, *, last=None, line: DischargeLog | None = None):
    kept = None
    if request.method == "POST":
        kept = _keep_photo(request, form, enterprise)
        form.data = form.data.copy()
        form.data["kept_photo"] = str(kept.public_id) if kept else ""
    context = {
        "form": form,
        "enterprise": enterprise,
        "title": title,
        "last": last,
        "line": line,
        "kept": kept,
        "asks_reason": (line is not None and not line.month.is_open) or bool(form.is_bound and form["reason"].errors),
        "is_assisted": not permissions.kept_by(request.user, enterprise),
        "back": line.month.get_absolute_url() if line else reverse("wastewater:logbook", args=[enterprise.public_id]),
    }
    return render(request, "wastewater/log_form.html", context)


def _crumbs(enterprise: Enterprise) -> list[tuple[str, str]]:
    return [(_("Buku limbah"), reverse("wastewater:logbook", args=[enterprise.public_id]))]
