"""Cards about workers on the shared pages, by noun."""

from workforce.panels import apprenticeship, people

PANELS = [*people.PANELS, *apprenticeship.PANELS]
