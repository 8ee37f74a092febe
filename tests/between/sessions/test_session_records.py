"""What the record of a support session says is so wherever it is read, and nothing in it rests on silence.

The kind that this file closes: evidence keeps the words, scheduling the agenda and rules the concern. Each follows the
newest version of the record, however late, often or mixed its events come.
"""

import random
from datetime import timedelta
from typing import Any

import grpc
from hypothesis import given, settings
from hypothesis import strategies as st
from psmf.evidence.v1 import development_plans_pb2 as plans
from psmf.evidence.v1 import evidence_pb2 as items
from psmf.evidence.v1 import session_records_pb2 as pb
from psmf.notifications.v1 import notifications_pb2 as inbox
from psmf.scheduling.v1 import scheduling_pb2 as schedule

from services.evidence.adapters.session_records import SqlSessionRecords
from services.evidence.domain.sessions.record import Ending, RecordState
from services.platform.calls.wire import from_instant, to_date
from services.platform.storage.database import count_rows
from services.scheduling.adapters.store import SqlSchedules
from services.scheduling.domain.identifiers import SafeguarderId
from services.scheduling.domain.schedule import Schedule
from services.scheduling.domain.sessions.sessions import SupportSession
from tests.answers import refused
from tests.between.figures.ledger import judged
from tests.between.sessions.build import OUTCOME, SECTION, attend, content_of, give_reasons
from tests.between.together import Together
from tests.builders import a_mapping, a_request_id
from tests.sizes import part_of

PERSON, TEAM, SENIOR = "person-one", "panel-team", "senior-manager"
SAFETY: dict[str, Any] = {"evidence_class": items.EVIDENCE_CLASS_SAFETY, "mappings": [a_mapping("S5.1")]}
READERS = ("rules", "scheduling", "notifications")


class Meeting:
    """One session of a person with a concern on its agenda, held, and both sides at its record."""

    def __init__(self, running: Together) -> None:
        self.running = running
        running.appoint("sg-one")
        running.record("sg-one", mappings=[a_mapping("S4.1", items.POLARITY_PRAISE)])
        running.record("sg-one", **SAFETY)
        running.settle()
        request = schedule.ListSupportSessionsRequest(parent="safeguarders/sg-one")
        listed = running.sessions.ListSupportSessions(request, **running.as_(TEAM)).support_sessions
        session = next(one for one in listed if one.agenda)
        self.name, self.manager = session.name, session.support_manager
        self.concern = session.agenda[0].concern_id
        self.section = f"safeguarders/sg-one/concerns/{self.concern}"
        confirmed = schedule.ConfirmSupportSessionRequest(name=self.name, request_id=a_request_id())
        running.sessions.ConfirmSupportSession(confirmed, **running.as_(self.manager))
        running.pass_time(from_instant(session.start_time) + timedelta(hours=2) - running.clock.now())
        self.attend(schedule.ATTENDANCE_ATTENDED)
        give_reasons(running, "sg-one", self.manager)
        running.settle()

    def attend(self, word: Any) -> None:
        attend(self.running, self.name, word)

    def pack(self, person: str = TEAM) -> pb.SessionPack:
        request = pb.GetSessionPackRequest(name=f"{self.name}/pack")
        found: pb.SessionPack = self.running.session_records.GetSessionPack(request, **self.running.as_(person))
        return found

    def record(self) -> pb.SessionRecord:
        request = pb.GetSessionRecordRequest(name=f"{self.name}/record")
        reader = self.running.as_(self.manager)
        found: pb.SessionRecord = self.running.session_records.GetSessionRecord(request, **reader)
        return found

    def content(self, outcome: Any = OUTCOME.WORD_NO_ACTION, interest: str = "Each child was met.") -> pb.RecordContent:
        return content_of(self.pack(), outcome, self.section, interest)

    def call(self, method: str, person: str, **fields: Any) -> pb.SessionRecord:
        named = {"parent": self.name} if method == "CreateSessionRecord" else {"name": f"{self.name}/record"}
        request = getattr(pb, f"{method}Request")(request_id=a_request_id(), **named, **fields)
        answer: pb.SessionRecord = getattr(self.running.session_records, method)(request, **self.running.as_(person))
        return answer

    def action(self) -> str:
        """Return the name of an action that the support manager has just proposed."""
        kinds, day = plans.Action, to_date(self.running.ago(-60))
        request = plans.CreateActionRequest(
            parent="safeguarders/sg-one", kind=kinds.KIND_REFLECT, purpose=kinds.PURPOSE_IMPROVE, standard="S4",
            aim="Speak with each agency.", measure="Each report names them.", owner=kinds.OWNER_SAFEGUARDER,
            due_date=day, request_id=a_request_id(), again=True,
        )  # fmt: skip
        proposed: plans.Action = self.running.plans.CreateAction(request, **self.running.as_(self.manager))
        return proposed.name

    def share(self, outcome: Any = OUTCOME.WORD_NO_ACTION) -> pb.SessionRecord:
        drafted = self.call("CreateSessionRecord", self.manager, content=self.content(outcome))
        return self.call("ShareSessionRecord", self.manager, etag=drafted.etag)

    def schedule(self) -> Schedule:
        """Return what scheduling has of the person."""
        with self.running.services["scheduling"].database.read() as connection:
            found = SqlSchedules(connection, self.running.clock.now()).find(SafeguarderId("sg-one"))
        assert found is not None
        return found

    def slot(self) -> SupportSession:
        """Return the session as scheduling has it."""
        return next(one for one in self.schedule().sessions if self.name.endswith(one.session_id))

    def waits_for_a_session(self) -> bool:
        """Return whether the concern is to be discussed at another session."""
        known = self.schedule()
        items = [*known.waiting, *(item for one in known.sessions for item in one.unsettled)]
        return self.concern in [item.concern_id for item in items]

    def outcome(self) -> str:
        """Return how the concern ended at the session, as scheduling has it."""
        return next(str(item.outcome) for item in self.slot().agenda if item.concern_id == self.concern)

    def told(self, recipient: str) -> list[str]:
        """Return what notifications told somebody about the person, newest last."""
        request = inbox.ListNotificationsRequest(parent="safeguarders/sg-one", page_size=500)
        found = self.running.notifications.ListNotifications(request, **self.running.as_(TEAM)).notifications
        return [one.subject for one in found if one.recipient == recipient]


