"""The named kinds and states of the wastewater focus, with the words people read for them."""

from wastewater.choices.places import (
    CapacityKind,
    PlantKind,
    PlantStatus,
    PointKind,
    PointPosition,
    WaterBodyKind,
)
from wastewater.choices.samples import (
    Binding,
    Plausibility,
    Qualifier,
    Reason,
    SampleState,
    SampleVerdict,
    Verdict,
)
from wastewater.choices.standards import (
    Arrangement,
    Confidence,
    DischargeClass,
    ExpressedAs,
    Jurisdiction,
    LimitKind,
    Medium,
    ParameterGroup,
    Process,
    RiverClass,
    Unit,
)

__all__ = [
    "Arrangement",
    "Binding",
    "CapacityKind",
    "Confidence",
    "DischargeClass",
    "ExpressedAs",
    "Jurisdiction",
    "LimitKind",
    "Medium",
    "ParameterGroup",
    "PlantKind",
    "PlantStatus",
    "Plausibility",
    "PointKind",
    "PointPosition",
    "Process",
    "Qualifier",
    "Reason",
    "RiverClass",
    "SampleState",
    "SampleVerdict",
    "Unit",
    "Verdict",
    "WaterBodyKind",
]
