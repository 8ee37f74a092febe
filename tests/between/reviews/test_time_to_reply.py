"""Kind closed: an item comes to count against a person while somebody else still looks at it (B5, B4)."""

from datetime import timedelta

from psmf.evidence.v1 import evidence_pb2 as items

from services.calendar_days import WorkingCalendar, add_working_days
from services.platform.calls.wire import to_date
from tests.between.clocks.test_replies_while_away import read, told
from tests.between.reviews.request import PERSON, TEAM, THEME, WORDS, Asking, Request
from tests.between.test_reply_before_it_counts import day, lapse, raised
from tests.between.together import Together
from tests.builders import a_request_id


def asking(running: Together) -> Asking:
    """Return a Safeguarder with two items that raise a concern once the time to reply to both is over."""
    running.appoint("sg-one")
    made = Asking.__new__(Asking)
    made.running = running
    made.first, made.second = (
        made.an_item(source) for source in (items.EVIDENCE_SOURCE_REPORTER, items.EVIDENCE_SOURCE_PANEL_MEMBER)
    )
    return made


def test_the_time_to_reply_stands_still_while_a_review_is_open_and_the_days_are_given_back(
    suite_together: Together,
) -> None:
    running = suite_together
    made = asking(running)
    shared_on = running.today
    running.days(3)
    asked = made.ask(made.first.name)
    assert read(running, made.first).reply_stands_still
    assert told(running) == [("stands_still", None)]
    running.days(18)
    assert not read(running, made.second).reply_stands_still
    assert day(read(running, made.second), "adverse_date") == lapse(shared_on)
    assert raised(running) == set()
    made.decided(asked.name, Request.DECISION_NOT_UPHELD)
    # Two of ten working days had passed, and this one counts.
    due_on = day(read(running, made.first), "reply_due_date")
    assert due_on == add_working_days(WorkingCalendar.OFFICE, running.today - timedelta(days=1), 8)
    assert told(running)[1:] == [("moved", due_on)]
    assert read(running, made.first).reply_moved
    running.until(due_on)
    assert raised(running) == set()
    running.days(1)
    assert THEME in raised(running)


def test_a_letter_that_is_entered_late_takes_back_what_came_to_count(suite_together: Together) -> None:
    running = suite_together
    made = asking(running)
    running.days(2)
    made_on = running.today
    running.days(20)
    concern = made.concern()
    assert concern is not None
    asked = made.ask(made.first.name, TEAM, made_date=to_date(made_on))
    assert read(running, made.first).reply_stands_still
    assert concern.name in made.read(asked.name).concerns
    held = made.concern()
    assert held is not None
    assert held.closing_proposed
    made.moves(asked.name, "WithdrawReviewRequest", PERSON)
    running.until(day(read(running, made.first), "adverse_date"))
    again = made.concern()
    assert again is not None
    assert not again.closing_proposed


def test_a_reply_while_a_review_is_open_raises_and_adds_nothing_until_it_has_ended(suite_together: Together) -> None:
    running = suite_together
    made = asking(running)
    running.days(3)
    asked = made.ask(made.first.name)
    reply = items.AddReplyRequest(name=made.first.name, text=WORDS, request_id=a_request_id())
    running.evidence.AddReply(reply, **running.as_(PERSON))
    running.days(25)
    assert not read(running, made.first).HasField("adverse_date")
    assert raised(running) == set()
    made.decided(asked.name, Request.DECISION_NOT_UPHELD)
    assert day(read(running, made.first), "adverse_date") == running.today, "from the day on which it ended"
    running.days(1)
    assert THEME in raised(running)
