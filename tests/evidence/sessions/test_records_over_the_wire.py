"""The papers and the record of a session as both sides work on them, over gRPC."""

import zlib
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from psmf.evidence.v1 import development_plans_pb2 as plans
from psmf.evidence.v1 import development_plans_pb2_grpc, session_records_pb2_grpc
from psmf.evidence.v1 import evidence_pb2 as items
from psmf.evidence.v1 import session_records_pb2 as pb
from psmf.scheduling.v1 import events_pb2, scheduling_pb2

from services.platform.calls.wire import to_instant
from tests.answers import refused
from tests.builders import a_mapping, a_request_id
from tests.databases import read_rows
from tests.evidence.conftest import Evidence
from tests.evidence.steps import appoint, give_a_reason, record
from tests.waiting import until

MANAGER, PERSON, TEAM = "manager-one", "person-one", "panel-team"
STATES = scheduling_pb2.SupportSession
WORDS, VIEWS = pb.AgendaOutcome, pb.StandardView


def session(person: str, name: str, version: int, state: Any, **changes: Any) -> events_pb2.SupportSessionChanged:
    now = datetime.now(UTC)
    message = events_pb2.SupportSessionChanged(
        safeguarder_id=person,
        session_id=name,
        version=version,
        state=state,
        number=changes.pop("number", 1),
        change_time=to_instant(now),
        start_time=to_instant(changes.pop("starts", now + timedelta(days=1))),
        agenda=[events_pb2.AgendaFact(concern_id="late-reports", lane="support_need")],
        mode=scheduling_pb2.MODE_ONLINE,
    )
    if freezes := changes.pop("freezes", None):
        message.freeze_time.CopyFrom(to_instant(freezes))
    return message


class Desk:
    """Both sides at work on one session."""

    def __init__(self, evidence: Evidence, name: str, person: str = "sg-one") -> None:
        self.person = person
        self.evidence = evidence
        self.stub = session_records_pb2_grpc.SessionRecordServiceStub(evidence.channel)
        self.session = f"safeguarders/{person}/supportSessions/{name}"
        self.name = name

    def hear(self, version: int, state: Any, **changes: Any) -> None:
        """Have evidence hear of the session, and wait until it knows that version."""
        self.evidence.scheduling.publish(self.person, session(self.person, self.name, version, state, **changes))
        statement = f"SELECT 1 FROM session_slot WHERE session_id = '{self.name}' AND version = {version}"  # noqa: S608
        until(lambda: self.evidence_rows(statement))

    def evidence_rows(self, statement: str) -> bool:
        return bool(read_rows(self.evidence.file, statement))

    def pack(self, person: str = MANAGER, *, with_named: bool = False) -> pb.SessionPack:
        request = pb.GetSessionPackRequest(name=f"{self.session}/pack", with_named=with_named)
        found: pb.SessionPack = self.stub.GetSessionPack(request, **self.evidence.as_(person))
        return found

    def call(self, method: str, person: str = MANAGER, **fields: Any) -> pb.SessionRecord:
        request_type = getattr(pb, f"{method}Request")
        named = {} if "parent" in fields else {"name": f"{self.session}/record"}
        request = request_type(request_id=a_request_id(), **named, **fields)
        answer: pb.SessionRecord = getattr(self.stub, method)(request, **self.evidence.as_(person))
        return answer

    def read(self, person: str = MANAGER, edition: int = 0) -> pb.SessionRecord:
        request = pb.GetSessionRecordRequest(name=f"{self.session}/record", edition=edition)
        found: pb.SessionRecord = self.stub.GetSessionRecord(request, **self.evidence.as_(person))
        return found

    def complete(self) -> pb.RecordContent:
        """Return a record with everything that these papers ask for."""
        pack = self.pack()
        praise = [entry.name for entry in pack.entries if entry.section == pb.PackEntry.SECTION_PRAISE]
        rest = [
            entry.name
            for entry in pack.entries
            if entry.section in (pb.PackEntry.SECTION_CONCERN, pb.PackEntry.SECTION_CARRIED)
        ]
        outcomes = [pb.AgendaOutcome(item=name, word=WORDS.WORD_ACKNOWLEDGED) for name in praise]
        outcomes += [pb.AgendaOutcome(item=name, word=WORDS.WORD_NO_ACTION, words="It is over.") for name in rest]
        outcomes += [
            pb.AgendaOutcome(item=own.name, word=WORDS.WORD_SETTLED, words="We spoke of it.") for own in pack.own_items
        ]
        views = [pb.StandardView(standard=standard, word=VIEWS.WORD_NO_NEW_EVIDENCE) for standard in ("S4", "S5")]
        return pb.RecordContent(views=views, outcomes=outcomes, child_interest="Each child was met.")

    def shared(self) -> pb.SessionRecord:
        """Return the record, drafted and shared."""
        drafted = self.call("CreateSessionRecord", parent=self.session, content=self.complete())
        return self.call("ShareSessionRecord", etag=drafted.etag)


