"""Who takes apprentices: groups and offers for staff, and for an owner the apprentices in her own workshop."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from batikportal import access
from batikportal.models import Enterprise
from workforce import permissions
from workforce.actions import Refused
from workforce.actions import apprenticeships as actions
from workforce.forms.apprenticeships import cohorts as forms
from workforce.models import HostGroup, HostGroupMember, HostOffer, Placement
from workforce.queries import apprenticeship as queries
from workforce.queries import hosting


@access.needs("workforce.read_placement")
@require_safe
def host_list(request):
    """Groups with their room under the cap, and the offers of owners."""
    today = timezone.localdate()
    context = {
        "groups": hosting.rooms_of_groups(today),
        "offers": hosting.offers_listed(HostOffer.objects.visible_to(request.user)),
        "limits": queries.limits_on(today),
        "may_record": permissions.may_record_placements(request.user),
    }
    return render(request, "workforce/host_list.html", context)


@access.needs("workforce.record_placement")
@require_http_methods(["GET", "POST"])
def group_new(request):
    """Begin a group."""
    form = forms.GroupForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.open_group(**form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("Kelompok disimpan. Tambahkan anggotanya."))
            return redirect("workforce:host-list")
    return _form(request, _("Kelompok tempat magang baru"), "", form)


def _form(request, title: str, lead: str, form):
    context = {
        "title": title,
        "lead": lead,
        "form": form,
        "cancel_url": reverse("workforce:host-list"),
        "crumbs": [(_("Tempat magang"), reverse("workforce:host-list"))],
    }
    return render(request, "components/form_page.html", context)


@access.needs("workforce.record_placement")
@require_http_methods(["GET", "POST"])
def member_new(request, public_id):
    """An enterprise joins a group."""
    group = get_object_or_404(HostGroup, public_id=public_id)
    form = forms.MemberForm(request.POST or None, user=request.user, initial={"from_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            actions.join_group(group=group, **form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("Anggota ditambahkan."))
            return redirect("workforce:host-list")
    return _form(request, _("Tambah anggota kelompok"), group.name, form)


@access.needs("workforce.record_placement")
@require_http_methods(["GET", "POST"])
def member_leave(request, public_id):
    """An enterprise leaves its group today, after a question."""
    members = HostGroupMember.objects.filter(until_on__isnull=True).select_related("enterprise", "group")
    member = get_object_or_404(members, public_id=public_id)
    if request.method == "POST":
        actions.leave_group(member=member, until_on=timezone.localdate(), by=request.user, at=timezone.now())
        messages.success(request, _("%(name)s keluar dari kelompok.") % {"name": member.enterprise})
        return redirect("workforce:host-list")
    context = {
        "title": _("Keluar dari kelompok"),
        "question": f"{member.enterprise} – {member.group}",
        "consequences": [_("Pekerjanya tidak lagi dihitung dalam batas peserta kelompok sejak besok.")],
        "submit_label": _("Keluar dari kelompok"),
        "danger": True,
        "cancel_url": reverse("workforce:host-list"),
        "crumbs": [(_("Tempat magang"), reverse("workforce:host-list"))],
    }
    return render(request, "components/confirm_page.html", context)


@access.needs("workforce.record_placement")
@require_http_methods(["GET", "POST"])
def offer_answer(request, public_id):
    """Take up an owner's offer, or say why not yet."""
    offer = get_object_or_404(HostOffer.objects.visible_to(request.user), public_id=public_id)
    form = forms.OfferAnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer_offer(offer=offer, **form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Jawaban disimpan dan terlihat oleh pemilik."))
            return redirect("workforce:host-list")
    return _form(request, _("Jawab tawaran tempat magang"), offer.enterprise.name, form)


@access.owner
@require_safe
@never_cache
def own_apprentices(request):
    """An owner's apprentices, their logbooks, and her offers."""
    own = Enterprise.objects.known_to(request.user)
    today = timezone.localdate()
    context = {
        "enterprises": [
            (one, hosting.room_of(one, today), hosting.group_of(one, today)) for one in request.enterprises
        ],
        "placements": queries.detailed(Placement.objects.hosted_by(own)).order_by("ended_on", "-offered_on", "pk"),
        "offers": hosting.offers_listed(HostOffer.objects.filter(enterprise__in=own)),
    }
    return render(request, "workforce/own_apprentices.html", context)


@access.owner
@require_http_methods(["GET", "POST"])
def own_offer_new(request, public_id):
    """An owner offers places."""
    enterprise = get_object_or_404(request.enterprises, public_id=public_id)
    form = forms.HostOfferForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.offer_to_host(enterprise=enterprise, **form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Tawaran terkirim. Petugas Dinperinaker akan menjawab di halaman ini."))
            return redirect("workforce:own-apprentices")
    own_url = reverse("workforce:own-apprentices")
    context = {
        "title": _("Tawarkan tempat magang"),
        "lead": enterprise.name,
        "form": form,
        "submit_label": _("Kirim tawaran"),
        "cancel_url": own_url,
        "crumbs": [(_("Magang di usaha saya"), own_url)],
    }
    return render(request, "components/form_page.html", context)


@access.owner
@require_POST
def own_offer_withdraw(request, public_id):
    """An owner takes an unanswered offer back."""
    own = Enterprise.objects.known_to(request.user)
    offer = get_object_or_404(HostOffer, enterprise__in=own, public_id=public_id)
    try:
        actions.withdraw_offer(offer=offer, by=request.user, at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Tawaran ditarik."))
    return redirect("workforce:own-apprentices")
