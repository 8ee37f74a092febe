"""Support sessions of the demo's year, held and recorded while the suite runs: two records confirmed, one disputed.

A session is moved to a time a moment ahead, because nothing can be recorded of a session to come. The papers of another
one are frozen. After an interruption this can be repeated: it goes on from where each session stands.
"""

import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from datetime import time as clock_time
from typing import Any

from psmf.evidence.v1 import development_plans_pb2 as plans
from psmf.evidence.v1 import session_records_pb2 as pb
from psmf.scheduling.v1 import scheduling_pb2

from services.calendar_days import WorkingCalendar, first_working_day_from, london_instant
from services.client.client import Client
from services.client.words import safeguarder_of
from services.demo.issuer import safeguarder_persona
from services.demo.story.cast import AILSA, EFFIE, LACHLAN, MURDO
from services.demo.story.values import Story
from services.demo.telling import wire
from services.demo.waiting import wait_until_read
from services.platform.calls.wire import from_instant, to_instant

STATE = scheduling_pb2.SupportSession
TO_COME = (STATE.STATE_PROPOSED, STATE.STATE_CONFIRMED)
AHEAD = timedelta(seconds=2)
DAYS_AHEAD = 4
"""Days until the session of which the papers are frozen now."""
OWN_ITEM = "How much a report should say about what other agencies have written."
ANOTHER_ITEM = "Where I find the list of agencies in my area."
SECTION_IN_DISPUTE = "S2"
THEIR_WORDS = "I met every agency before this report. The record should say so."
THEIRS_ON_AN_OUTCOME = "I should have liked an action here: a talk with the agencies about what they expect."
OUR_WORDS = "We have no note of two of the meetings. Both accounts stay here."
OURS_ON_AN_OUTCOME = "A fourth reply is awaited. We take it first at the next session, with both accounts."
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
    """The sessions of the people of the demo's year, each with their support manager."""

    def __init__(self, story: Story, client: Client) -> None:
        self._story = story
        self._client = client

    def tell(self) -> None:
        """Hold and record three sessions, and freeze the papers of another one."""
        held = [self._held(self._first(name)) for name in (AILSA, MURDO, EFFIE)]
        self._freeze_papers(self._first(LACHLAN))
        wait_until_read(self._client, "evidence", "scheduling")
        *confirmed, disputed = held
        for session in confirmed:
            self._record(session, disputed=False)
        self._record(disputed, disputed=True)
        self._add_own_item(self._first(LACHLAN), ANOTHER_ITEM)

    def _first(self, name: str) -> Any:
        """Return the session of a person that was held, or is moved to now, else the first to come."""
        parent = f"safeguarders/{self._story.named(name).safeguarder_id}"
        request = scheduling_pb2.ListSupportSessionsRequest(parent=parent)
        listed = self._client.call(wire.PANEL_TEAM, self._client.sessions.ListSupportSessions, request)
        of_theirs = [one for one in listed.support_sessions if one.state in (*TO_COME, STATE.STATE_HELD)]
        return min(of_theirs, key=lambda one: from_instant(one.start_time))

    def _freeze_papers(self, session: Any) -> None:
        """Have a session confirmed that is so near that its papers are frozen at once."""
        if session.state == STATE.STATE_CONFIRMED:
            return
        day = first_working_day_from(WorkingCalendar.OFFICE, self._story.today + timedelta(days=DAYS_AHEAD))
        starts_at = london_instant(day, clock_time(10))
        if from_instant(session.start_time) != starts_at:
            session = self._moved(session, starts_at, "team")
        request = scheduling_pb2.ConfirmSupportSessionRequest(
            name=session.name, request_id=self._id("confirm", session.name)
        )
        self._client.call(session.support_manager, self._client.sessions.ConfirmSupportSession, request)

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
            team_present_answer=scheduling_pb2.YES_NO_YES,
            attendance=scheduling_pb2.ATTENDANCE_ATTENDED,
            mode=scheduling_pb2.MODE_FACE_TO_FACE,
            request_id=self._id("held", session.name),
        )
        return self._client.call(session.support_manager, self._client.sessions.RecordSupportSessionAttendance, request)

    def _moved_to_now(self, session: Any) -> Any:
        wait_until_read(self._client, "evidence", "scheduling")
        self._add_own_item(session, OWN_ITEM)
        return self._moved(session, datetime.now(UTC) + AHEAD, "urgent")

    def _add_own_item(self, session: Any, words: str) -> None:
        own = pb.AddOwnItemRequest(parent=session.name, words=words, request_id=self._id("own item", session.name))
        self._client.call(self._person(session), self._client.session_records.AddOwnItem, own)

    def _moved(self, session: Any, starts_at: datetime, reason: str) -> Any:
        moved = scheduling_pb2.RescheduleSupportSessionRequest(
            name=session.name, start_time=to_instant(starts_at), asked_by="team", reason=reason
        )
        return self._client.call(session.support_manager, self._client.sessions.RescheduleSupportSession, moved)

    def _record(self, session: Any, *, disputed: bool) -> None:
        """Have the support manager record the session and share it, and the Safeguarder answer."""
        manager, name = session.support_manager, f"{session.name}/record"
        records = self._client.session_records
        pack = self._client.call(manager, records.GetSessionPack, pb.GetSessionPackRequest(name=f"{session.name}/pack"))
        content = _content(pack, [SECTION_IN_DISPUTE] if disputed else [])
        accounts = _accounts(content) if disputed else []
        drafted = pb.CreateSessionRecordRequest(
            parent=session.name, content=content, request_id=self._id("draft", session.name)
        )
        record = self._client.call(manager, records.CreateSessionRecord, drafted)
        self._say_why_no_plan_is_final(session)
        shared = pb.ShareSessionRecordRequest(name=name, etag=record.etag, request_id=self._id("share", session.name))
        record = self._client.call(manager, records.ShareSessionRecord, shared)
        disputes = [pb.Dispute(section=section, words=theirs) for section, theirs, _ in accounts]
        answer = pb.AnswerSessionRecordRequest(
            name=name, edition=record.edition, disputes=disputes, request_id=self._id("answer", session.name)
        )
        record = self._client.call(self._person(session), records.AnswerSessionRecord, answer)
        if disputed:
            responses = [pb.DisputeResponse(section=section, words=ours) for section, _, ours in accounts]
            closed = pb.CloseSessionRecordRequest(
                name=name, etag=record.etag, responses=responses, request_id=self._id("close", session.name)
            )
            self._client.call(manager, records.CloseSessionRecord, closed)

    def _say_why_no_plan_is_final(self, session: Any) -> None:
        name = f"safeguarders/{safeguarder_of(session.name)}/developmentPlan"
        read = plans.GetDevelopmentPlanRequest(name=name)
        if self._client.call(session.support_manager, self._client.plans.GetDevelopmentPlan, read).is_in_force:
            return
        request = plans.UpdateDevelopmentPlanRequest(
            name=name,
            not_final_because=NOT_FINAL,
            request_id=self._id("reason", session.name),
        )
        self._client.call(session.support_manager, self._client.plans.UpdateDevelopmentPlan, request)

    def _person(self, session: Any) -> str:
        return safeguarder_persona(safeguarder_of(session.name)).person

    def _id(self, verb: str, name: str) -> str:
        return wire.request_id(self._story, "session", verb, name)


