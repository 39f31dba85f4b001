"""Decisions, kept pending until a signed batch releases them all at once."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from batikportal import audit, states
from batikportal.models import Entity
from marketing import rules
from marketing.choices import BatchState, DecisionState, Outcome, SigningRule
from marketing.models.activity import Activity
from marketing.models.application import Application

USER = settings.AUTH_USER_MODEL

# The rule of rules.signing_objection, kept by the database as well.
SIGNER_DOOR = f"""
SELECT a.signing_rule INTO signing_rule FROM marketing_activity a WHERE a.id = NEW.activity_id;
IF signing_rule = '{SigningRule.INDEPENDENT.value}' THEN
    PERFORM 1 FROM marketing_decision d WHERE d.batch_id = NEW.id AND d.decided_by_id = NEW.signed_by_id;
    IF FOUND THEN
        RAISE EXCEPTION 'the signer decided in this batch' USING ERRCODE = 'check_violation';
    END IF;
ELSE
    PERFORM 1 FROM marketing_decision d WHERE d.batch_id = NEW.id AND d.decided_by_id <> NEW.signed_by_id;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'the signer alone decided this batch' USING ERRCODE = 'check_violation';
    END IF;
END IF;
RETURN NEW;
"""  # noqa: S608 - only our own choices are put in

DECISION_DOOR = """
IF NEW.state = 'released' AND OLD.state <> 'released' THEN
    PERFORM 1 FROM marketing_decisionbatch b WHERE b.id = NEW.batch_id AND b.state = 'released';
    IF NOT FOUND THEN
        RAISE EXCEPTION 'a decision is released by its batch only' USING ERRCODE = 'check_violation';
    END IF;
END IF;
IF NEW.outcome IS DISTINCT FROM OLD.outcome OR NEW.rank IS DISTINCT FROM OLD.rank
   OR NEW.reason IS DISTINCT FROM OLD.reason OR NEW.batch_id IS DISTINCT FROM OLD.batch_id THEN
    PERFORM 1 FROM marketing_decisionbatch b
    WHERE b.id IN (OLD.batch_id, NEW.batch_id) AND b.state IN ('signed', 'released');
    IF FOUND OR OLD.state <> 'pending' THEN
        RAISE EXCEPTION 'what was signed or settled does not change' USING ERRCODE = 'check_violation';
    END IF;
END IF;
RETURN NEW;
"""


@audit.tracked
class DecisionBatch(Entity):
    """Decisions of one activity that are signed together and released together."""

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="batches", verbose_name=_("kegiatan"))
    number = models.PositiveSmallIntegerField(_("nomor"), editable=False)
    note = models.CharField(_("catatan"), max_length=250, blank=True)
    state = models.CharField(_("status"), max_length=10, choices=BatchState, default=BatchState.DRAFT, editable=False)
    seal = models.CharField(_("segel (SHA-256)"), max_length=64, blank=True, editable=False)
    signed_by = models.ForeignKey(
        USER,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("ditandatangani oleh"),
    )
    signed_at = models.DateTimeField(_("ditandatangani pada"), null=True, editable=False)
    released_by = models.ForeignKey(
        USER, on_delete=models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("dirilis oleh")
    )
    released_at = models.DateTimeField(_("dirilis pada"), null=True, editable=False)

    class Meta:
        verbose_name = _("kelompok keputusan")
        verbose_name_plural = _("kelompok keputusan")
        permissions = [
            ("sign_decisionbatch", "Can sign"),
            ("release_decisionbatch", "Can release"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["activity", "number"], name="batch_number_once"),
            models.CheckConstraint(
                condition=~Q(state__in=[BatchState.SIGNED, BatchState.RELEASED])
                | (Q(signed_by__isnull=False, signed_at__isnull=False) & ~Q(seal="")),
                name="batch_signed_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(state=BatchState.RELEASED, released_by__isnull=False, released_at__isnull=False)
                | (~Q(state=BatchState.RELEASED) & Q(released_by__isnull=True, released_at__isnull=True)),
                name="batch_released_by_someone",
            ),
        ]
        triggers = [
            states.guard("state", rules.BATCH_TRANSITIONS),
            pgtrigger.Trigger(
                name="signer_door",
                operation=pgtrigger.UpdateOf("state", "signed_by_id"),
                when=pgtrigger.Before,
                condition=pgtrigger.Q(new__state=BatchState.SIGNED.value),
                declare=[("signing_rule", "text")],
                func=SIGNER_DOOR,
            ),
        ]

    def __str__(self) -> str:
        return _("Kelompok %(number)s – %(activity)s") % {"number": self.number, "activity": self.activity}


@audit.tracked
class Decision(Entity):
    """What was decided about one application; the applicant learns of it when its batch is released."""

    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="decisions", verbose_name=_("pendaftaran")
    )
    outcome = models.CharField(_("keputusan"), max_length=10, choices=Outcome)
    rank = models.PositiveSmallIntegerField(_("urutan cadangan"), null=True, blank=True)
    reason = models.CharField(_("alasan, dibaca pendaftar"), max_length=500, blank=True)
    decided_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+", verbose_name=_("diputuskan oleh"))
    decided_at = models.DateTimeField(_("diputuskan pada"))
    state = models.CharField(
        _("status"), max_length=8, choices=DecisionState, default=DecisionState.PENDING, editable=False
    )
    batch = models.ForeignKey(
        DecisionBatch,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="decisions",
        verbose_name=_("kelompok"),
    )

    class Meta:
        verbose_name = _("keputusan")
        verbose_name_plural = _("keputusan")
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(state__in=[DecisionState.PENDING, DecisionState.RELEASED]),
                name="one_standing_decision",
            ),
            models.CheckConstraint(
                condition=~Q(outcome=Outcome.REJECTED) | ~Q(reason=""), name="decision_refuses_with_reason"
            ),
            models.CheckConstraint(
                condition=~Q(state=DecisionState.RELEASED) | Q(batch__isnull=False), name="decision_released_in_batch"
            ),
        ]
        triggers = [
            states.guard("state", rules.DECISION_TRANSITIONS),
            pgtrigger.Trigger(
                name="decision_door", operation=pgtrigger.Update, when=pgtrigger.Before, func=DECISION_DOOR
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.application}: {self.get_outcome_display()}"
