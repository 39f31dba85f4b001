"""The public form in three steps: where, what, and whether we may answer; no account, no JavaScript needed."""

import base64
import secrets

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from batikportal import access, qr_codes, rate_limits
from batikportal.actions.files import FileRefused, store
from batikportal.choices import FileKind
from batikportal.queries import areas
from wastewater.actions import complaints as actions
from wastewater.choices.complaints import TermKind
from wastewater.forms import complaints as forms
from wastewater.models.complaints import Complaint, ComplaintDraft
from wastewater.queries.complaints import cases, places, terms

DRAFT_SALT = "wastewater.complaints.draft"
DRAFT_SECONDS = 24 * 3600
HOUR = 3600
# Generous, since a whole neighbourhood may share one address behind its provider.
STARTS_AN_HOUR = 40
COMPLAINTS_AN_HOUR = 10
STEPS = (gettext_lazy("Di mana"), gettext_lazy("Apa yang terjadi"), gettext_lazy("Kirim"))


def steps_for_people(current: int) -> list[dict[str, object]]:
    """The three steps as the component shows them."""
    return [
        {"label": label, "state": "done" if number < current else "current" if number == current else "todo"}
        for number, label in enumerate(STEPS)
    ]


def _nonce(token: str) -> str | None:
    """The random part of a draft's token; None when it is not ours or older than a day."""
    try:
        return signing.loads(token, salt=DRAFT_SALT, max_age=DRAFT_SECONDS)
    except signing.BadSignature:
        return None


def _secret(nonce: str) -> str:
    """The secret of the complaint that a draft becomes: 192 bits, the same if the form is sent twice."""
    digest = salted_hmac("wastewater.complaints.secret", nonce, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest[:24]).decode()


def _draft(request) -> tuple[str, str | None, ComplaintDraft | None]:
    """Token, random part and draft named by the request."""
    token = request.POST.get("draf") or request.GET.get("draf") or ""
    nonce = _nonce(token) if token else None
    return token, nonce, cases.draft_by_secret(actions.hash_of(nonce)) if nonce else None


def _at(name: str, token: str) -> str:
    return f"{reverse(name)}?draf={token}"


def _begin_again(request):
    messages.warning(request, _("Isian Anda sudah lebih dari sehari atau sudah terkirim. Mulai dari awal."))
    return redirect("wastewater:complaint-where")


@access.public
@never_cache
@require_http_methods(["GET", "POST"])
def complaint_where(request):
    """Step 1."""
    now = timezone.now()
    token, _nonce_found, draft = _draft(request)
    initial = {**draft.facts} if draft else {"ward": _ward_of(request)}
    form = forms.WhereForm(request.POST or None, at=now, initial={**initial, "mulai": forms.timing_token(now)})
    if request.method == "POST" and form.is_valid():
        if draft is not None:
            actions.keep_draft(draft=draft, facts=form.facts())
            return redirect(_at("wastewater:complaint-what", token))
        if rate_limits.take(request, "complaint-start", limit=STARTS_AN_HOUR, seconds=HOUR, at=now):
            nonce = secrets.token_urlsafe(24)
            actions.start_draft(secret=nonce, facts=form.facts(), at=now)
            return redirect(_at("wastewater:complaint-what", signing.dumps(nonce, salt=DRAFT_SALT)))
        form.add_error(None, _too_many())
    context = {
        "form": form,
        "steps": steps_for_people(0),
        "draft_token": token if draft else "",
        "fresh_timing": forms.timing_token(now),
    }
    return render(request, "wastewater/complaint_where.html", context)


def _ward_of(request) -> int | None:
    """The ward that a link names, such as the QR code on a poster beside a river."""
    named = request.GET.get("kelurahan", "")
    return next((ward.pk for ward in areas.wards() if ward.code == named), None)


@access.public
@never_cache
@require_http_methods(["GET", "POST"])
def complaint_what(request):
    """Step 2; a photo that could be read is kept even when another answer must be mended."""
    token, _nonce_found, draft = _draft(request)
    if draft is None:
        return _begin_again(request)
    today = timezone.localdate()
    form = forms.WhatForm(request.POST or None, request.FILES or None, today=today, initial=draft.facts)
    if request.method == "POST":
        valid = form.is_valid()
        photo = stored_photo(request, form)
        forget = "hapus_foto" in request.POST
        draft = actions.keep_draft(
            draft=draft, facts=form.facts() if valid else {}, photo=photo, forget_photo=forget and photo is None
        )
        if not form.errors:
            return redirect(_at("wastewater:complaint-send", token))
    context = {
        "form": form,
        "steps": steps_for_people(1),
        "draft": draft,
        "draft_token": token,
        "back_url": _at("wastewater:complaint-where", token),
    }
    return render(request, "wastewater/complaint_what.html", context)


