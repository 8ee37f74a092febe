"""docs/operations.md on a new release and on going back, with the real release before and every word it does not know.

Kind of fault: a release writes what the release before cannot read, and going back then stops more than it must.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import grpc
import pytest
from psmf.evidence.v1 import development_plans_pb2 as plans
from psmf.evidence.v1 import evidence_pb2 as evidence
from psmf.evidence.v1 import times_away_pb2 as times_away
from psmf.notifications.v1 import notifications_pb2 as inbox
from psmf.rules.v1 import concern_moves_pb2 as moves
from psmf.rules.v1 import rules_pb2 as rules
from psmf.scheduling.v1 import duties_pb2 as duties
from sqlalchemy import Connection

from services.build import build_version
from services.client.addresses import SERVICES
from services.client.client import Client
from services.client.tokens import Issuer
from services.demo.issuer import write_identity
from services.demo.supervisor import Supervisor
from services.demo.waiting import wait_until_read, wait_until_settled
from services.evidence.adapters.session_files import session_file
from services.evidence.handlers.session_records import lapse_due
from services.platform.calls.wire import to_date
from services.platform.clock import SystemClock
from services.platform.storage.database import Database, execute
from services.platform.storage.sqlite.library import library
from tests.builders import an_applicant, an_appointment, days_ago
from tests.operations.days_that_pass import days_of_duties_pass, the_office_asks
from tests.operations.every_new_word import (
    ANSWERED,
    AWAY,
    CALLED_OFF,
    DISCUSSED,
    GAPS,
    HANDED_OVER,
    HELD_TEXT,
    LEAVING,
    PEOPLE,
    RECORDED,
    SENIOR,
    TEAM,
    UNTOUCHED,
    Office,
    end_the_record,
    make_every_new_word,
    rule_files_with_dates,
)
from tests.operations.every_word_of_a_plan import weeks_pass
from tests.operations.every_word_of_an_approach import a_concern_ends
from tests.operations.new_words.made import made_words
from tests.operations.new_words.of_a_cover import delegations_pass
from tests.operations.new_words.of_a_recommendation import near_its_end
from tests.operations.new_words.of_a_review import a_review_waits_too_long
from tests.operations.new_words.of_an_emergency import accesses_pass
from tests.operations.release_before import new_words, psmf_of_before, release_before
from tests.suite import ask_psmf
from tests.waiting import until

pytestmark = pytest.mark.journey
Concerns = Mapping[str, set[tuple[Any, ...]]]
LEAK = "confidentiality"
LEAKED = (HELD_TEXT, HANDED_OVER, DISCUSSED, CALLED_OFF, ANSWERED)
"""People of whom the release before already had a concern about safety."""
NEWLY_LEAKED = (CALLED_OFF, AWAY, GAPS, UNTOUCHED)
"""People of whom it gets one only once it has come back: nobody spoke of it before, or it was dismissed."""
HELD_BACK = {(CALLED_OFF, "session-missed"), (CALLED_OFF, "training-missed")}
"""Concerns about absences of which a review was asked for. Only the release before raises them: it knows no reviews."""


class Installation:
    """A suite of which the release can be replaced by another one, over the same databases."""

    def __init__(self, supervisor: Supervisor, folder: Path, before: Mapping[str, str]) -> None:
        self.supervisor, self.folder, self.before = supervisor, folder, dict(before)
        self.client = Client(supervisor.addresses, Issuer(folder).metadata, 60.0)
        self.office = Office(self.client)
        self.rule_files = folder / "rule-files"

    def replace_all(self, environment: Mapping[str, str]) -> None:
        """Stop all services, then start all of another release. An empty environment is today's."""
        for service in SERVICES:
            self.supervisor.end(service)
        for service in SERVICES:
            self.start(service, environment)

    def start(self, service: str, environment: Mapping[str, str]) -> None:
        """Start a service that was stopped, as of a release."""
        todays = {"PSMF_RULEBOOK": str(self.rule_files)} if self.rule_files.exists() and service == "rules" else {}
        self.supervisor.environment[service] = dict(environment) or todays
        self.supervisor.restart(service)

    def a_night_passes(self) -> None:
        """Let rules begin the day once more, by rule files in which a date comes near.

        The service's clock is the machine's, so the day that it has begun is taken for the day before.
        """
        rule_files_with_dates(self.rule_files)
        self.supervisor.end("rules")
        yesterday = SystemClock().today() - timedelta(days=1)
        with library.connect(self.folder / "rules.db") as connection:
            connection.execute("UPDATE daily_run SET day = ?", (yesterday.isoformat(),))
        self.start("rules", {})
        wait_until_settled(self.client)

    def the_time_to_answer_passes(self) -> None:
        """Have the calendar close the record that waits for an answer.

        It does so ten working days after sharing, so the record is given a last day that passed weeks ago. The office
        may be closed today.
        """
        self.supervisor.end("evidence")
        database = Database(f"sqlite:///{self.folder / 'evidence.db'}")
        passed = (SystemClock().today() - timedelta(weeks=2)).isoformat()

        def lapse(tx: Connection) -> int:
            statement = (
                "UPDATE session_record SET answer_due_on = ?, body = json_set(body, '$.answer_due_on', ?) "
                "WHERE is_newest AND state = 'shared'"
            )
            execute(tx, statement, (passed, passed))
            execute(tx, "UPDATE known_duty SET due_on = ? WHERE kind = 'answer_record'", (passed,))
            return lapse_due(session_file(tx, SystemClock().now()), 10)

        assert database.write(lapse) == 1
        database.write(lambda tx: weeks_pass(tx, RECORDED))
        database.write(lambda tx: a_concern_ends(tx, RECORDED))
        database.write(lambda tx: a_review_waits_too_long(tx, self.folder / "people.json", RECORDED))
        database.close()
        self.start("evidence", {})
        wait_until_settled(self.client)

    def the_days_of_duties_pass(self) -> None:
        """Have scheduling begin another day once the agreed days are over, and the office ask for what is owed."""

        def pass_by(tx: Connection) -> None:
            days_of_duties_pass(tx, RECORDED)
            delegations_pass(tx)
            accesses_pass(tx)

        self._meanwhile("scheduling", pass_by)
        with library.connect(self.folder / "scheduling.db") as connection:
            until(lambda: connection.execute("SELECT day FROM daily_run").fetchone(), 200)
        wait_until_settled(self.client)
        self._meanwhile("notifications", lambda tx: the_office_asks(tx, self.folder / "people.json"))

    def _meanwhile(self, service: str, happens: Callable[[Connection], None]) -> None:
        """Let something happen in the database of a service that stands still."""
        self.supervisor.end(service)
        database = Database(f"sqlite:///{self.folder / service}.db")
        database.write(happens)
        database.close()
        self.start(service, {})
        wait_until_settled(self.client)

    def concerns(self) -> Concerns:
        """Return where every open concern stands, by person."""
        return {
            person: {(c.name, c.rule, c.subject, c.state, c.owner) for c in self.office.concerns(person)}
            for person in PEOPLE
        }

    def is_well(self) -> None:
        """Assert that today's release accounts for everything, and that every decision replays byte for byte."""
        for command in (("ops", "doctor"), ("ops", "ledger"), ("rules", "replay", "--all")):
            found = ask_psmf(self.folder, *command, "--as", "operator" if command[0] == "ops" else "policy-editor")
            assert found.returncode == 0, found.stdout + found.stderr

    def figures(self, service: str) -> Mapping[str, int]:
        """Return the figures of a service."""
        return self.client.status("operator", service).figures

    def not_answered(self) -> set[tuple[str, str]]:
        """Return which lists, and whether concerns, of whom the services cannot answer."""
        return {(what, person) for person in PEOPLE for what, ask in self._asked(person) if not _answers(ask)}

    def _asked(self, person: str) -> Iterator[tuple[str, Callable[[], Any]]]:
        items = evidence.ListEvidenceItemsRequest(parent=f"safeguarders/{person}")
        yield "items", partial(self.client.call, TEAM, self.client.evidence.ListEvidenceItems, items)
        yield "sessions", partial(self.office.sessions, person)
        yield "owed", partial(self.office.owed, person)
        yield "alerts", partial(self.office.alerts, person, "safety")
        for concern in self.office.concerns(person):
            request = rules.GetConcernRequest(name=concern.name)
            yield "concern", partial(self.client.call, TEAM, self.client.concerns.GetConcern, request)


