"""Run by Alembic."""

from services.notifications.adapters.tables import metadata
from services.platform.storage import migrations

migrations.run(metadata)
