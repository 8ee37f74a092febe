"""Run by Alembic."""

from services.platform import migrations
from services.rules.adapters.store.tables import metadata

migrations.run(metadata)
