"""Accounts: opened by an officer for an owner, taken over with a slip, made for staff, changed, closed."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from batikportal import audit
from batikportal.actions import enterprises, outbox, roles
from batikportal.choices import MembershipRole
from batikportal.models import (
    ActivationSlip,
    Area,
    Enterprise,
    EnterpriseMembership,
    RoleAssignment,
    User,
)

# No letters that are read wrongly on paper.
ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
VALID_FOR = timedelta(days=14)
MAX_TRIES = 10
# A sign-up whose code was never entered is forgotten after this time.
UNFINISHED_FOR = timedelta(days=7)


class AccountRefused(Exception):
    """The account cannot be made, activated or changed; the message says why and what to do."""


@dataclass(frozen=True)
class Slip:
    """What is printed: the code exists in clear only here."""

    public_id: UUID
    user: User
    code: str
    expires_at: datetime
    enterprise: Enterprise | None = None


def _hash(code: str) -> str:
    return hashlib.sha256(code.replace("-", "").replace(" ", "").upper().encode()).hexdigest()


# ── Accounts that an officer opens for an owner ──────────────────────────────────────────────────────────────────────


@transaction.atomic
def create_account(*, full_name: str, phone: str, by: User, at: datetime) -> User:
    """An account without a password, on the owner's behalf."""
    forget_unfinished(phone=phone)
    try:
        with transaction.atomic():
            return User.objects.create_user(full_name=full_name, phone=phone, created_by=by)
    except IntegrityError as error:
        raise AccountRefused(
            _("Nomor HP ini sudah punya akun. Cari akunnya, lalu cetak lembar aktivasi baru.")
        ) from error


@transaction.atomic
def open_account(*, full_name: str, phone: str, enterprise: Enterprise | None, by: User, at: datetime) -> Slip:
    """An account for an owner who cannot sign up alone, its slip, and the enterprise it shall own.

    A second visit with the same name and number prints a fresh slip for the account made before.
    """
    user = User.objects.select_for_update().filter(phone=phone).first()
    if user is None or forget_unfinished(phone=phone):
        user = create_account(full_name=full_name, phone=phone, by=by, at=at)
    elif not user.has_usable_password() and user.full_name.casefold() != full_name.casefold():
        raise AccountRefused(
            _("Nomor HP ini sudah dipakai akun atas nama %(name)s. Periksa nomornya, atau tulis nama itu.")
            % {"name": user.full_name}
        )
    slip = issue_slip(user=user, by=by, at=at)
    if enterprise is not None:
        _make_owner(user=user, enterprise=enterprise, by=by, at=at)
    return Slip(slip.public_id, slip.user, slip.code, slip.expires_at, enterprise)


def _make_owner(*, user: User, enterprise: Enterprise, by: User, at: datetime) -> None:
    """Add the owner once, and tell those who own the enterprise already."""
    members = EnterpriseMembership.objects.filter(enterprise=enterprise, valid_until__isnull=True)
    if members.filter(user=user).exists():
        return
    for member in members.filter(role=MembershipRole.OWNER).select_related("user"):
        context = {"enterprise": enterprise, "newcomer": user}
        outbox.queue(template="account_owner_added", to=member.user, context=context, by=by, at=at)
    enterprises.add_member(enterprise=enterprise, user=user, role=MembershipRole.OWNER, by=by, at=at)


@transaction.atomic
def issue_slip(*, user: User, by: User, at: datetime) -> Slip:
    """A fresh one-time code of 12 signs (60 bits); an older open slip of the same user ends.

    Never for staff: whoever prints the slip could take over the account with all its rights.
    """
    if user.has_usable_password():
        raise AccountRefused(_("Akun ini sudah aktif. Pemiliknya dapat memakai Lupa kata sandi."))
    if not user.is_active:
        raise AccountRefused(_("Akun ini dinonaktifkan. Hubungi administrator."))
    if user.is_superuser or RoleAssignment.objects.filter(user=user).exists():
        raise AccountRefused(_("Akun pegawai tidak memakai lembar aktivasi, tetapi Lupa kata sandi."))
    ActivationSlip.objects.filter(user=user, used_at__isnull=True).update(used_at=at)
    code = "-".join("".join(secrets.choice(ALPHABET) for _sign in range(4)) for _group in range(3))
    slip = ActivationSlip.objects.create(
        user=user, code_hash=_hash(code), expires_at=at + VALID_FOR, created_by=by, created_at=at
    )
    return Slip(slip.public_id, user, code, slip.expires_at)


