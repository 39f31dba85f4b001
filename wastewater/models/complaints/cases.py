"""A complaint with its photos, questions and timeline; the database holds the moves and what each state must carry."""

from datetime import date

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from batikportal import audit, states
from batikportal.models import Area, Enterprise, Entity, StoredFile
from batikportal.models.area import lies_in
from wastewater.choices.complaints import (
    ComplaintState,
    IntakeChannel,
    Moderation,
    Satisfaction,
    Smell,
    StepKind,
    TimeOfDay,
    WaterColour,
)
from wastewater.models.complaints.terms import ComplaintCategory, ComplaintTerm
from wastewater.rules import complaints as rules

_S = ComplaintState
_TONES = {
    _S.RECEIVED: "warning",
    _S.REOPENED: "warning",
    _S.WAITING: "special",
    _S.ANSWERED: "good",
    _S.CLOSED: "good",
    _S.REJECTED: "bad",
    _S.JOINED: "neutral",
}

# A joined case follows another that stands on its own; two people joining at once wait for each other on the parent.
PARENT_STANDS_ALONE = """
    IF NEW.state = 'joined' THEN
        SELECT state INTO parent_state FROM wastewater_complaint WHERE id = NEW.parent_id FOR SHARE;
        IF parent_state IS NULL OR parent_state = 'joined' THEN
            RAISE EXCEPTION 'complaint % cannot join a joined complaint', NEW.id
                USING ERRCODE = 'check_violation', CONSTRAINT = 'complaint_parent_stands_alone';
        END IF;
        IF EXISTS (SELECT 1 FROM wastewater_complaint WHERE parent_id = NEW.id) THEN
            RAISE EXCEPTION 'complaint % has joined complaints of its own', NEW.id
                USING ERRCODE = 'check_violation', CONSTRAINT = 'complaint_with_children_stands_alone';
        END IF;
    END IF;
    RETURN NEW;
"""


# Counted when the transaction ends, so that a handover may change both rows in any order.
EXACTLY_ONE_LEAD = """
    SELECT count(*) INTO leads FROM wastewater_agencyhandling
    WHERE complaint_id = the_case AND role = 'lead';
    IF leads <> 1 AND EXISTS (SELECT 1 FROM wastewater_complaint WHERE id = the_case) THEN
        RAISE EXCEPTION 'complaint % has % leads', the_case, leads
            USING ERRCODE = 'check_violation', CONSTRAINT = 'complaint_has_one_lead';
    END IF;
    RETURN NULL;
"""


def one_lead(name: str, operation, subject: str) -> pgtrigger.Trigger:
    """The trigger that counts the leads of a case at the end of every transaction that touched it."""
    return pgtrigger.Trigger(
        name=name,
        operation=operation,
        when=pgtrigger.After,
        timing=pgtrigger.Deferred,
        level=pgtrigger.Row,
        declare=[("leads", "integer"), ("the_case", "bigint")],
        func=f"the_case = {subject};{EXACTLY_ONE_LEAD}",
    )


class ComplaintQuerySet(models.QuerySet["Complaint"]):
    def visible_to(self, user) -> "ComplaintQuerySet":
        """Staff by role and area; a case whose ward nobody knows is seen by all of them. Nobody else."""
        if not user.has_perm("wastewater.view_complaint"):
            return self.none()
        areas = user.areas_for("wastewater.view_complaint")
        return self if areas is None else self.filter(lies_in(areas) | Q(ward__isnull=True))

    def public(self) -> "ComplaintQuerySet":
        """What a moderator has let onto public pages."""
        return self.filter(moderation__in=[Moderation.FACTS, Moderation.TEXT])


