"""Migrations of a service's database to the newest schema, by its numbered Alembic revisions.

A revision only adds what the previous code can work with, so that old and new copies run side by side
(docs/operations.md). A database newer than the code is left as it is.
"""

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, MetaData, inspect

from services.platform.failpoints import reach
from services.platform.storage.counts import drop_counts

MIGRATION_LOCK = 7_317
"""An advisory lock other than the writer's. A migration takes that one too, and would wait for itself."""


def _config(folder: Path, connection: Connection) -> Any:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(folder))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.attributes["connection"] = connection
    return config


def bring_up_to_date(engine: Engine, folder: Path, revision: str = "head") -> None:
    """Apply every revision in `folder` that the database lacks, each in its own transaction, one copy at a time."""
    if revision == "head" and _newest(folder) <= _current(engine):
        return  # importing Alembic takes a third of a second, which a restart after a crash should not wait for
    from alembic import command

    with engine.connect() as holder:
        if engine.dialect.name == "postgresql":
            from services.platform.storage.postgresql import check

            check(holder)
            # Released with the connection. A copy that waited for it finds nothing left to do.
            holder.exec_driver_sql(f"SELECT pg_advisory_lock({MIGRATION_LOCK})")
            holder.commit()
        else:
            drop_counts(engine)  # a table that a migration copies loses its triggers; the start makes them again
        with engine.connect().execution_options(psmf_write=True) as connection:
            command.upgrade(_config(folder, connection), revision)
        holder.invalidate()  # a pooled connection would keep the lock


def take_back(engine: Engine, folder: Path, revision: str) -> None:
    """Undo the revisions after `revision`, or all of them with `base`."""
    from alembic import command

    drop_counts(engine)
    with engine.connect().execution_options(psmf_write=True) as connection:
        command.downgrade(_config(folder, connection), revision)


def _newest(folder: Path) -> str:
    return max(file.name for file in (folder / "versions").glob("[0-9]*_*.py")).partition("_")[0]


def _current(engine: Engine) -> str:
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return ""
        return str(connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar())


def write_revision(engine: Engine, folder: Path, number: str, title: str) -> None:
    """Write the revision that takes the schema from the newest revision to the tables in the code (for developers)."""
    from alembic import command

    with engine.connect().execution_options(psmf_write=True) as connection:
        command.revision(_config(folder, connection), title, autogenerate=True, rev_id=number)


def run(metadata: MetaData) -> None:
    """Run the revisions that Alembic chose. Each service's migrations/env.py calls this."""
    from alembic import context

    connection = context.config.attributes["connection"]
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=True,  # SQLite changes a table by copying it
        transaction_per_migration=True,
        on_version_apply=lambda **_: reach("mid_migration"),
    )
    with context.begin_transaction():
        context.run_migrations()
