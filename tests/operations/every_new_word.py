"""Every word that the release before does not know, made by the public methods, about as few people as will do."""

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

from google.protobuf.message import Message
from google.protobuf.timestamp_pb2 import Timestamp
from psmf.evidence.v1 import development_plans_pb2 as plans
from psmf.evidence.v1 import evidence_pb2 as evidence
from psmf.evidence.v1 import safeguarder_pb2 as register
from psmf.evidence.v1 import session_records_pb2 as sessions
from psmf.evidence.v1 import times_away_pb2 as times_away
from psmf.notifications.v1 import notifications_pb2 as inbox
from psmf.rules.v1 import rules_pb2 as rules
from psmf.scheduling.v1 import scheduling_pb2 as scheduling

from services.client.client import Client
from services.demo.story.dates import with_the_date
from services.demo.waiting import wait_until_read, wait_until_settled
from services.platform.calls.wire import to_date
from services.rules.compose import HERE
from services.rules.domain.rulebook.dated import TOLD_AHEAD
from tests.builders import a_mapping, a_request_id, an_appointment, an_item_request, days_ago
from tests.operations.every_word_of_a_plan import Plan, make_every_word_of_a_plan
from tests.operations.every_word_of_a_record import every_word_of_a_record
from tests.operations.every_word_of_a_time_away import be_away
from tests.operations.every_word_of_an_approach import make_every_word_of_an_approach
from tests.operations.new_words.of_a_complaint import make_every_word_of_a_complaint
from tests.operations.new_words.of_a_cover import cover_and_link
from tests.operations.new_words.of_a_recommendation import make_every_word_of_a_recommendation
from tests.operations.new_words.of_a_review import ask_about_absences, make_every_word_of_a_review
from tests.operations.new_words.of_a_rulebook import make_every_word_of_a_rulebook
from tests.operations.new_words.of_a_sample import make_every_word_of_a_sample
from tests.operations.new_words.of_an_emergency import open_files
from tests.operations.new_words.of_feedback import make_every_word_of_feedback
from tests.operations.new_words.of_what_is_asked import ask_what_is_alike, make_every_word_of_what_is_asked
from tests.waiting import until

HELD_TEXT, HANDED_OVER, DISCUSSED, CALLED_OFF, AWAY, GAPS, LEAVING, ANSWERED, UNTOUCHED, RECORDED = PEOPLE = tuple(
    f"sg-000000{number:02}" for number in range(1, 11)
)
TEAM, SENIOR = "panel-team", "senior-manager-east"
MANAGERS = ["support-manager-east-1", "support-manager-east-2"]
NAMES_A_CHILD = "Little Jamie, born 3 May 2014, of 12 High Street"
FURTHER_EDITION = "standards/2099-01.yaml"
Settled = scheduling.AgendaItem


