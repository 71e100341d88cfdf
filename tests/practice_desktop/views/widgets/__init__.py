"""Tests of views/widgets."""
