"""The facts of PDF documents, by noun."""
