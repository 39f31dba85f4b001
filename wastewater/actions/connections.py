"""What people do with connections: connect an enterprise, change its volume from a day on, end the connection."""

from datetime import date, timedelta
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from batikportal import audit, formats
from batikportal.choices import Source
from batikportal.models import Enterprise, User
from wastewater.models import Connection, TreatmentPlant


class ConnectionRefused(Exception):
    """The step is not possible; the message says why and what to do."""


def connect_enterprise(
    *,
    plant: TreatmentPlant,
    enterprise: Enterprise,
    declared_m3_per_day: Decimal,
    valid_from: date,
    note: str = "",
    by: User | None,
    source: str = Source.FORM,
) -> Connection:
    """Connect an enterprise to a plant from a day on; refused while it is connected there already."""
    try:
        with transaction.atomic():
            return Connection.objects.create(
                plant=plant,
                enterprise=enterprise,
                declared_m3_per_day=declared_m3_per_day,
                valid_from=valid_from,
                note=note,
                created_by=by,
                source=source,
            )
    except IntegrityError as error:
        raise ConnectionRefused(_overlap_sentence(plant, enterprise, valid_from)) from error


def change_volume(
    *, connection: Connection, declared_m3_per_day: Decimal, from_on: date, note: str = "", by: User | None
) -> Connection:
    """Declare another volume from a day on: the old row ends the day before, a new one goes on.

    On the connection's first day itself the figure is corrected in place; the history keeps the old one.
    """
    with transaction.atomic():
        locked = _locked(connection)
        _refuse_outside(locked, from_on)
        if declared_m3_per_day == locked.declared_m3_per_day:
            raise ConnectionRefused(_("Volumenya sama dengan yang sudah tercatat. Tidak ada yang perlu diubah."))
        if from_on == locked.valid_from:
            locked.declared_m3_per_day, locked.note = declared_m3_per_day, note or locked.note
            locked.save(update_fields=["declared_m3_per_day", "note"])
            return locked
        last_day = locked.valid_until
        locked.valid_until = from_on - timedelta(days=1)
        locked.save(update_fields=["valid_until"])
        return Connection.objects.create(
            plant_id=locked.plant_id,
            enterprise_id=locked.enterprise_id,
            declared_m3_per_day=declared_m3_per_day,
            valid_from=from_on,
            valid_until=last_day,
            note=note,
            created_by=by,
        )


def end_connection(*, connection: Connection, last_on: date, reason: str, by: User | None) -> Connection:
    """End a connection with its last day; the reason stays in the history and as its note."""
    reason = reason.strip()
    if not reason:
        raise ConnectionRefused(_("Tulis alasan sambungan berakhir."))
    with transaction.atomic(), audit.because(reason):
        locked = _locked(connection)
        _refuse_outside(locked, last_on)
        locked.valid_until, locked.note = last_on, reason
        locked.save(update_fields=["valid_until", "note"])
    return locked


def _locked(connection: Connection) -> Connection:
    return Connection.objects.select_for_update().get(pk=connection.pk)


def _refuse_outside(connection: Connection, day: date) -> None:
    if day < connection.valid_from:
        raise ConnectionRefused(
            _("Sambungan ini baru mulai %(day)s. Pilih tanggal sesudahnya.")
            % {"day": formats.day(connection.valid_from)}
        )
    if connection.valid_until and day > connection.valid_until:
        raise ConnectionRefused(
            _("Sambungan ini sudah berakhir %(day)s. Muat ulang halaman ini.")
            % {"day": formats.day(connection.valid_until)}
        )


def _overlap_sentence(plant: TreatmentPlant, enterprise: Enterprise, day: date) -> str:
    other = Connection.objects.filter(plant=plant, enterprise=enterprise).order_by("-valid_from").first()
    if other is None:
        return _("Sambungan ini tidak dapat disimpan. Periksa volume dan tanggalnya.")
    return _(
        "Usaha ini sudah tersambung ke %(plant)s sejak %(day)s. Ubah volumenya atau akhiri dahulu sambungan itu."
    ) % {"plant": plant, "day": formats.day(other.valid_from)}
