"""The map: a page with a layer switch and a table, and each layer as GeoJSON."""

import json
from hashlib import sha256

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from batikportal import access, contracts
from batikportal.forms.dashboard import MapForm
from batikportal.maps import features, layers
from batikportal.queries import areas
from batikportal.views import scopes

# Long enough for a reader to move about, short enough for a figure of today.
SECONDS_TO_KEEP = 300


@access.public
@require_safe
def map(request):
    asked = scopes.asked(request.GET, timezone.localdate(), MapForm)
    shown = layers.drawn(request.user, asked.scope, request.GET.get("lapis", ""), number=request.GET.get("halaman"))
    return render(request, "map/map.html", {"asked": asked, "map": shown})


@access.public
@require_safe
def map_layer(request, code: str):
    """A layer as GeoJSON, of its kecamatan and period; a layer with a permission asks for it."""
    layer = contracts.one("layers", code, request.user)
    if layer is None and any(one.code == code for one in contracts.contributions("layers")):
        raise PermissionDenied
    if layer is None:
        raise Http404
    scope = scopes.asked(request.GET, timezone.localdate()).scope
    answer = contracts.ask(layer, layers.read_checked, layer, scope)
    if answer.failed:
        return HttpResponse(status=503, headers={"Retry-After": "60"})
    wards = areas.wards()
    geometries = features.outlines(wards, {} if features.is_schematic(wards) else areas.boundaries())
    content = json.dumps(
        features.collection(layer, answer.value, wards, geometries, scope), ensure_ascii=False, separators=(",", ":")
    ).encode()
    response = HttpResponse(content, content_type="application/geo+json")
    response["ETag"] = quote_etag(sha256(content).hexdigest()[:32])
    if not layer.permission and not request.user.is_authenticated:
        response["Cache-Control"] = f"public, max-age={SECONDS_TO_KEEP}"
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return get_conditional_response(request, etag=response["ETag"], response=response)
