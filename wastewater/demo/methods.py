"""What the demo's laboratories measure: the typical methods; one has a sulphide method that is too coarse."""

import random
from datetime import date

from batikportal.choices import Source
from wastewater.demo.places import public_id
from wastewater.models import AnalysisMethod, LabMethod, Laboratory

# An iodometric method cannot tell 0,3 mg/L; colour stands outside the scope of the second laboratory.
_COARSE = "SNI 6989.75:2009"
_OUTSIDE = "WARNA"


def make_methods(rng: random.Random) -> None:
    """One method per parameter and laboratory, valid through all samples of the demo."""
    typical: dict[str, AnalysisMethod] = {}
    coarse: dict[str, AnalysisMethod] = {}
    for row in AnalysisMethod.objects.select_related("parameter").order_by("pk"):
        typical.setdefault(row.parameter.code, row)
        coarse[row.parameter.code] = row if row.method == _COARSE else typical[row.parameter.code]
    laboratories = Laboratory.objects.filter(source=Source.SEED).order_by("code")
    LabMethod.objects.bulk_create(
        LabMethod(
            public_id=public_id(rng),
            laboratory=laboratory,
            parameter=row.parameter,
            method=row.method,
            quantification_limit=row.quantification_limit,
            is_accredited=number == 0 or code != _OUTSIDE,
            valid_from=date(2020, 1, 1),
            source=Source.SEED,
        )
        for number, laboratory in enumerate(laboratories)
        for code, row in (typical if number == 0 else coarse).items()
    )
