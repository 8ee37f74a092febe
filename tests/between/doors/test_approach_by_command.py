"""How the approach to a concern changes, by command: served, read by both sides, acknowledged and ended (R79, R80).

The kind that this closes: a person serves or reads a change of approach by command, and the record says something
else.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.between.approach.matter import EXPECTATION, Matter
from tests.between.doors.test_commands import Door
from tests.between.together import together

MANAGER, PERSON = "manager-one", "person-one"
CONFLICT = 5


@dataclass
class Desk:
    """Both sides at one concern."""

    door: Door
    matter: Matter

    @property
    def concern(self) -> str:
        """The start of the id of the concern."""
        return self.matter.name.rpartition("/")[2][:8]

    def change(self) -> str:
        """Return the start of the id of the change that applies."""
        return self.matter.change().name.rpartition("/")[2][:8]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The services, with a concern whose support was answered."""
    folder = tmp_path_factory.mktemp("approach")
    with together(folder) as running:
        yield Desk(Door(running, folder), running.begun(Matter))


def test_a_change_is_served_read_and_ended_by_command(desk: Desk) -> None:
    door, today = desk.door, desk.door.running.today.isoformat()
    words = ("--expects", EXPECTATION, "--because", "A file was left in a car.")
    advice = ("--to", "clear-advice", "--concern", desk.concern, "--discussed-on", today)
    assert "The approach changes from today." in door.done(MANAGER, "approach", "change", "sg-one", *advice, *words)
    shown = door.done(PERSON, "approach", "show", desk.change())
    assert EXPECTATION in shown
    served = door.done(MANAGER, "concern", "serve-notice", desk.concern, *words, "--discussed-on", today)
    assert "It stands once they have acknowledged it, or from" in served
    action = desk.matter.an_action().name.rpartition("/")[2][:8]
    assert "The Safeguarder is told." in door.done(MANAGER, "concern", "require", desk.concern, "--action", action)
    assert EXPECTATION in door.done(PERSON, "plan", "show")
    read = door.done(PERSON, "concern", "acknowledge-notice", desk.concern)
    assert "That is not agreement." in read
    assert desk.matter.concern().course.action.endswith(desk.matter.plan().actions[0].name.rpartition("/")[2])
    ended = ("approach", "end", f"sg-one/{desk.change()}", "It is met.", "--outcome", "met")
    assert "Support goes on." in door.done(MANAGER, *ended)
    again = door.psmf(PERSON, "concern", "acknowledge-notice", desk.concern)
    assert (again.returncode, "No change of approach applies" in again.stderr) == (CONFLICT, True)


def test_a_change_is_reported_by_command(desk: Desk) -> None:
    before = (desk.door.running.ago(20).isoformat(), desk.door.running.ago(18).isoformat())
    days = ("--discussed-on", before[0], "--served-on", before[0], "--acknowledged-on", before[1])
    words = ("--expects", EXPECTATION, "--because", "As before.", "--skip-because", "We had said so.")
    what = ("sg-one", "--to", "required-action", "--concern", desk.concern, "--how", "post")
    said = desk.door.done(MANAGER, "approach", "change", *what, *words, *days)
    assert "No escalation rests on it." in said
    assert "It was reported later" in desk.door.done(PERSON, "approach", "show", desk.change())