def _accounts(content: pb.RecordContent) -> list[tuple[str, str, str]]:
    """Return each section in dispute with both sides' words: a standard, and what was said of the first concern."""
    (concern, *_) = [outcome.item for outcome in content.outcomes if "/concerns/" in outcome.item]
    return [(SECTION_IN_DISPUTE, THEIR_WORDS, OUR_WORDS), (concern, THEIRS_ON_AN_OUTCOME, OURS_ON_AN_OUTCOME)]


def _content(pack: pb.SessionPack, developing: Sequence[str]) -> pb.RecordContent:
    """Return a record with everything that the papers ask for. `developing`: the standards that are not met."""
    by_section: dict[int, list[str]] = {}
    standards: dict[str, list[str]] = {}
    for entry in pack.entries:
        by_section.setdefault(entry.section, []).append(entry.name)
        if entry.section not in _NO_BASIS:
            for standard in entry.standards:
                standards.setdefault(standard, []).append(entry.name)
    without = by_section.get(_SECTIONS.SECTION_NO_EVIDENCE, [])
    views = [
        pb.StandardView(
            standard=standard,
            word=_VIEWS.WORD_DEVELOPING if standard in developing else _VIEWS.WORD_MET,
            basis=names[:1],
            words="As the papers show.",
        )
        for standard, names in standards.items()
        if standard not in without
    ]
    views += [pb.StandardView(standard=standard, word=_VIEWS.WORD_NO_NEW_EVIDENCE) for standard in without]
    praise = by_section.get(_SECTIONS.SECTION_PRAISE, [])
    other = by_section.get(_SECTIONS.SECTION_CONCERN, [])
    outcomes = [pb.AgendaOutcome(item=name, word=_OUTCOMES.WORD_ACKNOWLEDGED) for name in praise]
    outcomes += [
        pb.AgendaOutcome(
            item=name, word=_OUTCOMES.WORD_NO_ACTION, words="We have spoken of it, and wait for the reply."
        )
        for name in other
    ]
    outcomes += [
        pb.AgendaOutcome(item=own.name, word=_OUTCOMES.WORD_SETTLED, words="We looked at two reports together.")
        for own in pack.own_items
    ]
    interest = "Each child was met, and their views stand in the report in their own words."
    return pb.RecordContent(views=views, outcomes=outcomes, child_interest=interest)
