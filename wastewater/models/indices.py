"""Rules of assessment as dated rows, and the indices of samples: never edited, only followed by another."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from batikportal import audit
from wastewater.choices import Confidence, RiverClass
from wastewater.choices.indices import (
    INDEX_TONES,
    AssessmentKind,
    IndexMethod,
    IndexStatus,
    NonDetect,
    StoretCounts,
    Withheld,
)
from wastewater.models.overlaps import never_overlap
from wastewater.models.samples import Sample

POLLUTION_INDEX_KINDS = [AssessmentKind.STATUS.value, AssessmentKind.IKA.value]


@audit.tracked
class AssessmentRule(models.Model):
    """How one kind of assessment is made from one day until another, with its legal basis and how sure it is."""

    kind = models.CharField(_("untuk"), max_length=6, choices=AssessmentKind)
    name = models.CharField(_("nama aturan"), max_length=120)
    method = models.CharField(_("cara hitung"), max_length=10, choices=IndexMethod, blank=True)
    river_class = models.CharField(
        _("kelas air"),
        max_length=3,
        choices=RiverClass,
        blank=True,
        help_text=_("Kosong berarti kelas badan air itu sendiri."),
    )
    parameters = ArrayField(
        models.CharField(max_length=10),
        verbose_name=_("kode parameter"),
        default=list,
        blank=True,
        help_text=_("Kosong berarti semua parameter yang diukur dan punya baku mutu."),
    )
    minimum_parameters = models.PositiveSmallIntegerField(
        _("parameter paling sedikit"),
        null=True,
        blank=True,
        help_text=_("Dengan parameter lebih sedikit, indeks tidak dihitung."),
    )
    cim_mg_per_l = models.DecimalField(_("DO jenuh, Cim (mg/L)"), max_digits=7, decimal_places=4, null=True, blank=True)
    non_detect = models.CharField(_("hasil di bawah batas deteksi"), max_length=4, choices=NonDetect, blank=True)
    storet_counts = models.CharField(_("jumlah contoh STORET"), max_length=10, choices=StoretCounts, blank=True)
    ika_weight = models.DecimalField(_("bobot IKA"), max_digits=5, decimal_places=4, null=True, blank=True)
    iku_weight = models.DecimalField(_("bobot IKU"), max_digits=5, decimal_places=4, null=True, blank=True)
    ikl_weight = models.DecimalField(_("bobot IKL"), max_digits=5, decimal_places=4, null=True, blank=True)
    effective_from = models.DateField(_("berlaku sejak"))
    effective_until = models.DateField(_("berlaku sampai"), null=True, blank=True)
    legal_basis = models.CharField(_("dasar hukum"), max_length=200)
    confidence = models.CharField(_("keyakinan"), max_length=3, choices=Confidence, default=Confidence.VERIFIED)
    note = models.TextField(_("catatan"), blank=True)

    class Meta:
        verbose_name = _("aturan penilaian sungai")
        verbose_name_plural = _("aturan penilaian sungai")
        ordering = ["kind", "-effective_from"]
        constraints = [
            never_overlap(
                "assessment_rule_once_at_a_time",
                texts=("kind",),
                dates=("effective_from", "effective_until"),
                message=_("Untuk masa itu sudah ada aturan penilaian yang sama jenisnya. Akhiri dahulu yang lama."),
            ),
            models.CheckConstraint(
                condition=Q(effective_until__isnull=True) | Q(effective_until__gte=F("effective_from")),
                name="assessment_rule_in_order",
                violation_error_message=_("Tanggal akhir harus sesudah tanggal mulai."),
            ),
            models.CheckConstraint(
                condition=~Q(legal_basis=""),
                name="assessment_rule_has_basis",
                violation_error_message=_("Tulis dasar hukumnya."),
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=POLLUTION_INDEX_KINDS)
                | Q(
                    method__in=IndexMethod.values,
                    cim_mg_per_l__gt=0,
                    cim_mg_per_l__isnull=False,
                    non_detect__in=[NonDetect.LOQ, NonDetect.HALF],
                    minimum_parameters__gte=1,
                    minimum_parameters__isnull=False,
                ),
                name="assessment_rule_index_complete",
                violation_error_message=_(
                    "Indeks pencemaran dan IKA perlu cara hitung, Cim, perlakuan batas deteksi (bukan nol), dan "
                    "jumlah parameter paling sedikit."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(kind=AssessmentKind.STORET)
                | Q(storet_counts__in=StoretCounts.values, non_detect__in=[NonDetect.LOQ, NonDetect.HALF]),
                name="assessment_rule_storet_complete",
                violation_error_message=_(
                    "STORET perlu cara membaca jumlah contoh dan perlakuan batas deteksi (bukan nol)."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(kind=AssessmentKind.IKLH)
                | Q(
                    ika_weight__gte=0,
                    ika_weight__isnull=False,
                    iku_weight__gte=0,
                    iku_weight__isnull=False,
                    ikl_weight__gte=0,
                    ikl_weight__isnull=False,
                ),
                name="assessment_rule_iklh_complete",
                violation_error_message=_("IKLH perlu bobot IKA, IKU dan IKL."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


@audit.tracked
class AssessmentBand(models.Model):
    """One step of a rule: the status of an index up to an edge, and what that status weighs in the IKA."""

    rule = models.ForeignKey(
        AssessmentRule, on_delete=models.CASCADE, related_name="bands", verbose_name=_("aturan penilaian")
    )
    status = models.CharField(_("status"), max_length=10, choices=IndexStatus)
    up_to = models.DecimalField(
        _("sampai dengan indeks"),
        max_digits=8,
        decimal_places=4,
        null=True,
        blank=True,
        help_text=_("Kosong berarti tanpa batas atas."),
    )
    weight = models.DecimalField(_("bobot"), max_digits=6, decimal_places=2, null=True, blank=True)

    class Meta:
        verbose_name = _("jenjang status")
        verbose_name_plural = _("jenjang status")
        ordering = ["rule", F("up_to").asc(nulls_last=True)]
        constraints = [
            models.UniqueConstraint(fields=["rule", "status"], name="assessment_band_once_per_status"),
            models.UniqueConstraint(
                fields=["rule", "up_to"],
                nulls_distinct=False,
                name="assessment_band_once_per_edge",
                violation_error_message=_("Batas atas ini sudah dipakai jenjang lain."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule}: {self.get_status_display()}"


class IndexEvaluation(models.Model):
    """The index of one sample under the rule in force on its day, with every parameter's share.

    A change of results, limits or rule makes a new row; the old one stays and is no longer current.
    """

    sample = models.ForeignKey(Sample, on_delete=models.PROTECT, related_name="indices", verbose_name=_("sampel"))
    kind = models.CharField(_("untuk"), max_length=6, choices=AssessmentKind)
    rule = models.ForeignKey(
        AssessmentRule, on_delete=models.PROTECT, related_name="+", verbose_name=_("aturan penilaian")
    )
    is_current = models.BooleanField(_("berlaku"), default=True)
    method = models.CharField(_("cara hitung"), max_length=10, choices=IndexMethod)
    river_class = models.CharField(_("kelas air"), max_length=3, choices=RiverClass)
    value = models.DecimalField(_("indeks"), max_digits=14, decimal_places=6, null=True)
    worst = models.DecimalField(_("terbesar (R)"), max_digits=14, decimal_places=6, null=True)
    mean = models.DecimalField(_("rata-rata (M)"), max_digits=14, decimal_places=6, null=True)
    status = models.CharField(_("status"), max_length=10, choices=IndexStatus, blank=True)
    weight = models.DecimalField(_("bobot"), max_digits=6, decimal_places=2, null=True)
    withheld = models.CharField(_("alasan tidak dihitung"), max_length=10, choices=Withheld, blank=True)
    parameters_count = models.PositiveSmallIntegerField(_("parameter dihitung"))
    settings = models.JSONField(_("pengaturan saat dihitung"))
    shares = models.JSONField(_("bagian tiap parameter"))
    engine_version = models.CharField(_("versi aturan"), max_length=10)
    evaluated_at = models.DateTimeField(_("dihitung pada"))
    created_at = models.DateTimeField(_("dibuat pada"), db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("indeks sampel")
        verbose_name_plural = _("indeks sampel")
        ordering = ["-evaluated_at", "-pk"]
        indexes = [
            models.Index(fields=["kind", "sample"], condition=Q(is_current=True), name="index_current_by_kind"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["sample", "kind"], condition=Q(is_current=True), name="index_one_current_per_kind"
            ),
            models.CheckConstraint(condition=Q(kind__in=POLLUTION_INDEX_KINDS), name="index_of_one_sample"),
            models.CheckConstraint(
                condition=Q(withheld="", value__isnull=False, worst__isnull=False, mean__isnull=False) & ~Q(status="")
                | ~Q(withheld="") & Q(value__isnull=True, status="", weight__isnull=True),
                name="index_value_or_reason",
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="index_never_edited", exclude=["is_current"]),
            pgtrigger.Protect(
                name="index_never_revived",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__is_current=False, new__is_current=True),
            ),
            pgtrigger.Protect(name="index_never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} – {self.get_status_display() or self.get_withheld_display()}"

    @property
    def tone(self) -> str:
        return INDEX_TONES.get(IndexStatus(self.status), "neutral") if self.status else "neutral"