@pytest.fixture(scope="module", autouse=True)
def _appointed(evidence: Evidence) -> None:
    """The person is appointed, and their support manager has said why the plan of the term is not final."""
    appoint(evidence, "sg-one")
    give_a_reason(evidence)


@pytest.fixture
def desk(evidence: Evidence, request: pytest.FixtureRequest) -> Desk:
    """A session that was held an hour ago, with papers that were frozen just before."""
    desk = Desk(evidence, f"x{zlib.crc32(request.function.__name__.encode())}")
    now = datetime.now(UTC)
    times = {"starts": now - timedelta(hours=1), "freezes": now - timedelta(minutes=1)}
    desk.hear(1, STATES.STATE_CONFIRMED, **times)
    desk.hear(2, STATES.STATE_HELD, **times)
    return desk


def test_papers_grow_until_they_are_frozen_and_then_stay(evidence: Evidence) -> None:
    desk = Desk(evidence, "grows")
    desk.hear(1, STATES.STATE_PROPOSED)
    praise = record(evidence, mappings=[a_mapping("S4.1", items.POLARITY_PRAISE)])
    hidden = record(evidence)
    grown = desk.pack()
    assert grown.state == pb.SessionPack.STATE_GROWING
    assert praise.name in [entry.name for entry in grown.entries]
    assert hidden.name not in [entry.name for entry in grown.entries]
    assert grown.items_not_shared >= 1
    assert desk.pack(PERSON).items_not_shared == 0, "what a person may not see is not counted for them"
    desk.hear(2, STATES.STATE_CONFIRMED, freezes=datetime.now(UTC))
    frozen = desk.pack()
    assert frozen.state == pb.SessionPack.STATE_FROZEN
    assert frozen.entries[0].section == pb.PackEntry.SECTION_PRAISE
    assert [entry.name for entry in frozen.entries] == [entry.name for entry in grown.entries]
    late = record(evidence, mappings=[a_mapping("S5.1", items.POLARITY_PRAISE)])
    again = desk.pack(PERSON)
    assert late.name not in [entry.name for entry in again.entries], "what comes later goes to the next session"
    assert (again.hash, again.entries) == (frozen.hash, frozen.entries), "both sides see the same papers"


def test_papers_bring_what_they_name_as_the_reader_may_read_it(evidence: Evidence) -> None:
    """A page of papers asks once in place of once for the papers, once for every item and once for the plan."""
    desk = Desk(evidence, "named")
    desk.hear(1, STATES.STATE_PROPOSED)
    praise = record(evidence, mappings=[a_mapping("S4.1", items.POLARITY_PRAISE)])
    hidden = record(evidence)
    assert not desk.pack().HasField("named"), "nobody asked for it"
    for reader in (MANAGER, PERSON):
        found = desk.pack(reader, with_named=True)
        named = {one.name: one for one in found.named.evidence_items}
        assert set(named) == {entry.name for entry in found.entries if "/evidenceItems/" in entry.name}
        assert hidden.name not in named
        alone = items.GetEvidenceItemRequest(name=praise.name)
        assert named[praise.name] == evidence.items.GetEvidenceItem(alone, **evidence.as_(reader))
        plan = plans.GetDevelopmentPlanRequest(name="safeguarders/sg-one/developmentPlan")
        stub = development_plans_pb2_grpc.DevelopmentPlanServiceStub(evidence.channel)
        assert found.named.development_plan == stub.GetDevelopmentPlan(plan, **evidence.as_(reader))


