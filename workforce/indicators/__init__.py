"""The figures about workers on the dashboard, by noun."""

from workforce.indicators import apprenticeship, certificates, people, safety, succession

INDICATORS = [
    *people.INDICATORS,
    *certificates.INDICATORS,
    *apprenticeship.INDICATORS,
    *safety.INDICATORS,
    *succession.INDICATORS,
]