@audit.tracked(exclude=["description", "location_text", "reopening", "token_hash"])
class Complaint(Entity):
    """What a resident reported. Free text stays out of the history, so that it can be erased."""

    number = models.CharField(_("nomor laporan"), max_length=12, unique=True, editable=False)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    state = models.CharField(_("keadaan"), max_length=8, choices=ComplaintState, default=_S.RECEIVED, editable=False)
    channel = models.CharField(_("saluran"), max_length=8, choices=IntakeChannel, default=IntakeChannel.WEB)
    category = models.ForeignKey(
        ComplaintCategory, on_delete=models.PROTECT, related_name="+", verbose_name=_("kategori")
    )
    description = models.TextField(_("uraian pelapor"), blank=True)
    happened_on = models.DateField(_("terjadi pada"), null=True, blank=True)
    time_of_day = models.CharField(_("waktu"), max_length=9, choices=TimeOfDay, blank=True)
    colour = models.CharField(_("warna air"), max_length=6, choices=WaterColour, blank=True)
    smell = models.CharField(_("bau"), max_length=8, choices=Smell, blank=True)

    ward = models.ForeignKey(
        Area, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("kelurahan")
    )
    ward_is_estimated = models.BooleanField(_("kelurahan diperkirakan dari titik"), default=False)
    is_outside_city = models.BooleanField(_("di luar kota"), default=False)
    latitude = models.DecimalField(_("lintang"), max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(_("bujur"), max_digits=8, decimal_places=5, null=True, blank=True)
    location_text = models.CharField(_("letak menurut pelapor"), max_length=300, blank=True)

    moderation = models.CharField(
        _("tampilan umum"), max_length=7, choices=Moderation, default=Moderation.PENDING, editable=False
    )
    public_text = models.CharField(_("ringkasan untuk umum"), max_length=500, blank=True, editable=False)
    national_number = models.CharField(_("nomor SP4N-LAPOR!"), max_length=40, blank=True)

    received_at = models.DateTimeField(_("diterima pada"))
    read_at = models.DateTimeField(_("dibaca pada"), null=True, blank=True, editable=False)
    read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("dibaca oleh"),
    )
    first_response_due_on = models.DateField(_("janji tanggapan pertama"), null=True, blank=True)
    first_response_at = models.DateTimeField(_("tanggapan pertama pada"), null=True, blank=True)
    verification_due_on = models.DateField(_("verifikasi lapangan paling lambat"), null=True, blank=True)
    verified_on = models.DateField(_("diverifikasi di lapangan pada"), null=True, blank=True, editable=False)
    due_on = models.DateField(_("janji jawaban"))
    term = models.ForeignKey(
        ComplaintTerm, on_delete=models.PROTECT, related_name="+", verbose_name=_("dasar janji jawaban")
    )
    first_due_on = models.DateField(_("janji jawaban pertama"), null=True, blank=True, editable=False)
    first_answered_at = models.DateTimeField(_("pertama dijawab pada"), null=True, blank=True, editable=False)
    answered_at = models.DateTimeField(_("dijawab pada"), null=True, blank=True, editable=False)
    answer = models.TextField(_("jawaban untuk umum"), blank=True, editable=False)
    closed_at = models.DateTimeField(_("selesai pada"), null=True, blank=True, editable=False)
    closing = models.TextField(_("keterangan penutupan"), blank=True, editable=False)
    rejected_at = models.DateTimeField(_("ditolak pada"), null=True, blank=True, editable=False)
    rejection = models.TextField(_("alasan tidak diproses"), blank=True, editable=False)
    reopened_at = models.DateTimeField(_("dibuka kembali pada"), null=True, blank=True, editable=False)
    reopening = models.TextField(_("alasan dibuka kembali"), blank=True, editable=False)
    reopen_until = models.DateField(_("pelapor dapat meminta dibuka sampai"), null=True, blank=True, editable=False)
    waiting_since_on = models.DateField(_("menunggu pelapor sejak"), null=True, blank=True, editable=False)
    waiting_from = models.CharField(
        _("keadaan sebelum menunggu"), max_length=8, choices=ComplaintState, blank=True, editable=False
    )
    paused_days = models.PositiveSmallIntegerField(_("hari kerja menunggu pelapor"), default=0, editable=False)
    satisfaction = models.CharField(_("penilaian pelapor"), max_length=9, choices=Satisfaction, blank=True)
    satisfaction_at = models.DateTimeField(_("dinilai pada"), null=True, blank=True, editable=False)

    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="joined",
        verbose_name=_("digabung dengan"),
    )
    split_from = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="parts",
        verbose_name=_("dipisahkan dari"),
    )
    enterprise = models.ForeignKey(
        Enterprise,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("usaha yang terkait"),
    )
    legal_hold = models.CharField(_("alasan data ditahan"), max_length=250, blank=True)

    objects = ComplaintQuerySet.as_manager()

    class Meta:
        verbose_name = _("pengaduan")
        verbose_name_plural = _("pengaduan")
        ordering = ["-received_at", "-pk"]
        permissions = [
            ("record_complaint", "Can take down a complaint by phone or at the desk"),
            ("handle_complaint", "Can read, triage, move and answer complaints"),
            ("trace_complaint", "Can see which dischargers lie upstream of a complaint"),
        ]
        indexes = [
            models.Index(fields=["state", "due_on"], name="complaint_by_state_and_due"),
            models.Index(fields=["received_at"], name="complaint_by_time"),
            models.Index(fields=["category", "latitude", "longitude"], name="complaint_by_place"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["national_number"],
                condition=~Q(national_number=""),
                name="national_number_once",
                violation_error_message=_("Nomor SP4N-LAPOR! ini sudah tercatat pada laporan lain."),
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=rules.LATITUDES,
                    longitude__range=rules.LONGITUDES,
                ),
                name="complaint_in_the_region",
                violation_error_message=_("Titik harus di Kota Pekalongan atau sekitarnya."),
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=False) | Q(ward__isnull=False) | ~Q(location_text=""),
                name="complaint_says_where",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[_S.RECEIVED, _S.JOINED]) | Q(read_at__isnull=False),
                name="complaint_is_read_before_it_moves",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[_S.ANSWERED, _S.CLOSED]) | ~Q(answer="") & Q(answered_at__isnull=False),
                name="complaint_answered_has_text",
            ),
            models.CheckConstraint(
                condition=~Q(state=_S.CLOSED) | ~Q(closing="") & Q(closed_at__isnull=False),
                name="complaint_closed_has_text",
            ),
            models.CheckConstraint(
                condition=~Q(state=_S.REJECTED) | ~Q(rejection="") & Q(rejected_at__isnull=False),
                name="complaint_rejected_has_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state=_S.REOPENED) | ~Q(reopening="") & Q(reopened_at__isnull=False),
                name="complaint_reopened_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(state=_S.WAITING, waiting_since_on__isnull=False, waiting_from__in=rules.MAY_ASK)
                | ~Q(state=_S.WAITING) & Q(waiting_since_on__isnull=True, waiting_from=""),
                name="complaint_waiting_knows_the_way_back",
            ),
            models.CheckConstraint(
                condition=Q(state=_S.JOINED, parent__isnull=False) | ~Q(state=_S.JOINED) & Q(parent__isnull=True),
                name="complaint_joined_has_parent",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")), name="complaint_not_own_parent"
            ),
            models.CheckConstraint(
                condition=~Q(moderation=Moderation.TEXT) | ~Q(public_text=""), name="complaint_public_text_is_written"
            ),
            models.CheckConstraint(
                condition=Q(satisfaction="", satisfaction_at__isnull=True)
                | ~Q(satisfaction="") & Q(satisfaction_at__isnull=False),
                name="complaint_satisfaction_has_time",
            ),
            models.CheckConstraint(
                condition=Q(first_answered_at__isnull=True, first_due_on__isnull=True)
                | Q(first_answered_at__isnull=False, first_due_on__isnull=False),
                name="complaint_first_answer_keeps_its_promise",
            ),
        ]
        triggers = [
            states.guard("state", rules.COMPLAINT_TRANSITIONS),
            pgtrigger.Trigger(
                name="parent_stands_alone",
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("state", "parent_id"),
                when=pgtrigger.Before,
                declare=[("parent_state", "text")],
                func=PARENT_STANDS_ALONE,
            ),
            one_lead("one_lead_after_filing", pgtrigger.Insert, "NEW.id"),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("wastewater:complaint", args=[self.public_id])

    @property
    def public_url(self) -> str:
        return reverse("wastewater:complaint-public", args=[self.number])

    @property
    def lead_case(self) -> "Complaint":
        """The case whose progress counts: the parent of a joined complaint, else this one."""
        return self.parent if self.state == _S.JOINED and self.parent else self

    @property
    def tone(self) -> str:
        return _TONES.get(_S(self.state), "info")

    @property
    def is_open(self) -> bool:
        return self.state in rules.OPEN_STATES

    def is_overdue(self, today: date) -> bool:
        return self.is_open and self.state != _S.WAITING and self.due_on < today


@audit.tracked
class ComplaintPhoto(Entity):
    """A picture of a complaint, re-encoded, so that it says nothing about the phone that took it. Never public."""

    complaint = models.ForeignKey(
        Complaint, on_delete=models.CASCADE, related_name="photos", verbose_name=_("pengaduan")
    )
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+", verbose_name=_("berkas"))

    class Meta:
        verbose_name = _("foto pengaduan")
        verbose_name_plural = _("foto pengaduan")
        default_permissions = ()
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["complaint", "file"], name="photo_once_per_complaint")]

    def __str__(self) -> str:
        return str(self.complaint)


