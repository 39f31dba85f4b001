"""Findings, the right of reply, and the messages about them; the database keeps cleared firms out of reach."""

from datetime import date

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from batikportal import audit, states
from batikportal.models import Area, Enterprise, Entity, StoredFile
from batikportal.models.area import lies_in
from wastewater.choices.enforcement import FindingOutcome, FindingState, ReplyKind, Silence
from wastewater.choices.inspections import Aspect
from wastewater.models.inspections import Inspection
from wastewater.models.plants import TreatmentPlant
from wastewater.models.samples import Sample
from wastewater.models.subjects import one_subject
from wastewater.rules import enforcement as rules

DECIDED_STATES = [FindingState.DECIDED, FindingState.CURED, FindingState.VERIFIED]
# Messages that ask something of a firm; once it is cleared they must not go out any more.
ASKING = "('reminder', 'opened', 'served')"
# A finding that weighs on a firm: decided against it and not yet cured.
STANDING = "f.state = 'decided' AND f.outcome IN ('upheld', 'adjusted')"


def stop_messages(condition: str) -> str:
    """SQL that takes unsent asking messages out of the outbox for good; `condition` is about the notice `n`."""
    return f"""
        UPDATE batikportal_outboxmessage SET state = 'stopped', next_attempt_at = NULL
        WHERE state IN ('draft', 'queued', 'failed')
          AND id IN (SELECT n.message_id FROM wastewater_notice n WHERE n.kind IN {ASKING} AND ({condition}));
    """  # noqa: S608 - constants of this module


class FindingQuerySet(models.QuerySet["Finding"]):
    def visible_to(self, user) -> "FindingQuerySet":
        """Who inspects, in the own area; members of an enterprise its own from the reply window on; others none."""
        if user.has_perm("wastewater.record_inspection"):
            return self.filter(lies_in(user.areas_for("wastewater.record_inspection")))
        return self.filter(enterprise__in=Enterprise.objects.known_to(user)).exclude(state=FindingState.OPEN)