REFUSED = _("Nomor HP atau kode tidak cocok. Periksa lembar Anda, atau minta lembar baru kepada petugas.")


def activate(*, phone: str, code: str, password: str, at: datetime) -> User:
    """Set the first password with phone and code. The phone counts as verified: the slip was handed over in person.

    Why a slip no longer works is told only to whoever has its code; everybody else learns nothing.
    """
    with transaction.atomic():
        slips = ActivationSlip.objects.select_for_update(of=("self",)).filter(user__phone=phone)
        slip = slips.filter(code_hash=_hash(code)).select_related("user").first()
        if slip is None:
            slips.filter(used_at__isnull=True).update(failed_count=F("failed_count") + 1)
            refusal: object | None = REFUSED
        else:
            refusal = _why_not(slip, at)
        if slip is not None and refusal is None:
            slip.user.set_password(password)
            slip.user.phone_verified_at = at
            slip.user.save(update_fields=["password", "phone_verified_at"])
            ActivationSlip.objects.filter(pk=slip.pk).update(used_at=at)
            return slip.user
    raise AccountRefused(refusal)


def _why_not(slip: ActivationSlip, at: datetime) -> object | None:
    """Why a slip whose code is right does not work any more, or None."""
    if slip.user.has_usable_password():
        return _("Akun ini sudah aktif. Masuk dengan nomor HP dan kata sandi Anda, atau pilih Lupa kata sandi.")
    if slip.used_at is not None:
        return _("Lembar ini sudah diganti dengan lembar yang lebih baru. Pakai lembar terakhir.")
    if slip.expires_at <= at:
        return _("Masa berlaku lembar ini sudah habis. Minta lembar baru kepada petugas.")
    if slip.failed_count >= MAX_TRIES:
        return _("Lembar ini terkunci karena kodenya terlalu sering salah. Minta lembar baru kepada petugas.")
    if not slip.user.is_active:
        return _("Akun ini dinonaktifkan. Hubungi petugas.")
    if slip.user.is_staff_member:
        return _("Akun pegawai tidak memakai lembar aktivasi, tetapi Lupa kata sandi.")
    return None


# ── Staff ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def create_staff(
    *,
    full_name: str,
    phone: str,
    email: str,
    role: str,
    office: str,
    area: Area | None,
    reason: str,
    by: User,
    at: datetime,
) -> User:
    """A member of staff with a first role; the message tells how to make a password, and holds no secret."""
    if phone:
        forget_unfinished(phone=phone)
    try:
        with transaction.atomic():
            user = User.objects.create_user(
                full_name=full_name, phone=phone or None, email=email or None, created_by=by
            )
    except IntegrityError as error:
        raise AccountRefused(
            _("Nomor HP atau surel ini sudah punya akun. Cari akunnya, lalu beri peran di sana.")
        ) from error
    roles.grant_role(user=user, role=role, office=office, area=area, reason=reason, by=by, at=at)
    outbox.queue(template="account_invited", to=user, context={}, by=by, at=at)
    return user


def _refuse_oneself_and_superusers(user: User, by: User) -> None:
    if user.pk == by.pk:
        raise AccountRefused(_("Anda tidak dapat melakukan ini pada akun sendiri. Minta administrator lain."))
    if user.is_superuser and not by.is_superuser:
        raise AccountRefused(_("Akun administrator teknis penuh hanya dapat diubah oleh sesamanya."))


@transaction.atomic
def deactivate(*, user: User, reason: str, by: User, at: datetime) -> None:
    """Close an account: nobody gets in any more, and whoever is in is out."""
    _refuse_oneself_and_superusers(user, by)
    with audit.because(reason):
        User.objects.filter(pk=user.pk).update(is_active=False)
    end_sessions(user=user)