class ComplaintQuestion(models.Model):
    """A question to the reporter, shown on the secret page; the reply may hold personal data and can be erased."""

    complaint = models.ForeignKey(
        Complaint, on_delete=models.CASCADE, related_name="questions", verbose_name=_("pengaduan")
    )
    text = models.TextField(_("pertanyaan"))
    asked_at = models.DateTimeField(_("ditanyakan pada"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("ditanyakan oleh")
    )
    reply_due_on = models.DateField(_("dijawab paling lambat"))
    reply = models.TextField(_("jawaban pelapor"), blank=True)
    ended_at = models.DateTimeField(_("berakhir pada"), null=True, blank=True)

    class Meta:
        verbose_name = _("pertanyaan kepada pelapor")
        verbose_name_plural = _("pertanyaan kepada pelapor")
        default_permissions = ()
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["complaint"], condition=Q(ended_at__isnull=True), name="one_open_question_per_complaint"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="question_has_text"),
            models.CheckConstraint(condition=Q(reply="") | Q(ended_at__isnull=False), name="reply_has_time"),
        ]

    def __str__(self) -> str:
        return self.text[:60]


class ComplaintStep(models.Model):
    """One line of the timeline, for the public or for staff only. Append-only; it never quotes the reporter."""

    complaint = models.ForeignKey(
        Complaint, on_delete=models.CASCADE, related_name="steps", verbose_name=_("pengaduan")
    )
    kind = models.CharField(_("jenis"), max_length=12, choices=StepKind)
    at = models.DateTimeField(_("waktu"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("oleh"),
        help_text=_("Kosong berarti pelapor atau portal sendiri."),
    )
    state = models.CharField(_("menjadi"), max_length=8, choices=ComplaintState, blank=True)
    agency_name = models.CharField(_("instansi"), max_length=120, blank=True)
    public_text = models.TextField(_("untuk umum"), blank=True)
    note = models.TextField(_("catatan intern"), blank=True)

    class Meta:
        verbose_name = _("langkah pengaduan")
        verbose_name_plural = _("langkah pengaduan")
        default_permissions = ()
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["complaint", "at"], name="step_by_complaint")]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.complaint}: {self.get_kind_display()}"
