"""Tests mirror the packages; `house/` keeps the rules of the whole, `end_to_end/` drives it."""
