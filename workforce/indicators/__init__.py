"""The figures about workers on the dashboard, by noun."""

from workforce.indicators import apprenticeship, certificates, people

INDICATORS = [*people.INDICATORS, *certificates.INDICATORS, *apprenticeship.INDICATORS]
