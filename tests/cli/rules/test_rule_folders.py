"""A folder of rule files at the command line: what is in it is what is tried, handed in and approved."""

import shutil
from pathlib import Path

import pytest
from psmf.notifications.v1 import notifications_pb2 as pb

from services.cli.alert import state_of
from services.cli.failure import CommandError
from services.cli.rules.folder import rule_files
from services.client.words import how_many
from services.rules.adapters.rule_files.folder import (
    SHIPPED,
    RulebookRefused,
    check_folder,
    load_rulebook,
    rulebook_of_files,
)
from tests.suite import LoadedSuite, ask_psmf


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SHIPPED, tmp_path / "my-rules"))


def test_every_rule_file_is_read_and_nothing_else(folder: Path) -> None:
    (folder / "notes.txt").write_text("Not a rule")
    found = rule_files(folder)
    assert {"parameters.yaml", "measures.yaml", "rules/reports.yaml", "kpis/ours.yaml"} < set(found)
    assert all(name.endswith(".yaml") for name in found)


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["no mark", "byte order mark"])
@pytest.mark.parametrize("ends", [b"\n", b"\r\n"], ids=["LF", "CR LF"])
@pytest.mark.parametrize("which", ["*.yaml", "parameters.yaml", "reports.yaml"])
def test_files_saved_on_windows_are_the_same_rulebook(folder: Path, mark: bytes, ends: bytes, which: str) -> None:
    """doors D12: every command and the service answer alike, with the same content hash, also for a folder of both."""
    plain = rule_files(folder)
    for file in folder.rglob(which):
        file.write_bytes(mark + file.read_bytes().replace(b"\n", ends))
    assert [fault for fault in check_folder(folder) if fault.severity == "error"] == []
    assert load_rulebook(folder).content_hash == load_rulebook().content_hash
    assert rule_files(folder) == plain
    as_sent = {file.relative_to(folder).as_posix(): file.read_bytes().decode() for file in folder.rglob("*.yaml")}
    assert rulebook_of_files(as_sent).content_hash == load_rulebook().content_hash, "in the service too"


@pytest.mark.parametrize("odd", [b"\r", b"\xef\xbb\xbf"], ids=["CR alone", "mark inside"])
def test_what_no_editor_writes_is_refused_by_every_command(folder: Path, odd: bytes) -> None:
    """doors D12: one answer for what is refused too."""
    file = folder / "rules" / "reports.yaml"
    file.write_bytes(file.read_bytes().replace(b"rule: ", b"rule: " + odd, 1))
    (fault,) = check_folder(folder)
    with pytest.raises(RulebookRefused) as refused:
        rulebook_of_files(rule_files(folder))
    assert refused.value.faults == (fault,)


def test_a_rule_file_in_the_wrong_place_is_refused_and_not_left_out(folder: Path) -> None:
    (folder / "rule").mkdir()
    (folder / "rule" / "late.yaml").write_text("[]")
    with pytest.raises(CommandError, match=r"rule/late\.yaml, which is not a file of a rulebook"):
        rule_files(folder)
    with pytest.raises(CommandError, match="is not a folder"):
        rule_files(folder / "none")
    with pytest.raises(CommandError, match=r"holds no parameters\.yaml"):
        rule_files(folder / "rules")


def test_a_copy_of_what_is_in_force_says_the_same(suite: LoadedSuite, tmp_path: Path) -> None:
    own = tmp_path / "own"
    answered = suite.psmf("rules", "copy", str(own))
    assert answered.returncode == 0, answered.stderr
    assert load_rulebook(own).content_hash == load_rulebook().content_hash
    assert _schemas(own) == _schemas(SHIPPED), "doors D11: an editor finds the schemas that docs/rulebook.md promises"
    assert suite.psmf("rules", "copy", str(own)).returncode == 2
    shown = suite.psmf("rules", "copy", str(tmp_path / "other"), "--revision", load_rulebook().content_hash[:8])
    assert shown.returncode == 0, shown.stderr


def test_a_first_folder_needs_no_running_service(tmp_path: Path) -> None:
    """doors D11: `rules new` gives the shipped rulebook with its schemas, and leaves a folder alone that is there."""
    own = tmp_path / "own"
    assert ask_psmf(tmp_path, "rules", "new", str(own)).returncode == 0
    assert load_rulebook(own).content_hash == load_rulebook().content_hash
    assert _schemas(own) == _schemas(SHIPPED)
    again = ask_psmf(tmp_path, "rules", "new", str(own))
    assert (again.returncode, "File exists" in again.stderr) == (2, True)


def _schemas(folder: Path) -> dict[str, str]:
    return {file.name: file.read_text() for file in (folder / "schema").iterdir()}


def test_a_folder_that_nobody_handed_in_cannot_be_approved(suite: LoadedSuite, folder: Path) -> None:
    file = folder / "parameters.yaml"
    file.write_text(file.read_text().replace("{from: 2026-01-01, value: 240", "{from: 2026-01-01, value: 200"))
    answered = suite.psmf("rules", "approve", str(folder), "--reason", "Read", "--as", "policy-approver")
    assert answered.returncode == 3
    assert "There is no revision" in answered.stderr


def test_cover_of_one_rule_or_kpi_and_of_none_that_is_there(folder: Path, tmp_path: Path) -> None:
    said = ask_psmf(tmp_path, "rules", "cover", str(folder), "--rule", "coverage", "--mutate")
    assert said.returncode == 0
    assert "24 of 24 changes noticed" in said.stdout
    assert "report-late" not in said.stdout
    missed = ask_psmf(tmp_path, "rules", "cover", str(folder), "--rule", "report-lat")
    assert missed.returncode == 3
    assert 'Did you mean "report-late"?' in missed.stderr


def test_an_alert_that_a_change_of_rules_alone_raised_says_that_it_is_quiet() -> None:
    assert state_of(pb.Alert(state=pb.Alert.STATE_OPEN)) == "open"
    assert state_of(pb.Alert(state=pb.Alert.STATE_OPEN, quiet=True)) == "open, quiet"


def test_one_is_told_as_one() -> None:
    said = [how_many(1, "reports"), how_many(2, "reports"), how_many(1, "types of source"), how_many(1, "working days")]
    assert said == ["1 report", "2 reports", "1 type of source", "1 working day"]
