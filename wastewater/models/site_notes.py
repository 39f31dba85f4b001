"""What a team writes down on the spot: the place, documents, answers, measurements, samples; frozen with the report."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from batikportal import audit
from batikportal.models import StoredFile
from batikportal.models.area import WHOLE_POSITION_OR_NONE
from wastewater import rules
from wastewater.choices import Impossible, Qualifier, Unit
from wastewater.choices.inspections import AnswerStatus
from wastewater.models.inspections import Inspection, frozen_with_report
from wastewater.models.samples import Sample
from wastewater.models.standards import Parameter
from wastewater.models.supervision import ChecklistItem

_POSSIBLE = f"""
    IF EXISTS (SELECT FROM wastewater_parameter p WHERE p.id = NEW.parameter_id
        AND (p.unit = '{Unit.PH}' AND NEW.value > {rules.HIGHEST_PH}
            OR p.unit = '{Unit.CELSIUS}' AND NEW.value > {rules.HIGHEST_WATER_TEMPERATURE_C})) THEN
        RAISE EXCEPTION 'no water has this figure: %', NEW.value USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""


@audit.tracked
class SiteFacts(models.Model):
    """What the team noted about the place; everything may stay unknown."""

    inspection = models.OneToOneField(
        Inspection, on_delete=models.CASCADE, related_name="site", verbose_name=_("pengawasan")
    )
    representative_name = models.CharField(_("penanggung jawab di tempat"), max_length=120, blank=True)
    representative_position = models.CharField(_("jabatan"), max_length=80, blank=True)
    representative_phone = models.CharField(_("kontak"), max_length=30, blank=True)
    business_code = models.CharField(_("KBLI"), max_length=10, blank=True)
    workers_count = models.PositiveIntegerField(_("jumlah pekerja"), null=True, blank=True)
    production_capacity = models.CharField(_("kapasitas produksi"), max_length=120, blank=True)
    operating_hours = models.CharField(_("jam operasi"), max_length=80, blank=True)
    latitude = models.DecimalField(_("lintang"), max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(_("bujur"), max_digits=8, decimal_places=5, null=True, blank=True)
    position_by_device = models.BooleanField(_("posisi dari perangkat"), default=False)
    plant_units = models.CharField(_("unit IPAL"), max_length=250, blank=True)
    flow_in_m3_per_day = models.DecimalField(
        _("debit inlet (m³/hari)"), max_digits=9, decimal_places=2, null=True, blank=True
    )
    flow_out_m3_per_day = models.DecimalField(
        _("debit outlet (m³/hari)"), max_digits=9, decimal_places=2, null=True, blank=True
    )
    has_flow_meter = models.BooleanField(_("ada alat ukur debit"), null=True, blank=True)
    has_separate_drain = models.BooleanField(_("saluran air limbah terpisah dari air hujan"), null=True, blank=True)
    has_bypass = models.BooleanField(_("ada saluran pintas (bypass)"), null=True, blank=True)
    keeps_logbook = models.BooleanField(_("catatan harian pH dan debit terisi"), null=True, blank=True)
    compliance_point = models.CharField(_("titik penaatan dan koordinatnya"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("data lapangan")
        verbose_name_plural = _("data lapangan")
        constraints = [
            models.CheckConstraint(
                condition=WHOLE_POSITION_OR_NONE,
                name="site_point_on_earth",
                violation_error_message=_("Isi lintang dan bujur bersama-sama."),
            ),
            models.CheckConstraint(
                condition=(Q(flow_in_m3_per_day__isnull=True) | Q(flow_in_m3_per_day__gte=0))
                & (Q(flow_out_m3_per_day__isnull=True) | Q(flow_out_m3_per_day__gte=0)),
                name="site_flow_not_negative",
                violation_error_message=_("Debit tidak boleh negatif."),
            ),
        ]
        triggers = [frozen_with_report("site_frozen")]

    def __str__(self) -> str:
        return str(self.inspection)


@audit.tracked
class SeenDocument(models.Model):
    """An environmental document or permit that the team asked for."""

    inspection = models.ForeignKey(
        Inspection, on_delete=models.CASCADE, related_name="documents", verbose_name=_("pengawasan")
    )
    kind = models.CharField(_("jenis dokumen"), max_length=80)
    number = models.CharField(_("nomor"), max_length=80, blank=True)
    dated_on = models.DateField(_("tanggal"), null=True, blank=True)
    valid_until = models.DateField(_("berlaku sampai"), null=True, blank=True)

    class Meta:
        verbose_name = _("dokumen yang diperlihatkan")
        verbose_name_plural = _("dokumen yang diperlihatkan")
        ordering = ["inspection", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(kind=""), name="seen_document_has_kind")]
        triggers = [frozen_with_report("document_frozen")]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}".strip()


@audit.tracked
class ChecklistAnswer(models.Model):
    """What the team found for one question; a question without an answer was not looked at."""

    inspection = models.ForeignKey(
        Inspection, on_delete=models.CASCADE, related_name="answers", verbose_name=_("pengawasan")
    )
    item = models.ForeignKey(ChecklistItem, on_delete=models.PROTECT, related_name="+", verbose_name=_("butir"))
    status = models.CharField(_("keadaan"), max_length=10, choices=AnswerStatus)
    note = models.CharField(_("catatan"), max_length=500, blank=True)
    photo = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("foto bukti")
    )
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("dijawab oleh")
    )
    answered_at = models.DateTimeField(_("dijawab pada"))

    class Meta:
        verbose_name = _("jawaban daftar periksa")
        verbose_name_plural = _("jawaban daftar periksa")
        ordering = ["inspection", "item__place"]
        constraints = [models.UniqueConstraint(fields=["inspection", "item"], name="checklist_answer_once")]
        triggers = [frozen_with_report("answer_frozen")]

    def __str__(self) -> str:
        return f"{self.item}: {self.get_status_display()}"

    @property
    def tone(self) -> str:
        return {"complies": "good", "fails": "bad", "unseen": "warning"}.get(self.status, "neutral")


