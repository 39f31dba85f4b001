"""The facts of PDF documents of wastewater."""

"""The facts of PDF documents, by noun."""
