"""Schema steps. HEAD is compared with the database at every start, without Alembic."""

from sqlalchemy import Connection

HEAD = "0001"
KNOWN = frozenset({"0001"})


def upgrade(connection: Connection) -> None:
    """Bring the database behind `connection` to HEAD in one transaction."""
    from pathlib import Path

    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["connection"] = connection
    command.upgrade(config, HEAD)
