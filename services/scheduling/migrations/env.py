"""Run by Alembic."""

from services.platform.storage import migrations
from services.scheduling.adapters.tables import metadata

migrations.run(metadata)
