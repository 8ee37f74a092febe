"""A concern and its alert are one matter: one owner, one next date, one end (P28, P14, P29).

The kind that this closes: one matter that two services keep, each with a state of its own. What a person does on
either side moves both, in any order and with any delay. Nothing open is left without an owner and a next date, or a day
on which somebody is asked again.
"""

import random
from collections.abc import Callable
from datetime import date, timedelta
from itertools import product
from typing import Any

import grpc
import pytest
from psmf.evidence.v1 import evidence_pb2 as items
from psmf.notifications.v1 import notifications_pb2 as inbox
from psmf.rules.v1 import concern_moves_pb2 as moves
from psmf.rules.v1 import rules_pb2 as pb

from services.platform.calls.client import refusal_of
from services.platform.calls.relations import allocated_to
from services.platform.calls.wire import from_date, to_date
from services.refusals import Kind
from services.rules.domain.concerns.progress import ENDED_STATES
from tests.answers import refused
from tests.between.together import Together
from tests.builders import a_mapping, a_request_id
from tests.sizes import part_of

SAFETY: dict[str, Any] = {"evidence_class": items.EVIDENCE_CLASS_SAFETY, "mappings": [a_mapping("S5.1")]}
RULE = "confidentiality"
ENDED = [pb.Concern.State.Value(f"STATE_{state.upper()}") for state in ENDED_STATES]
SENIOR, TEAM = "senior-manager", "panel-team"


def raise_matter(running: Together, safeguarder_id: str = "sg-one") -> tuple[str, str]:
    """Raise a matter of safety, and return the names of its concern and its alert."""
    running.record(safeguarder_id, **SAFETY)
    running.settle()
    (alert,) = [alert for alert in running.open_alerts(safeguarder_id) if alert.rule == RULE]
    return alert.concern, alert.name


def concern_of(running: Together, name: str) -> pb.Concern:
    return running.concerns.GetConcern(pb.GetConcernRequest(name=name), **running.as_(TEAM))  # type: ignore[no-any-return]


def alert_of(running: Together, name: str) -> inbox.Alert:
    return running.alerts.GetAlert(inbox.GetAlertRequest(name=name), **running.as_(TEAM))  # type: ignore[no-any-return]


def acknowledge_alert(running: Together, name: str, next_on: date, person: str = SENIOR) -> None:
    request = inbox.AcknowledgeAlertRequest(name=name, next_date=to_date(next_on), request_id=a_request_id())
    running.alerts.AcknowledgeAlert(request, **running.as_(person))


def snooze_alert(running: Together, name: str, until_on: date, person: str = SENIOR) -> None:
    why = inbox.ALERT_REASON_AWAITING_INFORMATION
    request = inbox.SnoozeAlertRequest(name=name, until_date=to_date(until_on), reason=why, request_id=a_request_id())
    running.alerts.SnoozeAlert(request, **running.as_(person))


def resolve_alert(running: Together, name: str, outcome: Any, person: str = SENIOR) -> None:
    request = inbox.ResolveAlertRequest(name=name, outcome=outcome, request_id=a_request_id())
    running.alerts.ResolveAlert(request, **running.as_(person))


def acknowledge_concern(running: Together, name: str, next_on: date, person: str = TEAM) -> None:
    request = pb.AcknowledgeConcernRequest(name=name, next_date=to_date(next_on), request_id=a_request_id())
    running.concerns.AcknowledgeConcern(request, **running.as_(person))


def dismiss_concern(running: Together, name: str, person: str = TEAM) -> None:
    why = pb.CONCERN_REASON_EXPLAINED
    request = pb.DismissConcernRequest(name=name, reason=why, request_id=a_request_id())
    running.concerns.DismissConcern(request, **running.as_(person))


def close_concern(running: Together, name: str, person: str = TEAM) -> None:
    why = pb.CONCERN_REASON_DISCUSSED
    request = pb.CloseConcernRequest(name=name, reason=why, request_id=a_request_id())
    running.concerns.CloseConcern(request, **running.as_(person))


def assert_one_state(running: Together, concern_name: str, alert_name: str) -> None:
    """Both sides have the same owner, the same next date and the same end; and nothing open is left to nobody."""
    concern, alert = concern_of(running, concern_name), alert_of(running, alert_name)
    ended = alert.state == inbox.Alert.STATE_RESOLVED
    if concern.state in ENDED:
        assert ended
        assert not alert.HasField("next_date")
        return
    assert (concern.owner, from_date(concern, "next_date")) == (alert.owner, from_date(alert, "next_date"))
    assert not ended or (concern.owner and concern.HasField("next_date"))
    if not ended:
        assert from_date(concern, "respond_by_date") == from_date(alert, "respond_by_date")
    assert alert.HasField("ask_date")


