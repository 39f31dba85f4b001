"""The facts of PDF documents of wastewater."""
