"""How often one address may do something that needs no account, without remembering whose address it was.

The key in the cache is a keyed hash of the address, different every window and gone with it; nothing else keeps it.
"""

from datetime import datetime

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.utils.crypto import salted_hmac


def take(request, action: str, *, limit: int, seconds: int, at: datetime) -> bool:
    """Whether the address of the request may do ``action`` once more in this window; counts it if so.

    Each of the ``limit`` places is taken by adding its own key, which the cache does atomically: two requests at once
    never share a place.
    """
    window = int(at.timestamp()) // seconds
    address = get_adapter(request).get_client_ip(request)
    key = salted_hmac("batikportal.rate_limits", f"{action}|{window}|{address}", algorithm="sha256").hexdigest()[:40]
    return any(cache.add(f"limit:{key}:{place}", 1, seconds) for place in range(limit))
