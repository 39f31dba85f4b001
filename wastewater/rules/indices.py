"""Water quality indices: pollution index and STORET of Kepmen LH 115/2003, IKA and IKLH of PermenLHK 27/2021.

Plain numbers in and out; whatever a source leaves open (Cim, non-detects, bands, weights) comes in as settings.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from wastewater.choices import LimitKind, ParameterGroup, Qualifier
from wastewater.choices.indices import IndexMethod, LeftOut, NonDetect, StoretCounts, Unknown, Withheld

# Raised whenever the same input could give another index, so that old and new ones can be told apart.
INDEX_VERSION = "1"

# Constants of the formula itself (Kepmen LH 115/2003 Lampiran II, step 4): 1 + P·log10(r) with P = 5.
_P = Decimal(5)
_BELOW = (Qualifier.LESS, Qualifier.AT_MOST)
# What the limits of an estuary leave out (PP 22/2021 Lampiran VI): salt of the sea is no pollution.
NOT_IN_ESTUARIES = ("TDS", "KLORIDA")


@dataclass(frozen=True)
class Input:
    """One parameter of a sample: its value in the unit of its limit (None when it cannot be converted), and the limit.

    `kind` is "" when no limit applies.
    """

    parameter: str
    value: Decimal | None
    kind: str
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    qualifier: str = Qualifier.EQUAL
    air_temperature_c: Decimal | None = None
    in_estuary: bool = False
    reported: str = ""
    limit_id: int | None = None


@dataclass(frozen=True)
class Band:
    """One step: the status of an index up to `up_to` (None: no upper edge), and its weight in the IKA."""

    status: str
    up_to: Decimal | None
    weight: Decimal | None = None


@dataclass(frozen=True)
class IndexSettings:
    """What a rule of assessment decides; no `parameters` means all that have a limit."""

    method: str
    cim_mg_per_l: Decimal
    non_detect: str
    minimum_parameters: int
    bands: Sequence[Band]
    parameters: Sequence[str] = ()


@dataclass(frozen=True)
class Share:
    """What one parameter brings into the index: r and r', or why it is left out.

    `bound` says that the true value lies below ("below") or above ("above") the value used.
    """

    source: Input
    used: Decimal | None = None
    ratio: Decimal | None = None
    index: Decimal | None = None
    bound: str = ""
    left_out: str = ""


@dataclass(frozen=True)
class PollutionIndex:
    """The index of one sample; `value` is None when it is withheld, with the reason."""

    shares: Sequence[Share]
    value: Decimal | None = None
    worst: Decimal | None = None
    mean: Decimal | None = None
    band: Band | None = None
    withheld: str = ""

    @property
    def counted(self) -> list[Share]:
        return [share for share in self.shares if share.index is not None]


def pollution_index(inputs: Iterable[Input], settings: IndexSettings) -> PollutionIndex:
    """PIj = sqrt((R² + M²) / 2) with R the largest and M the mean of r' (Kepmen LH 115/2003 Lampiran II), unrounded.

    Parameters that a rule does not name take no part. With fewer than the rule's minimum the index is withheld.
    """
    named = [one for one in inputs if not settings.parameters or one.parameter in settings.parameters]
    shares = [_share(one, settings) for one in named]
    found = [share.index for share in shares if share.index is not None]
    if not found or len(found) < settings.minimum_parameters:
        return PollutionIndex(shares, withheld=Withheld.TOO_FEW)
    worst, mean = max(found), sum(found, Decimal(0)) / len(found)
    value = ((worst * worst + mean * mean) / 2).sqrt()
    return PollutionIndex(shares, value, worst, mean, band_of(value, settings.bands))


def new_ratio(ratio: Decimal) -> Decimal:
    """r' of the decree: r up to 1, above it 1 + 5·log10(r)."""
    return ratio if ratio <= 1 else 1 + _P * ratio.log10()


def band_of(value: Decimal, bands: Sequence[Band]) -> Band:
    """The band that an unrounded index falls into; an edge belongs to the better band."""
    for band in sorted(bands, key=lambda one: (one.up_to is None, one.up_to or Decimal(0))):
        if band.up_to is None or value <= band.up_to:
            return band
    raise ValueError("the rule has no band without an upper edge")


