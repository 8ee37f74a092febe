"""docs/plans.md is true: a need, its action and its support, step by step on the four real services.

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
from tests.pages import DOCS, Command, says, steps
from tests.world import PEOPLE

PAGE = (DOCS / "plans.md").read_text()
SAFEGUARDER, PERSON, MANAGER = "sg-02218697", "person-sg-02218697", "support-manager-east-1"
AS = re.compile(r" --as (\S+)")
ON_THE_PAGE = {
    "strengths": ["57e46700"],
    "needs": ["eeed0000", "0a4eed00"],
    "actions": ["a40f1200", "b7710c00"],
    "supports": ["5a77d030"],
}
"""The starts of ids on the page, in the order in which they come."""
OUTCOME = "0e7c0a3e"
"""The start of the id of the item that an outcome makes."""
STILL_NO_MENTOR = date(2026, 11, 23)
"""The day of the page on which the support is late."""


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Together]:
    """The services, with the two people of the page."""
    others = {name: entry for name, entry in PEOPLE.items() if entry["role"] != "support_manager"}
    own = {MANAGER: PEOPLE["manager-one"], PERSON: {"role": "safeguarder", "subject": SAFEGUARDER}}
    with together(tmp_path_factory.mktemp("plans"), others | own) as services:
        entry = an_applicant(SAFEGUARDER, display_name="Demo Effie Lochend")
        services.safeguarders.CreateSafeguarder(entry, **services.as_("panel-team"))
        appointed = an_appointment(SAFEGUARDER, services.today - timedelta(days=730))
        services.safeguarders.RecordMinisterialDecision(appointed, **services.as_("recorder"))
        services.settle()
        yield services


class Reader:
    """Somebody who does what the page says, on the days on which it says so."""

    def __init__(self, running: Together, folder: Path) -> None:
        self.running, self.door = running, Door(running, folder)
        praise = running.record(
            SAFEGUARDER,
            kind=items.EVIDENCE_KIND_COMMENDATION,
            source=items.EVIDENCE_SOURCE_PANEL_MEMBER,
            mappings=[a_mapping("S2.1", items.POLARITY_PRAISE)],
        )
        feedback = running.record(SAFEGUARDER, mappings=[a_mapping("S2.2")])
        shared = {"b71e90c2": running.share(praise), "49b6794c": running.share(feedback)}
        self.ids = {known: item.name.rpartition("/")[2][:8] for known, item in shared.items()}

    def follow(self, step: Command) -> str:
        """Run a command of the page, and return what it answers."""
        (person,) = AS.findall(step.line)
        typed = AS.sub("", step.line)
        if typed.startswith("psmf plan confirm"):
            self.ids["6f1c20aa"] = self.door.data(PERSON, "plan", "show")["etag"][:8]
        for shown, known in self.ids.items():
            typed = typed.replace(shown, known)
        if typed.startswith("psmf plan show"):
            self.running.until(STILL_NO_MENTOR)
        answered = self.door.psmf(person, *shlex.split(typed)[1:])
        assert answered.returncode == 0, f"$ {step.line}\n{answered.stderr}"
        self.running.settle()
        if typed.split()[2] in ("add", "offer"):
            self.learn()
        if typed.startswith("psmf action close"):
            self.ids[OUTCOME] = self.outcome()
        return answered.stdout + answered.stderr

    def outcome(self) -> str:
        """Return the id of the item of evidence that an outcome has made."""
        (action,) = [one for one in self.door.data(PERSON, "plan", "show")["actions"] if one.get("outcome_evidence")]
        return str(action["outcome_evidence"].rpartition("/")[2][:8])

    def learn(self) -> None:
        """Note the id of what the page added last."""
        plan = self.door.data(PERSON, "plan", "show")
        for collection, shown in ON_THE_PAGE.items():
            known = {each["name"].rpartition("/")[2][:8] for each in plan.get(collection, [])}
            for new in known - {*self.ids.values()}:
                self.ids[next(each for each in shown if each not in self.ids)] = new


def test_a_plan_from_the_first_strength_to_a_set_action_is_as_the_page_has_it(
    running: Together, tmp_path: Path
) -> None:
    """R54, R73, R76, R78: each command and each answer. Three weeks pass day by day."""
    reader = Reader(running, tmp_path)
    done = []
    for step in steps(PAGE):
        assert isinstance(step, Command)
        answer = reader.follow(step)
        assert says(answer, AS.sub("", step.answer)), f"$ {step.line}\n{answer}"
        done.append(" ".join(step.line.split()[1:3]))
    groups = {"plan", "strength", "need", "action", "support", "duty", "evidence"}
    assert {command.split()[0] for command in done} == groups
    assert {f"action {each}" for each in ("add", "show", "answer", "set", "move", "done", "close")} <= {*done}
