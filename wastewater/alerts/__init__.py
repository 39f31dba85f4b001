"""What waits for somebody in wastewater, by noun."""

from wastewater.alerts import samples

ALERTS = [*samples.ALERTS]