def _answers(ask: Callable[[], Any]) -> bool:
    try:
        ask()
    except grpc.RpcError as error:
        if error.code() is grpc.StatusCode.INTERNAL:
            return False
        raise
    return True


def test_after_every_new_word_the_release_before_goes_on_for_all_but_one_person_and_nothing_is_lost(
    tmp_path: Path,
) -> None:
    """F3: nobody's evaluation waits but that of the one person of whom the release before cannot read something."""
    before, folder = tmp_path / "before", tmp_path / "suite"
    environment = release_before(before) | people_without_senders(folder)
    supervisor = Supervisor(folder, PEOPLE)
    supervisor.environment = dict.fromkeys(SERVICES, environment)
    with supervisor:
        run = Installation(supervisor, folder, environment)
        record_what_the_release_before_knows(run)
        known = run.concerns()

        run.replace_all({})
        wait_until_settled(run.client)
        assert {run.client.status("operator", service).version for service in SERVICES} == {build_version()}
        assert run.concerns() == known
        run.is_well()

        run.a_night_passes()
        make_every_new_word(run.office, run.rule_files)
        run.the_time_to_answer_passes()
        run.the_days_of_duties_pass()
        end_the_record(run.office)
        run.is_well()
        lacking = new_words(before) - made_words(run.office, folder)
        assert lacking == set(), "make these new words in tests/operations/every_new_word.py"
        made, plan = run.concerns(), the_plan(run)

        due, leave = a_leave_comes_while_only_scheduling_has_gone_back(run)
        run.replace_all(environment)
        the_release_before_goes_on(run)

        run.replace_all({})
        wait_until_settled(run.client)
        now = run.concerns()
        assert [made[person] - now[person] for person in PEOPLE if made[person] - now[person]] == []
        came = {(person, concern[1]) for person in PEOPLE for concern in now[person] - made[person]}
        assert came == {(person, LEAK) for person in NEWLY_LEAKED} | HELD_BACK
        assert run.not_answered() == set()
        assert the_plan(run) == plan
        run.is_well()
        what_was_forgotten_is_recorded_again(run, due, leave)


