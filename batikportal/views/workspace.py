"""The workspace of an SME: its enterprise, what it applied for, its papers."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from batikportal import access, actions, contracts
from batikportal.actions.files import FileRefused
from batikportal.choices import FileKind, Focus
from batikportal.forms.enterprises import DocumentForm, EnterpriseForm
from batikportal.models import EnterpriseDocument


@access.owner
@require_safe
def workspace(request):
    """One enterprise at a time; whoever has several chooses by ``?usaha=``."""
    enterprises = list(request.enterprises)
    chosen = next((row for row in enterprises if str(row.public_id) == request.GET.get("usaha")), enterprises[0])
    today = timezone.localdate()
    # What she can apply for and how her applications stand comes first.
    own = sorted(
        (panel for panel in contracts.contributions("panels") if panel.audience == "owner"),
        key=lambda panel: panel.focus != Focus.MARKET,
    )
    panels = [contracts.ask(panel, panel.read, request.user, chosen, today) for panel in own]
    context = {
        "enterprise": chosen,
        "enterprises": enterprises,
        "choices": [
            {"name": row.name, "url": f"{request.path}?usaha={row.public_id}", "current": row == chosen}
            for row in enterprises
        ],
        "panels": panels,
        "identifiers": chosen.identifiers.order_by("kind"),
        "documents": chosen.documents.select_related("file").order_by("-created_at"),
    }
    return render(request, "workspace/workspace.html", context)


@access.signed_in
@require_http_methods(["GET", "POST"])
def enterprise_register(request):
    """An owner registers her business; it can apply at once and waits for verification meanwhile."""
    initial = {"owner_name": request.user.full_name}
    form = EnterpriseForm(request.POST or None, initial=initial, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        made = actions.enterprises.register_enterprise(
            fields={**form.profile(), "phone": form.cleaned_data["phone"] or request.user.phone or ""},
            nib=form.cleaned_data["nib"],
            owner=request.user,
            by=request.user,
            at=timezone.now(),
        )
        messages.success(
            request,
            _("%(name)s terdaftar. Nomor registrasi Anda %(number)s.")
            % {"name": made, "number": made.registration_number},
        )
        return redirect("workspace")
    return render(request, "workspace/enterprise_register.html", {"form": form})


def _way_back(request) -> str:
    """The page of ours that sent the owner here (``?lanjut=``), else the workspace."""
    wanted = request.GET.get("lanjut", "")
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if is_ours else reverse("workspace")


@access.owner
@require_http_methods(["GET", "POST"])
def own_enterprise_edit(request, public_id):
    found = get_object_or_404(request.enterprises.registered(), public_id=public_id)
    nib = found.identifiers.filter(kind="nib").values_list("value", flat=True).first() or ""
    back = _way_back(request)
    form = EnterpriseForm(request.POST or None, instance=found, initial={"nib": nib}, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        actions.enterprises.change_enterprise(
            enterprise=found, fields=form.profile(), nib=form.cleaned_data["nib"], by=request.user, at=timezone.now()
        )
        messages.success(request, _("Profil usaha disimpan."))
        return redirect(back)
    context = {
        "title": _("Ubah profil usaha"),
        "form": form,
        "submit_label": _("Simpan"),
        "cancel_url": back,
    }
    return render(request, "components/form_page.html", context)


@access.owner
@require_http_methods(["GET", "POST"])
def document_new(request, public_id):
    """Hand in a paper or a photo; the picture is re-encoded, anything unreadable is refused at the field."""
    found = get_object_or_404(request.enterprises.registered(), public_id=public_id)
    form = DocumentForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            stored = actions.files.store(
                upload=form.cleaned_data["upload"],
                kinds=(FileKind.IMAGE, FileKind.PDF),
                by=request.user,
                at=timezone.now(),
                enterprise=found,
            )
        except FileRefused as refusal:
            form.add_error("upload", str(refusal))
        else:
            actions.enterprises.add_document(
                enterprise=found,
                kind=form.cleaned_data["kind"],
                number=form.cleaned_data["number"],
                valid_until=form.cleaned_data["valid_until"],
                file=stored,
                by=request.user,
            )
            messages.success(request, _("Dokumen disimpan."))
            return redirect("workspace")
    context = {
        "title": _("Tambah dokumen"),
        "lead": found.name,
        "form": form,
        "submit_label": _("Unggah"),
        "cancel_url": reverse("workspace"),
    }
    return render(request, "components/form_page.html", context)


@access.owner
@require_http_methods(["GET", "POST"])
def document_remove(request, public_id):
    """Take a paper off the profile, after asking."""
    found = get_object_or_404(
        EnterpriseDocument.objects.filter(enterprise__in=request.enterprises).select_related("file"),
        public_id=public_id,
    )
    if request.method == "POST":
        actions.enterprises.remove_document(document=found, by=request.user)
        messages.success(request, _("Dokumen dihapus dari profil."))
        return redirect("workspace")
    context = {
        "title": _("Hapus dokumen"),
        "question": _("Hapus %(document)s dari profil usaha?") % {"document": found},
        "consequences": [_("Pendaftaran yang sudah terkirim tetap menyimpan keterangannya.")],
        "submit_label": _("Hapus"),
        "cancel_url": reverse("workspace"),
        "danger": True,
    }
    return render(request, "components/confirm_page.html", context)
