"""Which message is about which finding, decision or order: how reminders are refused and stopped in time."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from batikportal.models import OutboxMessage
from wastewater.choices.enforcement import NoticeKind
from wastewater.models.findings import STANDING, Finding


class Notice(models.Model):
    """Which message of the outbox is about which finding, decision or order; the way by which it is stopped in time."""

    message = models.OneToOneField(OutboxMessage, on_delete=models.PROTECT, related_name="+", verbose_name=_("pesan"))
    kind = models.CharField(_("jenis"), max_length=8, choices=NoticeKind)
    finding = models.ForeignKey(
        Finding, on_delete=models.PROTECT, null=True, blank=True, related_name="notices", verbose_name=_("temuan")
    )
    decision = models.ForeignKey(
        "wastewater.EnforcementDecision",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="notices",
        verbose_name=_("keputusan"),
    )
    item = models.ForeignKey(
        "wastewater.OrderedItem",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="notices",
        verbose_name=_("perintah"),
    )
    due_on = models.DateField(_("tenggat yang diingatkan"), null=True, blank=True)

    class Meta:
        verbose_name = _("pemberitahuan")
        verbose_name_plural = _("pemberitahuan")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(finding__isnull=False, decision__isnull=True, item__isnull=True)
                | Q(finding__isnull=True, decision__isnull=False),
                name="notice_about_one_thing",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="notice_stays", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="cleared_is_not_reminded",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                condition=pgtrigger.Q(new__kind__in=["reminder", "opened", "served"]),
                declare=[
                    ("told", "wastewater_finding"),
                    ("ordered", "wastewater_enforcementdecision"),
                    ("asked", "wastewater_ordereditem"),
                ],
                func=pgtrigger.Func(
                    f"""
                    IF NEW.finding_id IS NOT NULL THEN
                        SELECT * INTO told FROM wastewater_finding WHERE id = NEW.finding_id FOR SHARE;
                        IF told.outcome = 'dropped' OR told.state NOT IN ('reply', 'decided') THEN
                            RAISE EXCEPTION 'finding % is cleared: no reminder', told.id
                                USING ERRCODE = 'check_violation';
                        END IF;
                        RETURN NEW;
                    END IF;
                    SELECT * INTO ordered FROM wastewater_enforcementdecision WHERE id = NEW.decision_id FOR SHARE;
                    PERFORM 1 FROM wastewater_casefinding c JOIN wastewater_finding f ON f.id = c.finding_id
                        WHERE c.case_id = ordered.case_id AND {STANDING} FOR SHARE OF f;
                    IF NOT FOUND OR ordered.state NOT IN ('served', 'in_force', 'breached') THEN
                        RAISE EXCEPTION 'decision % asks nothing any more: no reminder', ordered.id
                            USING ERRCODE = 'check_violation';
                    END IF;
                    IF NEW.item_id IS NOT NULL THEN
                        SELECT * INTO asked FROM wastewater_ordereditem WHERE id = NEW.item_id FOR SHARE;
                        IF asked.verified_at IS NOT NULL OR asked.decision_id <> NEW.decision_id OR EXISTS (
                            SELECT FROM wastewater_finding f
                            WHERE f.id = asked.finding_id AND NOT ({STANDING})) THEN
                            RAISE EXCEPTION 'order % is fulfilled: no reminder', asked.id
                                USING ERRCODE = 'check_violation';
                        END IF;
                    END IF;
                    RETURN NEW;
                    """  # noqa: S608
                ),
            ),
        ]

    def __str__(self) -> str:
        return str(self.message)
