"""Make the secrets that deploy/compose.yaml mounts: passwords, keys, and the demo's invented people. Run it once.

.venv/bin/python deploy/compose/make_secrets.py
"""

import secrets
from pathlib import Path

from services.client.addresses import SERVICES
from services.demo.issuer import write_identity

FOLDER = Path(__file__).parent / "secrets"


def make_secrets(folder: Path) -> None:
    """Write every missing file. Keep existing files, because the databases already use their passwords."""
    # Nobody else on this machine can enter the folder. The files themselves are readable, because Compose mounts them
    # unchanged and the user in the containers is not our user.
    folder.mkdir(mode=0o700, exist_ok=True)
    write_identity(folder, safeguarders=())
    _write_once(folder / "postgres-password", secrets.token_urlsafe(32))
    for service in SERVICES:
        password = _write_once(folder / f"{service}-database-password", secrets.token_urlsafe(32))
        address = f"postgresql+psycopg://{service}:{password}@postgres:5432/{service}"
        _write_once(folder / f"{service}-database-url", address)
    for file in folder.iterdir():
        file.chmod(0o644)


def _write_once(file: Path, value: str) -> str:
    if not file.exists():
        file.write_text(value)
    return file.read_text()


if __name__ == "__main__":
    make_secrets(FOLDER)
