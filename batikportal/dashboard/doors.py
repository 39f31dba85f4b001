"""Which pages a user may open: a link that ends at a closed door is not offered."""

from functools import lru_cache
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve

from batikportal.access import Policy


def may_open(user, url: str) -> bool:
    """Whether the page exists and its policy admits the user; what is seen behind it is another question."""
    policy = _policy_at(urlsplit(url).path, settings.ROOT_URLCONF)
    return policy is not None and policy.admits(user)


@lru_cache(maxsize=512)
def _policy_at(path: str, urlconf: str) -> Policy | None:
    """What the page at this path asks of its reader; a menu asks for the same few dozen on every page."""
    try:
        return getattr(resolve(path, urlconf).func, "policy", None)
    except Resolver404:
        return None
