"""The command line: thin words over the same services as the window. Imports no Qt."""