class Office:
    """What people do with the client, and what was seen of it in answers that no event tells."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.answers: list[Message] = []

    def does(self, person: str, method: Any, request: Any) -> Any:
        """Make a call as a person. A request that takes an id gets one."""
        if "request_id" in request.DESCRIPTOR.fields_by_name:
            request.request_id = request.request_id or a_request_id()
        answer = self.client.call(person, method, request)
        self.answers.append(answer)
        return answer

    def concerns(self, person: str) -> list[rules.Concern]:
        """Return every open concern about a person."""
        request = rules.ListConcernsRequest(parent=f"safeguarders/{person}")
        return list(self.client.pages(TEAM, self.client.concerns.ListConcerns, request, "concerns"))

    def concern(self, person: str, rule: str = "confidentiality") -> rules.Concern:
        """Return the concern that a rule raised about a person."""
        return next(concern for concern in self.concerns(person) if concern.rule == rule)

    def alerts(self, person: str, lane: str) -> list[inbox.Alert]:
        """Return the alerts about a person in a lane."""
        request = inbox.ListAlertsRequest(parent=f"safeguarders/{person}")
        found = self.client.pages(TEAM, self.client.alerts.ListAlerts, request, "alerts")
        return [alert for alert in found if alert.lane == lane]

    def manager_of(self, person: str) -> str:
        """Return the support manager of a person."""
        request = scheduling.GetAllocationRequest(parent=f"safeguarders/{person}")
        return str(self.does(TEAM, self.client.allocations.GetAllocation, request).support_manager)

    def sessions(self, person: str, upcoming_only: bool = True) -> list[scheduling.SupportSession]:
        """Return the support sessions of a person, earliest first."""
        request = scheduling.ListSupportSessionsRequest(
            parent=f"safeguarders/{person}", upcoming_only=upcoming_only, page_size=500
        )
        return list(self.does(TEAM, self.client.sessions.ListSupportSessions, request).support_sessions)

    def owed(self, person: str) -> list[scheduling.Obligation]:
        """Return what is owed in the year."""
        request = scheduling.ListObligationsRequest(parent=f"safeguarders/{person}")
        return list(self.does(TEAM, self.client.obligations.ListObligations, request).obligations)

    def records(self, person: str, **changes: Any) -> evidence.EvidenceItem:
        """Record an item of evidence."""
        request = an_item_request(person, **changes)
        item: evidence.EvidenceItem = self.client.call(TEAM, self.client.evidence.CreateEvidenceItem, request)
        return item

    def records_a_leak(self, person: str) -> evidence.EvidenceItem:
        """Record an item of safety, which raises a concern at once."""
        return self.records(person, mappings=[a_mapping("S5.1")], evidence_class=evidence.EVIDENCE_CLASS_SAFETY)

    def grants_leave(self, person: str, first_in_days: int, last_in_days: int) -> times_away.TimeAway:
        """Record a leave, between two days counted from today."""
        days = {"start_date": to_date(days_ago(-first_in_days)), "end_date": to_date(days_ago(-last_in_days))}
        request = times_away.RecordTimeAwayRequest(
            parent=f"safeguarders/{person}", kind=times_away.TIME_AWAY_KIND_LEAVE, **days
        )
        recorded: times_away.TimeAway = self.does(TEAM, self.client.times_away.RecordTimeAway, request)
        return recorded


def make_every_new_word(office: Office, rule_files: Path) -> None:
    """Do everything that today's release has a new word for. Rules must read the folder of rule files."""
    take_an_edition_back(office, rule_files)
    hold_a_text(office)
    be_away(office, AWAY, (GAPS, LEAVING))
    hand_over(office)
    put_off_and_fill_gaps(office)
    hold_trainings(office)
    discuss(office)
    write_a_record(office)
    work_on_a_plan(office)
    make_every_word_of_a_recommendation(office, HANDED_OVER, RECORDED)
    make_every_word_of_a_sample(office, DISCUSSED, CALLED_OFF, AWAY)
    call_off(office)
    leave_the_panel(office)
    cover_and_link(office, AWAY)
    open_files(office, AWAY)
    make_every_word_of_a_complaint(office, RECORDED)
    make_every_word_of_what_is_asked(office, DISCUSSED)
    make_every_word_of_a_rulebook(office)
    make_every_word_of_feedback(office, UNTOUCHED, rule_files.parent)
    wait_until_settled(office.client)


def rule_files_with_dates(folder: Path) -> None:
    """Copy the shipped rule files, with an edition of the far future and a date of which people are told today."""
    shutil.copytree(HERE / "rulebook", folder)
    parameters = folder / "parameters.yaml"
    parameters.write_text(with_the_date(parameters.read_text(), days_ago(-TOLD_AHEAD.days)))
    first = (folder / "standards" / "2015-07.yaml").read_text()
    further = first.replace("effective_from: 2016-04-25", "effective_from: 2099-01-01").replace("2015-07", "2099-01")
    (folder / FURTHER_EDITION).write_text(further)


def take_an_edition_back(office: Office, rule_files: Path) -> None:
    """Remove the edition of the far future, and have the rule files read again."""
    (rule_files / FURTHER_EDITION).unlink()
    office.does("policy-editor", office.client.rulebook.ReloadRulebook, rules.ReloadRulebookRequest())


def hold_a_text(office: Office) -> None:
    """Record an item with a text that looks as if it names a child."""
    said = {"summary": NAMES_A_CHILD, "case_reference": "case-5f5f"}
    office.records(HELD_TEXT, **said)
    ask_what_is_alike(office, HELD_TEXT, **said)


