"""What waits for somebody in wastewater, by noun."""

from wastewater.alerts import inspections, samples

ALERTS = [*samples.ALERTS, *inspections.ALERTS]
