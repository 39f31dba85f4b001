"""The figures about workers on the dashboard, by noun."""

from workforce.indicators import certificates, people

INDICATORS = [*people.INDICATORS, *certificates.INDICATORS]
