"""Who makes the batik: the registry of artisans, their engagements and their social insurance."""
