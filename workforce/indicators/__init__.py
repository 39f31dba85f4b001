"""The figures about workers on the dashboard, by noun."""

from workforce.indicators import apprenticeship, certificates, people, succession

INDICATORS = [
    *people.INDICATORS,
    *certificates.INDICATORS,
    *apprenticeship.INDICATORS,
    *succession.INDICATORS,
]
