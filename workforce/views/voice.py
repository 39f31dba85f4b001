"""The worker's voice: told by anybody without a login, read with a secret, answered by those who may."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from batikportal import access, qr_codes, rate_limits
from workforce import permissions
from workforce.actions import voice as actions
from workforce.forms import voice as forms
from workforce.models import VoiceReport
from workforce.queries import voice as queries
from workforce.views.people import PAGE_SIZE

HOUR = 3600
# Generous, since a whole workshop may share one address behind its provider.
REPORTS_AN_HOUR = 10
WORDS_AN_HOUR = 20


def _private(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response


@access.public
@never_cache
@sensitive_post_parameters("text", "workplace")
@require_http_methods(["GET", "POST"])
def voice_tell(request):
    """Tell; number and secret link are shown once."""
    now = timezone.now()
    form = forms.VoiceForm(request.POST or None, at=now)
    if request.method == "POST" and form.is_valid():
        if rate_limits.take(request, "voice", limit=REPORTS_AN_HOUR, seconds=HOUR, at=now):
            told = {name: form.cleaned_data[name] for name in ("topic", "text", "ward", "workplace")}
            report, secret = actions.tell(**told, at=now)
            link = request.build_absolute_uri(f"{reverse('workforce:voice-own')}?kunci={secret}")
            context = {"report": report, "link": link, "qr": qr_codes.data_uri(link)}
            return _private(render(request, "workforce/voice_receipt.html", context))
        form.add_error(None, _("Dari jaringan ini sudah banyak laporan dalam satu jam. Coba lagi nanti."))
    context = {
        "form": form,
        "fresh_timing": forms.timing_token(now),
        "counts": queries.public_counts(timezone.localdate(now)),
    }
    return render(request, "workforce/voice_tell.html", context)


@access.public
@never_cache
@sensitive_post_parameters("text", "kunci")
@require_http_methods(["GET", "POST"])
def voice_own(request):
    """The reporter's own page: answers, and a place for further words. The key is a parameter, never a path."""
    key = request.POST.get("kunci") or request.GET.get("kunci") or ""
    found = queries.by_token(actions.hash_of(key)) if key else None
    if found is None:
        return _private(render(request, "workforce/voice_key.html", {"key": key}, status=404 if key else 200))
    now = timezone.now()
    form = forms.WordsForm(request.POST if request.method == "POST" and "text" in request.POST else None)
    if form.is_bound and form.is_valid():
        if rate_limits.take(request, "voice-words", limit=WORDS_AN_HOUR, seconds=HOUR, at=now):
            actions.add_words(report=found, text=form.cleaned_data["text"], at=now)
            messages.success(request, _("Keterangan Anda sudah kami terima."))
            return _private(redirect(f"{reverse('workforce:voice-own')}?kunci={key}"))
        form.add_error(None, _("Dari jaringan ini sudah banyak laporan dalam satu jam. Coba lagi nanti."))
    context = {"report": found, "words": queries.words_of(found), "form": form, "key": key}
    return _private(render(request, "workforce/voice_own.html", context))


@access.needs("workforce.read_voice")
@require_safe
@never_cache
def voice_list(request):
    """Reports, newest first, without their words."""
    page = Paginator(queries.reports(), PAGE_SIZE).get_page(request.GET.get("halaman"))
    return render(request, "workforce/voice_list.html", {"page": page})


@access.needs("workforce.read_voice")
@require_http_methods(["GET", "POST"])
@never_cache
@sensitive_post_parameters("text")
def voice(request, number: str):
    """One report with its words; every opening is logged."""
    found = get_object_or_404(VoiceReport.objects.select_related("ward"), number=number)
    may_answer = permissions.may_answer_voice(request.user)
    form = forms.AnswerForm(request.POST or None)
    if request.method == "POST" and may_answer and form.is_valid():
        actions.answer(report=found, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, _("Jawaban tersimpan. Pelapor membacanya dengan tautannya."))
        return redirect(found)
    actions.log_read(report=found, by=request.user)
    context = {
        "report": found,
        "words": queries.words_of(found),
        "workplace": found.workplace.reveal() if found.workplace else "",
        "form": form if may_answer else None,
    }
    return render(request, "workforce/voice.html", context)
