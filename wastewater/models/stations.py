"""Sensor stations: who may send rows, with which secret, judged by which dated rule."""

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from batikportal import audit
from batikportal.encryption import EncryptedTextField
from batikportal.models import Enterprise, Entity
from batikportal.models.area import lies_in
from wastewater.choices import Confidence
from wastewater.choices.sensors import FlowUnit, SensorParameter, StationStatus
from wastewater.models.overlaps import never_overlap
from wastewater.models.points import DischargePoint

UID = RegexValidator(
    r"^[A-Za-z0-9][A-Za-z0-9._-]{2,39}\Z", _("3–40 huruf, angka, titik, garis bawah atau tanda hubung.")
)


def every_parameter() -> list[str]:
    return list(SensorParameter.values)


@audit.tracked
class SensorRule(models.Model):
    """How rows become hours and days, and when somebody is told; dated, since the official text was not available."""

    effective_from = models.DateField(_("berlaku sejak"))
    effective_until = models.DateField(_("berlaku sampai"), null=True, blank=True)
    rows_per_hour = models.PositiveSmallIntegerField(
        _("baris per jam"), default=30, help_text=_("30 berarti satu baris setiap dua menit.")
    )
    hour_percent = models.PositiveSmallIntegerField(_("baris sah agar jam sah (%)"), default=75)
    day_percent = models.PositiveSmallIntegerField(_("jam sah agar hari sah (%)"), default=75)
    ph_percent = models.PositiveSmallIntegerField(_("baris pH dalam rentang agar hari memenuhi (%)"), default=100)
    spike_deviations = models.DecimalField(_("lonjakan: simpangan (MAD)"), max_digits=4, decimal_places=1, default=5)
    spike_least = models.PositiveSmallIntegerField(_("lonjakan: paling sedikit pembacaan"), default=10)
    hint_window = models.PositiveSmallIntegerField(_("jendela petunjuk (pembacaan)"), default=30)
    stuck_readings = models.PositiveSmallIntegerField(_("macet: nilai sama berturut-turut"), default=10)
    silent_hours = models.PositiveSmallIntegerField(_("dianggap diam setelah (jam)"), default=3)
    rejected_percent = models.PositiveSmallIntegerField(_("baris ditolak yang perlu diperiksa (%)"), default=10)
    accept_days = models.PositiveSmallIntegerField(_("baris terlambat diterima sampai (hari)"), default=90)
    overlap_hours = models.PositiveSmallIntegerField(_("kunci lama masih diterima setelah diganti (jam)"), default=48)
    legal_basis = models.CharField(_("dasar"), max_length=200)
    confidence = models.CharField(_("keyakinan"), max_length=3, choices=Confidence)

    class Meta:
        verbose_name = _("aturan sensor")
        verbose_name_plural = _("aturan sensor")
        ordering = ["-effective_from"]
        constraints = [
            never_overlap(
                "sensor_rule_one_at_a_time",
                dates=("effective_from", "effective_until"),
                message=_("Sudah ada aturan yang berlaku pada masa itu. Akhiri dahulu aturan lama."),
            ),
            models.CheckConstraint(
                condition=Q(effective_until__isnull=True) | Q(effective_until__gte=F("effective_from")),
                name="sensor_rule_in_order",
                violation_error_message=_("Tanggal akhir harus sesudah tanggal mulai."),
            ),
            models.CheckConstraint(
                condition=Q(
                    hour_percent__range=(1, 100),
                    day_percent__range=(1, 100),
                    ph_percent__range=(1, 100),
                    rejected_percent__range=(1, 100),
                ),
                name="sensor_rule_percent",
                violation_error_message=_("Persen harus antara 1 dan 100."),
            ),
            models.CheckConstraint(
                condition=Q(
                    rows_per_hour__range=(1, 3600),
                    spike_deviations__gt=0,
                    spike_least__gte=3,
                    hint_window__range=(3, 500),
                    stuck_readings__gte=2,
                    silent_hours__gte=1,
                    accept_days__gte=1,
                ),
                name="sensor_rule_sensible",
                violation_error_message=_("Ada angka yang terlalu kecil atau terlalu besar."),
            ),
        ]
        triggers = [pgtrigger.ReadOnly(name="sensor_rule_followed_not_edited", exclude=["effective_until"])]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.effective_from}"


class SensorStationQuerySet(models.QuerySet["SensorStation"]):
    def visible_to(self, user) -> "SensorStationQuerySet":
        """Staff by role and area; members of an enterprise the stations at its points; others none."""
        if user.has_perm("wastewater.view_sensorstation"):
            return self.filter(lies_in(user.areas_for("wastewater.view_sensorstation"), "point__ward"))
        return self.filter(point__enterprise__in=Enterprise.objects.owned_by(user))


