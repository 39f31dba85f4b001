"""Open data of wastewater, by noun."""

from wastewater.datasets import complaints, compliance, discharge_logs, results

DATASETS = [*results.DATASETS, *complaints.DATASETS, *discharge_logs.DATASETS, *compliance.DATASETS]
from wastewater.datasets import compliance, discharge_logs, results, rivers, stations

DATASETS = [
    *results.DATASETS,
    *discharge_logs.DATASETS,
    *stations.DATASETS,
    *compliance.DATASETS,
    *rivers.DATASETS,
]
