"""The service as its callers see it: allocations, obligations, and sessions with their dates and agendas."""

from datetime import timedelta
from typing import Any

from icalendar import Calendar
from psmf.rules.v1 import rules_pb2
from psmf.scheduling.v1 import events_pb2
from psmf.scheduling.v1 import scheduling_pb2 as pb

from services.calendar_days import WorkingCalendar, add_working_days, london_instant, london_today
from services.platform.calls.wire import from_date, from_instant, to_date, to_instant
from tests.answers import refused
from tests.builders import a_request_id
from tests.scheduling.builders import POLICY
from tests.scheduling.conftest import RECENTLY, TODAY, Scheduling
from tests.scheduling.received import appointed, ended, raised
from tests.world import PEOPLE

SESSION, TRAINING = pb.Obligation.KIND_SUPPORT_SESSION, pb.Obligation.KIND_MANDATORY_TRAINING


def last_event(scheduling: Scheduling, kind: Any, key: str) -> Any:
    """The newest event of a kind about a person, as others read it from the feed."""
    from psmf.platform.v1 import feed_pb2, feed_pb2_grpc

    stub: Any = feed_pb2_grpc.FeedServiceStub(scheduling.channel)
    stream = stub.ReadFeed(feed_pb2.ReadFeedRequest(consumer="rules"), **scheduling.as_("service:rules"))
    found = None
    for batch in stream:
        of_kind = [event for event in batch.events if (event.type, event.key) == (kind.DESCRIPTOR.full_name, key)]
        found = of_kind[-1] if of_kind else found
        if not batch.events or batch.events[-1].position == batch.head_position:
            break
    stream.cancel()
    assert found is not None
    return kind.FromString(found.data)


def test_an_appointment_brings_a_support_manager_of_the_region(scheduling: Scheduling) -> None:
    for person, manager, region in (("sg-one", "manager-one", "east"), ("sg-two", "manager-two", "west")):
        request = pb.GetAllocationRequest(parent=f"safeguarders/{person}")
        allocation = scheduling.allocations.GetAllocation(request, **scheduling.as_("panel-team"))
        assert (allocation.support_manager, allocation.region) == (manager, region)
        assert (allocation.reason, allocation.name) == ("appointed", f"safeguarders/{person}/allocations/1")
        assert from_date(allocation, "from_date") == TODAY
        assert not allocation.HasField("to_date")


def test_the_year_owes_three_sessions_and_two_trainings_by_a_named_calendar(scheduling: Scheduling) -> None:
    sessions, trainings = scheduling.owed("sg-one", SESSION), scheduling.owed("sg-one", TRAINING)
    assert [owed.number for owed in sessions] == [1, 2, 3]
    assert [owed.number for owed in trainings] == [1, 2]
    for owed in (*sessions, *trainings):
        assert (owed.calendar, owed.clock_state) == ("office", pb.Obligation.CLOCK_STATE_RUNNING)
        assert from_date(owed, "window_start_date") == RECENTLY
        due_on = from_date(owed, "due_date")
        assert due_on is not None
        assert due_on > TODAY


def test_three_dates_are_proposed_in_office_hours_with_notice(scheduling: Scheduling) -> None:
    sessions = scheduling.listed("sg-two")
    assert [(session.number, session.state) for session in sessions] == [
        (number, pb.SupportSession.STATE_PROPOSED) for number in (1, 2, 3)
    ]
    for session in sessions:
        starts_on = london_today(from_instant(session.start_time))
        assert starts_on >= add_working_days(WorkingCalendar.OFFICE, TODAY, POLICY.notice_working_days)
        assert from_date(session, "freeze_date") == add_working_days(WorkingCalendar.OFFICE, starts_on, -5)


