"""The days of a plan that pass, in the databases of services that stand still meanwhile.

The clock of a service is the machine's, so days that were agreed are stored as days gone by.
"""

import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from sqlalchemy import Connection

from services.calendar_days import london_today
from services.notifications.adapters.alerts import SqlAlerts
from services.notifications.adapters.duties import SqlDuties as SqlAsked
from services.notifications.adapters.ladders import read_ladders
from services.notifications.adapters.notifications import SqlNotifications
from services.notifications.adapters.people import DirectoryPeople
from services.notifications.domain.ladder import Ladders
from services.notifications.handlers.ask_for_duties import ask_for_duties
from services.notifications.handlers.context import AlertContext, Policy
from services.platform.calls.identity import Directory
from services.platform.calls.relations import acting_manager, delegates, linked_people
from services.platform.storage.database import execute
from services.scheduling.adapters.duties import SqlDuties
from services.scheduling.domain.duties.duties import Duty, DutyState, told
from services.scheduling.domain.duties.facts import ActionFact, Fact, SupportFact
from services.scheduling.domain.duties.states import ActionState, DutyKind, OwedBy
from services.scheduling.domain.identifiers import DutyId, SafeguarderId
from tests.builders import days_ago

AGREED, PROMISED, DUE = days_ago(90), days_ago(40), days_ago(30)


def days_of_duties_pass(tx: Connection, safeguarder_id: str) -> None:
    """Store every day that was agreed about a person as gone by. Scheduling begins its day once more when it starts."""
    duties, person = SqlDuties(tx, datetime.now(UTC)), SafeguarderId(safeguarder_id)
    for fact in duties.facts(person):
        duties.put_fact(person, _as_agreed_long_ago(fact))
    _years_pass(duties, person)
    execute(tx, "DELETE FROM daily_run")


def _years_pass(duties: SqlDuties, person: SafeguarderId) -> None:
    """Have the Team owe what it owes in the years from 2027, and what it owes once the last term is over."""
    told_last = max((duty.version for duty in duties.of(person)), default=0)
    for version, kind in enumerate((DutyKind.REVIEW_CONTINUING, DutyKind.RECORD_DECISION), told_last + 1):
        duty = Duty(
            DutyId(uuid.uuid4().hex), person, kind, OwedBy.PANEL_TEAM, "terms/1", AGREED.isoformat(),
            DutyState.RUNNING, AGREED, DUE, version=version,
        )  # fmt: skip
        duties.put([duty], [told(duty, datetime.now(UTC))])


def _as_agreed_long_ago(fact: Fact) -> Fact:
    if isinstance(fact, ActionFact) and fact.state is ActionState.OPEN:
        return replace(fact, opened_on=AGREED, due_on=DUE, due_days=())
    if isinstance(fact, SupportFact) and fact.first_promised_on is not None:
        return replace(fact, first_promised_on=PROMISED, promised_on=PROMISED)
    return fact


def the_office_asks(tx: Connection, people_file: Path) -> None:
    """Have everybody asked for what they owe as if its day were past, in the last hour in which the office was open."""
    execute(tx, "UPDATE duty SET due_on = ?, asked = 0 WHERE stands = 'running'", (DUE.isoformat(),))
    ladders = read_ladders()
    policy = Policy(
        group_for=timedelta(0), safety_tell_safeguarder=True, held_respond_within_working_days=1, ladders=ladders
    )
    people = DirectoryPeople(Directory(people_file))
    kept = SqlAlerts(tx), SqlAsked(tx), SqlNotifications(tx)
    at, new_id = _last_office_hour(ladders), lambda: uuid.uuid4().hex
    near = partial(acting_manager, tx), partial(linked_people, tx), partial(delegates, tx, today=london_today(at))
    ask_for_duties(AlertContext(*kept, people, *near, policy, at, new_id))


def _last_office_hour(ladders: Ladders) -> datetime:
    at = datetime.now(UTC)
    while not ladders.office.is_open(at):
        at -= timedelta(hours=1)
    return at
