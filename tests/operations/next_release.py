"""The next release of psmf: a copy of the source with another version, and one more column in evidence."""

import shutil
from pathlib import Path

import psmf

ROOT = Path(__file__).parents[2]
VERSION = "0.2.0"
REVISION = '''"""a column more"""

import sqlalchemy as sa
from alembic import op

revision = "{number}"
down_revision = "{before}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("safeguarder", sa.Column("next_release", sa.String(20), nullable=True))


def downgrade() -> None:
    op.drop_column("safeguarder", "next_release")
'''


def next_release(folder: Path) -> dict[str, str]:
    """Make the release in a folder. Return the environment that a process needs to run it."""
    shutil.copytree(ROOT / "services", folder / "services", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(Path(next(iter(psmf.__path__))), folder / "psmf", ignore=shutil.ignore_patterns("__pycache__"))
    versions = folder / "services" / "evidence" / "migrations" / "versions"
    before = max(file.name for file in versions.glob("[0-9]*.py"))[:4]
    number = f"{int(before) + 1:04}"
    (versions / f"{number}_a_column_more.py").write_text(REVISION.format(number=number, before=before))
    about = folder / f"psmf-{VERSION}.dist-info"
    about.mkdir()
    (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: psmf\nVersion: {VERSION}\n")
    return {"PYTHONPATH": str(folder)}
