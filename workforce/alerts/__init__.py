"""What waits for somebody of the labour office, by noun."""

from workforce.alerts import apprenticeship, people

ALERTS = [*people.ALERTS, *apprenticeship.ALERTS]
