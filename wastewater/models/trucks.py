"""The suction truck: what it costs, which trucks there are, and what enterprises ask of it."""

import uuid

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, DateTimeRangeField
from django.contrib.postgres.fields.ranges import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from batikportal import audit, formats, states
from batikportal.models import Enterprise, Entity, StoredFile
from batikportal.models.area import lies_in
from wastewater.choices import Confidence
from wastewater.choices.discharge_logs import TruckState
from wastewater.models.overlaps import never_overlap
from wastewater.rules import discharge_logs as rules

# What was taken away stands in the logbook, so it does not change any more; nor does whose tank it was.
_STAYS = """
IF OLD.enterprise_id <> NEW.enterprise_id OR OLD.state = 'done'
    AND (OLD.taken_m3, OLD.done_on, OLD.cost_idr) IS DISTINCT FROM (NEW.taken_m3, NEW.done_on, NEW.cost_idr) THEN
    RAISE EXCEPTION 'a finished visit stays as it was' USING ERRCODE = 'check_violation';
END IF;
RETURN NEW;
"""
_TONES = {
    TruckState.REQUESTED: "warning",
    TruckState.SCHEDULED: "info",
    TruckState.DONE: "good",
    TruckState.REFUSED: "bad",
}


@audit.tracked
class TruckPrice(models.Model):
    """What a visit of the suction truck costs while the price holds, with its source."""

    m3_per_trip = models.DecimalField(_("muatan sekali jalan (m³)"), max_digits=5, decimal_places=2)
    idr_per_hour = models.PositiveIntegerField(_("tarif per jam (rupiah)"))
    effective_from = models.DateField(_("berlaku sejak"))
    effective_until = models.DateField(_("berlaku sampai"), null=True, blank=True)
    origin = models.CharField(_("sumber"), max_length=250)
    confidence = models.CharField(_("keyakinan"), max_length=3, choices=Confidence)

    class Meta:
        verbose_name = _("tarif truk sedot")
        verbose_name_plural = _("tarif truk sedot")
        ordering = ["-effective_from"]
        constraints = [
            never_overlap(
                "truck_price_once_at_a_time",
                dates=("effective_from", "effective_until"),
                message=_("Sudah ada tarif pada masa itu. Akhiri dahulu tarif yang lama."),
            ),
            models.CheckConstraint(
                condition=Q(effective_until__isnull=True) | Q(effective_until__gte=F("effective_from")),
                name="truck_price_in_order",
                violation_error_message=_("Tanggal akhir harus sesudah tanggal mulai."),
            ),
            models.CheckConstraint(
                condition=Q(m3_per_trip__gt=0),
                name="truck_price_trip_positive",
                violation_error_message=_("Muatan harus lebih dari nol."),
            ),
        ]

    def __str__(self) -> str:
        return f"{formats.rupiah(self.idr_per_hour)}/jam"


@audit.tracked
class SuctionTruck(Entity):
    """A truck that empties holding tanks."""

    name = models.CharField(_("nama"), max_length=60, unique=True)
    plate = models.CharField(_("nomor polisi"), max_length=15, blank=True)
    capacity_m3 = models.DecimalField(_("muatan (m³)"), max_digits=5, decimal_places=2)
    is_active = models.BooleanField(_("dipakai"), default=True)

    class Meta:
        verbose_name = _("truk sedot")
        verbose_name_plural = _("truk sedot")
        ordering = ["name"]
        constraints = [models.CheckConstraint(condition=Q(capacity_m3__gt=0), name="truck_capacity_positive")]

    def __str__(self) -> str:
        return f"{self.name} ({self.plate})" if self.plate else self.name


class TruckRequestQuerySet(models.QuerySet["TruckRequest"]):
    def visible_to(self, user) -> "TruckRequestQuerySet":
        """Staff by role and area, members those of their own enterprises, others none."""
        if user.has_perm("wastewater.view_truckrequest"):
            return self.filter(lies_in(user.areas_for("wastewater.view_truckrequest"), "enterprise__ward"))
        return self.filter(enterprise__in=Enterprise.objects.known_to(user))


