"""What the pages show of knowledge at risk: nothing about fewer than five people to those who see no names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from batikportal import charts
from batikportal.models import Area
from batikportal.small_cells import publishable, publishable_cells
from workforce.choices.knowledge import KnowledgeRisk
from workforce.models import CraftAssessment, ProcessStep
from workforce.queries.knowledge import StepKnowledge
from workforce.rules.knowledge import FEWEST_MASTERS
from workforce.rules.skills import MASTER

TONES = {
    KnowledgeRisk.RED: "bad",
    KnowledgeRisk.AMBER: "warning",
    KnowledgeRisk.GREEN: "good",
    KnowledgeRisk.UNKNOWN: "neutral",
}


@dataclass(frozen=True)
class AreaCell:
    """Masters who live in an area; `count` None: not shown; `is_few`: under three; `url` opens them."""

    label: str
    count: int | None
    is_few: bool
    url: str


@dataclass(frozen=True)
class StepLine:
    """A step as the table shows it; numbers are None where they are not known or may not be shown."""

    step: ProcessStep
    masters: int | None
    url: str
    cells: list[AreaCell]
    median_age: float | None
    youngest: int | None
    oldest: int | None
    years_left: float | None
    until_few: int | None
    learners: int | None
    workers: int | None
    risk: str
    risk_label: str
    tone: str
    assessment: CraftAssessment | None
    completeness: float | None


def short_name(district: Area) -> str:
    """A district without the name of the city, which all of them bear."""
    return district.name.removeprefix("Pekalongan ")


def rows_url(step: ProcessStep, level: int = int(MASTER), **more: str) -> str:
    """The list of workers who master the step."""
    query = {"status": "active", "menguasai": step.code, "tingkat": str(level), **more}
    return f"{reverse('workforce:worker-list')}?{urlencode(query)}"


def step_lines(found: Sequence[StepKnowledge], districts: Sequence[Area], sees_people: bool) -> list[StepLine]:
    """The lines of the table."""
    return [_line(one, districts, sees_people) for one in found]


def _line(one: StepKnowledge, districts: Sequence[Area], sees_people: bool) -> StepLine:
    count = len(one.masters)
    shown = count if sees_people else publishable(count)
    tells = shown is not None and shown > 0
    return StepLine(
        step=one.step,
        masters=shown,
        url=rows_url(one.step) if sees_people and count else "",
        cells=_cells(one, districts, sees_people),
        median_age=one.median_age if tells else None,
        youngest=one.youngest if tells and sees_people else None,
        oldest=one.oldest if tells and sees_people else None,
        years_left=one.years_left if tells else None,
        until_few=one.until_few if tells else None,
        learners=one.learners if sees_people else publishable(one.learners),
        workers=one.workers if sees_people else publishable(one.workers),
        risk=one.risk,
        risk_label=str(KnowledgeRisk(one.risk).label),
        tone=TONES[KnowledgeRisk(one.risk)],
        assessment=one.assessment,
        completeness=one.completeness if sees_people or tells else None,
    )


def _cells(one: StepKnowledge, districts: Sequence[Area], sees_people: bool) -> list[AreaCell]:
    counted = one.by_district()
    counts = [counted[district.pk] for district in districts] + [counted[None]]
    shown: list[int | None] = list(counts) if sees_people else publishable_cells(counts)
    if not sees_people and publishable(len(one.masters)) is None:
        shown = [None] * len(counts)
    cells = [
        AreaCell(
            short_name(district),
            value,
            sees_people and count < FEWEST_MASTERS,
            rows_url(one.step, kecamatan=district.code) if sees_people and count else "",
        )
        for district, count, value in zip(districts, counts, shown, strict=False)
    ]
    return [*cells, AreaCell(_("Luar kota"), shown[-1], False, "")]


@dataclass(frozen=True)
class WardLine:
    """Masters of a step who live in a ward."""

    name: str
    district: str
    count: int


def ward_lines(one: StepKnowledge, wards: Mapping[int, Area]) -> list[WardLine]:
    """Masters by ward of residence, most first, those outside the city last; for those who see names, since districts
    of which some are hidden could be added up from wards."""
    counted = one.by_ward()
    outside = counted.pop(None, 0)
    found = [
        WardLine(ward.name, ward.parent.name if ward.parent else "", count)
        for ward, count in ((wards[pk], count) for pk, count in counted.items() if pk)
    ]
    found.sort(key=lambda line: (-line.count, line.name))
    return [*found, WardLine(_("Luar kota"), "", outside)] if outside else found


BANDS = ((15, 34), (35, 44), (45, 54), (55, 64), (65, None))


def age_chart(one: StepKnowledge, sees_people: bool) -> charts.Chart | None:
    """Masters by age; None where few people would be told."""
    ages = one.ages
    counts = [
        sum(age is not None and first <= age and (last is None or age <= last) for age in ages) for first, last in BANDS
    ]
    unknown = ages.count(None)
    shown: list[int | None] = [*counts, unknown] if sees_people else publishable_cells([*counts, unknown])
    if not sees_people and publishable(len(ages)) is None:
        return None
    labels = [f"{first}–{last}" if last else f"{first}+" for first, last in BANDS]
    bars = [charts.Bar(label, value) for label, value in zip([*labels, _("Umur tidak diketahui")], shown, strict=True)]
    return charts.bars(title=_("Umur orang mahir"), rows=bars, unit=_("orang"))
