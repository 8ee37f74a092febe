"""Writing a record by command, when something is wrong: a refusal names the line of the file, and no words are lost.

The kind that this closes: what somebody typed for an hour is gone because one word of it was refused.
"""

import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from tests.between.doors.test_commands import Door
from tests.between.together import together
from tests.suite import Answer

MANAGER, PERSON = "manager-one", "person-one"
OWN, NO_TIME = "How reports should name other agencies", "There was no time."
USAGE, NOT_FOUND, CONFLICT, REFUSED = 2, 3, 5, 6


@dataclass
class Desk:
    """A support manager with the papers of a session that was held yesterday."""

    door: Door
    session: str
    file: Path

    def manager(self, command: str, *arguments: str) -> Answer:
        return self.door.psmf(MANAGER, "session", command, self.session, *arguments)

    def person(self, command: str, *arguments: str) -> Answer:
        return self.door.psmf(PERSON, "session", command, self.session, *arguments)

    def write(self) -> str:
        """Have the file written, fill it in, and return its text."""
        answered = self.manager("record", "--write", str(self.file))
        assert answered.returncode == 0, answered.stderr
        text = self.file.read_text().replace("view:\n", "view: no_new_evidence\n")
        text = text.replace("child_interest: |\n", "child_interest: |\n  The child was asked first.\n")
        blank = "outcome:\n    action:\n    words: |\n"
        text = text.replace(blank, f"outcome: carried_forward\n    action:\n    words: |\n      {NO_TIME}\n")
        self.file.write_text(text)
        return text

    def shared(self) -> None:
        """Have a record that was shared, with a file of this test's own to come."""
        if self.manager("record").returncode == NOT_FOUND:
            self.write()
            assert self.manager("record", "--file", str(self.file)).returncode == 0
            assert self.manager("share").returncode == 0
            self.file.unlink()


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Door, str]]:
    """The services, with a session that was held."""
    folder = tmp_path_factory.mktemp("records")
    with together(folder) as running:
        running.appoint("sg-one")
        door = Door(running, folder)
        session = door.data(PERSON, "session", "list")["items"][0]["name"].rpartition("/")[2]
        soon = f"{running.today + timedelta(days=7)}T10:00"
        why = ("--to", soon, "--asked-by", "team", "--reason", "team")
        moved = door.data(MANAGER, "session", "move", session, *why)["name"].rpartition("/")[2]
        door.done(MANAGER, "session", "confirm", moved)
        door.done(PERSON, "session", "add-item", moved, OWN)
        running.days(8)
        door.done(MANAGER, "session", "attend", moved, "--mode", "online")
        door.done(MANAGER, "plan", "reason", "sg-one", "--not-final", "We meet again in January.")
        yield door, moved[:8]


@pytest.fixture
def desk(held: tuple[Door, str], tmp_path: Path) -> Desk:
    return Desk(*held, tmp_path / "record.yaml")


def test_nothing_is_written_over_and_nobody_else_may_read_it(desk: Desk) -> None:
    """A file may hold words that are nowhere else, about a person."""
    text = desk.write()
    assert stat.S_IMODE(desk.file.stat().st_mode) == 0o600
    again = desk.manager("record", "--write", str(desk.file))
    assert (again.returncode, desk.file.read_text()) == (USAGE, text)


def test_a_file_of_another_session_is_not_sent(desk: Desk) -> None:
    """Else one person's record would hold what was said to another."""
    text = desk.write()
    other = next(line for line in text.splitlines() if line.startswith("session: "))
    desk.file.write_text(text.replace(other, "session: safeguarders/sg-two/supportSessions/1a2b3c4d"))
    answered = desk.manager("record", "--file", str(desk.file))
    assert answered.returncode == REFUSED
    assert "is about another session" in answered.stderr
    assert desk.manager("record").returncode == NOT_FOUND


