"""Formats of the two languages, where ours differ from Django's."""
