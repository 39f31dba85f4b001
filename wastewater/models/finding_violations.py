"""Which violations a finding rests on: the link by which a proven repair reaches the violation."""

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from batikportal import audit
from wastewater.models.findings import Finding
from wastewater.models.violations import Violation


@audit.tracked
class FindingViolation(models.Model):
    """A violation on which a finding rests; of the same firm or plant, and fixed once the firm was told."""

    finding = models.ForeignKey(
        Finding, on_delete=models.CASCADE, related_name="violation_links", verbose_name=_("temuan")
    )
    violation = models.ForeignKey(
        Violation, on_delete=models.PROTECT, related_name="finding_links", verbose_name=_("pelanggaran")
    )

    class Meta:
        verbose_name = _("pelanggaran yang mendasari temuan")
        verbose_name_plural = _("pelanggaran yang mendasari temuan")
        ordering = ["finding", "violation"]
        constraints = [models.UniqueConstraint(fields=["finding", "violation"], name="finding_violation_once")]
        triggers = [
            pgtrigger.Protect(name="finding_violation_stays", operation=pgtrigger.Update),
            pgtrigger.Trigger(
                name="finding_rests_on_own_violation",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Delete,
                declare=[("told", "wastewater_finding")],
                func=pgtrigger.Func(
                    """
                    SELECT * INTO told FROM wastewater_finding
                        WHERE id = COALESCE(NEW.finding_id, OLD.finding_id) FOR SHARE;
                    IF told.state <> 'open' THEN
                        RAISE EXCEPTION 'finding % was told to the firm and stays as it was told', told.id
                            USING ERRCODE = 'check_violation';
                    END IF;
                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
                    IF NOT EXISTS (SELECT FROM wastewater_violation v WHERE v.id = NEW.violation_id
                        AND v.state <> 'withdrawn'
                        AND (v.enterprise_id, v.plant_id) IS NOT DISTINCT FROM (told.enterprise_id, told.plant_id)) THEN
                        RAISE EXCEPTION 'a finding rests on a standing violation of the same firm or plant'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                    """
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.finding} – {self.violation}"
