"""Computing the indices of river samples as a set: a few looks, and new rows only where something changed."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from wastewater import rules
from wastewater.models import AssessmentRule, IndexEvaluation, Result, Sample
from wastewater.queries import indices as queries
from wastewater.queries.standards import Book, limit_book
from wastewater.rules import indices

# Samples whose indices are computed in one go: bounds the memory, not the meaning.
SAMPLES_AT_ONCE = 1000
_STORED = (
    "rule_id",
    "method",
    "river_class",
    "value",
    "worst",
    "mean",
    "status",
    "weight",
    "withheld",
    "parameters_count",
    "settings",
    "shares",
    "engine_version",
)


@dataclass(frozen=True)
class Computed:
    """How many indices were written, and how many stayed since nothing about them changed."""

    new_count: int = 0
    same_count: int = 0

    def __add__(self, other: "Computed") -> "Computed":
        return Computed(self.new_count + other.new_count, self.same_count + other.same_count)


def compute_indices(*, samples: Iterable[int], at: datetime) -> Computed:
    """Compute status and IKA of these samples (primary keys) under the rules in force on their sampling day.

    Only river samples that were verified or published have indices. An index that would be the same keeps its row;
    otherwise a new one is written and the old one stays, no longer current. Asking twice changes nothing.
    """
    wanted = sorted(set(samples))
    if not wanted:
        return Computed()
    book, known_rules = limit_book(), queries.assessment_rules()
    done = Computed()
    with transaction.atomic():
        for start in range(0, len(wanted), SAMPLES_AT_ONCE):
            done += _compute_some(wanted[start : start + SAMPLES_AT_ONCE], book, known_rules, at)
    return done


def compute_all_indices(*, at: datetime) -> Computed:
    """Compute the indices of every river sample that has any: what a change of rules or classes left behind."""
    counted = queries.river_samples().filter(state__in=rules.COUNTED)
    return compute_indices(samples=counted.values_list("pk", flat=True), at=at)


def _compute_some(wanted: list[int], book: Book, known_rules: list[AssessmentRule], at: datetime) -> Computed:
    rows = queries.river_samples().filter(pk__in=wanted, state__in=rules.COUNTED).order_by("pk")
    samples = list(rows.select_for_update(of=("self",)))
    results: dict[int, list[Result]] = defaultdict(list)
    for result in (
        Result.objects.filter(sample__in=samples).select_related("parameter").order_by("parameter__display_order", "pk")
    ):
        results[result.sample_id].append(result)
    current = {
        (sample, kind): (pk, *stored)
        for sample, kind, pk, *stored in IndexEvaluation.objects.filter(is_current=True, sample__in=samples)
        .order_by()
        .values_list("sample_id", "kind", "pk", *_STORED)
    }
    made: list[IndexEvaluation] = []
    retired: list[int] = []
    same_count = 0
    for sample in samples:
        for kind in queries.POLLUTION_INDEX_KINDS:
            rule = queries.rule_in_force(known_rules, kind, timezone.localdate(sample.taken_at))
            old = current.get((sample.pk, kind))
            if rule is None:
                retired += [old[0]] if old else []
                continue
            values = _values(sample, results[sample.pk], book, rule)
            if old is not None and old[1:] == tuple(values[name] for name in _STORED):
                same_count += 1
                continue
            retired += [old[0]] if old else []
            made.append(IndexEvaluation(sample=sample, kind=kind, evaluated_at=at, **values))
    IndexEvaluation.objects.filter(pk__in=retired).update(is_current=False)
    IndexEvaluation.objects.bulk_create(made, batch_size=1000)
    return Computed(len(made), same_count)


def _values(sample: Sample, results: list[Result], book: Book, rule: AssessmentRule) -> dict[str, Any]:
    """The stored fields of the index of one sample."""
    river_class = queries.class_of(sample, rule)
    settings = queries.settings_of(rule)
    found = indices.pollution_index(queries.inputs_of(sample, results, book, river_class), settings)
    return {
        "rule_id": rule.pk,
        "method": settings.method,
        "river_class": river_class,
        "value": _rounded(found.value),
        "worst": _rounded(found.worst),
        "mean": _rounded(found.mean),
        "status": found.band.status if found.band else "",
        "weight": found.band.weight if found.band else None,
        "withheld": str(found.withheld),
        "parameters_count": len(found.counted),
        "settings": {
            "cim_mg_per_l": _text(settings.cim_mg_per_l),
            "non_detect": settings.non_detect,
            "minimum_parameters": settings.minimum_parameters,
            "parameters": list(settings.parameters),
            "bands": [[band.status, _text(band.up_to), _text(band.weight)] for band in settings.bands],
        },
        "shares": [_share(share) for share in found.shares],
        "engine_version": indices.INDEX_VERSION,
    }


def _share(share: indices.Share) -> dict[str, Any]:
    source = share.source
    return {
        "parameter": source.parameter,
        "reported": source.reported,
        "used": _text(share.used),
        "kind": str(source.kind),
        "minimum": _text(source.minimum),
        "maximum": _text(source.maximum),
        "limit": source.limit_id,
        "ratio": _text(_rounded(share.ratio)),
        "index": _text(_rounded(share.index)),
        "bound": share.bound,
        "left_out": str(share.left_out),
    }


def _rounded(value: Decimal | None) -> Decimal | None:
    return None if value is None else round(value, 6)


def _text(value: Decimal | None) -> str | None:
    return None if value is None else f"{value.normalize():f}"
