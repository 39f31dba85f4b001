"""Public pages: which calls are open, what one of them asks and offers, and its dates for a calendar."""

from hashlib import sha256
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from batikportal import access
from marketing import forms, icalendar, permissions, queries, rules
from marketing.models import Activity


@access.public
@require_safe
def open_list(request):
    """What is open for registration now, and what opens next."""
    at = timezone.now()
    form = forms.CallFilter(request.GET or None)
    kind = form.cleaned_data["jenis"] if form.is_bound and form.is_valid() else ""
    calls = list(queries.calls_for_public(at).filter(programme__kind=kind) if kind else queries.calls_for_public(at))
    unchanged = _unchanged(request, calls, at)
    if unchanged:
        return unchanged
    context = {
        "filter": form,
        "open_calls": [call for call in calls if call.registration_opens_at <= at],
        "coming_calls": [call for call in calls if call.registration_opens_at > at],
    }
    return _with_tag(request, calls, at, render(request, "marketing/open_list.html", context))


def _tag(request, calls: list[Any], at) -> str:
    """Changes when a call, its seats, its being open, the language or the reader's cookies change."""
    rows = [(call.pk, call.title, call.seats, call.seats_taken, call.registration_opens_at <= at) for call in calls]
    cookies = sorted(request.COOKIES.items())
    seen = (
        get_language(),
        rows,
        [str(call.registration_closes_at) for call in calls],
        cookies,
        request.GET.urlencode(),
    )
    return quote_etag(sha256(repr(seen).encode()).hexdigest()[:32])


def _unchanged(request, calls: list[Any], at) -> HttpResponse | None:
    """304 without drawing the page, for an anonymous reader who already has it."""
    if request.user.is_authenticated or "HTTP_IF_NONE_MATCH" not in request.META:
        return None
    response = get_conditional_response(request, etag=_tag(request, calls, at))
    return response if response is not None and response.status_code == 304 else None


def _with_tag(request, calls: list[Any], at, response: HttpResponse) -> HttpResponse:
    if not request.user.is_authenticated:
        response["ETag"] = _tag(request, calls, at)
        response["Cache-Control"] = "private, no-cache"
    return response


@access.public
@require_safe
def activity_page(request, public_id):
    """One call for everybody: what, for whom, when, how many seats, how to join. Staff see drafts as a preview."""
    at = timezone.now()
    found = queries.with_terms(queries.with_seats(Activity.objects.visible_to(request.user)))
    activity: Any = get_object_or_404(found, public_id=public_id)
    terms = queries.terms_of(activity)
    context = {
        "activity": activity,
        "window": activity.window(at),
        "requirements": [(rules.requirement_text(one), one.is_blocking) for one in terms.requirements],
        "quotas": queries.quotas_in_words(terms.quotas),
        "sessions": queries.sessions_of(activity),
        "is_tight": rules.is_tight(activity.seats_left, activity.seats or 0),
        "is_draft": activity.window(at) == rules.Window.HIDDEN,
        "may_change": permissions.may_change_activity(request.user, activity),
        "page_url": request.build_absolute_uri(),
    }
    return render(request, "marketing/activity_page.html", context)


@access.public
@require_safe
def activity_calendar(request, public_id):
    """The dates of a call: when registration closes, and each session (or the whole activity)."""
    activity = get_object_or_404(Activity.objects.visible_to(request.user), public_id=public_id)
    sessions = list(queries.sessions_of(activity))
    url = request.build_absolute_uri(activity.get_absolute_url())
    events = [
        icalendar.Event(
            uid=f"{activity.public_id}-{session.pk}@batik",
            title=f"{activity.title}: {session.title}",
            starts_at=session.starts_at,
            ends_at=session.ends_at,
            place=session.venue or activity.venue,
            text=activity.summary,
            url=url,
        )
        for session in sessions
    ] or [
        icalendar.Event(
            uid=f"{activity.public_id}@batik",
            title=activity.title,
            starts_at=activity.starts_at,
            ends_at=activity.ends_at,
            place=activity.venue,
            text=activity.summary,
            url=url,
        )
    ]
    response = HttpResponse(icalendar.calendar(events, at=timezone.now()), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="kegiatan-{activity.pk}.ics"'
    return response
