"""Brings a service's database to the newest schema by its numbered Alembic revisions."""

from pathlib import Path
from typing import Any

from sqlalchemy import Engine, MetaData, inspect


def _config(folder: Path) -> Any:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(folder))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    return config


def bring_up_to_date(engine: Engine, folder: Path) -> None:
    """Apply every revision in `folder` that the database lacks, each in its own transaction."""
    if _newest(folder) == _current(engine):
        return  # Alembic takes a third of a second to import: a service that was killed is back without it
    from alembic import command

    config = _config(folder)
    with engine.connect().execution_options(psmf_write=True) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _newest(folder: Path) -> str:
    return max(file.name for file in (folder / "versions").glob("[0-9]*_*.py")).partition("_")[0]


def _current(engine: Engine) -> str:
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return ""
        return str(connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar())


def write_revision(engine: Engine, folder: Path, number: str, title: str) -> None:
    """Write the revision that brings the schema from the newest revision to what the tables say (for developers)."""
    from alembic import command

    config = _config(folder)
    with engine.connect().execution_options(psmf_write=True) as connection:
        config.attributes["connection"] = connection
        command.revision(config, title, autogenerate=True, rev_id=number)


def run(metadata: MetaData) -> None:
    """What each service's migrations/env.py does."""
    from alembic import context

    connection = context.config.attributes["connection"]
    context.configure(
        connection=connection, target_metadata=metadata, render_as_batch=True, transaction_per_migration=True
    )
    with context.begin_transaction():
        context.run_migrations()
