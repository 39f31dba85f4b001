"""People administration: accounts, staff, roles, the policy sheet."""

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from batikportal import access, actions, policy
from batikportal.actions.accounts import AccountRefused
from batikportal.actions.roles import RoleRefused
from batikportal.forms.people import GrantForm, PeopleFilter, PersonForm, ReasonForm
from batikportal.models import RoleAssignment, User
from batikportal.queries import people as queries

PAGE_SIZE = 50


@access.needs("batikportal.view_user")
@require_safe
def people_list(request):
    form = PeopleFilter(request.GET or None)
    chosen = form.cleaned_data if form.is_bound and form.is_valid() else {}
    rows = queries.found_people(
        text=chosen.get("cari", ""),
        role=chosen.get("peran", ""),
        kind=chosen.get("jenis", ""),
        state=chosen.get("keadaan", ""),
        sorting=request.GET.get("urut", "nama"),
        today=timezone.localdate(),
    )
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("halaman"))
    return render(request, "people/people_list.html", {"filter": form, "page": page})


@access.needs("batikportal.view_user")
@require_safe
def person(request, public_id):
    found = get_object_or_404(User, public_id=public_id)
    assignments = RoleAssignment.objects.filter(user=found).select_related("area", "created_by")
    is_other = found.pk != request.user.pk
    context = {
        "person": found,
        "current": assignments.filter(queries.in_force(timezone.localdate())).order_by("pk"),
        "past": assignments.exclude(queries.in_force(timezone.localdate())).order_by("-valid_until", "-pk"),
        "memberships": found.memberships.filter(valid_until__isnull=True).select_related("enterprise"),
        "second_factor": Authenticator.objects.filter(user=found).exists(),
        "is_other": is_other,
        "may_change": is_other and request.user.has_perm("batikportal.change_user"),
        "may_grant": is_other and found.is_active and request.user.has_perm("batikportal.add_roleassignment"),
        "may_end": is_other and request.user.has_perm("batikportal.change_roleassignment"),
    }
    return render(request, "people/person.html", context)


@access.needs("batikportal.add_user")
@require_http_methods(["GET", "POST"])
def person_new(request):
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.accounts.create_staff(**form.cleaned_data, by=request.user, at=timezone.now())
        except (AccountRefused, RoleRefused) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Akun %(name)s dibuat. Petunjuk masuk sudah dikirim.") % {"name": made})
            return redirect("person", made.public_id)
    context = {
        "title": _("Tambah pegawai"),
        "lead": _(
            "Pegawai membuat kata sandinya sendiri lewat Lupa kata sandi, lalu menyalakan verifikasi dua langkah."
        ),
        "form": form,
        "submit_label": _("Buat akun"),
        "cancel_url": reverse("people-list"),
        "crumbs": [(_("Pengguna"), reverse("people-list"))],
    }
    return render(request, "components/form_page.html", context)


def _crumbs(found: User) -> list[tuple[str, str]]:
    return [(_("Pengguna"), reverse("people-list")), (str(found), reverse("person", args=[found.public_id]))]


@access.needs("batikportal.add_roleassignment")
@require_http_methods(["GET", "POST"])
def role_grant(request, public_id):
    found = get_object_or_404(User, public_id=public_id, is_active=True)
    form = GrantForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.roles.grant_role(user=found, **form.cleaned_data, by=request.user, at=timezone.now())
        except RoleRefused as refusal:
            form.add_error("role", str(refusal))
        else:
            messages.success(request, _("Peran diberikan kepada %(name)s.") % {"name": found})
            return redirect("person", public_id)
    context = {
        "title": _("Beri peran"),
        "lead": str(found),
        "form": form,
        "submit_label": _("Beri peran"),
        "cancel_url": reverse("person", args=[public_id]),
        "crumbs": _crumbs(found),
    }
    return render(request, "components/form_page.html", context)


