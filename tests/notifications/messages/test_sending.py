"""A message is never lost, and never sent twice without being marked as a possible duplicate (Q21, Q22, Q23)."""

import threading
from datetime import timedelta

import pytest

from services.notifications.domain.notification import Outcome, State
from services.notifications.worker import FORGOTTEN_AFTER
from tests.notifications.builders import a_concern, a_data_gap, a_safety_matter, allocated, raised
from tests.notifications.office import NOW, RETRIES, Office, Post
from tests.waiting import HUNG


class Killed(BaseException):
    """The sudden end of the process."""


def die(address: str, reference: str) -> None:
    raise Killed


def test_messages_to_one_person_within_a_minute_go_as_one_email(office: Office) -> None:
    office.receive(allocated(), raised(a_concern("c-1")))
    office.go_on(seconds=30)
    office.receive(raised(a_concern("c-2", rule="report-quality")))
    office.go_on(seconds=30)
    post = Post()
    office.send_all(post)
    assert post.addresses == ["person-one", "manager-one"]
    assert len({one.reference for one in office.notifications()}) == 2
    assert all(one.state is State.SENT for one in office.notifications())


def test_nothing_goes_before_its_time_to_wait_for_others_is_over(office: Office) -> None:
    office.receive(allocated(), raised(a_concern()))
    office.go_on(seconds=59)
    post = Post()
    office.send_all(post)
    assert post.sent == []


def test_the_sender_rests_until_the_next_message_falls_due(office: Office) -> None:
    office.receive(raised(a_concern()))
    office.go_on(seconds=20)
    assert office.sender(Post()).turn() == 40.0


def test_every_try_of_an_email_has_the_same_reference(office: Office) -> None:
    office.receive(raised(a_concern()))
    post = Post(Outcome.NOT_SENT, Outcome.UNKNOWN, Outcome.NOT_SENT)
    for _ in range(RETRIES.most):
        office.go_on(minutes=5)
        office.send_all(post)
    (one,) = office.notifications()
    assert post.sent == [("person-one@example.invalid", one.notification_id)] * 4
    assert (one.tries, one.state) == (4, State.SENT)


def test_nothing_joins_an_email_that_was_tried_before(office: Office) -> None:
    office.receive(raised(a_concern("c-1")))
    office.go_on(minutes=2)
    post = Post(Outcome.UNKNOWN)
    office.send_all(post)
    office.receive(raised(a_concern("c-2", rule="report-quality")))
    office.go_on(minutes=10)
    office.send_all(post)
    first, second = office.notifications()
    assert (first.reference, second.reference) == (first.notification_id, second.notification_id)
    assert (first.possible_duplicate, second.possible_duplicate) == (True, False)
    references = [first.reference, second.reference, first.reference]
    assert sorted(reference for _, reference in post.sent) == sorted(references)


def test_a_try_that_certainly_did_not_get_through_is_no_possible_duplicate(office: Office) -> None:
    office.receive(raised(a_concern()))
    post = Post(Outcome.NOT_SENT)
    for _ in range(2):
        office.go_on(minutes=5)
        office.send_all(post)
    (one,) = office.notifications()
    assert (one.state, one.possible_duplicate) == (State.SENT, False)


def test_after_the_last_try_a_message_has_failed_for_good(office: Office) -> None:
    office.receive(raised(a_concern()))
    post = Post(*[Outcome.NOT_SENT] * 10)
    for _ in range(10):
        office.go_on(minutes=5)
        office.send_all(post)
    (one,) = office.notifications()
    assert (one.state, one.tries, len(post.sent)) == (State.FAILED, RETRIES.most, RETRIES.most)


def test_a_refusal_for_good_is_not_tried_again(office: Office) -> None:
    office.receive(raised(a_concern()))
    office.go_on(minutes=5)
    post = Post(Outcome.REFUSED)
    office.send_all(post)
    assert (office.notifications()[0].state, len(post.sent)) == (State.FAILED, 1)


def test_a_process_that_ends_between_claim_and_outcome_marks_a_possible_duplicate(office: Office) -> None:
    office.receive(raised(a_concern()))
    office.go_on(minutes=2)
    with pytest.raises(Killed):
        office.send_all(Post(watch=die))
    (claimed,) = office.notifications()
    assert claimed.state is State.CLAIMED

    post = Post()
    office.sender(post).start_again()
    office.send_all(post)
    (one,) = office.notifications()
    assert (one.state, one.possible_duplicate, one.tries) == (State.SENT, True, 2)
    assert post.sent == [("person-one@example.invalid", claimed.reference)]


def test_a_claim_in_hand_is_left_alone_until_it_is_forgotten(office: Office) -> None:
    office.receive(raised(a_concern()))
    office.go_on(minutes=2)
    with pytest.raises(Killed):
        office.send_all(Post(watch=die))
    office.tick()
    assert office.notifications()[0].state is State.CLAIMED
    office.clock.instant += FORGOTTEN_AFTER
    office.tick()
    assert office.notifications()[0].state is State.INTENDED


def test_a_sender_that_was_paused_for_hours_leaves_a_claim_freed_meanwhile_as_it_is(office: Office) -> None:
    """Its outcome belongs to an earlier try. If it replaced the mark, a second e-mail would go unnoticed."""
    office.receive(raised(a_concern()))
    office.go_on(minutes=2)

    def hours_pass(address: str, reference: str) -> None:
        office.clock.instant += FORGOTTEN_AFTER
        office.tick()

    office.sender(Post(watch=hours_pass)).turn()
    (one,) = office.notifications()
    assert (one.state, one.possible_duplicate) == (State.INTENDED, True)


def test_a_claim_is_committed_before_anything_is_sent(office: Office) -> None:
    seen: list[State] = []
    office.receive(raised(a_concern()))
    office.go_on(minutes=2)
    office.send_all(Post(watch=lambda *_: seen.append(office.notifications()[0].state)))
    assert seen == [State.CLAIMED]


def test_a_mail_server_that_does_not_answer_holds_up_no_event(office: Office) -> None:
    answer, asked = threading.Event(), threading.Event()

    def wait(*_: str) -> None:
        asked.set()
        answer.wait(HUNG)

    office.receive(raised(a_concern("c-1")))
    office.go_on(minutes=2)
    sending = threading.Thread(target=office.send_all, args=(Post(watch=wait),))
    sending.start()
    assert asked.wait(HUNG)
    office.receive(raised(a_concern("c-2", rule="report-quality")))
    assert len(office.alerts()) == 2
    answer.set()
    sending.join()


def test_with_a_mail_server_down_for_hours_every_message_ends_in_a_final_state(office: Office) -> None:
    office.receive(allocated(), raised(a_concern()), raised(a_safety_matter()), raised(a_data_gap()))
    post = Post(*[Outcome.NOT_SENT] * 100)
    while office.clock.now() < NOW + timedelta(hours=2):
        office.send_all(post)
        office.go_on(minutes=1)
    assert {one.state for one in office.notifications() if one.channel == "email"} == {State.FAILED}
    assert {one.state for one in office.notifications() if one.channel == "inbox"} == {State.SENT}
