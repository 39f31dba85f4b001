"""A monitoring point is recorded and changed; what decides its limits judges its results again."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from batikportal.choices import Source
from batikportal.models import User
from wastewater.actions import sensor_days
from wastewater.actions.evaluations import evaluate
from wastewater.models import DischargePoint, Sample

# A change of these can change the verdict of results that are there already.
DECIDES_LIMITS = ("discharge_m3_per_day", "arrangement", "process")


class PointRefused(Exception):
    """The point cannot be kept so; the message says why and what to do."""


def record_point(*, facts: dict[str, Any], by: User | None, at: datetime, source: str = Source.FORM) -> DischargePoint:
    """A new point of one enterprise, plant or water body."""
    return _kept(DischargePoint(created_by=by, created_at=at, source=source, **facts))


def change_point(*, point: DischargePoint, facts: dict[str, Any], by: User, at: datetime) -> int:
    """Correct a point; returns how many verdicts are new. Its owner stays once samples were taken there."""
    with transaction.atomic():
        held = DischargePoint.objects.select_for_update().get(pk=point.pk)
        before = {name: getattr(held, name) for name in facts}
        moved = any(before[name] != facts[name] for name in ("enterprise", "plant", "water_body"))
        if moved and Sample.objects.filter(point=held).exists():
            raise PointRefused(
                _("Titik ini sudah punya sampel; pemiliknya tidak dapat diganti. Buat titik baru dengan kode lain.")
            )
        for name, value in facts.items():
            setattr(held, name, value)
        _kept(held)
        if any(before[name] != facts[name] for name in DECIDES_LIMITS):
            return judge_point_again(point=held, at=at)
    return 0


def judge_point_again(*, point: DischargePoint, at: datetime) -> int:
    """Judge all results and sensor days of a point anew; returns how many verdicts of samples are new."""
    judged = evaluate(samples=Sample.objects.filter(point=point).values_list("pk", flat=True), at=at)
    sensor_days.judge_again(point=point.pk, at=at)
    return judged.new_count


def _kept(point: DischargePoint) -> DischargePoint:
    try:
        point.full_clean(exclude=["created_by"])
        with transaction.atomic():
            point.save()
    except ValidationError as refused:
        raise PointRefused(" ".join(refused.messages)) from refused
    except IntegrityError as refused:
        raise PointRefused(_("Kode ini sudah dipakai titik lain. Pilih kode lain.")) from refused
    return point
