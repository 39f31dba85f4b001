"""Agencies and their part in a complaint: one lead at any time, partners, and handovers that the receiver accepts."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from batikportal import audit, states
from batikportal.choices import Office
from batikportal.models import Area, Entity
from wastewater.choices.complaints import AgencyJurisdiction, HandlingRole, HandlingState, HandoverState
from wastewater.models.complaints.cases import Complaint, one_lead
from wastewater.models.complaints.terms import ComplaintCategory
from wastewater.rules import complaints as complaint_rules


@audit.tracked
class Agency(Entity):
    """A body that may have to act on polluted water; ``office`` when its people work in this portal."""

    code = models.SlugField(_("kode"), max_length=30, unique=True)
    name = models.CharField(_("nama"), max_length=120, unique=True)
    jurisdiction = models.CharField(_("wewenang"), max_length=8, choices=AgencyJurisdiction)
    office = models.CharField(
        _("kantor di portal ini"),
        max_length=16,
        choices=Office,
        blank=True,
        help_text=_("Kosong berarti petugas kita yang mencatat penerimaan dari surat instansi itu."),
    )
    contact = models.CharField(_("kontak untuk warga"), max_length=200, blank=True)
    is_default = models.BooleanField(_("menerima bila tidak ada aturan lain"), default=False)
    is_active = models.BooleanField(_("dipakai"), default=True)

    class Meta:
        verbose_name = _("instansi")
        verbose_name_plural = _("instansi")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_default"],
                condition=Q(is_default=True),
                name="one_default_agency",
                violation_error_message=_("Sudah ada instansi penerima umum. Lepaskan tandanya dahulu."),
            ),
            models.CheckConstraint(
                condition=Q(office="") | Q(jurisdiction=AgencyJurisdiction.CITY),
                name="agency_office_is_of_the_city",
                violation_error_message=_("Hanya instansi kota yang mempunyai kantor di portal ini."),
            ),
            models.CheckConstraint(
                condition=Q(is_default=False) | Q(is_active=True) & ~Q(office=""),
                name="default_agency_works_here",
                violation_error_message=_("Penerima umum harus instansi aktif yang bekerja di portal ini."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_external(self) -> bool:
        return not self.office


@audit.tracked
class RoutingRule(Entity):
    """Where a complaint goes first; rules are asked in their order and the first that fits decides."""

    place = models.PositiveSmallIntegerField(_("urutan"), unique=True)
    category = models.ForeignKey(
        ComplaintCategory,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("kategori"),
        help_text=_("Kosong berarti semua."),
    )
    area = models.ForeignKey(
        Area,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("kelurahan atau kecamatan"),
        help_text=_("Kosong berarti semua."),
    )
    outside_city = models.BooleanField(
        _("letaknya di luar kota"), null=True, blank=True, help_text=_("Tidak diisi berarti tidak ditanyakan.")
    )
    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="+", verbose_name=_("penanggung jawab pertama")
    )
    partner = models.ForeignKey(
        Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("ikut menangani")
    )
    note = models.CharField(_("alasan"), max_length=200, blank=True)
    is_active = models.BooleanField(_("dipakai"), default=True)

    class Meta:
        verbose_name = _("aturan pembagian pengaduan")
        verbose_name_plural = _("aturan pembagian pengaduan")
        ordering = ["place"]
        constraints = [
            models.CheckConstraint(
                condition=Q(partner__isnull=True) | ~Q(partner=F("agency")),
                name="routing_partner_is_another",
                violation_error_message=_("Pilih instansi lain untuk ikut menangani."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.place}. {self.agency}"


@audit.tracked
class AgencyHandling(Entity):
    """The part of one agency in one complaint, with its own clock and its own public sentence."""

    complaint = models.ForeignKey(
        Complaint, on_delete=models.CASCADE, related_name="handlings", verbose_name=_("pengaduan")
    )
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", verbose_name=_("instansi"))
    role = models.CharField(_("peran"), max_length=7, choices=HandlingRole)
    state = models.CharField(_("keadaan"), max_length=7, choices=HandlingState)
    since_on = models.DateField(_("terlibat sejak"))
    forward_due_on = models.DateField(_("diteruskan paling lambat"), null=True, blank=True)
    forwarded_on = models.DateField(_("diteruskan pada"), null=True, blank=True)
    accepted_on = models.DateField(_("diterima instansi pada"), null=True, blank=True)
    acceptance_reference = models.CharField(_("nomor surat atau rujukan"), max_length=120, blank=True)
    due_on = models.DateField(_("janji selesai"), null=True, blank=True)
    done_on = models.DateField(_("selesai pada"), null=True, blank=True)
    public_sentence = models.CharField(_("kabar untuk umum"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("penanganan oleh instansi")
        verbose_name_plural = _("penanganan oleh instansi")
        ordering = ["role", "since_on", "pk"]
        indexes = [
            models.Index(fields=["agency", "due_on"], condition=Q(state="active"), name="handling_by_agency_and_due")
        ]
        constraints = [
            models.UniqueConstraint(fields=["complaint", "agency"], name="agency_once_per_complaint"),
            models.UniqueConstraint(
                fields=["complaint"], condition=Q(role=HandlingRole.LEAD), name="one_lead_per_complaint"
            ),
            models.CheckConstraint(
                condition=~Q(state=HandlingState.DONE) | Q(done_on__isnull=False), name="handling_done_has_day"
            ),
            models.CheckConstraint(
                condition=Q(accepted_on__isnull=True) | ~Q(acceptance_reference=""),
                name="handling_acceptance_has_reference",
            ),
            models.CheckConstraint(
                condition=~Q(role=HandlingRole.LEAD, state=HandlingState.WAITING), name="lead_is_never_waiting"
            ),
        ]
        triggers = [
            one_lead("one_lead_after_insert_or_update", pgtrigger.Insert | pgtrigger.Update, "NEW.complaint_id"),
            one_lead("one_lead_after_delete", pgtrigger.Delete, "OLD.complaint_id"),
        ]

    def __str__(self) -> str:
        return f"{self.agency} – {self.complaint}"

    @property
    def is_lead(self) -> bool:
        return self.role == HandlingRole.LEAD

    @property
    def tone(self) -> str:
        return {"active": "info", "waiting": "warning", "done": "good"}[self.state]


@audit.tracked
class Handover(Entity):
    """An offer to become the lead; until the receiver accepts, the sender stays responsible."""

    complaint = models.ForeignKey(
        Complaint, on_delete=models.CASCADE, related_name="handovers", verbose_name=_("pengaduan")
    )
    sender = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", verbose_name=_("dari"))
    receiver = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", verbose_name=_("kepada"))
    reason = models.CharField(_("alasan"), max_length=300)
    state = models.CharField(_("keadaan"), max_length=9, choices=HandoverState, default=HandoverState.OFFERED)
    offered_at = models.DateTimeField(_("ditawarkan pada"))
    decided_at = models.DateTimeField(_("diputuskan pada"), null=True, blank=True)
    decided_on = models.DateField(_("tanggal penerimaan atau penolakan"), null=True, blank=True)
    reference = models.CharField(_("nomor surat atau rujukan"), max_length=120, blank=True)
    decision_text = models.CharField(_("keterangan"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("serah terima pengaduan")
        verbose_name_plural = _("serah terima pengaduan")
        ordering = ["-offered_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["complaint"],
                condition=Q(state=HandoverState.OFFERED),
                name="one_open_handover_per_complaint",
            ),
            models.CheckConstraint(condition=~Q(sender=F("receiver")), name="handover_to_another_agency"),
            models.CheckConstraint(condition=~Q(reason=""), name="handover_has_reason"),
            models.CheckConstraint(
                condition=Q(state=HandoverState.OFFERED, decided_at__isnull=True)
                | ~Q(state=HandoverState.OFFERED) & Q(decided_at__isnull=False, decided_on__isnull=False),
                name="handover_decided_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(state=HandoverState.DECLINED) | ~Q(decision_text=""), name="handover_declined_has_reason"
            ),
        ]
        triggers = [states.guard("state", complaint_rules.HANDOVER_TRANSITIONS)]

    def __str__(self) -> str:
        return f"{self.sender} → {self.receiver}"
