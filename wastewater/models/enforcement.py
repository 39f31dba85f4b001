"""Enforcement cases: coaching, the decisions of the legal ladder, their orders, objections and milestones."""

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from batikportal import audit, states
from batikportal.models import Area, Enterprise, Entity, StoredFile
from wastewater.choices.enforcement import (
    CaseOutcome,
    CaseState,
    CoercionForm,
    DecisionKind,
    DecisionState,
    ObjectionOutcome,
)
from wastewater.models.findings import STANDING, Finding, stop_messages
from wastewater.models.plants import TreatmentPlant
from wastewater.models.subjects import one_subject
from wastewater.models.supervision import LegalArticle
from wastewater.rules import enforcement as rules

_BURDENING = ", ".join(f"'{state.value}'" for state in rules.BURDENING)
_ENDED = ", ".join(f"'{state.value}'" for state in rules.ENDED)
TONES = {"drafted": "neutral", "approved": "info", "served": "warning", "in_force": "warning", "met": "good",
         "breached": "bad", "escalated": "bad", "lifted": "good"}  # fmt: skip


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
            areas = user.areas_for("wastewater.record_inspection")
            return self if areas is None else self.filter(Q(ward__in=areas) | Q(ward__parent__in=areas))
        served = EnforcementDecision.objects.filter(served_on__isnull=False).values("case")
        return self.filter(enterprise__in=Enterprise.objects.owned_by(user), pk__in=served)


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
class EnforcementDecision(Entity):
    """One decision of the legal ladder. Amount and number of a fine are recorded, never computed."""

    case = models.ForeignKey(
        EnforcementCase, on_delete=models.PROTECT, related_name="decisions", verbose_name=_("perkara")
    )
    kind = models.CharField(_("jenis keputusan"), max_length=10, choices=DecisionKind)
    coercion_forms = ArrayField(
        models.CharField(max_length=10, choices=CoercionForm),
        verbose_name=_("bentuk paksaan"),
        default=list,
        blank=True,
    )
    articles = models.ManyToManyField(LegalArticle, related_name="+", verbose_name=_("dasar hukum"))
    considerations = models.TextField(_("pertimbangan"))
    fine_idr = models.BigIntegerField(_("denda (rupiah)"), null=True, blank=True)
    decree_number = models.CharField(_("nomor keputusan"), max_length=80, blank=True)
    decree_on = models.DateField(_("tanggal keputusan"), null=True, blank=True)
    state = models.CharField(
        _("keadaan"), max_length=9, choices=DecisionState, default=DecisionState.DRAFTED, editable=False
    )
    follows = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="followers",
        verbose_name=_("peningkatan dari"),
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("disetujui oleh"),
    )
    approved_at = models.DateTimeField(_("disetujui pada"), null=True, blank=True, editable=False)
    served_on = models.DateField(_("disampaikan tanggal"), null=True, blank=True, editable=False)
    served_to = models.CharField(_("diterima oleh"), max_length=120, blank=True, editable=False)
    objection_due_on = models.DateField(_("keberatan paling lambat"), null=True, blank=True, editable=False)
    in_force_on = models.DateField(_("berlaku sejak"), null=True, blank=True, editable=False)
    ended_at = models.DateTimeField(_("berakhir pada"), null=True, blank=True, editable=False)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("diakhiri oleh"),
    )
    ending_note = models.TextField(_("alasan berakhir"), blank=True, editable=False)

    class Meta:
        verbose_name = _("keputusan sanksi")
        verbose_name_plural = _("keputusan sanksi")
        ordering = ["case", "pk"]
        indexes = [models.Index(fields=["state"], name="decision_by_state")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=DecisionKind.COERCION) & ~Q(coercion_forms=[])
                | ~Q(kind=DecisionKind.COERCION) & Q(coercion_forms=[]),
                name="decision_coercion_has_form",
                violation_error_message=_("Pilih sedikitnya satu bentuk paksaan, hanya untuk paksaan pemerintah."),
            ),
            models.CheckConstraint(
                condition=Q(fine_idr__isnull=True) | Q(kind=DecisionKind.FINE, fine_idr__gt=0),
                name="decision_fine_only_for_fines",
                violation_error_message=_("Jumlah denda hanya untuk denda administratif dan lebih dari nol."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=[DecisionState.DRAFTED, DecisionState.LIFTED])
                | Q(approved_by__isnull=False, approved_at__isnull=False, decree_on__isnull=False)
                & ~Q(decree_number="")
                & (~Q(kind=DecisionKind.FINE) | Q(fine_idr__isnull=False)),
                name="decision_approved_with_decree",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("created_by")),
                name="decision_approved_by_another_person",
                violation_error_message=_("Keputusan disetujui oleh orang lain, bukan penyusunnya."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=[DecisionState.DRAFTED, DecisionState.APPROVED, DecisionState.LIFTED])
                | Q(served_on__isnull=False, objection_due_on__isnull=False) & ~Q(served_to=""),
                name="decision_served_to_someone",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=rules.ENDED)
                | Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(ending_note=""),
                name="decision_ended_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(in_force_on__isnull=True) | Q(in_force_on__gte=F("served_on")),
                name="decision_dates_in_order",
            ),
            models.UniqueConstraint(
                fields=["decree_number"],
                condition=~Q(decree_number=""),
                name="decision_decree_number_once",
                violation_error_message=_("Nomor keputusan ini sudah dipakai."),
            ),
        ]
        triggers = [
            states.guard("state", rules.DECISION_TRANSITIONS),
            pgtrigger.Trigger(
                name="no_sanction_on_cleared",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=pgtrigger.Func(
                    f"""
                    IF TG_OP = 'INSERT' THEN
                        IF NEW.state <> 'drafted' THEN
                            RAISE EXCEPTION 'a decision begins as a draft' USING ERRCODE = 'check_violation';
                        END IF;
                    ELSIF OLD.state <> 'drafted' AND (OLD.case_id, OLD.kind, OLD.coercion_forms, OLD.considerations,
                            OLD.fine_idr, OLD.decree_number, OLD.decree_on, OLD.created_by_id, OLD.approved_by_id)
                        IS DISTINCT FROM (NEW.case_id, NEW.kind, NEW.coercion_forms, NEW.considerations,
                            NEW.fine_idr, NEW.decree_number, NEW.decree_on, NEW.created_by_id, NEW.approved_by_id) THEN
                        RAISE EXCEPTION 'decision % is approved and stays as it is', OLD.id
                            USING ERRCODE = 'check_violation';
                    ELSIF OLD.state = NEW.state THEN
                        RETURN NEW;
                    END IF;
                    IF NEW.state IN ({_BURDENING}) THEN
                        PERFORM 1 FROM wastewater_casefinding c
                            JOIN wastewater_enforcementcase k ON k.id = c.case_id
                            JOIN wastewater_finding f ON f.id = c.finding_id
                            WHERE c.case_id = NEW.case_id AND k.state = 'open' AND {STANDING}
                            FOR SHARE OF k, f;
                        IF NOT FOUND THEN
                            RAISE EXCEPTION 'no sanction without an upheld finding that is not cured'
                                USING ERRCODE = 'check_violation';
                        END IF;
                    END IF;
                    RETURN NEW;
                    """
                ),
            ),
            pgtrigger.Trigger(
                name="ended_is_left_alone",
                when=pgtrigger.After,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state__df=pgtrigger.F("new__state")),
                func=pgtrigger.Func(
                    f"IF NEW.state IN ({_ENDED}) THEN"
                    + stop_messages("n.decision_id = NEW.id")
                    + "END IF; RETURN NULL;"
                ),
            ),
            pgtrigger.Protect(name="decision_stays", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.decree_number}".strip()

    @property
    def tone(self) -> str:
        return TONES[self.state]

    @property
    def form_names(self) -> list[str]:
        return [str(CoercionForm(code).label) for code in self.coercion_forms]


