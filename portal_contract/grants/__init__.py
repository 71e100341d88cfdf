"""Grants: what one person may do at the portal, as numbered, idempotent state."""
