"""A recommendation by command: readiness, draft, check, share, answer, approve, submit, decide (R85, R86, R89).

The kind that this closes: a step of a recommendation has no command, or its command leaves out what a person has to
see first.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from tests.between.doors.test_commands import BASIS, Door
from tests.between.recommendations.build import Reappointment
from tests.between.together import together

TEAM, SECOND, PERSON, RECORDER = "panel-team", "senior-manager", "person-one", "recorder"
USAGE = 2
TEXT = """\
outcome: with-conditions
criteria:
  conduct: {answer: "yes", words: No complaint was upheld.}
  appointment-letter: {answer: "yes", words: Each requirement is met.}
  practice-standards: {answer: "yes", words: Two of them with help.}
  replies-and-reviews: {answer: "yes", words: There are none.}
conditions:
  - words: Offer each child a meeting.
    measure: Each report says so.
    due: DUE
    support: A mentor, by the Team.
    support_kind: mentoring
    standard: S2
"""


@dataclass
class Desk:
    """The Team at the reappointment of one person."""

    door: Door
    story: Reappointment
    folder: Path

    @property
    def name(self) -> str:
        """How the Team names the recommendation."""
        (known,) = self.story.readiness().recommendations
        return f"sg-one/{known.name.rpartition('/')[2][:8]}"

    def file(self, text: str) -> str:
        """Write a file and return its path."""
        path = self.folder / "text.yaml"
        path.write_text(text)
        return str(path)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The services, with somebody whose term ends in some months."""
    folder = tmp_path_factory.mktemp("recommendations")
    with together(folder) as running:
        yield Desk(Door(running, folder), running.begun(Reappointment), folder)


def test_a_recommendation_is_made_by_command(desk: Desk) -> None:
    door = desk.door
    page = door.done(PERSON, "recommendation", "readiness")
    assert "The papers are open" in page
    assert "Both sides see the same page." in page
    drafted = ("recommendation", "draft", "sg-one", "--kind", "reappointment", "--outcome", "with-conditions")
    assert "is drafted" in door.done(TEAM, *drafted)
    to_fill_in = door.done(TEAM, "recommendation", "revise", desk.name)
    assert "  practice-standards:\n    answer:" in to_fill_in
    due = (door.running.today + timedelta(days=300)).isoformat()
    text = desk.file(TEXT.replace("DUE", due))
    assert "drafted again" in door.done(TEAM, "recommendation", "revise", desk.name, "--file", text)
    again = desk.file(door.done(TEAM, "recommendation", "revise", desk.name))
    door.done(TEAM, "recommendation", "revise", desk.name, "--file", again)
    assert "meets its criteria" in door.done(TEAM, "recommendation", "check", desk.name)
    assert "The person is told." in door.done(TEAM, "recommendation", "share", desk.name)
    theirs = desk.name.rpartition("/")[2]
    assert f"psmf recommendation show {theirs}" in door.done(PERSON, "waiting")
    assert "Offer each child a meeting." in door.done(PERSON, "recommendation", "show", theirs)
    said = ("recommendation", "answer", theirs, "I asked for a mentor in May.", "--nothing-more")
    assert "Your words are kept." in door.done(PERSON, *said)
    approve = ("recommendation", "approve", desk.name, "--answer", "A mentor is promised.")
    assert "Approved by a second person." in door.done(SECOND, *approve)
    assert "Submitted to Scottish Ministers." in door.done(TEAM, "recommendation", "submit", desk.name)
    (known,) = desk.story.readiness().recommendations
    shown = door.done(RECORDER, "recommendation", "show", known.name)
    assert known.pack_hash in shown.replace("\n", "")
    on = (desk.story.ends_on + timedelta(days=1)).isoformat()
    decide = ("safeguarder", "decide", "sg-one", "reappointed", "--on", on, "--months", "24", "--basis", BASIS)
    named = ("--recommendation", known.name, "--pack-hash", known.pack_hash)
    assert "is appointed" in door.done(RECORDER, *decide, *named)
    assert "Scottish Ministers have decided." in door.done(PERSON, "recommendation", "show", theirs)


def test_a_recommendation_is_taken_back_by_command_and_a_bad_file_is_named_by_its_line(desk: Desk) -> None:
    door, kind = desk.door, ("recommendation", "draft", "sg-one", "--kind", "continuing")
    for text, said in (
        ("criteria: {}", "This needs outcome too."),
        ("outcome: maybe", "text.yaml:1: outcome: 'maybe' is not in the list."),
        ("outcome: recommend\ncriteria: {luck: {}}", "There is no such criterion."),
        ("outcome: recommend\ncriteria: {conduct: {answer: no}}", "This needs words too."),
        ("outcome: recommend\nconditions:\n  - words: x", "This needs"),
        ("outcome: recommend\nnotes: x", "This is unknown here."),
    ):
        answered = door.psmf(TEAM, *kind, "--file", desk.file(text))
        assert said in answered.stderr.replace("\n", " "), answered.stderr
        assert "Nothing was sent." in answered.stderr
    assert door.psmf(TEAM, *kind).returncode == USAGE
    drafted = door.data(TEAM, *kind, "--outcome", "recommend")
    typed = f"sg-one/{drafted['name'].rpartition('/')[2]}"
    refused = door.psmf(TEAM, "recommendation", "check", typed)
    assert "conduct, appointment-letter, practice-standards, replies-and-reviews" in refused.stderr.replace("\n", " ")
    assert "Taken back." in door.done(TEAM, "recommendation", "withdraw", typed, "It is not the time.")
