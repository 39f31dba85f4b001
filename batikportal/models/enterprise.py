"""The enterprise: one profile, reused by every focus and every application."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.expressions import RawSQL
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from batikportal import audit, rules, states
from batikportal.choices import (
    DocumentKind,
    EnterpriseStatus,
    IdentifierKind,
    MembershipRole,
    Sex,
    SizeClass,
    Technique,
    Verification,
)
from batikportal.models.area import WHOLE_POSITION_OR_NONE, Area, lies_in
from batikportal.models.entity import Entity
from batikportal.models.files import StoredFile
from batikportal.models.people import User

STATUS_TONES = {
    EnterpriseStatus.PENDING: "warning",
    EnterpriseStatus.ACTIVE: "good",
    EnterpriseStatus.DORMANT: "neutral",
    EnterpriseStatus.CLOSED: "neutral",
    EnterpriseStatus.MERGED: "neutral",
}


class NextRegistrationNumber(Func):
    """The next local number, PKL-000001 onwards, drawn in the database so that bulk inserts get one too."""

    template = "('PKL-' || lpad(nextval('batikportal_registration_number')::text, 6, '0'))"
    output_field = models.CharField()


# Files stay with the name that they were written for; their owner follows the pointer of each merger.
_NAMES = """
    WITH RECURSIVE names (id) AS (
        {start}
        UNION
        SELECT e.id FROM batikportal_enterprise e JOIN names ON e.merged_into_id = names.id
    )
    SELECT id FROM names
