"""An open escalation suppresses the support need on the same standard, and the suppression is on record (X17)."""

from itertools import permutations

import pytest

from services.notifications.adapters.tables import silence
from services.notifications.domain.alert import Reason, State
from services.notifications.domain.notification import Outcome
from services.notifications.handlers.work_on_alert import AlertRead, acknowledge_alert, resolve_alert
from tests.notifications.builders import a_concern, allocated, an_escalation, closed, raised, updated
from tests.notifications.office import TODAY, Office, Post


def silences(office: Office) -> list[tuple[str, str, bool]]:
    with office.database.read() as connection:
        rows = connection.execute(silence.select().order_by(silence.c.number)).all()
    return [(row.alert_id, row.silenced_by, row.ended_at is not None) for row in rows]


@pytest.mark.parametrize("order", list(permutations(("need", "escalation", "allocation"))))
def test_an_escalation_silences_its_support_need_whichever_comes_first(office: Office, order: tuple[str, ...]) -> None:
    events = {"need": raised(a_concern()), "escalation": raised(an_escalation()), "allocation": allocated()}
    office.receive(*[events[name] for name in order])
    assert office.alert("c-1").silenced_by == office.alert("c-9").alert_id
    assert office.alert("c-9").silenced_by == ""


def test_silence_is_a_decision_on_record_from_its_beginning_to_its_end(office: Office) -> None:
    office.receive(raised(a_concern()), raised(an_escalation()))
    need, escalation = office.alert("c-1"), office.alert("c-9")
    assert silences(office) == [(need.alert_id, escalation.alert_id, False)]
    office.receive(closed(an_escalation()))
    assert silences(office) == [(need.alert_id, escalation.alert_id, True)]
    assert office.alert("c-1").silenced_by == ""


@pytest.mark.parametrize(
    "need",
    [a_concern(standards=["S5"]), a_concern(quiet_if_escalated=False), a_concern(safeguarder_id="sg-two")],
    ids=["another standard", "a rule that stays heard", "another person"],
)
def test_other_support_needs_stay_heard(office: Office, need: object) -> None:
    office.receive(raised(an_escalation()), raised(need))  # type: ignore[arg-type]
    assert office.alert("c-1").silenced_by == ""


def test_a_second_escalation_goes_on_silencing_when_the_first_ends(office: Office) -> None:
    second = an_escalation("c-8", rule="action-not-met")
    office.receive(raised(a_concern()), raised(an_escalation()), raised(second), closed(an_escalation()))
    assert office.alert("c-1").silenced_by == office.alert("c-8").alert_id
    office.receive(closed(second))
    assert office.alert("c-1").silenced_by == ""


@pytest.mark.parametrize("order", list(permutations((0, 1, 2))))
def test_of_two_escalations_the_same_one_silences_whichever_comes_first(office: Office, order: tuple[int, ...]) -> None:
    events = [raised(a_concern()), raised(an_escalation("c-8", rule="action-not-met")), raised(an_escalation("c-9"))]
    office.receive(*[events[place] for place in order])
    assert office.alert("c-1").silenced_by == office.alert("c-8").alert_id


def test_silence_changes_nothing_people_have_done(office: Office) -> None:
    office.receive(allocated(), raised(a_concern()))
    read = AlertRead("sg-one", office.alert().alert_id)
    office.do(lambda context: acknowledge_alert(read, "", "manager-one", TODAY, context))
    office.receive(raised(an_escalation()), updated(a_concern()), closed(an_escalation()))
    alert = office.alert()
    assert (alert.state, alert.owner, alert.next_on) == (State.ACKNOWLEDGED, "manager-one", TODAY)


def test_a_silenced_alert_is_told_to_its_manager_only_when_it_is_heard_again(office: Office) -> None:
    office.receive(allocated(), raised(an_escalation()), raised(a_concern()))
    assert "manager-one" not in {one.recipient for one in office.notifications()}
    office.receive(closed(an_escalation()))
    assert "manager-one" in {one.recipient for one in office.notifications()}


@pytest.mark.parametrize("order", list(permutations(("need", "escalation"))))
def test_nobody_is_written_to_of_what_was_silenced_in_time(office: Office, order: tuple[str, ...]) -> None:
    events = {"need": raised(a_concern()), "escalation": raised(an_escalation())}
    office.receive(allocated(), *[events[name] for name in order])
    assert sorted(one.recipient for one in office.notifications()) == ["person-one", "person-one", "senior-manager"]


def test_what_was_tried_before_the_silence_began_stays_on_record(office: Office) -> None:
    office.receive(allocated(), raised(a_concern()))
    office.go_on(minutes=2)
    office.send_all(Post(Outcome.SENT, Outcome.NOT_SENT))
    office.receive(raised(an_escalation()))
    (told,) = [one for one in office.notifications() if one.recipient == "manager-one"]
    assert (told.state, told.tries) == ("intended", 1)


def test_a_person_who_ends_the_escalations_alert_ends_its_silence(office: Office) -> None:
    office.receive(raised(a_concern()), raised(an_escalation()))
    read = AlertRead("sg-one", office.alert("c-9").alert_id)
    office.do(lambda context: resolve_alert(read, "manager-one", Reason.EXPLAINED, context))
    assert office.alert("c-1").silenced_by == ""
