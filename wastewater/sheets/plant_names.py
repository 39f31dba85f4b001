"""How sheets name a plant: by its name or its code."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from batikportal.imports import matching
from batikportal.imports.contract import Context, Row
from wastewater.models import TreatmentPlant


def look_up_plants(rows: Sequence[Row], ctx: Context, permission: str) -> None:
    """Find each row's plant within the user's areas; others are refused."""
    reach = TreatmentPlant.objects.within_reach_of(ctx.by, permission)
    names = {matching.fold(text): pk for pk, *texts in reach.values_list("pk", "code", "name") for text in texts}
    matching.look_up(
        rows,
        "plant",
        names,
        _("IPAL “%(value)s” tidak dikenal, atau di luar wilayah Anda. Tulis nama atau kodenya."),
    )
