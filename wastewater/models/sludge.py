"""Sludge as hazardous waste: waste codes, storage limits, what came into the store, and what left it by manifest."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from batikportal import audit, formats, states
from batikportal.models import Entity, StoredFile
from batikportal.models.area import lies_in
from wastewater.choices import Confidence
from wastewater.choices.plants import DispatchState, WasteCategory
from wastewater.models.overlaps import never_overlap
from wastewater.models.plant_facts import PlantUnit
from wastewater.models.plants import TreatmentPlant
from wastewater.rules.plants import DISPATCH_TRANSITIONS

_DISPATCH_TONES = {DispatchState.SENT: "warning", DispatchState.RECEIVED: "good", DispatchState.VOID: "neutral"}
_GONE = """
    SELECT coalesce(sum(line.kg), 0) FROM wastewater_dispatchline line
    JOIN wastewater_sludgedispatch sent ON sent.id = line.dispatch_id AND sent.state <> 'void'
    WHERE line.entry_id = {entry} {more}
"""


@audit.tracked
class WasteCode(models.Model):
    """A code of the national list of hazardous waste while it is in force, with its category and how sure that is."""

    code = models.CharField(_("kode limbah"), max_length=12)
    name = models.CharField(_("nama limbah"), max_length=120)
    category = models.PositiveSmallIntegerField(_("kategori"), choices=WasteCategory)
    effective_from = models.DateField(_("berlaku sejak"))
    effective_until = models.DateField(_("berlaku sampai"), null=True, blank=True)
    legal_basis = models.CharField(_("dasar hukum"), max_length=200)
    confidence = models.CharField(_("keyakinan"), max_length=3, choices=Confidence, default=Confidence.VERIFIED)
    note = models.CharField(_("catatan"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("kode limbah B3")
        verbose_name_plural = _("kode limbah B3")
        ordering = ["code", "-effective_from"]
        constraints = [
            never_overlap(
                "waste_code_once_at_a_time",
                texts=("code",),
                dates=("effective_from", "effective_until"),
                message=_("Kode ini sudah ada pada masa itu. Akhiri dahulu yang lama."),
            ),
            models.CheckConstraint(
                condition=Q(effective_until__isnull=True) | Q(effective_until__gte=F("effective_from")),
                name="waste_code_in_order",
                violation_error_message=_("Tanggal akhir harus sesudah tanggal mulai."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


@audit.tracked
class StorageRule(models.Model):
    """How many days waste of one category may be stored, from a generation of so many kg/day."""

    category = models.PositiveSmallIntegerField(_("kategori"), choices=WasteCategory)
    from_kg_per_day = models.PositiveIntegerField(_("mulai timbulan (kg/hari)"))
    days = models.PositiveSmallIntegerField(_("batas simpan (hari)"))
    effective_from = models.DateField(_("berlaku sejak"))
    effective_until = models.DateField(_("berlaku sampai"), null=True, blank=True)
    legal_basis = models.CharField(_("dasar hukum"), max_length=200)
    confidence = models.CharField(_("keyakinan"), max_length=3, choices=Confidence, default=Confidence.VERIFIED)

    class Meta:
        verbose_name = _("batas simpan limbah B3")
        verbose_name_plural = _("batas simpan limbah B3")
        ordering = ["category", "from_kg_per_day", "-effective_from"]
        constraints = [
            never_overlap(
                "storage_rule_once_at_a_time",
                numbers=("category", "from_kg_per_day"),
                dates=("effective_from", "effective_until"),
                message=_("Batas ini sudah ada pada masa itu. Akhiri dahulu yang lama."),
            ),
            models.CheckConstraint(
                condition=Q(effective_until__isnull=True) | Q(effective_until__gte=F("effective_from")),
                name="storage_rule_in_order",
                violation_error_message=_("Tanggal akhir harus sesudah tanggal mulai."),
            ),
            models.CheckConstraint(
                condition=Q(days__gt=0),
                name="storage_rule_days_positive",
                violation_error_message=_("Batas simpan paling sedikit satu hari."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_category_display()}, ≥ {self.from_kg_per_day} kg: {self.days}"


class _OfPlantQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Staff by role and area; others none."""
        if not user.has_perm("wastewater.view_sludgeentry"):
            return self.none()
        return self.filter(lies_in(user.areas_for("wastewater.view_sludgeentry"), "plant__ward"))


