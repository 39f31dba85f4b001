"""The people who use the portal, and the roles they hold."""

from functools import cached_property

import pgtrigger
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from batikportal import audit, roles
from batikportal.choices import Office
from batikportal.models.area import Area
from batikportal.models.entity import Entity


class UserManager(BaseUserManager["User"]):
    def create_user(self, *, password: str | None = None, **fields) -> "User":
        user = self.model(**fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, *, email: str, password: str, **fields) -> "User":
        return self.create_user(email=email, password=password, is_superuser=True, **fields)


@audit.tracked(exclude=["password", "last_login"])
class User(AbstractBaseUser, Entity):
    """Somebody who logs in, by phone (E.164) or e-mail. What they may do follows from roles and memberships."""

    full_name = models.CharField(_("nama lengkap"), max_length=120, blank=True)
    phone = models.CharField(_("nomor HP"), max_length=20, unique=True, null=True, blank=True)
    phone_verified_at = models.DateTimeField(_("nomor HP diperiksa pada"), null=True, blank=True)
    phone_is_whatsapp = models.BooleanField(_("nomor HP ini juga WhatsApp"), default=True)
    email = models.EmailField(_("surel"), unique=True, null=True, blank=True)
    is_active = models.BooleanField(_("aktif"), default=True)
    is_superuser = models.BooleanField(_("administrator teknis penuh"), default=False)

    USERNAME_FIELD = "email"
    objects = UserManager()

    class Meta:
        verbose_name = _("pengguna")
        verbose_name_plural = _("pengguna")
        constraints = [
            models.CheckConstraint(
                condition=Q(phone__isnull=False) | Q(email__isnull=False), name="user_has_phone_or_email"
            ),
            models.CheckConstraint(condition=Q(phone__isnull=True) | Q(phone__startswith="+"), name="user_phone_e164"),
        ]

    def __str__(self) -> str:
        return self.full_name or self.phone or self.email or str(self.public_id)

    def get_full_name(self) -> str:
        return str(self)

    get_short_name = get_full_name

    @cached_property
    def assignments(self) -> list["RoleAssignment"]:
        """The role assignments in force today; one query a request."""
        if not self.is_active or self.pk is None:
            return []
        today = timezone.localdate()
        in_force = Q(valid_from__lte=today) & (Q(valid_until__isnull=True) | Q(valid_until__gte=today))
        return list(RoleAssignment.objects.filter(in_force, user=self).select_related("area").order_by("pk"))

    @property
    def role_codes(self) -> set[str]:
        return {assignment.role for assignment in self.assignments}

    def areas_for(self, permission: str) -> list[Area] | None:
        """The areas to which the roles that grant ``permission`` are limited; None when one covers the whole city."""
        areas = [one.area for one in self.assignments if roles.grants({one.role}, permission)]
        return None if not areas or None in areas else [area for area in areas if area is not None]

    @property
    def is_staff_member(self) -> bool:
        """Whether any role is held: such a user sees the staff pages and owes a second factor."""
        return self.is_superuser or bool(self.assignments)

    @property
    def is_staff(self) -> bool:
        """Asked by the Django admin."""
        return self.is_superuser or any(roles.ROLES[code].uses_admin for code in self.role_codes if code in roles.ROLES)

    def has_perm(self, permission: str, obj: object = None) -> bool:
        return self.is_active and (self.is_superuser or roles.grants(self.role_codes, permission))

    def has_perms(self, permissions, obj: object = None) -> bool:
        return all(self.has_perm(permission) for permission in permissions)

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_active and (self.is_superuser or roles.touches_app(self.role_codes, app_label))


_PAIRS = ", ".join(f"'{one}+{other}', '{other}+{one}'" for one, other, _reason in roles.INCOMPATIBLE)
# The pairs come from the policy sheet, not from input. The lock makes two grants to one person wait for each other.
REFUSE_INCOMPATIBLE = (
    """
    PERFORM pg_advisory_xact_lock(hashtext('role_assignment'), NEW.user_id::int);
    SELECT held.role INTO other FROM {meta.db_table} held
    WHERE held.user_id = NEW.user_id AND held.id IS DISTINCT FROM NEW.id
      AND daterange(held.valid_from, held.valid_until, '[]') && daterange(NEW.valid_from, NEW.valid_until, '[]')
      AND (held.role || '+' || NEW.role) IN ("""  # noqa: S608
    + _PAIRS
    + """)
    LIMIT 1;
    IF other IS NOT NULL THEN
        RAISE EXCEPTION 'incompatible roles: % and %', other, NEW.role
            USING ERRCODE = 'check_violation', CONSTRAINT = 'role_pair_compatible';
    END IF;
    RETURN NEW;
    """
)


@audit.tracked
class RoleAssignment(Entity):
    """A role held by a user for a time, with its scope. The database refuses incompatible pairs."""

    user = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="role_assignments", verbose_name=_("pengguna")
    )
    role = models.CharField(_("peran"), max_length=24, choices=roles.CHOICES)
    office = models.CharField(_("kantor"), max_length=16, choices=Office, blank=True)
    area = models.ForeignKey(
        Area, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("wilayah kerja")
    )
    valid_from = models.DateField(_("berlaku sejak"))
    valid_until = models.DateField(_("berlaku sampai"), null=True, blank=True)

    class Meta:
        verbose_name = _("penugasan peran")
        verbose_name_plural = _("penugasan peran")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "area"],
                condition=Q(valid_until__isnull=True),
                nulls_distinct=False,
                name="role_held_once",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="role_assignment_in_order",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="refuse_incompatible",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.Before,
                declare=[("other", "text")],
                func=pgtrigger.Func(REFUSE_INCOMPATIBLE),
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.get_role_display()}"


class ActivationSlip(Entity):
    """A one-time code, handed over on paper, with which the owner of an account made by an officer sets a password."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", verbose_name=_("pengguna"))
    code_hash = models.CharField(max_length=64, unique=True, editable=False)
    expires_at = models.DateTimeField(_("berlaku sampai"))
    used_at = models.DateTimeField(_("dipakai pada"), null=True, blank=True)
    failed_count = models.PositiveSmallIntegerField(_("percobaan gagal"), default=0)

    class Meta:
        verbose_name = _("lembar aktivasi")
        verbose_name_plural = _("lembar aktivasi")
        permissions = [("issue_slip", "Can make an account for an owner and print its slip")]
        constraints = [
            models.UniqueConstraint(fields=["user"], condition=Q(used_at__isnull=True), name="one_open_slip_per_user")
        ]

    def __str__(self) -> str:
        return str(self.user)
