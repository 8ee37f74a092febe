"""The whole running suite with its story loaded. It starts once per test session, and tests only read it."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from services.cli.main import command_line
from services.client.addresses import SERVICES, STATE_FILE
from services.demo.run import Demo, running_demo
from services.demo.stack import Profile
from services.demo.story.telling import SEED
from services.platform.clock import SystemClock
from services.platform.storage.sqlite.backup import back_up
from tests.waiting import run_to_end

PSMF = str(Path(sys.executable).parent / "psmf")


@dataclass(frozen=True)
class Answer:
    """The result of a command."""

    returncode: int
    stdout: str
    stderr: str


@dataclass(frozen=True)
class LoadedSuite:
    """A suite with the demo's story, and its state right after the story was loaded."""

    folder: Path
    demo: Demo
    seen: dict[str, Any]

    def psmf(self, *arguments: str) -> Answer:
        """Run the command line and return its result."""
        return ask_psmf(self.folder, *arguments)


@contextmanager
def loaded_suite(folder: Path, profile: Profile = Profile.EMBEDDED) -> Iterator[LoadedSuite]:
    """Start the suite, load its story, and stop it afterwards."""
    with running_demo(folder, SystemClock().today(), SEED, profile) as demo:
        demo.tell(folder, lambda step, done, total: None)
        yield LoadedSuite(folder, demo, demo.outcome())


@contextmanager
def beginning_as(told: LoadedSuite, folder: Path) -> Iterator[LoadedSuite]:
    """A suite of its own that begins as another stands: told once, copied while it runs, and free to be changed."""
    back_up([told.folder / f"{service}.db" for service in SERVICES], folder)
    for file in ("*.key", "*.json"):
        for kept in told.folder.glob(file):
            shutil.copy(kept, folder)
    (folder / STATE_FILE).unlink()  # it says where the other one listens
    with running_demo(folder, told.demo.story.today, SEED) as demo:
        yield LoadedSuite(folder, demo, told.seen)


def assert_same_end(seen: Mapping[str, Any], other: Mapping[str, Any]) -> None:
    """Assert that two runs of one story ended in the same state, to the last alert, session and message."""
    for part in ("concerns", "alerts", "sessions", "reviews", "obligations", "notifications", "ledger"):
        assert seen[part] == other[part], f"{part}: {_what_differs(seen[part], other[part])}"


def _what_differs(seen: Any, other: Any) -> str:
    """Say which rows only one of two runs has. Without this, a reader gets two lists of thousands of lines."""
    if not isinstance(seen, list):
        return f"{seen} and {other}"
    more = [row for row in seen if row not in other]
    less = [row for row in other if row not in seen]
    return f"only here {more}, only there {less}"


def environment(folder: Path) -> dict[str, str]:
    """Return the settings `psmf` needs to find a folder's suite, without any of the caller's own settings."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("PSMF_")}
    return inherited | {"PSMF_DEMO_FOLDER": str(folder)}


def ask_psmf(folder: Path, *arguments: str) -> Answer:
    """Run the command line in this process, because starting a process for each question takes most of a second."""
    settings = {"PSMF_DEMO_FOLDER": str(folder), "PSMF_TOKEN_FILE": None}
    result = CliRunner().invoke(command_line({arguments[0]}), arguments, env=settings)
    return Answer(result.exit_code, result.stdout, result.stderr)


def run_psmf(folder: Path, *arguments: str, stdin: str = "") -> "subprocess.CompletedProcess[str]":
    """Run the command line on the demo of a folder."""
    return run_to_end([PSMF, *arguments], env=environment(folder), stdin=stdin)
