"""Accounts that an officer makes for an owner, and the slip with which the owner takes it over."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.password_validation import validate_password
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from batikportal.models import ActivationSlip, User

# No letters that are read wrongly on paper.
ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
VALID_FOR = timedelta(days=14)
MAX_TRIES = 10


class AccountRefused(Exception):
    """The account cannot be made or activated; the message says why and what to do."""


@dataclass(frozen=True)
class Slip:
    """What is printed: the code exists in clear only here."""

    user: User
    code: str
    expires_at: datetime


def _hash(code: str) -> str:
    return hashlib.sha256(code.replace("-", "").replace(" ", "").upper().encode()).hexdigest()


@transaction.atomic
def create_account(*, full_name: str, phone: str, by: User, at: datetime) -> User:
    """An account without a password, on the owner's behalf."""
    try:
        with transaction.atomic():
            return User.objects.create_user(full_name=full_name, phone=phone, created_by=by)
    except IntegrityError as error:
        raise AccountRefused(
            _("Nomor HP ini sudah punya akun. Cari akunnya, lalu cetak lembar aktivasi baru.")
        ) from error


@transaction.atomic
def issue_slip(*, user: User, by: User, at: datetime) -> Slip:
    """A fresh one-time code of 12 signs (60 bits); an older open slip of the same user ends."""
    if user.has_usable_password():
        raise AccountRefused(_("Akun ini sudah aktif. Pemiliknya dapat memakai Lupa kata sandi."))
    ActivationSlip.objects.filter(user=user, used_at__isnull=True).update(used_at=at)
    code = "-".join("".join(secrets.choice(ALPHABET) for _sign in range(4)) for _group in range(3))
    expires_at = at + VALID_FOR
    ActivationSlip.objects.create(user=user, code_hash=_hash(code), expires_at=expires_at, created_by=by)
    return Slip(user, code, expires_at)


def activate(*, phone: str, code: str, password: str, at: datetime) -> User:
    """Set the first password with phone and code. The phone counts as verified: the slip was handed over in person."""
    refused = AccountRefused(
        _("Nomor HP atau kode tidak cocok, atau lembar sudah tidak berlaku. Minta lembar baru kepada petugas.")
    )
    with transaction.atomic():
        slip = (
            ActivationSlip.objects.select_for_update()
            .filter(user__phone=phone, used_at__isnull=True, expires_at__gt=at)
            .select_related("user")
            .first()
        )
        if slip is not None and slip.failed_count < MAX_TRIES and secrets.compare_digest(slip.code_hash, _hash(code)):
            validate_password(password, slip.user)
            slip.user.set_password(password)
            slip.user.phone_verified_at = at
            slip.user.save(update_fields=["password", "phone_verified_at"])
            ActivationSlip.objects.filter(pk=slip.pk).update(used_at=at)
            return slip.user
        if slip is not None:
            ActivationSlip.objects.filter(pk=slip.pk).update(failed_count=F("failed_count") + 1)
    raise refused
