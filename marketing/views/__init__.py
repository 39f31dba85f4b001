"""The pages of the market: for the public, for owners, and for staff."""
