"""The contract that other systems get compiles by itself (doors D18)."""

import json
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest

from services.cli.protos.commands import bundle
from tests.suite import ask_psmf

ALONE = "import sys; from grpc_tools import protoc; sys.exit(protoc.main(['protoc', *sys.argv[1:]]))"
"""Runs protoc without the folder of Google's protos that grpc_tools adds to its own command."""


def compiled(folder: Path, *sources: str) -> "subprocess.CompletedProcess[str]":
    """Compile with one folder on the path, into an image."""
    command = [sys.executable, "-c", ALONE, f"-I{folder}", f"--descriptor_set_out={folder.parent / 'image'}", *sources]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_the_protos_compile_in_an_empty_folder_with_nothing_else_on_the_path(tmp_path: Path) -> None:
    """doors D18: our protos import Google's, which a partner does not have."""
    folder = tmp_path / "contract"
    answered = ask_psmf(tmp_path, "protos", str(folder), "--json")
    assert answered.returncode == 0, answered.stderr
    written = sorted(file.relative_to(folder).as_posix() for file in folder.rglob("*.proto"))
    assert json.loads(answered.stdout)["files"] == written
    assert {"psmf/evidence/v1/evidence.proto", "google/type/date.proto"} <= set(written)
    done = compiled(folder, *written)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("missing", sorted({name for name, _ in bundle() if name.startswith("google/")}))
def test_each_of_them_is_needed(tmp_path: Path, missing: str) -> None:
    """doors D18: without one of Google's protos, the contract does not compile."""
    folder = tmp_path / "contract"
    assert ask_psmf(tmp_path, "protos", str(folder)).returncode == 0
    (folder / missing).unlink()
    ours = [file.relative_to(folder).as_posix() for file in (folder / "psmf").rglob("*.proto")]
    assert compiled(folder, *ours).returncode != 0


def test_what_is_in_the_folder_stays(tmp_path: Path) -> None:
    (tmp_path / "contract").mkdir()
    (tmp_path / "contract" / "notes.txt").write_text("mine")
    answered = ask_psmf(tmp_path, "protos", str(tmp_path / "contract"))
    assert (answered.returncode, "is not empty" in answered.stderr) == (2, True)
    assert [file.name for file in (tmp_path / "contract").iterdir()] == ["notes.txt"]


@pytest.mark.parametrize("name", ["timestamp.proto", "descriptor.proto"])
def test_google_s_protos_are_those_of_the_compiler(name: str) -> None:
    theirs = Path(str(files("grpc_tools"))) / "_proto" / "google" / "protobuf" / name
    ours = Path(str(files("services.cli.protos"))) / "google" / "protobuf" / name
    assert ours.read_text() == theirs.read_text()
