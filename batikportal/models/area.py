"""The city's administrative areas, with the codes of both ministries."""

from collections.abc import Iterable

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from batikportal import audit
from batikportal.choices import AreaLevel

# The condition of a row that may have a position: both numbers and on earth, or neither. A comparison with NULL is
# neither true nor false, and a check constraint lets that pass: hence each "is not null".
WHOLE_POSITION_OR_NONE = Q(latitude__isnull=True, longitude__isnull=True) | Q(
    latitude__isnull=False, longitude__isnull=False, latitude__range=(-90, 90), longitude__range=(-180, 180)
)


def lies_in(areas: "Iterable[Area] | None", ward: str = "ward") -> Q:
    """The condition that the ward under the path ``ward`` is one of these areas or lies in one of these districts.

    The areas are those of `User.areas_for`: None means the whole city, and every row meets the condition.
    """
    if areas is None:
        return Q()
    return Q(**{f"{ward}__in": areas}) | Q(**{f"{ward}__parent__in": areas})


@audit.tracked
class Area(models.Model):
    """A city, district (kecamatan) or ward (kelurahan). Never deleted: old reports use the area valid at their date."""

    code = models.CharField(_("kode Kemendagri"), max_length=13)
    bps_code = models.CharField(_("kode BPS"), max_length=10, blank=True)
    level = models.CharField(_("tingkat"), max_length=8, choices=AreaLevel)
    name = models.CharField(_("nama"), max_length=80)
    aliases = ArrayField(models.CharField(max_length=80), verbose_name=_("nama lain"), default=list, blank=True)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("bagian dari")
    )
    latitude = models.DecimalField(_("lintang"), max_digits=8, decimal_places=5)
    longitude = models.DecimalField(_("bujur"), max_digits=8, decimal_places=5)
    decree = models.CharField(_("dasar hukum"), max_length=200, blank=True)
    valid_from = models.DateField(_("berlaku sejak"))
    valid_until = models.DateField(_("berlaku sampai"), null=True, blank=True)

    class Meta:
        verbose_name = _("wilayah")
        verbose_name_plural = _("wilayah")
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(
                fields=["code"], condition=Q(valid_until__isnull=True), name="area_code_unique_while_valid"
            ),
            models.CheckConstraint(
                condition=Q(level=AreaLevel.CITY, parent__isnull=True)
                | (~Q(level=AreaLevel.CITY) & Q(parent__isnull=False)),
                name="area_has_parent_unless_city",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gt=F("valid_from")),
                name="area_validity_in_order",
            ),
            models.CheckConstraint(
                condition=Q(latitude__range=(-90, 90), longitude__range=(-180, 180)), name="area_point_on_earth"
            ),
        ]

    def __str__(self) -> str:
        return self.name


@audit.tracked(exclude=["geometry"])
class AreaBoundary(models.Model):
    """The polygon of an area, as GeoJSON geometry; apart from the area, since it is large and rarely read."""

    area = models.OneToOneField(Area, on_delete=models.CASCADE, related_name="boundary_row", verbose_name=_("wilayah"))
    geometry = models.JSONField(_("geometri GeoJSON"))
    source = models.CharField(_("sumber"), max_length=200)
    loaded_at = models.DateTimeField(_("dimuat pada"))

    class Meta:
        verbose_name = _("batas wilayah")
        verbose_name_plural = _("batas wilayah")
        constraints = [models.CheckConstraint(condition=~Q(source=""), name="area_boundary_has_source")]

    def __str__(self) -> str:
        return str(self.area)
