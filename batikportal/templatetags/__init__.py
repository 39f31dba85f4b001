"""What templates may say beyond Django: `ui` and `figures` are built into every template, `ui` gathers the others."""
