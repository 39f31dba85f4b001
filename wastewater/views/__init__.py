"""The pages of wastewater."""