@pytest.mark.parametrize("owner", ["nobody-known", "operator", "another-manager", "person-one", "partner"])
def test_neither_side_takes_an_owner_who_could_not_act(suite_together: Together, owner: str) -> None:
    """P28: a matter given to a stranger on one side would stand so on the other, and the ladder would ask nobody."""
    running = suite_together
    running.appoint("sg-one")
    concern, alert = running.begun(raise_matter)
    if owner == "another-manager":
        with running.services["rules"].database.read() as connection:
            owner = ({"manager-one", "manager-two"} - {allocated_to(connection, "sg-one")}).pop()
    given: dict[str, Any] = {"owner": owner, "next_date": to_date(running.today), "request_id": a_request_id()}
    for call, request in (
        (running.concerns.AcknowledgeConcern, pb.AcknowledgeConcernRequest(name=concern, **given)),
        (running.alerts.AcknowledgeAlert, inbox.AcknowledgeAlertRequest(name=alert, **given)),
    ):
        with pytest.raises(grpc.RpcError) as refused:
            call(request, **running.as_(TEAM))
        refusal = refusal_of(refused.value)
        assert refusal is not None
        assert (refusal.kind, refusal.reason, refusal.field) == (Kind.INVALID, "OWNER_CANNOT_ACT", "owner")
    running.settle()
    assert concern_of(running, concern).owner == ""
    assert_one_state(running, concern, alert)


CLOSED = {
    "a Saturday": (date(2026, 11, 7), date(2026, 11, 9)),
    "a Sunday": (date(2026, 11, 8), date(2026, 11, 9)),
    "a Friday": (date(2026, 11, 27), date(2026, 11, 27)),
    "the weekend before Saint Andrew's Day": (date(2026, 11, 28), date(2026, 12, 1)),
    "Saint Andrew's Day": (date(2026, 11, 30), date(2026, 12, 1)),
    "Christmas Day": (date(2026, 12, 25), date(2026, 12, 29)),
    "New Year's Day": (date(2027, 1, 1), date(2027, 1, 5)),
}
"""Days that somebody types, and the day on which the office looks: counted on a wall calendar."""
TYPED: dict[str, Callable[[Together, str, str, date], None]] = {
    "on the alert": lambda running, _, alert, day: acknowledge_alert(running, alert, day),
    "on the concern": lambda running, concern, _, day: acknowledge_concern(running, concern, day),
    "by a snooze": lambda running, _, alert, day: snooze_alert(running, alert, day),
}


@pytest.mark.parametrize("side", TYPED)
def test_a_next_date_is_a_day_on_which_the_office_is_open(suite_together: Together, side: str) -> None:
    """doors D20: on either side. A matter would else ask on a day on which nobody looks."""
    running = suite_together
    running.appoint("sg-one")
    concern, alert = running.begun(raise_matter)
    for what, (typed, taken) in CLOSED.items():
        running.pass_time(max(typed - timedelta(days=10) - running.today, timedelta()))
        TYPED[side](running, concern, alert, typed)
        running.settle()
        assert from_date(concern_of(running, concern), "next_date") == taken, what
        assert from_date(alert_of(running, alert), "ask_date") == taken, what
        assert_one_state(running, concern, alert)


def test_taken_to_a_session_leaves_the_concern_with_an_owner_and_a_next_date(suite_together: Together) -> None:
    """P28: an alert acknowledged and then taken to a session leaves its concern with the same owner and date."""
    running = suite_together
    running.appoint("sg-one")
    concern, alert = running.begun(raise_matter)
    day = running.today + timedelta(days=7)
    acknowledge_alert(running, alert, day)
    resolve_alert(running, alert, inbox.ALERT_REASON_TAKEN_TO_SESSION)
    running.settle()
    found = concern_of(running, concern)
    assert (found.state, found.owner, from_date(found, "next_date")) == (pb.Concern.STATE_ACKNOWLEDGED, SENIOR, day)
    assert [step.person for step in found.steps] == [SENIOR, SENIOR]
    assert_one_state(running, concern, alert)
    running.until(day)
    back = alert_of(running, alert)
    assert (back.state, back.owner) == (inbox.Alert.STATE_OPEN, SENIOR)


def test_no_alert_is_taken_to_a_session_without_an_owner_and_a_date(suite_together: Together) -> None:
    """P28: an alert that nobody has taken on cannot end while its concern is open."""
    running = suite_together
    running.appoint("sg-one")
    _, alert = running.begun(raise_matter)
    with pytest.raises(grpc.RpcError) as refused:
        resolve_alert(running, alert, inbox.ALERT_REASON_TAKEN_TO_SESSION)
    assert refused.value.code() is grpc.StatusCode.FAILED_PRECONDITION


