"""docs/sessions.md is true: a manager's week and a Safeguarder's answer to it, step by step on the four real services.

The kind that this closes: a page tells people what to type, and the command answers something else.
"""

import re
import shlex
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from psmf.evidence.v1 import evidence_pb2 as items

from tests.between.doors.test_commands import Door
from tests.between.together import Together, together
from tests.builders import a_mapping, an_applicant, an_appointment
from tests.pages import DOCS, Command, Edit, says, steps
from tests.world import PEOPLE

PAGE = (DOCS / "sessions.md").read_text()
SAFEGUARDER, PERSON, MANAGER = "sg-02218697", "person-sg-02218697", "support-manager-east-1"
AS = re.compile(r" --as (\S+)")


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Together]:
    """The services, with the two people of the page."""
    others = {name: entry for name, entry in PEOPLE.items() if entry["role"] != "support_manager"}
    own = {MANAGER: PEOPLE["manager-one"], PERSON: {"role": "safeguarder", "subject": SAFEGUARDER}}
    with together(tmp_path_factory.mktemp("sessions"), others | own) as services:
        entry = an_applicant(SAFEGUARDER, display_name="Demo Effie Lochend")
        services.safeguarders.CreateSafeguarder(entry, **services.as_("panel-team"))
        appointed = an_appointment(SAFEGUARDER, services.today - timedelta(days=730))
        services.safeguarders.RecordMinisterialDecision(appointed, **services.as_("recorder"))
        services.settle()
        yield services


def on_file(running: Together) -> dict[str, str]:
    """Put on file what the page has in its papers. Return the start of each id by the id on the page."""
    praise = running.record(
        SAFEGUARDER,
        kind=items.EVIDENCE_KIND_COMMENDATION,
        source=items.EVIDENCE_SOURCE_PANEL_MEMBER,
        mappings=[a_mapping("S2.1", items.POLARITY_PRAISE)],
    )
    feedback = running.record(SAFEGUARDER, mappings=[a_mapping("S2.2")])
    late = running.record(SAFEGUARDER, mappings=[a_mapping("S2.2")])
    found = {"b71e90c2": running.share(praise), "49b6794c": running.share(feedback)}
    return {known: item.name.rpartition("/")[2][:8] for known, item in (found | {"5eed0000": late}).items()}


class Reader:
    """Somebody who does what the page says, on the days on which it says so."""

    def __init__(self, running: Together, folder: Path) -> None:
        self.door = Door(running, folder)
        self.ids = on_file(running)
        session = self.door.data(PERSON, "session", "list")["items"][0]
        self.ids["1a2b3c4d"] = session["name"].rpartition("/")[2][:8]
        self.start = date.fromisoformat(session["start_time"][:10])
        self.folder = folder

    def typed(self, text: str) -> str:
        """Return a text of the page with the ids of today's run."""
        for shown, known in self.ids.items():
            text = text.replace(shown, known)
        return text

    def wait_for(self, line: str) -> None:
        """Let time pass until somebody types this: the papers are read when they are frozen."""
        running = self.door.running
        if line.startswith("psmf session pack") and running.today < self.start - timedelta(days=2):
            running.until(self.start - timedelta(days=2))
        if line.startswith("psmf action add"):
            running.until(self.start + timedelta(days=1))

    def follow(self, step: Command) -> str:
        """Run a command of the page, and return what it answers."""
        (person,) = AS.findall(step.line)
        self.wait_for(step.line)
        arguments = shlex.split(AS.sub("", self.typed(step.line)))[1:]
        answered = self.door.psmf(person, *arguments)
        assert answered.returncode == 0, f"$ {step.line}\n{answered.stderr}"
        self.door.running.settle()
        if arguments[0] == "action":
            plan = self.door.data(person, "plan", "show", SAFEGUARDER)
            self.ids["a40f1200"] = plan["actions"][0]["name"].rpartition("/")[2][:8]
        if arguments[1] == "add-item":
            papers = self.door.data(person, "session", "pack", self.ids["1a2b3c4d"])
            self.ids["77aa88bb"] = papers["own_items"][0]["name"].rpartition("/")[2][:8]
        return answered.stdout + answered.stderr

    def edit(self, step: Edit) -> None:
        """Change a file as the page shows."""
        file = self.folder / step.file
        before, text = self.typed(step.before), file.read_text()
        assert text.count(before) == 1, f"{step.file} must contain this exactly once:\n{before}"
        text = text.replace(before, self.typed(step.after))
        if step.after.startswith("  - standard: S2"):
            # As the page says of the other standards.
            text = text.replace("view:\n", "view: no_new_evidence\n")
        file.write_text(text)


def test_a_managers_week_and_a_safeguarders_answer_are_as_the_page_has_them(
    running: Together, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """B5: each side's words, each command and each answer. Two months pass day by day, so it takes half a minute."""
    monkeypatch.chdir(tmp_path)
    reader = Reader(running, tmp_path)
    done = []
    for step in steps(PAGE):
        if isinstance(step, Edit):
            reader.edit(step)
            continue
        answer = reader.follow(step)
        assert says(answer, AS.sub("", step.answer)), f"$ {step.line}\n{answer}"
        done.append(step.line.split()[2])
    assert {*["offer-item", "admit-item"]} <= {*done}
    assert {*["pack", "add-item", "attend", "record", "share", "answer", "respond", "correct", "records"]} <= {*done}