def test_a_concern_goes_on_the_next_agenda_behind_praise_and_the_etag_changes(scheduling: Scheduling) -> None:
    before = scheduling.listed("sg-one")[0]
    praise = raised("sg-one", "b" * 32, rules_pb2.LANE_EXCELLENCE)
    scheduling.receive(scheduling.rules, "sg-one", raised("sg-one", "a" * 32), praise, raised("sg-one", "a" * 32))
    session = scheduling.sessions.GetSupportSession(
        pb.GetSupportSessionRequest(name=before.name), **scheduling.as_("manager-one")
    )
    assert [(item.concern_id[0], item.lane) for item in session.agenda] == [("b", "excellence"), ("a", "support_need")]
    assert session.etag != before.etag


def test_a_safety_concern_brings_an_earlier_session_that_no_target_counts(scheduling: Scheduling) -> None:
    scheduling.appoint("sg-safety")
    scheduling.receive(scheduling.rules, "sg-safety", raised("sg-safety", "c" * 32, rules_pb2.LANE_SAFETY, within=10))
    first = scheduling.listed("sg-safety")[0]
    assert (first.number, first.proposed_for_concern) == (0, "c" * 32)
    latest = add_working_days(WorkingCalendar.OFFICE, TODAY, 10)
    assert london_today(from_instant(first.start_time)) <= latest


def test_a_date_is_confirmed_once_and_answered_again_with_its_request_id(scheduling: Scheduling) -> None:
    session = scheduling.listed("sg-two")[0]
    request = pb.ConfirmSupportSessionRequest(name=session.name, request_id=a_request_id())
    confirmed = scheduling.sessions.ConfirmSupportSession(request, **scheduling.as_("manager-two"))
    assert confirmed.state == pb.SupportSession.STATE_CONFIRMED
    assert scheduling.sessions.ConfirmSupportSession(request, **scheduling.as_("manager-two")) == confirmed
    assert last_event(scheduling, events_pb2.SupportSessionConfirmed, "sg-two").session_id in session.name


def test_checking_only_changes_nothing(scheduling: Scheduling) -> None:
    session = scheduling.listed("sg-two")[1]
    request = pb.ConfirmSupportSessionRequest(name=session.name, validate_only=True)
    checked = scheduling.sessions.ConfirmSupportSession(request, **scheduling.as_("manager-two"))
    assert checked.state == pb.SupportSession.STATE_CONFIRMED
    assert scheduling.listed("sg-two")[1] == session


def test_both_sides_read_the_same_three_times_and_move_a_session_to_one_without_a_reason(
    scheduling: Scheduling,
) -> None:
    session = scheduling.listed("sg-two")[2]
    request = pb.SuggestSupportSessionTimesRequest(name=session.name)
    times = scheduling.sessions.SuggestSupportSessionTimes(request, **scheduling.as_("manager-two")).start_times
    own = scheduling.sessions.SuggestSupportSessionTimes(request, **scheduling.as_("person-two")).start_times
    assert (len(times), [*own]) == (3, [*times])
    move = pb.RescheduleSupportSessionRequest(name=session.name, start_time=times[0], asked_by="safeguarder")
    moved = scheduling.sessions.RescheduleSupportSession(move, **scheduling.as_("person-two"))
    assert (moved.start_time, moved.state) == (times[0], pb.SupportSession.STATE_PROPOSED)
    assert refused(lambda: scheduling.sessions.SuggestSupportSessionTimes(request, **scheduling.as_("person-two")))


def test_a_moved_session_is_another_with_the_same_agenda_and_calendar_entry(scheduling: Scheduling) -> None:
    scheduling.appoint("sg-moved")
    scheduling.receive(scheduling.rules, "sg-moved", raised("sg-moved", "d" * 32))
    old = scheduling.listed("sg-moved")[0]
    day = add_working_days(WorkingCalendar.OFFICE, london_today(from_instant(old.start_time)), 3)
    starts_at = london_instant(day, POLICY.session_start_times[1].replace(hour=16, minute=0))
    request = pb.RescheduleSupportSessionRequest(
        name=old.name, start_time=to_instant(starts_at), asked_by="safeguarder", request_id=a_request_id()
    )
    new = scheduling.sessions.RescheduleSupportSession(request, **scheduling.as_("manager-one"))
    moved = scheduling.sessions.GetSupportSession(
        pb.GetSupportSessionRequest(name=old.name), **scheduling.as_("panel-team")
    )
    assert (from_instant(new.start_time), new.state) == (starts_at, pb.SupportSession.STATE_PROPOSED)
    assert [item.concern_id for item in new.agenda] == ["d" * 32]
    assert (moved.state, moved.rescheduled_to) == (pb.SupportSession.STATE_RESCHEDULED, new.name)
    assert calendar_event(scheduling, new.name)["SEQUENCE"] == 1
    assert calendar_event(scheduling, new.name)["UID"].partition("@")[0] in old.name


