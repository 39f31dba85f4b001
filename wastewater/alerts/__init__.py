"""What waits for somebody in wastewater, by noun."""

from wastewater.alerts import complaints, samples

ALERTS = [*samples.ALERTS, *complaints.ALERTS]
from wastewater.alerts import discharge_logs, samples

ALERTS = [*samples.ALERTS, *discharge_logs.ALERTS]
