"""Run by Alembic."""

from services.notifications.adapters.tables import metadata
from services.platform import migrations

migrations.run(metadata)
