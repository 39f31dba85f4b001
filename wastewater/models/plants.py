"""Where wastewater is treated and where it goes: plants with conflicting figures side by side, connections, waters."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from batikportal import audit, formats
from batikportal.models import Area, Enterprise, Entity
from batikportal.models.area import WHOLE_POSITION_OR_NONE, lies_in
from wastewater.choices import CapacityKind, Confidence, PlantKind, PlantStatus, RiverClass, WaterBodyKind
from wastewater.models.acyclic import NeverInCircle
from wastewater.models.overlaps import never_overlap


class WaterBodyQuerySet(models.QuerySet["WaterBody"]):
    def visible_to(self, user) -> "WaterBodyQuerySet":
        """Rivers and canals are public."""
        return self


@audit.tracked
class WaterBody(Entity):
    """A river or canal that receives wastewater. Without a decree its class is II, and that is marked as assumed."""

    code = models.SlugField(_("kode"), max_length=20, unique=True)
    name = models.CharField(_("nama"), max_length=80, unique=True)
    kind = models.CharField(_("jenis"), max_length=6, choices=WaterBodyKind)
    river_class = models.CharField(_("kelas air"), max_length=3, choices=RiverClass, default=RiverClass.II)
    class_assumed = models.BooleanField(_("kelas diandaikan"), default=True)
    class_basis = models.CharField(_("dasar penetapan kelas"), max_length=200, blank=True)
    flows_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("mengalir ke")
    )
    note = models.TextField(_("catatan"), blank=True)

    objects = WaterBodyQuerySet.as_manager()

    class Meta:
        verbose_name = _("badan air")
        verbose_name_plural = _("badan air")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(flows_into__isnull=True) | ~Q(flows_into=F("pk")),
                name="water_body_not_into_itself",
                violation_error_message=_("Badan air tidak dapat mengalir ke dirinya sendiri."),
            ),
            models.CheckConstraint(
                condition=Q(class_assumed=True) | ~Q(class_basis=""),
                name="water_body_class_has_basis",
                violation_error_message=_("Tulis dasar penetapan kelas, atau tandai bahwa kelasnya diandaikan."),
            ),
        ]
        triggers = [
            NeverInCircle(
                name="water_body_acyclic",
                start="id",
                end="flows_into_id",
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("flows_into_id"),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("wastewater:water", args=[self.public_id])


class TreatmentPlantQuerySet(models.QuerySet["TreatmentPlant"]):
    def visible_to(self, user) -> "TreatmentPlantQuerySet":
        """Plants are public."""
        return self

    def within_reach_of(self, user, permission: str) -> "TreatmentPlantQuerySet":
        """Plants at which the user may do what the permission names: all, or those of the user's areas."""
        if not user.has_perm(permission):
            return self.none()
        return self.filter(lies_in(user.areas_for(permission)))


