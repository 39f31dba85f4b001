"""Activities (open calls) with their sessions, quotas and eligibility rules."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from batikportal import audit, states
from batikportal.models import Entity
from marketing import rules
from marketing.choices import ActivityState, QuotaKind, RuleCode, SelectionMode, SigningRule
from marketing.models.programme import Programme


class ActivityQuerySet(models.QuerySet["Activity"]):
    def visible_to(self, user) -> "ActivityQuerySet":
        """Staff of the market see every activity; everybody else those that were ever published."""
        if user.has_perm("marketing.view_activity"):
            return self
        return self.filter(published_at__isnull=False)


# The counter of arrivals moves with every application; it says nothing the applications do not say themselves.
@audit.tracked(exclude=["last_arrival"])
class Activity(Entity):
    """One training, coaching or exhibition that enterprises apply for."""

    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, related_name="activities", verbose_name=_("program")
    )
    title = models.CharField(_("nama kegiatan"), max_length=150)
    summary = models.TextField(
        _("ringkasan"), blank=True, help_text=_("Dua atau tiga kalimat: untuk siapa, apa yang didapat.")
    )
    description = models.TextField(_("keterangan lengkap"), blank=True)
    instructions = models.TextField(
        _("petunjuk bagi peserta"), blank=True, help_text=_("Dikirim kepada yang diterima: apa yang dibawa, jam hadir.")
    )
    venue = models.CharField(_("tempat"), max_length=200, blank=True)
    is_online = models.BooleanField(_("daring"), default=False)
    starts_at = models.DateTimeField(_("mulai"))
    ends_at = models.DateTimeField(_("selesai"))
    registration_opens_at = models.DateTimeField(_("pendaftaran dibuka"))
    registration_closes_at = models.DateTimeField(_("pendaftaran ditutup"))
    decision_due_on = models.DateField(_("pengumuman paling lambat"), null=True, blank=True)
    selection_mode = models.CharField(
        _("cara seleksi"), max_length=12, choices=SelectionMode, default=SelectionMode.SELECTED
    )
    signing_rule = models.CharField(
        _("aturan penandatanganan"), max_length=12, choices=SigningRule, default=SigningRule.INDEPENDENT
    )
    motivation_question = models.CharField(
        _("pertanyaan motivasi"),
        max_length=200,
        blank=True,
        help_text=_("Satu pertanyaan singkat untuk pendaftar; kosongkan bila tidak perlu."),
    )
    contact_phone = models.CharField(_("nomor kontak"), max_length=30, blank=True)
    fee_idr = models.PositiveIntegerField(_("biaya peserta (rupiah)"), default=0)
    budget_idr = models.PositiveBigIntegerField(_("anggaran kegiatan (rupiah)"), null=True, blank=True)
    state = models.CharField(
        _("status"), max_length=10, choices=ActivityState, default=ActivityState.DRAFT, editable=False
    )
    published_at = models.DateTimeField(_("terbit pada"), null=True, blank=True, editable=False)
    cancelled_reason = models.CharField(_("alasan pembatalan"), max_length=250, blank=True, editable=False)
    previous = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("kegiatan sebelumnya"),
    )
    last_arrival = models.PositiveIntegerField(_("nomor urut terakhir"), default=0, db_default=0, editable=False)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("kegiatan")
        verbose_name_plural = _("kegiatan")
        permissions = [("publish_activity", "Can publish, close, finish and cancel")]
        indexes = [
            models.Index(fields=["state", "registration_closes_at"]),
            models.Index(fields=["starts_at"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(registration_closes_at__gt=F("registration_opens_at")), name="activity_window_in_order"
            ),
            models.CheckConstraint(
                condition=Q(starts_at__gte=F("registration_closes_at")), name="activity_starts_after_window"
            ),
            models.CheckConstraint(condition=Q(ends_at__gte=F("starts_at")), name="activity_ends_after_start"),
            models.CheckConstraint(
                condition=Q(state__in=[ActivityState.DRAFT, ActivityState.CANCELLED]) | Q(published_at__isnull=False),
                name="activity_published_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(state=ActivityState.CANCELLED) | ~Q(cancelled_reason=""),
                name="activity_cancelled_has_reason",
            ),
        ]
        triggers = [states.guard("state", rules.ACTIVITY_TRANSITIONS)]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The public page of the call."""
        return reverse("marketing:activity-page", args=[self.public_id])

    def window(self, at) -> rules.Window:
        """Where ``at`` stands against the registration window."""
        return rules.window(
            state=self.state, opens_at=self.registration_opens_at, closes_at=self.registration_closes_at, at=at
        )

    @property
    def is_first_come(self) -> bool:
        return self.selection_mode == SelectionMode.FIRST_COME


