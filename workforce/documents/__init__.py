"""The facts of the papers about workers; their layout stands in templates/documents."""
