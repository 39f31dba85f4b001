"""The map without a map server: outlines of the kelurahan, schematic until the city's own are loaded."""
