"""What waits for somebody in wastewater, by noun."""

from wastewater.alerts import samples, stations

ALERTS = [*samples.ALERTS, *stations.ALERTS]
