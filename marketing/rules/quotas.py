"""Which quotas an application counts in, and how many seats they leave.

A quota is an upper limit over those its predicate meets. Turned round (``negated``) it limits everybody else, which
reserves the remaining seats for the group: 20 of 30 seats for those not led by women keeps 10 for those who are.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from batikportal.choices import Technique
from marketing.choices import QuotaKind


@dataclass(frozen=True)
class Traits:
    """What quotas ask about an enterprise, fixed when the application is sent."""

    ward_code: str
    is_first_timer: bool
    is_women_led: bool
    techniques: tuple[str, ...]


@dataclass(frozen=True)
class QuotaLine:
    """One quota as an officer wants it."""

    kind: str
    value: str
    negated: bool
    size: int


@dataclass(frozen=True)
class Seats:
    """One quota as arithmetic."""

    id: int
    kind: str
    value: str = ""
    negated: bool = False
    size: int = 0
    taken: int = 0


def counts(kind: str, value: str, negated: bool, traits: Traits) -> bool:
    """Whether an application with these traits counts in a quota of this predicate."""
    match kind:
        case QuotaKind.ALL:
            return True
        case QuotaKind.WARD:
            met = traits.ward_code == value
        case QuotaKind.DISTRICT:
            met = traits.ward_code.startswith(value + ".")
        case QuotaKind.FIRST_TIMER:
            met = traits.is_first_timer
        case QuotaKind.WOMEN_LED:
            met = traits.is_women_led
        case QuotaKind.TECHNIQUE:
            met = value in traits.techniques
        case _:
            raise ValueError(f"unknown quota kind {kind!r}")
    return met != negated


def counted_in(quotas: Iterable[Seats], traits: Traits) -> list[int]:
    """Ids of every quota the application counts in, ascending: the order in which their rows are locked."""
    return sorted(quota.id for quota in quotas if counts(quota.kind, quota.value, quota.negated, traits))


def seats_left(quotas: Iterable[Seats], traits: Traits | None = None) -> int | None:
    """Seats left in the tightest quota that counts (without traits: in the quota over all); None without a quota."""
    lefts = [
        max(quota.size - quota.taken, 0)
        for quota in quotas
        if (quota.kind == QuotaKind.ALL if traits is None else counts(quota.kind, quota.value, quota.negated, traits))
    ]
    return min(lefts, default=None)


def is_tight(left: int | None, size: int) -> bool:
    """Whether so few seats are left that the page should say so: a fifth or less, but not none."""
    return left is not None and 0 < left <= max(size // 5, 1)


def quota_value_objection(kind: str, value: str, negated: bool) -> str | None:
    """What is wrong with the predicate of a quota, in words, or None; forms check area codes against the areas."""
    if kind in (QuotaKind.WARD, QuotaKind.DISTRICT, QuotaKind.TECHNIQUE) and not value:
        return _("Pilih kelurahan, kecamatan, atau teknik untuk kuota ini.")
    if kind in (QuotaKind.ALL, QuotaKind.FIRST_TIMER, QuotaKind.WOMEN_LED) and value:
        return _("Kuota ini tidak memakai pilihan wilayah atau teknik. Kosongkan.")
    if kind == QuotaKind.TECHNIQUE and value not in Technique.values:
        return _("Teknik tidak dikenal.")
    if kind == QuotaKind.ALL and negated:
        return _("Kuota semua peserta tidak dapat dibalik.")
    return None


def quota_text(kind: str, value_label: object, negated: bool) -> str:
    """The predicate of a quota in words."""
    match kind:
        case QuotaKind.ALL:
            return _("Semua peserta")
        case QuotaKind.FIRST_TIMER:
            return _("Yang sudah pernah ikut") if negated else _("Yang belum pernah ikut")
        case QuotaKind.WOMEN_LED:
            return _("Yang tidak dipimpin perempuan") if negated else _("Yang dipimpin perempuan")
        case QuotaKind.WARD:
            text = _("Di luar kelurahan %(name)s") if negated else _("Kelurahan %(name)s")
        case QuotaKind.DISTRICT:
            text = _("Di luar kecamatan %(name)s") if negated else _("Kecamatan %(name)s")
        case _:
            text = _("Tanpa teknik %(name)s") if negated else _("Teknik %(name)s")
    return text % {"name": value_label}
