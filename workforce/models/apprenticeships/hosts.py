"""Who takes apprentices: an enterprise, several together, and the offers of owners."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from batikportal import audit
from batikportal.models import Enterprise, Entity
from batikportal.models.area import lies_in
from workforce.choices.apprenticeship import HostOfferState
from workforce.models.engagements import ProcessStep


@audit.tracked
class HostGroup(Entity):
    """Several enterprises that host together, so that the cap of the regulation is computed over all of them."""

    name = models.CharField(_("nama kelompok"), max_length=120, unique=True)
    coordinator = models.CharField(
        _("penyelenggara bersama"),
        max_length=120,
        blank=True,
        help_text=_("Misalnya kampung batik, koperasi, LKP, BLK."),
    )

    class Meta:
        verbose_name = _("kelompok tempat magang")
        verbose_name_plural = _("kelompok tempat magang")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


@audit.tracked
class HostGroupMember(Entity):
    """An enterprise in a group from a day on; in one group at a time."""

    group = models.ForeignKey(HostGroup, on_delete=models.PROTECT, related_name="members", verbose_name=_("kelompok"))
    enterprise = models.ForeignKey(
        Enterprise, on_delete=models.PROTECT, related_name="+", verbose_name=_("pelaku usaha")
    )
    from_on = models.DateField(_("sejak"))
    until_on = models.DateField(_("sampai"), null=True, blank=True)

    class Meta:
        verbose_name = _("anggota kelompok")
        verbose_name_plural = _("anggota kelompok")
        ordering = ["enterprise__name", "pk"]
        constraints = [
            ExclusionConstraint(
                name="hostgroupmember_one_group_a_day",
                expressions=[
                    (
                        Func(
                            F("enterprise"),
                            F("enterprise"),
                            Value("[]"),
                            function="int8range",
                            output_field=BigIntegerRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                    (
                        Func(
                            F("from_on"),
                            F("until_on"),
                            Value("[]"),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message=_("Usaha ini sudah menjadi anggota kelompok tempat magang."),
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")), name="hostgroupmember_in_order"
            ),
        ]

    def __str__(self) -> str:
        return str(self.enterprise)


class HostOfferQuerySet(models.QuerySet["HostOffer"]):
    def visible_to(self, user) -> "HostOfferQuerySet":
        """Staff by role and area, members those of their own enterprises, others none."""
        if user.has_perm("workforce.read_placement"):
            return self.filter(lies_in(user.areas_for("workforce.read_placement"), "enterprise__ward"))
        return self.filter(enterprise__in=Enterprise.objects.known_to(user))


@audit.tracked
class HostOffer(Entity):
    """An owner says: I can take so many to learn these steps."""

    enterprise = models.ForeignKey(
        Enterprise, on_delete=models.PROTECT, related_name="+", verbose_name=_("pelaku usaha")
    )
    steps = models.ManyToManyField(ProcessStep, related_name="+", verbose_name=_("proses yang dapat diajarkan"))
    seats = models.PositiveSmallIntegerField(_("berapa orang"))
    mentor_name = models.CharField(_("siapa yang membimbing"), max_length=120)
    note = models.CharField(_("catatan"), max_length=300, blank=True)
    state = models.CharField(
        _("keadaan"), max_length=9, choices=HostOfferState, default=HostOfferState.OPEN, editable=False
    )
    answer = models.CharField(_("jawaban petugas"), max_length=300, blank=True, editable=False)
    answered_at = models.DateTimeField(_("dijawab pada"), null=True, blank=True, editable=False)

    objects = HostOfferQuerySet.as_manager()

    class Meta:
        verbose_name = _("tawaran tempat magang")
        verbose_name_plural = _("tawaran tempat magang")
        default_permissions = ()
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise"],
                condition=Q(state=HostOfferState.OPEN),
                name="hostoffer_one_open_per_enterprise",
            ),
            models.CheckConstraint(condition=Q(seats__gt=0), name="hostoffer_has_seats"),
            models.CheckConstraint(
                condition=Q(state__in=[HostOfferState.OPEN, HostOfferState.WITHDRAWN], answered_at__isnull=True)
                | Q(state__in=[HostOfferState.ACCEPTED, HostOfferState.DECLINED], answered_at__isnull=False),
                name="hostoffer_answered_by_staff",
            ),
        ]

    def __str__(self) -> str:
        return str(self.enterprise)
