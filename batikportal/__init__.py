"""The ground floor: shared nouns, shared pages and the contracts that the three focuses fill in."""
