"""Signed tokens of sensor loggers: JSON Web Tokens with HMAC-SHA256 and nothing else (RFC 7515, RFC 7519).

The algorithm is fixed here and never taken from the token, so neither "none" nor another algorithm can be talked in.
"""

import base64
import binascii
import hashlib
import hmac
import json
import re
from collections.abc import Iterable
from typing import Any

HEADER = {"typ": "JWT", "alg": "HS256"}
_SEGMENT = re.compile(r"[A-Za-z0-9_-]+", re.ASCII)


class BadToken(Exception):
    """The token is no JWT of the one form that is accepted, or no secret signs it."""


def sign(payload: Any, secret: str) -> str:
    """The payload as a compact token, keys in their order."""
    signed = f"{_packed(HEADER)}.{_packed(payload)}"
    return f"{signed}.{_encoded(_signature(signed, secret))}"


def read(token: str) -> dict[str, Any]:
    """What the token claims, not yet proved: only to learn which station's secrets to ask."""
    parts = _parts(token)
    header = _unpacked(parts[0])
    if not isinstance(header, dict) or header.get("alg") != HEADER["alg"] or "crit" in header:
        raise BadToken("algorithm")
    if str(header.get("typ", "JWT")).upper() != HEADER["typ"]:
        raise BadToken("type")
    payload = _unpacked(parts[1])
    _decoded(parts[2])
    if not isinstance(payload, dict):
        raise BadToken("payload")
    return payload


def is_signed_by(token: str, secrets: Iterable[str]) -> bool:
    """Whether one of the secrets made the signature; every secret is tried, each in constant time."""
    parts = _parts(token)
    given = _decoded(parts[2])
    signed = f"{parts[0]}.{parts[1]}"
    found = False
    for secret in secrets:
        found |= hmac.compare_digest(_signature(signed, secret), given)
    return found


def _parts(token: str) -> list[str]:
    parts = token.split(".")
    if len(parts) != 3 or not all(_SEGMENT.fullmatch(part) for part in parts):
        raise BadToken("form")
    return parts


def _signature(signed: str, secret: str) -> bytes:
    return hmac.digest(secret.encode(), signed.encode("ascii"), hashlib.sha256)


def _packed(thing: Any) -> str:
    return _encoded(json.dumps(thing, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode())


def _unpacked(segment: str) -> Any:
    try:
        return json.loads(_decoded(segment), parse_constant=_refused)
    except (ValueError, RecursionError) as error:
        raise BadToken("json") from error


def _refused(name: str) -> None:
    raise ValueError(f"{name} is no number")


def _encoded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")


def _decoded(segment: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(segment + "=" * (-len(segment) % 4))
    except (binascii.Error, ValueError) as error:
        raise BadToken("encoding") from error
