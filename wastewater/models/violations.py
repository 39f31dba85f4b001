"""What somebody did against a rule or left undone, what proves it, and how it ended."""

from decimal import Decimal

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from batikportal import audit, formats, states
from batikportal.models import Entity
from wastewater.choices.duties import Resolution, ViolationKind, ViolationState
from wastewater.models.obligations import Obligation
from wastewater.models.results import Evaluation
from wastewater.models.subjects import OfSubject, OfSubjectQuerySet, one_subject
from wastewater.rules.obligations import OF_RESULTS, VIOLATION_TRANSITIONS

# Silence ends by receipt or by waiver only, and the obligation itself must say so.
_END_IS_TRUE = """
    IF NEW.state = 'resolved' AND NEW.resolution IN ('receipt', 'waiver') AND NOT EXISTS (
        SELECT 1 FROM wastewater_obligation o
        WHERE o.id = NEW.obligation_id
          AND o.state = CASE NEW.resolution WHEN 'receipt' THEN 'received' ELSE 'waived' END
    ) THEN
        RAISE EXCEPTION 'the obligation of this violation was neither received nor waived'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""


class ViolationQuerySet(OfSubjectQuerySet):
    def standing(self) -> "ViolationQuerySet":
        """All that were not withdrawn: open and resolved ones."""
        return self.exclude(state=ViolationState.WITHDRAWN)


@audit.tracked
class Violation(Entity, OfSubject):
    """One violation with its evidence. A violation is not yet a sanction, and ends only in a named way."""

    kind = models.CharField(_("jenis"), max_length=11, choices=ViolationKind)
    occurred_on = models.DateField(_("terjadi pada"))
    detected_on = models.DateField(_("diketahui pada"))
    evaluation = models.ForeignKey(
        Evaluation, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("penilaian")
    )
    obligation = models.ForeignKey(
        Obligation, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("kewajiban")
    )
    description = models.TextField(_("uraian"), blank=True)
    state = models.CharField(
        _("keadaan"), max_length=9, choices=ViolationState, default=ViolationState.OPEN, editable=False
    )
    resolution = models.CharField(_("cara selesai"), max_length=11, choices=Resolution, blank=True, editable=False)
    resolved_on = models.DateField(_("selesai pada"), null=True, blank=True, editable=False)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("diselesaikan oleh"),
    )
    resolution_note = models.CharField(_("keterangan penyelesaian"), max_length=250, blank=True, editable=False)
    cured_by = models.ForeignKey(
        Evaluation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("hasil uji yang kembali memenuhi"),
    )
    withdrawn_on = models.DateField(_("ditarik pada"), null=True, blank=True, editable=False)
    withdrawn_reason = models.CharField(_("alasan ditarik"), max_length=250, blank=True, editable=False)

    objects = ViolationQuerySet.as_manager()

    class Meta:
        verbose_name = _("pelanggaran")
        verbose_name_plural = _("pelanggaran")
        ordering = ["-occurred_on", "-pk"]
        permissions = [
            ("record_violation", "Can record a violation"),
            ("resolve_violation", "Can resolve or withdraw a violation"),
        ]
        indexes = [
            models.Index(fields=["enterprise", "occurred_on"], name="violation_by_enterprise"),
            models.Index(fields=["plant", "occurred_on"], name="violation_by_plant"),
            models.Index(fields=["occurred_on"], condition=Q(state=ViolationState.OPEN), name="violation_open"),
        ]
        constraints = [
            one_subject("violation_of_one_subject"),
            models.UniqueConstraint(
                fields=["evaluation", "kind"],
                name="violation_once_per_evaluation",
                condition=Q(evaluation__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["obligation"], name="violation_once_per_obligation", condition=Q(obligation__isnull=False)
            ),
            models.CheckConstraint(
                condition=Q(kind__in=OF_RESULTS, evaluation__isnull=False, obligation__isnull=True)
                | Q(kind=ViolationKind.NON_RECEIPT, evaluation__isnull=True, obligation__isnull=False)
                | Q(kind__in=[ViolationKind.UNPERMITTED, ViolationKind.SCHEDULE, ViolationKind.NARRATIVE])
                & Q(evaluation__isnull=True, obligation__isnull=True)
                & ~Q(description=""),
                name="violation_has_evidence",
                violation_error_message=_("Tulis uraian pelanggaran."),
            ),
            models.CheckConstraint(
                condition=Q(detected_on__gte=models.F("occurred_on")), name="violation_not_known_beforehand"
            ),
            models.CheckConstraint(
                condition=Q(state=ViolationState.RESOLVED, resolved_on__isnull=False) & ~Q(resolution="")
                | ~Q(state=ViolationState.RESOLVED)
                & Q(
                    resolved_on__isnull=True,
                    resolution="",
                    resolved_by__isnull=True,
                    resolution_note="",
                    cured_by__isnull=True,
                ),
                name="violation_resolved_names_how",
            ),
            models.CheckConstraint(
                condition=Q(resolution="")
                | Q(kind=ViolationKind.NON_RECEIPT, resolution__in=[Resolution.RECEIPT, Resolution.WAIVER])
                | Q(kind__in=OF_RESULTS, resolution=Resolution.MEETS_AGAIN, cured_by__isnull=False)
                | ~Q(kind=ViolationKind.NON_RECEIPT)
                & Q(resolution__in=[Resolution.CORRECTED, Resolution.DECIDED], resolved_by__isnull=False)
                & ~Q(resolution_note=""),
                name="violation_end_fits_kind",
            ),
            models.CheckConstraint(
                condition=Q(state=ViolationState.WITHDRAWN, withdrawn_on__isnull=False) & ~Q(withdrawn_reason="")
                | ~Q(state=ViolationState.WITHDRAWN) & Q(withdrawn_on__isnull=True, withdrawn_reason=""),
                name="violation_withdrawn_has_reason",
            ),
        ]
        triggers = [
            states.guard("state", VIOLATION_TRANSITIONS),
            pgtrigger.Trigger(
                name="end_is_true",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.Before,
                func=_END_IS_TRUE,
            ),
            pgtrigger.Protect(name="violation_stays", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} – {self.subject}"

    def get_absolute_url(self) -> str:
        return reverse("wastewater:violation", args=[self.public_id])

    @property
    def tone(self) -> str:
        return {"open": "bad", "resolved": "good"}.get(self.state, "neutral")

    @property
    def times_the_limit(self) -> Decimal | None:
        """How many times the limit; None where a ratio says nothing (pH) or there is no figure."""
        found = self.evaluation
        if found is None:
            return None
        if self.kind != ViolationKind.LOAD:
            return found.ratio
        allowed = found.load_limit.max_load_kg_per_ton if found.load_limit else None
        return found.load_kg_per_ton / allowed if allowed and found.load_kg_per_ton is not None else None

    @property
    def short(self) -> str:
        """The parameter and how far over: "COD 2,4×"; the reported figure where a ratio says nothing."""
        if self.evaluation is None:
            return self.what
        result, ratio = self.evaluation.result, self.times_the_limit
        figure = f"{formats.number(ratio, 1)}×" if ratio is not None else result.reported
        name = _now("beban %(parameter)s") if self.kind == ViolationKind.LOAD else "%(parameter)s"
        return f"{name % {'parameter': result.parameter}} {figure}"

    @property
    def what(self) -> str:
        """The violation in one line: the parameter with its result, the report that is missing, or the description."""
        if (evaluation := self.evaluation) and self.kind == ViolationKind.LOAD:
            return _now("Beban %(parameter)s %(load)s kg/ton, batas %(allowed)s") % {
                "parameter": evaluation.result.parameter,
                "load": formats.number(evaluation.load_kg_per_ton, 2),
                "allowed": formats.number(evaluation.load_limit and evaluation.load_limit.max_load_kg_per_ton),
            }
        if evaluation:
            allowed = evaluation.limit.allowed if evaluation.limit else ""
            return _now("%(parameter)s %(reported)s, baku mutu %(allowed)s") % {
                "parameter": evaluation.result.parameter,
                "reported": evaluation.result.reported,
                "allowed": allowed,
            }
        return str(self.obligation) if self.obligation_id else self.description
