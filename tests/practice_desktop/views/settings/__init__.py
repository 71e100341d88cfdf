"""Tests of views/settings."""
