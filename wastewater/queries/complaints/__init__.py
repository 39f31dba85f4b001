"""Reads about complaints: cases and lists, terms and routes, places, figures."""
