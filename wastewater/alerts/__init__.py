"""What waits for somebody in wastewater, by noun."""

from wastewater.alerts import complaints, samples

ALERTS = [*samples.ALERTS, *complaints.ALERTS]