@audit.tracked
class TreatmentPlant(Entity):
    """A wastewater treatment plant (IPAL). Its capacities are rows of their own, each with its source."""

    code = models.SlugField(_("kode"), max_length=30, unique=True)
    name = models.CharField(_("nama"), max_length=80, unique=True)
    kind = models.CharField(_("jenis"), max_length=10, choices=PlantKind, default=PlantKind.COMMUNAL)
    status = models.CharField(_("keadaan"), max_length=9, choices=PlantStatus, default=PlantStatus.UNKNOWN)
    status_source = models.CharField(_("sumber keadaan"), max_length=200, blank=True)
    ward = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name=_("kelurahan"))
    address = models.CharField(_("alamat"), max_length=200, blank=True)
    latitude = models.DecimalField(_("lintang"), max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(_("bujur"), max_digits=8, decimal_places=5, null=True, blank=True)
    location_estimated = models.BooleanField(_("letak perkiraan"), default=True)
    operator = models.CharField(_("pengelola"), max_length=120, blank=True)
    technology = models.CharField(_("teknologi"), max_length=200, blank=True)
    built_year = models.PositiveSmallIntegerField(_("tahun dibangun"), null=True, blank=True)
    receiving_water = models.ForeignKey(
        WaterBody,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("badan air penerima"),
    )
    note = models.TextField(_("catatan"), blank=True)

    objects = TreatmentPlantQuerySet.as_manager()

    class Meta:
        verbose_name = _("IPAL")
        verbose_name_plural = _("IPAL")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=WHOLE_POSITION_OR_NONE,
                name="plant_point_on_earth",
                violation_error_message=_("Isi lintang dan bujur bersama-sama."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("wastewater:plant", args=[self.public_id])

    @property
    def tone(self) -> str:
        return {"operating": "good", "degraded": "warning", "stopped": "bad"}.get(self.status, "neutral")


@audit.tracked
class PlantCapacity(models.Model):
    """One published figure about what a plant can treat. Sources disagree, so every figure stays with its source."""

    plant = models.ForeignKey(
        TreatmentPlant, on_delete=models.CASCADE, related_name="capacities", verbose_name=_("IPAL")
    )
    kind = models.CharField(_("jenis angka"), max_length=8, choices=CapacityKind, default=CapacityKind.DESIGN)
    capacity_m3_per_day = models.DecimalField(_("kapasitas (m³/hari)"), max_digits=9, decimal_places=2)
    stated_on = models.DateField(_("tanggal sumber"))
    date_is_approximate = models.BooleanField(_("tanggal kira-kira"), default=False)
    origin = models.CharField(_("sumber"), max_length=200)
    confidence = models.CharField(_("keyakinan"), max_length=3, choices=Confidence, default=Confidence.VERIFIED)

    class Meta:
        verbose_name = _("angka kapasitas")
        verbose_name_plural = _("angka kapasitas")
        ordering = ["plant", "-stated_on", "kind"]
        constraints = [
            models.CheckConstraint(
                condition=Q(capacity_m3_per_day__gt=0),
                name="plant_capacity_positive",
                violation_error_message=_("Kapasitas harus lebih dari nol."),
            ),
            models.UniqueConstraint(
                fields=["plant", "kind", "capacity_m3_per_day", "origin"],
                name="plant_capacity_once_per_source",
                violation_error_message=_("Angka ini dari sumber yang sama sudah tercatat."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plant}: {formats.number(self.capacity_m3_per_day)} m³/hari ({self.origin})"


class ConnectionQuerySet(models.QuerySet["Connection"]):
    def visible_to(self, user) -> "ConnectionQuerySet":
        """Staff by role and area of the enterprise; members of an enterprise its own; others none."""
        if user.has_perm("wastewater.view_connection"):
            return self.filter(lies_in(user.areas_for("wastewater.view_connection"), "enterprise__ward"))
        return self.filter(enterprise__in=Enterprise.objects.owned_by(user))


@audit.tracked
class Connection(Entity):
    """An enterprise that sends its wastewater to a plant, with the volume it declares, from one day until another."""

    plant = models.ForeignKey(
        TreatmentPlant, on_delete=models.PROTECT, related_name="connections", verbose_name=_("IPAL")
    )
    enterprise = models.ForeignKey(
        Enterprise, on_delete=models.PROTECT, related_name="+", verbose_name=_("pelaku usaha")
    )
    declared_m3_per_day = models.DecimalField(_("volume dinyatakan (m³/hari)"), max_digits=8, decimal_places=2)
    valid_from = models.DateField(_("sejak"))
    valid_until = models.DateField(_("sampai"), null=True, blank=True)
    note = models.CharField(_("catatan"), max_length=200, blank=True)

    objects = ConnectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("sambungan")
        verbose_name_plural = _("sambungan")
        permissions = [("import_connections", "Can import connections of enterprises")]
        ordering = ["plant", "enterprise"]
        indexes = [models.Index(fields=["enterprise", "valid_until"], name="connection_by_enterprise")]
        constraints = [
            never_overlap(
                "connection_once_at_a_time",
                numbers=("enterprise", "plant"),
                dates=("valid_from", "valid_until"),
                message=_("Usaha ini sudah tersambung ke IPAL tersebut pada masa itu. Akhiri dahulu sambungan lama."),
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="connection_in_order",
                violation_error_message=_("Tanggal akhir harus sesudah tanggal mulai."),
            ),
            models.CheckConstraint(
                condition=Q(declared_m3_per_day__gt=0),
                name="connection_volume_positive",
                violation_error_message=_("Volume harus lebih dari nol."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enterprise} → {self.plant}"