@audit.tracked
class TruckRequest(Entity):
    """An enterprise asks for its holding tank to be emptied. Its state is moved by actions alone."""

    enterprise = models.ForeignKey(
        Enterprise, on_delete=models.PROTECT, related_name="+", verbose_name=_("pelaku usaha")
    )
    wanted_on = models.DateField(_("diminta untuk tanggal"))
    volume_m3 = models.DecimalField(_("perkiraan volume (m³)"), max_digits=6, decimal_places=2)
    has_holding_tank = models.BooleanField(_("punya bak penampung"))
    access_note = models.CharField(_("jalan masuk dan letak bak"), max_length=250, blank=True)
    state = models.CharField(
        _("keadaan"), max_length=9, choices=TruckState, default=TruckState.REQUESTED, editable=False
    )
    answer_due_on = models.DateField(_("dijawab paling lambat"), editable=False)
    submission = models.UUIDField(_("nomor kiriman"), default=uuid.uuid4, editable=False, unique=True)

    truck = models.ForeignKey(
        SuctionTruck, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("truk")
    )
    visit_at = models.DateTimeField(_("jadwal datang"), null=True, blank=True)
    visit_until = models.DateTimeField(_("perkiraan selesai"), null=True, blank=True)
    done_on = models.DateField(_("tanggal diangkut"), null=True, blank=True)
    taken_m3 = models.DecimalField(_("volume diangkut (m³)"), max_digits=6, decimal_places=2, null=True, blank=True)
    hours = models.DecimalField(_("lama (jam)"), max_digits=5, decimal_places=2, null=True, blank=True)
    cost_idr = models.PositiveIntegerField(_("biaya (rupiah)"), null=True, blank=True)
    receipt_number = models.CharField(_("nomor bukti bayar"), max_length=60, blank=True)
    receipt = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("bukti bayar")
    )
    reason = models.CharField(_("alasan"), max_length=250, blank=True)

    objects = TruckRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("permintaan truk sedot")
        verbose_name_plural = _("permintaan truk sedot")
        ordering = ["-wanted_on", "-pk"]
        permissions = [("record_truckvisit", "Can schedule the suction truck and record its visits")]
        indexes = [models.Index(fields=["state", "wanted_on"], name="truck_request_by_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise"],
                condition=Q(state=TruckState.REQUESTED),
                name="truck_request_one_waiting",
                violation_error_message=_("Masih ada permintaan yang menunggu jawaban."),
            ),
            ExclusionConstraint(
                name="truck_at_one_place_at_a_time",
                expressions=[
                    (
                        Func(
                            F("truck"),
                            F("truck"),
                            Value("[]"),
                            function="int8range",
                            output_field=BigIntegerRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                    (
                        Func(F("visit_at"), F("visit_until"), function="tstzrange", output_field=DateTimeRangeField()),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(state=TruckState.SCHEDULED),
                violation_error_message=_("Truk itu sudah punya jadwal pada jam tersebut."),
            ),
            models.CheckConstraint(
                condition=Q(has_holding_tank=True),
                name="truck_request_needs_holding_tank",
                violation_error_message=_("Truk sedot hanya melayani usaha yang punya bak penampung."),
            ),
            models.CheckConstraint(
                condition=Q(volume_m3__gt=0),
                name="truck_request_volume_positive",
                violation_error_message=_("Volume harus lebih dari nol."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[TruckState.SCHEDULED, TruckState.DONE])
                | Q(
                    truck__isnull=False,
                    visit_at__isnull=False,
                    visit_until__isnull=False,
                    visit_until__gt=F("visit_at"),
                ),
                name="truck_request_scheduled_names_truck",
            ),
            models.CheckConstraint(
                condition=~Q(state=TruckState.DONE)
                & Q(done_on__isnull=True, taken_m3__isnull=True, cost_idr__isnull=True, hours__isnull=True)
                | Q(
                    state=TruckState.DONE,
                    done_on__isnull=False,
                    taken_m3__isnull=False,
                    taken_m3__gt=0,
                    cost_idr__isnull=False,
                    hours__isnull=False,
                    hours__gt=0,
                ),
                name="truck_request_done_is_complete",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[TruckState.REFUSED, TruckState.CANCELLED]) | ~Q(reason=""),
                name="truck_request_ended_has_reason",
            ),
        ]
        triggers = [
            states.guard("state", rules.TRUCK_TRANSITIONS),
            pgtrigger.Trigger(
                name="truck_request_stays_done",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                func=_STAYS,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enterprise} – {formats.short_day(self.wanted_on)}"

    def get_absolute_url(self) -> str:
        return reverse("wastewater:truck-request", args=[self.public_id])

    @property
    def tone(self) -> str:
        return _TONES.get(TruckState(self.state), "neutral")
