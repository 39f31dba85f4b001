"""What people record about a plant itself: its permits."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from batikportal.choices import Source
from batikportal.models import StoredFile, User
from wastewater.models import PlantPermit, TreatmentPlant


class PermitRefused(Exception):
    """The permit cannot be recorded; the message says why."""


@dataclass(frozen=True)
class Permit:
    """What a permit says."""

    kind: str
    number: str
    issuer: str = ""
    issued_on: date | None = None
    valid_until: date | None = None
    permitted_m3_per_day: Decimal | None = None
    note: str = ""


def record_permit(
    *,
    plant: TreatmentPlant,
    permit: Permit,
    file: StoredFile | None = None,
    by: User | None,
    source: str = Source.FORM,
) -> PlantPermit:
    """Keep a permit of a plant; the same number of the same kind stands once."""
    try:
        with transaction.atomic():
            return PlantPermit.objects.create(plant=plant, file=file, created_by=by, source=source, **vars(permit))
    except IntegrityError as error:
        raise PermitRefused(_("Izin dengan nomor ini sudah tercatat pada IPAL ini.")) from error
