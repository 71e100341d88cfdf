"""The rules of the house, kept by tests: layers, types, style, pins, where a test stands."""
