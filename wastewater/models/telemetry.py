"""What stations send: a series table of two-minute rows, and the hours and days that triggers keep beside it.

Rows come by the million, so the series has no foreign keys, a key with time first and a BRIN index; a station can never
be deleted, so none of its rows can lose it. Hours and days are rewritten by the statement that touches a row or an
exclusion, whoever sends it (`wastewater_refresh_sensor_summaries`, made by the migration).
"""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from batikportal import audit
from batikportal.models import Entity
from wastewater.choices import Binding, Verdict
from wastewater.choices.sensors import DayReason, Hint, OperatingCode, RowProblem, SensorParameter
from wastewater.models.standards import Limit
from wastewater.models.stations import SensorStation


class _Refresh(pgtrigger.Trigger):
    """Rewrites the summaries of the hours that a statement touched; `touched` selects (station, hour)."""

    level = pgtrigger.Statement
    when = pgtrigger.After

    def __init__(self, *, touched: str, **options) -> None:
        self.touched = touched
        super().__init__(**options)

    def get_func(self, model) -> str:
        return f"""
            PERFORM wastewater_refresh_sensor_summaries(array_agg(t.station), array_agg(t.hour))
            FROM ({self.touched}) AS t (station, hour);
            RETURN NULL;
        """


def _hours_of_rows(*tables: str) -> str:
    return " UNION ".join(
        f"SELECT station_id, date_trunc('hour', measured_at, 'UTC') FROM {table}"  # noqa: S608
        for table in tables
    )


def _hours_of_spans(*tables: str) -> str:
    return " UNION ".join(
        f"""SELECT h.station_id, h.hour FROM {table} x JOIN wastewater_sensorhour h
            ON h.station_id = x.station_id AND h.hour < x.ends_at AND h.hour > x.starts_at - interval '1 hour'"""  # noqa: S608
        for table in tables
    )


_NEW = pgtrigger.Referencing(new="new_rows")
_OLD = pgtrigger.Referencing(old="old_rows")
_BOTH = pgtrigger.Referencing(old="old_rows", new="new_rows")


