"""Violations: the list, one violation with its evidence, recording one and ending one."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from batikportal import access, downloads
from batikportal.models import Enterprise
from wastewater import permissions
from wastewater.actions import violations as actions
from wastewater.choices.duties import ViolationState
from wastewater.forms import violations as forms
from wastewater.models import EnforcementCase, Violation
from wastewater.queries import inspections
from wastewater.queries import violations as queries
from wastewater.queries.violation_groups import page_of_groups
from wastewater.rules import enforcement as enforcement_rules
from wastewater.rules import obligations as rules
from wastewater.views.lists import PAGE_SIZE, chosen_in


def _found(request):
    form = forms.ViolationFilter(request.GET or None)
    rows = queries.found_violations(Violation.objects.visible_to(request.user), **chosen_in(form))
    return form, rows.order_by("-occurred_on", "-pk")


def _one(request, public_id) -> Violation:
    return get_object_or_404(queries.with_words(Violation.objects.visible_to(request.user)), public_id=public_id)


def _crumbs(violation: Violation | None = None) -> list[tuple[str, str]]:
    crumbs = [
        (_("Limbah batik"), reverse("wastewater:index")),
        (_("Pelanggaran"), reverse("wastewater:violation-list")),
    ]
    return [*crumbs, (str(violation), violation.get_absolute_url())] if violation else crumbs


@access.needs("wastewater.view_violation")
@require_safe
def violation_list(request):
    """What was violated, one line for what belongs together, with the steps for several lines at once."""
    form, rows = _found(request)
    user = request.user
    steps = {
        "may_inspect": permissions.may_plan_inspection(user),
        "may_resolve": user.has_perm("wastewater.resolve_violation"),
        "may_waive": user.has_perm("wastewater.waive_obligation"),
    }
    context = {
        "filter": form,
        "count": rows.count(),
        "page": page_of_groups(
            rows, order=request.GET.get("urut", ""), number=request.GET.get("halaman"), size=PAGE_SIZE
        ),
        "ticked": "centang" in request.GET,
        "may_record": user.has_perm("wastewater.record_violation"),
        "may_step": any(steps.values()),
        **steps,
    }
    return render(request, "wastewater/violation_list.html", context)


@access.needs("wastewater.view_violation")
@require_safe
def violation_export(request):
    _form, rows = _found(request)
    header = [_("Jenis"), _("Usaha atau IPAL"), _("Nomor registrasi"), _("Kelurahan"), _("Terjadi pada"),
              _("Diketahui pada"), _("Bukti"), _("Keadaan"), _("Cara selesai"), _("Selesai pada"),
              _("Keterangan")]  # fmt: skip
    lines = (
        [row.get_kind_display(), str(row.subject), row.enterprise.registration_number if row.enterprise else "",
         row.subject.ward.name, row.occurred_on.isoformat(), row.detected_on.isoformat(), row.what,
         row.get_state_display(), row.get_resolution_display(),
         row.resolved_on.isoformat() if row.resolved_on else "", row.resolution_note or row.withdrawn_reason]
        for row in rows.iterator(chunk_size=1000)
    )  # fmt: skip
    return downloads.csv_file("pelanggaran", header, lines)


@access.signed_in
@require_safe
def violation(request, public_id):
    """One violation: what, by what evidence, and how it ended; its owner sees her own."""
    found = _one(request, public_id)
    is_staff = request.user.has_perm("wastewater.view_violation")
    by_hand = found.state == ViolationState.OPEN and found.kind in rules.SEEN_ON_THE_SPOT
    context = {
        "violation": found,
        "is_staff": is_staff,
        "may_resolve": request.user.has_perm("wastewater.resolve_violation")
        and rules.may_resolve_by_hand(found.kind, found.state),
        **(_followed(request, found) if permissions.may_read_inspections(request.user) else {}),
        "may_withdraw": request.user.has_perm("wastewater.resolve_violation") and by_hand,
    }
    return render(request, "wastewater/violation.html", context)


def _followed(request, found: Violation) -> dict[str, object]:
    """The inspections, findings and cases that rest on a violation, for those who inspect."""
    findings = list(found.findings.order_by("pk"))
    is_open = found.state == ViolationState.OPEN
    return {
        "may_follow": True,
        "inspections": inspections.of_violation(found, request.user),
        "findings": findings,
        "cases": EnforcementCase.objects.visible_to(request.user).filter(findings__in=findings).distinct(),
        "may_inspect": is_open and permissions.may_plan_inspection(request.user),
        # The office's own work is done; how this kind of violation ends is a person's or a result's word.
        "is_settled": is_open
        and bool(findings)
        and all(enforcement_rules.is_ended(one.state, one.outcome) for one in findings),
    }


@access.needs("wastewater.record_violation")
@require_http_methods(["GET", "POST"])
def violation_new(request):
    initial = {"enterprise": request.GET.get("usaha", ""), "occurred_on": timezone.localdate()}
    form = forms.ViolationForm(
        request.POST or None, initial=initial, enterprises=Enterprise.objects.visible_to(request.user)
    )
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        try:
            made = actions.record_violation(
                subject=form.subject,
                kind=chosen["kind"],
                occurred_on=chosen["occurred_on"],
                description=chosen["description"],
                by=request.user,
                at=timezone.now(),
            )
        except actions.ViolationRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Pelanggaran dicatat."))
            return redirect(made)
    context = {
        "title": _("Catat pelanggaran"),
        "form": form,
        "note": _("Pelampauan baku mutu dan laporan yang tidak diterima dicatat portal sendiri; tidak perlu diisi."),
        "submit_label": _("Catat"),
        "cancel_url": reverse("wastewater:violation-list"),
        "crumbs": _crumbs(),
    }
    return render(request, "components/form_page.html", context)


@access.needs("wastewater.resolve_violation")
@require_http_methods(["GET", "POST"])
def violation_resolve(request, public_id):
    found = _one(request, public_id)
    form = forms.ResolveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.resolve_violation(violation=found, **form.cleaned_data, by=request.user, at=timezone.now())
        except actions.ViolationRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Pelanggaran dinyatakan selesai."))
            return redirect(found)
    context = {
        "title": _("Nyatakan selesai"),
        "question": f"{found}: {found.what}",
        "consequences": [_("Pelanggaran tetap tercatat dan tetap dihitung dalam triwulannya.")],
        "form": form,
        "submit_label": _("Nyatakan selesai"),
        "cancel_url": found.get_absolute_url(),
        "crumbs": _crumbs(found),
    }
    return render(request, "components/confirm_page.html", context)


@access.needs("wastewater.resolve_violation")
@require_http_methods(["GET", "POST"])
def violation_withdraw(request, public_id):
    found = _one(request, public_id)
    form = forms.ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.withdraw_violation(violation=found, **form.cleaned_data, by=request.user, at=timezone.now())
        except actions.ViolationRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Pelanggaran ditarik."))
            return redirect(found)
    context = {
        "title": _("Tarik pelanggaran"),
        "question": f"{found}: {found.what}",
        "consequences": [
            _("Pelanggaran tidak dihitung lagi, tetapi tetap tersimpan beserta alasannya."),
            _("Langkah ini tidak dapat dicabut."),
        ],
        "form": form,
        "submit_label": _("Tarik"),
        "cancel_url": found.get_absolute_url(),
        "danger": True,
        "crumbs": _crumbs(found),
    }
    return render(request, "components/confirm_page.html", context)