def test_a_safeguarder_adds_their_own_items_until_the_session_begins(evidence: Evidence, desk: Desk) -> None:
    to_come = Desk(evidence, "to-come")
    to_come.hear(1, STATES.STATE_PROPOSED)
    words = "How reports should name other agencies"
    request = pb.AddOwnItemRequest(parent=to_come.session, words=words, request_id=a_request_id())
    for _repeat in range(2):
        added = to_come.stub.AddOwnItem(request, **evidence.as_(PERSON))
    request.request_id = a_request_id()
    added = to_come.stub.AddOwnItem(request, **evidence.as_(PERSON))
    assert [own.words for own in added.own_items] == [words], "the same words are one item (P17)"
    request = pb.AddOwnItemRequest(parent=desk.session, words="Too late")
    assert refused(lambda: desk.stub.AddOwnItem(request, **evidence.as_(PERSON))).reason == "SESSION_BEGUN"


def test_an_own_item_goes_along_when_its_session_is_moved_or_does_not_take_place(evidence: Evidence) -> None:
    before, after = Desk(evidence, "moved"), Desk(evidence, "takes-its-place")
    before.hear(1, STATES.STATE_CONFIRMED)
    request = pb.AddOwnItemRequest(parent=before.session, words="How to word a plan")
    before.stub.AddOwnItem(request, **evidence.as_(PERSON))
    before.hear(2, STATES.STATE_RESCHEDULED)
    after.hear(1, STATES.STATE_PROPOSED, starts=datetime.now(UTC) + timedelta(days=2))
    assert "How to word a plan" in [own.words for own in after.pack(PERSON).own_items]
    assert before.pack().state == pb.SessionPack.STATE_VOID


def test_a_record_is_corrected_after_a_later_one_ended_what_it_had_carried(evidence: Evidence) -> None:
    """An own item was still open at the first session, whatever became of it at the second."""
    off, first, second = (Desk(evidence, name) for name in ("called-off", "first", "second"))
    off.hear(1, STATES.STATE_PROPOSED)
    request = pb.AddOwnItemRequest(parent=off.session, words="How to word a plan in time")
    own = off.stub.AddOwnItem(request, **evidence.as_(PERSON)).own_items[-1].name
    off.hear(2, STATES.STATE_CANCELLED)
    start = datetime.now(UTC)
    for place, desk in enumerate((first, second), start=1):
        times = {"starts": start + timedelta(milliseconds=place), "freezes": start}
        desk.hear(1, STATES.STATE_HELD, **times)
    carried = first.complete()
    for said in carried.outcomes:
        if said.item == own:
            said.word, said.words = WORDS.WORD_CARRIED_FORWARD, "No time."
    drafted = first.call("CreateSessionRecord", parent=first.session, content=carried)
    shared = first.call("ShareSessionRecord", etag=drafted.etag)
    closed = first.call("AnswerSessionRecord", PERSON, edition=shared.edition)
    assert own in [item.name for item in second.pack().own_items]
    second.shared()
    carried.child_interest = "Each child was met twice."
    corrected = first.call("CorrectSessionRecord", etag=closed.etag, content=carried, reason="We had forgotten it.")
    assert corrected.edition == 2


def test_a_draft_is_for_its_writers_and_a_shared_record_for_both_sides(desk: Desk) -> None:
    draft = desk.call("CreateSessionRecord", parent=desk.session)
    assert draft.state == pb.SessionRecord.STATE_DRAFTED
    for other in (PERSON, TEAM):
        assert refused(partial(desk.read, other)).reason == "SESSION_RECORD_NOT_FOUND"
    assert refused(lambda: desk.call("ShareSessionRecord", etag=draft.etag)).reason == "RECORD_INCOMPLETE"
    changed = desk.call("UpdateSessionRecord", etag=draft.etag, content=desk.complete())
    assert refused(lambda: desk.call("ShareSessionRecord", etag=draft.etag)).reason == "ETAG_MISMATCH"
    shared = desk.call("ShareSessionRecord", etag=changed.etag)
    assert desk.read(PERSON) == desk.read(TEAM) == shared
    assert shared.HasField("answer_due_date")
    assert desk.pack().state == pb.SessionPack.STATE_USED


