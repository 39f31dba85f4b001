"""What waits for somebody in wastewater, by noun."""

from wastewater.alerts import discharge_logs, duties, plants, samples

ALERTS = [*samples.ALERTS, *duties.ALERTS, *discharge_logs.ALERTS, *plants.ALERTS]
from wastewater.alerts import discharge_logs, duties, samples, stations

ALERTS = [
    *samples.ALERTS,
    *discharge_logs.ALERTS,
    *stations.ALERTS,
    *duties.ALERTS,
]
