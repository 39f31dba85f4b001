"""The one way in which reading a file ends badly."""


class Refusal(Exception):
    """The file as a whole cannot be taken; the text tells the person why and what to do."""