def people_without_senders(folder: Path) -> dict[str, str]:
    """Write a people file that the release before can read. Return the setting that names it."""
    folder.mkdir()
    write_identity(folder, PEOPLE)
    people = json.loads((folder / "people.json").read_text())
    file = folder / "people-of-the-release-before.json"
    for entry in people.values():
        del entry["sender"], entry["level"], entry["display_name"]
    file.write_text(json.dumps(people))
    return {"PSMF_PEOPLE_FILE": str(file)}


def record_what_the_release_before_knows(run: Installation) -> None:
    """Appoint everybody, with evidence about each, and end one alert in the way of a release that knew no acts."""
    until(lambda: run.figures("evidence")["standards_editions"], 200)
    for number, person in enumerate(PEOPLE):
        run.client.call(TEAM, run.client.safeguarders.CreateSafeguarder, an_applicant(person))
        decided = run.client.safeguarders.RecordMinisterialDecision
        since = near_its_end() if person in (HANDED_OVER, CALLED_OFF) else 270 + 10 * (number % 9)
        run.client.call("decision-recorder", decided, an_appointment(person, days_ago(since)))
        run.office.records(person)
    for person in LEAKED:
        run.office.records_a_leak(person)
    wait_until_settled(run.client)
    (alert,) = run.office.alerts(ANSWERED, "safety")
    end = inbox.ResolveAlertRequest(name=alert.name, outcome=inbox.ALERT_REASON_EXPLAINED)
    run.office.does(SENIOR, run.client.alerts.ResolveAlert, end)
    wait_until_settled(run.client)
    assert {LEAK for person in LEAKED} == {run.office.concern(person).rule for person in LEAKED}