"""
_NAMES_OF_USER = _NAMES.format(
    start="SELECT enterprise_id FROM batikportal_enterprisemembership WHERE user_id = %s AND valid_until IS NULL"
)
_NAMES_OF_ENTERPRISE = _NAMES.format(start="SELECT id FROM batikportal_enterprise WHERE id = %s")


class EnterpriseQuerySet(models.QuerySet["Enterprise"]):
    def visible_to(self, user) -> "EnterpriseQuerySet":
        """The enterprises a user may open: staff by role and area, owners and employees their own, others none."""
        if user.has_perm("batikportal.view_enterprise"):
            return self.filter(lies_in(user.areas_for("batikportal.view_enterprise")))
        return self.owned_by(user)

    def owned_by(self, user) -> "EnterpriseQuerySet":
        """The enterprises a user is a member of now."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(
            pk__in=EnterpriseMembership.objects.filter(user=user, valid_until__isnull=True).values("enterprise")
        )

    def known_to(self, user) -> "EnterpriseQuerySet":
        """The enterprises of a user and every name that was merged into them, however often; to read, not to write."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(pk__in=RawSQL(_NAMES_OF_USER, [user.pk]))  # noqa: S611 - numbers as parameters only

    def names_of(self, enterprise: "Enterprise") -> "EnterpriseQuerySet":
        """The enterprise with every name that was merged into it."""
        return self.filter(pk__in=RawSQL(_NAMES_OF_ENTERPRISE, [enterprise.pk]))  # noqa: S611

    def registered(self) -> "EnterpriseQuerySet":
        """Enterprises that count: not merged into another."""
        return self.exclude(status=EnterpriseStatus.MERGED)


@audit.tracked
class Enterprise(Entity):
    """A batik enterprise, from a home workshop to a factory."""

    registration_number = models.CharField(
        _("nomor registrasi"), max_length=20, unique=True, editable=False, db_default=NextRegistrationNumber()
    )
    name = models.CharField(_("nama usaha"), max_length=120)
    owner_name = models.CharField(_("nama pemilik"), max_length=120)
    owner_sex = models.CharField(_("jenis kelamin pemilik"), max_length=1, choices=Sex, blank=True)
    ward = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name=_("kelurahan"))
    address = models.CharField(_("alamat"), max_length=250, blank=True)
    latitude = models.DecimalField(_("lintang"), max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(_("bujur"), max_digits=8, decimal_places=5, null=True, blank=True)
    phone = models.CharField(_("nomor HP usaha"), max_length=20, blank=True)
    techniques = ArrayField(
        models.CharField(max_length=12, choices=Technique), verbose_name=_("teknik"), default=list, blank=True
    )
    products = ArrayField(models.CharField(max_length=60), verbose_name=_("produk"), default=list, blank=True)
    workers_count = models.PositiveIntegerField(_("jumlah pekerja"), null=True, blank=True)
    annual_sales_idr = models.BigIntegerField(_("omzet setahun (rupiah)"), null=True, blank=True)
    capital_idr = models.BigIntegerField(_("modal tanpa tanah dan bangunan (rupiah)"), null=True, blank=True)
    established_year = models.PositiveSmallIntegerField(_("tahun berdiri"), null=True, blank=True)
    status = models.CharField(
        _("status"), max_length=8, choices=EnterpriseStatus, default=EnterpriseStatus.PENDING, editable=False
    )
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("digabung ke"),
    )

    objects = EnterpriseQuerySet.as_manager()

    class Meta:
        verbose_name = _("pelaku usaha")
        verbose_name_plural = _("pelaku usaha")
        permissions = [("verify_enterprise", "Can verify"), ("merge_enterprise", "Can merge duplicates")]
        indexes = [models.Index(fields=["ward", "status"]), models.Index(fields=["name"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(status=EnterpriseStatus.MERGED, merged_into__isnull=False)
                | (~Q(status=EnterpriseStatus.MERGED) & Q(merged_into__isnull=True)),
                name="enterprise_merged_has_target",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("pk")),
                name="enterprise_not_merged_into_itself",
            ),
            models.CheckConstraint(
                condition=WHOLE_POSITION_OR_NONE,
                name="enterprise_point_on_earth",
            ),
            models.CheckConstraint(
                condition=Q(annual_sales_idr__isnull=True) | Q(annual_sales_idr__gte=0),
                name="enterprise_sales_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(capital_idr__isnull=True) | Q(capital_idr__gte=0), name="enterprise_capital_not_negative"
            ),
        ]
        triggers = [
            states.guard("status", rules.ENTERPRISE_TRANSITIONS),
            pgtrigger.Protect(
                name="merged_is_closed",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__status=EnterpriseStatus.MERGED.value),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("enterprise", args=[self.public_id])

    @property
    def technique_names(self) -> list[str]:
        return [str(Technique(code).label) for code in self.techniques]

    @property
    def tone(self) -> str:
        """The colour of the status in the house style."""
        return STATUS_TONES[EnterpriseStatus(self.status)]

    @property
    def size_by_law(self) -> SizeClass | None:
        return rules.size_by_law(annual_sales_idr=self.annual_sales_idr, capital_idr=self.capital_idr)

    @property
    def size_by_workers(self) -> SizeClass | None:
        return rules.size_by_workers(self.workers_count)


@audit.tracked
class EnterpriseIdentifier(Entity):
    """A number by which others know the enterprise: NIB, NPWP, brand, Batikmark …"""

    enterprise = models.ForeignKey(
        Enterprise, on_delete=models.CASCADE, related_name="identifiers", verbose_name=_("pelaku usaha")
    )
    kind = models.CharField(_("jenis"), max_length=10, choices=IdentifierKind)
    value = models.CharField(_("nomor"), max_length=60)
    expires_on = models.DateField(_("berlaku sampai"), null=True, blank=True)
    verified_at = models.DateTimeField(_("diperiksa pada"), null=True, blank=True, editable=False)
    verified_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("diperiksa oleh"),
    )

    class Meta:
        verbose_name = _("nomor pengenal usaha")
        verbose_name_plural = _("nomor pengenal usaha")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "value"], condition=Q(verified_at__isnull=False), name="identifier_unique_once_verified"
            ),
            models.UniqueConstraint(fields=["enterprise", "kind", "value"], name="identifier_once_per_enterprise"),
            models.CheckConstraint(
                condition=~Q(kind=IdentifierKind.NIB) | Q(value__regex=r"^[0-9]{13}$"), name="identifier_nib_13_digits"
            ),
            models.CheckConstraint(
                condition=Q(verified_at__isnull=True, verified_by__isnull=True)
                | Q(verified_at__isnull=False, verified_by__isnull=False),
                name="identifier_verified_by_and_at",
            ),
        ]
        triggers = [
            # What was verified stays as it was seen; a new number is a new row.
            pgtrigger.Protect(
                name="verified_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.verified_at IS NOT NULL AND (OLD.kind, OLD.value, OLD.verified_at, OLD.verified_by_id)"
                    " IS DISTINCT FROM (NEW.kind, NEW.value, NEW.verified_at, NEW.verified_by_id)"
                ),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.value}"


@audit.tracked
class EnterpriseMembership(Entity):
    """Who may act for the enterprise. The last owner of an enterprise cannot leave (actions/enterprises.py)."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("pengguna"))
    enterprise = models.ForeignKey(
        Enterprise, on_delete=models.CASCADE, related_name="memberships", verbose_name=_("pelaku usaha")
    )
    role = models.CharField(_("sebagai"), max_length=5, choices=MembershipRole, default=MembershipRole.OWNER)
    valid_from = models.DateField(_("sejak"))
    valid_until = models.DateField(_("sampai"), null=True, blank=True)

    class Meta:
        verbose_name = _("anggota usaha")
        verbose_name_plural = _("anggota usaha")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "enterprise"], condition=Q(valid_until__isnull=True), name="membership_open_once"
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")), name="membership_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.enterprise}"


@audit.tracked
class EnterpriseDocument(Entity):
    """A paper of the enterprise, kept once and reused by every application."""

    enterprise = models.ForeignKey(
        Enterprise, on_delete=models.CASCADE, related_name="documents", verbose_name=_("pelaku usaha")
    )
    kind = models.CharField(_("jenis"), max_length=12, choices=DocumentKind)
    number = models.CharField(_("nomor"), max_length=60, blank=True)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+", verbose_name=_("berkas"))
    valid_until = models.DateField(_("berlaku sampai"), null=True, blank=True)
    verification = models.CharField(_("pemeriksaan"), max_length=8, choices=Verification, default=Verification.WAITING)

    class Meta:
        verbose_name = _("dokumen usaha")
        verbose_name_plural = _("dokumen usaha")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}".strip()
