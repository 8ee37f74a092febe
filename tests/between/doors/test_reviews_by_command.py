"""A review of actions by command: what is typed is what is kept, and both sides read the same page (R81).

The kind that this closes: what somebody types about a review of actions is kept as something else.
"""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.between.approach.matter import Matter
from tests.between.doors.test_commands import Door
from tests.between.doors.test_plans_by_command import CONFLICT, MANAGER, PERSON, USAGE, Desk
from tests.between.together import Together, together

WORDS = "Two calls are not on file."


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The services, with a Safeguarder."""
    folder = tmp_path_factory.mktemp("reviews")
    with together(folder) as running:
        running.appoint("sg-one")
        yield Desk(Door(running, folder))


def agreed(desk: Desk) -> str:
    action = desk.action(MANAGER)
    desk.door.done(PERSON, "action", "answer", action, "--answer", "agreed")
    return action


def review(desk: Desk, *found: str, follows: str = "close") -> list[str]:
    """Return the command that keeps a review of today."""
    named = [part for each in found for part in ("--action", each)]
    held = desk.door.running.today.isoformat()
    return ["action", "review", "sg-one", WORDS, *named, "--held", held, "--follows", follows]


def test_a_review_is_kept_read_answered_and_corrected(desk: Desk) -> None:
    met, later = agreed(desk), agreed(desk)
    day = (desk.door.running.today + timedelta(days=90)).isoformat()
    said = desk.door.done(MANAGER, *review(desk, f"{met}=partly-met", f"{later}={day}", follows="extend"))
    assert "The Safeguarder is told, and can say how they see it." in said
    (kept,) = desk.door.data(PERSON, "action", "reviews")["items"]
    known = kept["name"].rpartition("/")[2][:8]
    listed = desk.door.done(PERSON, "action", "reviews")
    assert f"{met} met in part" in " ".join(listed.split())

    inbox = desk.door.psmf(PERSON, "notification", "list")
    assert "a review of actions was recorded" in inbox.stdout
    assert "psmf action reviews sg-one" in inbox.stderr

    shown = desk.door.psmf(PERSON, "action", "show-review", known)
    page = " ".join(shown.stdout.split())
    for text in (WORDS, "Met in part.", "No support was offered for it.", "more time", "Nothing is taken as agreed."):
        assert text in page
    assert f'psmf action answer-review {known} "how you see it"' in shown.stderr
    assert desk.door.psmf(MANAGER, "action", "show-review", f"sg-one/{known}").stdout == shown.stdout

    desk.door.done(PERSON, "action", "answer-review", known, "I was at another hearing that week.")
    correct = ["action", "correct-review", f"sg-one/{known}", "Each call is on file."]
    again = ["--action", f"{met}=met", "--action", f"{later}={day}", "--follows", "extend"]
    held = ["--held", desk.door.running.today.isoformat(), "--because", "The log was read again."]
    assert "Version 2 stays to read." in desk.door.done(MANAGER, *correct, *again, *held)
    page = " ".join(desk.door.done(PERSON, "action", "show-review", known).split())
    assert "I was at another hearing that week." in page
    assert "Version 3, because: The log was read again." in page
    before = desk.door.done(PERSON, "action", "show-review", known, "--version", "1")
    assert WORDS in before


@pytest.mark.parametrize(
    ("change", "code"),
    [(["--action", "met"], USAGE), (["--action", "=met"], USAGE), (["--follows", "nothing"], USAGE)],
)
def test_what_is_typed_wrongly_keeps_nothing(desk: Desk, change: list[str], code: int) -> None:
    action = agreed(desk)
    refused = desk.door.psmf(MANAGER, *review(desk, f"{action}=met"), *change)
    assert refused.returncode == code, refused.stderr
    assert "outcome_words" not in next(each for each in desk.plan()["actions"] if action in each["name"])


def test_not_met_before_its_day_is_refused_with_the_day(desk: Desk) -> None:
    action = agreed(desk)
    refused = desk.door.psmf(MANAGER, *review(desk, f"{action}=not-met"))
    assert (refused.returncode, "(TIME_NOT_OVER)" in refused.stderr) == (CONFLICT, True)


def test_the_day_or_the_session_is_needed(desk: Desk) -> None:
    action = agreed(desk)
    command = ["action", "review", "sg-one", WORDS, "--action", f"{action}=met", "--follows", "close"]
    assert desk.door.psmf(MANAGER, *command).returncode == USAGE


def test_a_review_of_a_concern_is_one_of_its_open_actions(suite_together: Together, tmp_path: Path) -> None:
    """`psmf concern review` of earlier releases typed an outcome on the concern. The record keeps it now."""
    matter, door = suite_together.begun(Matter), Door(suite_together, tmp_path)
    concern, today = matter.name.rpartition("/")[2][:8], suite_together.today.isoformat()
    command = ["concern", "review", concern, WORDS, "--outcome", "met", "--held", today, "--follows", "close"]
    nothing = door.psmf(MANAGER, *command)
    assert (nothing.returncode, "psmf action review" in nothing.stderr) == (USAGE, True)
    action = matter.an_action()
    assert "The review of" in door.done(MANAGER, *command)
    assert next(each for each in matter.plan().actions if each.name == action.name).outcome_words == WORDS
