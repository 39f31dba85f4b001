"""Cards about workers on the shared pages, by noun."""

from workforce.panels import people

PANELS = [*people.PANELS]
