"""Inspections (pengawasan): the plan, the team, what was seen on the spot, and the signed report."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from batikportal import audit, states
from batikportal.models import Area, Enterprise, Entity
from batikportal.models.area import lies_in
from wastewater.choices.inspections import (
    InspectionKind,
    InspectionOrigin,
    InspectionState,
    NotInspectedReason,
    SubjectSignature,
    TeamRole,
)
from wastewater.models.plants import TreatmentPlant
from wastewater.models.subjects import one_subject
from wastewater.models.supervision import Checklist
from wastewater.rules import inspections as inspection_rules

TONES = {"planned": "neutral", "ongoing": "info", "drafted": "warning", "signed": "good", "closed": "good",
         "impossible": "bad"}  # fmt: skip
_FROZEN = ", ".join(f"'{state.value}'" for state in inspection_rules.FROZEN)


def frozen_with_report(name: str) -> pgtrigger.Trigger:
    """Rows that belong to a report stay as they are once it is signed."""
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        declare=[("report_state", "text")],
        func=pgtrigger.Func(
            f"""
            SELECT state INTO report_state FROM wastewater_inspection
            WHERE id = COALESCE(NEW.inspection_id, OLD.inspection_id) FOR SHARE;
            IF report_state IN ({_FROZEN}) THEN
                RAISE EXCEPTION 'the report of inspection % is signed; only an addendum may follow',
                    COALESCE(NEW.inspection_id, OLD.inspection_id) USING ERRCODE = 'check_violation';
            END IF;
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            RETURN NEW;
            """  # noqa: S608
        ),
    )


class InspectionQuerySet(models.QuerySet["Inspection"]):
    def visible_to(self, user) -> "InspectionQuerySet":
        """Who inspects, in the own area; members of an enterprise its own signed reports; others none."""
        if user.has_perm("wastewater.record_inspection"):
            return self.filter(lies_in(user.areas_for("wastewater.record_inspection")))
        return self.filter(enterprise__in=Enterprise.objects.known_to(user), state__in=inspection_rules.SEEN_BY_SUBJECT)


@audit.tracked
class Inspection(Entity):
    """One inspection of one enterprise or plant, from the plan to the closed file."""

    enterprise = models.ForeignKey(
        Enterprise, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("pelaku usaha")
    )
    plant = models.ForeignKey(
        TreatmentPlant,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="inspections",
        verbose_name=_("IPAL"),
    )
    ward = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name=_("kelurahan"))
    kind = models.CharField(_("jenis"), max_length=10, choices=InspectionKind)
    origin = models.CharField(_("asal"), max_length=10, choices=InspectionOrigin)
    origin_reference = models.CharField(_("nomor pengaduan atau laporan"), max_length=60, blank=True)
    complaint = models.ForeignKey(
        "wastewater.Complaint",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="inspections",
        verbose_name=_("pengaduan"),
    )
    violation = models.ForeignKey(
        "wastewater.Violation",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="inspections",
        verbose_name=_("pelanggaran"),
    )
    year = models.PositiveSmallIntegerField(_("tahun rencana"))
    quarter = models.PositiveSmallIntegerField(_("triwulan"))
    month = models.PositiveSmallIntegerField(_("bulan"), null=True, blank=True)
    reason = models.TextField(_("alasan"))
    replaces = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="replacements",
        verbose_name=_("pengganti pengawasan"),
    )
    assignment_number = models.CharField(_("nomor surat tugas"), max_length=60, blank=True)
    assigned_on = models.DateField(_("tanggal surat tugas"), null=True, blank=True)
    state = models.CharField(
        _("keadaan"), max_length=10, choices=InspectionState, default=InspectionState.PLANNED, editable=False
    )
    checklist = models.ForeignKey(
        Checklist,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("daftar periksa"),
    )
    started_at = models.DateTimeField(_("mulai"), null=True, blank=True, editable=False)
    ended_at = models.DateTimeField(_("selesai di lapangan"), null=True, blank=True, editable=False)
    conclusion = models.TextField(_("kesimpulan dan saran tindak lanjut"), blank=True, editable=False)

    not_inspected_reason = models.CharField(
        _("sebab tidak dapat diawasi"), max_length=10, choices=NotInspectedReason, blank=True, editable=False
    )
    not_inspected_note = models.CharField(_("keterangan"), max_length=300, blank=True, editable=False)
    not_inspected_at = models.DateTimeField(_("dicatat pada"), null=True, blank=True, editable=False)

    report_number = models.CharField(_("nomor berita acara"), max_length=60, blank=True, editable=False)
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("disusun oleh"),
    )
    drafted_at = models.DateTimeField(_("disusun pada"), null=True, blank=True, editable=False)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("disahkan oleh"),
    )
    signed_at = models.DateTimeField(_("ditandatangani pada"), null=True, blank=True, editable=False)
    subject_signature = models.CharField(
        _("tanda tangan usaha"), max_length=7, choices=SubjectSignature, blank=True, editable=False
    )
    subject_signer = models.CharField(_("penanda tangan pihak usaha"), max_length=120, blank=True, editable=False)
    subject_signer_position = models.CharField(_("jabatannya"), max_length=80, blank=True, editable=False)
    refusal_reason = models.CharField(_("alasan tanpa tanda tangan"), max_length=300, blank=True, editable=False)
    report_facts = models.TextField(_("isi berita acara"), blank=True, editable=False)
    report_sha256 = models.CharField(_("sidik isi berita acara"), max_length=64, blank=True, editable=False)
    closed_at = models.DateTimeField(_("ditutup pada"), null=True, blank=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("ditutup oleh"),
    )

    objects = InspectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("pengawasan")
        verbose_name_plural = _("pengawasan")
        ordering = ["-year", "-quarter", "-pk"]
        permissions = [
            ("record_inspection", "Can read and carry out inspections"),
            ("record_inspection_plan", "Can plan and assign inspections"),
            ("sign_inspection_report", "Can sign reports of inspections"),
        ]
        indexes = [
            models.Index(fields=["year", "quarter", "state"], name="inspection_by_plan"),
            models.Index(fields=["enterprise", "state"], name="inspection_by_enterprise"),
        ]
        constraints = [
            one_subject("inspection_of_one_subject"),
            models.CheckConstraint(
                condition=Q(kind=InspectionKind.REGULAR, origin=InspectionOrigin.PLAN)
                | Q(kind=InspectionKind.INCIDENTAL) & ~Q(origin=InspectionOrigin.PLAN),
                name="inspection_origin_fits_kind",
                violation_error_message=_("Pengawasan reguler berasal dari rencana; yang insidental dari sebab lain."),
            ),
            models.CheckConstraint(
                condition=Q(origin=InspectionOrigin.COMPLAINT, violation__isnull=True)
                & (Q(complaint__isnull=False) | ~Q(origin_reference=""))
                | Q(origin=InspectionOrigin.VIOLATION, complaint__isnull=True, violation__isnull=False)
                | Q(origin=InspectionOrigin.REPEATED, complaint__isnull=True)
                | ~Q(origin__in=inspection_rules.LINKED_ORIGINS) & Q(complaint__isnull=True, violation__isnull=True),
                name="inspection_origin_fits_link",
                violation_error_message=_("Asal itu harus menyebut pengaduan atau pelanggarannya."),
            ),
            models.CheckConstraint(
                condition=Q(quarter__range=(1, 4)),
                name="inspection_quarter",
                violation_error_message=_("Triwulan 1–4."),
            ),
            models.CheckConstraint(
                condition=Q(month__isnull=True)
                | Q(quarter=1, month__range=(1, 3))
                | Q(quarter=2, month__range=(4, 6))
                | Q(quarter=3, month__range=(7, 9))
                | Q(quarter=4, month__range=(10, 12)),
                name="inspection_month_in_quarter",
                violation_error_message=_("Bulan itu tidak termasuk triwulan yang dipilih."),
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="inspection_has_reason"),
            models.CheckConstraint(
                condition=Q(state__in=[InspectionState.PLANNED, InspectionState.NOT_INSPECTED])
                | Q(started_at__isnull=False, checklist__isnull=False) & ~Q(assignment_number=""),
                name="inspection_started_with_letter",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(started_at__isnull=False, ended_at__gte=F("started_at")),
                name="inspection_time_in_order",
            ),
            models.CheckConstraint(
                condition=Q(state=InspectionState.NOT_INSPECTED, not_inspected_at__isnull=False)
                & ~Q(not_inspected_reason="")
                | ~Q(state=InspectionState.NOT_INSPECTED) & Q(not_inspected_reason="", not_inspected_at__isnull=True),
                name="inspection_impossible_has_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[*inspection_rules.FROZEN, InspectionState.REPORT_DRAFTED])
                | Q(drafted_by__isnull=False, drafted_at__isnull=False, ended_at__isnull=False) & ~Q(report_number=""),
                name="inspection_drafted_has_number",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=inspection_rules.FROZEN)
                | Q(signed_by__isnull=False, signed_at__isnull=False)
                & ~Q(report_facts="")
                & Q(report_sha256__regex=r"^[0-9a-f]{64}$")
                & (
                    Q(subject_signature=SubjectSignature.SIGNED) & ~Q(subject_signer="")
                    | Q(subject_signature__in=[SubjectSignature.REFUSED, SubjectSignature.ABSENT])
                    & ~Q(refusal_reason="")
                ),
                name="inspection_signed_or_refused",
            ),
            models.CheckConstraint(
                condition=~Q(state=InspectionState.CLOSED) | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="inspection_closed_by_someone",
            ),
            models.UniqueConstraint(
                fields=["report_number"],
                condition=~Q(report_number=""),
                name="inspection_report_number_once",
                violation_error_message=_("Nomor berita acara ini sudah dipakai."),
            ),
            models.UniqueConstraint(fields=["replaces"], name="inspection_replaced_once"),
        ]
        triggers = [
            states.guard("state", inspection_rules.INSPECTION_TRANSITIONS),
            pgtrigger.Trigger(
                name="violation_of_same_subject",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("violation_id", "enterprise_id", "plant_id"),
                condition=pgtrigger.Q(new__violation__isnull=False),
                func=pgtrigger.Func(
                    """
                    IF NOT EXISTS (SELECT FROM wastewater_violation v WHERE v.id = NEW.violation_id
                        AND (v.enterprise_id, v.plant_id) IS NOT DISTINCT FROM (NEW.enterprise_id, NEW.plant_id)) THEN
                        RAISE EXCEPTION 'the violation is not of the inspected firm or plant'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                    """
                ),
            ),
            pgtrigger.Trigger(
                name="report_frozen",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=pgtrigger.Func(
                    f"""
                    IF TG_OP = 'INSERT' THEN
                        IF NEW.state <> 'planned' THEN
                            RAISE EXCEPTION 'an inspection begins on the plan' USING ERRCODE = 'check_violation';
                        END IF;
                        RETURN NEW;
                    END IF;
                    IF OLD.state IN ({_FROZEN}, 'impossible') AND (
                        TG_OP = 'DELETE'
                        OR (to_jsonb(OLD) - 'state' - 'closed_at' - 'closed_by_id')
                            IS DISTINCT FROM (to_jsonb(NEW) - 'state' - 'closed_at' - 'closed_by_id')
                    ) THEN
                        RAISE EXCEPTION 'inspection % is signed or ended and stays as it is', OLD.id
                            USING ERRCODE = 'check_violation';
                    END IF;
                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
                    IF NEW.state IN ({_FROZEN}) AND NEW.report_sha256
                        <> encode(sha256(convert_to(NEW.report_facts, 'UTF8')), 'hex') THEN
                        RAISE EXCEPTION 'the fingerprint does not fit the report' USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                    """
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} – {self.subject}"

    def get_absolute_url(self) -> str:
        return reverse("wastewater:inspection", args=[self.public_id])

    @property
    def number(self) -> str:
        return f"PGW-{self.pk:05d}"

    @property
    def subject(self) -> Enterprise | TreatmentPlant:
        subject = self.enterprise or self.plant
        assert subject is not None  # noqa: S101 - the constraint inspection_of_one_subject
        return subject

    @property
    def tone(self) -> str:
        return TONES[self.state]

    @property
    def is_frozen(self) -> bool:
        return self.state in inspection_rules.FROZEN


@audit.tracked
class InspectionMember(models.Model):
    """One person of the team, as the assignment letter names them."""

    inspection = models.ForeignKey(
        Inspection, on_delete=models.CASCADE, related_name="members", verbose_name=_("pengawasan")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("akun"),
    )
    name = models.CharField(_("nama"), max_length=120)
    role = models.CharField(_("peran"), max_length=7, choices=TeamRole, default=TeamRole.MEMBER)
    employee_number = models.CharField(_("NIP"), max_length=30, blank=True)
    position = models.CharField(_("jabatan"), max_length=80, blank=True)
    officer_number = models.CharField(_("nomor PPLHD"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("anggota tim")
        verbose_name_plural = _("anggota tim")
        ordering = ["inspection", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["inspection", "name"], name="inspection_member_once"),
            models.UniqueConstraint(
                fields=["inspection"],
                condition=Q(role=TeamRole.LEAD),
                name="inspection_one_lead",
                violation_error_message=_("Tim hanya punya satu ketua."),
            ),
        ]
        triggers = [frozen_with_report("member_frozen")]

    def __str__(self) -> str:
        return self.name


@audit.tracked
class ReportAddendum(Entity):
    """What had to be added to a signed report; itself never changed."""

    inspection = models.ForeignKey(
        Inspection, on_delete=models.PROTECT, related_name="addenda", verbose_name=_("pengawasan")
    )
    text = models.TextField(_("isi adendum"))

    class Meta:
        verbose_name = _("adendum berita acara")
        verbose_name_plural = _("adendum berita acara")
        ordering = ["inspection", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="addendum_has_text")]
        triggers = [
            pgtrigger.Protect(name="addendum_stays", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="addendum_after_signing",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=pgtrigger.Func(
                    f"""
                    IF NOT EXISTS (SELECT FROM wastewater_inspection
                                   WHERE id = NEW.inspection_id AND state IN ({_FROZEN})) THEN
                        RAISE EXCEPTION 'an addendum follows a signed report' USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                    """
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]
