"""`deploy/release` with a builder that only notes how it was called: what is refused, and what a release asks for."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.deploy.manifests import DEPLOY

DIGEST = "sha256:" + "a" * 64
BASE = f"python:3.12-slim-bookworm@{DIGEST}"
ANSWER = json.dumps({"containerimage.digest": DIGEST})
BUILDER = f"""#!/bin/sh
printf '%s\\n' "$@" > "$NOTED"
while [ $# -gt 0 ]; do [ "$1" = --metadata-file ] && echo '{ANSWER}' > "$2"; shift; done
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A repository with the script and nothing else, so that it is as it was committed."""
    folder = tmp_path / "checkout"
    (folder / "deploy").mkdir(parents=True)
    shutil.copy(DEPLOY / "release", folder / "deploy" / "release")
    (tmp_path / "docker").write_text(BUILDER)
    (tmp_path / "docker").chmod(0o755)
    git = [str(shutil.which("git")), "-C", str(folder), "-c", "user.name=Demo", "-c", "user.email=demo@example.invalid"]
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "one"]):
        subprocess.run([*git, *command], check=True)
    return folder


def release(checkout: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    there = checkout.parent
    environment = os.environ | {"PATH": f"{there}{os.pathsep}{os.environ['PATH']}", "NOTED": str(there / "noted")}
    command = [str(checkout / "deploy" / "release"), *words]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_an_image_is_built_with_its_bill_and_its_provenance_and_named_by_its_digest(checkout: Path) -> None:
    done = release(checkout, "registry.example.invalid/psmf", BASE)
    assert done.returncode == 0, done.stderr
    assert f"kustomize edit set image psmf=registry.example.invalid/psmf@{DIGEST}" in done.stdout
    noted = (checkout.parent / "noted").read_text().split()
    assert {"--sbom=true", "--provenance=mode=max", "--push", f"PYTHON_IMAGE={BASE}"} <= set(noted)


def test_a_base_that_can_be_moved_is_refused(checkout: Path) -> None:
    done = release(checkout, "registry.example.invalid/psmf", "python:3.12-slim-bookworm")
    assert done.returncode == 2
    assert "a tag can be moved" in done.stderr
    assert not (checkout.parent / "noted").exists()


def test_what_is_not_committed_is_refused(checkout: Path) -> None:
    (checkout / "another").touch()
    assert "commit first" in release(checkout, "registry.example.invalid/psmf", BASE).stderr
