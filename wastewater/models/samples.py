"""Laboratories and samples: water taken at one point at one moment, and the states it goes through."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from batikportal import audit, formats, states
from batikportal.models import Enterprise, Entity, StoredFile
from batikportal.models.area import lies_in
from wastewater import rules
from wastewater.choices import SampleState, SampleVerdict
from wastewater.models.points import DischargePoint

# States in which results and the facts about the sample are frozen.
SETTLED = [SampleState.VERIFIED.value, SampleState.PUBLISHED.value, SampleState.VOID.value]
_STATE_TONES = {"published": "good", "verified": "good", "resulted": "warning", "void": "bad", "planned": "neutral"}
_FROZEN_WITH_VERIFICATION = (
    "point",
    "taken_at",
    "laboratory",
    "lab_number",
    "air_temperature_c",
    "flow_m3_per_day",
    "water_use_m3_per_ton",
    "results_entered_by",
    "results_entered_at",
)


def _any_changed(fields: tuple[str, ...]) -> pgtrigger.Q:
    changed = pgtrigger.Q()
    for field in fields:
        changed |= pgtrigger.Q(**{f"old__{field}__df": pgtrigger.F(f"new__{field}")})
    return changed


@audit.tracked
class Laboratory(Entity):
    """A laboratory that examines samples; its analysts may enter results of the samples that it received."""

    code = models.SlugField(_("kode"), max_length=30, unique=True)
    name = models.CharField(_("nama"), max_length=120, unique=True)
    accreditation_number = models.CharField(_("nomor akreditasi"), max_length=60, blank=True)
    accredited_until = models.DateField(_("akreditasi sampai"), null=True, blank=True)
    address = models.CharField(_("alamat"), max_length=200, blank=True)
    phone = models.CharField(_("telepon"), max_length=30, blank=True)
    analysts = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="+", blank=True, verbose_name=_("analis yang punya akun")
    )
    is_active = models.BooleanField(_("dipakai"), default=True)

    class Meta:
        verbose_name = _("laboratorium")
        verbose_name_plural = _("laboratorium")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("wastewater:laboratory", args=[self.code])


class SampleQuerySet(models.QuerySet["Sample"]):
    def visible_to(self, user) -> "SampleQuerySet":
        """Staff by role and area, a laboratory its own samples, an SME its own verified ones, others none."""
        if user.has_perm("wastewater.view_any_sample"):
            return self.filter(lies_in(user.areas_for("wastewater.view_any_sample"), "point__ward"))
        if user.has_perm("wastewater.view_sample"):
            own = Laboratory.analysts.through.objects.filter(user_id=user.pk).values("laboratory_id")
            return self.filter(Q(laboratory_id__in=own) | Q(results_entered_by=user))
        return self.filter(point__enterprise__in=Enterprise.objects.owned_by(user), state__in=rules.SEEN_BY_OWNER)


@audit.tracked
class Sample(Entity):
    """Water taken at one point at one moment. Its counts are written together with its evaluations."""

    point = models.ForeignKey(
        DischargePoint, on_delete=models.PROTECT, related_name="samples", verbose_name=_("titik pantau")
    )
    state = models.CharField(
        _("keadaan"), max_length=9, choices=SampleState, default=SampleState.PLANNED, editable=False
    )
    planned_on = models.DateField(_("rencana tanggal ambil"), null=True, blank=True)
    taken_at = models.DateTimeField(_("diambil pada"), null=True, blank=True)
    sampler_name = models.CharField(_("petugas pengambil"), max_length=120, blank=True)
    air_temperature_c = models.DecimalField(_("suhu udara (°C)"), max_digits=4, decimal_places=1, null=True, blank=True)
    flow_m3_per_day = models.DecimalField(
        _("debit saat itu (m³/hari)"), max_digits=9, decimal_places=2, null=True, blank=True
    )
    water_use_m3_per_ton = models.DecimalField(
        _("air limbah per ton produk (m³/ton)"), max_digits=8, decimal_places=2, null=True, blank=True
    )
    laboratory = models.ForeignKey(
        Laboratory,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="samples",
        verbose_name=_("laboratorium"),
    )
    lab_number = models.CharField(_("nomor laboratorium"), max_length=60, blank=True)
    sent_on = models.DateField(_("diserahkan ke laboratorium"), null=True, blank=True)
    certificate = models.ForeignKey(
        StoredFile,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("berkas laporan hasil uji"),
    )
    note = models.TextField(_("catatan lapangan (cuaca, pasang, rob)"), blank=True)

    results_entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("hasil dimasukkan oleh"),
    )
    results_entered_at = models.DateTimeField(_("hasil dimasukkan pada"), null=True, blank=True, editable=False)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("diverifikasi oleh"),
    )
    verified_at = models.DateTimeField(_("diverifikasi pada"), null=True, blank=True, editable=False)
    published_at = models.DateTimeField(_("diterbitkan pada"), null=True, blank=True, editable=False)
    voided_at = models.DateTimeField(_("digugurkan pada"), null=True, blank=True, editable=False)
    void_reason = models.CharField(_("alasan digugurkan"), max_length=250, blank=True, editable=False)

    meets_count = models.PositiveSmallIntegerField(_("memenuhi"), null=True, editable=False)
    exceeds_count = models.PositiveSmallIntegerField(_("melebihi"), null=True, editable=False)
    undecided_count = models.PositiveSmallIntegerField(_("tidak dapat dinilai"), null=True, editable=False)
    ungraded_count = models.PositiveSmallIntegerField(_("tanpa baku mutu"), null=True, editable=False)
    missing_count = models.PositiveSmallIntegerField(_("tidak dilaporkan"), null=True, editable=False)

    objects = SampleQuerySet.as_manager()

    class Meta:
        verbose_name = _("sampel")
        verbose_name_plural = _("sampel")
        ordering = ["-taken_at", "-pk"]
        permissions = [
            ("view_any_sample", "Can see samples of every laboratory"),
            ("record_sample", "Can plan and record samples"),
            ("record_results", "Can enter results"),
            ("import_lab_results", "Can import laboratory files"),
            ("verify_sample", "Can verify results entered by someone else"),
            ("publish_sample", "Can publish verified results"),
            ("void_sample", "Can void a sample"),
        ]
        indexes = [
            models.Index(fields=["taken_at"], name="sample_by_time"),
            models.Index(fields=["state", "taken_at"], name="sample_by_state_and_time"),
            models.Index(fields=["point", "taken_at"], name="sample_by_point_and_time"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["laboratory", "lab_number"],
                condition=~Q(lab_number="") & ~Q(state=SampleState.VOID),
                name="sample_lab_number_once",
                violation_error_message=_(
                    "Nomor laboratorium ini sudah dipakai. Periksa nomornya, atau gugurkan sampel yang lama."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(state=SampleState.PLANNED) | Q(planned_on__isnull=False), name="sample_planned_has_date"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[SampleState.PLANNED, SampleState.VOID]) | Q(taken_at__isnull=False),
                name="sample_taken_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(state=SampleState.AT_LAB) | Q(laboratory__isnull=False, sent_on__isnull=False),
                name="sample_at_lab_names_lab",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[SampleState.RESULTED, SampleState.VERIFIED, SampleState.PUBLISHED])
                | Q(results_entered_at__isnull=False),
                name="sample_resulted_has_entry_time",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[SampleState.VERIFIED, SampleState.PUBLISHED])
                | Q(verified_at__isnull=False, verified_by__isnull=False),
                name="sample_verified_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(verified_by__isnull=True)
                | Q(results_entered_by__isnull=True)
                | ~Q(verified_by=F("results_entered_by")),
                name="sample_verified_by_another_person",
                violation_error_message=_("Hasil harus diverifikasi oleh orang lain, bukan oleh yang memasukkannya."),
            ),
            models.CheckConstraint(
                condition=~Q(state=SampleState.PUBLISHED) | Q(published_at__isnull=False),
                name="sample_published_has_time",
            ),
            models.CheckConstraint(
                condition=Q(state=SampleState.VOID, voided_at__isnull=False) & ~Q(void_reason="")
                | ~Q(state=SampleState.VOID) & Q(voided_at__isnull=True, void_reason=""),
                name="sample_void_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(air_temperature_c__isnull=True) | Q(air_temperature_c__range=(5, 60)),
                name="sample_air_temperature_on_earth",
                violation_error_message=_("Suhu udara harus antara 5 dan 60 °C."),
            ),
            models.CheckConstraint(
                condition=Q(flow_m3_per_day__isnull=True) | Q(flow_m3_per_day__gte=0),
                name="sample_flow_not_negative",
                violation_error_message=_("Debit tidak boleh negatif."),
            ),
            models.CheckConstraint(
                condition=Q(water_use_m3_per_ton__isnull=True) | Q(water_use_m3_per_ton__gt=0),
                name="sample_water_use_positive",
                violation_error_message=_("Volume per ton harus lebih dari nol; kosongkan bila belum diketahui."),
            ),
        ]
        triggers = [
            states.guard("state", rules.SAMPLE_TRANSITIONS),
            pgtrigger.Protect(
                name="sample_frozen",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state__in=SETTLED) & _any_changed(_FROZEN_WITH_VERIFICATION),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} – {self.point}"

    def get_absolute_url(self) -> str:
        return reverse("wastewater:sample", args=[self.public_id])

    @property
    def number(self) -> str:
        """How people call it: the laboratory's number, else the day it was taken or is planned for."""
        if self.lab_number:
            return self.lab_number
        return formats.short_day(self.taken_at or self.planned_on)

    @property
    def tone(self) -> str:
        return _STATE_TONES.get(self.state, "info")

    @property
    def verdict_label(self) -> str:
        return str(SampleVerdict(self.verdict).label)

    @property
    def verdict_tone(self) -> str:
        return SampleVerdict(self.verdict).tone

    @property
    def verdict_sentence(self) -> str:
        return SampleVerdict(self.verdict).sentence

    @property
    def verdict(self) -> str:
        """One word for the whole sample (choices.SampleVerdict)."""
        return rules.sample_verdict(exceeds=self.exceeds_count, undecided=self.undecided_count, meets=self.meets_count)
