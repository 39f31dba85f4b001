"""The figures about workers on the dashboard, by noun."""

from workforce.indicators import certificates, people, succession

INDICATORS = [*people.INDICATORS, *certificates.INDICATORS, *succession.INDICATORS]