def hand_over(office: Office) -> None:
    """Give a person another support manager, while the one before owns a concern."""
    parent = f"safeguarders/{HANDED_OVER}"
    request = scheduling.GetAllocationRequest(parent=parent)
    manager = office.does(TEAM, office.client.allocations.GetAllocation, request).support_manager
    concern = office.concern(HANDED_OVER)
    taken_on = rules.AcknowledgeConcernRequest(name=concern.name, next_date=to_date(days_ago(-9)))
    office.does(manager, office.client.concerns.AcknowledgeConcern, taken_on)
    other = next(name for name in MANAGERS if name != manager)
    allocation = scheduling.CreateAllocationRequest(parent=parent, support_manager=other, reason="workload")
    office.does(TEAM, office.client.allocations.CreateAllocation, allocation)


def put_off_and_fill_gaps(office: Office) -> None:
    """Put one gap in the Team's evidence off, and say that another was made good."""
    later, filled, *_ = office.alerts(GAPS, "data_gap")
    request = inbox.SnoozeAlertRequest(
        name=later.name, until_date=to_date(days_ago(-9)), reason=inbox.ALERT_REASON_AWAITING_INFORMATION
    )
    office.does(SENIOR, office.client.alerts.SnoozeAlert, request)
    end = inbox.ResolveAlertRequest(name=filled.name, outcome=inbox.ALERT_REASON_GAP_FILLED)
    office.does(SENIOR, office.client.alerts.ResolveAlert, end)


def hold_trainings(office: Office) -> None:
    """Record one training event of each kind."""
    for name, kind in scheduling.TrainingKind.items():
        if kind:
            event = f"trainingEvents/{name.rpartition('_')[2].lower()}-training"
            held = [to_date(days_ago(20))]
            request = scheduling.RecordTrainingEventRequest(name=event, kind=name, held_dates=held, again=True)
            office.does(TEAM, office.client.trainings.RecordTrainingEvent, request)


def discuss(office: Office) -> None:
    """Hold a support session with praise and a concern on its agenda, and say how each item ended."""
    praise = evidence.POLARITY_PRAISE
    for indicator in ("S1.1", "S1.2"):
        said = [a_mapping(indicator, praise)]
        child = {"kind": evidence.EVIDENCE_KIND_COMMENDATION, "source": evidence.EVIDENCE_SOURCE_CHILD}
        office.records(DISCUSSED, **child, mappings=said)
        office.records(DISCUSSED, source=evidence.EVIDENCE_SOURCE_SHERIFF, mappings=said)
    wait_until_settled(office.client)
    session = _held_now(office, office.sessions(DISCUSSED)[0])
    acknowledged, carried, *_ = [item for item in session.agenda if item.lane == "excellence"]
    concern = next(item for item in session.agenda if item.lane == "safety")
    said_of = [
        (acknowledged, Settled.OUTCOME_ACKNOWLEDGED),
        (carried, Settled.OUTCOME_CARRIED_FORWARD),
        (concern, Settled.OUTCOME_NO_ACTION),
        (concern, Settled.OUTCOME_ACTION),
    ]
    for item, outcome in said_of:
        request = scheduling.SettleAgendaItemRequest(name=session.name, concern_id=item.concern_id, outcome=outcome)
        office.does(session.support_manager, office.client.sessions.SettleAgendaItem, request)