@transaction.atomic
def reactivate(*, user: User, reason: str, by: User, at: datetime) -> None:
    """Open a closed account again, with the roles it still has."""
    _refuse_oneself_and_superusers(user, by)
    with audit.because(reason):
        User.objects.filter(pk=user.pk).update(is_active=True)


@transaction.atomic
def release_second_factor(*, user: User, reason: str, by: User, at: datetime) -> None:
    """Take the second factor off an account whose owner lost phone and recovery codes; the owner is told."""
    _refuse_oneself_and_superusers(user, by)
    if not Authenticator.objects.filter(user=user).exists():
        raise AccountRefused(_("Akun ini belum memakai verifikasi dua langkah."))
    what = _("Verifikasi dua langkah akun Anda dilepas oleh administrator.")
    with audit.because(reason):
        Authenticator.objects.filter(user=user).delete()
        # Authenticators have no history: the message is the record of who did it, when and why.
        outbox.queue(template="account_notice", to=user, context={"what": what}, by=by, at=at)
    end_sessions(user=user)


def end_sessions(*, user: User) -> int:
    """Log the user out everywhere."""
    sessions = list(UserSession.objects.filter(user=user))
    for session in sessions:
        session.end()
    return len(sessions)


# ── One's own account ────────────────────────────────────────────────────────────────────────────────────────────────


def change_profile(*, user: User, full_name: str, phone_is_whatsapp: bool, by: User, at: datetime) -> None:
    """A new name, and the way messages come."""
    User.objects.filter(pk=user.pk).update(full_name=full_name, phone_is_whatsapp=phone_is_whatsapp)


@transaction.atomic
def send_email_code(*, user: User, email: str, code: str, at: datetime) -> None:
    """Send the code that proves a new e-mail address; if it is another account's, tell its owner instead."""
    if User.objects.filter(email=email).exclude(pk=user.pk).exists():
        outbox.queue(template="account_email_taken", to=email, context={}, by=user, at=at)
    else:
        outbox.queue(template="account_email_code", to=email, context={"code": code}, by=user, at=at, is_secret=True)


@transaction.atomic
def change_email(*, user: User, email: str, by: User, at: datetime) -> None:
    """A proved e-mail address becomes the account's; the old one is told."""
    old = user.email
    try:
        with transaction.atomic():
            User.objects.filter(pk=user.pk).update(email=email)
    except IntegrityError as error:
        raise AccountRefused(_("Surel ini sudah dipakai akun lain.")) from error
    if old:
        what = _("Surel akun Anda diganti. Surel ini tidak lagi dapat dipakai untuk masuk.")
        outbox.queue(template="account_notice", to=old, context={"what": what}, by=by, at=at)


# ── Sign-ups that were never finished ────────────────────────────────────────────────────────────────────────────────


def _unfinished() -> QuerySet[User]:
    """Accounts of people who signed up and never entered the code: nothing hangs on them yet."""
    return User.objects.filter(
        created_by__isnull=True,
        phone_verified_at__isnull=True,
        last_login__isnull=True,
        email__isnull=True,
        is_superuser=False,
        memberships__isnull=True,
        role_assignments__isnull=True,
    )


@transaction.atomic
def forget_unfinished(*, phone: str) -> bool:
    """Make way for a new sign-up with a phone that nobody has proved; True if there was one.

    The old row goes instead of being reused: a code sent for it must not open an account with another's password.
    """
    found = _unfinished().filter(phone=phone).values_list("pk", flat=True)
    deleted, _per_model = User.objects.filter(pk__in=list(found)).delete()
    return deleted > 0


@transaction.atomic
def prune_unfinished(*, at: datetime) -> int:
    """Delete sign-ups left unfinished for a week; returns how many."""
    old = list(_unfinished().filter(created_at__lt=at - UNFINISHED_FOR).values_list("pk", flat=True))
    User.objects.filter(pk__in=old).delete()
    return len(old)
