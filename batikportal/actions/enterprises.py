"""Writes to the registry of enterprises: registering, verifying, changing status, merging duplicates."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from batikportal import audit, relations, rules, states
from batikportal.choices import EnterpriseStatus, IdentifierKind, MembershipRole, Source
from batikportal.models import (
    Enterprise,
    EnterpriseDocument,
    EnterpriseIdentifier,
    EnterpriseMembership,
    StoredFile,
    User,
)


class EnterpriseRefused(Exception):
    """The registry does not allow it; the message says why and what to do."""


@transaction.atomic
def register_enterprise(
    *, fields: Mapping[str, Any], nib: str, owner: User | None, by: User, at: datetime, source: str = Source.FORM
) -> Enterprise:
    """A new enterprise, waiting for verification; ``owner`` becomes its first member."""
    enterprise = Enterprise.objects.create(**fields, created_by=by, source=source)
    set_identifier(enterprise=enterprise, kind=IdentifierKind.NIB, value=nib, by=by, at=at)
    if owner is not None:
        add_member(enterprise=enterprise, user=owner, role=MembershipRole.OWNER, by=by, at=at)
    enterprise.refresh_from_db()
    return enterprise


@transaction.atomic
def change_enterprise(
    *, enterprise: Enterprise, fields: Mapping[str, Any], nib: str, by: User, at: datetime
) -> Enterprise:
    """Change the profile; a new NIB waits for verification again."""
    for name, value in fields.items():
        setattr(enterprise, name, value)
    enterprise.save(update_fields=list(fields))
    set_identifier(enterprise=enterprise, kind=IdentifierKind.NIB, value=nib, by=by, at=at)
    return enterprise


def set_identifier(*, enterprise: Enterprise, kind: str, value: str, by: User, at: datetime) -> None:
    """Make ``value`` the enterprise's number of this kind; an empty value removes an unverified one."""
    current = EnterpriseIdentifier.objects.filter(enterprise=enterprise, kind=kind)
    if value and not current.filter(value=value).exists():
        current.filter(verified_at__isnull=True).delete()
        EnterpriseIdentifier.objects.create(enterprise=enterprise, kind=kind, value=value, created_by=by)
    elif not value:
        current.filter(verified_at__isnull=True).delete()


def verify_identifier(*, identifier: EnterpriseIdentifier, by: User, at: datetime) -> None:
    """An officer has seen the proof; from now on nobody else can claim the same number."""
    try:
        with transaction.atomic():
            waiting = EnterpriseIdentifier.objects.filter(pk=identifier.pk, verified_at__isnull=True)
            waiting.update(verified_at=at, verified_by=by)
    except IntegrityError as error:
        raise EnterpriseRefused(
            _("%(number)s sudah tercatat dan diperiksa pada usaha lain. Periksa apakah keduanya usaha yang sama.")
            % {"number": identifier}
        ) from error


@transaction.atomic
def move_enterprise(*, enterprise: Enterprise, to: str, reason: str, by: User, at: datetime) -> None:
    """The one door to a new status, other than merging."""
    current = Enterprise.objects.select_for_update().get(pk=enterprise.pk)
    if to == EnterpriseStatus.MERGED or not states.may_move(rules.ENTERPRISE_TRANSITIONS, current.status, to):
        raise EnterpriseRefused(
            _("Status tidak dapat diubah dari %(old)s ke %(new)s.")
            % {"old": current.get_status_display(), "new": EnterpriseStatus(to).label}
        )
    with audit.because(reason):
        Enterprise.objects.filter(pk=current.pk).update(status=to)


@transaction.atomic
def add_member(*, enterprise: Enterprise, user: User, role: str, by: User | None, at: datetime) -> EnterpriseMembership:
    """Let a user act for the enterprise."""
    return EnterpriseMembership.objects.create(
        enterprise=enterprise, user=user, role=role, valid_from=timezone.localdate(at), created_by=by
    )


@transaction.atomic
def end_membership(*, membership: EnterpriseMembership, by: User, at: datetime) -> None:
    """End a membership; the last owner cannot leave."""
    Enterprise.objects.select_for_update().get(pk=membership.enterprise_id)
    owners = EnterpriseMembership.objects.filter(
        enterprise=membership.enterprise_id, role=MembershipRole.OWNER, valid_until__isnull=True
    )
    if membership.role == MembershipRole.OWNER and not owners.exclude(pk=membership.pk).exists():
        raise EnterpriseRefused(_("Pemilik terakhir tidak dapat keluar. Tambahkan pemilik lain dahulu."))
    EnterpriseMembership.objects.filter(pk=membership.pk).update(valid_until=timezone.localdate(at))


def add_document(
    *, enterprise: Enterprise, kind: str, number: str, valid_until: date | None, file: StoredFile, by: User
) -> EnterpriseDocument:
    """Put a stored file on the profile; it waits for an officer's look."""
    return EnterpriseDocument.objects.create(
        enterprise=enterprise, kind=kind, number=number, valid_until=valid_until, file=file, created_by=by
    )


def remove_document(*, document: EnterpriseDocument, by: User) -> None:
    """Take a paper off the profile; the file and the history stay."""
    EnterpriseDocument.objects.filter(pk=document.pk).delete()


@transaction.atomic
def merge_enterprise(*, duplicate: Enterprise, into: Enterprise, reason: str, by: User, at: datetime) -> dict[str, int]:
    """Move everything of ``duplicate`` to ``into`` and close it with a pointer; returns rows moved per relation."""
    rows = {
        row.pk: row
        for row in Enterprise.objects.select_for_update().filter(pk__in=[duplicate.pk, into.pk]).order_by("pk")
    }
    gone, stays = rows[duplicate.pk], rows[into.pk]
    if gone.pk == stays.pk:
        raise EnterpriseRefused(_("Usaha tidak dapat digabung dengan dirinya sendiri."))
    if EnterpriseStatus.MERGED in (gone.status, stays.status):
        raise EnterpriseRefused(_("Usaha yang sudah digabung tidak dapat digabung lagi."))
    with audit.because(reason):
        try:
            with transaction.atomic():
                # The pointer first: by it the database knows that rows of the one may pass to the other.
                Enterprise.objects.filter(pk=gone.pk).update(status=EnterpriseStatus.MERGED, merged_into=stays)
                moved = {relation.label: relation.move(gone, stays, at) for relation in relations.of_enterprise()}
        except IntegrityError as error:
            raise EnterpriseRefused(
                _(
                    "Kedua usaha punya catatan yang tidak dapat berdampingan, misalnya pendaftaran hidup pada "
                    "kegiatan yang sama atau masa yang bertumpuk. Selesaikan salah satunya dahulu, lalu gabungkan lagi."
                )
            ) from error
    return moved
