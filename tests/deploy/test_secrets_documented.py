"""docs/deploy.md lists every secret that a manifest mounts, and no other."""

import re
from collections.abc import Iterator
from typing import Any

from tests.deploy.manifests import OVERLAYS, ROOT, Manifest, manifests, topics_job


def shipped() -> list[Manifest]:
    """Return every object of every overlay, and of the component that no overlay uses."""
    return [*topics_job(), *(one for overlay in OVERLAYS for one in manifests(overlay))]


def named(part: Any) -> Iterator[str]:
    """Yield the names of secrets anywhere in an object."""
    if isinstance(part, list):
        for one in part:
            yield from named(one)
    elif isinstance(part, dict):
        for key, value in part.items():
            if key == "secretName":
                yield value
            elif (
                key in ("secret", "passwordSecret", "secretKeyRef", "accessKeyId", "secretAccessKey")
                and "name" in value
            ):
                yield value["name"]
            elif key == "secretTargetRef":
                yield from (one["name"] for one in value)
            else:
                yield from named(value)


def test_every_secret_is_documented_and_no_other() -> None:
    page = (ROOT / "docs" / "deploy.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (`psmf-[^|]*)\|", page, re.MULTILINE)
    documented = {name for row in rows for name in re.findall(r"`([^`]+)`", row)}
    used = {name for one in shipped() for name in named(one)}
    assert used == documented


def test_no_manifest_holds_a_secret() -> None:
    assert not [one for one in shipped() if one["kind"] == "Secret"]
