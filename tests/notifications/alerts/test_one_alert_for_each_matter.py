"""A concern becomes one alert for one person, and new evidence folds into it (X13-X15, X17, B14)."""

from datetime import date, timedelta

from psmf.rules.v1 import events_pb2 as rules

from services.notifications.domain.alert import HELD_RULE, Lane, Reason, State
from services.notifications.handlers.work_on_alert import AlertRead, acknowledge_alert, resolve_alert, snooze_alert
from services.platform.calls.wire import to_date
from tests.notifications.builders import (
    a_concern,
    a_data_gap,
    allocated,
    an_escalation,
    closed,
    raised,
    updated,
)
from tests.notifications.office import TODAY, Office

NEXT_WEEK = TODAY + timedelta(days=7)


def read_of(office: Office, concern_id: str = "c-1") -> AlertRead:
    return AlertRead("sg-one", office.alert(concern_id).alert_id)


def take_on(office: Office) -> None:
    read = read_of(office)
    office.do(lambda context: acknowledge_alert(read, "", "manager-one", NEXT_WEEK, context))


def put_aside(office: Office) -> None:
    read = read_of(office)
    office.do(lambda context: snooze_alert(read, "manager-one", NEXT_WEEK, Reason.AWAITING_INFORMATION, context))


def test_a_concern_becomes_an_alert_for_the_allocated_support_manager(office: Office) -> None:
    office.receive(allocated(), raised(a_concern()))
    (alert,) = office.alerts()
    assert (alert.recipient, alert.state, alert.open_to_the_person) == ("manager-one", State.OPEN, True)
    assert office.published() == ["AlertOpened"]


def test_the_time_to_respond_is_counted_in_working_days_of_the_office(office: Office) -> None:
    # Ten working days from Tuesday 24 November 2026, with St Andrew's Day on Monday the 30th.
    office.receive(raised(a_concern()))
    assert office.alert().respond_by_on == date(2026, 12, 9)


def test_the_same_matter_raised_twice_is_one_alert(office: Office) -> None:
    office.receive(raised(a_concern("c-1")), raised(a_concern("c-2")))
    (alert,) = office.alerts()
    assert (alert.concern.concern_id, alert.updates) == ("c-2", 1)


def test_another_window_or_subject_is_another_matter(office: Office) -> None:
    office.receive(
        raised(a_concern("c-1")),
        raised(a_concern("c-2", subject="S4.1")),
        raised(a_concern("c-3", window_start_date=to_date(date(2026, 1, 1)))),
    )
    assert len(office.alerts()) == 3


def test_new_evidence_folds_in_although_the_window_has_moved_on(office: Office) -> None:
    office.receive(raised(a_concern()), updated(a_concern(window_start_date=to_date(date(2025, 12, 1)))))
    (alert,) = office.alerts()
    assert alert.updates == 1


def test_a_matter_keeps_its_own_window_when_rules_look_at_a_later_one(office: Office) -> None:
    later = to_date(date(2026, 1, 1))
    office.receive(raised(a_concern("c-1")), raised(a_concern("c-2", window_start_date=later)))
    office.receive(updated(a_concern("c-1", window_start_date=later)))
    assert [(alert.concern.concern_id, alert.updates) for alert in office.alerts()] == [("c-2", 0), ("c-1", 1)]


def test_an_alert_stays_as_it_was_when_another_of_the_person_changes(office: Office) -> None:
    office.receive(raised(a_concern("c-1")))
    before = office.alert("c-1")
    office.receive(raised(a_concern("c-2", rule="report-quality")), updated(a_concern("c-2", rule="report-quality")))
    assert office.alert("c-1") == before


def test_an_acknowledgement_survives_new_evidence(office: Office) -> None:
    office.receive(allocated(), raised(a_concern()))
    take_on(office)
    office.receive(updated(a_concern()))
    alert = office.alert()
    assert (alert.state, alert.owner, alert.next_on) == (State.ACKNOWLEDGED, "manager-one", NEXT_WEEK)
    assert alert.updates == 1


def test_new_evidence_breaks_a_snooze(office: Office) -> None:
    office.receive(allocated(), raised(a_concern()))
    put_aside(office)
    office.receive(updated(a_concern()))
    alert = office.alert()
    assert (alert.state, alert.next_on, alert.reason) == (State.OPEN, NEXT_WEEK, None)


def test_a_snooze_keeps_the_owner_for_when_it_ends(office: Office) -> None:
    office.receive(allocated(), raised(a_concern()))
    take_on(office)
    put_aside(office)
    office.receive(updated(a_concern()))
    assert office.alert().owner == "manager-one"


def test_a_snooze_returns_once_on_its_day(office: Office) -> None:
    office.receive(allocated(), raised(a_concern()))
    put_aside(office)
    office.go_to(NEXT_WEEK - timedelta(days=1))
    office.tick()
    assert office.alert().state is State.SNOOZED
    office.go_to(NEXT_WEEK)
    office.tick()
    back = office.alert()
    told = len(office.notifications())
    assert (back.state, back.next_on, back.asked) == (State.OPEN, NEXT_WEEK, 1)
    for _ in range(3):
        office.go_on(hours=2)
        office.tick()
    assert office.alert() == back
    assert len(office.notifications()) == told


