"""Who must sample or report what and by when: kinds of duty, schedules, report duties, what is owed for a period."""

from datetime import date

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from batikportal import audit, formats, states
from batikportal.models import Entity, StoredFile
from wastewater.choices import Confidence
from wastewater.choices.duties import Frequency, FulfilledBy, ObligationState
from wastewater.models.overlaps import never_overlap
from wastewater.models.points import DischargePoint
from wastewater.models.samples import Sample
from wastewater.models.standards import Parameter
from wastewater.models.subjects import OfSubject, OfSubjectQuerySet, one_subject
from wastewater.rules.obligations import OBLIGATION_TRANSITIONS

LONGEST_GRACE_DAYS = 366


def _validity_in_order(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
        name=name,
        violation_error_message=_("Tanggal akhir harus sesudah tanggal mulai."),
    )


class DueRule(models.Model):
    """Abstract: how often, until which day of the period, and how many days of grace."""

    frequency = models.CharField(_("seberapa sering"), max_length=9, choices=Frequency)
    due_day = models.PositiveSmallIntegerField(
        _("hari ke- dalam masa"),
        null=True,
        blank=True,
        help_text=_("1 adalah hari pertama bulan, triwulan, semester atau tahun itu. Kosong berarti hari terakhirnya."),
    )
    grace_days = models.PositiveSmallIntegerField(
        _("hari tenggang"),
        default=0,
        help_text=_("Sesudah hari itu, masih sekian hari sebelum diam menjadi pelanggaran."),
    )
    legal_basis = models.CharField(_("dasar hukum"), max_length=250)
    confidence = models.CharField(_("keyakinan"), max_length=3, choices=Confidence, default=Confidence.MEMORY)
    valid_from = models.DateField(_("berlaku sejak"))
    valid_until = models.DateField(_("berlaku sampai"), null=True, blank=True)

    class Meta:
        abstract = True


def _due_rule_makes_sense(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=(Q(due_day__isnull=True) | Q(due_day__range=(1, 366))) & Q(grace_days__lte=LONGEST_GRACE_DAYS),
        name=name,
        violation_error_message=_("Hari dalam masa paling kecil 1, dan tenggang paling lama 366 hari."),
    )


@audit.tracked
class DutyKind(Entity):
    """A kind of duty, such as the monthly effluent test or the quarterly report; its terms are dated rows."""

    code = models.SlugField(_("kode"), max_length=40, unique=True)
    name = models.CharField(_("nama kewajiban"), max_length=120, unique=True)
    name_en = models.CharField(_("nama Inggris"), max_length=120, blank=True)
    fulfilled_by = models.CharField(_("dipenuhi dengan"), max_length=8, choices=FulfilledBy)
    how_to = models.TextField(_("cara memenuhinya"), help_text=_("Dibaca pemilik usaha di halamannya."))
    how_to_en = models.TextField(_("cara memenuhinya, Inggris"), blank=True)
    remind_days = models.PositiveSmallIntegerField(
        _("diingatkan sekian hari sebelumnya"), default=7, help_text=_("0 berarti tidak diingatkan.")
    )
    display_order = models.PositiveSmallIntegerField(_("urutan tampil"), default=100)

    class Meta:
        verbose_name = _("jenis kewajiban")
        verbose_name_plural = _("jenis kewajiban")
        ordering = ["display_order", "code"]

    def __str__(self) -> str:
        return self.name_en if self.name_en and (get_language() or "").startswith("en") else self.name

    @property
    def instructions(self) -> str:
        """How to fulfil it, in the reader's language."""
        return self.how_to_en if self.how_to_en and (get_language() or "").startswith("en") else self.how_to


