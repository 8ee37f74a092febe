"""`psmf protos`: a copy of the contract for developers of other systems, with everything that it imports."""

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

from services.cli.failure import CommandError, file_failures
from services.cli.terminal import Terminal

_IMPORT = re.compile(r'^import (?:public )?"([^"]+)";$', re.MULTILINE)


def protos(
    terminal: Terminal,
    folder: Annotated[Path, typer.Argument(help="The folder to write, new or empty.")],
) -> None:
    """Copy the protos of all services into a folder, with everything that they import. Any protoc compiles them there.

    psmf protos contract
    """
    found = dict(bundle())
    with file_failures(folder, "written"):
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise CommandError("USAGE", f"{folder} is not empty. Name a new folder.")
        for name, text in found.items():
            file = folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8", newline="\n")
    said = f"{len(found)} protos are in {folder}. Give protoc this folder with -I, and no other."
    terminal.changed({"folder": str(folder), "files": sorted(found)}, said)


def bundle() -> Iterator[tuple[str, str]]:
    """Yield the name and the text of each proto of the suite, and then of each that they import."""
    ours = _folder_of("psmf")
    ahead = [file.relative_to(ours.parent).as_posix() for file in sorted(ours.rglob("*.proto"))]
    known = set(ahead)
    while ahead:
        name = ahead.pop(0)
        text = _source(name).read_text(encoding="utf-8")
        yield name, text
        more = sorted(set(_IMPORT.findall(text)) - known)
        known |= set(more)
        ahead += more


def _source(name: str) -> Path:
    """Return the file of a proto: ours, one of Google's common protos, or one of those that protobuf itself brings."""
    package, _, rest = name.rpartition("/")
    if package == "google/protobuf":
        return _folder_of("services.cli.protos") / name
    return _folder_of(package.replace("/", ".")) / rest


def _folder_of(package: str) -> Path:
    return Path(next(iter(import_module(package).__path__)))
