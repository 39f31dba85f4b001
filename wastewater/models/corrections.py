"""Corrections of verified results: the only way by which a frozen figure ever changes."""

from datetime import date

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from batikportal import audit, states
from batikportal.models import Entity, StoredFile
from wastewater import rules
from wastewater.choices import ExpressedAs, Impossible, Qualifier, Unit
from wastewater.choices.corrections import CorrectionState
from wastewater.models.results import Result
from wastewater.models.samples import Sample
from wastewater.rules.corrections import CORRECTED, CORRECTION_TRANSITIONS

_COUNTED = ", ".join(f"'{state.value}'" for state in rules.COUNTED)
_STORED = ", ".join(f"r.{name}" for name in CORRECTED)
_OLD_FIGURE = ", ".join(f"NEW.old_{name}" for name in CORRECTED)
_SET = ", ".join(f"{name} = NEW.new_{name}" for name in CORRECTED)

# Whoever asks writes down the figure as it stands, of a sample that a second person has verified.
_STARTS_FROM_TRUTH = f"""
    IF NEW.state <> 'requested' THEN
        RAISE EXCEPTION 'a correction begins as a request' USING ERRCODE = 'check_violation';
    END IF;
    IF NOT EXISTS (
        SELECT 1 FROM wastewater_result r JOIN wastewater_sample s ON s.id = r.sample_id
        WHERE r.id = NEW.result_id AND s.state IN ({_COUNTED})
          AND ROW({_STORED}) IS NOT DISTINCT FROM ROW({_OLD_FIGURE})
    ) THEN
        RAISE EXCEPTION 'a correction starts from the stored figure of a verified sample'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""  # noqa: S608 - constants of this module

# The correction itself writes the figure, in the same statement that decides it; the freeze of results lets exactly
# this through (models/results.py). A sample that was meanwhile voided, or a figure that moved, ends the statement.
_WRITES_THE_FIGURE = f"""
    PERFORM 1 FROM wastewater_result r JOIN wastewater_sample s ON s.id = r.sample_id
        WHERE r.id = NEW.result_id AND s.state IN ({_COUNTED}) FOR UPDATE OF s;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'only results of a verified sample are corrected' USING ERRCODE = 'restrict_violation';
    END IF;
    UPDATE wastewater_result r SET {_SET}
        WHERE r.id = NEW.result_id AND ROW({_STORED}) IS NOT DISTINCT FROM ROW({_OLD_FIGURE});
    IF NOT FOUND THEN
        RAISE EXCEPTION 'the figure is no longer the one to be corrected' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