def test_when_rules_fall_silent_the_alert_says_so_until_they_speak_again(office: Office) -> None:
    office.receive(raised(a_concern()), rules.ConcernClosingProposed(concern=a_concern()))
    assert office.alert().closing_proposed
    office.receive(updated(a_concern()))
    assert not office.alert().closing_proposed


def test_a_closed_concern_ends_its_alert(office: Office) -> None:
    office.receive(raised(a_concern()), closed(a_concern()))
    alert = office.alert()
    assert (alert.state, alert.reason) == (State.RESOLVED, Reason.CONCERN_CLOSED)
    assert office.published() == ["AlertOpened", "AlertResolved"]


def test_a_dismissed_concern_ends_its_alert(office: Office) -> None:
    office.receive(raised(a_concern()), rules.ConcernDismissed(concern=a_concern()))
    assert office.alert().reason is Reason.CONCERN_DISMISSED


def test_the_same_matter_after_its_end_is_a_new_alert(office: Office) -> None:
    office.receive(raised(a_concern("c-1")), closed(a_concern("c-1")), raised(a_concern("c-2")))
    assert [alert.live for alert in office.alerts()] == [False, True]


def test_new_evidence_after_a_person_ended_the_alert_opens_another(office: Office) -> None:
    office.receive(allocated(), raised(a_concern()))
    read = read_of(office)
    office.do(lambda context: resolve_alert(read, "manager-one", Reason.EXPLAINED, context))
    office.receive(updated(a_concern()))
    assert [alert.state for alert in office.alerts()] == [State.RESOLVED, State.OPEN]


def test_new_evidence_brings_back_what_was_taken_to_a_session(office: Office) -> None:
    office.receive(allocated(), raised(a_concern()))
    take_on(office)
    read = read_of(office)
    office.do(lambda context: resolve_alert(read, "manager-one", Reason.TAKEN_TO_SESSION, context))
    office.receive(updated(a_concern()))
    (alert,) = office.alerts()
    assert (alert.state, alert.owner, alert.next_on) == (State.OPEN, "manager-one", NEXT_WEEK)


def test_taking_on_the_concern_takes_on_its_alert(office: Office) -> None:
    taken = rules.ConcernAcknowledged(concern=a_concern(), owner="manager-one", next_date=to_date(NEXT_WEEK))
    office.receive(allocated(), raised(a_concern()), taken)
    alert = office.alert()
    assert (alert.state, alert.owner, alert.next_on) == (State.ACKNOWLEDGED, "manager-one", NEXT_WEEK)


def test_taking_it_on_is_published_once_whichever_service_is_told_first(office: Office) -> None:
    office.receive(allocated(), raised(a_concern()))
    take_on(office)
    office.receive(rules.ConcernAcknowledged(concern=a_concern(), owner="manager-one", next_date=to_date(NEXT_WEEK)))
    assert office.published() == ["AlertOpened", "AlertAcknowledged"]


def test_without_an_allocation_an_alert_waits_unassigned_until_there_is_one(office: Office) -> None:
    office.receive(raised(a_concern()))
    assert office.alert().recipient == ""
    office.receive(allocated())
    assert office.alert().recipient == "manager-one"
    assert [one.recipient for one in office.notifications()] == ["person-one", "manager-one"]


def test_nothing_is_written_again_and_again_for_an_alert_that_waits_unassigned(office: Office) -> None:
    """X15: what waits for somebody to be there takes no lock each minute, and wakes no reader."""
    office.receive(raised(a_concern()))
    written = office.database.commits.count
    office.tick()
    assert (office.alert().recipient, office.database.commits.count) == ("", written)


def test_a_new_allocation_hands_live_alerts_over(office: Office) -> None:
    office.receive(allocated(), raised(a_concern()))
    take_on(office)
    office.receive(allocated("manager-two"))
    alert = office.alert()
    assert (alert.recipient, alert.owner, alert.state) == ("manager-two", "manager-two", State.OPEN)


def test_the_new_support_manager_is_told_of_what_is_handed_over(office: Office) -> None:
    office.receive(allocated(), raised(a_concern()), allocated("manager-two"))
    assert [one.recipient for one in office.notifications()] == ["person-one", "manager-one", "manager-two"]


def test_a_new_allocation_leaves_what_is_for_others(office: Office) -> None:
    office.receive(allocated(), raised(an_escalation()), raised(a_data_gap()), allocated("manager-two"))
    assert {alert.recipient for alert in office.alerts()} == {"senior-manager", "panel-team"}


def test_an_escalation_is_for_the_first_senior_manager(office: Office) -> None:
    office.receive(allocated(), raised(an_escalation()))
    assert office.alert("c-9").recipient == "senior-manager"


def test_a_held_evaluation_is_for_the_team_and_the_operator_never_the_person(office: Office) -> None:
    held = rules.EvaluationHeld(safeguarder_id="sg-one", reason="engines_disagree")
    office.receive(held, held)
    (alert,) = office.alerts()
    assert (alert.concern.rule, alert.concern.lane, alert.recipient) == (HELD_RULE, Lane.DATA_GAP, "panel-team")
    assert (alert.updates, alert.open_to_the_person) == (1, False)
    assert [one.recipient for one in office.notifications()] == ["panel-team", "operator"]
