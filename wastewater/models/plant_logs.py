"""The daily log of a plant: one row per plant and day, and the chemicals that were dosed."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from batikportal import audit, formats
from batikportal.models import Entity
from batikportal.models.area import lies_in
from wastewater.choices.plants import DowntimeCause, FlowMethod
from wastewater.models.plants import TreatmentPlant


@audit.tracked
class Chemical(models.Model):
    """A chemical that plants dose; the list belongs to the office."""

    code = models.SlugField(_("kode"), max_length=20, unique=True)
    name = models.CharField(_("nama"), max_length=60, unique=True)
    name_en = models.CharField(_("nama Inggris"), max_length=60, blank=True)
    display_order = models.PositiveSmallIntegerField(_("urutan tampil"), default=100)
    is_active = models.BooleanField(_("dipakai"), default=True)

    class Meta:
        verbose_name = _("bahan kimia IPAL")
        verbose_name_plural = _("bahan kimia IPAL")
        ordering = ["display_order", "name"]

    def __str__(self) -> str:
        return self.name


class PlantLogQuerySet(models.QuerySet["PlantLog"]):
    def visible_to(self, user) -> "PlantLogQuerySet":
        """Staff by role and area; others none."""
        if not user.has_perm("wastewater.view_plantlog"):
            return self.none()
        return self.filter(lies_in(user.areas_for("wastewater.view_plantlog"), "plant__ward"))


@audit.tracked
class PlantLog(Entity):
    """What was read at a plant on one day. What was not read is empty, never zero; a day without a row is missing."""

    plant = models.ForeignKey(TreatmentPlant, on_delete=models.PROTECT, related_name="logs", verbose_name=_("IPAL"))
    day = models.DateField(_("hari"))
    ph_in = models.DecimalField(_("pH inlet"), max_digits=4, decimal_places=2, null=True, blank=True)
    ph_out = models.DecimalField(_("pH outlet"), max_digits=4, decimal_places=2, null=True, blank=True)
    meter_in = models.DecimalField(_("angka meter inlet (m³)"), max_digits=12, decimal_places=2, null=True, blank=True)
    meter_out = models.DecimalField(
        _("angka meter outlet (m³)"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    inflow_m3 = models.DecimalField(_("air masuk (m³/hari)"), max_digits=9, decimal_places=2, null=True, blank=True)
    inflow_method = models.CharField(_("cara ukur air masuk"), max_length=10, choices=FlowMethod, blank=True)
    outflow_m3 = models.DecimalField(_("air keluar (m³/hari)"), max_digits=9, decimal_places=2, null=True, blank=True)
    outflow_method = models.CharField(_("cara ukur air keluar"), max_length=10, choices=FlowMethod, blank=True)
    downtime_hours = models.DecimalField(_("berhenti (jam)"), max_digits=3, decimal_places=1, null=True, blank=True)
    downtime_cause = models.CharField(_("sebab berhenti"), max_length=11, choices=DowntimeCause, blank=True)
    operator_name = models.CharField(_("petugas IPAL"), max_length=120, blank=True)
    note = models.CharField(_("kejadian dan catatan"), max_length=500, blank=True)

    objects = PlantLogQuerySet.as_manager()

    class Meta:
        verbose_name = _("catatan harian IPAL")
        verbose_name_plural = _("catatan harian IPAL")
        ordering = ["plant", "-day"]
        permissions = [
            ("record_plantlog", "Can keep the daily log of plants"),
            ("import_plantlog", "Can import daily logs of plants"),
        ]
        indexes = [models.Index(fields=["day"], name="plant_log_by_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["plant", "day"],
                name="plant_log_once_per_day",
                violation_error_message=_("Hari ini sudah punya catatan. Ubah catatan yang ada."),
            ),
            models.CheckConstraint(
                condition=(Q(ph_in__isnull=True) | Q(ph_in__range=(0, 14)))
                & (Q(ph_out__isnull=True) | Q(ph_out__range=(0, 14))),
                name="plant_log_ph_on_scale",
                violation_error_message=_("pH harus antara 0 dan 14."),
            ),
            models.CheckConstraint(
                condition=(Q(meter_in__isnull=True) | Q(meter_in__gte=0))
                & (Q(meter_out__isnull=True) | Q(meter_out__gte=0))
                & (Q(inflow_m3__isnull=True) | Q(inflow_m3__gte=0))
                & (Q(outflow_m3__isnull=True) | Q(outflow_m3__gte=0)),
                name="plant_log_flow_not_negative",
                violation_error_message=_("Debit dan angka meter tidak boleh negatif."),
            ),
            models.CheckConstraint(
                condition=(
                    Q(inflow_m3__isnull=True, inflow_method="") | Q(inflow_m3__isnull=False) & ~Q(inflow_method="")
                )
                & (Q(outflow_m3__isnull=True, outflow_method="") | Q(outflow_m3__isnull=False) & ~Q(outflow_method="")),
                name="plant_log_flow_says_how",
                violation_error_message=_("Sebut cara ukur untuk debit yang diisi, dan hanya untuk itu."),
            ),
            models.CheckConstraint(
                condition=Q(downtime_hours__isnull=True, downtime_cause="")
                | Q(downtime_hours=0, downtime_cause="")
                | Q(downtime_hours__isnull=False, downtime_hours__gt=0, downtime_hours__lte=24) & ~Q(downtime_cause=""),
                name="plant_log_downtime_says_why",
                violation_error_message=_("IPAL yang berhenti perlu sebab, dan paling lama 24 jam sehari."),
            ),
            models.CheckConstraint(
                condition=Q(ph_in__isnull=False)
                | Q(ph_out__isnull=False)
                | Q(meter_in__isnull=False)
                | Q(meter_out__isnull=False)
                | Q(inflow_m3__isnull=False)
                | Q(outflow_m3__isnull=False)
                | Q(downtime_hours__isnull=False)
                | ~Q(note=""),
                name="plant_log_says_something",
                violation_error_message=_("Catatan masih kosong. Isi sedikitnya satu angka atau catatan."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plant}, {formats.short_day(self.day)}"

    def get_absolute_url(self) -> str:
        return reverse("wastewater:plant-log-day", args=[self.plant.public_id, self.day.isoformat()])


@audit.tracked
class ChemicalDose(models.Model):
    """How much of one chemical a plant dosed on one day."""

    log = models.ForeignKey(PlantLog, on_delete=models.CASCADE, related_name="doses", verbose_name=_("catatan harian"))
    chemical = models.ForeignKey(Chemical, on_delete=models.PROTECT, related_name="+", verbose_name=_("bahan kimia"))
    kg = models.DecimalField(_("jumlah (kg)"), max_digits=8, decimal_places=2)

    class Meta:
        verbose_name = _("bahan kimia yang dipakai")
        verbose_name_plural = _("bahan kimia yang dipakai")
        ordering = ["log", "chemical__display_order"]
        constraints = [
            models.UniqueConstraint(
                fields=["log", "chemical"],
                name="dose_once_per_day",
                violation_error_message=_("Bahan ini sudah dicatat pada hari itu."),
            ),
            models.CheckConstraint(
                condition=Q(kg__gt=0),
                name="dose_positive",
                violation_error_message=_("Jumlah harus lebih dari nol; kosongkan bila tidak dipakai."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.chemical}: {formats.number(self.kg)} kg"
