"""Support sessions of the story, held and recorded while the suite runs: two records confirmed, one disputed in part.

A session is moved to a time a moment ahead, because nothing can be recorded of a session to come. After an interruption
this can be repeated: it goes on from where each session stands.
"""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from psmf.evidence.v1 import development_plans_pb2 as plans
from psmf.evidence.v1 import session_records_pb2 as pb
from psmf.scheduling.v1 import scheduling_pb2

from services.client.client import Client
from services.client.words import safeguarder_of
from services.demo.issuer import safeguarder_persona
from services.demo.story.values import Person, Story
from services.demo.telling import wire
from services.demo.waiting import wait_until_read
from services.platform.calls.wire import from_instant, to_instant

STATE = scheduling_pb2.SupportSession
TO_COME = (STATE.STATE_PROPOSED, STATE.STATE_CONFIRMED)
AHEAD = timedelta(seconds=2)
HOW_MANY = 3
DISPUTED = 2
"""Which of the sessions has a record that is disputed in part."""
OWN_ITEM = "How much a report should say about what other agencies have written."
SECTION_IN_DISPUTE = "S2"
THEIR_WORDS = "I met every agency before this report. The record should say so."
OUR_WORDS = "We have no note of two of the meetings. Both accounts stay here."
NOT_FINAL = "The plan was begun at this session. We confirm it at the next one."
_SECTIONS, _OUTCOMES, _VIEWS = pb.PackEntry, pb.AgendaOutcome, pb.StandardView
_NO_BASIS = (
    _SECTIONS.SECTION_OPEN_ACTION,
    _SECTIONS.SECTION_ENDED_ACTION,
    _SECTIONS.SECTION_SUPPORT_OWED,
    _SECTIONS.SECTION_SUPPORT_OFFERED,
)
"""Parts of the papers on which no view rests."""


class Sessions:
    """The sessions of the story's first people without a chapter, each with a support manager of their own."""

    def __init__(self, story: Story, client: Client) -> None:
        self._story = story
        self._client = client

    def tell(self) -> None:
        """Hold and record the sessions."""
        sessions = list(chosen_sessions(self._story, self._client))
        held = [self._held(session) for session in sessions]
        wait_until_read(self._client, "evidence", "scheduling")
        for number, session in enumerate(held):
            self._record(session, disputed=number == DISPUTED)

    def _held(self, session: Any) -> Any:
        """Return the session as held. The Safeguarder adds something of their own to its papers before."""
        if session.state == STATE.STATE_HELD:
            return session
        starts_at = from_instant(session.start_time)
        if starts_at - datetime.now(UTC) > timedelta(hours=1):
            session = self._moved_to_now(session)
            starts_at = from_instant(session.start_time)
        while datetime.now(UTC) <= starts_at:
            time.sleep(0.1)
        request = scheduling_pb2.RecordSupportSessionAttendanceRequest(
            name=session.name,
            team_present=True,
            attendance=scheduling_pb2.ATTENDANCE_ATTENDED,
            mode=scheduling_pb2.MODE_FACE_TO_FACE,
            request_id=self._id("held", session.name),
        )
        return self._client.call(session.support_manager, self._client.sessions.RecordSupportSessionAttendance, request)

    def _moved_to_now(self, session: Any) -> Any:
        wait_until_read(self._client, "evidence", "scheduling")
        own = pb.AddOwnItemRequest(parent=session.name, words=OWN_ITEM, request_id=self._id("own item", session.name))
        self._client.call(self._person(session), self._client.session_records.AddOwnItem, own)
        moved = scheduling_pb2.RescheduleSupportSessionRequest(
            name=session.name,
            start_time=to_instant(datetime.now(UTC) + AHEAD),
            asked_by="team",
            reason="urgent",
        )
        return self._client.call(session.support_manager, self._client.sessions.RescheduleSupportSession, moved)

    def _record(self, session: Any, *, disputed: bool) -> None:
        """Have the support manager record the session and share it, and the Safeguarder answer."""
        manager, name = session.support_manager, f"{session.name}/record"
        records = self._client.session_records
        pack = self._client.call(manager, records.GetSessionPack, pb.GetSessionPackRequest(name=f"{session.name}/pack"))
        drafted = pb.CreateSessionRecordRequest(
            parent=session.name, content=_content(pack), request_id=self._id("draft", session.name)
        )
        record = self._client.call(manager, records.CreateSessionRecord, drafted)
        self._say_why_no_plan_is_final(session)
        shared = pb.ShareSessionRecordRequest(name=name, etag=record.etag, request_id=self._id("share", session.name))
        record = self._client.call(manager, records.ShareSessionRecord, shared)
        disputes = [pb.Dispute(section=SECTION_IN_DISPUTE, words=THEIR_WORDS)] if disputed else []
        answer = pb.AnswerSessionRecordRequest(
            name=name, edition=record.edition, disputes=disputes, request_id=self._id("answer", session.name)
        )
        record = self._client.call(self._person(session), records.AnswerSessionRecord, answer)
        if disputed:
            responses = [pb.DisputeResponse(section=SECTION_IN_DISPUTE, words=OUR_WORDS)]
            closed = pb.CloseSessionRecordRequest(
                name=name, etag=record.etag, responses=responses, request_id=self._id("close", session.name)
            )
            self._client.call(manager, records.CloseSessionRecord, closed)

    def _say_why_no_plan_is_final(self, session: Any) -> None:
        request = plans.UpdateDevelopmentPlanRequest(
            name=f"safeguarders/{safeguarder_of(session.name)}/developmentPlan",
            not_final_because=NOT_FINAL,
            request_id=self._id("reason", session.name),
        )
        self._client.call(session.support_manager, self._client.plans.UpdateDevelopmentPlan, request)

    def _person(self, session: Any) -> str:
        return safeguarder_persona(safeguarder_of(session.name)).person

    def _id(self, verb: str, name: str) -> str:
        return wire.request_id(self._story, "session", verb, name)


