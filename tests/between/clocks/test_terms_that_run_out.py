"""Kind closed: a term runs out, nobody records what Ministers decided, and nobody notices (reg 7, SSI 2012/54).

What the Safeguarder owed went on as if they served, and what the Team owed for the next term was gone. Scheduling ends
the one and asks the Team for the decision, each month, until it is there. Notifications asks by the same duty.
"""

from datetime import date, timedelta

from psmf.evidence.v1 import safeguarder_pb2 as register
from psmf.notifications.v1 import notifications_pb2 as messages
from psmf.scheduling.v1 import duties_pb2 as duties

from services.platform.calls.wire import from_date
from tests.between.together import START, Together
from tests.builders import an_appointment

NAME = "safeguarders/sg-one"
LAST_DAY = (START + timedelta(days=8)).date()
"""Tuesday 10 November 2026."""


def owed(running: Together) -> list[tuple[str, date | None]]:
    listed = running.duties.ListDuties(duties.ListDutiesRequest(parent=NAME), **running.as_("panel-team")).duties
    return [(duties.Duty.Kind.Name(each.kind).removeprefix("KIND_"), from_date(each, "due_date")) for each in listed]


def told(running: Together, person: str) -> list[str]:
    request = messages.ListNotificationsRequest(parent=NAME, page_size=500)
    found = running.notifications.ListNotifications(request, **running.as_(person)).notifications
    return [messages.Notification.Subject.Name(each.subject).removeprefix("SUBJECT_") for each in found]


def test_the_team_is_asked_each_month_and_the_person_for_nothing(suite_together: Together) -> None:
    running = suite_together
    running.appoint("sg-one", since=date(2023, 11, 11))
    running.until(LAST_DAY)
    assert "RECORD_DECISION" not in dict(owed(running))
    before = told(running, "person-one")
    running.days(1)
    assert owed(running) == [("RECORD_DECISION", date(2026, 11, 17))]
    running.until(date(2026, 11, 18))
    assert told(running, "panel-team").count("DECISION_DUE") == 2, "two days before, and on the day"
    running.until(date(2026, 12, 18))
    assert owed(running) == [("RECORD_DECISION", date(2026, 12, 17))]
    assert told(running, "panel-team").count("DECISION_DUE") > 2
    assert told(running, "person-one") == before


def test_an_end_that_is_recorded_late_ends_it(suite_together: Together) -> None:
    running = suite_together
    running.appoint("sg-one", since=date(2023, 11, 11))
    running.until(LAST_DAY + timedelta(days=3))
    end = an_appointment(
        "sg-one",
        LAST_DAY,
        kind=register.RecordMinisterialDecisionRequest.KIND_ENDED,
        end_reason=register.END_REASON_TERM_ENDED,
    )
    running.safeguarders.RecordMinisterialDecision(end, **running.as_("recorder"))
    running.settle()
    assert owed(running) == []