def stand_in(value: Decimal, qualifier: str, non_detect: str) -> Decimal:
    """The number that takes the place of a result in an index; "<x" is x, x/2 or 0 as `non_detect` says."""
    if qualifier not in _BELOW or non_detect == NonDetect.LOQ:
        return value
    return value / 2 if non_detect == NonDetect.HALF else Decimal(0)


def _share(one: Input, settings: IndexSettings) -> Share:
    if reason := why_left_out(one):
        return Share(one, left_out=reason)
    used = stand_in(_sure(one.value), one.qualifier, settings.non_detect)
    bound = "below" if one.qualifier in _BELOW else "" if one.qualifier == Qualifier.EQUAL else "above"
    ratio, is_logged = _ratio(one, used, settings)
    return Share(one, used, ratio, new_ratio(ratio) if is_logged else ratio, bound)


def why_left_out(one: Input) -> str:
    """Why a parameter takes no part; a lower limit (DO) needs no look at the detection limit."""
    if not one.kind:
        return LeftOut.NO_LIMIT
    if one.kind in (LimitKind.ABSENT, LimitKind.LOAD):
        return LeftOut.NOT_A_FIGURE
    if one.in_estuary and one.parameter in NOT_IN_ESTUARIES:
        return LeftOut.ESTUARY
    if one.value is None:
        return LeftOut.UNIT
    if one.qualifier == Qualifier.ESTIMATED:
        return LeftOut.ESTIMATED
    if one.kind == LimitKind.DEVIATION and one.air_temperature_c is None:
        return LeftOut.NO_AIR_TEMPERATURE
    if one.kind == LimitKind.MAX and one.qualifier in _BELOW and one.value > _sure(one.maximum):
        return LeftOut.DETECTION_LIMIT
    return ""


def _ratio(one: Input, used: Decimal, settings: IndexSettings) -> tuple[Decimal, bool]:
    """r of one parameter, and whether values above 1 are put through the logarithm."""
    method, logged = settings.method, settings.method != IndexMethod.JABAR
    if one.kind == LimitKind.MIN:
        return _ratio_of_minimum(used, _sure(one.minimum), settings), logged
    if one.kind == LimitKind.DEVIATION:
        deviation, allowed = abs(used - _sure(one.air_temperature_c)), _sure(one.maximum)
        return (Decimal(0) if method == IndexMethod.JABAR and deviation <= allowed else deviation / allowed), logged
    if one.kind == LimitKind.RANGE:
        low, high = _sure(one.minimum), _sure(one.maximum)
        if method == IndexMethod.JABAR and low <= used <= high:
            return Decimal(0), logged
        middle = (low + high) / 2
        return abs(used - middle) / abs((low if used <= middle else high) - middle), logged
    return used / _sure(one.maximum), True


def _ratio_of_minimum(used: Decimal, minimum: Decimal, settings: IndexSettings) -> Decimal:
    """r of a parameter that is worse when lower: (Cim − C) / (Cim − L), never below zero.

    The variants of Bogor and Jawa Barat divide it by L once more. The thresholds of PermenLHK P.4/2018 take L ÷ C, and
    1 where the water holds none at all.
    """
    if settings.method == IndexMethod.RECIPROCAL:
        return minimum / used if used else Decimal(1)
    ratio = max((settings.cim_mg_per_l - used) / (settings.cim_mg_per_l - minimum), Decimal(0))
    return ratio / minimum if settings.method in (IndexMethod.BOGOR, IndexMethod.JABAR) else ratio


# STORET, Kepmen LH 115/2003 Lampiran I: what a violating maximum, minimum and mean cost, with fewer than ten and with
# ten or more, by group of parameters.
_STORET_FEW: dict[str, tuple[int, int, int]] = {
    ParameterGroup.PHYSICAL: (-1, -1, -3),
    ParameterGroup.CHEMICAL: (-2, -2, -6),
    ParameterGroup.BIOLOGICAL: (-3, -3, -9),
}
STORET_MANY_FROM = 10
STORET_CLASSES = (("A", 0), ("B", -10), ("C", -30))


@dataclass(frozen=True)
class StoretSeries:
    """The values of one parameter at one station, in the unit of its limit."""

    parameter: str
    group: str
    values: Sequence[Decimal]
    minimum: Decimal | None = None
    maximum: Decimal | None = None