@audit.tracked
class DutyTerm(DueRule):
    """What the law asks of a kind of duty during some years; a change ends the row and starts another."""

    kind = models.ForeignKey(DutyKind, on_delete=models.PROTECT, related_name="terms", verbose_name=_("kewajiban"))

    class Meta:
        verbose_name = _("ketentuan kewajiban")
        verbose_name_plural = _("ketentuan kewajiban")
        ordering = ["kind", "-valid_from"]
        constraints = [
            never_overlap(
                "duty_term_once_at_a_time",
                numbers=("kind",),
                dates=("valid_from", "valid_until"),
                message=_("Ketentuan kewajiban ini sudah ada pada masa itu. Akhiri dahulu yang lama."),
            ),
            _validity_in_order("duty_term_in_order"),
            _due_rule_makes_sense("duty_term_due_rule"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} ({self.get_frequency_display()})"


@audit.tracked
class ParameterSet(Entity):
    """Parameters that are sampled together."""

    code = models.SlugField(_("kode"), max_length=40, unique=True)
    name = models.CharField(_("nama"), max_length=80, unique=True)
    name_en = models.CharField(_("nama Inggris"), max_length=80, blank=True)
    parameters = models.ManyToManyField(Parameter, related_name="+", verbose_name=_("parameter"))

    class Meta:
        verbose_name = _("kelompok parameter pemantauan")
        verbose_name_plural = _("kelompok parameter pemantauan")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name_en if self.name_en and (get_language() or "").startswith("en") else self.name


class MonitoringScheduleQuerySet(models.QuerySet["MonitoringSchedule"]):
    def visible_to(self, user) -> "MonitoringScheduleQuerySet":
        """By role and area; members of an enterprise those of its own points; others none."""
        return self.filter(point__in=DischargePoint.objects.visible_to(user))


@audit.tracked
class MonitoringSchedule(Entity, DueRule):
    """How often a point is sampled for a set of parameters; with a kind of duty, its owner owes every sample."""

    point = models.ForeignKey(
        DischargePoint, on_delete=models.PROTECT, related_name="+", verbose_name=_("titik pantau")
    )
    parameter_set = models.ForeignKey(
        ParameterSet, on_delete=models.PROTECT, related_name="+", verbose_name=_("kelompok parameter")
    )
    kind = models.ForeignKey(
        DutyKind,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("kewajiban yang dipenuhi"),
        help_text=_("Kosong untuk pemantauan dinas sendiri, misalnya sungai: direncanakan, tetapi tidak ditagih."),
    )
    note = models.CharField(_("catatan"), max_length=200, blank=True)

    objects = MonitoringScheduleQuerySet.as_manager()

    class Meta:
        verbose_name = _("jadwal pemantauan")
        verbose_name_plural = _("jadwal pemantauan")
        ordering = ["point__code", "parameter_set", "-valid_from"]
        permissions = [("plan_sample", "Can generate samples from the plan")]
        constraints = [
            never_overlap(
                "monitoring_schedule_once_at_a_time",
                numbers=("point", "parameter_set"),
                dates=("valid_from", "valid_until"),
                message=_(
                    "Titik ini sudah punya jadwal untuk kelompok parameter itu pada masa tersebut. Akhiri yang lama."
                ),
            ),
            _validity_in_order("monitoring_schedule_in_order"),
            _due_rule_makes_sense("monitoring_schedule_due_rule"),
        ]

    def __str__(self) -> str:
        return f"{self.point.code} – {self.parameter_set} ({self.get_frequency_display()})"


@audit.tracked
class PlannedSample(models.Model):
    """Ties a sample to the schedule and the period that it was planned for: one per schedule and period."""

    schedule = models.ForeignKey(
        MonitoringSchedule, on_delete=models.PROTECT, related_name="planned", verbose_name=_("jadwal")
    )
    period_start = models.DateField(_("awal masa"))
    period_end = models.DateField(_("akhir masa"))
    sample = models.OneToOneField(Sample, on_delete=models.PROTECT, related_name="+", verbose_name=_("sampel"))

    class Meta:
        verbose_name = _("sampel terjadwal")
        verbose_name_plural = _("sampel terjadwal")
        constraints = [
            models.UniqueConstraint(fields=["schedule", "period_start"], name="planned_sample_once_per_period"),
            models.CheckConstraint(
                condition=Q(period_end__gt=F("period_start")), name="planned_sample_period_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.schedule}: {formats.month(self.period_start)}"


@audit.tracked
class ReportDuty(Entity, OfSubject):
    """An enterprise or plant that owes the reports of one kind, from one day until another, and by which paper."""

    kind = models.ForeignKey(DutyKind, on_delete=models.PROTECT, related_name="+", verbose_name=_("kewajiban"))
    basis = models.CharField(
        _("dasar bagi usaha ini"), max_length=200, help_text=_("Misalnya nomor UKL-UPL atau persetujuan teknis.")
    )
    valid_from = models.DateField(_("berlaku sejak"))
    valid_until = models.DateField(_("berlaku sampai"), null=True, blank=True)

    objects = OfSubjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("kewajiban lapor")
        verbose_name_plural = _("kewajiban lapor")
        ordering = ["kind", "-valid_from"]
        constraints = [
            one_subject("report_duty_of_one_subject"),
            *(
                never_overlap(
                    f"report_duty_once_per_{owner}",
                    numbers=("kind", owner),
                    dates=("valid_from", "valid_until"),
                    condition=Q(**{f"{owner}__isnull": False}),
                    message=_("Kewajiban ini sudah tercatat pada masa itu. Akhiri dahulu yang lama."),
                )
                for owner in ("enterprise", "plant")
            ),
            _validity_in_order("report_duty_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} – {self.subject}"


# A receipt by sample must be a sample that somebody else verified, of that very point, taken within the period.
_RECEIPT_FITS = """
    IF NEW.sample_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM wastewater_sample s
        WHERE s.id = NEW.sample_id AND s.point_id = NEW.point_id AND s.state IN ('verified', 'published')
          AND (s.taken_at AT TIME ZONE 'Asia/Jakarta')::date BETWEEN NEW.period_start AND NEW.period_end
    ) THEN
        RAISE EXCEPTION 'sample % does not fulfil this obligation', NEW.sample_id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""


@audit.tracked
class Obligation(Entity, OfSubject):
    """What one subject owes for one period. It ends by receipt or by a waiver with a reason and a person."""

    kind = models.ForeignKey(DutyKind, on_delete=models.PROTECT, related_name="+", verbose_name=_("kewajiban"))
    point = models.ForeignKey(
        DischargePoint, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("titik")
    )
    parameter_set = models.ForeignKey(
        ParameterSet, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("kelompok")
    )
    period_start = models.DateField(_("awal masa"))
    period_end = models.DateField(_("akhir masa"))
    due_on = models.DateField(_("paling lambat"))
    legal_basis = models.CharField(_("dasar hukum"), max_length=250)
    state = models.CharField(
        _("keadaan"), max_length=8, choices=ObligationState, default=ObligationState.DUE, editable=False
    )
    reminded_at = models.DateTimeField(_("diingatkan pada"), null=True, blank=True, editable=False)
    received_on = models.DateField(_("diterima pada"), null=True, blank=True, editable=False)
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("diserahkan atau dicatat oleh"),
    )
    days_late = models.PositiveSmallIntegerField(_("hari terlambat"), null=True, blank=True, editable=False)
    sample = models.ForeignKey(
        Sample,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("sampel"),
    )
    document = models.ForeignKey(
        StoredFile,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("berkas laporan"),
    )
    record = models.CharField(_("catatan portal yang memenuhinya"), max_length=80, blank=True, editable=False)
    returned_reason = models.CharField(_("alasan dikembalikan"), max_length=250, blank=True, editable=False)
    waived_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("dibebaskan oleh"),
    )
    waived_on = models.DateField(_("dibebaskan pada"), null=True, blank=True, editable=False)
    waiver_reason = models.CharField(_("alasan dibebaskan"), max_length=250, blank=True, editable=False)

    objects = OfSubjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("kewajiban dalam satu masa")
        verbose_name_plural = _("kewajiban dalam satu masa")
        ordering = ["due_on", "pk"]
        permissions = [
            ("receive_obligation", "Can record and return receipts"),
            ("waive_obligation", "Can waive an obligation"),
        ]
        indexes = [
            models.Index(fields=["due_on"], condition=Q(state=ObligationState.DUE), name="obligation_waiting"),
            models.Index(fields=["enterprise", "due_on"], name="obligation_by_enterprise"),
            models.Index(fields=["plant", "due_on"], name="obligation_by_plant"),
        ]
        constraints = [
            one_subject("obligation_of_one_subject"),
            models.UniqueConstraint(
                fields=["kind", "enterprise", "plant", "point", "parameter_set", "period_start"],
                nulls_distinct=False,
                name="obligation_once_per_period",
                violation_error_message=_("Kewajiban ini untuk masa itu sudah ada."),
            ),
            models.CheckConstraint(condition=Q(period_end__gt=F("period_start")), name="obligation_period_in_order"),
            models.CheckConstraint(condition=Q(due_on__gte=F("period_start")), name="obligation_due_not_before_period"),
            models.CheckConstraint(
                condition=Q(state=ObligationState.RECEIVED, received_on__isnull=False, days_late__isnull=False)
                & (
                    Q(sample__isnull=False, document__isnull=True, record="")
                    | Q(sample__isnull=True, document__isnull=False, record="")
                    | Q(sample__isnull=True, document__isnull=True) & ~Q(record="")
                )
                | ~Q(state=ObligationState.RECEIVED)
                & Q(
                    received_on__isnull=True,
                    days_late__isnull=True,
                    sample__isnull=True,
                    document__isnull=True,
                    record="",
                    received_by__isnull=True,
                ),
                name="obligation_received_names_receipt",
            ),
            models.CheckConstraint(
                condition=Q(state=ObligationState.WAIVED, waived_by__isnull=False, waived_on__isnull=False)
                & ~Q(waiver_reason="")
                | ~Q(state=ObligationState.WAIVED)
                & Q(waived_by__isnull=True, waived_on__isnull=True, waiver_reason=""),
                name="obligation_waived_names_reason",
            ),
        ]
        triggers = [
            states.guard("state", OBLIGATION_TRANSITIONS),
            pgtrigger.Trigger(
                name="receipt_fits",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.Before,
                func=_RECEIPT_FITS,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}, {self.period_words}"

    def get_absolute_url(self) -> str:
        return reverse("wastewater:obligation", args=[self.public_id])

    @property
    def period_words(self) -> str:
        """November 2026, or the first and last month of a longer period."""
        first, last = formats.month(self.period_start), formats.month(self.period_end)
        return first if first == last else f"{first} – {last}"

    @property
    def tone(self) -> str:
        return {"received": "good", "waived": "neutral"}.get(self.state, "info")

    def is_late(self, today: date) -> bool:
        return self.state == ObligationState.DUE and self.due_on < today


@audit.tracked
class ReminderSubscription(models.Model):
    """An officer who asked to be told of what is overdue or falls due; at most one message a day."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("petugas")
    )
    since = models.DateField(_("sejak"))
    last_sent_on = models.DateField(_("terakhir dikirimi"), null=True, blank=True)

    class Meta:
        verbose_name = _("langganan pengingat")
        verbose_name_plural = _("langganan pengingat")

    def __str__(self) -> str:
        return str(self.user)
