"""Which pages a user may open: a link that ends at a closed door is not offered."""

from urllib.parse import urlsplit

from django.urls import Resolver404, resolve


def may_open(user, url: str) -> bool:
    """Whether the page exists and its policy admits the user; what is seen behind it is another question."""
    try:
        view = resolve(urlsplit(url).path).func
    except Resolver404:
        return False
    policy = getattr(view, "policy", None)
    return policy is not None and policy.admits(user)