@audit.tracked
class SludgeEntry(Entity):
    """Hazardous waste that came into a plant's store on one day; what is left of it follows from the dispatches."""

    plant = models.ForeignKey(
        TreatmentPlant, on_delete=models.PROTECT, related_name="sludge_entries", verbose_name=_("IPAL")
    )
    waste_code = models.ForeignKey(WasteCode, on_delete=models.PROTECT, related_name="+", verbose_name=_("kode limbah"))
    stored_on = models.DateField(_("tanggal masuk"))
    kg = models.DecimalField(_("jumlah (kg)"), max_digits=9, decimal_places=2)
    unit = models.ForeignKey(
        PlantUnit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("dari unit")
    )
    packaging = models.CharField(_("kemasan"), max_length=80)
    generated_kg_per_day = models.DecimalField(
        _("timbulan rata-rata (kg/hari)"), max_digits=8, decimal_places=2, help_text=_("Menentukan batas simpan.")
    )
    note = models.CharField(_("catatan"), max_length=200, blank=True)

    objects = _OfPlantQuerySet.as_manager()

    class Meta:
        verbose_name = _("lumpur masuk")
        verbose_name_plural = _("lumpur masuk")
        ordering = ["plant", "stored_on", "pk"]
        permissions = [("record_sludge", "Can record sludge stored and dispatched")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kg__gt=0), name="sludge_positive", violation_error_message=_("Jumlah harus lebih dari nol.")
            ),
            models.CheckConstraint(
                condition=Q(generated_kg_per_day__gte=0),
                name="sludge_generation_not_negative",
                violation_error_message=_("Timbulan tidak boleh negatif."),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="sludge_covers_dispatches",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                func=f"""
                    IF NEW.kg < ({_GONE.format(entry="NEW.id", more="")}) THEN
                        RAISE EXCEPTION 'sludge entry % holds less than was dispatched', NEW.id
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'sludge_covers_dispatches';
                    END IF;
                    IF (NEW.plant_id <> OLD.plant_id AND EXISTS (
                            SELECT 1 FROM wastewater_dispatchline WHERE entry_id = NEW.id
                        )) OR EXISTS (
                            SELECT 1 FROM wastewater_dispatchline line
                            JOIN wastewater_sludgedispatch sent ON sent.id = line.dispatch_id AND sent.state <> 'void'
                            WHERE line.entry_id = NEW.id AND sent.dispatched_on < NEW.stored_on
                        ) THEN
                        RAISE EXCEPTION 'sludge entry % was dispatched from another place or day', NEW.id
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'sludge_fits_dispatches';
                    END IF;
                    RETURN NEW;
                """,  # noqa: S608
            ),
        ]

    def __str__(self) -> str:
        return f"{self.waste_code.code}, {formats.number(self.kg)} kg, {formats.short_day(self.stored_on)}"


