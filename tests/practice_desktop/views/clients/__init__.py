"""Tests of views/clients."""