def write_a_record(office: Office) -> None:
    """Hold a session with something in each part of its papers, and share its record for the second time."""
    neutral = [a_mapping("S4.1", evidence.POLARITY_NEUTRAL)]
    news = office.records(RECORDED, source=evidence.EVIDENCE_SOURCE_SHERIFF, mappings=neutral).name
    office.records(RECORDED, mappings=neutral)
    office.records(RECORDED, mappings=[a_mapping("S1.1", evidence.POLARITY_PRAISE)])
    office.records_a_leak(RECORDED)
    wait_until_settled(office.client)
    moved = _moved(office, office.sessions(RECORDED)[0], datetime.now(UTC) + timedelta(days=1))
    wait_until_read(office.client, "evidence", "scheduling")
    records, person, manager = office.client.session_records, f"person-{RECORDED}", moved.support_manager
    own = sessions.AddOwnItemRequest(parent=moved.name, words="How to name other agencies")
    office.does(person, records.AddOwnItem, own)
    held = _held_now(office, moved)
    wait_until_settled(office.client)
    admit_a_late_item(office, held)
    pack = office.does(manager, records.GetSessionPack, sessions.GetSessionPackRequest(name=f"{held.name}/pack"))
    action = Plan(office, RECORDED, manager).proposes(manager).name
    text, name = every_word_of_a_record(pack, news, action), f"{held.name}/record"
    drafted = sessions.CreateSessionRecordRequest(parent=held.name, content=text)
    draft = office.does(manager, records.CreateSessionRecord, drafted)
    why = plans.UpdateDevelopmentPlanRequest(name=f"safeguarders/{RECORDED}/developmentPlan", not_final_because="Soon.")
    office.does(manager, office.client.plans.UpdateDevelopmentPlan, why)
    office.does(manager, records.ShareSessionRecord, sessions.ShareSessionRecordRequest(name=name, etag=draft.etag))
    wait_until_settled(office.client)
    disputes = [sessions.Dispute(section="S2", words="It was otherwise.")]
    answered = sessions.AnswerSessionRecordRequest(name=name, edition=1, disputes=disputes)
    disputed = office.does(person, records.AnswerSessionRecord, answered)
    wait_until_settled(office.client)
    responses = [sessions.DisputeResponse(section="S2", words="We see it so.")]
    end = sessions.CloseSessionRecordRequest(name=name, responses=responses, etag=disputed.etag)
    correct_the_record(office, office.does(manager, records.CloseSessionRecord, end))


def admit_a_late_item(office: Office, held: scheduling.SupportSession) -> None:
    """Offer two items that came too late for the papers of a session. The Safeguarder admits one of them."""
    records = office.client.session_records
    for _ in range(2):
        late = office.records(RECORDED, mappings=[a_mapping("S4.1", evidence.POLARITY_PRAISE)]).name
        offered = sessions.OfferLateItemRequest(parent=held.name, item=late)
        office.does(held.support_manager, records.OfferLateItem, offered)
    wait_until_settled(office.client)
    messages = inbox.ListNotificationsRequest(parent=f"safeguarders/{RECORDED}", page_size=500)
    office.does(TEAM, office.client.notifications.ListNotifications, messages)  # it goes once nothing waits any more
    read = office.does(TEAM, records.GetSessionPack, sessions.GetSessionPackRequest(name=f"{held.name}/pack"))
    entry = read.late_items[0].entry
    admitted = sessions.AdmitLateItemRequest(parent=held.name, item=entry.name, version=entry.version)
    office.does(f"person-{RECORDED}", records.AdmitLateItem, admitted)


def work_on_a_plan(office: Office) -> None:
    """Do everything that people do with a development plan."""
    manager, concern = office.manager_of(RECORDED), office.concern(RECORDED).name
    taken_on = rules.AcknowledgeConcernRequest(name=concern, next_date=to_date(days_ago(-9)))
    office.does(manager, office.client.concerns.AcknowledgeConcern, taken_on)
    plan = Plan(office, RECORDED, manager, concern)
    make_every_word_of_an_approach(plan)
    plan.does(manager, "AskForView", name=concern.replace("/concerns/", "/views/"))
    plan.reads_messages()  # it goes once the view is given
    make_every_word_of_a_plan(plan)
    make_every_word_of_a_review(office, plan, RECORDED)
    own = Plan(office, AWAY, office.manager_of(AWAY))
    own.comes_into_force()
    own.offers(own.names("Need"))
    wait_until_settled(office.client)
    read_the_next_papers(office)


def read_the_next_papers(office: Office) -> None:
    """Read the papers of the next session, which hold what is open in the plan."""
    to_come = _moved(office, office.sessions(RECORDED)[0], datetime.now(UTC) + timedelta(days=2))
    confirm = scheduling.ConfirmSupportSessionRequest(name=to_come.name)
    office.does(to_come.support_manager, office.client.sessions.ConfirmSupportSession, confirm)
    wait_until_settled(office.client)
    read = office.client.session_records.GetSessionPack
    office.does(to_come.support_manager, read, sessions.GetSessionPackRequest(name=f"{to_come.name}/pack"))


