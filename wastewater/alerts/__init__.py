"""What waits for somebody in wastewater, by noun."""

from wastewater.alerts import discharge_logs, duties, inspections, samples
from wastewater.alerts import discharge_logs, duties, samples, stations

ALERTS = [
    *samples.ALERTS,
    *discharge_logs.ALERTS,
    *inspections.ALERTS,
    *stations.ALERTS,
    *duties.ALERTS,
]