def test_both_sides_agree_on_a_date_and_neither_sets_it_alone(scheduling: Scheduling) -> None:
    session = scheduling.listed("sg-one")[-1]
    person = scheduling.as_("person-one")
    day = add_working_days(WorkingCalendar.OFFICE, london_today(from_instant(session.start_time)), 2)
    starts_at = to_instant(london_instant(day, POLICY.session_start_times[0]))

    def move(asked_by: str, reason: str = "") -> pb.SupportSession:
        request = pb.RescheduleSupportSessionRequest(
            name=session.name, start_time=starts_at, asked_by=asked_by, reason=reason, request_id=a_request_id()
        )
        return scheduling.sessions.RescheduleSupportSession(request, **person)

    assert [refused(lambda: move("team")).field, refused(lambda: move("safeguarder", "team")).field] == [
        "asked_by",
        "reason",
    ]
    own = pb.ConfirmSupportSessionRequest(name=move("safeguarder").name)
    assert refused(lambda: scheduling.sessions.ConfirmSupportSession(own, **person)).reason == "YOUR_OWN_DATE"
    confirmed = scheduling.sessions.ConfirmSupportSession(own, **scheduling.as_("manager-one"))
    assert confirmed.state == pb.SupportSession.STATE_CONFIRMED
    proposed = next(one for one in scheduling.listed("sg-one") if one.state == pb.SupportSession.STATE_PROPOSED)
    theirs = scheduling.sessions.ConfirmSupportSession(pb.ConfirmSupportSessionRequest(name=proposed.name), **person)
    assert theirs.state == pb.SupportSession.STATE_CONFIRMED


