"""The commands for what people had no door to: each is run once, on the four real services (doors D3).

The kind that this closes: the way round a missing command was a correction with a false reason.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from psmf.evidence.v1 import evidence_pb2 as items
from typer.testing import CliRunner

from services.cli.main import command_line
from tests.between.together import Together, together
from tests.builders import a_mapping
from tests.suite import Answer

BASIS = "SSI 2012/54; reg 7(1); as made"


@dataclass
class Door:
    """The command line, as somebody with a token types it."""

    running: Together
    folder: Path

    def psmf(self, person: str, *arguments: str) -> Answer:
        """Run a command as a person."""
        ((_, bearer),) = self.running.world.metadata(person, self.running.clock.now())
        token = self.folder / "token"
        token.write_text(bearer.removeprefix("Bearer "))
        env: dict[str, str | None] = {
            f"PSMF_{name.upper()}_ADDRESS": f"127.0.0.1:{service.process.server.port}"
            for name, service in self.running.services.items()
        }
        result = CliRunner().invoke(command_line({arguments[0]}), arguments, env=env | {"PSMF_TOKEN_FILE": str(token)})
        return Answer(result.exit_code, result.stdout, result.stderr)

    def done(self, person: str, *arguments: str) -> str:
        """Run a command that must succeed, let its effects reach every service, and return what it printed."""
        answered = self.psmf(person, *arguments)
        assert answered.returncode == 0, answered.stderr
        self.running.settle()
        return answered.stdout

    def data(self, person: str, *arguments: str) -> Any:
        """Run a command and return its JSON."""
        return json.loads(self.done(person, *arguments, "--json"))


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    """The services, with one Safeguarder."""
    folder = tmp_path_factory.mktemp("door")
    with together(folder) as running:
        running.appoint("sg-one")
        yield Door(running, folder)


def test_a_person_is_entered_appointed_and_given_another_support_manager(door: Door) -> None:
    """doors D3: CreateSafeguarder, RecordMinisterialDecision and CreateAllocation have commands."""
    door.done("panel-team", "safeguarder", "enter", "--name", "Demo Isla Example", "--area", "fife", "--id", "sg-new")
    day = door.running.today.isoformat()
    said = door.done(
        "recorder", "safeguarder", "decide", "sg-new", "appointed",
        "--on", day, "--recommended-by", "panel-team", "--basis", BASIS,
    )  # fmt: skip
    assert said == "Demo Isla Example is appointed.\n"
    shown = door.done("panel-team", "safeguarder", "show", "sg-new")
    manager = {"manager-one", "manager-two"}.difference(w.strip(",") for w in shown.split()).pop()
    door.done("panel-team", "safeguarder", "allocate", "sg-new", "--to", manager, "--reason", "workload")
    assert manager in door.done("panel-team", "safeguarder", "show", "sg-new")


@pytest.mark.parametrize("basis", ["SSI 2012/54", "SSI 2012/54; reg 7(1)", ";;", "a; b; ", "a; b; c; d"])
def test_a_legal_basis_with_other_than_three_parts_is_refused_with_a_sentence(door: Door, basis: str) -> None:
    answered = door.psmf(
        "recorder", "safeguarder", "decide", "sg-one", "ended",
        "--on", "2026-12-01", "--recommended-by", "panel-team", "--basis", basis, "--end-reason", "resigned",
    )  # fmt: skip
    assert answered.returncode == 2
    assert "has not three parts" in answered.stderr


def test_a_safeguarder_who_forgets_whom_it_is_about_is_told_what_to_write(door: Door) -> None:
    """P31: the first field would else be taken for a person, and the answer would name another field."""
    own = ("kind=self_assessment", "source=self", "happened_date=2026-10-20", "received_date=2026-10-20")
    answered = door.psmf("person-one", "evidence", "add", *own)
    assert answered.returncode == 2
    assert "Name the Safeguarder first" in answered.stderr
    said = door.done("person-one", "evidence", "add", "-", *own, "--again")
    assert said.endswith("\nCounts: not yet, not read against the standards\n")


def test_a_complaint_is_decided_without_a_correction(door: Door) -> None:
    """doors D3: DecideComplaint has a command, so that no outcome is entered as a correction."""
    item = door.running.record(
        "sg-one", kind=items.EVIDENCE_KIND_COMPLAINT, complaint_outcome=items.COMPLAINT_OUTCOME_PENDING
    )
    door.running.settle()
    refused = door.psmf("panel-team", "evidence", "decide", item.name, "--outcome", "pending")
    assert refused.returncode == 2
    tried = door.done("panel-team", "evidence", "decide", item.name, "--outcome", "not-upheld", "--dry-run")
    assert tried.startswith("Nothing was changed.")
    said = door.done("panel-team", "evidence", "decide", item.name, "--outcome", "not-upheld")
    assert said == "The complaint is recorded as not upheld.\n"
    shown = door.data("panel-team", "evidence", "show", item.name)
    assert shown["complaint_outcome"] == "COMPLAINT_OUTCOME_NOT_UPHELD"
    assert "supersedes" not in shown


def test_the_way_of_a_complaint_is_recorded_corrected_and_shown(door: Door) -> None:
    """doors D3: MoveComplaintStage has a command, and the item says who recorded what and what is owed."""
    item = door.running.record("sg-one", kind=items.EVIDENCE_KIND_COMPLAINT, source=items.EVIDENCE_SOURCE_REPORTER)
    door.running.settle()
    today = door.running.today
    day, before = (f"{one.day} {one:%B %Y}" for one in (today, today - timedelta(days=1)))

    def stage(*arguments: str) -> str:
        return door.done("panel-team", "evidence", "stage", item.name, *arguments)

    answered = stage("answered", "--on", (today - timedelta(days=1)).isoformat())
    assert answered.startswith("It is recorded. Nothing is owed by a day now.\n")
    assert stage("stage-2", "--dry-run").startswith("Nothing was changed.")
    assert stage("stage-2").startswith("It is recorded. An acknowledgement at stage 2 is owed by")
    until = (today + timedelta(days=30)).isoformat()
    stage("extended", "--until", until, "--because", "information-awaited")
    assert stage("extended", "--take-back").startswith("It is taken back. An acknowledgement")
    stage("answered", "--correct", "--on", today.isoformat())
    shown = door.done("panel-team", "evidence", "show", item.name)
    assert f"  {before}  Answered at stage 1, and not settled (panel-team), corrected or taken back\n" in shown
    assert f"  {day}  Answered at stage 1, and not settled (panel-team)\n" in shown
    assert "The answer at stage 2 by" in shown
    both = door.psmf("panel-team", "evidence", "stage", item.name, "stage-2", "--correct", "--take-back")
    assert (both.returncode, door.psmf("manager-one", "evidence", "stage", item.name, "stage-2").returncode) == (2, 4)
    assert item.name.rpartition("/")[2][:8] in door.done("panel-team", "duty", "list", "--safeguarder", "sg-one")
    assert "complaint" not in door.done("person-one", "duty", "list")


def test_a_sender_follows_what_they_sent_in(door: Door) -> None:
    """doors D3: GetReceipt has a command."""
    sent = door.running.record("sg-one", person="panel-team")
    for typed in (sent.receipt, sent.receipt.removeprefix("receipts/")):
        assert door.done("panel-team", "evidence", "receipt", typed).startswith("Received on 2 November 2026")
    assert door.psmf("person-one", "evidence", "receipt", sent.receipt).returncode == 3


def test_who_was_at_a_session_is_recorded_and_recorded_again(door: Door) -> None:
    """doors D3: RecordSupportSessionAttendance has a command, and a later record replaces an earlier one."""
    session = door.data("panel-team", "session", "list", "--safeguarder", "sg-one")["items"][0]["name"]
    short = session.rpartition("/")[2][:8]
    door.done("panel-team", "session", "confirm", short)
    start = door.data("panel-team", "session", "show", short)["start_time"][:10]
    door.running.until(type(door.running.today).fromisoformat(start))
    door.running.days(1)
    door.done("panel-team", "session", "attend", short, "--without-team", "--how", "absent-excused")
    assert door.data("panel-team", "session", "show", short)["state"] == "STATE_NOT_HELD"
    assert door.psmf("panel-team", "session", "attend", short).returncode == 6, "how it was held is needed"
    door.done("panel-team", "session", "attend", short, "--mode", "online")
    shown = door.data("panel-team", "session", "show", short)
    assert (shown["state"], shown["mode"]) == ("STATE_HELD", "MODE_ONLINE")


def test_what_is_owed_is_listed_and_attendance_is_recorded(door: Door) -> None:
    """doors D3: ListObligations and RecordTrainingAttendance have commands."""
    owed = door.data("panel-team", "obligation", "list", "sg-one")["items"]
    assert owed == door.data("person-one", "obligation", "list")["items"]
    training = next(one for one in owed if one["kind"] == "KIND_MANDATORY_TRAINING")
    day = door.running.today.isoformat()
    door.done("panel-team", "obligation", "attend", training["name"], "--on", day)
    after = door.data("panel-team", "obligation", "list", "sg-one")["items"]
    assert next(one for one in after if one["name"] == training["name"])["attended"]


def test_what_is_owed_is_named_as_the_list_prints_it(door: Door) -> None:
    """doors D5: the short id that `obligation list` prints is taken by `obligation attend`."""
    printed = door.done("panel-team", "obligation", "list", "sg-one")
    training = next(line.split()[-1] for line in printed.splitlines() if "mandatory training" in line)
    assert training.startswith("sg-one/")
    day = door.running.today.isoformat()
    door.done("panel-team", "obligation", "attend", training, "--on", day)
    person, _, short_id = training.partition("/")
    for typed, code, what in (
        (short_id, 2, "names no person"),
        (f"{person}/zzzz", 3, "no obligation 'zzzz'"),
        (f"sg-nobody/{short_id}", 3, "sg-nobody"),
    ):
        answered = door.psmf("panel-team", "obligation", "attend", typed, "--on", day)
        assert (answered.returncode, what in answered.stderr) == (code, True), answered.stderr


def test_a_list_of_what_is_owed_by_nobody_in_particular_is_refused(door: Door) -> None:
    """doors D3: an empty list would say that nothing is owed."""
    answered = door.psmf("panel-team", "obligation", "list")
    assert answered.returncode == 6
    assert "Name one Safeguarder" in answered.stderr


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("session", "records"), "No session has a record that you can see."),
        (("away", "list"), "No leave or suspension is recorded."),
    ],
)
def test_an_empty_list_says_so_in_a_sentence(door: Door, command: tuple[str, str], said: str) -> None:
    """doors D3: nothing, or names of columns alone, leaves open whether the command did its work."""
    answered = door.psmf("panel-team", *command, "sg-one")
    assert (answered.returncode, answered.stdout, answered.stderr.strip()) == (0, "", said)
    assert door.data("panel-team", *command, "sg-one")["items"] == []


def test_messages_are_listed_by_who_may_see_them(door: Door) -> None:
    """doors D3: ListNotifications has a command, across people too."""
    item = door.running.record("sg-one")
    door.running.share(item)
    everybodys = door.data("panel-team", "notification", "list")["items"]
    assert everybodys
    assert {one["name"].split("/")[1] for one in door.data("person-one", "notification", "list")["items"]} == {"sg-one"}
    assert "sg-one" in door.done("panel-team", "notification", "list", "--safeguarder", "sg-one")


def test_the_rulebook_in_force_is_shown_read_again_and_compared(door: Door) -> None:
    """doors D3: GetRulebook, ReloadRulebook and CompareRulebookRevisions have commands."""
    state = door.data("panel-team", "rules", "state")
    assert door.done("panel-team", "rules", "state").startswith(
        f"Rulebook {state['hash'][:12]}, {state['rules']} rules"
    )
    assert door.data("editor", "rules", "reload")["hash"] == state["hash"]
    assert door.psmf("official", "rules", "reload").returncode == 4
    compared = door.psmf("panel-team", "rules", "compare", state["hash"], "--with", state["hash"])
    assert compared.returncode == 0, compared.stderr
    assert "Nothing differs." in compared.stderr


def test_the_practice_standards_are_read(door: Door) -> None:
    """doors D3: the editions of the standards have a command."""
    listed = door.data("person-one", "rules", "standards")["items"]
    for edition in listed:
        name = edition["name"].removeprefix("standardsEditions/")
        assert name in door.done("person-one", "rules", "standards")
        shown = door.done("person-one", "rules", "standards", name)
        assert all(f"{standard['standard']} {standard['title']}" in shown for standard in edition["standards"])


def test_the_team_has_everybody_evaluated(door: Door) -> None:
    """doors D3: EvaluateEveryone has a command."""
    assert "wait to be evaluated" in door.psmf("panel-team", "rules", "evaluate", "--dry-run").stdout
    assert "wait to be evaluated" in door.done("panel-team", "rules", "evaluate")


@pytest.mark.parametrize("group", ["alert", "concern"])
def test_a_day_on_which_the_office_is_closed_is_said_to_be_one(
    suite_together: Together, tmp_path: Path, group: str
) -> None:
    """doors D20: the next open day is taken, and the person who typed the other one is told why."""
    suite_together.appoint("sg-one")
    suite_together.pass_time(timedelta(days=18))  # a matter of safety is put off for a fortnight at most
    door = Door(suite_together, tmp_path)
    door.running.record("sg-one", evidence_class=items.EVIDENCE_CLASS_SAFETY, mappings=[a_mapping("S5.1")])
    door.running.settle()
    (found,) = [one for one in door.data("panel-team", group, "list")["items"] if one["rule"] == "confidentiality"]
    short = found["name"].rpartition("/")[2][:8]
    why = "The office is closed on 28 November 2026 (Saturday)."
    said = door.done("panel-team", group, "acknowledge", short, "--next-date", "2026-11-28")
    assert said.endswith(f"Next date: 1 December 2026. {why}\n"), "30 November is Saint Andrew's Day"
    assert why not in door.done("panel-team", group, "acknowledge", short, "--next-date", "2026-11-27")
    if group == "alert":
        snoozed = door.done(
            "panel-team", group, "snooze", short, "--until", "2026-11-28", "--reason", "awaiting-information"
        )
        assert snoozed == f"{short} comes back on 1 December 2026. {why}\n"


def test_why_says_that_evidence_does_not_answer(suite_together: Together, tmp_path: Path) -> None:
    """P19: without a word, an item of a partner's system would look like one that the Team entered."""
    suite_together.appoint("sg-one")
    door = Door(suite_together, tmp_path)
    door.running.record("sg-one", evidence_class=items.EVIDENCE_CLASS_SAFETY, mappings=[a_mapping("S5.1")])
    door.running.settle()
    (alert,) = [found for found in door.running.open_alerts("sg-one") if found.rule == "confidentiality"]
    assert "not shown" not in door.psmf("panel-team", "alert", "why", alert.name).stderr
    door.running.services["evidence"].process.server.server.stop(None).wait()
    answered = door.psmf("panel-team", "alert", "why", alert.name)
    assert answered.returncode == 0, answered.stderr
    assert "Whose system sent each item is not shown" in answered.stderr
