"""What waits for somebody of the labour office, by noun."""

from workforce.alerts import certificates, duplicates, people, requests

ALERTS = [*people.ALERTS, *certificates.ALERTS, *duplicates.ALERTS, *requests.ALERTS]
