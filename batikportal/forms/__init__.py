"""Forms of the ground floor: they clean input and never save."""