class SensorBatch(models.Model):
    """One signed batch that arrived: how many of its rows were new, known already, or refused."""

    station = models.ForeignKey(
        SensorStation, on_delete=models.PROTECT, related_name="batches", verbose_name=_("stasiun")
    )
    received_at = models.DateTimeField(_("diterima pada"))
    rows_count = models.PositiveIntegerField(_("baris"))
    new_count = models.PositiveIntegerField(_("baru"), default=0)
    same_count = models.PositiveIntegerField(_("sudah ada"), default=0)
    refused_count = models.PositiveIntegerField(_("ditolak"), default=0)
    first_at = models.DateTimeField(_("baris pertama"), null=True)
    last_at = models.DateTimeField(_("baris terakhir"), null=True)

    class Meta:
        verbose_name = _("kiriman sensor")
        verbose_name_plural = _("kiriman sensor")
        ordering = ["-received_at", "-pk"]
        indexes = [models.Index(fields=["station", "-received_at"], name="sensor_batch_by_station")]
        constraints = [
            models.CheckConstraint(
                condition=Q(rows_count=F("new_count") + F("same_count") + F("refused_count")),
                name="sensor_batch_every_row_counted",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.station_id} {self.received_at}"


class SensorRefusal(models.Model):
    """A row that was refused, as it came, with the reason."""

    batch = models.ForeignKey(SensorBatch, on_delete=models.CASCADE, related_name="refusals", verbose_name=_("kiriman"))
    position = models.PositiveIntegerField(_("baris ke"))
    problem = models.CharField(_("alasan"), max_length=12, choices=RowProblem)
    row = models.CharField(_("isi baris"), max_length=300)

    class Meta:
        verbose_name = _("baris ditolak")
        verbose_name_plural = _("baris ditolak")
        ordering = ["-batch", "position"]

    def __str__(self) -> str:
        return f"{self.position}: {self.problem}"


def _value(label) -> models.DecimalField:
    return models.DecimalField(label, max_digits=12, decimal_places=4, null=True)


class SensorReading(models.Model):
    """One row of a station; station and moment make it one, however often it is sent."""

    pk = models.CompositePrimaryKey("measured_at", "station_id")
    measured_at = models.DateTimeField(_("waktu"))
    station_id = models.BigIntegerField(_("stasiun"))
    batch_id = models.BigIntegerField(_("kiriman"))
    code = models.SmallIntegerField(_("kode operasi"), choices=OperatingCode, default=OperatingCode.NONE)
    ph = _value(_("pH"))
    tss = _value(_("TSS (mg/L)"))
    debit = _value(_("debit (m³/menit)"))
    cod = _value(_("COD (mg/L)"))
    nh3n = _value(_("NH3-N (mg/L)"))
    hints = ArrayField(models.CharField(max_length=12), verbose_name=_("petunjuk"), null=True)

    class Meta:
        verbose_name = _("baris sensor")
        verbose_name_plural = _("baris sensor")
        indexes = [BrinIndex(fields=["batch_id"], name="sensor_reading_by_batch")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ph__isnull=True) | Q(ph__range=(0, 14)), name="sensor_reading_ph_up_to_14"
            ),
            models.CheckConstraint(
                condition=(Q(tss__isnull=True) | Q(tss__gte=0))
                & (Q(debit__isnull=True) | Q(debit__gte=0))
                & (Q(cod__isnull=True) | Q(cod__gte=0))
                & (Q(nh3n__isnull=True) | Q(nh3n__gte=0)),
                name="sensor_reading_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(code=0) | Q(code__in=[-1, -2, -3], ph=None, tss=None, debit=None, cod=None, nh3n=None),
                name="sensor_reading_code_or_values",
            ),
        ]
        triggers = [
            _Refresh(
                name="sensor_reading_insert",
                operation=pgtrigger.Insert,
                referencing=_NEW,
                touched=_hours_of_rows("new_rows"),
            ),
            _Refresh(
                name="sensor_reading_update",
                operation=pgtrigger.Update,
                referencing=_BOTH,
                touched=_hours_of_rows("old_rows", "new_rows"),
            ),
            _Refresh(
                name="sensor_reading_delete",
                operation=pgtrigger.Delete,
                referencing=_OLD,
                touched=_hours_of_rows("old_rows"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.station_id} {self.measured_at}"

    @property
    def hint_words(self) -> str:
        """The hints for people: "COD: lonjakan"."""
        pairs = (hint.split(":") for hint in self.hints or ())
        return ", ".join(f"{SensorParameter(column).label}: {Hint(kind).label}" for column, kind in pairs)


@audit.tracked
class SensorExclusion(Entity):
    """A span of a station's rows that a person takes out of hours and days, with the reason; the rows stay."""

    station = models.ForeignKey(
        SensorStation, on_delete=models.PROTECT, related_name="exclusions", verbose_name=_("stasiun")
    )
    starts_at = models.DateTimeField(_("mulai"))
    ends_at = models.DateTimeField(_("sampai sebelum"))
    reason = models.CharField(_("alasan"), max_length=250)

    class Meta:
        verbose_name = _("rentang yang tidak dihitung")
        verbose_name_plural = _("rentang yang tidak dihitung")
        ordering = ["-starts_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="sensor_exclusion_in_order",
                violation_error_message=_("Akhir rentang harus sesudah awalnya."),
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="sensor_exclusion_has_reason"),
        ]
        triggers = [
            _Refresh(
                name="sensor_exclusion_insert",
                operation=pgtrigger.Insert,
                referencing=_NEW,
                touched=_hours_of_spans("new_rows"),
            ),
            _Refresh(
                name="sensor_exclusion_update",
                operation=pgtrigger.Update,
                referencing=_BOTH,
                touched=_hours_of_spans("old_rows", "new_rows"),
            ),
            _Refresh(
                name="sensor_exclusion_delete",
                operation=pgtrigger.Delete,
                referencing=_OLD,
                touched=_hours_of_spans("old_rows"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.station}: {self.reason}"


class SensorHour(models.Model):
    """One parameter of one station in one hour; written by triggers only."""

    pk = models.CompositePrimaryKey("hour", "station_id", "parameter")
    hour = models.DateTimeField(_("jam"))
    station_id = models.BigIntegerField(_("stasiun"))
    parameter = models.CharField(_("parameter"), max_length=5, choices=SensorParameter)
    valid_count = models.SmallIntegerField(_("baris sah"))
    stopped_count = models.SmallIntegerField(_("produksi berhenti"))
    calibration_count = models.SmallIntegerField(_("kalibrasi"))
    fault_count = models.SmallIntegerField(_("alat rusak"))
    excluded_count = models.SmallIntegerField(_("tidak dihitung"))
    total = models.DecimalField(_("jumlah nilai"), max_digits=18, decimal_places=4, null=True)
    mean = models.DecimalField(_("rata-rata"), max_digits=14, decimal_places=6, null=True)
    is_valid = models.BooleanField(_("sah"))

    class Meta:
        verbose_name = _("jam sensor")
        verbose_name_plural = _("jam sensor")

    def __str__(self) -> str:
        return f"{self.station_id} {self.parameter} {self.hour}"


class SensorDay(models.Model):
    """One parameter of one station on one day in Pekalongan; written by triggers only, and marked until judged."""

    pk = models.CompositePrimaryKey("day", "station_id", "parameter")
    day = models.DateField(_("hari"))
    station_id = models.BigIntegerField(_("stasiun"))
    parameter = models.CharField(_("parameter"), max_length=5, choices=SensorParameter)
    valid_hours = models.SmallIntegerField(_("jam sah"))
    valid_count = models.IntegerField(_("baris sah"))
    coded_count = models.IntegerField(_("baris dengan kode operasi"))
    excluded_count = models.IntegerField(_("baris tidak dihitung"))
    mean = models.DecimalField(_("rata-rata harian"), max_digits=14, decimal_places=6, null=True)
    volume_m3 = models.DecimalField(_("volume (m³)"), max_digits=14, decimal_places=4, null=True)
    is_valid = models.BooleanField(_("sah"))
    needs_judging = models.BooleanField(_("menunggu putusan"), default=True)

    class Meta:
        verbose_name = _("hari sensor")
        verbose_name_plural = _("hari sensor")
        indexes = [models.Index(fields=["day"], condition=Q(needs_judging=True), name="sensor_day_to_judge")]

    def __str__(self) -> str:
        return f"{self.station_id} {self.parameter} {self.day}"


class SensorVerdict(models.Model):
    """The verdict on one parameter of one day; late rows and changed limits bring another, the old one stays."""

    station = models.ForeignKey(
        SensorStation, on_delete=models.PROTECT, related_name="verdicts", verbose_name=_("stasiun")
    )
    day = models.DateField(_("hari"))
    parameter = models.CharField(_("parameter"), max_length=5, choices=SensorParameter)
    is_current = models.BooleanField(_("berlaku"), default=True)
    verdict = models.CharField(_("putusan"), max_length=11, choices=Verdict)
    reason = models.CharField(_("alasan"), max_length=18, choices=DayReason, blank=True)
    limit = models.ForeignKey(
        Limit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("baku mutu")
    )
    compared_with = models.ForeignKey(
        Limit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("dibandingkan dengan")
    )
    binding = models.CharField(_("dasar pemilihan"), max_length=13, choices=Binding, blank=True)
    value = models.DecimalField(
        _("nilai yang dinilai"),
        max_digits=18,
        decimal_places=6,
        null=True,
        help_text=_("rata-rata harian; untuk pH bagian baris dalam rentang; untuk debit volume m³"),
    )
    allowed = models.DecimalField(_("batas"), max_digits=18, decimal_places=6, null=True)
    ratio = models.DecimalField(_("kali batas"), max_digits=18, decimal_places=4, null=True)
    engine_version = models.CharField(_("versi aturan"), max_length=10)
    judged_at = models.DateTimeField(_("dinilai pada"))
    created_at = models.DateTimeField(_("dibuat pada"), db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("putusan harian sensor")
        verbose_name_plural = _("putusan harian sensor")
        ordering = ["-day", "parameter", "-judged_at", "-pk"]
        indexes = [
            models.Index(
                fields=["day"], condition=Q(is_current=True, verdict=Verdict.EXCEEDS), name="sensor_verdict_exceeding"
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["station", "day", "parameter"], condition=Q(is_current=True), name="sensor_verdict_one_current"
            ),
            models.CheckConstraint(
                condition=Q(verdict=Verdict.CANNOT_TELL) & ~Q(reason="")
                | Q(verdict__in=[Verdict.MEETS, Verdict.EXCEEDS], reason="", value__isnull=False)
                & (Q(limit__isnull=False) | Q(parameter=SensorParameter.DEBIT, allowed__isnull=False)),
                name="sensor_verdict_decided_names_limit",
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="sensor_verdict_never_edited", exclude=["is_current"]),
            pgtrigger.Protect(
                name="sensor_verdict_never_revived",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__is_current=False, new__is_current=True),
            ),
            pgtrigger.Protect(name="sensor_verdict_never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.station_id} {self.parameter} {self.day}: {self.get_verdict_display()}"

    @property
    def tone(self) -> str:
        return {"meets": "good", "exceeds": "bad"}.get(self.verdict, "neutral")
