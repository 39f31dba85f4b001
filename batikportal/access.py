"""Who may open which page: every view carries exactly one of these marks, or the portal does not start."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseBase
from django.shortcuts import redirect

from batikportal.models import Enterprise

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class Policy:
    """What a page asks of its reader: ``kind`` public, signed_in, owner, staff or needs; ``permission`` for needs."""

    kind: str
    permission: str = ""

    def admits(self, user) -> bool:
        """Whether the user gets past the door; which objects are seen behind it is another question."""
        if self.kind == "public":
            return True
        if not user.is_authenticated:
            return False
        if self.kind == "signed_in":
            return True
        if self.kind == "owner":
            return Enterprise.objects.owned_by(user).exists()
        if self.kind == "staff":
            return user.is_staff_member
        return user.has_perm(self.permission)


def _marked(view: View, policy: Policy) -> View:
    view.policy = policy  # type: ignore[attr-defined]  # a mark on a function; checks.py reads it
    return view


def public(view: View) -> View:
    """Anybody, without logging in."""
    return _marked(login_not_required(view), Policy("public"))


def signed_in(view: View) -> View:
    """Anybody who has logged in."""
    return _marked(view, Policy("signed_in"))


def _guarded(view: View, policy: Policy) -> View:
    @wraps(view)
    def guard(request, *args, **kwargs):
        if not policy.admits(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return _marked(guard, policy)


def staff(view: View) -> View:
    """Anybody who holds a role."""
    return _guarded(view, Policy("staff"))


def needs(permission: str) -> Callable[[View], View]:
    """Those whose role grants the permission."""
    return lambda view: _guarded(view, Policy("needs", permission))


def owner(view: View) -> View:
    """Members of an enterprise; ``request.enterprises`` holds theirs. Others are led to registering one."""

    @wraps(view)
    def guard(request, *args, **kwargs):
        request.enterprises = Enterprise.objects.owned_by(request.user).select_related("ward__parent").order_by("name")
        if not request.enterprises:
            if request.user.is_staff_member:
                raise PermissionDenied
            return redirect("enterprise-register")
        return view(request, *args, **kwargs)

    return _marked(guard, Policy("owner"))