@audit.tracked
class SludgeDispatch(Entity):
    """Waste that left a store with one manifest; its lines say how much of which entry."""

    plant = models.ForeignKey(
        TreatmentPlant, on_delete=models.PROTECT, related_name="sludge_dispatches", verbose_name=_("IPAL")
    )
    manifest_number = models.CharField(_("nomor manifes"), max_length=60)
    dispatched_on = models.DateField(_("tanggal keluar"))
    carrier = models.CharField(_("pengangkut"), max_length=120)
    receiver = models.CharField(_("penerima"), max_length=120)
    state = models.CharField(
        _("keadaan"), max_length=8, choices=DispatchState, default=DispatchState.SENT, editable=False
    )
    received_on = models.DateField(_("tanggal diterima"), null=True, blank=True, editable=False)
    void_reason = models.CharField(_("alasan dibatalkan"), max_length=250, blank=True, editable=False)
    file = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("berkas manifes")
    )
    note = models.CharField(_("catatan"), max_length=200, blank=True)

    objects = _OfPlantQuerySet.as_manager()

    class Meta:
        verbose_name = _("pengiriman lumpur")
        verbose_name_plural = _("pengiriman lumpur")
        ordering = ["-dispatched_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["manifest_number"],
                condition=~Q(state=DispatchState.VOID),
                name="manifest_number_once",
                violation_error_message=_("Nomor manifes ini sudah dipakai."),
            ),
            models.CheckConstraint(
                condition=Q(
                    state=DispatchState.RECEIVED, received_on__isnull=False, received_on__gte=F("dispatched_on")
                )
                | ~Q(state=DispatchState.RECEIVED) & Q(received_on__isnull=True),
                name="dispatch_received_has_day",
                violation_error_message=_("Tanggal diterima tidak boleh sebelum tanggal keluar."),
            ),
            models.CheckConstraint(
                condition=~Q(state=DispatchState.VOID) | ~Q(void_reason=""),
                name="dispatch_void_has_reason",
                violation_error_message=_("Tulis alasan pembatalan."),
            ),
        ]
        triggers = [
            states.guard("state", DISPATCH_TRANSITIONS),
            pgtrigger.Trigger(
                name="dispatch_fits_lines",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                func="""
                    IF NEW.state <> 'void' AND EXISTS (
                        SELECT 1 FROM wastewater_dispatchline line
                        JOIN wastewater_sludgeentry entry ON entry.id = line.entry_id
                        WHERE line.dispatch_id = NEW.id
                            AND (entry.plant_id <> NEW.plant_id OR entry.stored_on > NEW.dispatched_on)
                    ) THEN
                        RAISE EXCEPTION 'dispatch % does not fit its entries', NEW.id
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'dispatch_fits_lines';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.manifest_number

    @property
    def tone(self) -> str:
        return _DISPATCH_TONES[DispatchState(self.state)]


@audit.tracked
class DispatchLine(models.Model):
    """How much of one store entry left with one dispatch; together never more than came in."""

    dispatch = models.ForeignKey(
        SludgeDispatch, on_delete=models.PROTECT, related_name="lines", verbose_name=_("pengiriman")
    )
    entry = models.ForeignKey(
        SludgeEntry, on_delete=models.PROTECT, related_name="lines", verbose_name=_("lumpur masuk")
    )
    kg = models.DecimalField(_("jumlah (kg)"), max_digits=9, decimal_places=2)

    class Meta:
        verbose_name = _("isi pengiriman")
        verbose_name_plural = _("isi pengiriman")
        ordering = ["dispatch", "entry"]
        constraints = [
            models.UniqueConstraint(fields=["dispatch", "entry"], name="dispatch_names_entry_once"),
            models.CheckConstraint(
                condition=Q(kg__gt=0),
                name="dispatch_line_positive",
                violation_error_message=_("Jumlah harus lebih dari nol."),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="dispatch_within_store",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.Before,
                declare=[
                    ("stored", "wastewater_sludgeentry%ROWTYPE"),
                    ("manifest", "wastewater_sludgedispatch%ROWTYPE"),
                ],
                # Two dispatches of the same entry wait for each other on its row.
                func=f"""
                    SELECT * INTO stored FROM wastewater_sludgeentry WHERE id = NEW.entry_id FOR UPDATE;
                    SELECT * INTO manifest FROM wastewater_sludgedispatch WHERE id = NEW.dispatch_id;
                    IF manifest.state = 'void' THEN
                        RETURN NEW;
                    END IF;
                    IF stored.plant_id <> manifest.plant_id OR stored.stored_on > manifest.dispatched_on THEN
                        RAISE EXCEPTION 'entry % was not in the store of that plant on that day', NEW.entry_id
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'dispatch_fits_lines';
                    END IF;
                    IF NEW.kg + ({_GONE.format(entry="NEW.entry_id", more="AND line.id <> NEW.id")}) > stored.kg THEN
                        RAISE EXCEPTION 'more is dispatched of entry % than was stored', NEW.entry_id
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'dispatch_within_store';
                    END IF;
                    RETURN NEW;
                """,  # noqa: S608
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dispatch}: {formats.number(self.kg)} kg"
