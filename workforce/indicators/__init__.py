"""The figures about workers on the dashboard, by noun."""

from workforce.indicators import people

INDICATORS = [*people.INDICATORS]
