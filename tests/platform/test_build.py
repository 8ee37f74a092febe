"""The version names the commit, so that two builds of one version are told apart (F3)."""

import shutil
import subprocess
from pathlib import Path

import pytest

from services.build import BUILT_FROM, build_version, with_commit


def git(folder: Path, *words: str) -> str:
    """Run git in a folder, as somebody invented."""
    who = ("-c", "user.name=Nobody", "-c", "user.email=nobody@example.invalid")
    done = subprocess.run(
        [shutil.which("git") or "git", *who, *words], cwd=folder, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A repository with one commit and a folder of code."""
    root = tmp_path / "clone"
    (root / "services").mkdir(parents=True)
    (root / "services" / "code.py").write_text("")
    git(root, "init", "-q")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "one")
    return root


def test_a_clone_has_the_commit_that_is_checked_out(clone: Path) -> None:
    """F3: on a branch, with packed names, on no branch, and in a worktree."""
    commit = git(clone, "rev-parse", "HEAD")
    expected = f"0.1.0+{commit[:12]}"
    assert with_commit("0.1.0", clone / "services") == expected
    git(clone, "pack-refs", "--all")
    assert with_commit("0.1.0", clone / "services") == expected
    git(clone, "worktree", "add", "-q", "../other", "-b", "other")
    assert with_commit("0.1.0", clone.parent / "other" / "services") == expected
    git(clone, "checkout", "-q", "--detach")
    assert with_commit("0.1.0", clone / "services") == expected


def test_the_next_commit_is_another_version(clone: Path) -> None:
    """F3: each commit called itself 0.1.0."""
    before = with_commit("0.1.0", clone / "services")
    git(clone, "commit", "-q", "--allow-empty", "-m", "two")
    assert with_commit("0.1.0", clone / "services") != before


def test_an_image_has_the_commit_it_was_built_from_and_a_copy_has_none(tmp_path: Path) -> None:
    """F3: an image has no git, and neither has an unpacked archive."""
    services = tmp_path / "services"
    services.mkdir()
    assert with_commit("0.1.0", services) == "0.1.0"
    (services / BUILT_FROM).write_text("58b6094a1c2d3e4f\n")
    assert with_commit("0.1.0", services) == "0.1.0+58b6094a1c2d"
    (services / BUILT_FROM).write_text("\n")
    assert with_commit("0.1.0", services) == "0.1.0"


def test_this_code_knows_its_version() -> None:
    """F3: whatever it was started from."""
    assert build_version().startswith("0.")