def chosen_sessions(story: Story, client: Client) -> Iterator[Any]:
    """Yield a session of the first people without a chapter, each with a support manager of their own.

    It is the one that was held, or is moved to now, else the first to come.
    """
    managers: set[str] = set()
    for person in without_chapter(story):
        if len(managers) == HOW_MANY:
            return
        request = scheduling_pb2.ListSupportSessionsRequest(parent=f"safeguarders/{person.safeguarder_id}")
        listed = client.call(wire.PANEL_TEAM, client.sessions.ListSupportSessions, request)
        of_theirs = [one for one in listed.support_sessions if one.state in (*TO_COME, STATE.STATE_HELD)]
        if of_theirs and of_theirs[0].support_manager not in managers:
            managers.add(of_theirs[0].support_manager)
            yield min(of_theirs, key=lambda one: from_instant(one.start_time))


def without_chapter(story: Story) -> Iterator[Person]:
    """Yield the people of the story who have no chapter of their own, in its order."""
    with_chapter = {chapter.safeguarder_id for chapter in story.chapters}
    return (person for person in story.people if person.safeguarder_id not in with_chapter)


def _content(pack: pb.SessionPack) -> pb.RecordContent:
    """Return a record with everything that the papers ask for."""
    by_section: dict[int, list[str]] = {}
    standards: dict[str, list[str]] = {}
    for entry in pack.entries:
        by_section.setdefault(entry.section, []).append(entry.name)
        if entry.section not in _NO_BASIS:
            for standard in entry.standards:
                standards.setdefault(standard, []).append(entry.name)
    without = by_section.get(_SECTIONS.SECTION_NO_EVIDENCE, [])
    views = [
        pb.StandardView(standard=standard, word=_VIEWS.WORD_MET, basis=names[:1], words="As the papers show.")
        for standard, names in sorted(standards.items())
        if standard not in without
    ]
    views += [pb.StandardView(standard=standard, word=_VIEWS.WORD_NO_NEW_EVIDENCE) for standard in without]
    praise = by_section.get(_SECTIONS.SECTION_PRAISE, [])
    other = by_section.get(_SECTIONS.SECTION_CONCERN, [])
    outcomes = [pb.AgendaOutcome(item=name, word=_OUTCOMES.WORD_ACKNOWLEDGED) for name in praise]
    outcomes += [
        pb.AgendaOutcome(item=name, word=_OUTCOMES.WORD_CARRIED_FORWARD, words="We take it first next time.")
        for name in other
    ]
    outcomes += [
        pb.AgendaOutcome(item=own.name, word=_OUTCOMES.WORD_SETTLED, words="We looked at two reports together.")
        for own in pack.own_items
    ]
    interest = "Each child was met, and their views stand in the report in their own words."
    return pb.RecordContent(views=views, outcomes=outcomes, child_interest=interest)
