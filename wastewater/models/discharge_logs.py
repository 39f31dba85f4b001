"""One line of a discharge logbook; the database keeps volume and method together, and closed months closed."""

import uuid
from collections.abc import Sequence
from decimal import Decimal

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from batikportal import audit, formats, states
from batikportal.models import Enterprise, Entity, StoredFile
from wastewater.choices.discharge_logs import (
    Auxiliary,
    ColourByEye,
    Destination,
    DyeClass,
    Incident,
    LogKind,
    LogProcess,
    LogStanding,
    PhMethod,
    Product,
    QuantityUnit,
    TreatmentChemical,
    VolumeMethod,
)
from wastewater.models.logbooks import LogMonth
from wastewater.models.trucks import TruckRequest
from wastewater.rules import discharge_logs as rules

# The row of the month is held while a line is written, so that closing a month and a late line cannot pass each other.
MONTH_DOOR = """
SELECT state, first_day, enterprise_id INTO month_state, month_first, month_enterprise
FROM {month} WHERE id = NEW.month_id FOR NO KEY UPDATE;
IF date_trunc('month', NEW.day)::date <> month_first THEN
    RAISE EXCEPTION 'the day is not in the month' USING ERRCODE = 'check_violation';
END IF;
IF TG_OP = 'INSERT' THEN
    IF month_state = 'closed' AND NEW.correction_reason = '' AND NEW.kind <> 'pickup' THEN
        RAISE EXCEPTION 'the month is closed: only a correction with a reason' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.kind <> 'pickup' THEN
        PERFORM 1 FROM {log} l WHERE l.month_id = NEW.month_id AND l.day = NEW.day AND l.standing = 'current'
            AND l.kind = CASE NEW.kind WHEN 'idle' THEN 'production' ELSE 'idle' END;
        IF FOUND THEN
            RAISE EXCEPTION 'a day is idle or productive, not both' USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    IF NEW.corrects_id IS NOT NULL THEN
        PERFORM 1 FROM {log} l WHERE l.id = NEW.corrects_id AND l.month_id = NEW.month_id AND l.standing = 'replaced';
        IF NOT FOUND THEN
            RAISE EXCEPTION 'a correction replaces a line of its month' USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    IF NEW.pickup_id IS NOT NULL THEN
        PERFORM 1 FROM {truck} t WHERE t.id = NEW.pickup_id AND t.enterprise_id = month_enterprise AND t.state = 'done';
        IF NOT FOUND THEN
            RAISE EXCEPTION 'a pickup belongs to a finished request' USING ERRCODE = 'check_violation';
        END IF;
    END IF;
ELSIF OLD.month_id <> NEW.month_id THEN
    RAISE EXCEPTION 'a line stays in its month' USING ERRCODE = 'check_violation';
ELSIF month_state = 'closed' OR OLD.standing <> 'current' THEN
    IF (to_jsonb(OLD) - 'standing' - 'withdrawn_reason') <> (to_jsonb(NEW) - 'standing' - 'withdrawn_reason') THEN
        RAISE EXCEPTION 'the line is closed' USING ERRCODE = 'check_violation';
    END IF;
END IF;
RETURN NEW;
"""


class DischargeLogQuerySet(models.QuerySet["DischargeLog"]):
    def visible_to(self, user) -> "DischargeLogQuerySet":
        """As the months that they stand in."""
        return self.filter(month__in=LogMonth.objects.visible_to(user))

    def current(self) -> "DischargeLogQuerySet":
        """Lines that count: neither replaced nor withdrawn."""
        return self.filter(standing=LogStanding.CURRENT)


# A comparison with NULL is neither true nor false, and a check constraint lets that pass: hence each "is not null".
_NO_METER = Q(meter_start_m3__isnull=True, meter_end_m3__isnull=True)
_NO_TANK = Q(tank_l__isnull=True, tank_fills__isnull=True)
_METER = Q(
    volume_method=VolumeMethod.METER,
    meter_start_m3__isnull=False,
    meter_end_m3__isnull=False,
    meter_start_m3__gte=0,
    meter_end_m3__gte=F("meter_start_m3"),
    volume_l=(F("meter_end_m3") - F("meter_start_m3")) * Decimal(1000),
)
_TANK = Q(
    volume_method=VolumeMethod.TANK,
    tank_l__isnull=False,
    tank_fills__isnull=False,
    tank_l__gt=0,
    tank_fills__gt=0,
    volume_l=F("tank_l") * F("tank_fills"),
)


