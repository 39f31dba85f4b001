"""What waits for somebody of the labour office, by noun."""

from workforce.alerts import apprenticeship, certificates, duplicates, handover, people, requests, safety

ALERTS = [
    *people.ALERTS,
    *certificates.ALERTS,
    *duplicates.ALERTS,
    *requests.ALERTS,
    *apprenticeship.ALERTS,
    *handover.ALERTS,
    *safety.ALERTS,
]