@dataclass(frozen=True)
class StoretLine:
    """Largest, smallest and mean value of one parameter, and what they cost."""

    parameter: str
    largest: Decimal
    smallest: Decimal
    mean: Decimal
    score: int


@dataclass(frozen=True)
class Storet:
    """The total of a station and its class: A 0, B to −10, C to −30, D below."""

    lines: Sequence[StoretLine] = field(default_factory=list)

    @property
    def total(self) -> int:
        return sum(line.score for line in self.lines)

    @property
    def status(self) -> str:
        return next((name for name, least in STORET_CLASSES if self.total >= least), "D")


def storet(series: Sequence[StoretSeries], counts: str = StoretCounts.SAMPLES) -> Storet:
    """The STORET score of one station; `counts` says whether the ten of the table count samples or parameters."""
    measured = [one for one in series if one.values]
    lines = []
    for one in measured:
        many = (len(measured) if counts == StoretCounts.PARAMETERS else len(one.values)) >= STORET_MANY_FROM
        costs = [cost * (2 if many else 1) for cost in _STORET_FEW[one.group]]
        three = (max(one.values), min(one.values), sum(one.values, Decimal(0)) / len(one.values))
        score = sum(cost for value, cost in zip(three, costs, strict=True) if _violates(value, one))
        lines.append(StoretLine(one.parameter, *three, score))
    return Storet(lines)


def _violates(value: Decimal, one: StoretSeries) -> bool:
    below = one.minimum is not None and value < one.minimum
    return below or (one.maximum is not None and value > one.maximum)


def water_quality_index(counts: Mapping[str, int], weights: Mapping[str, Decimal]) -> Decimal | None:
    """IKA = Σ (share of samples in a status × its weight), PermenLHK 27/2021; None without samples."""
    total = sum(counts.values())
    if not total:
        return None
    return sum((count * weights[status] for status, count in counts.items()), Decimal(0)) / total


# Lower edges of the classes of IKLH, as open data of cities print them.
IKLH_CLASSES = (("very_good", 90), ("good", 70), ("fair", 50), ("poor", 25), ("very_poor", 0))


def environmental_quality_index(values: Mapping[str, Decimal], weights: Mapping[str, Decimal]) -> tuple[Decimal, str]:
    """IKLH of a city: the weighted sum of IKA, IKU and IKL (PermenLHK 27/2021), and its class."""
    value = sum((values[name] * weight for name, weight in weights.items()), Decimal(0))
    return value, next(name for name, least in IKLH_CLASSES if value >= least)


def mixed_concentration(
    *, river_flow: Decimal, river_mg_per_l: Decimal, effluent_flow: Decimal, effluent_mg_per_l: Decimal
) -> Decimal:
    """(QrCr + QeCe) / (Qr + Qe) in mg/L for a substance that neither reacts nor settles; both flows in one unit."""
    return (river_flow * river_mg_per_l + effluent_flow * effluent_mg_per_l) / (river_flow + effluent_flow)


@dataclass(frozen=True)
class Difference:
    """Downstream minus upstream, and as a share of upstream; or why it cannot be told."""

    amount: Decimal | None = None
    share: Decimal | None = None
    unknown: str = ""


def difference(upstream: tuple[str, Decimal] | None, downstream: tuple[str, Decimal] | None) -> Difference:
    """Compare (qualifier, value) of two stations in one unit; a missing side or a non-detect says nothing for sure."""
    if upstream is None or downstream is None:
        if upstream is None and downstream is None:
            return Difference(unknown=Unknown.MISSING_BOTH)
        return Difference(unknown=Unknown.MISSING_UPSTREAM if upstream is None else Unknown.MISSING_DOWNSTREAM)
    if upstream[0] != Qualifier.EQUAL or downstream[0] != Qualifier.EQUAL:
        return Difference(unknown=Unknown.NON_DETECT)
    amount = downstream[1] - upstream[1]
    return Difference(amount, amount / upstream[1] if upstream[1] else None)


def _sure(value: Decimal | None) -> Decimal:
    if value is None:
        raise ValueError("the limit lacks the bound that its kind requires")
    return value
