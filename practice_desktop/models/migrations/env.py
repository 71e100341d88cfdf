"""Alembic's entry: runs the steps on the connection that `upgrade` hands over."""

from alembic import context

from practice_desktop.models.schema import metadata

connection = context.config.attributes["connection"]
context.configure(
    connection=connection, target_metadata=metadata(), transaction_per_migration=False
)
with context.begin_transaction():
    context.run_migrations()
