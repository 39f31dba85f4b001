"""How batik finds its buyers: programmes, open calls, applications, fair seats and signed decisions."""
