"""Pages of apprenticeship."""
