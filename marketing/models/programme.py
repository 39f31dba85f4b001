"""Programmes: the budget line under which activities are held."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from batikportal import audit
from batikportal.choices import Office
from batikportal.models import Entity
from marketing.choices import FundSource, ProgrammeKind


@audit.tracked
class Programme(Entity):
    """What an office runs in one year: export training, digital marketing, exhibitions or coaching."""

    kind = models.CharField(_("jenis"), max_length=20, choices=ProgrammeKind)
    name = models.CharField(_("nama program"), max_length=150)
    office = models.CharField(_("kantor"), max_length=16, choices=Office, default=Office.DINDAGKOP)
    year = models.PositiveSmallIntegerField(_("tahun anggaran"))
    fund_source = models.CharField(_("sumber dana"), max_length=16, choices=FundSource, default=FundSource.CITY)
    # Codes change with the regulation that lists them, so both are kept; sums never cross versions.
    budget_code = models.CharField(_("kode program"), max_length=20, blank=True, help_text=_("Contoh: 2.17.08"))
    budget_code_version = models.CharField(
        _("dasar kode program"), max_length=60, blank=True, help_text=_("Contoh: Permendagri 90/2019")
    )

    class Meta:
        verbose_name = _("program")
        verbose_name_plural = _("program")
        constraints = [
            models.UniqueConstraint(fields=["kind", "name", "year", "office"], name="programme_once_a_year"),
            models.CheckConstraint(condition=models.Q(year__range=(2000, 2100)), name="programme_year_plausible"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.year}"