def a_leave_comes_while_only_scheduling_has_gone_back(run: Installation) -> tuple[list[Any], str]:
    """Record a leave meanwhile. That release takes an event that it does not know as applied, and forgets it."""
    run.supervisor.end("scheduling")
    run.start("scheduling", run.before)
    due = due_dates(run)
    forgotten = run.office.grants_leave(AWAY, 10, 20)
    wait_until_read(run.client, "scheduling", "evidence")
    assert due_dates(run) == due
    return due, forgotten.name


def what_was_forgotten_is_recorded_again(run: Installation, due: list[Any], leave: str) -> None:
    """Show that the leave is not made good by itself, and that correcting it to the same days is enough."""
    assert due_dates(run) == due
    again = times_away.RecordTimeAwayRequest(
        parent=f"safeguarders/{AWAY}",
        time_away_id=leave.rpartition("/")[2],
        kind=times_away.TIME_AWAY_KIND_LEAVE,
        start_date=to_date(days_ago(-10)),
        end_date=to_date(days_ago(-20)),
    )
    run.office.does(TEAM, run.client.times_away.RecordTimeAway, again)
    wait_until_settled(run.client)
    assert due_dates(run) != due
    run.is_well()


def the_plan(run: Installation) -> list[Any]:
    """Return the plan of the person who has one, what is owed about them, and the supports of their concern."""
    parent, client = f"safeguarders/{RECORDED}", run.client
    read = plans.GetDevelopmentPlanRequest(name=f"{parent}/developmentPlan")
    plan = client.call(TEAM, client.plans.GetDevelopmentPlan, read)
    owed = client.call(TEAM, client.duties.ListDuties, duties.ListDutiesRequest(parent=parent, page_size=100)).duties
    return [plan, list(owed), list(run.office.concern(RECORDED).course.supports)]


def due_dates(run: Installation) -> list[Any]:
    """Return when each thing is due that is owed by the person who is away."""
    return [(owed.name, owed.due_date) for owed in run.office.owed(AWAY)]


def the_release_before_goes_on(run: Installation) -> None:
    """Record new evidence about everybody who serves, and look at what that release does with it."""
    for person in PEOPLE:
        if person != LEAVING:
            run.office.records_a_leak(person)
    # That release stores the whole course of the concern again, of which it knows a part.
    view = moves.RecordConcernViewRequest(name=run.office.concern(RECORDED).name, document="reply")
    view.view = moves.SAFEGUARDER_VIEW_GIVEN
    run.office.does(SENIOR, run.client.concerns.RecordConcernView, view)
    wait_until_read(run.client, "rules", "evidence")
    until(lambda: run.figures("rules")["facts_received"] - run.figures("rules")["facts_evaluated"] == 1, 200)
    figures = run.figures("rules")
    assert (figures["people_held"], figures["people_waiting"]) == (1, 1)
    raised = {person for person in PEOPLE if LEAK in {concern.rule for concern in run.office.concerns(person)}}
    assert raised == {*LEAKED, *NEWLY_LEAKED, RECORDED} - {GAPS}, "only the person who is held waits"
    for service in SERVICES:
        status = run.client.status("operator", service)
        assert status.dead == 0
    # What it cannot read it cannot show. Nobody else's record is touched.
    new_moves = {("concern", person) for person in (HANDED_OVER, GAPS, RECORDED)}
    assert run.not_answered() == {("items", HELD_TEXT), *new_moves}
    doctor = psmf_of_before(run.before, run.folder, "ops", "doctor")
    assert doctor.returncode == 1
    assert "1 people not evaluated" in doctor.stdout
    found = set(re.findall(r"Psmf\w+", doctor.stdout))
    assert found - {"PsmfEvaluationsWaiting"} == {"PsmfEvaluationsHeld", "PsmfRulebookRefused", "PsmfLedgerUnbalanced"}
