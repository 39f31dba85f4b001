"""A laboratory result that somebody types to see how it would be judged; nothing of it is stored."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q, QuerySet

from wastewater import rules
from wastewater.choices import Medium, SampleVerdict, Verdict
from wastewater.models import Evaluation, Limit, Parameter, Result
from wastewater.queries.standards import expected_parameters, limit_book


@dataclass(frozen=True)
class Check:
    """What the typed figures are worth: each with its verdict, and what a monthly test would also need."""

    lines: list[tuple[Result, Evaluation]]
    missing: list[Parameter]
    marks: list[str]

    def count(self, verdict: str) -> int:
        return sum(evaluation.verdict == verdict for _result, evaluation in self.lines)

    @property
    def decided_count(self) -> int:
        return self.count(Verdict.MEETS) + self.count(Verdict.EXCEEDS)

    @property
    def exceeds_count(self) -> int:
        return self.count(Verdict.EXCEEDS)

    @property
    def verdict(self) -> str:
        """One word for all figures together (choices.SampleVerdict)."""
        return rules.sample_verdict(
            exceeds=self.exceeds_count, undecided=self.count(Verdict.CANNOT_TELL), meets=self.count(Verdict.MEETS)
        )

    @property
    def tone(self) -> str:
        tones: dict[str, str] = {SampleVerdict.EXCEEDS: "danger", SampleVerdict.MEETS: "success"}
        return tones.get(self.verdict, "warning")


def judged_parameters(medium: Medium) -> QuerySet[Parameter]:
    """The parameters that some limit of this medium names, in the order of display."""
    named = Q(limits__standard_set__medium=medium, limits__process="") & ~Q(unit="m³/ton")
    return Parameter.objects.filter(named).distinct().order_by("display_order")


def check(
    results: Iterable[Result],
    given: rules.Circumstances,
    *,
    air_temperature_c: Decimal | None = None,
    water_use_m3_per_ton: Decimal | None = None,
) -> Check:
    """Judge unsaved results by the same rules as stored ones, with their limits and citations; three queries."""
    book, expected = limit_book(), expected_parameters()
    found = [(result, *_judged(result, book, given, air_temperature_c, water_use_m3_per_ton)) for result in results]
    wanted = {
        row.id
        for _result, one, load in found
        for row in (one.limit, one.compared_with, load.limit if load else None)
        if row
    }
    limits = Limit.objects.select_related("standard_set").in_bulk(wanted)
    lines = []
    for result, one, load in found:
        evaluation = Evaluation(
            result=result,
            verdict=one.verdict,
            reason=one.reason,
            binding=one.binding,
            limit=limits.get(one.limit.id) if one.limit else None,
            compared_with=limits.get(one.compared_with.id) if one.compared_with else None,
            converted_value=one.converted_value,
            ratio=one.ratio,
            percent=one.percent,
            distance=one.distance,
            load_kg_per_ton=load.load_kg_per_ton if load else None,
            load_limit=limits.get(load.limit.id) if load else None,
            load_verdict=load.verdict if load else "",
        )
        lines.append((result, evaluation))
    reported = {result.parameter_id for result, _evaluation in lines}
    missing = rules.regulated(given, book, expected) - reported
    return Check(
        lines,
        list(Parameter.objects.filter(pk__in=missing)),
        rules.plausibility(
            {result.parameter.code: result.value for result, _evaluation in lines if result.qualifier == "="}
        ),
    )


def _judged(result, book, given, air_temperature_c, water_use_m3_per_ton):
    measured = rules.Measurement(result.value, result.qualifier, result.unit, result.expressed_as, air_temperature_c)
    rows = book.get(result.parameter_id, [])
    return rules.judge_by_rows(measured, rows, given), rules.judge_load(measured, rows, given, water_use_m3_per_ton)
