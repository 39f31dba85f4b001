"""Who works for whom, at which step of the craft, and why they left."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from batikportal import audit
from batikportal.models import Enterprise, Entity
from workforce.choices import EngagementRole, ExitReason, PayMode, WorkPlace
from workforce.models.people import Person, not_of_a_merged_person


@audit.tracked
class ProcessStep(models.Model):
    """A step of the craft, in working order, with its local names."""

    code = models.CharField(_("kode"), max_length=3, unique=True)
    position = models.PositiveSmallIntegerField(_("urutan"), unique=True)
    name = models.CharField(_("nama proses"), max_length=60)
    local_names = ArrayField(models.CharField(max_length=40), verbose_name=_("nama setempat"), default=list, blank=True)
    meaning = models.CharField(_("penjelasan"), max_length=150)
    typical_role = models.CharField(_("sebutan pekerja"), max_length=60, blank=True)
    forbidden_under_18 = models.BooleanField(
        _("tidak untuk anak di bawah 18 tahun"),
        default=False,
        help_text=_("Malam panas, air mendidih, atau bahan kimia (Kepmenakertrans 235/2003)."),
    )

    class Meta:
        verbose_name = _("proses batik")
        verbose_name_plural = _("proses batik")
        ordering = ["position"]

    def __str__(self) -> str:
        return self.name


class EngagementQuerySet(models.QuerySet["Engagement"]):
    def visible_to(self, user) -> "EngagementQuerySet":
        """Engagements of people whom the user may see."""
        if not user.has_perm("workforce.view_engagement"):
            return self.none()
        return self.filter(person__in=Person.objects.visible_to(user).order_by().values("pk"))


@audit.tracked
class Engagement(Entity):
    """A person at work for an enterprise, for a principal outside the registry, or on own account.

    Several may be open at a time, one of them the main one. One is open per person and enterprise, but only the action
    says so: merging two enterprises may bring two together. An end is an event with a reason, since the projection of
    the craft counts exits.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="engagements", verbose_name=_("pekerja"))
    enterprise = models.ForeignKey(
        Enterprise,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("pelaku usaha"),
    )
    principal_name = models.CharField(
        _("juragan yang belum terdaftar"),
        max_length=120,
        blank=True,
        help_text=_("Nama dan tempat, bila usahanya belum terdaftar atau berada di luar kota."),
    )
    steps = models.ManyToManyField(ProcessStep, through="EngagementStep", related_name="+", verbose_name=_("proses"))
    role = models.CharField(_("kedudukan"), max_length=12, choices=EngagementRole, default=EngagementRole.WORKER)
    pay_mode = models.CharField(_("sistem upah"), max_length=8, choices=PayMode, blank=True)
    place = models.CharField(_("tempat kerja"), max_length=12, choices=WorkPlace, blank=True)
    from_on = models.DateField(_("sejak"))
    start_is_unknown = models.BooleanField(
        _("mulai lebih awal, tanggalnya tidak diketahui"),
        default=False,
        help_text=_("Centang bila tanggal di atas hanyalah tanggal pencatatan."),
    )
    until_on = models.DateField(_("sampai"), null=True, blank=True, editable=False)
    exit_reason = models.CharField(_("alasan berakhir"), max_length=16, choices=ExitReason, blank=True, editable=False)
    exit_note = models.CharField(_("catatan akhir"), max_length=200, blank=True, editable=False)
    is_main = models.BooleanField(_("pekerjaan utama"), default=True)

    objects = EngagementQuerySet.as_manager()

    class Meta:
        verbose_name = _("hubungan kerja")
        verbose_name_plural = _("hubungan kerja")
        ordering = [F("until_on").desc(nulls_first=True), "-is_main", "-from_on", "-pk"]
        indexes = [
            models.Index(fields=["enterprise", "until_on"]),
            models.Index(fields=["from_on", "until_on"]),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(is_main=True, until_on__isnull=True),
                name="engagement_one_main_open_per_person",
                violation_error_message=_("Pekerja ini sudah punya pekerjaan utama. Kosongkan salah satu tandanya."),
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
                name="engagement_in_order",
                violation_error_message=_("Tanggal akhir mendahului tanggal mulai."),
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True, exit_reason="") | (Q(until_on__isnull=False) & ~Q(exit_reason="")),
                name="engagement_end_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(role=EngagementRole.OWN_ACCOUNT) | Q(enterprise__isnull=False) | ~Q(principal_name=""),
                name="engagement_has_principal_or_own_account",
                violation_error_message=_("Pilih usaha, atau tulis juragan, atau pilih kedudukan “Usaha sendiri”."),
            ),
        ]
        triggers = [not_of_a_merged_person()]

    def __str__(self) -> str:
        return f"{self.person} – {self.principal}"

    @property
    def principal(self) -> str:
        """For whom the person works, as a text."""
        if self.enterprise is not None:
            return self.enterprise.name
        return self.principal_name or str(EngagementRole.OWN_ACCOUNT.label)


@audit.tracked
class EngagementStep(models.Model):
    """A step that a person does in an engagement."""

    engagement = models.ForeignKey(Engagement, on_delete=models.CASCADE, related_name="engagement_steps")
    step = models.ForeignKey(ProcessStep, on_delete=models.PROTECT, related_name="+", verbose_name=_("proses"))

    class Meta:
        verbose_name = _("proses yang dikerjakan")
        verbose_name_plural = _("proses yang dikerjakan")
        ordering = ["step__position"]
        constraints = [models.UniqueConstraint(fields=["engagement", "step"], name="engagementstep_once")]

    def __str__(self) -> str:
        return str(self.step)
