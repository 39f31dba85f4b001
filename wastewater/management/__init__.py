"""Commands of wastewater."""
