"""Run by Alembic."""

from services.evidence.adapters.tables import metadata
from services.platform.storage import migrations

migrations.run(metadata)