@audit.tracked
class Session(models.Model):
    """A part of an activity with its own time, such as one day of a course."""

    activity = models.ForeignKey(
        Activity, on_delete=models.CASCADE, related_name="sessions", verbose_name=_("kegiatan")
    )
    title = models.CharField(_("judul sesi"), max_length=120)
    starts_at = models.DateTimeField(_("mulai"))
    ends_at = models.DateTimeField(_("selesai"))
    venue = models.CharField(_("tempat, bila lain"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("sesi")
        verbose_name_plural = _("sesi")
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="session_ends_after_start"),
            models.UniqueConstraint(fields=["activity", "starts_at", "title"], name="session_once"),
        ]

    def __str__(self) -> str:
        return self.title


# The counter moves with every seat; who holds seats is in the history of the applications.
@audit.tracked(exclude=["taken"])
class Quota(models.Model):
    """An upper limit of seats for those who meet its predicate; ``taken`` is moved by actions/seats.py alone."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="quotas", verbose_name=_("kegiatan"))
    kind = models.CharField(_("untuk"), max_length=12, choices=QuotaKind, default=QuotaKind.ALL)
    value = models.CharField(
        _("kode wilayah atau teknik"),
        max_length=20,
        blank=True,
        help_text=_("Kode kelurahan atau kecamatan (contoh 33.75.02.1004), atau teknik (tulis, cap, combination)."),
    )
    negated = models.BooleanField(
        _("dibalik"),
        default=False,
        help_text=_("Membatasi yang TIDAK memenuhi, sehingga sisa kursi terjaga bagi yang memenuhi."),
    )
    size = models.PositiveIntegerField(_("kursi"))
    taken = models.PositiveIntegerField(_("terisi"), default=0, db_default=0, editable=False)

    class Meta:
        verbose_name = _("kuota")
        verbose_name_plural = _("kuota")
        constraints = [
            models.CheckConstraint(
                condition=Q(taken__gte=0, taken__lte=F("size")),
                name="quota_never_oversold",
                violation_error_message=_("Kursi tidak boleh kurang dari yang sudah terisi."),
            ),
            models.CheckConstraint(condition=Q(size__gt=0), name="quota_has_seats"),
            models.UniqueConstraint(
                fields=["activity", "kind", "value", "negated"],
                name="quota_predicate_once",
                violation_error_message=_("Kuota yang sama sudah ada."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.value}: {self.size}".replace(" :", ":")

    def as_seats(self) -> rules.Seats:
        """This quota as the arithmetic that rules work with."""
        return rules.Seats(self.pk, self.kind, self.value, self.negated, self.size, self.taken)


@audit.tracked
class EligibilityRule(models.Model):
    """A condition that an applicant is told about before, and judged by at, submission."""

    activity = models.ForeignKey(
        Activity, on_delete=models.CASCADE, related_name="eligibility_rules", verbose_name=_("kegiatan")
    )
    position = models.PositiveSmallIntegerField(_("urutan"), default=0)
    code = models.CharField(_("syarat"), max_length=20, choices=RuleCode)
    number = models.PositiveSmallIntegerField(
        _("angka"), null=True, blank=True, help_text=_("Tahun atau pekerja, bila syaratnya memakai angka.")
    )
    options = ArrayField(
        models.CharField(max_length=20),
        verbose_name=_("pilihan"),
        default=list,
        blank=True,
        help_text=_("Kode pilihan dipisah koma, contoh micro,small atau brand,batikmark."),
    )
    is_blocking = models.BooleanField(
        _("wajib"), default=True, help_text=_("Bila tidak wajib, pendaftar tetap dapat mengirim dan petugas menimbang.")
    )

    class Meta:
        verbose_name = _("syarat")
        verbose_name_plural = _("syarat")
        constraints = [
            models.UniqueConstraint(fields=["activity", "code", "options"], name="eligibility_rule_once"),
        ]

    def __str__(self) -> str:
        return rules.requirement_text(self.as_requirement())

    def as_requirement(self) -> rules.Requirement:
        """This row as what rules judge by."""
        return rules.Requirement(self.code, self.number, tuple(self.options), self.is_blocking, self.pk)
