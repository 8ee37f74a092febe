"""Run by Alembic."""

from services.platform.storage import migrations
from services.rules.adapters.store.tables import metadata

migrations.run(metadata)
