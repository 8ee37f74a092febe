"""The Safeguarder is told no later than the manager, and is never told of a gap of the Team's (D5)."""

from datetime import timedelta
from pathlib import Path

from psmf.rules.v1.concern_moves_pb2 import CONCERN_MOVE_HOLD, CONCERN_MOVE_INVITE_TO_SHARE

from services.notifications.domain.alert import Reason
from services.notifications.domain.notification import Outcome, State
from services.notifications.handlers.work_on_alert import AlertRead, acknowledge_alert, snooze_alert
from tests.notifications.builders import (
    a_concern,
    a_data_gap,
    a_safety_matter,
    allocated,
    moved,
    raised,
    updated,
)
from tests.notifications.office import NOW, RETRIES, TODAY, Office, Post, an_office


def test_the_managers_email_waits_until_the_persons_was_sent(office: Office) -> None:
    office.receive(allocated(), raised(a_concern()))
    office.go_on(minutes=2)
    post = Post()
    office.send_all(post)
    assert post.addresses == ["person-one", "manager-one"]


def test_the_managers_email_waits_while_the_persons_is_tried_again(office: Office) -> None:
    office.receive(allocated(), raised(a_concern()))
    office.go_on(minutes=2)
    post = Post(Outcome.NOT_SENT, Outcome.UNKNOWN)
    for _ in range(3):
        office.send_all(post)
        office.go_on(minutes=5)
    assert post.addresses == ["person-one", "person-one", "person-one", "manager-one"]


def test_the_managers_email_goes_once_the_persons_has_failed_for_good(office: Office) -> None:
    office.receive(allocated(), raised(a_concern()))
    office.go_on(minutes=2)
    post = Post(*[Outcome.NOT_SENT] * RETRIES.most)
    for _ in range(RETRIES.most + 1):
        office.send_all(post)
        office.go_on(minutes=5)
    assert post.addresses == ["person-one"] * RETRIES.most + ["manager-one"]
    assert [one.state for one in office.notifications()] == [State.FAILED, State.SENT]


def test_a_person_without_an_entry_in_the_directory_cannot_hold_up_the_manager(office: Office) -> None:
    office.receive(
        allocated(safeguarder_id="sg-three"),
        raised(a_concern(safeguarder_id="sg-three")),
    )
    office.go_on(minutes=2)
    post = Post()
    office.send_all(post)
    assert post.addresses == ["manager-one"]
    assert [one.state for one in office.notifications()] == [State.FAILED, State.SENT]


def test_a_matter_of_safety_goes_to_the_senior_manager_at_once(office: Office) -> None:
    office.receive(raised(a_safety_matter()))
    assert {one.due_at for one in office.notifications()} == {NOW}
    post = Post(Outcome.NOT_SENT)
    office.send_all(post)
    assert sorted(post.addresses) == ["person-one", "senior-manager"]


def test_a_matter_of_safety_overtakes_what_waits(office: Office) -> None:
    office.receive(allocated(), raised(a_concern(safeguarder_id="sg-two")))
    office.go_on(minutes=2)
    office.receive(raised(a_safety_matter()))
    post = Post()
    office.send_all(post)
    assert sorted(post.addresses[:2]) == ["person-one", "senior-manager"]


def test_the_policy_may_keep_a_matter_of_safety_from_the_person(tmp_path: Path, database_kind: str) -> None:
    with an_office(tmp_path, safety_tell_safeguarder=False) as office:
        office.receive(raised(a_safety_matter()))
        assert [one.recipient for one in office.notifications()] == ["senior-manager"]
        assert not office.alert("c-5").open_to_the_person


def test_a_gap_of_the_teams_is_told_to_the_team_alone(office: Office) -> None:
    office.receive(raised(a_data_gap()))
    assert [one.recipient for one in office.notifications()] == ["panel-team"]


def test_the_person_is_told_that_there_is_praise(office: Office) -> None:
    praise = a_concern(lane="excellence", rule="excellence-repeat", quiet_if_escalated=False)
    office.receive(allocated(), raised(praise))
    assert [one.recipient for one in office.notifications()] == ["person-one", "manager-one"]


def test_new_evidence_on_an_alert_in_hand_sends_no_more_messages(office: Office) -> None:
    office.receive(allocated(), raised(a_concern()), updated(a_concern()), updated(a_concern()))
    assert len(office.notifications()) == 2


def test_new_evidence_that_breaks_a_snooze_is_told_to_the_person_first_again(office: Office) -> None:
    office.receive(allocated(), raised(a_concern()))
    read = AlertRead("sg-one", office.alert().alert_id)
    until_on = TODAY + timedelta(days=7)
    office.do(lambda context: snooze_alert(read, "manager-one", until_on, Reason.PERSON_ON_LEAVE, context))
    office.go_on(hours=1)
    office.receive(updated(a_concern()))
    assert [one.recipient for one in office.notifications()] == ["person-one", "manager-one"] * 2


def test_an_owner_named_by_someone_else_is_told(office: Office) -> None:
    office.receive(allocated(), raised(a_concern()))
    read = AlertRead("sg-one", office.alert().alert_id)
    office.do(lambda context: acknowledge_alert(read, "senior-manager", "manager-one", TODAY, context))
    assert office.notifications()[-1].recipient == "senior-manager"


def test_who_has_no_email_address_finds_it_in_the_inbox(office: Office) -> None:
    office.receive(raised(a_data_gap()))
    office.go_on(minutes=2)
    post = Post()
    office.send_all(post)
    (one,) = office.notifications()
    assert (one.channel, one.state, post.sent) == ("inbox", State.SENT, [])


def test_the_person_is_told_when_a_move_asks_them_for_something(office: Office) -> None:
    office.receive(allocated(), raised(a_concern()))
    office.go_on(minutes=2)
    post = Post()
    office.send_all(post)
    office.go_on(minutes=5)
    office.receive(moved(a_concern(), CONCERN_MOVE_INVITE_TO_SHARE), moved(a_concern(), CONCERN_MOVE_HOLD))
    office.go_on(minutes=2)
    office.send_all(post)
    assert post.addresses == ["person-one", "manager-one", "person-one"]
