"""Forms of wastewater: they clean input and never save."""

from wastewater.forms.filters import PlantFilter, PointFilter, ResultFilter, SampleFilter
from wastewater.forms.samples import NewSampleForm, PlanForm, ResultsForm, SendForm, TakingForm, VoidForm

__all__ = [
    "NewSampleForm",
    "PlanForm",
    "PlantFilter",
    "PointFilter",
    "ResultFilter",
    "ResultsForm",
    "SampleFilter",
    "SendForm",
    "TakingForm",
    "VoidForm",
]
