"""Rounds of insurance paid from a public budget: quota and money, who is proposed, and the file for the agency.

The database holds the moves of a proposal, the quota under any number of decisions at once, the consent behind every
open proposal, and that one person never proposes and decides.
"""

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from batikportal import audit, states
from batikportal.models import Entity
from batikportal.models.area import lies_in
from workforce.choices.rounds import EntryState, FundingProgramme, RiskReason, UploadField
from workforce.models.people import Person, not_of_a_merged_person
from workforce.models.reference import ReferenceFigure
from workforce.rules import rounds as rules

_TONES = {
    EntryState.PROPOSED: "info",
    EntryState.RETURNED: "warning",
    EntryState.VERIFIED: "info",
    EntryState.WAITING: "warning",
    EntryState.ACCEPTED: "good",
    EntryState.REJECTED: "bad",
    EntryState.ENROLLED: "good",
    EntryState.FAILED: "bad",
    EntryState.WITHDRAWN: "neutral",
}


def _listed(states_: tuple[str, ...]) -> str:
    """States for a statement; they come from the rules, not from input."""
    return ", ".join(f"'{EntryState(state).value}'" for state in states_)


# Everybody who takes a place waits for the round's row, so that the count is the truth.
WITHIN_QUOTA = f"""
    IF NEW.state IN ({_listed(rules.TAKES_PLACE)}) THEN
        SELECT quota INTO places FROM workforce_coverageround WHERE id = NEW.round_id FOR UPDATE;
        SELECT count(*) INTO taken FROM workforce_coverageentry
        WHERE round_id = NEW.round_id AND id IS DISTINCT FROM NEW.id AND state IN ({_listed(rules.TAKES_PLACE)});
        IF taken >= places THEN
            RAISE EXCEPTION 'the quota of round % is used up', NEW.round_id
                USING ERRCODE = 'check_violation', CONSTRAINT = 'coverageentry_within_quota';
        END IF;
    END IF;
    RETURN NEW;
"""  # noqa: S608 - states of the rules
QUOTA_HOLDS_PLACES = f"""
    SELECT count(*) INTO taken FROM workforce_coverageentry
    WHERE round_id = NEW.id AND state IN ({_listed(rules.TAKES_PLACE)});
    IF taken > NEW.quota THEN
        RAISE EXCEPTION 'round % has given away more places than that', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'coverageround_quota_holds_places';
    END IF;
    RETURN NEW;
"""  # noqa: S608 - states of the rules
# A withdrawal at the same moment waits for this row lock, and then ends the new proposal.
NEEDS_CONSENT = f"""
    IF NEW.state IN ({_listed(rules.OPEN_STATES)}) THEN
        PERFORM 1 FROM workforce_consent
        WHERE person_id = NEW.person_id AND purpose = 'programme' AND withdrawn_at IS NULL FOR SHARE;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'person % has not consented to be proposed', NEW.person_id
                USING ERRCODE = 'check_violation', CONSTRAINT = 'coverageentry_needs_consent';
        END IF;
    END IF;
    RETURN NEW;
"""
BEGINS_PROPOSED = """
    IF NEW.state <> 'proposed' THEN
        RAISE EXCEPTION 'a proposal begins as proposed'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'coverageentry_begins_proposed';
    END IF;
    RETURN NEW;
"""


def _checks(name: str, operation, func: str, **declared: str) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name=name,
        operation=operation,
        when=pgtrigger.Before,
        declare=list(declared.items()) or None,
        func=func,
    )


