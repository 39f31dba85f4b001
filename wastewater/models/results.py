"""Results and the evaluations that say whether each of them meets the limit in force."""

from decimal import Decimal

import pgtrigger
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from batikportal import audit, formats
from batikportal.models import Entity
from wastewater import rules
from wastewater.choices import Binding, ExpressedAs, Impossible, Qualifier, Reason, Unit, Verdict
from wastewater.models.samples import SETTLED, Sample
from wastewater.models.standards import Limit, Parameter
from wastewater.rules.corrections import CORRECTED


class RefuseWhenSettled(pgtrigger.Trigger):
    """Refuses a statement that changes rows of a sample which is verified, published or void.

    It looks at all rows of a statement at once, so that a laboratory file costs one look, not one per line.
    `touched` selects the samples of the old and new rows.
    """

    level = pgtrigger.Statement
    when = pgtrigger.After

    def __init__(self, *, touched: str, **options) -> None:
        self.touched = touched
        super().__init__(**options)

    def get_func(self, model) -> str:
        listed = ", ".join(f"'{state}'" for state in SETTLED)
        look_up = f"SELECT 1 FROM wastewater_sample WHERE state IN ({listed}) AND id IN ({self.touched})"  # noqa: S608
        return f"""
            IF EXISTS ({look_up}) THEN
                RAISE EXCEPTION 'results of a verified sample are frozen (%)', TG_OP
                    USING ERRCODE = 'restrict_violation';
            END IF;
            RETURN NULL;
        """


_NEW = "SELECT sample_id FROM new_rows"
_OLD = "SELECT sample_id FROM old_rows"
# Rows that an applied correction changes, from exactly its old figure to exactly its new one and nothing else. Only the
# correction's own trigger comes here from inside another trigger: a statement of a person stands at depth one, so that
# an old correction is never an excuse for a second change.
_NAMES = ", ".join(f"'{name}'" for name in CORRECTED)


def _figure(prefix: str) -> str:
    return ", ".join(f"{prefix}{name}" for name in CORRECTED)


_CORRECTED_ROWS = f"""
    SELECT o.id FROM old_rows o JOIN new_rows n ON n.id = o.id
    JOIN wastewater_resultcorrection c ON c.result_id = o.id AND c.state = 'applied'
    WHERE pg_trigger_depth() > 1
      AND to_jsonb(o) - ARRAY[{_NAMES}] = to_jsonb(n) - ARRAY[{_NAMES}]
      AND ROW({_figure("o.")}) IS NOT DISTINCT FROM ROW({_figure("c.old_")})
      AND ROW({_figure("n.")}) IS NOT DISTINCT FROM ROW({_figure("c.new_")})
"""  # noqa: S608 - constants of this module
_UNCORRECTED = " UNION ".join(
    f"SELECT sample_id FROM {rows} WHERE id NOT IN ({_CORRECTED_ROWS})"  # noqa: S608
    for rows in ("old_rows", "new_rows")
)


