"""What waits for somebody in wastewater, by noun."""

from wastewater.alerts import discharge_logs, plants, samples

ALERTS = [
    *samples.ALERTS,
    *discharge_logs.ALERTS,
    *plants.ALERTS,
]
