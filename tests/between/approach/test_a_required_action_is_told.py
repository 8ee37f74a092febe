"""The Safeguarder is told of a required action, and by when (P29): from what people record to the message.

The kind that this closes: a date is set for somebody, and the message about it names another one, or none is sent.
"""

from psmf.notifications.v1 import notifications_pb2 as messages

from tests.between.approach.matter import EXPECTATION, PERSON, SAFEGUARDER, TEAM, Matter
from tests.between.together import Together


def asked(matter: Matter) -> list[messages.Notification]:
    """Return the messages to the Safeguarder that ask for an answer by a day."""
    request = messages.ListNotificationsRequest(parent=SAFEGUARDER, page_size=100)
    found = matter.running.notifications.ListNotifications(request, **matter.running.as_(TEAM)).notifications
    return [one for one in found if one.recipient == PERSON and one.HasField("answer_by_date")]


def test_the_safeguarder_is_told_of_a_required_action_and_by_when(suite_together: Together) -> None:
    """P29: once, with the day of the action, and never what it is. Nothing was told of it before it stood."""
    matter = suite_together.begun(Matter)
    matter.serve(actions=[matter.an_action(60).name])
    due = matter.day(60)
    assert due not in [one.answer_by_date for one in asked(matter)]
    matter.acknowledge()
    told = [one for one in asked(matter) if one.answer_by_date == due]
    assert len(told) == 1
    assert EXPECTATION not in str(told[0])
    suite_together.settle()
    assert len([one for one in asked(matter) if one.answer_by_date == due]) == 1
