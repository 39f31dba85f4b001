"""The verdict on one laboratory result: meets, exceeds, or cannot tell and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from wastewater.choices import Binding, LimitKind, Qualifier, Reason, Verdict
from wastewater.rules.limits import Circumstances, LimitRow, applicable, load_limits, stricter
from wastewater.rules.units import convert

# Raised whenever the same input could give another verdict, so that old and new evaluations can be told apart.
ENGINE_VERSION = "1"

_UPPER_BOUNDS = (Qualifier.LESS, Qualifier.AT_MOST)
_LOWER_BOUNDS = (Qualifier.MORE, Qualifier.AT_LEAST)


@dataclass(frozen=True)
class Measurement:
    """A result as the laboratory wrote it, with the air temperature noted at the sampling place (°C)."""

    value: Decimal
    qualifier: str
    unit: str
    expressed_as: str = ""
    air_temperature_c: Decimal | None = None


@dataclass(frozen=True)
class Judgement:
    """The outcome of one comparison.

    ratio is value ÷ limit (limit ÷ value for a lower limit), percent is (ratio − 1) · 100; both stay None for ranges
    and for non-detects. For a "greater than" result the ratio is a lower bound. distance is how far outside a range
    or below a lower limit the value lies, in the limit's unit.
    """

    verdict: str
    reason: str = ""
    limit: LimitRow | None = None
    converted_value: Decimal | None = None
    ratio: Decimal | None = None
    distance: Decimal | None = None
    binding: str = ""
    compared_with: LimitRow | None = None

    @property
    def percent(self) -> Decimal | None:
        return None if self.ratio is None else (self.ratio - 1) * 100


def judge(result: Measurement, limit: LimitRow) -> Judgement:
    """Compare one result with one limit, unrounded; a non-detect is never replaced by a part of its limit."""
    value = convert(
        result.value,
        unit=result.unit,
        expressed_as=result.expressed_as,
        to_unit=limit.unit,
        to_expressed_as=limit.expressed_as,
    )
    if value is None:
        return Judgement(Verdict.CANNOT_TELL, Reason.UNIT, limit)
    if result.qualifier == Qualifier.ESTIMATED:
        return Judgement(Verdict.CANNOT_TELL, Reason.ESTIMATED, limit, value)
    if limit.kind == LimitKind.DEVIATION:
        return _judge_deviation(result, value, limit)
    if result.qualifier in _UPPER_BOUNDS:
        return _judge_upper_bound(value, result.qualifier, limit)
    if result.qualifier in _LOWER_BOUNDS:
        return _judge_lower_bound(value, result.qualifier, limit)
    return _judge_number(value, limit)


def judge_by_rows(result: Measurement, rows: Sequence[LimitRow], given: Circumstances) -> Judgement:
    """The verdict on one result under every limit of its parameter that applies in these circumstances.

    Where national and provincial limits both apply the stricter binds. Where the discharge is unknown, the verdict
    stands only if it is the same in every discharge class.
    """
    return judge_by_classes(result, applicable(rows, given))


def judge_by_classes(result: Measurement, classes: Sequence[Sequence[LimitRow]]) -> Judgement:
    """The same by the limits that `applicable` found, which many results share."""
    per_class = [_judge_together(result, limits) for limits in classes]
    verdicts = {judgement.verdict for judgement in per_class}
    if len(per_class) == 1:
        return per_class[0]
    if len(verdicts) > 1:
        value = next((one.converted_value for one in per_class if one.converted_value is not None), None)
        return Judgement(Verdict.CANNOT_TELL, Reason.DISCHARGE_UNKNOWN, converted_value=value)
    # The classes are ordered from loose to strict: an exceedance is stated against the loosest, a pass against the
    # strictest, so that the stored ratio never says more than is certain.
    chosen = per_class[-1] if verdicts == {Verdict.MEETS} else per_class[0]
    return Judgement(
        chosen.verdict,
        chosen.reason,
        chosen.limit,
        chosen.converted_value,
        chosen.ratio,
        chosen.distance,
        Binding.EVERY_CLASS if chosen.limit else "",
        chosen.compared_with,
    )


@dataclass(frozen=True)
class LoadJudgement:
    """Specific load in kg per ton of product against the strictest load limit."""

    load_kg_per_ton: Decimal
    limit: LimitRow
    verdict: str


def judge_load(
    result: Measurement, rows: Sequence[LimitRow], given: Circumstances, water_use_m3_per_ton: Decimal | None
) -> LoadJudgement | None:
    """The specific load L = C · V ÷ 1000 against the strictest load limit; None without water use or load limit."""
    if water_use_m3_per_ton is None:
        return None
    limits = load_limits(rows, given)
    if not limits:
        return None
    limit = limits[0]
    value = convert(
        result.value,
        unit=result.unit,
        expressed_as=result.expressed_as,
        to_unit=limit.unit,
        to_expressed_as=limit.expressed_as,
    )
    if value is None or limit.max_load_kg_per_ton is None:
        return None
    load = specific_load_kg_per_ton(value, water_use_m3_per_ton)
    if result.qualifier == Qualifier.ESTIMATED:
        verdict = Verdict.CANNOT_TELL
    elif result.qualifier in _UPPER_BOUNDS:
        verdict = Verdict.MEETS if load <= limit.max_load_kg_per_ton else Verdict.CANNOT_TELL
    elif result.qualifier in _LOWER_BOUNDS:
        at_edge = load == limit.max_load_kg_per_ton and result.qualifier == Qualifier.AT_LEAST
        exceeds = load >= limit.max_load_kg_per_ton and not at_edge
        verdict = Verdict.EXCEEDS if exceeds else Verdict.CANNOT_TELL
    else:
        verdict = Verdict.MEETS if load <= limit.max_load_kg_per_ton else Verdict.EXCEEDS
    return LoadJudgement(load, limit, verdict)


def specific_load_kg_per_ton(concentration_mg_per_l: Decimal, water_use_m3_per_ton: Decimal) -> Decimal:
    """kg of pollutant per ton of product: mg/L · m³/ton ÷ 1000."""
    return concentration_mg_per_l * water_use_m3_per_ton / 1000


def load_kg_per_day(concentration_mg_per_l: Decimal, flow_m3_per_day: Decimal) -> Decimal:
    """kg of pollutant per day: mg/L · m³/day ÷ 1000."""
    return concentration_mg_per_l * flow_m3_per_day / 1000


def _judge_together(result: Measurement, limits: Sequence[LimitRow]) -> Judgement:
    if not limits:
        return Judgement(Verdict.CANNOT_TELL, Reason.NO_LIMIT)
    best, compared = stricter(limits)
    judgements = {row: judge(result, row) for row in limits}
    if len(limits) == 1:
        return _bound(judgements[best], Binding.ONLY, None)
    others = [row for row in limits if row != best]
    if compared is not None:
        return _bound(judgements[best], Binding.STRICTER if compared else Binding.EQUAL, others[0])
    for verdict in (Verdict.EXCEEDS, Verdict.CANNOT_TELL, Verdict.MEETS):
        for row in limits:
            if judgements[row].verdict == verdict:
                return _bound(judgements[row], Binding.WORSE_VERDICT, next(one for one in limits if one != row))
    raise AssertionError("a judgement carries one of three verdicts")


def _bound(judgement: Judgement, binding: str, other: LimitRow | None) -> Judgement:
    return Judgement(
        judgement.verdict,
        judgement.reason,
        judgement.limit,
        judgement.converted_value,
        judgement.ratio,
        judgement.distance,
        binding,
        other,
    )


def _judge_number(value: Decimal, limit: LimitRow) -> Judgement:
    if limit.kind == LimitKind.MAX:
        verdict = Verdict.MEETS if value <= _sure(limit.maximum) else Verdict.EXCEEDS
        return Judgement(verdict, "", limit, value, _ratio(value, limit.maximum))
    if limit.kind == LimitKind.MIN:
        minimum = _sure(limit.minimum)
        verdict = Verdict.MEETS if value >= minimum else Verdict.EXCEEDS
        return Judgement(verdict, "", limit, value, _ratio(minimum, value), max(minimum - value, Decimal(0)))
    if limit.kind == LimitKind.RANGE:
        distance = max(_sure(limit.minimum) - value, value - _sure(limit.maximum), Decimal(0))
        return Judgement(Verdict.EXCEEDS if distance else Verdict.MEETS, "", limit, value, None, distance)
    return Judgement(Verdict.EXCEEDS if value > 0 else Verdict.MEETS, "", limit, value)


def _judge_upper_bound(bound: Decimal, qualifier: str, limit: LimitRow) -> Judgement:
    """The true value lies below the bound ("<") or at most at it ("≤")."""
    if limit.kind == LimitKind.MAX and bound <= _sure(limit.maximum):
        return Judgement(Verdict.MEETS, "", limit, bound)
    if limit.kind in (LimitKind.MIN, LimitKind.RANGE):
        minimum = _sure(limit.minimum)
        if bound < minimum or (bound == minimum and qualifier == Qualifier.LESS):
            return Judgement(Verdict.EXCEEDS, "", limit, bound, None, minimum - bound)
    return Judgement(Verdict.CANNOT_TELL, Reason.DETECTION_LIMIT, limit, bound)


def _judge_lower_bound(bound: Decimal, qualifier: str, limit: LimitRow) -> Judgement:
    """The true value lies above the bound (">") or at least at it ("≥")."""
    if limit.kind == LimitKind.MIN and bound >= _sure(limit.minimum):
        return Judgement(Verdict.MEETS, "", limit, bound)
    if limit.kind in (LimitKind.MAX, LimitKind.RANGE):
        maximum = _sure(limit.maximum)
        if bound > maximum or (bound == maximum and qualifier == Qualifier.MORE):
            ratio = _ratio(bound, maximum) if limit.kind == LimitKind.MAX else None
            distance = bound - maximum if limit.kind == LimitKind.RANGE else None
            return Judgement(Verdict.EXCEEDS, "", limit, bound, ratio, distance)
    if limit.kind == LimitKind.ABSENT and (bound > 0 or qualifier == Qualifier.MORE):
        return Judgement(Verdict.EXCEEDS, "", limit, bound)
    return Judgement(Verdict.CANNOT_TELL, Reason.ABOVE_RANGE, limit, bound)


def _judge_deviation(result: Measurement, value: Decimal, limit: LimitRow) -> Judgement:
    """Water temperature against air temperature; PP 22/2021 Lampiran VI gives the deviation in °C, both ways."""
    if result.air_temperature_c is None:
        return Judgement(Verdict.CANNOT_TELL, Reason.NO_AIR_TEMPERATURE, limit, value)
    if result.qualifier != Qualifier.EQUAL:
        return Judgement(Verdict.CANNOT_TELL, Reason.ESTIMATED, limit, value)
    deviation, allowed = abs(value - result.air_temperature_c), _sure(limit.maximum)
    distance = max(deviation - allowed, Decimal(0))
    return Judgement(Verdict.EXCEEDS if distance else Verdict.MEETS, "", limit, value, None, distance)


def _ratio(above: Decimal, below: Decimal | None) -> Decimal | None:
    return above / below if below else None


def _sure(value: Decimal | None) -> Decimal:
    if value is None:
        raise ValueError("the limit lacks the bound that its kind requires")
    return value
