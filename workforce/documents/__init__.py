"""Facts of the printed documents about workers."""