def test_a_confirmed_record_settles_the_agenda_and_both_sides_are_told(suite_together: Together) -> None:
    meeting = suite_together.begun(Meeting)
    assert meeting.pack().state == pb.SessionPack.STATE_FROZEN
    assert meeting.pack().entries[0].section == SECTION.SECTION_PRAISE
    shared = meeting.share()
    suite_together.settle()
    assert meeting.outcome() == "carried_forward", "an answer is awaited, so nothing is settled"
    meeting.call("AnswerSessionRecord", PERSON, edition=shared.edition)
    suite_together.settle()
    assert meeting.outcome() == "no_action"
    assert judged(suite_together, "records-in-time") == [("counted", [])]
    assert judged(suite_together, "records-disputed") == [("short", [])]
    assert judged(suite_together, "plans-final") == [("short", ["Not by the first session, and a reason was given"])]
    assert not meeting.waits_for_a_session()
    assert meeting.slot().record_closed_at is not None
    assert "confidentiality" in suite_together.open_concerns("sg-one"), "a record closes no concern"


def test_what_the_safeguarder_disputes_is_carried_to_the_next_session(suite_together: Together) -> None:
    meeting = suite_together.begun(Meeting)
    shared = meeting.share()
    section = meeting.section
    disputes = [pb.Dispute(section=section, words="It was otherwise.")]
    disputed = meeting.call("AnswerSessionRecord", PERSON, edition=shared.edition, disputes=disputes)
    responses = [pb.DisputeResponse(section=section, words="We see it so.")]
    meeting.call("CloseSessionRecord", meeting.manager, etag=disputed.etag, responses=responses)
    suite_together.settle()
    assert meeting.outcome() == "carried_forward"
    assert meeting.waits_for_a_session()
    assert judged(suite_together, "records-disputed") == [("counted", [])]


def test_attendance_of_a_closed_record_is_corrected_only_after_two_people_withdrew_it(suite_together: Together) -> None:
    meeting = suite_together.begun(Meeting)
    meeting.call("AnswerSessionRecord", PERSON, edition=meeting.share().edition)
    suite_together.settle()
    answer = refused(lambda: meeting.attend(schedule.ATTENDANCE_ABSENT_EXCUSED))
    assert answer.reason == "SESSION_CANNOT_BE_RECORDED"
    meeting.call("WithdrawSessionRecord", TEAM, reason="It did not take place.")
    meeting.call("WithdrawSessionRecord", SENIOR)
    suite_together.settle()
    meeting.attend(schedule.ATTENDANCE_ABSENT_EXCUSED)
    suite_together.settle()
    assert meeting.waits_for_a_session()