def test_a_list_of_sessions_holds_a_span_of_days_and_some_states(scheduling: Scheduling) -> None:
    every = pb.ListSupportSessionsRequest(parent="safeguarders/-", page_size=500)
    sessions = scheduling.sessions.ListSupportSessions(every, **scheduling.as_("panel-team")).support_sessions
    day = london_today(from_instant(sessions[len(sessions) // 2].start_time))
    states = [pb.SupportSession.STATE_PROPOSED, pb.SupportSession.STATE_RESCHEDULED]
    wanted = [one.name for one in sessions if london_today(from_instant(one.start_time)) == day and one.state in states]
    asked = pb.ListSupportSessionsRequest(
        parent="safeguarders/-", from_date=to_date(day), until_date=to_date(day), states=states, page_size=1
    )
    found: list[str] = []
    while True:
        page = scheduling.sessions.ListSupportSessions(asked, **scheduling.as_("panel-team"))
        found += [one.name for one in page.support_sessions]
        asked.page_token = page.next_page_token
        if not page.next_page_token:
            break
    assert found == wanted


def calendar_event(scheduling: Scheduling, name: str) -> Any:
    file = scheduling.sessions.GetSupportSessionCalendar(
        pb.GetSupportSessionRequest(name=name), **scheduling.as_("person-two" if "sg-two" in name else "panel-team")
    )
    assert (file.content_type, file.file_name) == ("text/calendar", "support-session.ics")
    (event,) = Calendar.from_ical(file.content).walk("VEVENT")
    return event


def test_the_calendar_file_names_both_and_says_nothing_of_performance(scheduling: Scheduling) -> None:
    event = calendar_event(scheduling, scheduling.listed("sg-two")[1].name)
    assert event["SUMMARY"] == "Support session"
    assert event["ORGANIZER"] == f"mailto:{PEOPLE['manager-two']['email']}"
    assert event["ATTENDEE"] == f"mailto:{PEOPLE['person-two']['email']}"
    assert event["ORGANIZER"].params["CN"] == "manager-two"


def test_someone_without_an_address_is_invited_by_id(scheduling: Scheduling) -> None:
    event = calendar_event(scheduling, scheduling.listed("sg-served")[0].name)
    assert event["ATTENDEE"] == "urn:psmf:safeguarder:sg-served"


def test_a_session_held_meets_what_was_owed_and_rules_hear_of_it(scheduling: Scheduling) -> None:
    first = scheduling.listed("sg-served", upcoming_only=False)[0]
    assert from_instant(first.start_time).date() < TODAY

    def record(attendance: Any, **more: Any) -> pb.SupportSession:
        request = pb.RecordSupportSessionAttendanceRequest(
            name=first.name, team_present=True, attendance=attendance, request_id=a_request_id(), **more
        )
        answer: pb.SupportSession = scheduling.sessions.RecordSupportSessionAttendance(
            request, **scheduling.as_("manager-one")
        )
        return answer

    absent = record(pb.ATTENDANCE_ABSENT_UNEXCUSED)
    assert absent.state == pb.SupportSession.STATE_NOT_HELD
    published = last_event(scheduling, events_pb2.SupportSessionAttendanceRecorded, "sg-served")
    assert (published.attendance, published.team_present) == (pb.ATTENDANCE_ABSENT_UNEXCUSED, True)
    (owed,) = [owed for owed in scheduling.owed("sg-served", SESSION) if owed.number == 1]
    assert (owed.delivered, owed.attended) == (True, False)
    held = record(pb.ATTENDANCE_ATTENDED, mode=pb.MODE_FACE_TO_FACE)
    assert (held.state, held.mode) == (pb.SupportSession.STATE_HELD, pb.MODE_FACE_TO_FACE)
    (owed,) = [owed for owed in scheduling.owed("sg-served", SESSION) if owed.number == 1]
    assert (owed.attended, owed.clock_state) == (True, pb.Obligation.CLOCK_STATE_STOPPED)


def test_an_item_is_settled_at_a_session_that_was_held_and_others_are_told(scheduling: Scheduling) -> None:
    """P2: what is on the agenda of a session goes on until a person settles it."""
    concern = "f" * 32
    scheduling.receive(scheduling.rules, "sg-served", raised("sg-served", concern))
    first, following = scheduling.listed("sg-served", upcoming_only=False)[:2]
    assert [item.concern_id for item in following.agenda] == [concern]
    request = pb.SettleAgendaItemRequest(
        name=following.name, concern_id=concern, outcome=pb.AgendaItem.OUTCOME_ACTION, request_id=a_request_id()
    )
    refusal = refused(lambda: scheduling.sessions.SettleAgendaItem(request, **scheduling.as_("manager-one")))
    assert (refusal.reason, first.state) == ("SESSION_NOT_HELD", pb.SupportSession.STATE_HELD)
    cancel = pb.CancelSupportSessionRequest(name=following.name, cancelled_by="team", request_id=a_request_id())
    cancelled = scheduling.sessions.CancelSupportSession(cancel, **scheduling.as_("manager-one"))
    assert cancelled.state == pb.SupportSession.STATE_CANCELLED
    assert [item.outcome for item in cancelled.agenda] == [pb.AgendaItem.OUTCOME_NOT_REACHED]
    assert scheduling.sessions.CancelSupportSession(cancel, **scheduling.as_("manager-one")) == cancelled
    (last,) = scheduling.listed("sg-served")
    assert [item.concern_id for item in last.agenda] == [concern]
    event = last_event(scheduling, events_pb2.SupportSessionCancelled, "sg-served")
    assert (event.cancelled_by, event.session_id in following.name) == ("team", True)


def test_training_attendance_is_recorded_and_a_past_record_is_marked_as_one(scheduling: Scheduling) -> None:
    first, second = scheduling.owed("sg-one", TRAINING)
    for owed, attendance, days, history in (
        (first, pb.ATTENDANCE_ATTENDED, 5, False),
        (second, pb.ATTENDANCE_ABSENT_UNEXCUSED, 6, True),
    ):
        request = pb.RecordTrainingAttendanceRequest(
            name=owed.name,
            event_date=to_date(TODAY - timedelta(days=days)),
            attendance=attendance,
            history=history,
            request_id=a_request_id(),
        )
        after = scheduling.obligations.RecordTrainingAttendance(request, **scheduling.as_("panel-team"))
        # No event is recorded on that day, and attendance delivers nothing.
        assert (after.delivered, after.attended) == (False, attendance == pb.ATTENDANCE_ATTENDED)
        event = last_event(scheduling, events_pb2.TrainingAttendanceRecorded, "sg-one")
        assert (event.history, event.attendance, event.obligation_id in owed.name) == (
            history,
            attendance,
            True,
        )


def test_another_support_manager_takes_over_the_person_and_the_sessions(scheduling: Scheduling) -> None:
    scheduling.appoint("sg-handed")
    request = pb.CreateAllocationRequest(
        parent="safeguarders/sg-handed", support_manager="manager-two", reason="workload", request_id=a_request_id()
    )
    allocation = scheduling.allocations.CreateAllocation(request, **scheduling.as_("senior-manager"))
    assert (allocation.support_manager, allocation.region, allocation.reason) == ("manager-two", "west", "workload")
    assert {session.support_manager for session in scheduling.listed("sg-handed")} == {"manager-two"}
    mine = pb.ListSupportSessionsRequest(parent="safeguarders/sg-handed")
    assert len(scheduling.sessions.ListSupportSessions(mine, **scheduling.as_("manager-two")).support_sessions) >= 3
    assert last_event(scheduling, events_pb2.SupportManagerAllocated, "sg-handed").support_manager == "manager-two"


def test_the_end_of_membership_stops_everything(scheduling: Scheduling) -> None:
    scheduling.appoint("sg-ended")
    before = scheduling.figures()
    scheduling.receive(scheduling.evidence, "sg-ended", ended("sg-ended", TODAY - timedelta(days=1)))
    after = scheduling.figures()
    assert {name: after[name] - before[name] for name in after} == {
        "allocations": -1,
        "unallocated": 0,
        "obligations_open": -5,
        "sessions_upcoming": -3,
        "sessions_overdue": 0,
    }
    assert scheduling.listed("sg-ended") == []
    assert {owed.clock_state for owed in scheduling.owed("sg-ended", SESSION)} == {pb.Obligation.CLOCK_STATE_STOPPED}


def test_an_appointment_heard_again_changes_nothing(scheduling: Scheduling) -> None:
    before, sessions = scheduling.figures(), scheduling.listed("sg-one")
    scheduling.receive(scheduling.evidence, "sg-one", appointed("sg-one", RECENTLY))
    assert (scheduling.figures(), scheduling.listed("sg-one")) == (before, sessions)


def test_somebody_in_a_region_without_a_support_manager_is_counted_as_unallocated(scheduling: Scheduling) -> None:
    before = scheduling.figures()
    scheduling.appoint("sg-north", "moray")
    after = scheduling.figures()
    assert (after["unallocated"] - before["unallocated"], after["allocations"]) == (1, before["allocations"])


def test_a_list_goes_on_where_its_page_ended_earliest_first(scheduling: Scheduling) -> None:
    everything = pb.ListSupportSessionsRequest(parent="safeguarders/-", page_size=500)
    whole = scheduling.sessions.ListSupportSessions(everything, **scheduling.as_("panel-team")).support_sessions
    found: list[pb.SupportSession] = []
    token = ""
    while True:
        request = pb.ListSupportSessionsRequest(parent="safeguarders/-", page_size=4, page_token=token)
        page = scheduling.sessions.ListSupportSessions(request, **scheduling.as_("panel-team"))
        found += page.support_sessions
        token = page.next_page_token
        if not token:
            break
    assert found == list(whole)
    starts = [from_instant(session.start_time) for session in found]
    assert starts == sorted(starts)
