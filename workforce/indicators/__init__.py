"""The figures about workers on the dashboard, by noun."""

from workforce.indicators import apprenticeship, people

INDICATORS = [*people.INDICATORS, *apprenticeship.INDICATORS]
