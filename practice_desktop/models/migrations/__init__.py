"""Schema steps, run by Alembic."""
