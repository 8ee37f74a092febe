"""Waiting for something to become true, for as long as something moves and without a fixed pause."""

import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from services.client.patience import Patience

T = TypeVar("T")
HUNG = 600.0
"""Limit of a call or an event that always comes: only what hangs takes so long, however slow the machine."""
_LOOK_SECONDS = 1.0


def until(look: Callable[[], T], seconds: float = 30.0) -> T:
    """Return the first truthy answer of `look`.

    Raises:
        AssertionError: nothing has moved for `seconds`: the answers stayed the same, and every process stood idle.
    """
    patience = Patience(seconds)
    while True:
        found = look()
        if found:
            return found
        if patience.is_over(found):
            raise AssertionError(f"not so: {found!r}: {patience.why()}")
        time.sleep(0.01)


def run_to_end(
    command: Sequence[str],
    *,
    env: Mapping[str, str] | None = None,
    stdin: str = "",
    folder: Path | None = None,
    seconds: float = 60.0,
) -> "subprocess.CompletedProcess[str]":
    """Run a program to its end, however slow the machine. Without `stdin`, its input is empty.

    Raises:
        AssertionError: for so many seconds it did nothing, and neither did the other processes of the test.
    """
    told: str | None = stdin
    with subprocess.Popen(
        command, env=env, cwd=folder, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        patience = Patience(seconds)
        while True:
            try:
                out, err = process.communicate(told, timeout=_LOOK_SECONDS)
            except subprocess.TimeoutExpired:
                told = None  # a second call goes on with the first one's input
                if patience.is_over():
                    process.kill()
                    raise AssertionError(f"{' '.join(command[-4:])} does not end: {patience.why()}") from None
            else:
                return subprocess.CompletedProcess(command, process.returncode, out, err)