@audit.tracked
class FieldMeasurement(models.Model):
    """A figure measured on the spot (pH, temperature …); a hint for the team, never a verdict of the law."""

    inspection = models.ForeignKey(
        Inspection, on_delete=models.CASCADE, related_name="measurements", verbose_name=_("pengawasan")
    )
    place = models.CharField(_("tempat"), max_length=120)
    parameter = models.ForeignKey(Parameter, on_delete=models.PROTECT, related_name="+", verbose_name=_("parameter"))
    qualifier = models.CharField(_("tanda"), max_length=1, choices=Qualifier, default=Qualifier.EQUAL)
    value = models.DecimalField(_("hasil"), max_digits=14, decimal_places=4)
    instrument = models.CharField(_("alat"), max_length=80, blank=True)
    measured_at = models.DateTimeField(_("diukur pada"))

    class Meta:
        verbose_name = _("pengukuran lapangan")
        verbose_name_plural = _("pengukuran lapangan")
        ordering = ["inspection", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(value__gte=0),
                name="measurement_not_negative",
                violation_error_message=Impossible.NEGATIVE.label,
            ),
            models.CheckConstraint(
                condition=Q(value__lte=rules.LARGEST_VALUE),
                name="measurement_believable",
                violation_error_message=_("Hasil terlalu besar untuk satuan apa pun. Periksa tanda desimalnya."),
            ),
        ]
        triggers = [
            frozen_with_report("measurement_frozen"),
            pgtrigger.Trigger(
                name="measurement_possible",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                # The unit stands with the parameter, where no check constraint reaches.
                func=pgtrigger.Func(_POSSIBLE),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.parameter}: {self.value}"


@audit.tracked
class InspectionSample(models.Model):
    """A sample taken during the inspection, with the record of its hand-over."""

    inspection = models.ForeignKey(
        Inspection, on_delete=models.CASCADE, related_name="sample_links", verbose_name=_("pengawasan")
    )
    sample = models.OneToOneField(
        Sample, on_delete=models.PROTECT, related_name="inspection_link", verbose_name=_("sampel")
    )
    handover_number = models.CharField(_("nomor BA serah terima contoh uji"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("sampel pengawasan")
        verbose_name_plural = _("sampel pengawasan")
        ordering = ["inspection", "pk"]
        triggers = [frozen_with_report("sample_link_frozen")]

    def __str__(self) -> str:
        return str(self.sample)
