"""Enforcement cases: the findings they rest on, coaching before any sanction, and the compliance schedule."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from batikportal import audit, states
from batikportal.models import Area, Enterprise, Entity
from batikportal.models.area import lies_in
from wastewater.choices.enforcement import (
    CaseOutcome,
    CaseState,
)
from wastewater.models.findings import STANDING, Finding, stop_messages
from wastewater.models.plants import TreatmentPlant
from wastewater.models.subjects import one_subject
from wastewater.rules import enforcement as rules

_ENDED = ", ".join(f"'{state.value}'" for state in rules.ENDED)


def _while_open(name: str) -> pgtrigger.Trigger:
    """Rows of a closed case stay as they are, and none is added."""
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func=pgtrigger.Func(
            """
            PERFORM 1 FROM wastewater_enforcementcase
                WHERE id = COALESCE(NEW.case_id, OLD.case_id) AND state = 'open' FOR SHARE;
            IF NOT FOUND THEN
                RAISE EXCEPTION 'the case is closed' USING ERRCODE = 'check_violation';
            END IF;
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            RETURN NEW;
            """
        ),
    )


class EnforcementCaseQuerySet(models.QuerySet["EnforcementCase"]):
    def visible_to(self, user) -> "EnforcementCaseQuerySet":
        """Who inspects, in the own area; members of an enterprise its own once a decision was served; others none."""
        if user.has_perm("wastewater.record_inspection"):
            return self.filter(lies_in(user.areas_for("wastewater.record_inspection")))
        own = self.filter(enterprise__in=Enterprise.objects.known_to(user))
        return own.filter(decisions__served_on__isnull=False).distinct()


@audit.tracked
class EnforcementCase(Entity):
    """All that follows from upheld findings of one firm or plant, until what was asked is done or lifted."""

    enterprise = models.ForeignKey(
        Enterprise, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("pelaku usaha")
    )
    plant = models.ForeignKey(
        TreatmentPlant, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("IPAL")
    )
    ward = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name=_("kelurahan"))
    title = models.CharField(_("perkara"), max_length=150)
    opened_on = models.DateField(_("dibuka tanggal"))
    findings = models.ManyToManyField(
        Finding, through="CaseFinding", related_name="cases", verbose_name=_("temuan yang mendasari")
    )
    state = models.CharField(_("keadaan"), max_length=6, choices=CaseState, default=CaseState.OPEN, editable=False)
    outcome = models.CharField(_("akhir perkara"), max_length=8, choices=CaseOutcome, blank=True, editable=False)
    closed_at = models.DateTimeField(_("ditutup pada"), null=True, blank=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("ditutup oleh"),
    )
    closing_note = models.TextField(_("alasan ditutup"), blank=True, editable=False)

    objects = EnforcementCaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("perkara penegakan")
        verbose_name_plural = _("perkara penegakan")
        ordering = ["-opened_on", "-pk"]
        permissions = [
            ("record_enforcement", "Can draft decisions and follow up orders"),
            ("approve_enforcement", "Can approve, serve and end decisions"),
        ]
        indexes = [
            models.Index(fields=["state", "opened_on"], name="case_by_state"),
            models.Index(fields=["enterprise"], name="case_by_enterprise"),
        ]
        constraints = [
            one_subject("case_of_one_subject"),
            models.CheckConstraint(
                condition=Q(state=CaseState.OPEN, outcome="", closed_at__isnull=True)
                | Q(state=CaseState.CLOSED, closed_at__isnull=False, closed_by__isnull=False)
                & ~Q(outcome="")
                & ~Q(closing_note=""),
                name="case_closed_with_reason",
            ),
        ]
        triggers = [
            states.guard("state", {CaseState.OPEN: (CaseState.CLOSED,), CaseState.CLOSED: ()}),
            pgtrigger.Trigger(
                name="closed_when_settled",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state="open", new__state="closed"),
                func=pgtrigger.Func(
                    f"""
                    IF EXISTS (SELECT FROM wastewater_enforcementdecision
                               WHERE case_id = NEW.id AND state NOT IN ({_ENDED})) THEN
                        RAISE EXCEPTION 'a decision of case % still runs', NEW.id USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                    """
                ),
            ),
            pgtrigger.Trigger(
                name="closed_is_left_alone",
                when=pgtrigger.After,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state="open", new__state="closed"),
                func=pgtrigger.Func(
                    stop_messages(  # noqa: S608
                        "n.decision_id IN (SELECT d.id FROM wastewater_enforcementdecision d WHERE d.case_id = NEW.id)"
                    )
                    + "RETURN NULL;"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} – {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("wastewater:case", args=[self.public_id])

    @property
    def number(self) -> str:
        return f"KSS-{self.pk:05d}"

    @property
    def subject(self) -> Enterprise | TreatmentPlant:
        subject = self.enterprise or self.plant
        assert subject is not None  # noqa: S101 - the constraint case_of_one_subject
        return subject

    @property
    def tone(self) -> str:
        return "warning" if self.state == CaseState.OPEN else "good"


@audit.tracked
class CaseFinding(models.Model):
    """A finding on which a case rests; it was upheld, is not cured, and is of the same firm."""

    case = models.ForeignKey(EnforcementCase, on_delete=models.CASCADE, related_name="links", verbose_name=_("perkara"))
    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="case_links", verbose_name=_("temuan"))

    class Meta:
        verbose_name = _("temuan perkara")
        verbose_name_plural = _("temuan perkara")
        constraints = [models.UniqueConstraint(fields=["case", "finding"], name="case_finding_once")]
        triggers = [
            pgtrigger.Protect(name="case_finding_stays", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="case_needs_upheld",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=pgtrigger.Func(
                    f"""
                    PERFORM 1 FROM wastewater_finding f JOIN wastewater_enforcementcase c ON c.id = NEW.case_id
                        WHERE f.id = NEW.finding_id AND {STANDING} AND c.state = 'open'
                          AND (f.enterprise_id, f.plant_id) IS NOT DISTINCT FROM (c.enterprise_id, c.plant_id)
                        FOR SHARE;
                    IF NOT FOUND THEN
                        RAISE EXCEPTION 'a case rests on upheld, uncured findings of the same firm'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                    """
                ),
            ),
        ]

    def __str__(self) -> str:
        return str(self.finding)


@audit.tracked
class Coaching(Entity):
    """Coaching (pembinaan): the city's first step with a small firm, before any sanction."""

    enterprise = models.ForeignKey(
        Enterprise, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("pelaku usaha")
    )
    plant = models.ForeignKey(
        TreatmentPlant, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("IPAL")
    )
    finding = models.ForeignKey(
        Finding, on_delete=models.PROTECT, null=True, blank=True, related_name="coaching", verbose_name=_("temuan")
    )
    held_on = models.DateField(_("tanggal"))
    topic = models.CharField(_("pokok pembinaan"), max_length=150)
    agreement = models.TextField(_("yang disepakati"))
    next_visit_on = models.DateField(_("dilihat lagi tanggal"), null=True, blank=True)

    class Meta:
        verbose_name = _("pembinaan")
        verbose_name_plural = _("pembinaan")
        ordering = ["-held_on", "-pk"]
        indexes = [models.Index(fields=["enterprise", "held_on"], name="coaching_by_enterprise")]
        constraints = [
            one_subject("coaching_of_one_subject"),
            models.CheckConstraint(
                condition=Q(next_visit_on__isnull=True) | Q(next_visit_on__gte=F("held_on")),
                name="coaching_visit_after",
                violation_error_message=_("Kunjungan berikutnya harus sesudah pembinaan."),
            ),
        ]

    def __str__(self) -> str:
        return self.topic


@audit.tracked
class Milestone(Entity):
    """One step of a compliance schedule (jadwal perbaikan): until when, and when it was reached."""

    case = models.ForeignKey(
        EnforcementCase, on_delete=models.PROTECT, related_name="milestones", verbose_name=_("perkara")
    )
    text = models.CharField(_("tahap perbaikan"), max_length=200)
    due_on = models.DateField(_("tenggat"))
    done_on = models.DateField(_("tercapai tanggal"), null=True, blank=True, editable=False)
    evidence_note = models.CharField(_("bukti"), max_length=300, blank=True, editable=False)

    class Meta:
        verbose_name = _("tahap jadwal perbaikan")
        verbose_name_plural = _("tahap jadwal perbaikan")
        ordering = ["case", "due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_on__isnull=True) | ~Q(evidence_note=""), name="milestone_done_with_evidence"
            ),
        ]
        triggers = [_while_open("milestone_while_open")]

    def __str__(self) -> str:
        return self.text
