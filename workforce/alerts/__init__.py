"""What waits for somebody of the labour office, by noun."""

from workforce.alerts import certificates, people

ALERTS = [*people.ALERTS, *certificates.ALERTS]
