"""Granting and ending roles."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from batikportal import roles
from batikportal.models import Area, RoleAssignment, User


class RoleRefused(Exception):
    """The role cannot be granted; the message says why."""


def grant_role(
    *, user: User, role: str, office: str, area: Area | None = None, by: User | None, at: datetime
) -> RoleAssignment:
    """Give a role from today on, unless it is incompatible with one held already."""
    held = RoleAssignment.objects.filter(user=user, valid_until__isnull=True).values_list("role", flat=True)
    reason = roles.conflict(held, role)
    if reason is not None:
        raise RoleRefused(
            _("Peran %(role)s tidak dapat digabung dengan peran yang sudah dipegang. %(reason)s")
            % {"role": roles.ROLES[role].title, "reason": reason}
        )
    try:
        with transaction.atomic():
            return RoleAssignment.objects.create(
                user=user, role=role, office=office, area=area, valid_from=timezone.localdate(at), created_by=by
            )
    except IntegrityError as error:
        raise RoleRefused(_("Peran ini sudah dipegang, atau bertentangan dengan peran lain.")) from error


def end_role(*, assignment: RoleAssignment, by: User, at: datetime) -> None:
    """End a role today."""
    RoleAssignment.objects.filter(pk=assignment.pk, valid_until__isnull=True).update(valid_until=timezone.localdate(at))
