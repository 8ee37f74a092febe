"""Prometheus' own checker, from Debian's package. Prometheus would reject whatever promtool rejects."""

import functools
import shutil
import subprocess
import sys
from pathlib import Path

from tests.architecture.source import ROOT
from tests.waiting import run_to_end


@functools.cache
def _found() -> str:
    """Return the path of promtool, and fetch it first if possible. Without promtool the run fails."""
    beside = Path(sys.executable).parent / "promtool"
    path = shutil.which("promtool") or (str(beside) if beside.exists() else None)
    if path is None:
        fetched = subprocess.run([ROOT / "dev", "promtool"], capture_output=True, text=True, check=False)
        missing = "promtool is missing, which checks the alert rules. On Debian: ./dev promtool"
        assert fetched.returncode == 0, f"{missing}\n{fetched.stderr}"
        path = str(beside)
    return path


def promtool(*arguments: str, stdin: str = "") -> "subprocess.CompletedProcess[str]":
    """Run promtool."""
    return run_to_end([str(_found()), *arguments], stdin=stdin)
