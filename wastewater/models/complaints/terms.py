"""Categories of complaints, the dated terms promised for them, and sentences that staff use again."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from batikportal import audit
from batikportal.models import Entity
from wastewater.choices import Confidence
from wastewater.choices.complaints import TemplateKind, TermDays, TermKind


@audit.tracked
class ComplaintCategory(Entity):
    """What a complaint is about, in the words of the public form."""

    code = models.SlugField(_("kode"), max_length=30, unique=True)
    name = models.CharField(_("nama"), max_length=100, unique=True)
    help_text = models.CharField(_("penjelasan untuk warga"), max_length=200, blank=True)
    place = models.PositiveSmallIntegerField(_("urutan"), default=100)
    is_active = models.BooleanField(_("dapat dipilih"), default=True)

    class Meta:
        verbose_name = _("kategori pengaduan")
        verbose_name_plural = _("kategori pengaduan")
        ordering = ["place", "name"]

    def __str__(self) -> str:
        return self.name


@audit.tracked
class ComplaintTerm(Entity):
    """A promised number of days from a date on; the newest row in force wins, older ones stay as history."""

    kind = models.CharField(_("jangka waktu"), max_length=14, choices=TermKind)
    category = models.ForeignKey(
        ComplaintCategory,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="terms",
        verbose_name=_("kategori"),
        help_text=_("Kosong berarti berlaku untuk semua kategori tanpa ketentuan sendiri."),
    )
    days = models.PositiveSmallIntegerField(_("hari"))
    counted_in = models.CharField(_("dihitung dalam"), max_length=8, choices=TermDays, default=TermDays.WORKING)
    pauses = models.BooleanField(
        _("berhenti selama menunggu pelapor"),
        default=False,
        help_text=_("Hari kerja selama menunggu jawaban pelapor tidak dihitung."),
    )
    valid_from = models.DateField(_("berlaku sejak"))
    basis = models.CharField(_("dasar"), max_length=250)
    confidence = models.CharField(_("keyakinan"), max_length=3, choices=Confidence, default=Confidence.LOW)

    class Meta:
        verbose_name = _("jangka waktu pengaduan")
        verbose_name_plural = _("jangka waktu pengaduan")
        ordering = ["kind", "category__place", "-valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "category", "valid_from"],
                nulls_distinct=False,
                name="complaint_term_once_a_day",
                violation_error_message=_("Sudah ada jangka waktu ini dengan tanggal mulai yang sama."),
            ),
            models.CheckConstraint(condition=Q(days__range=(1, 3660)), name="complaint_term_has_days"),
            models.CheckConstraint(condition=~Q(basis=""), name="complaint_term_has_basis"),
            models.CheckConstraint(
                condition=Q(pauses=False) | Q(kind=TermKind.ANSWER, counted_in=TermDays.WORKING),
                name="complaint_term_pauses_answers_only",
                violation_error_message=_("Hanya jangka waktu jawaban dalam hari kerja yang dapat berhenti."),
            ),
        ]
        triggers = [pgtrigger.Protect(name="history_is_kept", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.days} {self.get_counted_in_display()}"


@audit.tracked
class ResponseTemplate(Entity):
    """A sentence that staff start from; placeholders in braces are replaced by facts of the case."""

    kind = models.CharField(_("dipakai untuk"), max_length=8, choices=TemplateKind)
    name = models.CharField(_("nama"), max_length=80)
    text = models.TextField(
        _("teks"),
        help_text=_("Dapat memuat {nomor}, {kategori}, {kelurahan}, {tanggal_terima}, {janji} dan {kantor}."),
    )
    is_active = models.BooleanField(_("dipakai"), default=True)

    class Meta:
        verbose_name = _("templat jawaban")
        verbose_name_plural = _("templat jawaban")
        ordering = ["kind", "name"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "name"], name="response_template_once"),
            models.CheckConstraint(condition=~Q(text=""), name="response_template_has_text"),
        ]

    def __str__(self) -> str:
        return self.name
