"""The compliance coach: what a failed result means, why it usually fails, and what to do next."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Q, QuerySet

from batikportal.models import Enterprise
from wastewater.choices import Verdict
from wastewater.choices.discharge_logs import AdviceKind, DyeClass, LogProcess
from wastewater.models import Advice, AdviceContact, Evaluation, Sample
from wastewater.queries import discharge_logs
from wastewater.queries.samples import judged_results

# Dyes and processes of the half year before count as what the workshop does.
HABIT = timedelta(days=183)
# Words by which a training about wastewater is found.
TOPICS = ("limbah", "pewarna", "IPAL", "ramah lingkungan", "produksi bersih")


@dataclass(frozen=True)
class Hint:
    """One advice; ``why`` names the dye or process that it is for, ``is_own`` that the logbook names it too."""

    advice: Advice
    why: str
    is_own: bool


@dataclass
class Failure:
    """A result over its limit, with what the coach says about its parameter, by kind of advice."""

    evaluation: Evaluation
    meaning: list[Hint] = field(default_factory=list)
    causes: list[Hint] = field(default_factory=list)
    steps: list[tuple[str, list[Hint]]] = field(default_factory=list)


@dataclass(frozen=True)
class Coaching:
    """What is said about the failed results of some samples, by sample, and whether a logbook helped."""

    by_sample: dict[int, list[Failure]]
    knows_habits: bool


def coaching(samples: Sequence[Sample], enterprises: QuerySet[Enterprise]) -> Coaching:
    """The failed results of these samples with advice; three queries however many samples there are."""
    failed = judged_results(Sample.objects.filter(pk__in=[sample.pk for sample in samples])).filter(
        verdict=Verdict.EXCEEDS
    )
    evaluations = list(failed.order_by("result__parameter__display_order", "pk"))
    if not evaluations:
        return Coaching({}, knows_habits=False)
    newest = max(filter(None, (evaluation.result.sample.taken_at for evaluation in evaluations)))
    habits = discharge_logs.usual_processes(enterprises, (newest - HABIT).date())
    said = _advice({evaluation.result.parameter_id for evaluation in evaluations}, habits)
    by_sample: dict[int, list[Failure]] = defaultdict(list)
    for evaluation in evaluations:
        hints = said[evaluation.result.parameter_id]
        steps = [
            (str(kind.label), hints[kind])
            for kind in (AdviceKind.TODAY, AdviceKind.MONTH, AdviceKind.INVESTMENT)
            if hints[kind]
        ]
        failure = Failure(evaluation, hints[AdviceKind.MEANING], hints[AdviceKind.CAUSE], steps)
        by_sample[evaluation.result.sample_id].append(failure)
    return Coaching(dict(by_sample), knows_habits=bool(habits))


def contacts() -> QuerySet[AdviceContact]:
    """Whom an owner can ask."""
    return AdviceContact.objects.filter(is_active=True)


def _advice(parameters: Iterable[int], habits: set[tuple[str, str]]) -> dict[int, dict[str, list[Hint]]]:
    """Advice by parameter and kind: what fits the logbook first. A known workshop is spared what is for others."""
    dyes, processes = {dye for dye, _process in habits}, {process for _dye, process in habits}
    said: dict[int, dict[str, list[Hint]]] = defaultdict(lambda: defaultdict(list))
    rows = Advice.objects.filter(Q(is_active=True), parameter__in=parameters)
    for row in rows.order_by("parameter", "kind", "display_order", "pk"):
        is_special = bool(row.dye_class or row.process)
        fits = _names(dyes, row.dye_class) and _names(processes, row.process)
        if is_special and habits and not fits:
            continue
        why = " · ".join(str(label) for label in (row.get_dye_class_display(), row.get_process_display()) if label)
        said[row.parameter_id][row.kind].append(Hint(row, why, is_own=is_special and bool(habits)))
    for kinds in said.values():
        for hints in kinds.values():
            hints.sort(key=lambda hint: not hint.is_own)
    return said


def _names(known: set[str], code: str) -> bool:
    """Whether a logbook names this dye or process; "several" may be any of them, and no code is for all."""
    return not code or code in known or DyeClass.SEVERAL in known or LogProcess.SEVERAL in known
