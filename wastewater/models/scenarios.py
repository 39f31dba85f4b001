"""Scenarios of the plant simulator: a plant or connections that might be built, with every assumption frozen."""

import pgtrigger
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from batikportal import audit
from batikportal.models import Area, Enterprise, Entity
from batikportal.models.area import lies_in
from wastewater.choices import Confidence
from wastewater.choices.scenarios import ScenarioKind, ScenarioReach
from wastewater.choices.volumes import VolumeSource
from wastewater.models.plants import TreatmentPlant


class PlantScenarioQuerySet(models.QuerySet["PlantScenario"]):
    def visible_to(self, user) -> "PlantScenarioQuerySet":
        """Planning staff by role and area of the place; others none."""
        permission = "wastewater.view_plantscenario"
        if not user.has_perm(permission):
            return self.none()
        return self.filter(lies_in(user.areas_for(permission)))


def _volume(label, **more) -> models.DecimalField:
    return models.DecimalField(label, max_digits=12, decimal_places=3, **more)


def _money(label, **more) -> models.DecimalField:
    return models.DecimalField(label, max_digits=15, decimal_places=0, **more)


def _in_order(*names: str, above_zero: bool = False) -> Q:
    low, central, high = names
    start = {f"{low}__gt": 0} if above_zero else {f"{low}__gte": 0}
    return Q(**start, **{f"{central}__gte": F(low), f"{high}__gte": F(central)})


