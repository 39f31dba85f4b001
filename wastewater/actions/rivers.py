"""What people note about a river beside its results: tide and weather when the water was taken."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from batikportal.choices import Source
from batikportal.models import User
from wastewater import rules
from wastewater.actions.samples import SampleRefused
from wastewater.models import RiverCondition, Sample

Condition = tuple[str, str]


def record_conditions(
    *, conditions: Mapping[int, Condition], by: User | None, at: datetime, source: str = Source.FORM
) -> None:
    """Write (tide, weather) of samples by primary key; an empty word leaves what is stored.

    Possible until the results are verified; afterwards the refusal says why, and nothing is written.
    """
    wanted = {pk: condition for pk, condition in conditions.items() if any(condition)}
    if not wanted:
        return
    with transaction.atomic():
        samples = Sample.objects.select_for_update().filter(pk__in=wanted).order_by("pk")
        if any(not rules.may_enter_results(sample.state) for sample in samples):
            raise SampleRefused(_("Hasil sampel sudah diverifikasi, jadi keadaan saat pengambilan tidak dapat diubah."))
        stored = {row.sample_id: row for row in RiverCondition.objects.filter(sample__in=wanted)}
        new = []
        for pk, (tide, weather) in wanted.items():
            row = stored.get(pk)
            if row is None:
                new.append(
                    RiverCondition(
                        sample_id=pk, tide=tide, weather=weather, created_by=by, created_at=at, source=source
                    )
                )
            else:
                row.tide, row.weather = tide or row.tide, weather or row.weather
        RiverCondition.objects.bulk_create(new, batch_size=1000)
        RiverCondition.objects.bulk_update(stored.values(), ["tide", "weather"], batch_size=1000)