ACTS: dict[str, Callable[[Together, str, str, date], None]] = {
    "the alert is acknowledged": lambda running, _, alert, day: acknowledge_alert(running, alert, day),
    "the alert is snoozed": lambda running, _, alert, day: snooze_alert(running, alert, day),
    "the alert is explained": lambda running, _, alert, day: resolve_alert(
        running, alert, inbox.ALERT_REASON_EXPLAINED
    ),
    "the concern is acknowledged": lambda running, concern, _, day: acknowledge_concern(running, concern, day),
    "the concern is dismissed": lambda running, concern, _, day: dismiss_concern(running, concern),
    "the concern is closed": lambda running, concern, _, day: close_concern(running, concern),
}
LATE: dict[str, set[tuple[str, str]]] = {
    "at once": set(),
    "late to rules": {("rules", "notifications")},
    "late to notifications": {("notifications", "rules")},
    "late to both": {("rules", "notifications"), ("notifications", "rules")},
}
CASES = list(product(ACTS, ACTS, ACTS, LATE))


def test_what_is_done_on_either_side_in_any_order_and_with_any_delay_ends_in_one_state(
    suite_together: Together,
) -> None:
    """P28: three acts on either side, before or after the other side knows of them, end in one state.

    It takes more than ten seconds because each case is a matter of its own that four services settle.
    """
    running = suite_together
    running.appoint("sg-one")
    for *acts, late in random.Random(28).sample(CASES, part_of(120)):
        concern, alert = running.begun(raise_matter)
        running.held_back = LATE[late]
        for number, act in enumerate(acts, start=1):
            try_act(running, act, concern, alert, running.today + timedelta(days=number))
            running.settle()
        running.held_back = set()
        running.settle()
        assert_one_state(running, concern, alert)
        if concern_of(running, concern).state not in ENDED:
            close_concern(running, concern)
            running.settle()


def try_act(running: Together, act: str, concern: str, alert: str, day: date) -> None:
    """Do something that the side on which it is done may refuse, because the matter has ended there."""
    try:
        ACTS[act](running, concern, alert, day)
    except grpc.RpcError as refused:
        if refused.code() is not grpc.StatusCode.FAILED_PRECONDITION:
            raise


def told(running: Together) -> list[str]:
    """Addresses of the e-mails so far, without their domain."""
    return [str(message["To"]).partition("@")[0] for message in running.mail.taken]


def test_a_matter_that_nobody_answers_asks_again_until_a_person_acts(suite_together: Together) -> None:
    """P14: on its next date it asks its owner, then a ladder, each once, and any act of a person stops that."""
    running = suite_together
    running.appoint("sg-one")
    concern, alert = running.begun(raise_matter)
    acknowledge_alert(running, alert, running.today + timedelta(days=1))
    running.settle()
    before = len(told(running))
    running.days(1)
    assert alert_of(running, alert).state == inbox.Alert.STATE_OPEN
    assert told(running)[before:] == [SENIOR]
    running.days(1)  # the Team reads its inbox, and has no address
    asked = inbox.ListNotificationsRequest(parent="safeguarders/sg-one")
    newest = running.notifications.ListNotifications(asked, **running.as_(TEAM)).notifications[0]
    assert newest.recipient == TEAM
    acknowledge_concern(running, concern, running.today + timedelta(days=14))
    running.settle()
    taken_on = alert_of(running, alert)
    running.days(12)
    assert alert_of(running, alert) == taken_on
    assert_one_state(running, concern, alert)


def test_days_on_hold_move_the_day_to_respond_by_on_both_sides(suite_together: Together) -> None:
    """P28: two pages that name two days for one matter leave a person to guess which of them holds."""
    running = suite_together
    running.appoint("sg-one")
    concern, alert = running.begun(raise_matter)
    before = from_date(concern_of(running, concern), "respond_by_date")
    why = moves.HOLD_REASON_PRACTICE_UNCLEAR
    hold = moves.HoldConcernRequest(name=concern, reason=why, request_id=a_request_id())
    running.concerns.HoldConcern(hold, **running.as_(TEAM))
    running.days(4)
    release = moves.ReleaseConcernRequest(name=concern, reason=why, request_id=a_request_id())
    running.concerns.ReleaseConcern(release, **running.as_(TEAM))
    running.settle()
    after = from_date(concern_of(running, concern), "respond_by_date")
    assert before is not None
    assert after == before + timedelta(days=4) == from_date(alert_of(running, alert), "respond_by_date")


def test_a_matter_of_safety_is_put_off_for_a_fortnight_at_most_on_both_sides(suite_together: Together) -> None:
    """P14: a next date far off would silence it as a snooze without an end does."""
    running = suite_together
    running.appoint("sg-one")
    concern, alert = running.begun(raise_matter)
    far, near = (running.today + timedelta(days=days) for days in (15, 14))
    assert refused(lambda: acknowledge_alert(running, alert, far)).reason == "NEXT_DATE_TOO_FAR"
    assert refused(lambda: acknowledge_concern(running, concern, far)).reason == "NEXT_DATE_TOO_FAR"
    assert refused(lambda: snooze_alert(running, alert, far)).reason == "SNOOZE_OUT_OF_RANGE"
    acknowledge_concern(running, concern, near)
    running.settle()
    assert alert_of(running, alert).owner == concern_of(running, concern).owner == TEAM
