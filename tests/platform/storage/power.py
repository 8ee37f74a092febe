"""A disk that loses its power: what a process asked the system to write, and what may be there afterwards.

strace tells every write and every sync, and the order in which they were asked for. Only what was synced is sure. Of
the rest, each write may be there, missing, or torn between two sectors, and each name may be there or not.
"""

import random
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.waiting import HUNG

SECTOR = 512
CALLS = "trace=write,pwrite64,ftruncate,fsync,fdatasync,unlink"
STRACE = ["strace", "-f", "-y", "-xx", "-s", "100000", "--seccomp-bpf", "-e", CALLS, "-o"]
_LINE = re.compile(r"(\w+)\((.*)\)\s+= (-?\d+)")
_HEX = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
_AT = re.compile(r"^\d+<([^>]*)>")


@dataclass(frozen=True, slots=True)
class Call:
    """One call to the system. `at`: the file; `held`: the bytes that were written; `place`: where, or the new size."""

    name: str
    at: str
    held: bytes = b""
    place: int = 0


def calls_of(script: str, *arguments: str, trace: Path, environment: dict[str, str]) -> list[Call]:
    """Run a Python script to its end. Return its writes and syncs in their order."""
    command = [*STRACE, str(trace), sys.executable, "-c", script, *arguments]
    subprocess.run(command, env=environment, check=True, timeout=HUNG, stdout=subprocess.DEVNULL)
    return list(_read(trace.read_text()))


def _read(trace: str) -> Iterator[Call]:
    begun: dict[str, str] = {}
    for line in trace.splitlines():
        process, _, said = line.partition(" ")
        if said.endswith("<unfinished ...>"):
            begun[process] = said.removesuffix("<unfinished ...>")
            continue
        if "resumed>" in said:
            said = begun.pop(process) + said.partition("resumed>")[2]
        found = _LINE.match(said.strip())
        if found and int(found[3]) >= 0:
            yield _call(found[1], found[2])


def _call(name: str, given: str) -> Call:
    held = _HEX.search(given)
    what = bytes.fromhex(held[1].replace("\\x", "")) if held else b""
    if name == "unlink":
        return Call(name, what.decode())
    at = _AT.match(given)
    path = _plain(at[1]) if at else ""
    number = given.rpartition(",")[2].strip()
    return Call(name, path, what, int(number) if name in ("pwrite64", "ftruncate") else 0)


def _plain(path: str) -> str:
    return bytes.fromhex(path.replace("\\x", "")).decode() if path.startswith("\\x") else path


@dataclass
class _Content:
    sure: bytes = b""
    asked: list[Call] = field(default_factory=list)


class Disk:
    """What was asked of a disk so far. `ignores_syncs`: a disk that lies, to see whether the checks would find it."""

    def __init__(self, *, ignores_syncs: bool = False) -> None:
        self._contents: dict[str, _Content] = {}
        self._names: dict[str, _Content] = {}
        """The names that are sure."""
        self._renamed: defaultdict[str, list[_Content | None]] = defaultdict(list)
        """For each name what it meant one after the other, since the folder was synced."""
        self._ignores_syncs = ignores_syncs

    def take(self, call: Call) -> None:
        """Carry out a call."""
        match call.name:
            case "pwrite64" | "write" | "ftruncate":
                self._content(call.at).asked.append(call)
            case "fsync" | "fdatasync" if not self._ignores_syncs:
                self._sync(call.at)
            case "unlink" if call.at in self._contents:
                del self._contents[call.at]
                self._renamed[call.at].append(None)

    def _content(self, name: str) -> _Content:
        if name not in self._contents:
            self._contents[name] = _Content()
            self._renamed[name].append(self._contents[name])
        return self._contents[name]

    def _sync(self, name: str) -> None:
        if name in self._contents:
            content = self._contents[name]
            for call in content.asked:
                content.sure = applied(content.sure, call)
            content.asked.clear()
        else:  # a folder
            for inside in [each for each in self._renamed if str(Path(each).parent) == name]:
                last = self._renamed.pop(inside)[-1]
                self._names.pop(inside, None)
                if last is not None:
                    self._names[inside] = last

    def after_a_cut(self, draw: random.Random) -> dict[str, bytes]:
        """Return the files of one disk that a power cut now may leave."""
        share = draw.choice((0.0, 0.5, 1.0))
        names: dict[str, _Content | None] = dict(self._names)
        for name, meant in self._renamed.items():
            later = [self._names.get(name), *meant]
            names[name] = draw.choice(later) if share == 0.5 else later[-1 if share else 0]
        return {name: _left(content, share, draw) for name, content in names.items() if content is not None}


def _left(content: _Content, share: float, draw: random.Random) -> bytes:
    held = content.sure
    for call in content.asked:
        if draw.random() < share:
            held = applied(held, _torn(call, draw) if share == 0.5 else call)
    return held


def _torn(call: Call, draw: random.Random) -> Call:
    """Cut a write off at a sector, in one of four cases."""
    sectors = len(call.held) // SECTOR
    if sectors < 2 or draw.randrange(4):
        return call
    return Call(call.name, call.at, call.held[: SECTOR * draw.randrange(1, sectors)], call.place)


def applied(held: bytes, call: Call) -> bytes:
    """Return the content of a file after one call."""
    if call.name == "ftruncate":
        return held[: call.place].ljust(call.place, b"\0")
    place = call.place if call.name == "pwrite64" else len(held)
    return held[:place].ljust(place, b"\0") + call.held + held[place + len(call.held) :]
