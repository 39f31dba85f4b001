"""The registry for staff: list, page of one enterprise, verifying, status, merging, export."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from batikportal import access, actions, contracts, downloads, permissions
from batikportal.actions.enterprises import EnterpriseRefused
from batikportal.choices import EnterpriseStatus
from batikportal.forms.enterprises import EnterpriseFilter, EnterpriseForm, MergeForm, MoveForm
from batikportal.models import Enterprise, EnterpriseIdentifier
from batikportal.queries import enterprises as queries

PAGE_SIZE = 25


def _found(request):
    form = EnterpriseFilter(request.GET or None)
    chosen = form.cleaned_data if form.is_bound and form.is_valid() else {}
    rows = queries.found_enterprises(
        request.user,
        text=chosen.get("cari", ""),
        district=chosen.get("kecamatan"),
        status=chosen.get("status", ""),
        technique=chosen.get("teknik", ""),
        sorting=request.GET.get("urut", "nama"),
    )
    return form, rows


@access.needs("batikportal.view_enterprise")
@require_safe
def enterprise_list(request):
    form, rows = _found(request)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("halaman"))
    return render(request, "enterprises/enterprise_list.html", {"filter": form, "page": page})


@access.needs("batikportal.view_enterprise")
@require_safe
def enterprise_export(request):
    _form, rows = _found(request)
    header = [_("Nomor registrasi"), _("Nama usaha"), _("Pemilik"), _("Kelurahan"), _("Kecamatan"), _("Teknik"),
              _("Jumlah pekerja"), _("Status")]  # fmt: skip
    lines = (
        [row.registration_number, row.name, row.owner_name, row.ward.name, row.ward.parent.name,
         ", ".join(row.techniques), row.workers_count, row.get_status_display()]
        for row in rows.iterator(chunk_size=1000)
    )  # fmt: skip
    return downloads.csv_file("pelaku-usaha", header, lines)


@access.needs("batikportal.view_enterprise")
@require_safe
def enterprise(request, public_id):
    """The 360° page: the profile, and a card per contribution of the three focuses."""
    found = get_object_or_404(
        Enterprise.objects.visible_to(request.user).select_related("ward__parent", "merged_into"), public_id=public_id
    )
    today = timezone.localdate()
    panels = [
        contracts.ask(panel, panel.read, request.user, found, today)
        for panel in contracts.for_user("panels", request.user)
        if panel.audience == "staff"
    ]
    context = {
        "enterprise": found,
        "panels": panels,
        "identifiers": found.identifiers.select_related("verified_by").order_by("kind"),
        "memberships": found.memberships.filter(valid_until__isnull=True).select_related("user").order_by("pk"),
        "documents": found.documents.select_related("file").order_by("-created_at"),
        "duplicates": queries.possible_duplicates(found, request.user),
        "may_change": permissions.may_change_enterprise(request.user, found),
        "may_verify": permissions.may_verify_enterprise(request.user),
        "may_merge": permissions.may_merge_enterprise(request.user),
        "is_pending": found.status == EnterpriseStatus.PENDING,
        "today": today,
    }
    return render(request, "enterprises/enterprise.html", context)


@access.needs("batikportal.add_enterprise")
@require_http_methods(["GET", "POST"])
def enterprise_new(request):
    form = EnterpriseForm(request.POST or None, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        made = actions.enterprises.register_enterprise(
            fields=form.profile(), nib=form.cleaned_data["nib"], owner=None, by=request.user, at=timezone.now()
        )
        messages.success(
            request,
            _("%(name)s terdaftar dengan nomor %(number)s.") % {"name": made, "number": made.registration_number},
        )
        return redirect("enterprise", made.public_id)
    return render(request, "enterprises/enterprise_form.html", {"form": form, "title": _("Daftarkan usaha")})


@access.needs("batikportal.change_enterprise")
@require_http_methods(["GET", "POST"])
def enterprise_edit(request, public_id):
    found = get_object_or_404(Enterprise.objects.visible_to(request.user).registered(), public_id=public_id)
    nib = found.identifiers.filter(kind="nib").values_list("value", flat=True).first() or ""
    form = EnterpriseForm(request.POST or None, instance=found, initial={"nib": nib}, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        actions.enterprises.change_enterprise(
            enterprise=found, fields=form.profile(), nib=form.cleaned_data["nib"], by=request.user, at=timezone.now()
        )
        messages.success(request, _("Profil usaha disimpan."))
        return redirect("enterprise", found.public_id)
    return render(
        request,
        "enterprises/enterprise_form.html",
        {"form": form, "title": _("Ubah profil usaha"), "enterprise": found},
    )


@access.needs("batikportal.verify_enterprise")
@require_http_methods(["GET", "POST"])
def enterprise_move(request, public_id):
    """Verify, close or reopen: a new status with its reason."""
    found = get_object_or_404(Enterprise.objects.visible_to(request.user).registered(), public_id=public_id)
    form = MoveForm(request.POST or None, enterprise=found, initial={"to": request.GET.get("ke")})
    if request.method == "POST" and form.is_valid():
        try:
            actions.enterprises.move_enterprise(
                enterprise=found, **form.cleaned_data, by=request.user, at=timezone.now()
            )
        except EnterpriseRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Status usaha diubah."))
            return redirect("enterprise", found.public_id)
    return render(
        request,
        "components/form_page.html",
        {
            "title": _("Ubah status usaha"),
            "lead": f"{found.name} · {found.get_status_display()}",
            "form": form,
            "submit_label": _("Simpan status"),
            "cancel_url": found.get_absolute_url(),
        },
    )


@access.needs("batikportal.verify_enterprise")
@require_POST
def identifier_verify(request, public_id):
    identifier = get_object_or_404(
        EnterpriseIdentifier.objects.filter(enterprise__in=Enterprise.objects.visible_to(request.user)),
        public_id=public_id,
    )
    try:
        actions.enterprises.verify_identifier(identifier=identifier, by=request.user, at=timezone.now())
        messages.success(request, _("%(number)s ditandai sudah diperiksa.") % {"number": identifier})
    except EnterpriseRefused as refusal:
        messages.error(request, str(refusal))
    return redirect(identifier.enterprise)


@access.needs("batikportal.merge_enterprise")
@require_http_methods(["GET", "POST"])
def enterprise_merge(request, public_id):
    """Two entries of the same enterprise become one; the second step shows what will move."""
    found = get_object_or_404(Enterprise.objects.visible_to(request.user).registered(), public_id=public_id)
    form = MergeForm(request.POST or None, user=request.user, enterprise=found, initial={"into": request.GET.get("ke")})
    if request.method == "POST" and form.is_valid():
        try:
            actions.enterprises.merge_enterprise(
                duplicate=found,
                into=form.cleaned_data["into"],
                reason=form.cleaned_data["reason"],
                by=request.user,
                at=timezone.now(),
            )
        except EnterpriseRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, _("%(name)s digabung ke %(into)s.") % {"name": found, "into": form.cleaned_data["into"]}
            )
            return redirect(form.cleaned_data["into"])
    return render(
        request,
        "components/confirm_page.html",
        {
            "title": _("Gabungkan usaha ganda"),
            "question": _("Gabungkan %(name)s (%(number)s) ke usaha lain?")
            % {"name": found, "number": found.registration_number},
            "consequences": [
                _("Anggota, dokumen, sampel, pekerja dan pendaftaran usaha ini pindah ke usaha yang dipertahankan."),
                _("Usaha ini ditutup dengan penunjuk ke usaha yang dipertahankan dan tidak dapat diubah lagi."),
                _("Penggabungan tidak dapat dibatalkan."),
            ],
            "form": form,
            "submit_label": _("Gabungkan"),
            "cancel_url": found.get_absolute_url(),
            "danger": True,
        },
    )
