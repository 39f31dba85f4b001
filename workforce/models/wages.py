"""What somebody was paid for a step of the craft, as raw facts with the monthly figure that a method made of them."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from batikportal import audit
from batikportal.models import Entity
from workforce.choices import PayPeriod, PieceUnit, WageEvidence, WageMethod
from workforce.models.engagements import ProcessStep
from workforce.models.people import Person, not_of_a_merged_person
from workforce.rules import wages as rules


def _days_fit_period() -> Q:
    """The table of `rules.MOST_DAYS` as a condition of the database."""
    condition = Q()
    for period, days in rules.MOST_DAYS.items():
        condition |= Q(period=period, days__range=(1, days))
    return condition


class WageObservationQuerySet(models.QuerySet["WageObservation"]):
    def visible_to(self, user) -> "WageObservationQuerySet":
        """Wages of people whom the user may see, for those who may read wages by name."""
        if not user.has_perm("workforce.read_wages"):
            return self.none()
        return self.filter(person__in=Person.objects.visible_to(user).order_by().values("pk"))


@audit.tracked
class WageObservation(Entity):
    """A pay as it was told or seen; the site does not change it, a wrong one is removed and observed anew.

    Wages are personal finance, so no permission of this table begins with "view": nobody gets them along with lists.
    The monthly figures are those of the method version and the dated conversions of the day; None: not enough data.
    """

    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="wage_observations", verbose_name=_("pekerja")
    )
    step = models.ForeignKey(ProcessStep, on_delete=models.PROTECT, related_name="+", verbose_name=_("proses"))
    observed_on = models.DateField(_("tanggal upah diterima"))
    period = models.CharField(_("masa upah"), max_length=8, choices=PayPeriod)
    pieces = models.DecimalField(_("banyaknya"), max_digits=10, decimal_places=2, null=True, blank=True)
    unit = models.CharField(_("dihitung per"), max_length=6, choices=PieceUnit, default=PieceUnit.PIECE)
    rate_idr = models.DecimalField(_("upah per satuan"), max_digits=14, decimal_places=2, null=True, blank=True)
    gross_idr = models.DecimalField(_("upah sebelum potongan"), max_digits=14, decimal_places=2)
    deductions_idr = models.DecimalField(_("potongan"), max_digits=14, decimal_places=2, default=0)
    days = models.PositiveSmallIntegerField(_("hari kerja"))
    week_days = models.PositiveSmallIntegerField(_("hari kerja seminggu"), null=True, blank=True)
    hours_per_day = models.DecimalField(_("jam kerja sehari"), max_digits=4, decimal_places=2, null=True, blank=True)
    evidence = models.CharField(_("dasar"), max_length=16, choices=WageEvidence)
    method = models.CharField(_("cara menghitung"), max_length=12, choices=WageMethod)
    method_version = models.PositiveSmallIntegerField(_("versi cara menghitung"))
    monthly_idr = models.DecimalField(_("penghasilan sebulan"), max_digits=14, decimal_places=2, null=True)
    full_time_idr = models.DecimalField(_("setara penuh waktu"), max_digits=14, decimal_places=2, null=True)

    objects = WageObservationQuerySet.as_manager()

    class Meta:
        verbose_name = _("pengamatan upah")
        verbose_name_plural = _("pengamatan upah")
        default_permissions = ()
        permissions = [
            ("read_wages", "Can read wages of named people"),
            ("record_wages", "Can record and remove observed wages"),
        ]
        ordering = ["-observed_on", "-pk"]
        indexes = [models.Index(fields=["step", "observed_on"])]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "step", "observed_on", "period"],
                name="wageobservation_once",
                violation_error_message=_("Upah ini sudah dicatat. Hapus dahulu yang lama bila keliru."),
            ),
            models.CheckConstraint(
                condition=Q(gross_idr__gt=0, deductions_idr__gte=0, deductions_idr__lte=F("gross_idr")),
                name="wageobservation_deductions_within_pay",
            ),
            # A comparison with NULL is not false to the database, so what must be there is said.
            models.CheckConstraint(
                condition=Q(pieces__isnull=True, rate_idr__isnull=True)
                | Q(
                    pieces__isnull=False,
                    rate_idr__isnull=False,
                    pieces__gt=0,
                    rate_idr__gt=0,
                    gross_idr__gte=F("pieces") * F("rate_idr") - 1,
                ),
                name="wageobservation_pay_covers_pieces",
            ),
            models.CheckConstraint(condition=_days_fit_period(), name="wageobservation_days_fit_period"),
            models.CheckConstraint(
                condition=Q(period=PayPeriod.BATCH, week_days__isnull=False, week_days__range=(1, 7))
                | (~Q(period=PayPeriod.BATCH) & Q(week_days__isnull=True)),
                name="wageobservation_week_of_a_batch",
            ),
            models.CheckConstraint(
                condition=Q(hours_per_day__isnull=True, full_time_idr__isnull=True)
                | Q(hours_per_day__isnull=False, hours_per_day__gt=0, hours_per_day__lte=24),
                name="wageobservation_hours_of_a_day",
            ),
        ]
        triggers = [not_of_a_merged_person()]

    def __str__(self) -> str:
        return f"{self.person} – {self.step} – {self.observed_on:%d-%m-%Y}"

    @property
    def facts(self) -> rules.WageFacts:
        """The raw facts as the rules take them."""
        return rules.WageFacts(
            gross_idr=self.gross_idr,
            period=self.period,
            days=self.days,
            hours_per_day=self.hours_per_day,
            week_days=self.week_days,
            deductions_idr=self.deductions_idr,
        )
