"""Certificates of competence, with their paper and the day they expire."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from batikportal import audit
from batikportal.models import Entity, StoredFile
from workforce.models.engagements import ProcessStep
from workforce.models.people import Person, not_of_a_merged_person


@audit.tracked
class CompetencyScheme(models.Model):
    """What a body tests, and the step of the craft it proves, where there is one."""

    code = models.SlugField(_("kode"), max_length=30, unique=True)
    title = models.CharField(_("skema"), max_length=120)
    step = models.ForeignKey(
        ProcessStep, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("proses")
    )
    legal_basis = models.CharField(_("dasar"), max_length=150, blank=True)
    is_offered = models.BooleanField(_("masih diujikan"), default=True)

    class Meta:
        verbose_name = _("skema sertifikasi")
        verbose_name_plural = _("skema sertifikasi")
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title


class CompetencyCertificateQuerySet(models.QuerySet["CompetencyCertificate"]):
    def visible_to(self, user) -> "CompetencyCertificateQuerySet":
        """Certificates of people whom the user may see."""
        return self.filter(person__in=Person.objects.visible_to(user).order_by().values("pk"))


@audit.tracked
class CompetencyCertificate(Entity):
    """Somebody was found competent; a renewal is a certificate of its own."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="certificates", verbose_name=_("pekerja"))
    scheme = models.ForeignKey(CompetencyScheme, on_delete=models.PROTECT, related_name="+", verbose_name=_("skema"))
    level = models.CharField(_("jenjang"), max_length=40, blank=True)
    body = models.CharField(_("lembaga penerbit"), max_length=120)
    number = models.CharField(_("nomor sertifikat"), max_length=60)
    issued_on = models.DateField(_("terbit"))
    valid_until = models.DateField(_("berlaku sampai"))
    file = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("berkas")
    )

    objects = CompetencyCertificateQuerySet.as_manager()

    class Meta:
        verbose_name = _("sertifikat kompetensi")
        verbose_name_plural = _("sertifikat kompetensi")
        permissions = [
            ("record_certificate", "Can record and remove certificates of competence"),
            ("import_certificates", "Can import certificates from a spreadsheet"),
        ]
        ordering = ["-issued_on", "-pk"]
        indexes = [
            models.Index(fields=["person", "scheme", "issued_on"]),
            models.Index(fields=["valid_until"]),
        ]
        constraints = [
            models.UniqueConstraint(Lower("body"), Lower("number"), name="certificate_number_once_per_body"),
            models.CheckConstraint(condition=Q(valid_until__gt=F("issued_on")), name="certificate_in_order"),
            models.CheckConstraint(condition=~Q(body="") & ~Q(number=""), name="certificate_has_body_and_number"),
        ]
        triggers = [not_of_a_merged_person()]

    def __str__(self) -> str:
        return f"{self.person} – {self.scheme}"

    def get_absolute_url(self) -> str:
        return reverse("workforce:certificate", args=[self.public_id])
