"""Reads of the ground floor, by noun."""
