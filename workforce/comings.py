"""What the pages show of comings and goings and of retention; without names nothing under five people."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from batikportal import charts
from batikportal.small_cells import SMALLEST, publishable, publishable_cells
from workforce.queries.projection import Move, Newcomer
from workforce.rules import retention as rules
from workforce.rules.projection import OLD_FROM, YOUNG_BELOW
from workforce.rules.retention import Interval, Retention, months_after

WAYS = {
    "entrant": gettext_lazy("Masuk bersih"),
    "leave": gettext_lazy("Keluar karena alasan lain"),
    "death": gettext_lazy("Meninggal dunia"),
    "retire": gettext_lazy("Berhenti karena usia"),
    "unknown": gettext_lazy("Keluar, sebab tidak diketahui"),
    "moving": gettext_lazy("Baru pindah juragan, masih dihitung membatik"),
    "undated": gettext_lazy("Bekerja, tidak diketahui sejak kapan"),
}
# The last two are neither entrants nor exits.
EXITS = ("leave", "death", "retire", "unknown")
FATES = {
    rules.RETAINED: gettext_lazy("Bertahan"),
    rules.LOST: gettext_lazy("Sudah keluar"),
    rules.UNKNOWN: gettext_lazy("Tidak diketahui"),
    rules.NOT_YET: gettext_lazy("Waktunya belum lewat"),
}
_MONTHS = range(0, 37, 3)


def shown_count(count: int, sees_people: bool) -> int | None:
    """The count, or None when it points at somebody whom the reader may not know."""
    return count if sees_people else publishable(count)


@dataclass(frozen=True)
class MoveLine:
    """A way with its number and its age bands (under 35, 35-49, 50 and older, unknown); None: not shown."""

    label: str
    total: int | None
    bands: list[int | None]


def move_lines(moves: Sequence[Move], sees_people: bool) -> list[MoveLine]:
    """The counts by way and age."""
    return [_move_line(label, [one for one in moves if one.way == way], sees_people) for way, label in WAYS.items()]


def _move_line(label: object, moves: Sequence[Move], sees_people: bool) -> MoveLine:
    ages = [one.age for one in moves]
    counts = [
        sum(age is not None and age < YOUNG_BELOW for age in ages),
        sum(age is not None and YOUNG_BELOW <= age < OLD_FROM for age in ages),
        sum(age is not None and age >= OLD_FROM for age in ages),
        ages.count(None),
    ]
    total = shown_count(len(moves), sees_people)
    if sees_people:
        return MoveLine(str(label), total, list(counts))
    return MoveLine(str(label), total, [None] * len(counts) if total is None else publishable_cells(counts))


def listed(moves: Sequence[Move]) -> list[Move]:
    """The newest first."""
    return sorted(moves, key=lambda one: (one.day, one.person_id), reverse=True)


@dataclass(frozen=True)
class RetentionLine:
    """Retention after some months; `found` None: too few, or not for this reader."""

    months: int
    found: Retention | None
    interval: Interval | None


def retention_lines(
    newcomers: Sequence[Newcomer], months: Sequence[int], on: date, sees_people: bool
) -> list[RetentionLine]:
    """Retention after each of the months; denominators under five are never shown as a share."""
    lines = []
    for count in months:
        found = rules.retention((one.spell for one in newcomers), count, on)
        parts = (found.retained, found.lost, found.unknown, found.not_yet)
        if not sees_people and any(publishable(part) is None for part in parts):
            lines.append(RetentionLine(count, None, None))
        else:
            lines.append(RetentionLine(count, found, found.interval if found.elapsed >= SMALLEST else None))
    return lines


def survival_chart(newcomers: Sequence[Newcomer], on: date, sees_people: bool) -> charts.Chart | None:
    """The share still in the craft month by month, with its 95 % band; None where few people stand behind it."""
    spells = [one.spell for one in newcomers]
    curve = rules.kaplan_meier(spells, on)
    left = sum(step.left for step in curve)
    if len(spells) < SMALLEST or (not sees_people and publishable(left) is None):
        return None
    start = date(2001, 1, 1)
    points = [rules.step_at(curve, (months_after(start, month) - start) / timedelta(days=1)) for month in _MONTHS]
    shares = [step.survival if step else 1.0 for step in points]
    errors = [rules.Z * step.error if step else 0.0 for step in points]
    low = [round(100 * max(0.0, share - error), 1) for share, error in zip(shares, errors, strict=True)]
    high = [round(100 * min(1.0, share + error), 1) for share, error in zip(shares, errors, strict=True)]
    fan = charts.Fan(_("Masih membatik"), low, [round(100 * share, 1) for share in shares], high)
    return charts.fan(
        title=_("Orang baru yang masih membatik"),
        labels=[str(month) for month in _MONTHS],
        fans=[fan],
        bounds=(_("paling rendah"), _("paling tinggi")),
        unit=_("%"),
        note=_(
            "Persen menurut bulan sejak mulai (Kaplan–Meier), dengan selang 95%; setiap orang dihitung sejak "
            "didaftarkan."
        ),
    )
