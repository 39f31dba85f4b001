"""People of the demo's market: who applies for an enterprise, and who took part before the portal."""

import random
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.utils import timezone

from batikportal.choices import MembershipRole, Source
from batikportal.models import Enterprise, EnterpriseMembership, RoleAssignment, User
from marketing.choices import ApplicationChannel, ProgrammeKind
from marketing.demo.calls import public_id
from marketing.models import PastParticipation

HISTORY_COUNT = 180
ONLINE_SHARE = 0.7


def staff(role: str) -> User:
    """The demo's holder of a role."""
    return RoleAssignment.objects.select_related("user").filter(role=role).order_by("pk")[0].user


def make_history(rng: random.Random, enterprises: Sequence[Enterprise], at: datetime) -> None:
    """Participation from before the portal, as an import would have brought it."""
    seen = set()
    rows = []
    for enterprise in rng.choices(enterprises, k=HISTORY_COUNT):
        kind = rng.choice((ProgrammeKind.EXHIBITION, ProgrammeKind.EXPORT_TRAINING))
        held_on = date(at.year - rng.randint(4, 7), rng.randint(3, 11), 12)
        if (enterprise.pk, kind, held_on) not in seen:
            seen.add((enterprise.pk, kind, held_on))
            title = f"Contoh riwayat {kind.label.lower()} {held_on.year}"
            rows.append(
                PastParticipation(
                    public_id=public_id(rng),
                    enterprise=enterprise,
                    kind=kind,
                    title=title,
                    held_on=held_on,
                    source=Source.SEED,
                )
            )
    PastParticipation.objects.bulk_create(rows)


def make_senders(
    rng: random.Random, enterprises: Sequence[Enterprise], officer: User, at: datetime
) -> dict[int, tuple[User, str]]:
    """Who applies for each enterprise: an owner with an account, or the officer at the desk."""
    owners = {
        membership.enterprise_id: membership.user
        for membership in EnterpriseMembership.objects.filter(valid_until__isnull=True).select_related("user")
    }
    online = [row for row in enterprises if row.pk not in owners and row.phone and rng.random() < ONLINE_SHARE]
    taken = set(User.objects.filter(phone__in=[row.phone for row in online]).values_list("phone", flat=True))
    online = [row for row in online if row.phone not in taken]
    users = User.objects.bulk_create(
        User(
            public_id=public_id(rng),
            full_name=row.owner_name,
            phone=row.phone,
            phone_verified_at=row.created_at,
            password="!",  # noqa: S106 - no password can ever match it
            source=Source.SEED,
        )
        for row in online
    )
    EnterpriseMembership.objects.bulk_create(
        EnterpriseMembership(
            public_id=public_id(rng),
            user=user,
            enterprise=row,
            role=MembershipRole.OWNER,
            valid_from=timezone.localdate(at) - timedelta(days=1100),
            source=Source.SEED,
        )
        for row, user in zip(online, users, strict=True)
    )
    owners |= {row.pk: user for row, user in zip(online, users, strict=True)}
    return {
        row.pk: (owners[row.pk], ApplicationChannel.WEB) if row.pk in owners else (officer, ApplicationChannel.ASSISTED)
        for row in enterprises
    }
