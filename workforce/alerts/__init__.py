"""What waits for somebody of the labour office, by noun."""

from workforce.alerts import people

ALERTS = [*people.ALERTS]
