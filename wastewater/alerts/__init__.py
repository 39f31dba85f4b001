"""What waits for somebody in wastewater, by noun."""

from wastewater.alerts import plants, samples

ALERTS = [*samples.ALERTS, *plants.ALERTS]