@audit.tracked
class PlantScenario(Entity):
    """One scenario. It stays as it was saved: another idea is a copy, and an old one goes to the archive."""

    name = models.CharField(_("nama skenario"), max_length=120)
    note = models.TextField(_("catatan"), blank=True, max_length=2000)
    kind = models.CharField(_("yang dibangun"), max_length=9, choices=ScenarioKind)
    reach = models.CharField(_("usaha yang dijangkau"), max_length=6, choices=ScenarioReach)
    plant = models.ForeignKey(
        TreatmentPlant, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("IPAL")
    )
    ward = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name=_("kelurahan"))
    latitude = models.DecimalField(_("lintang"), max_digits=8, decimal_places=5)
    longitude = models.DecimalField(_("bujur"), max_digits=8, decimal_places=5)
    location_estimated = models.BooleanField(_("letak perkiraan"), default=False)
    radius_m = models.PositiveIntegerField(_("jarak jangkauan (m)"), null=True, blank=True)

    capacity_m3_per_day = _volume(_("kapasitas (m³/hari)"))
    capacity_basis = models.CharField(_("dasar kapasitas"), max_length=250)
    investment_low_idr = _money(_("investasi paling rendah (rupiah)"))
    investment_idr = _money(_("investasi (rupiah)"))
    investment_high_idr = _money(_("investasi paling tinggi (rupiah)"))
    investment_basis = models.CharField(_("sumber biaya investasi"), max_length=250)
    operation_low_idr_per_year = _money(_("operasi paling rendah (rupiah/tahun)"))
    operation_idr_per_year = _money(_("operasi (rupiah/tahun)"))
    operation_high_idr_per_year = _money(_("operasi paling tinggi (rupiah/tahun)"))
    operation_basis = models.CharField(_("sumber biaya operasi"), max_length=250)
    life_years = models.PositiveSmallIntegerField(
        _("umur (tahun)"), validators=[MinValueValidator(1), MaxValueValidator(100)]
    )

    cod_low_mg_per_l = _volume(_("COD masuk paling rendah (mg/L)"))
    cod_in_mg_per_l = _volume(_("COD masuk (mg/L)"))
    cod_high_mg_per_l = _volume(_("COD masuk paling tinggi (mg/L)"))
    cod_basis = models.CharField(_("dasar COD masuk"), max_length=300)
    cod_confidence = models.CharField(_("keyakinan COD masuk"), max_length=3, choices=Confidence)
    removal_low_per_cent = _volume(_("penyisihan paling rendah (%)"))
    removal_per_cent = _volume(_("penyisihan (%)"))
    removal_high_per_cent = _volume(_("penyisihan paling tinggi (%)"))
    removal_basis = models.CharField(_("dasar penyisihan"), max_length=300)
    removal_confidence = models.CharField(_("keyakinan penyisihan"), max_length=3, choices=Confidence)
    volume_basis = models.CharField(_("dasar volume usaha tanpa angka"), max_length=400, blank=True)

    basis_start = models.DateField(_("neraca sejak"))
    basis_end = models.DateField(_("neraca sampai"))
    city_generated_low = _volume(_("dihasilkan kota paling rendah (m³/hari)"))
    city_generated = _volume(_("dihasilkan kota (m³/hari)"))
    city_generated_high = _volume(_("dihasilkan kota paling tinggi (m³/hari)"))
    city_treated = _volume(_("diolah kota (m³/hari)"))
    city_enterprises = models.PositiveIntegerField(_("usaha di kota"))

    copied_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("disalin dari")
    )
    archived_at = models.DateTimeField(_("diarsipkan pada"), null=True, blank=True, editable=False)
    archived_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("diarsipkan oleh"),
    )

    objects = PlantScenarioQuerySet.as_manager()

    class Meta:
        verbose_name = _("skenario IPAL")
        verbose_name_plural = _("skenario IPAL")
        ordering = ["-created_at", "-pk"]
        permissions = [("plan_plantscenario", "Can save and archive scenarios of the plant simulator")]
        constraints = [
            models.UniqueConstraint(
                fields=["name"],
                condition=Q(archived_at__isnull=True),
                name="scenario_name_once",
                violation_error_message=_("Nama ini sudah dipakai skenario lain. Pilih nama lain."),
            ),
            models.CheckConstraint(
                condition=Q(kind=ScenarioKind.NEW_PLANT, plant__isnull=True)
                | Q(kind=ScenarioKind.CONNECT, plant__isnull=False),
                name="scenario_plant_fits_kind",
            ),
            models.CheckConstraint(
                condition=(Q(reach=ScenarioReach.RADIUS, radius_m__isnull=False, radius_m__gt=0))
                | (~Q(reach=ScenarioReach.RADIUS) & Q(radius_m__isnull=True)),
                name="scenario_radius_fits_reach",
            ),
            models.CheckConstraint(
                condition=Q(latitude__range=(-90, 90), longitude__range=(-180, 180)), name="scenario_on_earth"
            ),
            models.CheckConstraint(condition=Q(capacity_m3_per_day__gt=0), name="scenario_capacity_positive"),
            models.CheckConstraint(
                condition=_in_order("investment_low_idr", "investment_idr", "investment_high_idr"),
                name="scenario_investment_in_order",
            ),
            models.CheckConstraint(
                condition=_in_order(
                    "operation_low_idr_per_year", "operation_idr_per_year", "operation_high_idr_per_year"
                ),
                name="scenario_operation_in_order",
            ),
            models.CheckConstraint(condition=Q(life_years__range=(1, 100)), name="scenario_life_positive"),
            models.CheckConstraint(
                condition=_in_order("cod_low_mg_per_l", "cod_in_mg_per_l", "cod_high_mg_per_l", above_zero=True),
                name="scenario_cod_in_order",
            ),
            models.CheckConstraint(
                condition=_in_order(
                    "removal_low_per_cent", "removal_per_cent", "removal_high_per_cent", above_zero=True
                )
                & Q(removal_high_per_cent__lte=100),
                name="scenario_removal_in_order",
            ),
            models.CheckConstraint(
                condition=_in_order("city_generated_low", "city_generated", "city_generated_high")
                & Q(city_treated__gte=0),
                name="scenario_city_in_order",
            ),
            models.CheckConstraint(condition=Q(basis_end__gte=F("basis_start")), name="scenario_basis_in_order"),
            models.CheckConstraint(
                condition=~Q(capacity_basis="") & ~Q(investment_basis="") & ~Q(operation_basis=""),
                name="scenario_has_sources",
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="scenario_stays_as_saved", exclude=["archived_at", "archived_by"]),
            pgtrigger.Protect(name="scenario_never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("wastewater:scenario", args=[self.public_id])


class ScenarioEnterprise(models.Model):
    """An enterprise that a scenario reaches, and its water that is not treated yet (m³/day), as known when saved."""

    scenario = models.ForeignKey(
        PlantScenario, on_delete=models.PROTECT, related_name="enterprises", verbose_name=_("skenario")
    )
    enterprise = models.ForeignKey(
        Enterprise, on_delete=models.PROTECT, related_name="+", verbose_name=_("pelaku usaha")
    )
    distance_m = models.PositiveIntegerField(_("jarak (m)"))
    location_estimated = models.BooleanField(_("letak perkiraan"))
    source = models.CharField(_("dasar volume"), max_length=10, choices=VolumeSource)
    low_m3_per_day = _volume(_("paling rendah (m³/hari)"))
    m3_per_day = _volume(_("volume (m³/hari)"))
    high_m3_per_day = _volume(_("paling tinggi (m³/hari)"))

    class Meta:
        verbose_name = _("usaha dalam skenario")
        verbose_name_plural = _("usaha dalam skenario")
        ordering = ["scenario", "distance_m", "enterprise"]
        constraints = [
            models.UniqueConstraint(fields=["scenario", "enterprise"], name="scenario_enterprise_once"),
            models.CheckConstraint(
                condition=_in_order("low_m3_per_day", "m3_per_day", "high_m3_per_day"),
                name="scenario_enterprise_in_order",
            ),
        ]
        triggers = [pgtrigger.Protect(name="scenario_enterprise_stays", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.scenario}: {self.enterprise}"
