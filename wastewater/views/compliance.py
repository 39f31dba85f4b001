"""The quarterly status board, one status with the rows behind it, and the lock of a quarter."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from batikportal import access, downloads
from wastewater.actions import compliance as actions
from wastewater.choices import Verdict
from wastewater.choices.duties import ComplianceLevel
from wastewater.forms import duties as forms
from wastewater.forms.violations import ReasonForm
from wastewater.models import ComplianceStatus, Parameter, QuarterLock
from wastewater.queries import obligations, violations
from wastewater.queries import statuses as queries
from wastewater.queries.compliance_rules import rule_in_force
from wastewater.rules import duties
from wastewater.views.lists import chosen_in, page_of

QUARTERS_SHOWN = 6


def _quarter(code: str) -> duties.DutyPeriod:
    quarter = duties.quarter_from_code(code)
    if quarter is None:
        raise Http404
    return quarter


def _board(request):
    """The last quarters, or those up to the chosen one when it lies further back."""
    form = forms.BoardFilter(request.GET or None)
    chosen = chosen_in(form)
    quarters = duties.quarters_back(timezone.localdate(), QUARTERS_SHOWN)
    asked = duties.quarter_from_code(chosen.get("triwulan", ""))
    if asked and asked not in quarters:
        quarters = duties.quarters_back(asked.start, QUARTERS_SHOWN)
    statuses = ComplianceStatus.objects.visible_to(request.user)
    return form, quarters, statuses, queries.board_subjects(statuses, quarters, **chosen)


@access.needs("wastewater.view_compliancestatus")
@require_safe
def compliance_board(request):
    """Subjects against quarters, latest quarter first."""
    form, quarters, statuses, subjects = _board(request)
    page = page_of(request, subjects)
    locked = queries.locked_starts()
    sums = queries.counts_by_quarter(statuses, quarters)
    context = {
        "filter": form,
        "page": page,
        "rows": queries.board_rows(statuses, page, quarters),
        "heads": [
            {
                "code": duties.quarter_code(quarter.start),
                "start": quarter.start,
                "url": reverse("wastewater:compliance-quarter", args=[duties.quarter_code(quarter.start)]),
                "locked": quarter.start in locked,
                "sums": sums[place],
            }
            for place, quarter in enumerate(quarters)
        ],
        "rule": rule_in_force(timezone.localdate()),
    }
    return render(request, "wastewater/compliance_board.html", context)


@access.needs("wastewater.view_compliancestatus")
@require_safe
def compliance_export(request):
    """The board as one line per subject and quarter, with the figures behind each status."""
    _form, quarters, statuses, subjects = _board(request)
    locked = queries.locked_starts()
    header = [_("Usaha atau IPAL"), _("Kelurahan"), _("Triwulan"), _("Status"), _("Aturan pengelolaan, versi"),
              _("Hasil memenuhi"), _("Hasil melebihi"), _("Tidak dapat dinilai"), _("Kewajiban jatuh tempo"),
              _("Belum dilaporkan"), _("Dilaporkan terlambat"), _("Pelanggaran"), _("Dikunci")]  # fmt: skip
    rows = queries.board_rows(statuses, list(subjects), quarters)
    lines = (
        [str(row.subject), row.subject.ward.name, cell.code, status.get_level_display(), status.rule.version,
         status.meets_count, status.exceeds_count, status.undecided_count, status.obligations_count,
         status.not_reported_count, status.late_count, status.violations_count,
         _("ya") if status.quarter_start in locked else _("tidak")]
        for row in rows
        for cell in row.cells
        if (status := cell.status) is not None
    )  # fmt: skip
    return downloads.csv_file("status-ketaatan", header, lines)


@access.signed_in
@require_safe
def compliance_status(request, public_id):
    """One status: why it is so, and the rows behind each reason; its owner sees her own."""
    seen = queries.with_words(ComplianceStatus.objects.visible_to(request.user))
    found = get_object_or_404(seen, public_id=public_id)
    quarter = duties.quarter_of(found.quarter_start)
    mine = {"enterprise": found.enterprise, "plant": found.plant}
    at_points = {f"result__sample__point__{name}": value for name, value in mine.items()}
    names = {one.code: str(one) for one in Parameter.objects.filter(code__in=[r["parameter"] for r in found.reasons])}
    context = {
        "status": found,
        "quarter": quarter,
        "code": duties.quarter_code(quarter.start),
        "window_start": duties.rolling_start(quarter, found.rule.window_months),
        "reasons": [{**reason, "name": names.get(reason["parameter"], "")} for reason in found.reasons],
        "is_locked": quarter.start in queries.locked_starts(),
        "is_staff": request.user.has_perm("wastewater.view_compliancestatus"),
        "exceedances": queries.results_of_window(quarter, found.rule)
        .filter(verdict=Verdict.EXCEEDS, **at_points)
        .select_related("result__sample__point", "result__parameter", "limit")
        .order_by("-result__sample__taken_at", "result__parameter__display_order"),
        "obligations": obligations.with_words(queries.obligations_of_quarter(quarter).filter(**mine)).order_by(
            *obligations.WAITING_FIRST
        ),
        "violations": violations.with_words(queries.violations_of_quarter(quarter).filter(**mine)).order_by(
            "-occurred_on", "pk"
        ),
        "today": timezone.localdate(),
    }
    return render(request, "wastewater/compliance_status.html", context)


@access.needs("wastewater.view_compliancestatus")
@require_safe
def compliance_quarter(request, code):
    """One quarter: its sums, its locks, and what late data would change in a locked one."""
    quarter = _quarter(code)
    today = timezone.localdate()
    statuses = ComplianceStatus.objects.visible_to(request.user)
    locks = list(
        QuarterLock.objects.filter(quarter_start=quarter.start)
        .select_related("locked_by", "unlocked_by")
        .order_by("-locked_at")
    )
    is_locked = any(lock.unlocked_at is None for lock in locks)
    context = {
        "code": code,
        "quarter": quarter,
        "sums": queries.counts_by_quarter(statuses, [quarter])[0],
        "levels": ComplianceLevel,
        "locks": locks,
        "is_locked": is_locked,
        "is_over": quarter.end < today,
        "revisions": _in_words(queries.revisions(quarter, statuses, today)) if is_locked else [],
        "may_lock": not is_locked and quarter.end < today and request.user.has_perm("wastewater.lock_quarter"),
        "may_unlock": is_locked and request.user.has_perm("wastewater.unlock_quarter"),
        "rule": rule_in_force(quarter.end),
    }
    return render(request, "wastewater/compliance_quarter.html", context)


def _in_words(found: list[queries.Revision]) -> list[dict]:
    return [
        {
            "subject": one.subject,
            "url": one.written.get_absolute_url() if one.written else "",
            "written": one.written.get_level_display() if one.written else "",
            "now": ComplianceLevel(one.computed.level).label if one.computed else "",
            "level_changed": not (one.written and one.computed and one.written.level == one.computed.level),
            "exceeds": (one.written.exceeds_count, one.computed.counts["exceeds_count"])
            if one.written and one.computed
            else None,
            "not_reported": (one.written.not_reported_count, one.computed.counts["not_reported_count"])
            if one.written and one.computed
            else None,
        }
        for one in found
    ]


def _crumbs(code: str) -> list[tuple[str, str]]:
    return [
        (_("Limbah batik"), reverse("wastewater:index")),
        (_("Status ketaatan"), reverse("wastewater:compliance-board")),
        (code, reverse("wastewater:compliance-quarter", args=[code])),
    ]


@access.needs("wastewater.lock_quarter")
@require_http_methods(["GET", "POST"])
def quarter_lock(request, code):
    quarter = _quarter(code)
    here = reverse("wastewater:compliance-quarter", args=[code])
    if request.method == "POST":
        try:
            actions.lock_quarter(quarter=quarter, by=request.user, at=timezone.now())
            messages.success(request, _("Triwulan dikunci."))
        except actions.QuarterRefused as refusal:
            messages.error(request, str(refusal))
        return redirect(here)
    sums = queries.counts_by_quarter(ComplianceStatus.objects.visible_to(request.user), [quarter])[0]
    context = {
        "title": _("Kunci triwulan %(code)s") % {"code": code},
        "question": _("Tetapkan status ketaatan triwulan ini?"),
        "facts": [(level.label, sums.get(level.value, 0)) for level in ComplianceLevel]
        + [(_("Belum melapor"), sums.get("not_reported", 0))],
        "consequences": [
            _("Status dihitung sekali lagi, lalu tidak berubah lagi."),
            _("Data yang datang sesudahnya ditampilkan sebagai revisi, tidak ditulis."),
            _("Membuka kunci memerlukan alasan yang tercatat."),
        ],
        "submit_label": _("Kunci triwulan"),
        "cancel_url": here,
        "crumbs": _crumbs(code),
    }
    return render(request, "components/confirm_page.html", context)


@access.needs("wastewater.unlock_quarter")
@require_http_methods(["GET", "POST"])
def quarter_unlock(request, code):
    quarter = _quarter(code)
    here = reverse("wastewater:compliance-quarter", args=[code])
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.unlock_quarter(quarter=quarter, **form.cleaned_data, by=request.user, at=timezone.now())
        except actions.QuarterRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Kunci dibuka dan status dihitung ulang."))
            return redirect(here)
    context = {
        "title": _("Buka kunci triwulan %(code)s") % {"code": code},
        "question": _("Buka lagi status ketaatan triwulan ini?"),
        "consequences": [
            _("Status dihitung ulang dari data hari ini dan dapat berubah."),
            _("Angka yang sudah dilaporkan keluar mungkin tidak sama lagi."),
        ],
        "form": form,
        "submit_label": _("Buka kunci"),
        "cancel_url": here,
        "danger": True,
        "crumbs": _crumbs(code),
    }
    return render(request, "components/confirm_page.html", context)
