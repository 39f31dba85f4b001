"""Pages of the workforce app."""