@audit.tracked
class SensorStation(Entity):
    """A logger with its sensors at one discharge point, named by its uid in every batch that it sends."""

    uid = models.CharField(_("uid"), max_length=40, unique=True, validators=[UID])
    name = models.CharField(_("nama stasiun"), max_length=120)
    point = models.ForeignKey(
        DischargePoint, on_delete=models.PROTECT, related_name="stations", verbose_name=_("titik pantau")
    )
    expected_parameters = ArrayField(
        models.CharField(max_length=5, choices=SensorParameter),
        verbose_name=_("parameter yang dikirim"),
        default=every_parameter,
    )
    flow_unit = models.CharField(
        _("satuan debit yang dikirim"), max_length=7, choices=FlowUnit, default=FlowUnit.PER_MINUTE
    )
    permit_m3_per_day = models.DecimalField(
        _("debit izin (m³/hari)"), max_digits=9, decimal_places=2, null=True, blank=True
    )
    permit_basis = models.CharField(_("dasar debit izin"), max_length=120, blank=True)
    active_from = models.DateTimeField(_("aktif sejak"))
    active_until = models.DateTimeField(_("aktif sampai"), null=True, blank=True)
    is_published = models.BooleanField(
        _("nilai harian dibuka untuk umum"),
        default=False,
        help_text=_("Hanya untuk stasiun IPAL; stasiun usaha tidak pernah dibuka."),
    )
    note = models.TextField(_("catatan"), blank=True)

    objects = SensorStationQuerySet.as_manager()

    class Meta:
        verbose_name = _("stasiun sensor")
        verbose_name_plural = _("stasiun sensor")
        ordering = ["uid"]
        permissions = [
            ("issue_station_secret", "Can issue and rotate the secret of a sensor station"),
            ("record_sensor_exclusion", "Can exclude rows of a sensor station from its figures"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(active_until__isnull=True) | Q(active_until__gt=F("active_from")),
                name="station_active_in_order",
                violation_error_message=_("Akhir masa aktif harus sesudah awalnya."),
            ),
            models.CheckConstraint(
                condition=Q(permit_m3_per_day__isnull=True) | Q(permit_m3_per_day__gt=0),
                name="station_permit_positive",
                violation_error_message=_("Debit izin harus lebih dari nol; kosongkan bila belum diketahui."),
            ),
            models.CheckConstraint(
                condition=Q(
                    expected_parameters__contained_by=list(SensorParameter.values), expected_parameters__len__gt=0
                ),
                name="station_parameters_known",
                violation_error_message=_("Pilih sedikitnya satu parameter."),
            ),
        ]
        triggers = [pgtrigger.Protect(name="station_never_deleted", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.uid} – {self.name}"

    def get_absolute_url(self) -> str:
        return reverse("wastewater:sensor-station", args=[self.public_id])

    @property
    def status_label(self) -> str:
        """How it stands; wants the annotation `status` of `queries.stations`."""
        return str(StationStatus(self.status).label)  # type: ignore[attr-defined]

    @property
    def tone(self) -> str:
        return {"sending": "good", "silent": "bad", "never": "warning"}.get(self.status, "neutral")  # type: ignore[attr-defined]


@audit.tracked(exclude=["secret"])
class StationSecret(models.Model):
    """A key that signs a station's batches. Encrypted at rest, shown once, followed by another and never changed."""

    station = models.ForeignKey(
        SensorStation, on_delete=models.PROTECT, related_name="secrets", verbose_name=_("stasiun sensor")
    )
    secret = EncryptedTextField(_("kunci"), head=0, tail=0)
    valid_from = models.DateTimeField(_("berlaku sejak"))
    valid_until = models.DateTimeField(_("berlaku sampai"), null=True, blank=True)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("diterbitkan oleh"),
    )

    class Meta:
        verbose_name = _("kunci stasiun")
        verbose_name_plural = _("kunci stasiun")
        ordering = ["-valid_from", "-pk"]
        indexes = [models.Index(fields=["station", "valid_from"], name="secret_by_station")]
        constraints = [
            models.UniqueConstraint(
                fields=["station"], condition=Q(valid_until__isnull=True), name="secret_one_open_per_station"
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")), name="secret_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.station} ({self.valid_from:%Y-%m-%d})"


class StationContact(models.Model):
    """When a station last spoke. Apart from the station, since it changes every hour and needs no history."""

    station = models.OneToOneField(
        SensorStation, on_delete=models.CASCADE, primary_key=True, related_name="contact", verbose_name=_("stasiun")
    )
    last_contact_at = models.DateTimeField(_("kontak terakhir"))
    last_row_at = models.DateTimeField(_("baris terakhir"), null=True)

    class Meta:
        verbose_name = _("kontak stasiun")
        verbose_name_plural = _("kontak stasiun")

    def __str__(self) -> str:
        return str(self.station_id)