@audit.tracked
class CoverageRound(Entity):
    """A quota of people whose JKK and JKM a budget pays for some months. `premium` is the dated row that was in force
    when it was planned; its amount is kept, since the row may be corrected later."""

    title = models.CharField(_("nama putaran"), max_length=120, unique=True)
    programme = models.CharField(_("program"), max_length=8, choices=FundingProgramme)
    year = models.PositiveSmallIntegerField(_("tahun anggaran"))
    from_on = models.DateField(_("dilindungi sejak"))
    until_on = models.DateField(_("dilindungi sampai"))
    opens_on = models.DateField(_("usulan dibuka"))
    closes_on = models.DateField(_("usulan ditutup"))
    quota = models.PositiveIntegerField(_("kuota (orang)"))
    budget_per_month_idr = models.DecimalField(_("anggaran sebulan"), max_digits=16, decimal_places=2)
    premium = models.ForeignKey(
        ReferenceFigure, on_delete=models.PROTECT, related_name="+", verbose_name=_("dasar iuran")
    )
    premium_idr = models.DecimalField(_("iuran seorang sebulan"), max_digits=12, decimal_places=2)
    handed_over_at = models.DateTimeField(_("berkas pertama diunduh pada"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("putaran usulan")
        verbose_name_plural = _("putaran usulan")
        default_permissions = ()
        permissions = [
            ("plan_coverageround", "Can plan rounds of paid insurance"),
            ("hand_over_coverageround", "Can download the upload file with full NIKs"),
        ]
        ordering = ["-from_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__gte=F("from_on"), closes_on__gte=F("opens_on"), closes_on__lte=F("until_on")),
                name="coverageround_in_order",
            ),
            models.CheckConstraint(condition=Q(quota__gte=1, premium_idr__gt=0), name="coverageround_has_places"),
            models.CheckConstraint(
                condition=Q(budget_per_month_idr__gte=F("quota") * F("premium_idr")),
                name="coverageround_budget_pays_quota",
                violation_error_message=_("Anggaran sebulan tidak cukup untuk kuota itu."),
            ),
            models.CheckConstraint(condition=Q(year__range=(2015, 2100)) & ~Q(title=""), name="coverageround_is_named"),
        ]
        triggers = [
            _checks("quota_holds_places", pgtrigger.UpdateOf("quota"), QUOTA_HOLDS_PLACES, taken="integer"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("workforce:round", args=[self.public_id])


class CoverageEntryQuerySet(models.QuerySet["CoverageEntry"]):
    def visible_to(self, user, permission: str = "workforce.read_coverageentry") -> "CoverageEntryQuerySet":
        """Proposals of residents of the areas in which the user holds the permission."""
        if not user.has_perm(permission):
            return self.none()
        return self.filter(lies_in(user.areas_for(permission), "person__ward"))


@audit.tracked
class CoverageEntry(Entity):
    """One person proposed in a round, with the answers of the day on which that was done, frozen."""

    round = models.ForeignKey(
        CoverageRound, on_delete=models.PROTECT, related_name="entries", verbose_name=_("putaran")
    )
    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="coverage_entries", verbose_name=_("pekerja")
    )
    state = models.CharField(_("keadaan"), max_length=9, choices=EntryState, default=EntryState.PROPOSED)
    conditions = models.JSONField(_("syarat pada hari diusulkan"))
    risk_points = models.PositiveSmallIntegerField(_("poin risiko"), default=0)
    risk_reasons = ArrayField(
        models.CharField(max_length=10, choices=RiskReason), verbose_name=_("alasan risiko"), default=list, blank=True
    )
    proposed_at = models.DateTimeField(_("diusulkan pada"))
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("diperiksa oleh"),
    )
    verified_at = models.DateTimeField(_("diperiksa pada"), null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("diputuskan oleh"),
    )
    decided_at = models.DateTimeField(_("diputuskan pada"), null=True)
    reason = models.CharField(_("alasan"), max_length=300, blank=True)
    covered_from_on = models.DateField(_("terdaftar sejak"), null=True)
    withdrawn_at = models.DateTimeField(_("persetujuan ditarik pada"), null=True)

    objects = CoverageEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("usulan perlindungan")
        verbose_name_plural = _("usulan perlindungan")
        # Insurance of a named person: none of these begins with "view".
        default_permissions = ()
        permissions = [
            ("read_coverageentry", "Can read who is proposed for paid insurance"),
            ("propose_coverageentry", "Can propose people for paid insurance"),
            ("verify_coverageentry", "Can verify proposals of the own ward"),
            ("decide_coverageentry", "Can decide proposals"),
            ("record_coverageentry", "Can import what BPJS answered"),
        ]
        ordering = ["-risk_points", "person__name", "pk"]
        indexes = [models.Index(fields=["round", "state"])]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "person"],
                condition=~Q(state=EntryState.WITHDRAWN),
                name="coverageentry_once_per_round",
            ),
            models.UniqueConstraint(
                fields=["person"], condition=Q(state__in=rules.OPEN_STATES), name="coverageentry_one_open_per_person"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=rules.NEEDS_REASON) | ~Q(reason=""), name="coverageentry_reason_is_told"
            ),
            models.CheckConstraint(
                condition=Q(state__in=(EntryState.PROPOSED, EntryState.WITHDRAWN))
                | Q(verified_by__isnull=False, verified_at__isnull=False),
                name="coverageentry_verified_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(
                    state__in=(
                        EntryState.ACCEPTED, EntryState.WAITING, EntryState.REJECTED, EntryState.ENROLLED,
                        EntryState.FAILED,
                    )
                )
                | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="coverageentry_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True)
                | Q(created_by__isnull=False) & ~Q(decided_by=F("created_by")) & ~Q(decided_by=F("verified_by")),
                name="coverageentry_decided_by_another",
                violation_error_message=_("Pengusul dan pemeriksa tidak boleh memutuskan usulannya sendiri."),
            ),
            models.CheckConstraint(
                condition=Q(state=EntryState.ENROLLED, covered_from_on__isnull=False)
                | ~Q(state=EntryState.ENROLLED) & Q(covered_from_on__isnull=True),
                name="coverageentry_enrolled_has_day",
            ),
            models.CheckConstraint(
                condition=Q(state=EntryState.WITHDRAWN, withdrawn_at__isnull=False)
                | ~Q(state=EntryState.WITHDRAWN) & Q(withdrawn_at__isnull=True),
                name="coverageentry_withdrawn_has_time",
            ),
        ]  # fmt: skip
        triggers = [
            not_of_a_merged_person(),
            states.guard("state", rules.ENTRY_TRANSITIONS),
            _checks("begins_proposed", pgtrigger.Insert, BEGINS_PROPOSED),
            _checks("needs_consent", pgtrigger.Insert | pgtrigger.UpdateOf("state"), NEEDS_CONSENT),
            _checks(
                "within_quota",
                pgtrigger.Insert | pgtrigger.UpdateOf("state", "round_id"),
                WITHIN_QUOTA,
                places="integer",
                taken="integer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} – {self.round}"

    def get_absolute_url(self) -> str:
        return reverse("workforce:entry", args=[self.public_id])

    @property
    def tone(self) -> str:
        return _TONES[EntryState(self.state)]

    @property
    def risk_labels(self) -> list[object]:
        """The reasons in words."""
        return [RiskReason(reason).label for reason in self.risk_reasons]


@audit.tracked
class UploadTemplate(Entity):
    """The columns that the receiving agency wants; officers follow the agency's form without a programmer."""

    name = models.CharField(_("nama"), max_length=120, unique=True)
    note = models.CharField(_("catatan"), max_length=200, blank=True)
    is_active = models.BooleanField(_("dipakai"), default=True)

    class Meta:
        verbose_name = _("format berkas unggahan")
        verbose_name_plural = _("format berkas unggahan")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


@audit.tracked
class UploadColumn(models.Model):
    """One column: its heading, and where its cells come from."""

    template = models.ForeignKey(
        UploadTemplate, on_delete=models.CASCADE, related_name="columns", verbose_name=_("format")
    )
    position = models.PositiveSmallIntegerField(_("urutan"))
    header = models.CharField(_("judul kolom"), max_length=60)
    field = models.CharField(_("isi"), max_length=8, choices=UploadField)
    text = models.CharField(_("tulisan tetap"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("kolom berkas unggahan")
        verbose_name_plural = _("kolom berkas unggahan")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["template", "position"], name="uploadcolumn_place_once", deferrable=models.Deferrable.DEFERRED
            ),
            models.CheckConstraint(
                condition=~Q(header="")
                & (Q(field=UploadField.TEXT) & ~Q(text="") | ~Q(field=UploadField.TEXT) & Q(text="")),
                name="uploadcolumn_text_is_written",
                violation_error_message=_("Tulisan tetap diisi hanya bila isinya “Tulisan tetap”."),
            ),
        ]

    def __str__(self) -> str:
        return self.header
