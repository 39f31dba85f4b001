"""Load the boundaries of the kelurahan from a GeoJSON file that the city owns."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from batikportal.actions import areas as actions
from batikportal.formats import number
from batikportal.maps.boundaries import Reading

# More points than this make the map slow on a phone.
MANY_POINTS = 20_000


class Command(BaseCommand):
    help = (
        "Loads boundary polygons of the 27 kelurahan (and, if present, kecamatan and city) from a GeoJSON file in "
        "WGS 84. Features are matched by Kemendagri or BPS code, else by name. Nothing is saved unless all is sound."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="The GeoJSON file (FeatureCollection).")
        parser.add_argument("--source", required=True, help="Who made it and when; shown under the map.")
        parser.add_argument("--dry-run", action="store_true", help="Check and report, save nothing.")

    def handle(self, *args: Any, file: Path, source: str, dry_run: bool, **options: Any) -> None:
        try:
            content = file.read_bytes()
        except OSError as error:
            raise CommandError(_("Berkas tidak dapat dibaca: %(error)s") % {"error": error}) from error
        try:
            reading = actions.load_boundaries(at=timezone.now(), content=content, source=source, dry_run=dry_run)
        except actions.BoundariesRefused as refusal:
            reasons = "\n".join(f"- {reason}" for reason in refusal.reasons)
            raise CommandError(_("Tidak ada yang dimuat.\n%(reasons)s") % {"reasons": reasons}) from refusal
        self.report(reading)
        self.stdout.write(_("Hanya diperiksa; tidak ada yang disimpan.") if dry_run else _("Batas wilayah disimpan."))

    def report(self, reading: Reading) -> None:
        for code, part_count in sorted(reading.part_counts.items()):
            parts = _(" (%(count)s bagian)") % {"count": part_count} if part_count > 1 else ""
            self.stdout.write(f"{code}{parts}")
        counts = {"areas": len(reading.geometries), "points": number(reading.point_count)}
        self.stdout.write(_("%(areas)s wilayah cocok, %(points)s titik.") % counts)
        if reading.was_swapped:
            self.stdout.write(_("Urutan lintang-bujur terbalik di berkas; sudah dibetulkan."))
        if reading.turned_ring_count:
            words = {"count": number(reading.turned_ring_count)}
            self.stdout.write(_("Arah putar %(count)s garis dibetulkan menurut RFC 7946.") % words)
        for label in reading.unmatched:
            self.stdout.write(_("Dilewati karena tidak dikenali: %(label)s.") % {"label": label})
        if reading.point_count > MANY_POINTS:
            self.stdout.write(_("Titiknya banyak; peta akan lambat di ponsel. Sederhanakan garisnya bila bisa."))
