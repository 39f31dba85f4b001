"""Forms of apprenticeship."""
