"""Applications of enterprises to activities, and the eligibility results frozen with them."""

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from batikportal import audit, states
from batikportal.models import Area, Enterprise, Entity
from marketing import rules
from marketing.choices import (
    ApplicationChannel,
    ApplicationState,
    CheckPhase,
    RuleCode,
    SelectionMode,
    Verdict,
)
from marketing.models.activity import Activity

# States in which an application may be without having been sent.
UNSENT_STATES = (ApplicationState.DRAFT, ApplicationState.WITHDRAWN, ApplicationState.CANCELLED)


class ApplicationQuerySet(models.QuerySet["Application"]):
    def visible_to(self, user) -> "ApplicationQuerySet":
        """Staff see what was sent (never drafts of others); members see all applications of their own enterprises."""
        own = Q(enterprise__in=Enterprise.objects.owned_by(user))
        if user.has_perm("marketing.view_application"):
            return self.filter(Q(submitted_at__isnull=False) | Q(created_by=user) | own)
        return self.filter(own)

    def owned_by(self, user) -> "ApplicationQuerySet":
        """The applications of the enterprises that a user is a member of."""
        return self.filter(enterprise__in=Enterprise.objects.owned_by(user))

    def sent(self) -> "ApplicationQuerySet":
        """Applications that were sent, whatever became of them."""
        return self.filter(submitted_at__isnull=False)

    def seated(self) -> "ApplicationQuerySet":
        """Applications that hold a seat."""
        return self.filter(state__in=rules.SEAT_STATES)

    def undecided(self) -> "ApplicationQuerySet":
        """Applications sent that still wait for an answer."""
        return self.filter(state__in=rules.UNDECIDED_STATES)


SEAT_DOOR = """
IF TG_OP = 'INSERT' THEN
    IF NEW.state NOT IN ({entry}) THEN
        RAISE EXCEPTION 'an application cannot begin as %', NEW.state USING ERRCODE = 'check_violation';
    END IF;
    came_from := 'draft';
ELSE
    came_from := OLD.state;
END IF;
IF NEW.state IN ('accepted', 'waitlisted') AND came_from = 'draft' THEN
    PERFORM 1 FROM {activity} a WHERE a.id = NEW.activity_id AND a.selection_mode = '{first_come}';
    IF NOT FOUND THEN
        RAISE EXCEPTION 'only a first-come call answers at once' USING ERRCODE = 'check_violation';
    END IF;
ELSIF NEW.state IN ('accepted', 'waitlisted', 'rejected') AND came_from = 'pending' THEN
    PERFORM 1 FROM marketing_decision d
    WHERE d.application_id = NEW.id AND d.state = 'released' AND d.outcome = NEW.state;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no released decision says %', NEW.state USING ERRCODE = 'check_violation';
    END IF;
END IF;
RETURN NEW;
"""


