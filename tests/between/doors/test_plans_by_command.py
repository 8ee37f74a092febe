"""A development plan by command, when something is unclear, refused, or entered for somebody else.

The kind that this closes: a command takes what was not said, or a person's own word does not hold.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.between.doors.test_commands import Door
from tests.between.together import together

MANAGER, PERSON, TEAM = "manager-one", "person-one", "panel-team"
USAGE, NOT_FOUND, CONFLICT, REFUSED = 2, 3, 5, 6


@dataclass
class Desk:
    """Both sides at the plan of one person."""

    door: Door

    def plan(self, person: str = PERSON) -> Any:
        return self.door.data(person, "plan", "show", "sg-one")

    def newest(self, collection: str, before: Any) -> str:
        """Return the start of the id that a plan has and had not before."""
        (new,) = {each["name"] for each in self.plan()[collection]} - {each["name"] for each in before[collection]}
        return str(new).rpartition("/")[2][:8]

    def action(self, person: str, *changes: str) -> str:
        """Have somebody propose an action of the Safeguarder's, and return the start of its id."""
        before = {"actions": []} | self.plan()
        due = (self.door.running.today + timedelta(days=60)).isoformat()
        self.door.done(
            person, "action", "add", "sg-one", "--kind", "reflect", "--purpose", "maintain", "--standard", "S4",
            "--owner", "safeguarder", "--due", due, "--aim", "Shorter reports.", "--measure", "Two reports.", "--again",
            *changes,
        )  # fmt: skip
        return self.newest("actions", before)

    def support(self) -> str:
        """Have a support offered for a new action, and return the start of its id."""
        action, before = self.action(MANAGER), {"supports": []} | self.plan()
        today = self.door.running.today.isoformat()
        offer = (
            "support",
            "offer",
            "sg-one",
            "A talk.",
            "--kind",
            "information",
            "--for",
            action,
            "--discussed",
            today,
        )
        self.door.done(MANAGER, *offer)
        return self.newest("supports", before)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The services, with two Safeguarders."""
    folder = tmp_path_factory.mktemp("plans")
    with together(folder) as running:
        running.appoint("sg-one")
        running.appoint("sg-two")
        yield Desk(Door(running, folder))


def test_something_in_a_plan_is_named_with_its_person_except_by_the_safeguarder(desk: Desk) -> None:
    """To look through many people's plans for one id would open them all, and leave a line in each one's log."""
    action = desk.action(MANAGER)
    bare = desk.door.psmf(TEAM, "action", "show", action)
    assert (bare.returncode, f"Write PERSON/{action}." in bare.stderr) == (USAGE, True)
    nobody = desk.door.psmf(TEAM, "plan", "show")
    assert (nobody.returncode, "Name the Safeguarder." in nobody.stderr) == (USAGE, True)
    for person, typed in ((TEAM, f"sg-one/{action}"), (MANAGER, f"sg-one/{action}"), (PERSON, action)):
        assert desk.door.psmf(person, "action", "show", typed).stdout.startswith(f"Action {action} · ")
    assert desk.door.psmf("person-two", "action", "show", f"sg-one/{action}").returncode == NOT_FOUND


def test_words_come_from_a_file_and_a_refusal_keeps_them(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "words.txt"
    file.write_text("Little Jamie, born 3 May 2014, of 12 High Street, was not told.")
    add = ("need", "add", "-", "--standard", "S4", "--words-file", str(file))
    refused = desk.door.psmf(PERSON, *add)
    assert refused.returncode == REFUSED, refused.stderr
    assert file.read_text().startswith("Little Jamie")
    file.write_text("I want to write\nshorter reports.")
    assert desk.door.psmf(PERSON, *add, "And more.").returncode == USAGE
    assert desk.door.psmf(PERSON, "need", "add", "-", "--standard", "S4").returncode == USAGE
    desk.door.done(PERSON, *add)
    before = {"needs": []} | desk.plan()
    desk.door.done(PERSON, "need", "add", "-", "To name other agencies.", "--standard", "S4")
    need = desk.newest("needs", before)
    ended = desk.door.done(PERSON, "need", "close", need, "I did it otherwise.", "--outcome", "no-action")
    assert ended == "The need ends without an action. Both sides read why.\n"
    assert "I want to write\nshorter reports." in [need["words"] for need in desk.plan()["needs"]]


def test_what_was_agreed_before_is_entered_with_its_days_and_shows_as_reported(desk: Desk) -> None:
    """Record 0.13: both sides see that it was reported, and how."""
    running = desk.door.running
    opened, spoken, promised = (running.ago(days).isoformat() for days in (40, 42, 10))
    words = ("--our-words", "Two were late.", "--their-words", "I was away in June.")
    action = desk.action(MANAGER, "--opened-on", opened, "--basis", "set", *words)
    page = " ".join(desk.door.psmf(PERSON, "action", "show", action).stdout.split())
    assert "Open. The support manager set it. It was opened on" in page
    assert "reported, not recorded here." in page
    assert "I was away in June." in page
    before = {"supports": []} | desk.plan()
    offer = ("support", "offer", "sg-one", "A talk.", "--kind", "information", "--for", action, "--discussed", spoken)
    answered = ("--promised", promised, "--answered-on", opened, "--answer", "accepted")
    said = desk.door.done(MANAGER, *offer, *answered)
    assert said.startswith("The support is reported: accepted.")
    shown = " ".join(desk.door.psmf(PERSON, "support", "show", desk.newest("supports", before)).stdout.split())
    assert "It is late. The answer is reported, not recorded here." in shown
    refused = desk.door.psmf(MANAGER, *offer, "--answer", "accepted")
    assert (refused.returncode, "reported_answer_date is needed" in refused.stderr) == (REFUSED, True)


def test_a_dry_run_changes_nothing_and_names_no_id(desk: Desk) -> None:
    before = desk.plan()
    for command in (
        ("strength", "add", "-", "Clear reports.", "--standard", "S4"),
        ("need", "add", "-", "Shorter reports.", "--standard", "S4"),
    ):
        said = desk.door.done(PERSON, *command, "--dry-run")
        assert said == f"Nothing was changed. It would be: The {command[0]} is in the plan. Both sides read it.\n"
    assert desk.plan() == before


def test_an_answer_that_somebody_entered_gives_way_to_the_safeguarders_own(desk: Desk) -> None:
    """R76: both sides see who entered it."""
    support = desk.support()
    entered = ("support", "answer", f"sg-one/{support}", "--answer", "accepted", "Yes, she said on the telephone.")
    assert "Both sides see who entered it." in desk.door.done(MANAGER, *entered)
    shown = desk.door.psmf(PERSON, "support", "show", support)
    assert f"by {MANAGER}" in shown.stdout
    assert f"Next, if you see it otherwise: psmf support answer {support} --answer declined" in shown.stderr
    assert desk.door.done(PERSON, "support", "answer", support, "--answer", "declined") == "It is declined.\n"


def test_no_answer_is_entered_only_after_somebody_asked_again(desk: Desk) -> None:
    """R76: silence is kept as silence, and not before its time."""
    support = desk.support()
    early = desk.door.psmf(MANAGER, "support", "answer", f"sg-one/{support}", "--answer", "none-given")
    assert (early.returncode, "(ASK_AGAIN)" in early.stderr) == (CONFLICT, True)


def test_what_was_not_received_was_not_given(desk: Desk) -> None:
    support, today = desk.support(), desk.door.running.today.isoformat()
    desk.door.done(PERSON, "support", "answer", support, "--answer", "accepted")
    given = ("support", "record", f"sg-one/{support}", "--outcome", "delivered")
    assert desk.door.psmf(MANAGER, *given).returncode == REFUSED, "on which day is needed"
    said = desk.door.done(MANAGER, *given, "--on", today)
    assert "The Safeguarder can say until" in said
    said = desk.door.done(PERSON, "support", "received", support, "--answer", "no", "Nobody rang.")
    assert said == "We have recorded that you did not receive it. The Team still owes it.\n"
    assert "Nobody rang." in desk.door.done(MANAGER, "support", "show", f"sg-one/{support}")
    later = (desk.door.running.today + timedelta(days=100)).isoformat()
    promise = ("support", "promise", f"sg-one/{support}", "The line was down.", "--to", later)
    assert desk.door.done(MANAGER, *promise).startswith("It is promised by ")
    cannot = ("support", "record", f"sg-one/{support}", "Nobody can.", "--outcome", "unavailable")
    assert desk.door.done(MANAGER, *cannot) == "The Team cannot provide it. Both sides read why.\n"


def test_what_the_safeguarder_proposed_is_answered_or_withdrawn_and_never_set(desk: Desk) -> None:
    """R78: each side answers the other."""
    action = desk.action(PERSON)
    shown = desk.door.psmf(MANAGER, "action", "show", f"sg-one/{action}")
    assert f"Next, to agree: psmf action answer sg-one/{action} --answer agreed" in shown.stderr
    assert "Next" not in desk.door.psmf(PERSON, "action", "show", action).stderr, "it is the other side's turn"
    assert desk.door.psmf(MANAGER, "action", "set", f"sg-one/{action}", "Because.").returncode == CONFLICT
    no = ("action", "answer", f"sg-one/{action}", "--answer", "not-agreed")
    assert desk.door.psmf(MANAGER, *no).returncode == USAGE, "words are needed"
    desk.door.done(MANAGER, *no, "There is no time this year.")
    shown = desk.door.psmf(PERSON, "action", "show", action)
    assert f'Next, to withdraw it: psmf action close {action} "why" --outcome withdrawn' in shown.stderr
    assert desk.door.done(PERSON, "action", "close", action, "Next year.", "--outcome", "withdrawn").endswith(
        "withdrawn.\n"
    )


def test_a_word_of_another_list_is_refused_with_the_words_that_there_are(desk: Desk) -> None:
    action = desk.action(MANAGER)
    answered = desk.door.psmf(MANAGER, "action", "close", f"sg-one/{action}", "Done.", "--outcome", "replaced")
    assert answered.returncode == USAGE
    assert "is not one of: met, partly-met, not-met, not-possible, withdrawn." in answered.stderr


def test_the_file_of_an_aim_and_what_an_action_replaces_are_read(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "aim.txt"
    file.write_text("Reports are half as long.\n")
    first = desk.action(MANAGER)
    desk.door.done(PERSON, "action", "answer", first, "--answer", "agreed")
    second = desk.action(MANAGER, "--aim", f"@{file}", "--replaces", first)
    desk.door.done(PERSON, "action", "answer", second, "--answer", "agreed")
    assert "Reports are half as long." in desk.door.done(PERSON, "action", "show", second)
    assert f"Another action took its place: {second}." in desk.door.done(PERSON, "action", "show", first)


def test_the_papers_of_a_session_show_an_open_action_with_its_aim_and_what_the_team_owes(desk: Desk) -> None:
    """R59: as both sides agreed them."""
    support = desk.support()
    desk.door.done(PERSON, "support", "answer", support, "--answer", "accepted")
    action = desk.action(MANAGER)
    desk.door.done(PERSON, "action", "answer", action, "--answer", "agreed")
    session = desk.door.data(PERSON, "session", "list")["items"][0]["name"].rpartition("/")[2][:8]
    said = desk.door.done(PERSON, "session", "pack", session)
    assert re.search(rf"reflect, S4 \w+, open since .*, due .*: Shorter reports\.  {action}", said), said
    assert re.search(rf"information, promised by .*  {support}", said)
    assert desk.door.done(MANAGER, "session", "pack", session) == said


def test_duties_are_listed_by_who_may_see_them(desk: Desk) -> None:
    desk.action(MANAGER)
    desk.door.running.settle()
    own = desk.door.data(PERSON, "duty", "list")["items"]
    assert {duty["name"].split("/")[1] for duty in own} == {"sg-one"}
    plan = desk.door.psmf("person-two", "duty", "list")
    assert "The development plan of the term, confirmed by both sides, from the Team, by" in " ".join(
        plan.stdout.split()
    )
    assert "Next: psmf plan show sg-two" in plan.stderr
    assert desk.door.data(TEAM, "duty", "list", "--safeguarder", "sg-one")["items"] == own
    said = desk.door.psmf(TEAM, "duty", "list")
    assert "Next: psmf action show sg-one/" in said.stderr or "Next: psmf support show sg-one/" in said.stderr


def test_who_read_an_earlier_plan_confirms_nothing_and_is_told_so(desk: Desk) -> None:
    """R106: a plan is confirmed as it was read. A guess, or too few digits, confirms nothing."""
    desk.door.done(MANAGER, "plan", "reason", "sg-one", "--no-strength", "We speak of it first.")
    for need in desk.plan().get("needs", []):
        if need["state"] == "STATE_IDENTIFIED":
            desk.door.done(MANAGER, "need", "carry", f"sg-one/{need['name'].rpartition('/')[2][:8]}", "In March.")
    read = desk.plan()["etag"][:8]
    desk.door.done(PERSON, "strength", "add", "-", "Each child knows when I come again.", "--standard", "S4")
    for typed in (read, read[:4], "-"):
        refused = desk.door.psmf(PERSON, "plan", "confirm", "--read", typed)
        assert refused.returncode == CONFLICT, refused.stderr
    assert desk.door.psmf(PERSON, "plan", "history").stderr.strip() == "No side has confirmed this plan yet."
    now = desk.plan()["etag"][:8]
    tried = desk.door.psmf(PERSON, "plan", "confirm", "--read", now, "--dry-run")
    assert "Nothing was changed. It would be: You confirmed version 1 of the plan." in tried.stdout
    done = desk.door.psmf(PERSON, "plan", "confirm", "--read", now)
    assert "You confirmed version 1 of the plan. The support manager is awaited." in done.stdout
    told = desk.door.psmf(MANAGER, "plan", "show", "sg-one")
    assert f"psmf plan confirm sg-one --read {now}" in told.stderr + told.stdout
    early = desk.door.psmf(MANAGER, "plan", "confirm", "sg-one", "--read", now, "--without-answer")
    assert (early.returncode, "Confirm it yourself first" in early.stderr) == (CONFLICT, True)
