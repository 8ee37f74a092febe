"""An unexcused absence is reviewed like everything else that counts against a person (R92, decision 0075).

The kind that this closes: an absence stands against somebody who asked whether it is right, or a review of one ends
without effect on what the absence did.
"""

from datetime import timedelta
from functools import partial

from psmf.rules.v1 import rules_pb2 as rules
from psmf.scheduling.v1 import scheduling_pb2 as scheduling

from services.calendar_days import WorkingCalendar, add_working_days
from services.rules.adapters.store.items import item_versions
from services.rules.domain.closed_lists import Kind
from tests.answers import refused
from tests.between.clocks.test_replies_while_away import told
from tests.between.reviews.request import HEAD, SAFEGUARDER, SENIOR, TEAM, WORDS, Asking, Request
from tests.between.reviews.test_what_can_be_reviewed import asking
from tests.between.test_reply_before_it_counts import lapse, missed_training, raised
from tests.between.together import Together

UNEXCUSED, EXCUSED = scheduling.ATTENDANCE_ABSENT_UNEXCUSED, scheduling.ATTENDANCE_ABSENT_EXCUSED
MISSED = "training-missed"


def absent(running: Together) -> tuple[Asking, str]:
    """Return what people do about reviews of a person who missed a training, and the name of that absence."""
    running.appoint("sg-one")
    running.pass_time(timedelta(days=30))
    missed_training(running, UNEXCUSED)
    listed = scheduling.ListObligationsRequest(parent=SAFEGUARDER)
    found = running.obligations.ListObligations(listed, **running.as_(TEAM)).obligations
    owed = next(one for one in found if one.kind == scheduling.Obligation.KIND_MANDATORY_TRAINING)
    return asking(running), f"{owed.name}/attendance"


def concern(running: Together) -> rules.Concern:
    request = rules.ListConcernsRequest(parent=SAFEGUARDER, include_closed=True)
    found = running.concerns.ListConcerns(request, **running.as_(TEAM)).concerns
    known: rules.Concern
    (known,) = [each for each in found if each.rule == MISSED]
    return known


def test_an_upheld_review_excuses_the_absence_and_closes_what_rested_on_it(suite_together: Together) -> None:
    running = suite_together
    made, target = absent(running)
    missed_on = running.ago(3)
    running.pass_time(lapse(running.today) - running.today)
    assert MISSED in raised(running)
    asked = made.ask(target)
    assert concern(running).name in asked.concerns
    assert concern(running).state == rules.Concern.STATE_HELD
    assert refused(partial(missed_training, running, EXCUSED, running.ago(3))).reason == "UNDER_REVIEW"
    made.accept(asked.name)
    made.assign(asked.name, HEAD)

    # Rules hear of the decision before scheduling does, and evaluate. Nothing is raised again meanwhile.
    running.held_back.add(("scheduling", "evidence"))
    made.decide(asked.name, Request.DECISION_UPHELD, HEAD)
    closed = concern(running)
    assert (closed.state, closed.reason) == (rules.Concern.STATE_CLOSED, rules.CONCERN_REASON_REVIEW_UPHELD)
    running.days(1)
    running.held_back.clear()
    running.days(1)
    assert concern(running).name == closed.name
    assert MISSED not in raised(running)
    again = refused(partial(missed_training, running, UNEXCUSED, missed_on))
    assert again.reason == "EXCUSED_BY_REVIEW"
    assert refused(partial(made.ask, target)).reason == "NOT_UNEXCUSED"


def test_a_record_that_follows_the_absence_holds_also_if_the_review_was_heard_first(suite_together: Together) -> None:
    """What the review says has no number of scheduling's. It must not stand in the way of the next record."""
    running = suite_together
    made, target = absent(running)
    running.held_back.add(("scheduling", "evidence"))
    asked = made.ask(target)
    made.accept(asked.name)
    made.assign(asked.name, HEAD)
    made.decide(asked.name, Request.DECISION_UPHELD, HEAD)
    assert attendance(running) == "absent_excused"
    missed_training(running, scheduling.ATTENDANCE_ATTENDED)
    assert attendance(running) == "attended"
    running.held_back.clear()
    running.days(1)
    assert attendance(running) == "attended"


def attendance(running: Together) -> object:
    """Return how the person took part in the training, as rules know it last."""
    with running.services["rules"].database.read() as connection:
        versions = item_versions(connection, "sg-one")
    last = max((each for each in versions if each.kind is Kind.ATTENDANCE), key=lambda each: each.version)
    return last.details["attendance"]


def test_the_time_to_reply_to_an_absence_stands_still_while_a_review_is_open(suite_together: Together) -> None:
    running = suite_together
    made, target = absent(running)
    running.days(3)
    asked = made.ask(target)
    assert told(running) == [("stands_still", None)]
    running.days(16)
    assert raised(running) == set()
    made.accept(asked.name, words=WORDS)
    made.assign(asked.name, SENIOR)
    made.decide(asked.name, Request.DECISION_NOT_UPHELD)
    (_, (word, due_on)) = told(running)
    # Two of ten working days had passed, and this one counts.
    assert word == "moved"
    assert due_on == add_working_days(WorkingCalendar.OFFICE, running.today - timedelta(days=1), 8)
    running.pass_time(due_on - running.today)
    assert raised(running) == set()
    running.days(1)
    assert MISSED in raised(running)


def test_only_an_unexcused_absence_of_the_person_can_be_asked_about(suite_together: Together) -> None:
    running = suite_together
    made, target = absent(running)
    missed_training(running, EXCUSED)
    assert refused(partial(made.ask, target)).reason == "NOT_UNEXCUSED"
    for name in ("supportSessions/none/attendance", "obligations/none/attendance"):
        answer = refused(partial(made.ask, f"{SAFEGUARDER}/{name}"))
        assert (answer.reason, answer.field) == ("ABSENCE_NOT_FOUND", "target")
    for name in ("supportSessions/none", "obligations/none", "obligations/none/record"):
        assert refused(partial(made.ask, f"{SAFEGUARDER}/{name}")).reason == "NAME_NOT_VALID"
    assert refused(partial(made.ask, target, "manager-one")).code == "PERMISSION_DENIED"


def test_a_review_says_nothing_of_the_next_event_that_the_person_misses(suite_together: Together) -> None:
    """Another event is offered for the same training. Its absence counts, and has a review of its own."""
    running = suite_together
    made, target = absent(running)
    first_on = running.ago(3)
    asked = made.ask(target)
    made.accept(asked.name)
    made.assign(asked.name, HEAD)
    made.decide(asked.name, Request.DECISION_UPHELD, HEAD)
    running.pass_time(timedelta(days=40))
    missed_training(running, UNEXCUSED)
    assert refused(partial(missed_training, running, UNEXCUSED, first_on)).reason == "EXCUSED_BY_REVIEW"
    running.pass_time(lapse(running.today) - running.today)
    assert MISSED in raised(running)
    again = made.ask(target)
    made.accept(again.name)
    made.assign(again.name, HEAD)
    made.decide(again.name, Request.DECISION_NOT_UPHELD, HEAD)
    assert MISSED in raised(running)
    assert refused(partial(made.ask, target)).reason == "REVIEW_DECIDED"
    missed_training(running, UNEXCUSED, running.ago(1))
    made.ask(target)
