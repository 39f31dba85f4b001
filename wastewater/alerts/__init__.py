"""What waits for somebody in wastewater, by noun."""

from wastewater.alerts import corrections, samples

ALERTS = [*samples.ALERTS, *corrections.ALERTS]
from wastewater.alerts import complaints, discharge_logs, duties, samples, stations

ALERTS = [*samples.ALERTS, *complaints.ALERTS, *discharge_logs.ALERTS, *duties.ALERTS, *stations.ALERTS]
