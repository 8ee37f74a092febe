"""The release before: its source from the history of the repository, and the words that it does not know."""

import json
import os
import sys
import tarfile
from pathlib import Path

from services.client.addresses import STATE_FILE
from tests.suite import Answer
from tests.waiting import run_to_end
from tools.event_contract import events_of, topics
from tools.proto_comments import Message, Words, contract

ROOT = Path(__file__).parents[2]
COMMIT = "a43ad3f1a21733a159f710c36c365e0001e2e238"
"""The release that the upgrade test starts from and goes back to.

It evaluates each person behind a guard of their own, and lacks eleven events and sixteen words of the release after it.
Replace it when a release is made: with the commit of the release that people then come from. The test names each new
word that it does not make, and says what the other release did differently when one went back to it.
"""
SHALLOW = (
    f"The history of this repository does not hold the release before ({COMMIT[:12]}), which the test runs. "
    "Fetch it with: git fetch --unshallow"
)
OF_MACHINERY = "psmf.platform."
"""Words of the machinery, which say nothing about anybody and are in no database."""

WORKED_OUT = frozenset(
    {
        "psmf/evidence/v1/feedback_stage.proto",
        "psmf/evidence/v1/personal_file.proto",
        "psmf/evidence/v1/readiness.proto",
        "psmf/evidence/v1/reviewers.proto",
    }
)
"""Files whose words are worked out for a reader. They are in no event and in no database, so nobody goes back to them
(test_words_worked_out.py)."""
WORDS_WORKED_OUT = frozenset({"psmf.evidence.v1.SuspensionPolicy.DecidedBy", "psmf.evidence.v1.WhyNotCounted"})
"""Such words in files with others: what a policy file says, and why an item does not count at the time of asking."""


def release_before(folder: Path) -> dict[str, str]:
    """Unpack the release in a folder. Return the environment that a process needs to run it.

    Raises:
        AssertionError: the history is not there, as in a shallow clone.
    """
    folder.mkdir()
    archive = folder.with_suffix(".tar")
    command = ["git", "-C", str(ROOT), "archive", f"--output={archive}", COMMIT, "services", "proto"]
    made = run_to_end(command)
    assert made.returncode == 0, f"{SHALLOW}\n{made.stderr}"
    with tarfile.open(archive) as packed:
        packed.extractall(folder, filter="data")
    return {"PYTHONPATH": os.pathsep.join([str(folder), str(folder / "proto")])}


def psmf_of_before(environment: dict[str, str], suite: Path, *arguments: str) -> Answer:
    """Run the command line of the release before as an operator, on the suite of a folder."""
    # Today's demo wrote the state file. That release's own would write it without what it does not know.
    state = suite / STATE_FILE
    known = {name: said for name, said in json.loads(state.read_text()).items() if name != "console"}
    state.write_text(json.dumps(known))
    run = "from services.cli.main import main; main()"
    found = run_to_end(
        [sys.executable, "-P", "-c", run, *arguments, "--as", "operator"],
        env=os.environ | environment | {"PSMF_DEMO_FOLDER": str(suite), "COLUMNS": "400"},
    )
    return Answer(found.returncode, found.stdout, found.stderr)


def new_words(before: Path) -> set[str]:
    """Return the events and the words of enums that today's protos have and those of the release before lack.

    Words have the name of their enum in front. The first word of an enum is left out: it means that nothing was said.
    """
    return _words(contract()) - _words(contract(before / "proto"))


def _words(protos: dict[str, Message | Words]) -> set[str]:
    sent = {event.message.name for topic in topics() for event in events_of(topic["name"])}
    words = (part for part in protos.values() if isinstance(part, Words) and part.file not in WORKED_OUT)
    kept = (part for part in words if part.name not in WORDS_WORKED_OUT)
    enums = (part for part in kept if not part.name.startswith(OF_MACHINERY))
    return {name for name in protos if name in sent} | {
        f"{enum.name}.{value.name}" for enum in enums for value in enum.values if value.number
    }
