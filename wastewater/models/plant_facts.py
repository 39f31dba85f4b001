"""What stands about a plant on paper: its units in order, its permits, and the settings of plant operation."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from batikportal import audit
from batikportal.models import Entity, StoredFile
from wastewater.choices import Confidence
from wastewater.choices.plants import PermitKind, SettingCode, UnitKind, UnitStatus
from wastewater.models.overlaps import never_overlap
from wastewater.models.plants import TreatmentPlant

_UNIT_TONES = {UnitStatus.WORKING: "good", UnitStatus.DEGRADED: "warning", UnitStatus.BROKEN: "bad"}


@audit.tracked
class PlantUnit(Entity):
    """A unit process of a plant, at its place in the flow of the water."""

    plant = models.ForeignKey(TreatmentPlant, on_delete=models.PROTECT, related_name="units", verbose_name=_("IPAL"))
    position = models.PositiveSmallIntegerField(_("urutan"))
    kind = models.CharField(_("jenis unit"), max_length=14, choices=UnitKind)
    name = models.CharField(_("nama unit"), max_length=80, blank=True)
    volume_m3 = models.DecimalField(_("volume (m³)"), max_digits=9, decimal_places=2, null=True, blank=True)
    status = models.CharField(_("keadaan"), max_length=8, choices=UnitStatus, default=UnitStatus.UNKNOWN)
    valid_from = models.DateField(_("dipakai sejak"), null=True, blank=True)
    valid_until = models.DateField(_("dipakai sampai"), null=True, blank=True)
    note = models.CharField(_("catatan"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("unit IPAL")
        verbose_name_plural = _("unit IPAL")
        ordering = ["plant", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["plant", "position"],
                condition=Q(valid_until__isnull=True),
                name="plant_unit_once_per_position",
                violation_error_message=_("Urutan ini sudah ditempati unit lain yang masih dipakai."),
            ),
            models.CheckConstraint(
                condition=Q(volume_m3__isnull=True) | Q(volume_m3__gt=0),
                name="plant_unit_volume_positive",
                violation_error_message=_("Volume harus lebih dari nol; kosongkan bila belum diketahui."),
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_until__gte=F("valid_from")),
                name="plant_unit_in_order",
                violation_error_message=_("Tanggal akhir harus sesudah tanggal mulai."),
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(self.get_kind_display())

    @property
    def tone(self) -> str:
        return _UNIT_TONES.get(UnitStatus(self.status), "neutral")


@audit.tracked
class PlantPermit(Entity):
    """A permit or certificate of a plant, with its number and how long it is valid."""

    plant = models.ForeignKey(TreatmentPlant, on_delete=models.PROTECT, related_name="permits", verbose_name=_("IPAL"))
    kind = models.CharField(_("jenis"), max_length=13, choices=PermitKind)
    number = models.CharField(_("nomor"), max_length=80)
    issuer = models.CharField(_("penerbit"), max_length=120, blank=True)
    issued_on = models.DateField(_("tanggal terbit"), null=True, blank=True)
    valid_until = models.DateField(
        _("berlaku sampai"), null=True, blank=True, help_text=_("Kosong berarti tanpa batas waktu.")
    )
    permitted_m3_per_day = models.DecimalField(
        _("debit yang diizinkan (m³/hari)"), max_digits=9, decimal_places=2, null=True, blank=True
    )
    file = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("berkas")
    )
    note = models.CharField(_("catatan"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("izin IPAL")
        verbose_name_plural = _("izin IPAL")
        ordering = ["plant", "kind", "-issued_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["plant", "kind", "number"],
                name="plant_permit_once",
                violation_error_message=_("Izin dengan nomor ini sudah tercatat."),
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(issued_on__isnull=True) | Q(valid_until__gte=F("issued_on")),
                name="plant_permit_in_order",
                violation_error_message=_("Akhir masa berlaku harus sesudah tanggal terbit."),
            ),
            models.CheckConstraint(
                condition=Q(permitted_m3_per_day__isnull=True) | Q(permitted_m3_per_day__gt=0),
                name="plant_permit_flow_positive",
                violation_error_message=_("Debit harus lebih dari nol; kosongkan bila tidak disebut."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"


@audit.tracked
class PlantSetting(models.Model):
    """One figure of plant operation from a day on: a management rule unless its basis says otherwise."""

    code = models.CharField(_("pengaturan"), max_length=20, choices=SettingCode)
    value = models.DecimalField(_("nilai"), max_digits=8, decimal_places=2)
    effective_from = models.DateField(_("berlaku sejak"))
    effective_until = models.DateField(_("berlaku sampai"), null=True, blank=True)
    legal_basis = models.CharField(_("dasar"), max_length=200)
    confidence = models.CharField(_("keyakinan"), max_length=3, choices=Confidence, default=Confidence.VERIFIED)

    class Meta:
        verbose_name = _("pengaturan IPAL")
        verbose_name_plural = _("pengaturan IPAL")
        ordering = ["code", "-effective_from"]
        constraints = [
            never_overlap(
                "plant_setting_once_at_a_time",
                texts=("code",),
                dates=("effective_from", "effective_until"),
                message=_("Pengaturan ini sudah ada pada masa itu. Akhiri dahulu yang lama."),
            ),
            models.CheckConstraint(
                condition=Q(effective_until__isnull=True) | Q(effective_until__gte=F("effective_from")),
                name="plant_setting_in_order",
                violation_error_message=_("Tanggal akhir harus sesudah tanggal mulai."),
            ),
            models.CheckConstraint(
                condition=Q(value__gte=0),
                name="plant_setting_not_negative",
                violation_error_message=_("Nilai tidak boleh negatif."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_code_display())
