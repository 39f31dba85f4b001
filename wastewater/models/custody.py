"""The chain of custody: bottles of a sample, every hand that they went through, and when each analysis began."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from batikportal import audit
from batikportal.models import Entity
from wastewater.choices import Confidence
from wastewater.choices.custody import Condition, CustodyStep, Material
from wastewater.models.results import RefuseWhenSettled
from wastewater.models.samples import SETTLED, Sample
from wastewater.models.standards import Parameter
from wastewater.rules import custody as rules

_CLOSED = ", ".join(f"'{state}'" for state in ["planned", *SETTLED])
_MOVING = ", ".join(f"'{step.value}'" for step in rules.MOVING)
_MOVES = ", ".join(f"('{last}', '{step.value}')" for last, steps in rules.FOLLOWS.items() for step in steps)

# One look per step, with the sample held, so that two phones never write two different truths at once.
_STEP_IN_ORDER = f"""
    SELECT state, taken_at INTO sample FROM wastewater_sample WHERE id = NEW.sample_id FOR UPDATE;
    IF sample.state IN ({_CLOSED}) THEN
        RAISE EXCEPTION 'custody is written for taken, unsettled samples only' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.container_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM wastewater_samplecontainer WHERE id = NEW.container_id AND sample_id = NEW.sample_id
    ) THEN
        RAISE EXCEPTION 'the container belongs to another sample' USING ERRCODE = 'check_violation';
    END IF;
    SELECT e.id, e.happened_at INTO last FROM wastewater_custodyevent e
        WHERE e.sample_id = NEW.sample_id AND e.step <> 'withdrawn'
          AND NOT EXISTS (SELECT 1 FROM wastewater_custodyevent w WHERE w.withdraws_id = e.id)
        ORDER BY e.id DESC LIMIT 1;
    IF NEW.step = 'withdrawn' THEN
        IF NEW.withdraws_id IS DISTINCT FROM last.id THEN
            RAISE EXCEPTION 'only the last step is withdrawn' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.happened_at < sample.taken_at OR NEW.happened_at < last.happened_at THEN
        RAISE EXCEPTION 'a step cannot happen before the one before it' USING ERRCODE = 'check_violation';
    END IF;
    SELECT e.step INTO moved FROM wastewater_custodyevent e
        WHERE e.sample_id = NEW.sample_id AND e.step IN ({_MOVING}) AND e.container_id IS NULL
          AND NOT EXISTS (SELECT 1 FROM wastewater_custodyevent w WHERE w.withdraws_id = e.id)
        ORDER BY e.id DESC LIMIT 1;
    IF NOT (COALESCE(moved, ''), NEW.step) IN ({_MOVES}) THEN
        RAISE EXCEPTION 'step % cannot follow %', NEW.step, COALESCE(moved, 'nothing')
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
"""  # noqa: S608 - constants of this module

_BEFORE_ANY_STEP = """
    IF EXISTS (SELECT 1 FROM wastewater_custodyevent WHERE sample_id = OLD.sample_id) THEN
        RAISE EXCEPTION 'bottles of a sample on its way stay' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN OLD;
"""
_AFTER_SAMPLING = """
    IF NOT EXISTS (SELECT 1 FROM wastewater_sample WHERE id = NEW.sample_id AND taken_at <= NEW.started_at) THEN
        RAISE EXCEPTION 'an analysis begins after the water was taken' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""


