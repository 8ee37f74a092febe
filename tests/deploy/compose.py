"""deploy/compose.yaml, as Compose reads it."""

from functools import cache
from typing import Any

import yaml

from tests.deploy.manifests import DEPLOY


@cache
def compose() -> dict[str, Any]:
    """Return the whole file with its anchors resolved."""
    read: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    return read


def services() -> dict[str, Any]:
    """Return the services it runs."""
    found: dict[str, Any] = compose()["services"]
    return found


def environment(service: str) -> dict[str, str]:
    """Return the environment of a service's process."""
    found: dict[str, str] = services()[service]["environment"]
    return found