def test_a_disputed_record_keeps_both_texts_side_by_side(desk: Desk) -> None:
    shared = desk.shared()
    dispute = pb.Dispute(section="S4", words="I see it otherwise.")
    disputed = desk.call("AnswerSessionRecord", PERSON, edition=shared.edition, disputes=[dispute])
    assert disputed.state == pb.SessionRecord.STATE_DISPUTED
    response = pb.DisputeResponse(section="S4", words="We keep both.")
    closed = desk.call("CloseSessionRecord", etag=disputed.etag, responses=[response])
    assert closed.ending == pb.SessionRecord.ENDING_DISPUTED
    assert closed.answer.disputes[0].response == "We keep both."
    text = closed.content
    text.views[0].words = "We agree on this now."
    corrected = desk.call("CorrectSessionRecord", etag=closed.etag, content=text, reason="We met again.")
    assert (corrected.edition, corrected.state) == (2, pb.SessionRecord.STATE_SHARED)
    confirmed = desk.call("AnswerSessionRecord", PERSON, edition=2)
    assert confirmed.ending == pb.SessionRecord.ENDING_CONFIRMED
    assert desk.read(PERSON, edition=1).answer.disputes[0].words == "I see it otherwise."


def test_a_text_that_may_name_a_child_is_refused_with_its_place(desk: Desk) -> None:
    text = desk.complete()
    text.outcomes[-1].words = "little Maisie Blackwood was not met"
    answer = refused(lambda: desk.call("CreateSessionRecord", parent=desk.session, content=text))
    assert answer.reason == "TEXT_MAY_NAME_A_CHILD"
    assert "Maisie" not in str(answer)


def test_two_people_withdraw_a_record(desk: Desk) -> None:
    desk.shared()
    asked = desk.call("WithdrawSessionRecord", TEAM, reason="It did not take place.")
    assert asked.withdrawal_asked_by
    assert refused(lambda: desk.call("WithdrawSessionRecord", TEAM)).reason == "SECOND_PERSON_NEEDED"
    withdrawn = desk.call("WithdrawSessionRecord", "senior-manager")
    assert withdrawn.state == pb.SessionRecord.STATE_WITHDRAWN


def test_a_session_of_somebody_else_is_not_found(evidence: Evidence, desk: Desk) -> None:
    appoint(evidence, "sg-two")
    for name in ("safeguarders/sg-two/supportSessions/" + desk.name, "safeguarders/sg-one/supportSessions/none"):
        request = pb.GetSessionPackRequest(name=f"{name}/pack")
        answer = refused(partial(desk.stub.GetSessionPack, request, **evidence.as_(TEAM)))
        assert answer.reason == "SESSION_NOT_FOUND"


def test_a_record_is_shared_once_the_plan_of_its_term_is_final_or_says_why_not(evidence: Evidence) -> None:
    """R106: a person whose plan nobody has confirmed. An extra one-to-one needs no plan."""
    appoint(evidence, "sg-no-plan")
    allocated = events_pb2.SupportManagerAllocated(safeguarder_id="sg-no-plan", support_manager=MANAGER)
    evidence.scheduling.publish("sg-no-plan", allocated)
    desk = Desk(evidence, "without-a-plan", "sg-no-plan")
    now = datetime.now(UTC)
    desk.hear(1, STATES.STATE_HELD, starts=now - timedelta(hours=1), freezes=now - timedelta(hours=1))
    draft = desk.call("CreateSessionRecord", parent=desk.session, content=desk.complete())
    problem = refused(lambda: desk.call("ShareSessionRecord", etag=draft.etag))
    assert (problem.reason, problem.metadata) == ("PLAN_NOT_FINAL", {"term": "1"})
    assert desk.read().state == pb.SessionRecord.STATE_DRAFTED
    extra = Desk(evidence, "extra", "sg-no-plan")
    extra.hear(1, STATES.STATE_HELD, starts=now - timedelta(hours=1), freezes=now - timedelta(hours=1), number=0)
    assert extra.shared().state == pb.SessionRecord.STATE_SHARED
    give_a_reason(evidence, "sg-no-plan")
    assert desk.call("ShareSessionRecord", etag=draft.etag).state == pb.SessionRecord.STATE_SHARED