def correct_the_record(office: Office, record: sessions.SessionRecord) -> None:
    """Share another text of a record."""
    record.content.child_interest += " We met again."
    request = sessions.CorrectSessionRecordRequest(
        name=record.name, content=record.content, reason="We met again.", etag=record.etag
    )
    office.does(record.author, office.client.session_records.CorrectSessionRecord, request)
    wait_until_settled(office.client)


def end_the_record(office: Office) -> None:
    """Correct a record that closed without an answer, have the Safeguarder confirm it, and withdraw it."""
    records = office.client.session_records
    listed = sessions.ListSessionRecordsRequest(parent=f"safeguarders/{RECORDED}")
    (record,) = office.does(TEAM, records.ListSessionRecords, listed).session_records
    # The record is closed, so the papers of a later session say what has changed in the plan since.
    later = sessions.GetSessionPackRequest(name=f"{office.sessions(RECORDED)[-1].name}/pack")
    office.does(TEAM, records.GetSessionPack, later)
    correct_the_record(office, record)
    answer = sessions.AnswerSessionRecordRequest(name=record.name, edition=record.edition + 1)
    office.does(f"person-{RECORDED}", records.AnswerSessionRecord, answer)
    wait_until_settled(office.client)
    for person in (TEAM, SENIOR):
        asked = sessions.WithdrawSessionRecordRequest(name=record.name, reason="It did not take place.")
        office.does(person, records.WithdrawSessionRecord, asked)
    wait_until_settled(office.client)


def _moved(office: Office, session: scheduling.SupportSession, at: datetime) -> scheduling.SupportSession:
    start = Timestamp()
    start.FromDatetime(at)
    move = scheduling.RescheduleSupportSessionRequest(
        name=session.name, start_time=start, asked_by="team", reason="urgent"
    )
    moved: scheduling.SupportSession = office.does(
        session.support_manager, office.client.sessions.RescheduleSupportSession, move
    )
    return moved


def _held_now(office: Office, session: scheduling.SupportSession) -> scheduling.SupportSession:
    """Move a session to a moment that is just to come, and record that all were there."""
    at = datetime.now(UTC) + timedelta(seconds=2)
    moved = _moved(office, session, at)
    until(lambda: datetime.now(UTC) > at)
    for tried, answer in ((True, scheduling.YES_NO_NO), (False, scheduling.YES_NO_YES)):
        there = scheduling.RecordSupportSessionAttendanceRequest(name=moved.name, validate_only=tried)
        there.team_present_answer, there.mode = answer, scheduling.MODE_ONLINE
        there.attendance = scheduling.ATTENDANCE_ATTENDED
        office.answers.append(there)
        held = office.does(session.support_manager, office.client.sessions.RecordSupportSessionAttendance, there)
    return cast(scheduling.SupportSession, held)


def call_off(office: Office) -> None:
    """Cancel a session with a concern on its agenda, and dismiss the concern while it waits for the next session."""
    session = office.sessions(CALLED_OFF)[0]
    cancel = scheduling.CancelSupportSessionRequest(name=session.name, cancelled_by="team")
    office.does(session.support_manager, office.client.sessions.CancelSupportSession, cancel)
    dismiss = rules.DismissConcernRequest(name=office.concern(CALLED_OFF).name, reason=rules.CONCERN_REASON_EXPLAINED)
    office.does(SENIOR, office.client.concerns.DismissConcern, dismiss)
    to_come, soon = office.sessions(CALLED_OFF)[0], datetime.now(UTC) + timedelta(seconds=3)
    ask_about_absences(office, _moved(office, to_come, soon), soon)


def leave_the_panel(office: Office) -> None:
    """Record that a person resigned, whose plan was in force."""
    plan = Plan(office, LEAVING, office.manager_of(LEAVING))
    plan.comes_into_force()
    kind = register.RecordMinisterialDecisionRequest.KIND_ENDED
    request = an_appointment(LEAVING, days_ago(1), kind=kind, end_reason=register.END_REASON_RESIGNED)
    office.does("decision-recorder", office.client.safeguarders.RecordMinisterialDecision, request)
    plan.does(TEAM, "ListPlanHistory", parent=plan.parent)
