"""What waits for somebody in wastewater, by noun."""

from wastewater.alerts import duties, samples

ALERTS = [*samples.ALERTS, *duties.ALERTS]
