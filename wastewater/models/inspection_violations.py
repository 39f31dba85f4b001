"""Which further violations an inspection looks into, beside the one that it began with."""

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from batikportal import audit
from wastewater.models.inspections import Inspection
from wastewater.models.violations import Violation


@audit.tracked
class InspectionViolation(models.Model):
    """A violation that a planned or running inspection also looks into; of the same firm or plant."""

    inspection = models.ForeignKey(
        Inspection, on_delete=models.CASCADE, related_name="violation_links", verbose_name=_("pengawasan")
    )
    violation = models.ForeignKey(
        Violation, on_delete=models.PROTECT, related_name="inspection_links", verbose_name=_("pelanggaran")
    )

    class Meta:
        verbose_name = _("pelanggaran yang diperiksa")
        verbose_name_plural = _("pelanggaran yang diperiksa")
        ordering = ["inspection", "violation"]
        constraints = [models.UniqueConstraint(fields=["inspection", "violation"], name="inspection_violation_once")]
        triggers = [
            pgtrigger.Protect(name="inspection_violation_stays", operation=pgtrigger.Update),
            pgtrigger.Trigger(
                name="inspection_looks_into_own_violation",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[("looking", "wastewater_inspection")],
                func=pgtrigger.Func(
                    """
                    SELECT * INTO looking FROM wastewater_inspection WHERE id = NEW.inspection_id FOR SHARE;
                    IF looking.state NOT IN ('planned', 'ongoing') THEN
                        RAISE EXCEPTION 'inspection % is over and looks into nothing more', looking.id
                            USING ERRCODE = 'check_violation';
                    END IF;
                    IF NOT EXISTS (SELECT FROM wastewater_violation v WHERE v.id = NEW.violation_id
                        AND v.state <> 'withdrawn' AND (v.enterprise_id, v.plant_id)
                            IS NOT DISTINCT FROM (looking.enterprise_id, looking.plant_id)) THEN
                        RAISE EXCEPTION 'an inspection looks into standing violations of the same firm or plant'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                    """
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.inspection} – {self.violation}"
