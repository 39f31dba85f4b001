"""Stories of people through several pages, in a real browser."""
