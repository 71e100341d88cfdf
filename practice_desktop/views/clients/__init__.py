"""The clients page: list, profile and its tabs."""
