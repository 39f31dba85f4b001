"""Granting and ending roles."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from batikportal import audit, roles
from batikportal.models import ActivationSlip, Area, RoleAssignment, User


class RoleRefused(Exception):
    """The role cannot be granted or ended; the message says why."""


@transaction.atomic
def grant_role(
    *,
    user: User,
    role: str,
    office: str,
    area: Area | None = None,
    reason: str = "",
    by: User | None,
    at: datetime,
) -> RoleAssignment:
    """Give a role from today on, unless it is incompatible with one held already; never to oneself.

    An open activation slip ends: whoever printed it must not get into an account that has just got rights.
    """
    if by is not None and by.pk == user.pk:
        raise RoleRefused(_("Anda tidak dapat memberi peran kepada diri sendiri. Minta administrator lain."))
    if office not in roles.ROLES[role].offices:
        raise RoleRefused(_("Peran %(role)s tidak ada di kantor ini.") % {"role": roles.ROLES[role].title})
    held = RoleAssignment.objects.filter(user=user, valid_until__isnull=True).values_list("role", flat=True)
    reason_against = roles.conflict(held, role)
    if reason_against is not None:
        raise RoleRefused(
            _("Peran %(role)s tidak dapat digabung dengan peran yang sudah dipegang. %(reason)s")
            % {"role": roles.ROLES[role].title, "reason": reason_against}
        )
    ActivationSlip.objects.filter(user=user, used_at__isnull=True).update(used_at=at)
    try:
        with transaction.atomic(), audit.because(reason):
            return RoleAssignment.objects.create(
                user=user, role=role, office=office, area=area, valid_from=timezone.localdate(at), created_by=by
            )
    except IntegrityError as error:
        raise RoleRefused(_("Peran ini sudah dipegang, atau bertentangan dengan peran lain.")) from error


@transaction.atomic
def end_role(*, assignment: RoleAssignment, reason: str = "", by: User, at: datetime) -> None:
    """End a role at once: yesterday was its last day. One that began today leaves only its history."""
    if assignment.user_id == by.pk:
        raise RoleRefused(_("Anda tidak dapat mengakhiri peran sendiri. Minta administrator lain."))
    yesterday = timezone.localdate(at) - timedelta(days=1)
    current = RoleAssignment.objects.filter(pk=assignment.pk, valid_until__isnull=True)
    with audit.because(reason):
        current.filter(valid_from__gt=yesterday).delete()
        current.update(valid_until=yesterday)
