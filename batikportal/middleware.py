"""Around every request: id, headers, language, history, second factor, fresh figures, a kind answer in an outage."""

import logging
import re
import uuid

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from pghistory.middleware import HistoryMiddleware as PghistoryMiddleware

from batikportal import logs, readings

log = logging.getLogger(__name__)
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
REQUEST_ID = re.compile(r"[A-Za-z0-9-]{8,64}", re.ASCII)


class RequestIdMiddleware:
    """Gives every request an id, taken from the proxy if it looks like one, and returns it in the answer."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        given = request.headers.get("X-Request-ID", "")
        request.id = given if REQUEST_ID.fullmatch(given) else uuid.uuid4().hex
        token = logs.request_id.set(request.id)
        try:
            response = self.get_response(request)
        finally:
            logs.request_id.reset(token)
        response["X-Request-ID"] = request.id
        return response


class OutageMiddleware:
    """Answers 503 with a page that says what to do when the database is away; nothing half-done is kept."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if not isinstance(exception, OperationalError | InterfaceError):
            return None
        log.error("database unavailable", exc_info=exception)
        response = render(None, "503.html", status=503)
        response["Retry-After"] = "30"
        return response


class LanguageMiddleware:
    """Indonesian first: the language is the one the reader chose by the switch, never the one of the device."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
            response.setdefault("Content-Language", language)
        return response


class SecurityHeadersMiddleware:
    """Headers that neither Django nor django-csp set."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.setdefault("Permissions-Policy", "camera=(), geolocation=(self), microphone=(), payment=()")
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        user = getattr(request, "user", None)
        if user is not None and user.is_authenticated:
            response.setdefault("Cache-Control", "no-store")
        return response


class ReadingsMiddleware:
    """After a request that may have written, figures and alert rules are asked anew."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        try:
            return self.get_response(request)
        finally:
            if request.method not in ("GET", "HEAD", "OPTIONS"):
                readings.forget()


class HistoryMiddleware(PghistoryMiddleware):
    """Tells the history triggers who writes, from which page and in which request."""

    def get_context(self, request):
        context = {"url": request.path, "request_id": request.id}
        if request.user.is_authenticated:
            context["user"] = request.user.pk
            context["roles"] = sorted(request.user.role_codes)
        return context


class SecondFactorMiddleware:
    """Sends staff without a second factor to set one up, before any other page."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if not settings.STAFF_SECOND_FACTOR or not request.user.is_authenticated or not request.user.is_staff_member:
            return None
        if request.resolver_match.route.startswith(("akun/", "static/", "i18n/")):
            return None
        if is_mfa_enabled(request.user):
            return None
        return redirect(reverse("mfa_activate_totp"))
