"""Where samples are taken: at an enterprise, at a plant, or in a river."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from batikportal import audit
from batikportal.models import Area, Enterprise, Entity
from batikportal.models.area import WHOLE_POSITION_OR_NONE, lies_in
from wastewater.choices import Arrangement, Medium, PointKind, PointPosition, Process
from wastewater.models.plants import TreatmentPlant, WaterBody


class DischargePointQuerySet(models.QuerySet["DischargePoint"]):
    def visible_to(self, user) -> "DischargePointQuerySet":
        """Staff by role and area; members of an enterprise its own points; others none."""
        if user.has_perm("wastewater.view_dischargepoint"):
            return self.filter(lies_in(user.areas_for("wastewater.view_dischargepoint")))
        return self.filter(enterprise__in=Enterprise.objects.owned_by(user))


@audit.tracked
class DischargePoint(Entity):
    """A compliance or monitoring point (titik penaatan, titik pantau) of one enterprise, plant or water body."""

    code = models.CharField(_("kode titik"), max_length=30, unique=True)
    name = models.CharField(_("nama titik"), max_length=120)
    kind = models.CharField(_("jenis titik"), max_length=9, choices=PointKind)
    position = models.CharField(_("posisi di badan air"), max_length=10, choices=PointPosition, blank=True)
    enterprise = models.ForeignKey(
        Enterprise, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("pelaku usaha")
    )
    plant = models.ForeignKey(
        TreatmentPlant, on_delete=models.PROTECT, null=True, blank=True, related_name="points", verbose_name=_("IPAL")
    )
    water_body = models.ForeignKey(
        WaterBody, on_delete=models.PROTECT, null=True, blank=True, related_name="points", verbose_name=_("badan air")
    )
    receiving_water = models.ForeignKey(
        WaterBody, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("dibuang ke")
    )
    ward = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name=_("kelurahan"))
    latitude = models.DecimalField(_("lintang"), max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(_("bujur"), max_digits=8, decimal_places=5, null=True, blank=True)
    location_estimated = models.BooleanField(_("letak perkiraan"), default=True)
    arrangement = models.CharField(_("sistem pengolahan"), max_length=10, choices=Arrangement, default=Arrangement.OWN)
    process = models.CharField(
        _("proses yang dibuang"),
        max_length=12,
        choices=Process,
        blank=True,
        help_text=_("Menentukan beban maksimum. Kosong berarti semua proses keluar lewat titik ini."),
    )
    discharge_m3_per_day = models.DecimalField(
        _("debit (m³/hari)"),
        max_digits=9,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("Menentukan kelas debit: nilai izin bila ada, selain itu rata-rata harian terukur."),
    )
    discharge_basis = models.CharField(_("dasar angka debit"), max_length=120, blank=True)
    is_active = models.BooleanField(_("dipantau"), default=True)

    objects = DischargePointQuerySet.as_manager()

    class Meta:
        verbose_name = _("titik pantau")
        verbose_name_plural = _("titik pantau")
        ordering = ["code"]
        indexes = [models.Index(fields=["enterprise"], name="point_by_enterprise")]
        constraints = [
            models.CheckConstraint(
                condition=Q(enterprise__isnull=False, plant__isnull=True, water_body__isnull=True)
                | Q(enterprise__isnull=True, plant__isnull=False, water_body__isnull=True)
                | Q(enterprise__isnull=True, plant__isnull=True, water_body__isnull=False),
                name="point_of_one_owner",
                violation_error_message=_("Pilih tepat satu: pelaku usaha, IPAL, atau badan air."),
            ),
            models.CheckConstraint(
                condition=Q(kind=PointKind.RECEIVING, water_body__isnull=False)
                | (~Q(kind=PointKind.RECEIVING) & Q(water_body__isnull=True)),
                name="point_kind_fits_owner",
                violation_error_message=_("Titik badan air penerima harus memilih badan air, dan sebaliknya."),
            ),
            models.CheckConstraint(
                condition=Q(position="") | Q(kind=PointKind.RECEIVING),
                name="point_position_only_in_water",
                violation_error_message=_("Hulu, tengah dan hilir hanya untuk titik di badan air."),
            ),
            models.CheckConstraint(
                condition=Q(discharge_m3_per_day__isnull=True) | Q(discharge_m3_per_day__gt=0),
                name="point_discharge_positive",
                violation_error_message=_("Debit harus lebih dari nol; kosongkan bila belum diketahui."),
            ),
            models.CheckConstraint(
                condition=WHOLE_POSITION_OR_NONE,
                name="point_on_earth",
                violation_error_message=_("Isi lintang dan bujur bersama-sama."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} – {self.name}"

    def get_absolute_url(self) -> str:
        return reverse("wastewater:point", args=[self.public_id])

    @property
    def medium(self) -> Medium:
        return Medium.RIVER if self.kind == PointKind.RECEIVING else Medium.EFFLUENT

    @property
    def owner(self) -> Enterprise | TreatmentPlant | WaterBody:
        owner = self.enterprise or self.plant or self.water_body
        assert owner is not None  # noqa: S101 - the constraint point_of_one_owner
        return owner
