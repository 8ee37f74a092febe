"""deploy/compose.yaml, as Compose reads it."""

from functools import cache
from typing import Any

import yaml

from tests.deploy.manifests import DEPLOY


@cache
def compose() -> dict[str, Any]:
    """The whole file, its anchors resolved."""
    read: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    return read


def services() -> dict[str, Any]:
    """What it runs."""
    found: dict[str, Any] = compose()["services"]
    return found


def environment(service: str) -> dict[str, str]:
    """What a service's process gets."""
    found: dict[str, str] = services()[service]["environment"]
    return found
