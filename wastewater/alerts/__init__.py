"""What waits for somebody in wastewater, by noun."""

from wastewater.alerts import corrections, samples

ALERTS = [*samples.ALERTS, *corrections.ALERTS]
