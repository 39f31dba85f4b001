"""What people do with sludge: store it, send it away by manifest, confirm its receipt, void a manifest."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from batikportal import audit, formats, states
from batikportal.choices import Source
from batikportal.models import StoredFile, User
from wastewater.choices.plants import DispatchState
from wastewater.models import DispatchLine, PlantUnit, SludgeDispatch, SludgeEntry, TreatmentPlant, WasteCode
from wastewater.queries import sludge as queries
from wastewater.rules.plants import DISPATCH_TRANSITIONS


class SludgeRefused(Exception):
    """The step is not possible; the message says why and what to do."""


def store_sludge(
    *,
    plant: TreatmentPlant,
    waste_code: WasteCode,
    stored_on: date,
    kg: Decimal,
    packaging: str,
    generated_kg_per_day: Decimal,
    unit: PlantUnit | None = None,
    note: str = "",
    by: User | None,
    at: datetime,
    source: str = Source.FORM,
) -> SludgeEntry:
    """Take waste into the store; its limit follows from the rules in force on the day."""
    if stored_on > timezone.localdate(at):
        raise SludgeRefused(_("Tanggal masuk belum tiba. Periksa tanggalnya."))
    if unit is not None and unit.plant_id != plant.pk:
        raise SludgeRefused(_("Unit ini milik IPAL lain. Pilih unit dari IPAL ini."))
    return SludgeEntry.objects.create(
        plant=plant,
        waste_code=waste_code,
        stored_on=stored_on,
        kg=kg,
        unit=unit,
        packaging=packaging,
        generated_kg_per_day=generated_kg_per_day,
        note=note,
        created_by=by,
        created_at=at,
        source=source,
    )


@dataclass(frozen=True)
class Manifest:
    """What a manifest says beside its contents."""

    number: str
    dispatched_on: date
    carrier: str
    receiver: str
    note: str = ""
    file: StoredFile | None = None


def dispatch_sludge(
    *,
    plant: TreatmentPlant,
    manifest: Manifest,
    kg_by_entry: Mapping[int, Decimal],
    by: User | None,
    at: datetime,
    source: str = Source.FORM,
) -> SludgeDispatch:
    """Send waste away; refused when it is more than what is left of an entry. Two clerks wait for each other."""
    if not kg_by_entry:
        raise SludgeRefused(_("Belum ada yang dikirim. Isi jumlah kg pada sedikitnya satu baris."))
    if manifest.dispatched_on > timezone.localdate(at):
        raise SludgeRefused(_("Tanggal keluar belum tiba. Periksa tanggalnya."))
    with transaction.atomic():
        locked = list(SludgeEntry.objects.select_for_update().filter(plant=plant, pk__in=kg_by_entry).order_by("pk"))
        if len(locked) != len(kg_by_entry):
            raise SludgeRefused(_("Sebagian lumpur ini bukan dari IPAL ini. Muat ulang halaman ini."))
        for entry in queries.entries_with_balance(SludgeEntry.objects.filter(pk__in=kg_by_entry)):
            _refuse_beyond(entry, kg_by_entry[entry.pk], manifest.dispatched_on)
        try:
            with transaction.atomic():
                dispatch = SludgeDispatch.objects.create(
                    plant=plant,
                    manifest_number=manifest.number,
                    dispatched_on=manifest.dispatched_on,
                    carrier=manifest.carrier,
                    receiver=manifest.receiver,
                    file=manifest.file,
                    note=manifest.note,
                    created_by=by,
                    created_at=at,
                    source=source,
                )
        except IntegrityError as error:
            raise SludgeRefused(
                _("Nomor manifes %(number)s sudah dipakai. Periksa nomornya.") % {"number": manifest.number}
            ) from error
        DispatchLine.objects.bulk_create(
            DispatchLine(dispatch=dispatch, entry_id=entry, kg=kg) for entry, kg in sorted(kg_by_entry.items())
        )
    return dispatch


def receive_dispatch(*, dispatch: SludgeDispatch, received_on: date, by: User | None, at: datetime) -> SludgeDispatch:
    """Record that the receiver confirmed the manifest."""
    if received_on > timezone.localdate(at):
        raise SludgeRefused(_("Tanggal diterima belum tiba. Periksa tanggalnya."))
    with transaction.atomic():
        locked = _locked(dispatch, DispatchState.RECEIVED)
        if received_on < locked.dispatched_on:
            raise SludgeRefused(_("Tanggal diterima tidak boleh sebelum tanggal keluar. Periksa tanggalnya."))
        locked.received_on = received_on
        locked.save(update_fields=["state", "received_on"])
    return locked


def void_dispatch(*, dispatch: SludgeDispatch, reason: str, by: User | None, at: datetime) -> SludgeDispatch:
    """Take a wrong manifest back; what it named is in the store again."""
    reason = reason.strip()
    if not reason:
        raise SludgeRefused(_("Tulis alasan pembatalan."))
    with transaction.atomic(), audit.because(reason):
        locked = _locked(dispatch, DispatchState.VOID)
        locked.void_reason = reason
        locked.save(update_fields=["state", "void_reason"])
    return locked


def _locked(dispatch: SludgeDispatch, new_state: str) -> SludgeDispatch:
    locked = SludgeDispatch.objects.select_for_update().get(pk=dispatch.pk)
    if not states.may_move(DISPATCH_TRANSITIONS, locked.state, new_state):
        raise SludgeRefused(
            _("Manifes berkeadaan “%(state)s” tidak dapat diubah lagi.") % {"state": locked.get_state_display()}
        )
    locked.state = new_state
    return locked


def _refuse_beyond(entry, kg: Decimal, day: date) -> None:
    if kg > entry.left_kg:
        raise SludgeRefused(
            _("Sisa %(code)s yang masuk %(day)s tinggal %(left)s kg. Kurangi jumlah yang dikirim.")
            % {
                "code": entry.waste_code.code,
                "day": formats.short_day(entry.stored_on),
                "left": formats.number(entry.left_kg),
            }
        )
    if day < entry.stored_on:
        raise SludgeRefused(
            _("%(code)s ini baru masuk %(day)s, sesudah tanggal keluar. Periksa tanggalnya.")
            % {"code": entry.waste_code.code, "day": formats.short_day(entry.stored_on)}
        )
