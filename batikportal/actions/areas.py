"""Loading the city's own boundaries: all of them, or none."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from batikportal import audit
from batikportal.choices import AreaLevel
from batikportal.maps import boundaries
from batikportal.models import AreaBoundary
from batikportal.queries import areas as queries


class BoundariesRefused(Exception):
    """Nothing was loaded; ``reasons`` says in plain words what must be put right in the file."""

    def __init__(self, reasons: list[str]):
        super().__init__("\n".join(reasons))
        self.reasons = reasons


def load_boundaries(*, content: bytes, source: str, at: datetime, dry_run: bool = False) -> boundaries.Reading:
    """Give every kelurahan its boundary from a GeoJSON file, kecamatan and city too where the file has them.

    Raises BoundariesRefused when any ring is unsound, a kelurahan is missing or the source is not named.
    """
    if not source.strip():
        raise BoundariesRefused([_("Sebutkan sumber batas wilayah, misalnya nama instansi, skala dan tahun.")])
    areas = queries.areas_in_force()
    try:
        reading = boundaries.read(boundaries.parse(content), areas)
    except boundaries.BoundaryFileRefused as refusal:
        raise BoundariesRefused([str(refusal)]) from refusal
    missing = [a.name for a in areas if a.level == AreaLevel.WARD and a.code not in reading.geometries]
    reasons = list(reading.problems)
    if missing:
        reasons.append(_("Kelurahan berikut tidak ada di berkas: %(names)s.") % {"names": ", ".join(missing)})
        reasons += [_("Tidak dikenali: %(label)s.") % {"label": label} for label in reading.unmatched[:20]]
    if reasons:
        raise BoundariesRefused(reasons)
    if not dry_run:
        _save(reading, source.strip(), at)
    return reading


def _save(reading: boundaries.Reading, source: str, at: datetime) -> None:
    with transaction.atomic(), audit.because(_("Batas wilayah dimuat: %(source)s") % {"source": source}):
        areas = {area.code: area for area in queries.areas_in_force()}
        AreaBoundary.objects.bulk_create(
            [
                AreaBoundary(area=areas[code], geometry=geometry, source=source, loaded_at=at)
                for code, geometry in reading.geometries.items()
            ],
            update_conflicts=True,
            unique_fields=["area"],
            update_fields=["geometry", "source", "loaded_at"],
        )