@audit.tracked
class Result(Entity):
    """What the laboratory reported for one parameter. A parameter not analysed has no row: never a zero."""

    sample = models.ForeignKey(Sample, on_delete=models.PROTECT, related_name="results", verbose_name=_("sampel"))
    parameter = models.ForeignKey(Parameter, on_delete=models.PROTECT, related_name="+", verbose_name=_("parameter"))
    qualifier = models.CharField(_("tanda"), max_length=2, choices=Qualifier, default=Qualifier.EQUAL)
    value = models.DecimalField(_("hasil"), max_digits=16, decimal_places=6)
    unit = models.CharField(_("satuan"), max_length=12, choices=Unit)
    expressed_as = models.CharField(_("dinyatakan sebagai"), max_length=4, choices=ExpressedAs, blank=True)
    detection_limit = models.DecimalField(_("batas deteksi"), max_digits=14, decimal_places=6, null=True, blank=True)
    method = models.CharField(_("metode"), max_length=80, blank=True)
    note = models.CharField(_("catatan"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("hasil uji")
        verbose_name_plural = _("hasil uji")
        ordering = ["sample", "parameter__display_order"]
        constraints = [
            models.UniqueConstraint(
                fields=["sample", "parameter"],
                name="result_once_per_parameter",
                violation_error_message=_("Parameter ini sudah punya hasil pada sampel tersebut."),
            ),
            models.CheckConstraint(
                condition=Q(value__gte=0),
                name="result_not_negative",
                violation_error_message=Impossible.NEGATIVE.label,
            ),
            models.CheckConstraint(
                condition=Q(value__lte=rules.LARGEST_VALUE),
                name="result_believable",
                violation_error_message=_("Hasil terlalu besar untuk satuan apa pun. Periksa tanda desimalnya."),
            ),
            models.CheckConstraint(
                condition=~Q(unit=Unit.PH) | Q(value__lte=rules.HIGHEST_PH),
                name="result_ph_up_to_14",
                violation_error_message=Impossible.PH.label,
            ),
            models.CheckConstraint(
                condition=~Q(unit=Unit.CELSIUS) | Q(value__lte=rules.HIGHEST_WATER_TEMPERATURE_C),
                name="result_water_below_steam",
                violation_error_message=Impossible.WATER_TEMPERATURE.label,
            ),
            models.CheckConstraint(
                condition=Q(detection_limit__isnull=True) | Q(detection_limit__gt=0),
                name="result_detection_limit_positive",
                violation_error_message=_("Batas deteksi harus lebih dari nol; kosongkan bila tidak disebut."),
            ),
        ]
        triggers = [
            RefuseWhenSettled(
                name="result_frozen_insert",
                operation=pgtrigger.Insert,
                referencing=pgtrigger.Referencing(new="new_rows"),
                touched=_NEW,
            ),
            RefuseWhenSettled(
                name="result_frozen_update",
                operation=pgtrigger.Update,
                referencing=pgtrigger.Referencing(old="old_rows", new="new_rows"),
                touched=_UNCORRECTED,
            ),
            RefuseWhenSettled(
                name="result_frozen_delete",
                operation=pgtrigger.Delete,
                referencing=pgtrigger.Referencing(old="old_rows"),
                touched=_OLD,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.parameter}: {self.reported}"

    @property
    def reported(self) -> str:
        """The result as the laboratory wrote it: "<0,01 mg/L"."""
        qualifier = "" if self.qualifier == Qualifier.EQUAL else self.qualifier
        unit = "" if self.unit in (Unit.PH, Unit.COUNT) else f" {self.get_unit_display()}"
        substance = f" {self.get_expressed_as_display()}" if self.expressed_as else ""
        return f"{qualifier}{formats.number(self.value)}{unit}{substance}"


class Evaluation(models.Model):
    """The verdict on a result under the limit in force on the sampling day; never edited, only followed by another."""

    result = models.ForeignKey(
        Result, on_delete=models.CASCADE, related_name="evaluations", verbose_name=_("hasil uji")
    )
    is_current = models.BooleanField(_("berlaku"), default=True)
    verdict = models.CharField(_("putusan"), max_length=11, choices=Verdict)
    reason = models.CharField(_("alasan"), max_length=18, choices=Reason, blank=True)
    limit = models.ForeignKey(
        Limit,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("baku mutu yang dipakai"),
    )
    binding = models.CharField(_("dasar pemilihan"), max_length=13, choices=Binding, blank=True)
    compared_with = models.ForeignKey(
        Limit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("dibandingkan dengan")
    )
    reported = models.CharField(_("hasil yang dinilai"), max_length=40)
    converted_value = models.DecimalField(_("nilai dalam satuan baku mutu"), max_digits=22, decimal_places=8, null=True)
    ratio = models.DecimalField(_("kali baku mutu"), max_digits=22, decimal_places=4, null=True)
    percent = models.DecimalField(_("persen di atas baku mutu"), max_digits=22, decimal_places=4, null=True)
    distance = models.DecimalField(_("jarak dari batas"), max_digits=22, decimal_places=6, null=True)
    load_kg_per_ton = models.DecimalField(_("beban (kg/ton)"), max_digits=22, decimal_places=6, null=True)
    load_limit = models.ForeignKey(
        Limit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("batas beban")
    )
    load_verdict = models.CharField(_("putusan beban"), max_length=11, choices=Verdict, blank=True)
    engine_version = models.CharField(_("versi aturan"), max_length=10)
    evaluated_at = models.DateTimeField(_("dinilai pada"))
    created_at = models.DateTimeField(_("dibuat pada"), db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("penilaian")
        verbose_name_plural = _("penilaian")
        ordering = ["-evaluated_at", "-pk"]
        indexes = [
            models.Index(
                fields=["verdict", "result"], condition=Q(is_current=True), name="evaluation_current_by_verdict"
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["result"], condition=Q(is_current=True), name="evaluation_one_current"),
            models.CheckConstraint(
                condition=Q(verdict=Verdict.CANNOT_TELL) & ~Q(reason="")
                | Q(verdict__in=[Verdict.MEETS, Verdict.EXCEEDS], reason="", limit__isnull=False),
                name="evaluation_decided_names_limit",
            ),
            models.CheckConstraint(
                condition=Q(load_verdict="", load_limit__isnull=True, load_kg_per_ton__isnull=True)
                | ~Q(load_verdict="") & Q(load_limit__isnull=False, load_kg_per_ton__isnull=False),
                name="evaluation_load_complete",
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="evaluation_never_edited", exclude=["is_current"]),
            pgtrigger.Protect(
                name="evaluation_never_revived",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__is_current=False, new__is_current=True),
            ),
            RefuseWhenSettled(
                name="evaluation_frozen_delete",
                operation=pgtrigger.Delete,
                referencing=pgtrigger.Referencing(old="old_rows"),
                touched="SELECT r.sample_id FROM wastewater_result r JOIN old_rows o ON o.result_id = r.id",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_verdict_display()} – {self.reported}"

    @property
    def tone(self) -> str:
        if self.verdict == Verdict.CANNOT_TELL:
            return "neutral" if self.reason in (Reason.NO_LIMIT, Reason.INFLUENT) else "warning"
        return "bad" if self.verdict == Verdict.EXCEEDS else "good"

    @property
    def share_above(self) -> Decimal | None:
        """How far above the limit, as a share of it: 0.104 is 10,4% above."""
        return None if self.percent is None else self.percent / 100
