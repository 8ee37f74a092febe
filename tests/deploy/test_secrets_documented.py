"""docs/deploy.md lists every secret that a manifest mounts, and docs/operations.md how each key is changed."""

import re
from collections.abc import Iterator
from typing import Any

from tests.deploy.manifests import OVERLAYS, PROGRAMS, ROOT, Manifest, manifests, topics_job
from tests.deploy.suite import settings

NO_KEYS = {"PSMF_AUDIT_FILE", "PSMF_PEOPLE_FILE", "PSMF_TRACE_FILE"}
"""Files of settings that hold no key, certificate or password."""


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
            if key in ("secretName", "clientCASecret", "replicationTLSSecret"):
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


def test_operations_say_how_each_key_is_changed_and_which_test_does_it() -> None:
    page = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    part = page.partition("## Changing keys and certificates")[2].partition("\n## ")[0]
    rows = [row.split("|")[1:-1] for row in part.splitlines() if row.startswith("| ")][1:]
    kept = {name for row in rows for name in re.findall(r"`(PSMF_[A-Z_]+_FILE)`", row[1])}
    read = {name for program in PROGRAMS for name in settings(program) if name.endswith("_FILE")} - NO_KEYS
    assert kept == read | {"PSMF_BACKUP_KEY_FILE", "PSMF_DATABASE_FILE"}
    tried = {name for row in rows for name in re.findall(r"`(tests/[^`]+)`", row[5])}
    assert [name for name in tried if not (ROOT / name).exists()] == []
    assert [row[0] for row in rows if not (row[2].strip() and row[3].strip() and row[4].strip())] == []
