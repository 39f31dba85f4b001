"""What waits for somebody in wastewater, by noun."""

from wastewater.alerts import (
    complaints,
    corrections,
    custody,
    discharge_logs,
    duties,
    inspections,
    plants,
    samples,
    stations,
)

ALERTS = [
    *samples.ALERTS,
    *complaints.ALERTS,
    *corrections.ALERTS,
    *custody.ALERTS,
    *discharge_logs.ALERTS,
    *duties.ALERTS,
    *stations.ALERTS,
    *inspections.ALERTS,
    *plants.ALERTS,
]