@audit.tracked
class OrderedItem(Entity):
    """One thing that a decision orders, with its deadline, what was handed in, and who saw that it is done."""

    decision = models.ForeignKey(
        EnforcementDecision, on_delete=models.PROTECT, related_name="items", verbose_name=_("keputusan")
    )
    finding = models.ForeignKey(
        Finding, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("temuan")
    )
    text = models.TextField(_("perintah"))
    due_on = models.DateField(_("tenggat"))
    extended_until = models.DateField(_("diperpanjang sampai"), null=True, blank=True, editable=False)
    extension_reason = models.CharField(_("alasan perpanjangan"), max_length=300, blank=True, editable=False)
    evidence_note = models.TextField(_("bukti"), blank=True, editable=False)
    evidence_file = models.ForeignKey(
        StoredFile,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("berkas bukti"),
    )
    done_on = models.DateField(_("dilaksanakan tanggal"), null=True, blank=True, editable=False)
    verified_at = models.DateTimeField(_("diperiksa pada"), null=True, blank=True, editable=False)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("diperiksa oleh"),
    )

    class Meta:
        verbose_name = _("perintah")
        verbose_name_plural = _("perintah")
        ordering = ["decision", "due_on", "pk"]
        indexes = [
            models.Index(fields=["due_on"], condition=Q(verified_at__isnull=True), name="order_waiting"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="order_has_text"),
            models.CheckConstraint(
                condition=Q(extended_until__isnull=True) | Q(extended_until__gt=F("due_on")) & ~Q(extension_reason=""),
                name="order_extended_with_reason",
                violation_error_message=_("Perpanjangan harus sesudah tenggat dan beralasan."),
            ),
            models.CheckConstraint(
                condition=Q(verified_at__isnull=True, verified_by__isnull=True)
                | Q(verified_at__isnull=False, verified_by__isnull=False, done_on__isnull=False),
                name="order_verified_when_done",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="order_as_decided",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                declare=[("decision_state", "text")],
                func=pgtrigger.Func(
                    f"""
                    SELECT state INTO decision_state FROM wastewater_enforcementdecision
                        WHERE id = COALESCE(NEW.decision_id, OLD.decision_id) FOR SHARE;
                    IF decision_state <> 'drafted' AND (TG_OP <> 'UPDATE'
                        OR (OLD.decision_id, OLD.finding_id, OLD.text, OLD.due_on)
                           IS DISTINCT FROM (NEW.decision_id, NEW.finding_id, NEW.text, NEW.due_on)) THEN
                        RAISE EXCEPTION 'an order stays as it was decided; a deadline is extended'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    IF TG_OP = 'UPDATE' AND decision_state IN ({_ENDED}) THEN
                        RAISE EXCEPTION 'the decision has ended' USING ERRCODE = 'check_violation';
                    END IF;
                    IF TG_OP = 'UPDATE' AND OLD.extended_until IS NOT NULL
                        AND (NEW.extended_until IS NULL OR NEW.extended_until < OLD.extended_until) THEN
                        RAISE EXCEPTION 'an extension is not taken back' USING ERRCODE = 'check_violation';
                    END IF;
                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
                    RETURN NEW;
                    """  # noqa: S608
                ),
            ),
            pgtrigger.Trigger(
                name="done_is_left_alone",
                when=pgtrigger.After,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__verified_at__isnull=True, new__verified_at__isnull=False),
                func=pgtrigger.Func(stop_messages("n.item_id = NEW.id") + "RETURN NULL;"),
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def deadline(self):
        """The day that counts: the extended one if there is one."""
        return self.extended_until or self.due_on


@audit.tracked
class Objection(Entity):
    """An administrative objection (keberatan) against a served decision, and what the office answered."""

    decision = models.ForeignKey(
        EnforcementDecision, on_delete=models.PROTECT, related_name="objections", verbose_name=_("keputusan")
    )
    submitted_on = models.DateField(_("diajukan tanggal"))
    text = models.TextField(_("isi keberatan"))
    file = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("berkas")
    )
    decision_due_on = models.DateField(_("diputus paling lambat"), editable=False)
    outcome = models.CharField(
        _("putusan"), max_length=8, choices=ObjectionOutcome, default=ObjectionOutcome.WAITING, editable=False
    )
    decided_on = models.DateField(_("diputus tanggal"), null=True, blank=True, editable=False)
    decision_reason = models.TextField(_("alasan"), blank=True, editable=False)

    class Meta:
        verbose_name = _("keberatan")
        verbose_name_plural = _("keberatan")
        ordering = ["decision", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="objection_has_text"),
            models.CheckConstraint(
                condition=Q(outcome=ObjectionOutcome.WAITING, decided_on__isnull=True)
                | ~Q(outcome=ObjectionOutcome.WAITING) & Q(decided_on__isnull=False) & ~Q(decision_reason=""),
                name="objection_decided_with_reason",
            ),
            models.UniqueConstraint(
                fields=["decision"],
                condition=Q(outcome=ObjectionOutcome.WAITING),
                name="objection_one_waiting",
                violation_error_message=_("Masih ada keberatan yang menunggu putusan."),
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]


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