def test_a_record_is_written_refused_and_sent_again(desk: Desk) -> None:
    """The whole way of a draft: tried out, refused with its line, kept, stale, changed, and shared."""
    text = desk.write()
    tried = desk.manager("record", "--file", str(desk.file), "--dry-run")
    assert tried.stdout == "Nothing was changed. It would be: The draft is kept.\n"
    assert desk.file.read_text() == text

    names = text.replace("  The child was asked first.", "  The boy's name is Jamie Smith, aged 9.")
    desk.file.write_text(names)
    refused = desk.manager("record", "--file", str(desk.file))
    line = names.splitlines().index("child_interest: |") + 1
    assert refused.returncode == REFUSED
    assert f"record.yaml:{line}: " in refused.stderr
    assert desk.file.read_text() == names

    desk.file.write_text(text)
    assert desk.manager("record", "--file", str(desk.file)).stdout == "The draft is kept.\n"
    assert desk.person("record").returncode == NOT_FOUND  # nobody sees a draft but those who write it
    assert desk.person("answer").returncode == NOT_FOUND

    begun_twice = desk.file.parent / "twice.yaml"
    begun_twice.write_text(text)
    assert desk.manager("record", "--file", str(begun_twice)).returncode == CONFLICT

    kept = desk.file.read_text()
    assert kept != text  # it has the etag of the draft, so it can be changed and sent again
    desk.file.write_text(kept.replace("asked first", "asked before anybody else"))
    assert desk.manager("record", "--file", str(desk.file)).returncode == 0
    stale = desk.file.parent / "stale.yaml"
    stale.write_text(kept)
    answered = desk.manager("record", "--file", str(stale))
    assert (answered.returncode, stale.read_text()) == (CONFLICT, kept)
    assert "asked before anybody else" in desk.manager("record").stdout

    assert desk.manager("share").returncode == 0
    text = desk.file.read_text()
    late = desk.manager("record", "--file", str(desk.file))
    assert (late.returncode, desk.file.read_text()) == (CONFLICT, text)  # the Safeguarder reads it already
    assert "Write it to another file with --write" in late.stderr


def test_an_answer_is_for_the_text_that_was_read(desk: Desk) -> None:
    """B5: without an answer nothing is agreed, and the second text is not confirmed by who has read the first."""
    desk.shared()
    assert desk.person("answer", "--confirm", "--dispute", "S2=x").returncode == USAGE
    assert desk.person("answer", "--dispute", "S9=I was there.").returncode == USAGE
    assert desk.person("answer", "--dispute", "S2=I was there.").returncode == 0
    assert desk.person("answer", "--confirm").returncode == CONFLICT  # it was answered

    text = desk.write().replace("asked", "heard")
    desk.file.write_text(text)
    corrected = desk.manager("correct", "--file", str(desk.file), "--reason", "The child was heard.")
    assert corrected.returncode == 0, corrected.stderr
    assert desk.person("answer", "--confirm").returncode == USAGE
    assert desk.person("answer", "--confirm", "--edition", "1").returncode == CONFLICT
    answered = desk.person("answer", "--confirm", "--edition", "2")
    assert answered.stdout == "You confirm edition 2. The record is closed.\n"


def test_what_is_carried_forward_stands_in_the_next_papers_in_its_words(desk: Desk) -> None:
    """R110: what the Safeguarder wanted to speak of does not vanish."""
    desk.shared()
    later = desk.door.data(PERSON, "session", "list")["items"][0]["name"].rpartition("/")[2]
    papers = desk.door.done(PERSON, "session", "pack", later)
    assert any(line.startswith(f'Own items      "{OWN}"') for line in papers.splitlines()), papers


def test_two_people_withdraw_a_record(desk: Desk) -> None:
    """One asks, another one confirms, and neither is the one who wrote it."""
    desk.shared()
    asked = desk.door.psmf("panel-team", "session", "withdraw", desk.session, "--reason", "It was not held.")
    assert "A second person has to confirm it." in asked.stdout
    assert desk.door.psmf("panel-team", "session", "withdraw", desk.session).returncode == CONFLICT
    confirmed = desk.door.psmf("senior-manager", "session", "withdraw", desk.session)
    assert confirmed.stdout.startswith("The record is withdrawn.")
    assert "Withdrawn, because the session was not held." in desk.manager("record").stdout
