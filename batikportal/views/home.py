"""The public home: what is open, how to join, what the figures say."""

import re
from dataclasses import dataclass
from hashlib import sha256

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from batikportal import access, contracts
from batikportal.choices import Focus

# The token differs in every answer but proves the same secret, so it takes no part in "has the page changed?".
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="\w+"')


@dataclass(frozen=True)
class DrawnPanel:
    """A public panel, ready to print; empty when it failed."""

    panel: contracts.Panel
    html: SafeString | str = ""


def draw(panel: contracts.Panel, request) -> SafeString:
    """Read and draw in one go, so that a template that breaks is a failed panel and no broken home."""
    today = timezone.localdate()
    found = panel.read(request.user, None, today)
    return render_to_string(panel.template, {"panel": found, "today": today}, request)


def _public_panels(request) -> list[DrawnPanel]:
    public = [panel for panel in contracts.contributions("panels") if panel.audience == "public"]
    answers = [(panel, contracts.ask(panel, draw, panel, request)) for panel in public]
    return [DrawnPanel(panel, answer.value or "") for panel, answer in answers]


@access.public
@require_safe
def home(request):
    panels = _public_panels(request)
    water = (one for one in contracts.contributions("layers") if one.focus == Focus.WASTE and not one.permission)
    context = {
        "water_layer": next(water, None),
        "open_panels": [one for one in panels if one.panel.focus == Focus.MARKET],
        "figure_panels": [one for one in panels if one.panel.focus != Focus.MARKET],
    }
    response = render(request, "home/home.html", context)
    return response if request.user.is_authenticated else _if_changed(request, response)


def _if_changed(request, response: HttpResponse) -> HttpResponseBase | None:
    """The page, or 304 for a browser that has this very page: on a slow phone the second visit costs nothing."""
    seen = TOKEN.sub(b"", response.content) + request.META.get("CSRF_COOKIE", "").encode()
    response["ETag"] = quote_etag(sha256(seen).hexdigest()[:32])
    response["Cache-Control"] = "private, no-cache"
    return get_conditional_response(request, etag=response["ETag"], response=response)
