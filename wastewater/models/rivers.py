"""Rivers and canals as a directed graph without circles: reaches, where they flow, and what stands on them."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from batikportal import audit
from batikportal.models import Entity
from wastewater.choices import Confidence
from wastewater.choices.rivers import Tide, WaterAuthority, Weather
from wastewater.models.acyclic import NeverInCircle
from wastewater.models.plants import WaterBody
from wastewater.models.points import DischargePoint
from wastewater.models.results import RefuseWhenSettled
from wastewater.models.samples import Sample


def _both_or_none(*, latitude: str, longitude: str) -> Q:
    known = Q(**{f"{latitude}__isnull": False, f"{longitude}__isnull": False})
    on_earth = Q(**{f"{latitude}__range": (-90, 90), f"{longitude}__range": (-180, 180)})
    return Q(**{f"{latitude}__isnull": True, f"{longitude}__isnull": True}) | known & on_earth


@audit.tracked
class Reach(Entity):
    """A stretch of one river or canal from one named place to the next; its line is drawn straight between its ends."""

    water_body = models.ForeignKey(
        WaterBody, on_delete=models.PROTECT, related_name="reaches", verbose_name=_("badan air")
    )
    code = models.SlugField(_("kode"), max_length=30, unique=True)
    sequence = models.PositiveSmallIntegerField(_("urutan dari hulu"), help_text=_("1 adalah yang paling hulu."))
    from_place = models.CharField(_("dari"), max_length=80)
    to_place = models.CharField(_("sampai"), max_length=80)
    length_m = models.PositiveIntegerField(
        _("panjang (m)"), null=True, blank=True, help_text=_("Kosongkan bila belum diukur: dipakai jarak lurus.")
    )
    start_latitude = models.DecimalField(_("lintang hulu"), max_digits=8, decimal_places=5, null=True, blank=True)
    start_longitude = models.DecimalField(_("bujur hulu"), max_digits=8, decimal_places=5, null=True, blank=True)
    end_latitude = models.DecimalField(_("lintang hilir"), max_digits=8, decimal_places=5, null=True, blank=True)
    end_longitude = models.DecimalField(_("bujur hilir"), max_digits=8, decimal_places=5, null=True, blank=True)
    authority = models.CharField(_("kewenangan"), max_length=8, choices=WaterAuthority, default=WaterAuthority.UNKNOWN)
    authority_basis = models.CharField(_("dasar kewenangan"), max_length=200, blank=True)
    is_tidal = models.BooleanField(
        _("dipengaruhi pasang (muara)"),
        default=False,
        help_text=_("Baku mutu TDS dan klorida tidak berlaku di muara; keduanya tidak ikut indeks."),
    )
    confidence = models.CharField(_("keyakinan"), max_length=3, choices=Confidence, default=Confidence.LOW)
    origin = models.CharField(_("sumber"), max_length=200)
    note = models.CharField(_("catatan"), max_length=250, blank=True)

    class Meta:
        verbose_name = _("ruas sungai")
        verbose_name_plural = _("ruas sungai")
        ordering = ["water_body__name", "sequence"]
        constraints = [
            models.UniqueConstraint(
                fields=["water_body", "sequence"],
                name="reach_once_per_place_in_order",
                violation_error_message=_("Urutan ini sudah dipakai ruas lain pada badan air yang sama."),
            ),
            models.CheckConstraint(
                condition=Q(length_m__isnull=True) | Q(length_m__gt=0),
                name="reach_length_positive",
                violation_error_message=_("Panjang harus lebih dari nol; kosongkan bila belum diukur."),
            ),
            models.CheckConstraint(
                condition=_both_or_none(latitude="start_latitude", longitude="start_longitude"),
                name="reach_start_on_earth",
                violation_error_message=_("Isi lintang dan bujur hulu bersama-sama."),
            ),
            models.CheckConstraint(
                condition=_both_or_none(latitude="end_latitude", longitude="end_longitude"),
                name="reach_end_on_earth",
                violation_error_message=_("Isi lintang dan bujur hilir bersama-sama."),
            ),
            models.CheckConstraint(
                condition=~Q(origin=""), name="reach_has_source", violation_error_message=_("Tulis sumbernya.")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.water_body}: {self.from_place} – {self.to_place}"

    @property
    def is_estimated(self) -> bool:
        return self.confidence != Confidence.VERIFIED


@audit.tracked
class ReachLink(Entity):
    """Water of one reach that flows on into another; a reach may split, and several may join."""

    upstream = models.ForeignKey(
        Reach, on_delete=models.PROTECT, related_name="links_down", verbose_name=_("dari ruas")
    )
    downstream = models.ForeignKey(
        Reach, on_delete=models.PROTECT, related_name="links_up", verbose_name=_("mengalir ke ruas")
    )
    confidence = models.CharField(_("keyakinan"), max_length=3, choices=Confidence, default=Confidence.LOW)
    origin = models.CharField(_("sumber"), max_length=200)

    class Meta:
        verbose_name = _("aliran antarruas")
        verbose_name_plural = _("aliran antarruas")
        ordering = ["upstream", "downstream"]
        constraints = [
            models.UniqueConstraint(
                fields=["upstream", "downstream"],
                name="reach_link_once",
                violation_error_message=_("Aliran ini sudah tercatat."),
            ),
            models.CheckConstraint(
                condition=~Q(upstream=F("downstream")),
                name="reach_link_not_into_itself",
                violation_error_message=_("Ruas tidak dapat mengalir ke dirinya sendiri."),
            ),
            models.CheckConstraint(
                condition=~Q(origin=""), name="reach_link_has_source", violation_error_message=_("Tulis sumbernya.")
            ),
        ]
        triggers = [
            NeverInCircle(
                name="reach_link_acyclic",
                start="upstream_id",
                end="downstream_id",
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("upstream_id", "downstream_id"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.upstream} → {self.downstream}"


class _SameWater(pgtrigger.Trigger):
    """Refuses a place on a reach of another water than the one the point watches or discharges into."""

    level = pgtrigger.Row
    when = pgtrigger.After

    def get_func(self, model) -> str:
        return """
            IF EXISTS (
                SELECT 1
                FROM wastewater_dischargepoint point, wastewater_reach reach
                WHERE point.id = NEW.point_id AND reach.id = NEW.reach_id
                  AND (COALESCE(point.water_body_id, point.receiving_water_id, reach.water_body_id)
                           <> reach.water_body_id
                       OR NEW.distance_m > reach.length_m)
            ) THEN
                RAISE EXCEPTION 'the place lies outside the reach' USING ERRCODE = 'check_violation';
            END IF;
            RETURN NULL;
        """


@audit.tracked
class ReachSite(Entity):
    """Where a station stands on a reach, or where an outlet enters it, counted from the upstream end."""

    point = models.OneToOneField(
        DischargePoint, on_delete=models.CASCADE, related_name="site", verbose_name=_("titik pantau")
    )
    reach = models.ForeignKey(Reach, on_delete=models.PROTECT, related_name="sites", verbose_name=_("ruas"))
    distance_m = models.PositiveIntegerField(
        _("jarak dari ujung hulu ruas (m)"), null=True, blank=True, help_text=_("Kosong: ditaksir dari letak titik.")
    )
    is_estimated = models.BooleanField(_("perkiraan"), default=True)
    origin = models.CharField(_("sumber"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("letak titik pada ruas")
        verbose_name_plural = _("letak titik pada ruas")
        ordering = ["reach", "distance_m", "point__code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_estimated=True) | ~Q(origin=""),
                name="reach_site_sure_has_source",
                violation_error_message=_("Tulis sumbernya, atau tandai sebagai perkiraan."),
            ),
        ]
        triggers = [
            _SameWater(
                name="reach_site_in_its_water",
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("point_id", "reach_id", "distance_m"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.point} · {self.reach}"


@audit.tracked
class RiverCondition(Entity):
    """Tide and weather when a river sample was taken; frozen together with the results of that sample."""

    sample = models.OneToOneField(
        Sample, on_delete=models.PROTECT, related_name="river_condition", verbose_name=_("sampel")
    )
    tide = models.CharField(_("pasang surut"), max_length=7, choices=Tide, blank=True)
    weather = models.CharField(_("cuaca"), max_length=10, choices=Weather, blank=True)

    class Meta:
        verbose_name = _("keadaan saat pengambilan")
        verbose_name_plural = _("keadaan saat pengambilan")
        constraints = [
            models.CheckConstraint(
                condition=~Q(tide="", weather=""),
                name="river_condition_says_something",
                violation_error_message=_("Isi pasang surut atau cuaca."),
            ),
        ]
        triggers = [
            RefuseWhenSettled(
                name="river_condition_frozen_insert",
                operation=pgtrigger.Insert,
                referencing=pgtrigger.Referencing(new="new_rows"),
                touched="SELECT sample_id FROM new_rows",
            ),
            RefuseWhenSettled(
                name="river_condition_frozen_update",
                operation=pgtrigger.Update,
                referencing=pgtrigger.Referencing(old="old_rows", new="new_rows"),
                touched="SELECT sample_id FROM old_rows UNION SELECT sample_id FROM new_rows",
            ),
            RefuseWhenSettled(
                name="river_condition_frozen_delete",
                operation=pgtrigger.Delete,
                referencing=pgtrigger.Referencing(old="old_rows"),
                touched="SELECT sample_id FROM old_rows",
            ),
        ]

    def __str__(self) -> str:
        return " · ".join(filter(None, [self.get_tide_display(), self.get_weather_display()]))
