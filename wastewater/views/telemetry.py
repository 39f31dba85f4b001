"""Where sensor loggers send their batches, in the format of SPARING.

Nobody logs in here: a batch proves itself by the signature of its station's secret. As loggers expect, a refusal is
answered with 200 and `"status": false`; only a flood (429) and an outage (503) ask them to come again later.
"""

import json
import logging
from typing import Any

from allauth.core import ratelimit
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from batikportal import access
from wastewater.actions import telemetry
from wastewater.models import SensorBatch
from wastewater.queries import stations as station_queries
from wastewater.rules import sensor_tokens
from wastewater.rules import sensors as rules

log = logging.getLogger(__name__)


class _Refused(Exception):
    """The token or its body cannot be taken in; the message is for the technician who reads the logger's log."""


@access.public
@csrf_exempt
@require_POST
def receive(request: HttpRequest) -> JsonResponse:
    """`{"token": JWT}` from one station, or `{"tokens": [JWT, …]}` from a gateway that collects several."""
    at = timezone.now()
    try:
        tokens, many = _tokens(request)
    except _Refused as refusal:
        return _refused(request, str(refusal))
    answers: list[dict[str, Any] | None] = []
    deliveries: list[telemetry.Delivery] = []
    claims = [_claim(token) for token in tokens]
    known = station_queries.secrets_of([claim["uid"] for claim in claims if isinstance(claim, dict)], at)
    busy = station_queries.sending_too_often([station for station, _secrets in known.values()], at)
    for token, claim in zip(tokens, claims, strict=True):
        if not isinstance(claim, dict):
            answers.append(_answer(False, claim))
            continue
        station, secrets = known.get(claim["uid"], (None, []))
        # An unknown station is answered like a wrong signature, so that nobody learns which uids exist.
        if not sensor_tokens.is_signed_by(token, secrets or [""]) or not secrets or station is None:
            answers.append(_answer(False, _("Tanda tangan atau uid tidak dikenal.")))
        elif station.pk in busy:
            log.warning("sensor station %s sends too often", station.uid)
            return _later()
        else:
            answers.append(None)
            deliveries.append(telemetry.Delivery(station, claim["data"]))
    if not deliveries:
        return _refused(request, *[str(one["desc"]) for one in answers if one], many=many)
    try:
        batches = iter(telemetry.take_in(deliveries=deliveries, at=at))
    except telemetry.NoRule:
        log.error("no sensor rule is in force today")
        return _later()
    done = [one or _told(next(batches)) for one in answers]
    if not many:
        return JsonResponse(done[0])
    return JsonResponse(_answer(all(one["status"] for one in done), _("Lihat hasil tiap token.")) | {"results": done})


def _tokens(request: HttpRequest) -> tuple[list[str], bool]:
    """The tokens of the body, and whether it is a gateway's; limits are checked before anything is parsed."""
    try:
        length = int(request.headers.get("Content-Length") or 0)
    except ValueError:
        length = 0
    if length > rules.BODY_BYTES:
        raise _Refused(_("Kiriman terlalu besar. Bagi menjadi beberapa kiriman."))
    try:
        body = json.loads(request.body)
    except (ValueError, RecursionError) as error:
        raise _Refused(_("Isi kiriman bukan JSON dengan kunci “token”.")) from error
    if isinstance(body, dict) and isinstance(body.get("token"), str):
        return [body["token"]], False
    many = body.get("tokens") if isinstance(body, dict) else None
    if not isinstance(many, list) or not many or not all(isinstance(one, str) for one in many):
        raise _Refused(_("Isi kiriman bukan JSON dengan kunci “token”."))
    if len(many) > rules.TOKENS:
        raise _Refused(_("Paling banyak %(count)s token sekali kirim.") % {"count": rules.TOKENS})
    return many, True


def _claim(token: str) -> dict[str, Any] | str:
    """What the token says, of the right shape; else what is wrong with it."""
    try:
        payload = sensor_tokens.read(token)
    except sensor_tokens.BadToken:
        return _("Token bukan JWT HS256 yang dapat dibaca.")
    uid, rows = payload.get("uid"), payload.get("data")
    if not isinstance(uid, str) or not rules.UID.fullmatch(uid) or not isinstance(rows, list) or not rows:
        return _("Token harus memuat “uid” dan daftar “data”.")
    if len(rows) > rules.ROWS_PER_TOKEN:
        return _("Paling banyak %(count)s baris dalam satu token.") % {"count": rules.ROWS_PER_TOKEN}
    return payload


def _told(batch: SensorBatch) -> dict[str, Any]:
    """How a batch fared, in the words that a logger writes into its own log."""
    words = _("%(new)s baris baru, %(same)s sudah ada, %(refused)s ditolak.") % {
        "new": batch.new_count,
        "same": batch.same_count,
        "refused": batch.refused_count,
    }
    if batch.refused_count:
        log.info("sensor station %s: %s of %s rows refused", batch.station.uid, batch.refused_count, batch.rows_count)
        first = batch.refusals.order_by("position").first()
        if first:
            words = f"{words} {_('Baris %(n)s: %(why)s.') % {'n': first.position, 'why': first.get_problem_display()}}"
    return _answer(batch.refused_count < batch.rows_count, words)


def _answer(status: bool, words: str) -> dict[str, Any]:
    return {"status": status, "desc": words}


def _refused(request: HttpRequest, *words: str, many: bool = False) -> JsonResponse:
    """Refused as a whole; whoever does it often is asked to wait. Neither token nor body reaches the log."""
    if not ratelimit.consume(request, action="sensor_refused"):
        return _later()
    log.warning("sensor batch refused: %s", words[0] if words else "")
    answer = _answer(False, words[0] if words else "")
    return JsonResponse(answer | {"results": [_answer(False, one) for one in words]} if many else answer)


def _later() -> JsonResponse:
    response = JsonResponse(_answer(False, _("Terlalu sering. Coba lagi beberapa menit lagi.")), status=429)
    response["Retry-After"] = "300"
    return response