@audit.tracked
class ContainerKind(models.Model):
    """A kind of bottle: what it is made of, how its water is preserved, and for which parameters."""

    code = models.SlugField(_("kode"), max_length=20, unique=True)
    name = models.CharField(_("nama"), max_length=80)
    material = models.CharField(_("bahan"), max_length=8, choices=Material)
    volume_ml = models.PositiveIntegerField(_("volume (mL)"))
    preservation = models.CharField(_("pengawetan"), max_length=120)
    max_temperature_c = models.DecimalField(
        _("suhu paling tinggi saat diterima (°C)"), max_digits=4, decimal_places=1, null=True, blank=True
    )
    parameters = models.ManyToManyField(Parameter, related_name="+", verbose_name=_("parameter"))
    effective_from = models.DateField(_("berlaku sejak"))
    effective_until = models.DateField(_("berlaku sampai"), null=True, blank=True)
    basis = models.CharField(_("sumber"), max_length=250)
    confidence = models.CharField(_("keyakinan"), max_length=3, choices=Confidence)

    class Meta:
        verbose_name = _("jenis wadah")
        verbose_name_plural = _("jenis wadah")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(volume_ml__range=(1, 50_000)),
                name="container_kind_volume",
                violation_error_message=_("Volume harus 1 sampai 50.000 mL."),
            ),
            models.CheckConstraint(
                condition=Q(effective_until__isnull=True) | Q(effective_until__gte=F("effective_from")),
                name="container_kind_in_order",
                violation_error_message=_("Tanggal akhir harus sesudah tanggal mulai."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SampleContainerQuerySet(models.QuerySet["SampleContainer"]):
    def visible_to(self, user) -> "SampleContainerQuerySet":
        """Bottles of the samples that the user may see."""
        return self.filter(sample__in=Sample.objects.visible_to(user))


@audit.tracked
class SampleContainer(Entity):
    """One labelled bottle of a sample; what its kind said on the day of preparation is kept with it."""

    sample = models.ForeignKey(Sample, on_delete=models.PROTECT, related_name="containers", verbose_name=_("sampel"))
    position = models.PositiveSmallIntegerField(_("urutan"))
    code = models.CharField(_("kode label"), max_length=12, unique=True)
    kind = models.ForeignKey(ContainerKind, on_delete=models.PROTECT, related_name="+", verbose_name=_("jenis wadah"))
    material = models.CharField(_("bahan"), max_length=8, choices=Material)
    volume_ml = models.PositiveIntegerField(_("volume (mL)"))
    preservation = models.CharField(_("pengawetan"), max_length=120)
    max_temperature_c = models.DecimalField(
        _("suhu paling tinggi saat diterima (°C)"), max_digits=4, decimal_places=1, null=True, blank=True
    )
    parameters = models.ManyToManyField(Parameter, related_name="+", verbose_name=_("parameter"))

    objects = SampleContainerQuerySet.as_manager()

    class Meta:
        verbose_name = _("wadah sampel")
        verbose_name_plural = _("wadah sampel")
        ordering = ["sample", "position"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["sample", "position"], name="container_position_once"),
            models.CheckConstraint(condition=Q(volume_ml__range=(1, 50_000)), name="container_volume"),
        ]
        triggers = [
            pgtrigger.Protect(name="container_stays_as_labelled", operation=pgtrigger.Update),
            pgtrigger.Trigger(
                name="container_leaves_before_any_step",
                operation=pgtrigger.Delete,
                when=pgtrigger.Before,
                func=_BEFORE_ANY_STEP,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} ({self.kind})"

    def get_absolute_url(self) -> str:
        return reverse("wastewater:handover", args=[self.code])


class CustodyEventQuerySet(models.QuerySet["CustodyEvent"]):
    def visible_to(self, user) -> "CustodyEventQuerySet":
        """Steps of the samples that the user may see."""
        return self.filter(sample__in=Sample.objects.visible_to(user))

    def standing(self) -> "CustodyEventQuerySet":
        """Steps that happened: neither withdrawn nor a withdrawal themselves."""
        return self.filter(withdrawn_by__isnull=True).exclude(step=CustodyStep.WITHDRAWN)

    def moving(self) -> "CustodyEventQuerySet":
        """Standing steps that say where the water as a whole is."""
        return self.standing().filter(step__in=rules.MOVING, container__isnull=True)


@audit.tracked
class CustodyEvent(Entity):
    """One step in the chain of custody, written once: a mistake is withdrawn by a further row, never edited."""

    sample = models.ForeignKey(Sample, on_delete=models.PROTECT, related_name="custody", verbose_name=_("sampel"))
    container = models.ForeignKey(
        SampleContainer,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="custody",
        verbose_name=_("wadah"),
    )
    step = models.CharField(_("langkah"), max_length=9, choices=CustodyStep)
    happened_at = models.DateTimeField(_("terjadi pada"))
    from_name = models.CharField(_("yang menyerahkan"), max_length=120, blank=True)
    to_name = models.CharField(_("yang menerima"), max_length=120, blank=True)
    place = models.CharField(_("tempat"), max_length=120, blank=True)
    temperature_c = models.DecimalField(
        _("suhu kotak pendingin (°C)"), max_digits=4, decimal_places=1, null=True, blank=True
    )
    condition = models.CharField(_("keadaan wadah"), max_length=10, choices=Condition, blank=True)
    note = models.CharField(_("catatan"), max_length=300, blank=True)
    withdraws = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="withdrawn_by",
        verbose_name=_("membatalkan"),
    )

    objects = CustodyEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("langkah serah terima")
        verbose_name_plural = _("langkah serah terima")
        ordering = ["sample", "pk"]
        default_permissions = ("view",)
        permissions = [("record_custody", "Can record the chain of custody of samples and see who held them")]
        indexes = [models.Index(fields=["step", "happened_at"], name="custody_by_step_and_time")]
        constraints = [
            models.CheckConstraint(
                condition=Q(happened_at__lte=F("created_at")),
                name="custody_not_in_the_future",
                violation_error_message=_("Waktunya masih di depan. Periksa tanggal dan jamnya."),
            ),
            models.CheckConstraint(
                condition=~Q(step__in=[CustodyStep.HANDED, CustodyStep.RECEIVED]) | ~Q(from_name="") & ~Q(to_name=""),
                name="custody_names_both_hands",
                violation_error_message=_("Tulis siapa yang menyerahkan dan siapa yang menerima."),
            ),
            models.CheckConstraint(
                condition=Q(step=CustodyStep.WITHDRAWN, withdraws__isnull=False)
                | ~Q(step=CustodyStep.WITHDRAWN) & Q(withdraws__isnull=True),
                name="custody_withdrawal_names_its_step",
            ),
            models.CheckConstraint(
                condition=~Q(step__in=[CustodyStep.WITHDRAWN, CustodyStep.REJECTED, CustodyStep.PRESERVED])
                | ~Q(note=""),
                name="custody_says_why",
                violation_error_message=_("Tulis keterangannya."),
            ),
            models.CheckConstraint(
                condition=Q(container__isnull=True) | Q(step__in=[CustodyStep.PRESERVED, CustodyStep.REJECTED]),
                name="custody_bottles_travel_together",
            ),
            models.CheckConstraint(
                condition=Q(temperature_c__isnull=True) | Q(temperature_c__range=(-20, 60)),
                name="custody_temperature_on_earth",
                violation_error_message=_("Suhu harus antara -20 dan 60 °C."),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="custody_stays", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="custody_in_order",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                declare=[("sample", "record"), ("last", "record"), ("moved", "text")],
                func=_STEP_IN_ORDER,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sample}: {self.get_step_display()}"

    @property
    def tone(self) -> str:
        return CustodyStep(self.step).tone


@audit.tracked
class AnalysisStart(Entity):
    """When the laboratory began to analyse one parameter of a sample; correctable until verification."""

    sample = models.ForeignKey(
        Sample, on_delete=models.PROTECT, related_name="analysis_starts", verbose_name=_("sampel")
    )
    parameter = models.ForeignKey(Parameter, on_delete=models.PROTECT, related_name="+", verbose_name=_("parameter"))
    started_at = models.DateTimeField(_("mulai dianalisis"))

    class Meta:
        verbose_name = _("mulai analisis")
        verbose_name_plural = _("mulai analisis")
        ordering = ["sample", "parameter__display_order"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["sample", "parameter"], name="analysis_start_once_per_parameter"),
        ]
        triggers = [
            RefuseWhenSettled(
                name="analysis_start_frozen_insert",
                operation=pgtrigger.Insert,
                referencing=pgtrigger.Referencing(new="new_rows"),
                touched="SELECT sample_id FROM new_rows",
            ),
            RefuseWhenSettled(
                name="analysis_start_frozen_update",
                operation=pgtrigger.Update,
                referencing=pgtrigger.Referencing(old="old_rows", new="new_rows"),
                touched="SELECT sample_id FROM old_rows UNION SELECT sample_id FROM new_rows",
            ),
            RefuseWhenSettled(
                name="analysis_start_frozen_delete",
                operation=pgtrigger.Delete,
                referencing=pgtrigger.Referencing(old="old_rows"),
                touched="SELECT sample_id FROM old_rows",
            ),
            pgtrigger.Trigger(
                name="analysis_after_sampling",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.Before,
                func=_AFTER_SAMPLING,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sample}, {self.parameter}"
