"""Drives the real program: a real window, a real mail server, a real password store."""