@audit.tracked
class Application(Entity):
    """An enterprise's application for an activity. Its state is moved by actions alone; the history is its log."""

    activity = models.ForeignKey(
        Activity, on_delete=models.PROTECT, related_name="applications", verbose_name=_("kegiatan")
    )
    enterprise = models.ForeignKey(
        Enterprise, on_delete=models.PROTECT, related_name="+", verbose_name=_("pelaku usaha")
    )
    state = models.CharField(
        _("status"), max_length=12, choices=ApplicationState, default=ApplicationState.DRAFT, editable=False
    )
    channel = models.CharField(
        _("saluran"), max_length=8, choices=ApplicationChannel, default=ApplicationChannel.WEB, editable=False
    )
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("dikirim oleh"),
    )
    idempotency_key = models.UUIDField(_("kunci pengiriman"), null=True, blank=True, editable=False)
    answer = models.TextField(_("jawaban motivasi"), max_length=1000, blank=True)
    submitted_at = models.DateTimeField(_("dikirim pada"), null=True, blank=True, editable=False)
    arrival_number = models.PositiveIntegerField(_("nomor urut masuk"), null=True, blank=True, editable=False)
    waiting_order = models.PositiveIntegerField(_("urutan cadangan"), null=True, blank=True, editable=False)
    # Fixed at submission, so that quotas and fairness are counted by what was true then.
    snapshot = models.JSONField(_("data usaha saat dikirim"), null=True, blank=True, editable=False)
    ward = models.ForeignKey(
        Area,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("kelurahan saat dikirim"),
    )
    is_first_timer = models.BooleanField(_("belum pernah ikut"), null=True, blank=True, editable=False)
    is_women_led = models.BooleanField(_("dipimpin perempuan"), null=True, blank=True, editable=False)
    counted_quotas = ArrayField(
        models.BigIntegerField(), verbose_name=_("dihitung dalam kuota"), default=list, blank=True, editable=False
    )
    eligibility = models.CharField(_("hasil syarat"), max_length=12, choices=Verdict, blank=True, editable=False)
    returned_note = models.CharField(_("yang perlu dilengkapi"), max_length=500, blank=True, editable=False)
    return_due_on = models.DateField(_("dilengkapi paling lambat"), null=True, blank=True, editable=False)
    answered_at = models.DateTimeField(_("dijawab pada"), null=True, blank=True, editable=False)
    answer_reason = models.CharField(_("alasan jawaban"), max_length=500, blank=True, editable=False)
    ended_at = models.DateTimeField(_("ditarik pada"), null=True, blank=True, editable=False)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("pendaftaran")
        verbose_name_plural = _("pendaftaran")
        permissions = [
            ("review_application", "Can check, return and find eligible or not"),
            ("decide_application", "Can propose decisions"),
            ("assist_application", "Can apply on behalf of an enterprise"),
            ("record_attendance", "Can record attendance"),
        ]
        indexes = [
            models.Index(fields=["activity", "state", "arrival_number"]),
            models.Index(fields=["enterprise", "-submitted_at"]),
            models.Index(
                fields=["activity", "waiting_order"],
                condition=Q(state=ApplicationState.WAITLISTED),
                name="application_waiting_line",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise", "activity"],
                condition=Q(state__in=rules.LIVE_STATES),
                name="one_live_application",
                violation_error_message=_("Usaha ini sudah terdaftar di kegiatan ini."),
            ),
            models.UniqueConstraint(fields=["activity", "arrival_number"], name="application_arrival_once"),
            models.UniqueConstraint(fields=["sent_by", "idempotency_key"], name="application_sent_once"),
            models.CheckConstraint(
                condition=Q(state__in=UNSENT_STATES)
                | Q(
                    submitted_at__isnull=False,
                    arrival_number__isnull=False,
                    snapshot__isnull=False,
                    ward__isnull=False,
                    is_first_timer__isnull=False,
                    is_women_led__isnull=False,
                    sent_by__isnull=False,
                ),
                name="application_sent_is_complete",
            ),
            models.CheckConstraint(
                condition=~Q(state=ApplicationState.DRAFT) | Q(submitted_at__isnull=True, arrival_number__isnull=True),
                name="application_draft_is_unsent",
            ),
            models.CheckConstraint(
                condition=~Q(state=ApplicationState.WAITLISTED) | Q(waiting_order__isnull=False),
                name="application_waits_in_order",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[ApplicationState.REJECTED, ApplicationState.INELIGIBLE]) | ~Q(answer_reason=""),
                name="application_refused_with_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state=ApplicationState.RETURNED) | ~Q(returned_note=""),
                name="application_returned_with_note",
            ),
        ]
        triggers = [
            states.guard("state", rules.APPLICATION_TRANSITIONS),
            pgtrigger.Trigger(
                name="seat_door",
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("state"),
                when=pgtrigger.Before,
                declare=[("came_from", "text")],
                func=SEAT_DOOR.format(
                    entry=", ".join(f"'{state}'" for state in rules.ENTRY_STATES),
                    activity="marketing_activity",
                    first_come=SelectionMode.FIRST_COME.value,
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enterprise} – {self.activity}"

    def get_absolute_url(self) -> str:
        """The status page of the applicant."""
        return reverse("marketing:application-status", args=[self.public_id])

    @property
    def stage(self) -> str:
        """The public stage: the only status an applicant may see."""
        return rules.public_stage(self.state)

    @property
    def stage_label(self) -> str:
        return str(rules.public_stage(self.state).label)

    @property
    def stage_tone(self) -> str:
        return rules.stage_tone(rules.public_stage(self.state))

    @property
    def holds_seat(self) -> bool:
        return self.state in rules.SEAT_STATES


class EligibilityResult(models.Model):
    """How one rule judged an application, with the rule as it stood; written at submission and at decision, kept."""

    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="eligibility_results", verbose_name=_("pendaftaran")
    )
    phase = models.CharField(_("tahap"), max_length=10, choices=CheckPhase)
    checked_at = models.DateTimeField(_("diperiksa pada"))
    position = models.PositiveSmallIntegerField(_("urutan"))
    code = models.CharField(_("syarat"), max_length=20, choices=RuleCode)
    number = models.PositiveSmallIntegerField(_("angka"), null=True)
    options = ArrayField(models.CharField(max_length=20), verbose_name=_("pilihan"), default=list)
    is_blocking = models.BooleanField(_("wajib"))
    verdict = models.CharField(_("hasil"), max_length=12, choices=Verdict)
    reason = models.CharField(_("alasan"), max_length=400)

    class Meta:
        verbose_name = _("hasil syarat")
        verbose_name_plural = _("hasil syarat")
        constraints = [
            models.UniqueConstraint(
                fields=["application", "phase", "checked_at", "position"], name="eligibility_result_once"
            ),
        ]
        triggers = [pgtrigger.Protect(name="frozen", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.get_code_display()}: {self.get_verdict_display()}"

    @property
    def requirement_text(self) -> str:
        """The requirement as it stood, as a sentence."""
        return rules.requirement_text(rules.Requirement(self.code, self.number, tuple(self.options), self.is_blocking))
