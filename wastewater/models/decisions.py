"""Decisions of the legal ladder, their ordered items, and objections against them."""

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from batikportal import audit, states
from batikportal.models import Entity, StoredFile
from wastewater.choices.enforcement import (
    CoercionForm,
    DecisionKind,
    DecisionState,
    ObjectionOutcome,
)
from wastewater.models.cases import EnforcementCase
from wastewater.models.findings import STANDING, Finding, stop_messages
from wastewater.models.supervision import LegalArticle
from wastewater.rules import enforcement as rules

_BURDENING = ", ".join(f"'{state.value}'" for state in rules.BURDENING)
_ENDED = ", ".join(f"'{state.value}'" for state in rules.ENDED)
TONES = {"drafted": "neutral", "approved": "info", "served": "warning", "in_force": "warning", "met": "good",
         "breached": "bad", "escalated": "bad", "lifted": "good"}  # fmt: skip


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
    without_coaching_reason = models.TextField(_("alasan tanpa pembinaan lebih dahulu"), blank=True, editable=False)
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
                condition=Q(in_force_on__isnull=True) | Q(served_on__isnull=False, in_force_on__gte=F("served_on")),
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
                            OLD.without_coaching_reason,
                            OLD.fine_idr, OLD.decree_number, OLD.decree_on, OLD.created_by_id, OLD.approved_by_id)
                        IS DISTINCT FROM (NEW.case_id, NEW.kind, NEW.coercion_forms, NEW.considerations,
                            NEW.without_coaching_reason,
                            NEW.fine_idr, NEW.decree_number, NEW.decree_on, NEW.created_by_id, NEW.approved_by_id) THEN
                        RAISE EXCEPTION 'decision % is approved and stays as it is', OLD.id
                            USING ERRCODE = 'check_violation';
                    ELSIF OLD.state = NEW.state THEN
                        RETURN NEW;
                    END IF;
                    IF TG_OP = 'INSERT' AND NEW.follows_id IS NULL AND NEW.without_coaching_reason = ''
                        AND NOT EXISTS (
                            SELECT FROM wastewater_coaching t JOIN wastewater_enforcementcase k
                                ON (t.enterprise_id, t.plant_id) IS NOT DISTINCT FROM (k.enterprise_id, k.plant_id)
                            WHERE k.id = NEW.case_id) THEN
                        RAISE EXCEPTION 'coaching comes first, or a written reason why not'
                            USING ERRCODE = 'check_violation';
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
                    """  # noqa: S608 - constants of this module
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