def _confirmed(request, found: User, action, context):
    """A page that asks for a reason, then calls ``action``; a refusal comes back to the form."""
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            action(reason=form.cleaned_data["reason"], by=request.user, at=timezone.now())
        except (AccountRefused, RoleRefused) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, context["done"])
            return redirect("person", found.public_id)
    context |= {"form": form, "cancel_url": reverse("person", args=[found.public_id]), "crumbs": _crumbs(found)}
    return render(request, "components/confirm_page.html", context)


@access.needs("batikportal.change_roleassignment")
@require_http_methods(["GET", "POST"])
def role_end(request, public_id):
    rows = RoleAssignment.objects.filter(valid_until__isnull=True).select_related("user", "area")
    assignment = get_object_or_404(rows, public_id=public_id)

    def end(**reason_and_so_on):
        actions.roles.end_role(assignment=assignment, **reason_and_so_on)

    context = {
        "title": _("Akhiri peran"),
        "question": _("Akhiri peran %(role)s dari %(name)s?")
        % {"role": assignment.get_role_display(), "name": assignment.user},
        "consequences": [_("Haknya hilang saat ini juga."), _("Catatan lama atas namanya tetap ada.")],
        "submit_label": _("Akhiri peran"),
        "danger": True,
        "done": _("Peran diakhiri."),
    }
    return _confirmed(request, assignment.user, end, context)


@access.needs("batikportal.change_user")
@require_http_methods(["GET", "POST"])
def person_deactivate(request, public_id):
    found = get_object_or_404(User, public_id=public_id, is_active=True)

    def deactivate(**reason_and_so_on):
        actions.accounts.deactivate(user=found, **reason_and_so_on)

    context = {
        "title": _("Nonaktifkan akun"),
        "question": _("Nonaktifkan akun %(name)s?") % {"name": found},
        "consequences": [
            _("Orang ini langsung keluar dari semua perangkat dan tidak dapat masuk lagi."),
            _("Data dan riwayatnya tetap ada. Akun dapat diaktifkan kembali."),
        ],
        "submit_label": _("Nonaktifkan"),
        "danger": True,
        "done": _("Akun dinonaktifkan."),
    }
    return _confirmed(request, found, deactivate, context)


@access.needs("batikportal.change_user")
@require_http_methods(["GET", "POST"])
def person_reactivate(request, public_id):
    found = get_object_or_404(User, public_id=public_id, is_active=False)

    def reactivate(**reason_and_so_on):
        actions.accounts.reactivate(user=found, **reason_and_so_on)

    context = {
        "title": _("Aktifkan akun"),
        "question": _("Aktifkan kembali akun %(name)s?") % {"name": found},
        "consequences": [_("Peran yang belum diakhiri berlaku lagi.")],
        "submit_label": _("Aktifkan"),
        "done": _("Akun aktif kembali."),
    }
    return _confirmed(request, found, reactivate, context)


@access.needs("batikportal.change_user")
@require_http_methods(["GET", "POST"])
def second_factor_release(request, public_id):
    found = get_object_or_404(User, public_id=public_id)

    def release(**reason_and_so_on):
        actions.accounts.release_second_factor(user=found, **reason_and_so_on)

    context = {
        "title": _("Lepas verifikasi dua langkah"),
        "question": _("Lepas verifikasi dua langkah dari akun %(name)s?") % {"name": found},
        "consequences": [
            _("Pastikan dahulu, dengan bertemu atau menelepon, bahwa yang meminta memang pemilik akun."),
            _("Orang ini keluar dari semua perangkat, diberi tahu, dan harus menyalakannya lagi saat masuk."),
        ],
        "submit_label": _("Lepas verifikasi"),
        "danger": True,
        "done": _("Verifikasi dua langkah dilepas."),
    }
    return _confirmed(request, found, release, context)


@access.staff
@require_safe
def roles(request):
    """The policy sheet, so that everybody on the staff can read who may do what."""
    holders = queries.holders_by_role(timezone.localdate())
    entries = [{"sheet": sheet, "count": holders[sheet.code]} for sheet in policy.sheets()]
    may_list = request.user.has_perm("batikportal.view_user")
    return render(request, "people/roles.html", {"entries": entries, "may_list": may_list})