"""  # noqa: S608


class ResultCorrectionQuerySet(models.QuerySet["ResultCorrection"]):
    def visible_to(self, user) -> "ResultCorrectionQuerySet":
        """Corrections of the samples that the user may see."""
        return self.filter(result__sample__in=Sample.objects.visible_to(user))


@audit.tracked
class ResultCorrection(Entity):
    """One figure of a verified result that was wrong: old and new, why, by what evidence, and who decided."""

    result = models.ForeignKey(
        Result, on_delete=models.PROTECT, related_name="corrections", verbose_name=_("hasil uji")
    )
    state = models.CharField(
        _("keadaan"), max_length=9, choices=CorrectionState, default=CorrectionState.REQUESTED, editable=False
    )
    old_qualifier = models.CharField(_("tanda semula"), max_length=2, choices=Qualifier)
    old_value = models.DecimalField(_("hasil semula"), max_digits=16, decimal_places=6)
    old_unit = models.CharField(_("satuan semula"), max_length=12, choices=Unit)
    old_expressed_as = models.CharField(_("semula dinyatakan sebagai"), max_length=4, choices=ExpressedAs, blank=True)
    old_detection_limit = models.DecimalField(
        _("batas deteksi semula"), max_digits=14, decimal_places=6, null=True, blank=True
    )
    new_qualifier = models.CharField(_("tanda menjadi"), max_length=2, choices=Qualifier)
    new_value = models.DecimalField(_("hasil menjadi"), max_digits=16, decimal_places=6)
    new_unit = models.CharField(_("satuan menjadi"), max_length=12, choices=Unit)
    new_expressed_as = models.CharField(_("menjadi dinyatakan sebagai"), max_length=4, choices=ExpressedAs, blank=True)
    new_detection_limit = models.DecimalField(
        _("batas deteksi menjadi"), max_digits=14, decimal_places=6, null=True, blank=True
    )
    reason = models.CharField(_("alasan"), max_length=500)
    evidence = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+", verbose_name=_("bukti"))
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("diajukan oleh")
    )
    requested_at = models.DateTimeField(_("diajukan pada"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("diputus oleh"),
    )
    decided_at = models.DateTimeField(_("diputus pada"), null=True, blank=True, editable=False)
    decision_note = models.CharField(_("keterangan putusan"), max_length=500, blank=True, editable=False)

    objects = ResultCorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("koreksi hasil uji")
        verbose_name_plural = _("koreksi hasil uji")
        ordering = ["-requested_at", "-pk"]
        default_permissions = ("view",)
        permissions = [
            ("record_correction", "Can request the correction of a verified result"),
            ("decide_correction", "Can apply or refuse a correction requested by someone else"),
        ]
        indexes = [models.Index(fields=["state", "requested_at"], name="correction_by_state_and_time")]
        constraints = [
            models.UniqueConstraint(
                fields=["result"],
                condition=Q(state=CorrectionState.REQUESTED),
                name="correction_one_waiting_per_result",
                violation_error_message=_("Hasil ini sudah punya koreksi yang menunggu keputusan."),
            ),
            models.CheckConstraint(
                condition=~Q(reason=""), name="correction_has_reason", violation_error_message=_("Tulis alasannya.")
            ),
            models.CheckConstraint(
                condition=~(
                    Q(old_value=F("new_value"), old_qualifier=F("new_qualifier"), old_unit=F("new_unit"))
                    & Q(old_expressed_as=F("new_expressed_as"))
                    & (
                        Q(old_detection_limit=F("new_detection_limit"))
                        | Q(old_detection_limit__isnull=True, new_detection_limit__isnull=True)
                    )
                ),
                name="correction_changes_something",
                violation_error_message=_("Angka baru sama dengan angka semula."),
            ),
            models.CheckConstraint(
                condition=Q(new_value__gte=0, new_value__lte=rules.LARGEST_VALUE)
                & (~Q(new_unit=Unit.PH) | Q(new_value__lte=rules.HIGHEST_PH))
                & (~Q(new_unit=Unit.CELSIUS) | Q(new_value__lte=rules.HIGHEST_WATER_TEMPERATURE_C)),
                name="correction_believable",
                violation_error_message=Impossible.NEGATIVE.label,
            ),
            models.CheckConstraint(
                condition=Q(new_detection_limit__isnull=True) | Q(new_detection_limit__gt=0),
                name="correction_detection_limit_positive",
                violation_error_message=_("Batas deteksi harus lebih dari nol; kosongkan bila tidak disebut."),
            ),
            models.CheckConstraint(
                condition=Q(state=CorrectionState.REQUESTED, decided_by__isnull=True, decided_at__isnull=True)
                & Q(decision_note="")
                | Q(decided_by__isnull=False, decided_at__isnull=False, decided_at__gte=F("requested_at"))
                & (Q(state=CorrectionState.APPLIED) | Q(state=CorrectionState.REFUSED) & ~Q(decision_note="")),
                name="correction_decided_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("requested_by")),
                name="correction_decided_by_another_person",
                violation_error_message=_("Koreksi harus diputus oleh orang lain, bukan oleh yang mengajukannya."),
            ),
        ]
        triggers = [
            states.guard("state", CORRECTION_TRANSITIONS),
            pgtrigger.ReadOnly(
                name="correction_never_edited", exclude=["state", "decided_by", "decided_at", "decision_note"]
            ),
            pgtrigger.Protect(
                name="correction_decided_once",
                operation=pgtrigger.Update,
                condition=~pgtrigger.Q(old__state=CorrectionState.REQUESTED.value),
            ),
            pgtrigger.Protect(name="correction_stays", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="starts_from_truth", operation=pgtrigger.Insert, when=pgtrigger.Before, func=_STARTS_FROM_TRUTH
            ),
            pgtrigger.Trigger(
                name="writes_the_figure",
                operation=pgtrigger.Update,
                when=pgtrigger.After,
                condition=pgtrigger.Q(
                    old__state=CorrectionState.REQUESTED.value, new__state=CorrectionState.APPLIED.value
                ),
                func=_WRITES_THE_FIGURE,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.result.parameter}: {self.old_reported} → {self.new_reported}"

    def get_absolute_url(self) -> str:
        return reverse("wastewater:correction", args=[self.public_id])

    @property
    def tone(self) -> str:
        return {"requested": "warning", "applied": "good"}.get(self.state, "neutral")

    @property
    def old_reported(self) -> str:
        """The figure as it stood: "<0,01 mg/L"."""
        return self._figure("old").reported

    @property
    def new_reported(self) -> str:
        """The figure as it should be."""
        return self._figure("new").reported

    @property
    def requested_on(self) -> date:
        return timezone.localdate(self.requested_at)

    def _figure(self, which: str) -> Result:
        return Result(**{name: getattr(self, f"{which}_{name}") for name in CORRECTED})