@audit.tracked
class DischargeLog(Entity):
    """What an enterprise noted of one batch or day: what was made, how much water left, and where it went."""

    month = models.ForeignKey(LogMonth, on_delete=models.PROTECT, related_name="logs", verbose_name=_("bulan"))
    day = models.DateField(_("tanggal"))
    kind = models.CharField(_("isi catatan"), max_length=10, choices=LogKind, default=LogKind.PRODUCTION)
    standing = models.CharField(
        _("keadaan"), max_length=9, choices=LogStanding, default=LogStanding.CURRENT, editable=False
    )
    batch = models.CharField(_("kelompok atau giliran kerja"), max_length=40, blank=True)
    product = models.CharField(_("produk"), max_length=11, choices=Product, blank=True)
    quantity = models.DecimalField(_("jumlah"), max_digits=8, decimal_places=1, null=True, blank=True)
    quantity_unit = models.CharField(_("satuan jumlah"), max_length=5, choices=QuantityUnit, blank=True)
    process = models.CharField(_("proses"), max_length=10, choices=LogProcess, blank=True)
    dye_class = models.CharField(_("jenis pewarna"), max_length=9, choices=DyeClass, blank=True)
    auxiliaries = ArrayField(
        models.CharField(max_length=12, choices=Auxiliary), verbose_name=_("bahan pembantu"), default=list, blank=True
    )
    water_in_l = models.DecimalField(_("air masuk (L)"), max_digits=10, decimal_places=1, null=True, blank=True)
    volume_l = models.DecimalField(_("air limbah (L)"), max_digits=12, decimal_places=4, null=True, blank=True)
    volume_method = models.CharField(_("cara mengukur"), max_length=8, choices=VolumeMethod, blank=True)
    meter_start_m3 = models.DecimalField(_("meter awal (m³)"), max_digits=11, decimal_places=3, null=True, blank=True)
    meter_end_m3 = models.DecimalField(_("meter akhir (m³)"), max_digits=11, decimal_places=3, null=True, blank=True)
    tank_l = models.DecimalField(_("isi bak (L)"), max_digits=8, decimal_places=1, null=True, blank=True)
    tank_fills = models.DecimalField(_("berapa kali penuh"), max_digits=5, decimal_places=2, null=True, blank=True)
    ph = models.DecimalField(_("pH"), max_digits=4, decimal_places=2, null=True, blank=True)
    ph_method = models.CharField(_("pH diukur dengan"), max_length=5, choices=PhMethod, blank=True)
    temperature_c = models.DecimalField(_("suhu (°C)"), max_digits=4, decimal_places=1, null=True, blank=True)
    colour = models.CharField(_("warna air menurut mata"), max_length=6, choices=ColourByEye, blank=True)
    destination = models.CharField(_("dibuang ke"), max_length=10, choices=Destination, blank=True)
    wax_kg = models.DecimalField(_("malam diambil kembali (kg)"), max_digits=7, decimal_places=2, null=True, blank=True)
    sludge_kg = models.DecimalField(_("lumpur (kg)"), max_digits=8, decimal_places=2, null=True, blank=True)
    treatment_chemicals = ArrayField(
        models.CharField(max_length=10, choices=TreatmentChemical),
        verbose_name=_("bahan kimia pengolahan"),
        default=list,
        blank=True,
    )
    chemicals_g_per_l = models.DecimalField(
        _("dosis bahan kimia (g/L)"), max_digits=6, decimal_places=2, null=True, blank=True
    )
    incident = models.CharField(_("kejadian"), max_length=5, choices=Incident, blank=True)
    photo = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("foto")
    )
    note = models.CharField(_("catatan"), max_length=300, blank=True)

    submission = models.UUIDField(_("nomor kiriman"), default=uuid.uuid4, editable=False)
    is_assisted = models.BooleanField(_("diisikan petugas"), default=False, editable=False)
    corrects = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="correction",
        verbose_name=_("mengoreksi"),
    )
    correction_reason = models.CharField(_("alasan koreksi"), max_length=250, blank=True)
    withdrawn_reason = models.CharField(_("alasan dibatalkan"), max_length=250, blank=True, editable=False)
    pickup = models.OneToOneField(
        TruckRequest,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="log",
        verbose_name=_("kunjungan truk sedot"),
    )

    objects = DischargeLogQuerySet.as_manager()

    # Words about figures that deserve a second look; queries.log_summaries reckons them.
    marks: Sequence[str] = ()

    class Meta:
        verbose_name = _("catatan air limbah")
        verbose_name_plural = _("catatan air limbah")
        ordering = ["-day", "-pk"]
        permissions = [("record_dischargelog", "Can enter the discharge log for an enterprise")]
        indexes = [models.Index(fields=["month", "day"], name="discharge_log_by_day")]
        constraints = [
            models.UniqueConstraint(fields=["submission"], name="discharge_log_submitted_once"),
            # A day on which nothing was made says so once, and says nothing else.
            models.UniqueConstraint(
                fields=["month", "day"],
                condition=Q(kind=LogKind.IDLE, standing=LogStanding.CURRENT),
                name="discharge_log_idle_once_a_day",
                violation_error_message=_("Hari ini sudah dicatat tidak produksi."),
            ),
            models.CheckConstraint(
                condition=Q(kind=LogKind.IDLE, volume_l__isnull=True, volume_method="", process="", destination="")
                & Q(quantity__isnull=True, water_in_l__isnull=True)
                & _NO_METER
                & _NO_TANK
                | Q(kind=LogKind.PRODUCTION, volume_l__isnull=False, volume_l__gte=0)
                & ~Q(process="")
                & ~Q(destination="")
                & ~Q(volume_method="")
                | Q(
                    kind=LogKind.PICKUP,
                    volume_l__isnull=False,
                    volume_l__gt=0,
                    destination=Destination.TRUCK,
                    pickup__isnull=False,
                ),
                name="discharge_log_complete",
                violation_error_message=_("Isi proses, volume dan tujuan; hari tanpa produksi tidak punya ketiganya."),
            ),
            models.CheckConstraint(
                condition=Q(volume_method="") & _NO_METER & _NO_TANK
                | _METER & _NO_TANK
                | _TANK & _NO_METER
                | Q(volume_method=VolumeMethod.ESTIMATE) & _NO_METER & _NO_TANK,
                name="discharge_log_volume_follows_method",
                violation_error_message=_("Volume tidak cocok dengan angka meter atau isi bak."),
            ),
            models.CheckConstraint(
                condition=Q(quantity__isnull=True, quantity_unit="")
                | Q(quantity__isnull=False, quantity__gt=0) & ~Q(quantity_unit=""),
                name="discharge_log_quantity_has_unit",
                violation_error_message=_("Isi jumlah beserta satuannya."),
            ),
            models.CheckConstraint(
                condition=Q(ph__isnull=True, ph_method="") | Q(ph__isnull=False, ph__range=(0, 14)) & ~Q(ph_method=""),
                name="discharge_log_ph_has_method",
                violation_error_message=_("pH antara 0 dan 14, beserta alat ukurnya."),
            ),
            models.CheckConstraint(
                condition=Q(temperature_c__isnull=True) | Q(temperature_c__range=(0, 110)),
                name="discharge_log_temperature_of_water",
                violation_error_message=_("Suhu air antara 0 dan 110 °C."),
            ),
            models.CheckConstraint(
                condition=(Q(water_in_l__isnull=True) | Q(water_in_l__gt=0))
                & (Q(wax_kg__isnull=True) | Q(wax_kg__gte=0))
                & (Q(sludge_kg__isnull=True) | Q(sludge_kg__gte=0))
                & (Q(chemicals_g_per_l__isnull=True) | Q(chemicals_g_per_l__gte=0)),
                name="discharge_log_amounts_not_negative",
                violation_error_message=_("Angka tidak boleh negatif."),
            ),
            models.CheckConstraint(
                condition=Q(standing=LogStanding.WITHDRAWN) & ~Q(withdrawn_reason="")
                | ~Q(standing=LogStanding.WITHDRAWN) & Q(withdrawn_reason=""),
                name="discharge_log_withdrawn_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True) | ~Q(correction_reason=""),
                name="discharge_log_correction_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(kind=LogKind.PICKUP, pickup__isnull=False)
                | ~Q(kind=LogKind.PICKUP) & Q(pickup__isnull=True),
                name="discharge_log_pickup_names_visit",
            ),
        ]
        triggers = [
            states.guard("standing", rules.STANDING_TRANSITIONS),
            pgtrigger.Trigger(
                name="month_door",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.Before,
                declare=[("month_state", "text"), ("month_first", "date"), ("month_enterprise", "bigint")],
                func=pgtrigger.Func(
                    MONTH_DOOR.format(
                        month="wastewater_logmonth", log="wastewater_dischargelog", truck="wastewater_truckrequest"
                    )
                ),
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{formats.short_day(self.day)} – {self.get_process_display() or self.get_kind_display()}"

    @property
    def enterprise(self) -> Enterprise:
        return self.month.enterprise

    @property
    def auxiliary_names(self) -> list[str]:
        return [str(Auxiliary(code).label) for code in self.auxiliaries]

    @property
    def chemical_names(self) -> list[str]:
        return [str(TreatmentChemical(code).label) for code in self.treatment_chemicals]

    @property
    def litres(self) -> Decimal:
        """The volume for sums; an idle day adds nothing."""
        return self.volume_l or Decimal(0)

    @property
    def is_current(self) -> bool:
        return self.standing == LogStanding.CURRENT
