"""What leaves the workshops: standards, plants, samples, and the verdict on every laboratory result."""
