"""The command line: thin, over the same services as the window, without Qt."""
