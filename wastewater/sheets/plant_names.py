"""How sheets name a plant: by its name or its code."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from batikportal.imports import matching
from batikportal.imports.contract import Column, Context, Row
from wastewater.models import TreatmentPlant

PLANT = Column(
    name="plant",
    label=_("IPAL"),
    required=True,
    example="IPAL Contoh",
    help=_("Nama atau kode IPAL."),
    aliases=("nama ipal", "kode ipal", "instalasi"),
    max_length=80,
)


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
