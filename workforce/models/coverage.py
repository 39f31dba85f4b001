"""Social insurance of a person, as periods that cannot overlap."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import StrIndex
from django.utils.translation import gettext_lazy as _

from batikportal import audit
from batikportal.models import Entity
from workforce import rules
from workforce.choices import CoverageEvidence, CoverageStatus, Payer, Programme, Segment
from workforce.models.people import Person, not_of_a_merged_person


def _as_range(expression) -> Func:
    """One whole number as a range of one: a GiST index on ranges needs no extension of the database."""
    return Func(expression, expression, Value("[]"), function="int8range", output_field=BigIntegerRangeField())


# The place of the programme in this text is its number.
PROGRAMMES_IN_A_ROW = "|jkk|jkm|jht|jp|jkp|jkn|"


def _segment_fits_programme() -> Q:
    """The table of `rules.SEGMENTS_OF_PROGRAMME` as a condition of the database."""
    condition = Q(status=CoverageStatus.NOT_ENROLLED, segment="", payer="")
    for programme, segments in rules.SEGMENTS_OF_PROGRAMME.items():
        condition |= ~Q(status=CoverageStatus.NOT_ENROLLED) & Q(programme=programme, segment__in=segments)
    return condition


class CoverageQuerySet(models.QuerySet["CoveragePeriod"]):
    def visible_to(self, user) -> "CoverageQuerySet":
        """Memberships of people whom the user may see, for those who may see insurance by name."""
        if not user.has_perm("workforce.view_coverageperiod"):
            return self.none()
        return self.filter(person__in=Person.objects.visible_to(user).order_by().values("pk"))


@audit.tracked
class CoveragePeriod(Entity):
    """Membership of a person in one programme for a time; registered and active are told apart.

    A person who was checked and found outside gets a period too, so that "not a member" is never confused with
    "nobody looked".
    """

    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="coverage_periods", verbose_name=_("pekerja")
    )
    programme = models.CharField(_("program"), max_length=3, choices=Programme)
    status = models.CharField(_("status"), max_length=12, choices=CoverageStatus, default=CoverageStatus.ACTIVE)
    segment = models.CharField(_("segmen"), max_length=8, choices=Segment, blank=True)
    payer = models.CharField(_("pembayar iuran"), max_length=8, choices=Payer, blank=True)
    from_on = models.DateField(_("sejak"))
    until_on = models.DateField(
        _("sampai"),
        null=True,
        blank=True,
        help_text=_("Hari terakhir perlindungan. Kosongkan bila tidak ada batasnya."),
    )
    verified_on = models.DateField(_("dicek pada"), null=True, blank=True)
    evidence = models.CharField(_("dasar pengecekan"), max_length=16, choices=CoverageEvidence, blank=True)

    objects = CoverageQuerySet.as_manager()

    class Meta:
        verbose_name = _("kepesertaan jaminan sosial")
        verbose_name_plural = _("kepesertaan jaminan sosial")
        permissions = [
            ("record_coverage", "Can record what a check of memberships found"),
            ("import_coverage", "Can import memberships from a spreadsheet"),
        ]
        ordering = ["programme", "-from_on"]
        indexes = [
            models.Index(fields=["person", "programme", "status", "from_on"]),
            models.Index(fields=["programme", "status", "until_on"]),
        ]
        constraints = [
            ExclusionConstraint(
                name="coverage_no_overlap_per_person_and_programme",
                expressions=[
                    (_as_range(F("person")), RangeOperators.OVERLAPS),
                    (_as_range(StrIndex(Value(PROGRAMMES_IN_A_ROW), F("programme"))), RangeOperators.OVERLAPS),
                    (
                        Func(
                            F("from_on"),
                            F("until_on"),
                            Value("[]"),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message=_("Sudah ada kepesertaan program ini pada masa itu. Akhiri yang lama dahulu."),
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
                name="coverage_in_order",
                violation_error_message=_("Tanggal akhir mendahului tanggal mulai."),
            ),
            models.CheckConstraint(
                condition=_segment_fits_programme(),
                name="coverage_segment_fits_programme",
                violation_error_message=_("Segmen ini tidak ada pada program tersebut."),
            ),
        ]
        triggers = [not_of_a_merged_person()]

    def __str__(self) -> str:
        return f"{self.person} – {self.get_programme_display()}"