_ASKED = ("share", "confirm", "dispute", "close", "correct", "withdraw")
_MOVES = st.sampled_from((*_ASKED, "days", "late", "twice", "start"))
REFUSALS = (grpc.StatusCode.FAILED_PRECONDITION, grpc.StatusCode.INVALID_ARGUMENT, grpc.StatusCode.NOT_FOUND)


def test_source_agenda_and_rules_agree_after_any_course_of_a_record(suite_together: Together) -> None:
    """Moves of both sides, allowed or not, days that pass, events that come late or twice, services that restart."""
    meeting = suite_together.begun(Meeting)
    meeting.call("CreateSessionRecord", meeting.manager, content=meeting.content())
    confirmed: set[int] = set()

    # One course begins where the one before ended. So what it chooses comes from a seed, and not from draws that the
    # state decides on: those would differ when Hypothesis tries a course again.
    @given(st.lists(_MOVES, max_size=6), st.integers(0, 1_000_000))
    @settings(max_examples=part_of(60), deadline=None)
    def hold(moves: list[str], seed: int) -> None:
        choices = random.Random(seed)
        for move in moves:
            _do(meeting, move, choices, confirmed)
        suite_together.held_back.clear()
        suite_together.settle()
        _agree(meeting, confirmed)

    hold()


def _do(meeting: Meeting, move: str, choices: random.Random, confirmed: set[int]) -> None:
    running, record = meeting.running, meeting.record()
    if move == "days":
        running.pass_time(timedelta(days=choices.choice((1, 15))))
    elif move == "late":
        running.held_back.add((choices.choice(READERS), "evidence"))
    elif move == "twice":
        running.deliver_again(choices.choice(READERS), "evidence", choices)
    elif move == "start":
        running.restart(choices.choice((*READERS, "evidence")))
    else:
        try:
            _ask(meeting, move, record, choices, confirmed)
        except grpc.RpcError as refusal:
            if refusal.code() not in REFUSALS:
                raise
        running.settle()


def _ask(meeting: Meeting, move: str, record: pb.SessionRecord, choices: random.Random, confirmed: set[int]) -> None:
    manager, section = meeting.manager, record.content.outcomes[-1].item
    if move == "share":
        meeting.call("ShareSessionRecord", manager, etag=record.etag)
    elif move == "confirm":
        meeting.call("AnswerSessionRecord", PERSON, edition=record.edition)
        confirmed.add(record.edition)
    elif move == "dispute":
        disputes = [pb.Dispute(section=section, words="It was otherwise.")]
        meeting.call("AnswerSessionRecord", PERSON, edition=record.edition, disputes=disputes)
    elif move == "close":
        responses = [pb.DisputeResponse(section=section, words="We see it so.")]
        meeting.call("CloseSessionRecord", manager, etag=record.etag, responses=responses)
    elif move == "correct":
        word = choices.choice((OUTCOME.WORD_NO_ACTION, OUTCOME.WORD_ACTION, OUTCOME.WORD_CARRIED_FORWARD))
        content = meeting.content(word, f"Text {record.edition + 1}.")
        for said in content.outcomes:
            said.action = meeting.action() if said.word == OUTCOME.WORD_ACTION else ""
        meeting.call("CorrectSessionRecord", manager, content=content, reason="We met again.", etag=record.etag)
    elif choices.random() < 0.2:
        meeting.call("WithdrawSessionRecord", choices.choice((TEAM, SENIOR)), reason="It did not take place.")


def _agree(meeting: Meeting, confirmed: set[int]) -> None:
    running = meeting.running
    with running.services["evidence"].database.read() as connection:
        record = SqlSessionRecords(connection).find(meeting.name.rpartition("/")[2])
    assert record is not None
    for name, service in running.services.items():
        with service.database.read() as connection:
            assert count_rows(connection, "dead_letter") == 0, f"{name} could not apply an event"
    slot = meeting.slot()
    assert slot.record_version == (record.version if record.was_shared else 0)
    if record.ending is Ending.CONFIRMED:
        assert record.edition in confirmed, "silence is never agreement"
    if record.state is RecordState.CLOSED:
        said = record.content.outcomes[-1]
        settled = "carried_forward" if said.item in record.disputed_sections else str(said.word)
        assert meeting.outcome() == settled
    assert (slot.record_closed_at is not None) or record.state is not RecordState.CLOSED
    assert meeting.pack(PERSON).entries == meeting.pack().entries, "both sides see the same papers"
