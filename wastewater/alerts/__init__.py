"""What waits for somebody in wastewater, by noun."""

from wastewater.alerts import (duties, samples, discharge_logs)

ALERTS = [
    *samples.ALERTS,
    *duties.ALERTS,
    *discharge_logs.ALERTS,
]
