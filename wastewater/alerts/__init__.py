"""What waits for somebody in wastewater, by noun."""

from wastewater.alerts import plants, samples

ALERTS = [*samples.ALERTS, *plants.ALERTS]
from wastewater.alerts import discharge_logs, samples

ALERTS = [*samples.ALERTS, *discharge_logs.ALERTS]
