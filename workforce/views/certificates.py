"""Certificates of competence: the list with its renewal cohorts, one certificate, recording and removing."""

from dataclasses import replace

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from batikportal import access, downloads
from batikportal.actions.files import FileRefused, store
from batikportal.choices import FileKind
from workforce import drawings, permissions
from workforce.actions import Refused
from workforce.actions import certificates as actions
from workforce.choices.certificates import CertificateState
from workforce.forms.certificates import (
    CertificateFilterForm,
    CertificateForm,
    CertificateRemovalForm,
    quarter_words,
)
from workforce.models import CompetencyCertificate
from workforce.queries import certificates as queries
from workforce.rules import looks_like_nik
from workforce.views.people import PAGE_SIZE, person_or_404


@access.needs("workforce.view_figures")
@require_safe
def certificate_list(request):
    """Certificates by filter, above them how many end in which quarter; who may see no names gets counts by ward."""
    if looks_like_nik(request.GET.get("cari", "")):
        messages.error(request, _("NIK tidak boleh masuk ke alamat halaman. Pakai kotak “Cari dengan NIK lengkap”."))
        return redirect("workforce:worker-list")
    form = CertificateFilterForm(request.GET, today=timezone.localdate())
    if not permissions.may_see_people(request.user):
        return _figures_by_ward(request, form)
    visible = CompetencyCertificate.objects.visible_to(request.user)
    found = queries.certificates_matching(visible, form.wanted())
    context = {
        "filter": form,
        "on": form.on(),
        "cohorts": [
            (quarter, quarter_words(quarter), count) for quarter, count in queries.renewal_cohorts(visible, form.on())
        ],
        "may_export": permissions.may_export(request.user),
        "page": Paginator(found, PAGE_SIZE).get_page(request.GET.get("halaman")),
    }
    return render(request, "workforce/certificate_list.html", context)


def _figures_by_ward(request, form):
    """The same certificates counted by ward, small counts hidden, for those who may see figures but no names."""
    wanted = replace(form.wanted(), text="", scheme=None, quarter="")
    rows = queries.certificates_by_ward(queries.certificates_matching(CompetencyCertificate.objects.all(), wanted))
    state = CertificateState(wanted.state).label if wanted.state else ""
    context = {
        "whole": f"{_('Sertifikat kompetensi')}: {state}" if state else _("Sertifikat kompetensi"),
        "part": "",
        "on": form.on(),
        "area": wanted.area,
        "rows": drawings.hidden_where_small(rows),
        "total": drawings.total_of(rows),
    }
    return render(request, "workforce/figures_by_ward.html", context)


@access.needs("workforce.export_person")
@require_safe
@never_cache
def certificate_export(request):
    """The list as it is filtered, as CSV; taking it is logged."""
    form = CertificateFilterForm(request.GET, today=timezone.localdate())
    found = queries.certificates_matching(CompetencyCertificate.objects.visible_to(request.user), form.wanted())
    head = [
        _("Nama"), _("Kelurahan"), _("Skema"), _("Jenjang"), _("Lembaga penerbit"), _("Nomor sertifikat"),
        _("Terbit"), _("Berlaku sampai"),
    ]  # fmt: skip
    rows = [
        (
            one.person.name,
            one.person.ward.name if one.person.ward else one.person.residence_outside,
            one.scheme.title,
            one.level,
            one.body,
            one.number,
            one.issued_on,
            one.valid_until,
        )
        for one in found
    ]
    actions.log_export(count=len(rows), columns=head, by=request.user, at=timezone.now())
    return downloads.csv_file("sertifikat", head, rows)


def certificate_or_404(request, public_id) -> CompetencyCertificate:
    """The certificate, if the user may see its person."""
    visible = CompetencyCertificate.objects.visible_to(request.user)
    return get_object_or_404(
        visible.select_related("person__ward__parent", "scheme__step", "file", "created_by"), public_id=public_id
    )


@access.needs("workforce.view_person")
@require_safe
def certificate(request, public_id):
    """One certificate."""
    found = certificate_or_404(request, public_id)
    today = timezone.localdate()
    context = {
        "certificate": found,
        "is_valid": found.issued_on <= today <= found.valid_until,
        "days_left": (found.valid_until - today).days,
        "may_record": permissions.may_record_certificate(request.user),
    }
    return render(request, "workforce/certificate.html", context)


@access.needs("workforce.view_person")
@require_safe
def certificate_file(request, public_id):
    """The paper, for those who may see the certificate."""
    found = certificate_or_404(request, public_id)
    if found.file is None:
        raise Http404
    return downloads.stored_file(found.file)


@access.needs("workforce.record_certificate")
@require_http_methods(["GET", "POST"])
def certificate_new(request, public_id):
    """Record a certificate of a person."""
    person = person_or_404(request, public_id)
    person_url = reverse("workforce:worker", args=[person.public_id])
    form = CertificateForm(
        request.POST or None, request.FILES or None, today=timezone.localdate(),
        initial={"scheme": request.GET.get("skema"), "body": request.GET.get("lembaga")},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        try:
            upload = form.cleaned_data["upload"]
            kinds = (FileKind.IMAGE, FileKind.PDF)
            file = store(upload=upload, kinds=kinds, by=request.user, at=now) if upload else None
            made = actions.record_certificate(person=person, **form.facts(), file=file, by=request.user, at=now)
        except FileRefused as refusal:
            form.add_error("upload", str(refusal))
        except Refused as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("Sertifikat dicatat."))
            return redirect(made)
    context = {
        "title": _("Catat sertifikat kompetensi"),
        "lead": person.name,
        "form": form,
        "cancel_url": person_url,
        "crumbs": [(_("Pekerja"), reverse("workforce:worker-list")), (person.name, person_url)],
    }
    return render(request, "components/form_page.html", context)


@access.needs("workforce.record_certificate")
@require_http_methods(["GET", "POST"])
def certificate_remove(request, public_id):
    """Take a wrong record out, with a reason."""
    found = certificate_or_404(request, public_id)
    person_url = reverse("workforce:worker", args=[found.person.public_id])
    form = CertificateRemovalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.remove_certificate(
            certificate=found, reason=form.cleaned_data["reason"], by=request.user, at=timezone.now()
        )
        messages.success(request, _("Sertifikat dihapus."))
        return redirect(person_url)
    context = {
        "title": _("Hapus sertifikat"),
        "question": f"{found} · {found.body} · {found.number}",
        "consequences": [
            _("Sertifikat ini tidak lagi dihitung."),
            _("Keahlian yang dicatat darinya tetap berlaku sampai diakhiri."),
            _("Riwayatnya tetap tersimpan."),
        ],
        "form": form,
        "submit_label": _("Hapus"),
        "cancel_url": found.get_absolute_url(),
        "crumbs": [(_("Pekerja"), reverse("workforce:worker-list")), (found.person.name, person_url)],
        "danger": True,
    }
    return render(request, "components/confirm_page.html", context)