@audit.tracked
class Finding(Entity):
    """Something that does not comply, told to the business, answered, decided, cured and looked at again."""

    enterprise = models.ForeignKey(
        Enterprise, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("pelaku usaha")
    )
    plant = models.ForeignKey(
        TreatmentPlant, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("IPAL")
    )
    ward = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name=_("kelurahan"))
    inspection = models.ForeignKey(
        Inspection,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="findings",
        verbose_name=_("pengawasan"),
    )
    aspect = models.CharField(_("aspek"), max_length=10, choices=Aspect)
    title = models.CharField(_("temuan"), max_length=150)
    description = models.TextField(_("uraian"))
    requested_action = models.TextField(_("yang harus diperbaiki"), blank=True)
    sample = models.ForeignKey(
        Sample, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("hasil uji")
    )
    violations = models.ManyToManyField(
        "wastewater.Violation",
        through="wastewater.FindingViolation",
        related_name="findings",
        verbose_name=_("pelanggaran yang mendasari"),
    )
    state = models.CharField(
        _("keadaan"), max_length=8, choices=FindingState, default=FindingState.OPEN, editable=False
    )
    opened_at = models.DateTimeField(_("hak jawab dibuka pada"), null=True, blank=True, editable=False)
    reply_due_on = models.DateField(_("hak jawab sampai"), null=True, blank=True, editable=False)
    reply_ended_at = models.DateTimeField(_("tanggapan dinyatakan lengkap"), null=True, blank=True, editable=False)
    silence_due_on = models.DateField(_("dinas memutus paling lambat"), null=True, blank=True, editable=False)

    outcome = models.CharField(_("putusan"), max_length=8, choices=FindingOutcome, blank=True, editable=False)
    silence = models.CharField(_("karena diam"), max_length=9, choices=Silence, blank=True, editable=False)
    decision_reason = models.TextField(_("alasan putusan"), blank=True, editable=False)
    adjusted_text = models.TextField(_("temuan setelah diubah"), blank=True, editable=False)
    decided_at = models.DateTimeField(_("diputuskan pada"), null=True, blank=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("diputuskan oleh"),
    )
    cure_due_on = models.DateField(_("diperbaiki paling lambat"), null=True, blank=True, editable=False)
    cured_on = models.DateField(_("diperbaiki pada"), null=True, blank=True, editable=False)
    cure_note = models.TextField(_("bukti perbaikan"), blank=True, editable=False)
    cured_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("perbaikan dicatat oleh"),
    )
    verified_at = models.DateTimeField(_("dibuktikan pada"), null=True, blank=True, editable=False)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("dibuktikan oleh"),
    )

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = _("temuan")
        verbose_name_plural = _("temuan")
        ordering = ["-pk"]
        permissions = [
            ("record_finding", "Can record findings and open the reply window"),
            ("decide_finding", "Can decide findings"),
            ("verify_finding", "Can confirm that a finding is cured"),
        ]
        indexes = [
            models.Index(fields=["state", "reply_due_on"], name="finding_by_state"),
            models.Index(fields=["enterprise", "state"], name="finding_by_enterprise"),
        ]
        constraints = [
            one_subject("finding_of_one_subject"),
            models.CheckConstraint(condition=~Q(title="") & ~Q(description=""), name="finding_has_text"),
            models.CheckConstraint(
                condition=Q(state=FindingState.OPEN, opened_at__isnull=True, reply_due_on__isnull=True)
                | ~Q(state=FindingState.OPEN) & Q(opened_at__isnull=False, reply_due_on__isnull=False),
                name="finding_window_is_dated",
            ),
            models.CheckConstraint(
                condition=Q(state__in=DECIDED_STATES, decided_at__isnull=False)
                & ~Q(outcome="")
                & ~Q(decision_reason="")
                & (Q(decided_by__isnull=False) | Q(silence=Silence.AUTHORITY))
                | ~Q(state__in=DECIDED_STATES) & Q(outcome="", decided_at__isnull=True, silence=""),
                name="finding_decided_with_reason",
            ),
            models.CheckConstraint(
                condition=~Q(silence=Silence.AUTHORITY) | Q(outcome=FindingOutcome.DROPPED),
                name="finding_silence_of_office_drops",
            ),
            models.CheckConstraint(
                condition=~Q(outcome=FindingOutcome.ADJUSTED) | ~Q(adjusted_text=""),
                name="finding_adjusted_has_text",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=rules.CLEARED_STATES)
                | Q(cured_on__isnull=False, cured_by__isnull=False, outcome__in=rules.STANDING_OUTCOMES)
                & ~Q(cure_note=""),
                name="finding_cured_with_evidence",
            ),
            models.CheckConstraint(
                condition=~Q(state=FindingState.VERIFIED) | Q(verified_at__isnull=False, verified_by__isnull=False),
                name="finding_verified_by_someone",
            ),
        ]
        triggers = [
            states.guard("state", rules.FINDING_TRANSITIONS),
            pgtrigger.Trigger(
                name="right_of_reply",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                declare=[("judged_on", "date")],
                func=pgtrigger.Func(
                    """
                    IF TG_OP = 'INSERT' THEN
                        IF NEW.state <> 'open' THEN
                            RAISE EXCEPTION 'a finding begins open' USING ERRCODE = 'check_violation';
                        END IF;
                        RETURN NEW;
                    END IF;
                    IF TG_OP = 'DELETE' THEN
                        IF OLD.state <> 'open' THEN
                            RAISE EXCEPTION 'finding % was told to the firm and stays', OLD.id
                                USING ERRCODE = 'check_violation';
                        END IF;
                        RETURN OLD;
                    END IF;
                    IF OLD.state <> 'open' AND (OLD.title, OLD.description, OLD.requested_action, OLD.aspect,
                            OLD.enterprise_id, OLD.plant_id, OLD.inspection_id, OLD.sample_id, OLD.opened_at)
                        IS DISTINCT FROM (NEW.title, NEW.description, NEW.requested_action, NEW.aspect,
                            NEW.enterprise_id, NEW.plant_id, NEW.inspection_id, NEW.sample_id, NEW.opened_at) THEN
                        RAISE EXCEPTION 'finding % was told to the firm and stays as it was told', OLD.id
                            USING ERRCODE = 'check_violation';
                    END IF;
                    IF OLD.reply_due_on IS NOT NULL AND NEW.reply_due_on < OLD.reply_due_on THEN
                        RAISE EXCEPTION 'a right of reply is never shortened' USING ERRCODE = 'check_violation';
                    END IF;
                    IF NEW.reply_ended_at IS DISTINCT FROM OLD.reply_ended_at AND NOT EXISTS (
                        SELECT FROM wastewater_findingreply WHERE finding_id = NEW.id AND is_final) THEN
                        RAISE EXCEPTION 'only the firm ends its right of reply early' USING ERRCODE = 'check_violation';
                    END IF;
                    IF OLD.state = 'reply' AND NEW.state = 'decided' THEN
                        -- The clock of the database is the second witness: nobody decides with tomorrow's date.
                        judged_on := (LEAST(NEW.decided_at, now()) AT TIME ZONE 'Asia/Jakarta')::date;
                        IF NEW.reply_ended_at IS NULL AND judged_on <= NEW.reply_due_on THEN
                            RAISE EXCEPTION 'the right of reply on finding % runs until %', OLD.id, NEW.reply_due_on
                                USING ERRCODE = 'check_violation';
                        END IF;
                    END IF;
                    IF OLD.outcome <> '' AND (OLD.outcome, OLD.decided_at, OLD.decision_reason, OLD.silence)
                        IS DISTINCT FROM (NEW.outcome, NEW.decided_at, NEW.decision_reason, NEW.silence) THEN
                        RAISE EXCEPTION 'what was decided on finding % stays', OLD.id
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                    """
                ),
            ),
            pgtrigger.Trigger(
                name="cleared_is_left_alone",
                when=pgtrigger.After,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state__df=pgtrigger.F("new__state")),
                func=pgtrigger.Func(
                    stop_messages("n.finding_id = NEW.id AND n.item_id IS NULL")  # noqa: S608
                    + "IF NEW.outcome = 'dropped' OR NEW.state IN ('cured', 'verified') THEN"
                    + stop_messages(
                        f"""
                        n.item_id IN (SELECT i.id FROM wastewater_ordereditem i WHERE i.finding_id = NEW.id)
                        OR n.decision_id IN (
                            SELECT d.id FROM wastewater_enforcementdecision d
                            JOIN wastewater_casefinding c ON c.case_id = d.case_id AND c.finding_id = NEW.id
                            WHERE NOT EXISTS (
                                SELECT FROM wastewater_casefinding o JOIN wastewater_finding f ON f.id = o.finding_id
                                WHERE o.case_id = d.case_id AND {STANDING}))
                        """  # noqa: S608
                    )
                    + "END IF; RETURN NULL;"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} – {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("wastewater:finding", args=[self.public_id])

    @property
    def number(self) -> str:
        return f"TMN-{self.pk:05d}"

    @property
    def subject(self) -> Enterprise | TreatmentPlant:
        subject = self.enterprise or self.plant
        assert subject is not None  # noqa: S101 - the constraint finding_of_one_subject
        return subject

    @property
    def is_cleared(self) -> bool:
        return rules.is_cleared(self.state, self.outcome)

    @property
    def stands(self) -> bool:
        """Whether a decision of the ladder may rest on it."""
        return rules.carries_sanction(self.state, self.outcome)

    def is_reply_over(self, today: date) -> bool:
        return rules.reply_is_over(self.reply_due_on, today, self.reply_ended_at is not None)

    @property
    def tone(self) -> str:
        if self.is_cleared:
            return "good"
        return {"open": "neutral", "reply": "info", "decided": "bad"}[self.state]

    @property
    def status_label(self) -> str:
        """The state, or once decided what was decided; a firm that said its last word waits for the office."""
        if self.state == FindingState.REPLY_WINDOW and self.is_reply_over(timezone.localdate()):
            return str(_("Menunggu putusan"))
        return str(self.get_outcome_display() if self.state == FindingState.DECIDED else self.get_state_display())


@audit.tracked
class FindingEvidence(Entity):
    """A photo or paper that shows what was found; the owner sees it too."""

    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="evidence", verbose_name=_("temuan"))
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+", verbose_name=_("berkas"))
    caption = models.CharField(_("keterangan"), max_length=150, blank=True)

    class Meta:
        verbose_name = _("bukti temuan")
        verbose_name_plural = _("bukti temuan")
        ordering = ["finding", "pk"]

    def __str__(self) -> str:
        return self.caption or str(self.file)


@audit.tracked
class FindingReply(Entity):
    """What the firm said, in its own words, perhaps written down by an officer; never changed afterwards."""

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="replies", verbose_name=_("temuan"))
    kind = models.CharField(_("jenis"), max_length=5, choices=ReplyKind, default=ReplyKind.REPLY)
    text = models.TextField(_("isi"))
    is_final = models.BooleanField(_("tanggapan sudah lengkap"), default=False)
    replied_at = models.DateTimeField(_("disampaikan pada"))
    spoken_by = models.CharField(
        _("disampaikan oleh"), max_length=120, blank=True, help_text=_("Bila petugas yang menuliskannya.")
    )

    class Meta:
        verbose_name = _("tanggapan")
        verbose_name_plural = _("tanggapan")
        ordering = ["finding", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="reply_has_text"),
            models.CheckConstraint(
                condition=Q(is_final=False) | Q(kind=ReplyKind.REPLY), name="reply_final_only_reply"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="reply_stays", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="reply_in_time",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[("answered", "wastewater_finding")],
                func=pgtrigger.Func(
                    """
                    SELECT * INTO answered FROM wastewater_finding WHERE id = NEW.finding_id FOR SHARE;
                    IF NEW.kind = 'reply' AND (answered.state <> 'reply' OR answered.reply_ended_at IS NOT NULL
                        OR (NEW.replied_at AT TIME ZONE 'Asia/Jakarta')::date > answered.reply_due_on) THEN
                        RAISE EXCEPTION 'the right of reply on finding % is not open', answered.id
                            USING ERRCODE = 'check_violation';
                    END IF;
                    IF NEW.kind = 'cure' AND (answered.state <> 'decided'
                        OR answered.outcome NOT IN ('upheld', 'adjusted')) THEN
                        RAISE EXCEPTION 'nothing is to be cured on finding %', answered.id
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                    """
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]


@audit.tracked
class ReplyFile(models.Model):
    """A file that came with a reply."""

    reply = models.ForeignKey(FindingReply, on_delete=models.PROTECT, related_name="files", verbose_name=_("tanggapan"))
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+", verbose_name=_("berkas"))

    class Meta:
        verbose_name = _("berkas tanggapan")
        verbose_name_plural = _("berkas tanggapan")
        ordering = ["reply", "pk"]
        triggers = [pgtrigger.Protect(name="reply_file_stays", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return str(self.file)