def stored_photo(request, form, by=None):
    """The picture, re-encoded and stored; what is wrong with it becomes an error of the form."""
    upload = request.FILES.get("photo")
    if upload is None:
        return None
    try:
        return store(upload=upload, kinds=(FileKind.IMAGE,), by=by, at=timezone.now())
    except FileRefused as refusal:
        form.add_error("photo", str(refusal))
        return None


@access.public
@never_cache
@require_http_methods(["GET", "POST"])
def complaint_send(request):
    """Step 3: what is open nearby, how to reach the reporter if at all, and off it goes."""
    token, nonce, draft = _draft(request)
    if request.method == "POST" and nonce and draft is None:
        known = cases.by_secret(actions.hash_of(_secret(nonce)))
        return receipt(request, known, _secret(nonce)) if known else _begin_again(request)
    if nonce is None or draft is None:
        return _begin_again(request)
    report = actions.report_from(draft.facts)
    if report is None:
        return redirect(_at("wastewater:complaint-what", token))
    now = timezone.now()
    nearby = places.open_alike(
        category=report.category,
        latitude=report.latitude,
        longitude=report.longitude,
        ward=report.ward,
        today=timezone.localdate(now),
    )
    form = forms.ContactForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        parent = next((one for one in nearby if one.number == request.POST.get("gabung")), None)
        if request.POST.get("gabung") and parent is None:
            form.add_error(None, _("Laporan itu tidak dapat digabungi lagi. Pilih yang lain, atau kirim tersendiri."))
        elif not rate_limits.take(
            request, f"complaint-{report.category.code}", limit=COMPLAINTS_AN_HOUR, seconds=HOUR, at=now
        ):
            form.add_error(None, _too_many())
        else:
            made = _filed(request, form, report, nonce, draft, parent, now)
            if made:
                return receipt(request, made, _secret(nonce))
    context = {
        "form": form,
        "steps": steps_for_people(2),
        "report": report,
        "draft": draft,
        "draft_token": token,
        "nearby": nearby,
        "back_url": _at("wastewater:complaint-what", token),
        "first_on": terms.due(TermKind.FIRST_RESPONSE, report.category, timezone.localdate(now)),
        "due_on": terms.due(TermKind.ANSWER, report.category, timezone.localdate(now)),
        "retention": terms.term_for(TermKind.RETENTION, report.category, timezone.localdate(now)),
    }
    return render(request, "wastewater/complaint_send.html", context)


def own_page(request, secret: str) -> str:
    """The address of the reporter's own page."""
    return request.build_absolute_uri(f"{reverse('wastewater:complaint-own')}?kunci={secret}")


def _filed(request, form, report, nonce: str, draft: ComplaintDraft, parent: Complaint | None, now) -> Complaint | None:
    try:
        return actions.file_complaint(
            report=report,
            secret=_secret(nonce),
            contact=form.contact(),
            photos=[draft.photo] if draft.photo else [],
            parent=parent,
            draft=draft,
            link=own_page(request, _secret(nonce)),
            at=now,
        )
    except actions.ComplaintRefused as refusal:
        form.add_error(None, str(refusal))
        return None


def receipt(request, complaint: Complaint, secret: str, *, is_staff: bool = False) -> HttpResponse:
    """Number and secret link, shown once; only the hash of the secret is kept."""
    link = own_page(request, secret)
    reporter = cases.reporter_of(complaint)
    lead = _("Simpan nomor dan tautan di bawah. Tautan hanya tampil sekali ini; kami tidak menyimpannya.")
    if reporter and reporter.wants_messages:
        lead = _("Simpan nomor dan tautan di bawah. Tautan tampil sekali ini, dan kami kirim sekali ke kontak Anda.")
    context = {
        "complaint": complaint,
        "lead": lead,
        "link": link,
        "qr": qr_codes.data_uri(link),
        "is_staff": is_staff,
    }
    response = render(request, "wastewater/complaint_receipt.html", context)
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = "private, no-store"
    return response


def _too_many() -> str:
    return _(
        "Dari jaringan ini sudah banyak laporan dalam satu jam. Isian Anda masih ada; coba lagi nanti, "
        "atau telepon atau datangi DLH."
    )
