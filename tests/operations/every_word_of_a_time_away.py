"""Every word of leave and suspension, and of the times to reply that they move, made by the public methods."""

from typing import Any

from psmf.evidence.v1 import evidence_pb2 as evidence
from psmf.evidence.v1 import times_away_pb2 as times_away
from psmf.notifications.v1 import notifications_pb2 as inbox

from services.demo.waiting import wait_until_settled
from services.platform.calls.wire import to_date
from tests.builders import a_mapping, days_ago
from tests.operations.new_words.of_a_suspension import make_every_word_of_a_suspension


def be_away(office: Any, person: str, suspended: tuple[str, str]) -> None:
    """Record leaves and suspensions of one person. What is owed falls due later, and so is a reply.

    `suspended`: two more people, who stay suspended.
    """
    item = office.records(person, mappings=[a_mapping("S4.1", evidence.POLARITY_NEUTRAL)])
    share = evidence.ShareEvidenceItemRequest(name=item.name)
    office.does("panel-team", office.client.evidence.ShareEvidenceItem, share)
    leave_without_a_last_day(office, person)
    office.grants_leave(person, -20, -10)
    office.grants_leave(person, 2, 7)
    make_every_word_of_a_suspension(office, person, suspended)


def leave_without_a_last_day(office: Any, person: str) -> None:
    """Record a leave of which nobody knows the end, and then its last day. The person is told of both."""
    request = times_away.RecordTimeAwayRequest(
        parent=f"safeguarders/{person}", kind=times_away.TIME_AWAY_KIND_LEAVE, start_date=to_date(days_ago(0))
    )
    recorded = office.does("panel-team", office.client.times_away.RecordTimeAway, request)
    wait_until_settled(office.client)
    told = inbox.ListNotificationsRequest(parent=f"safeguarders/{person}", page_size=500)
    office.does("panel-team", office.client.notifications.ListNotifications, told)  # it goes once the last day is known
    request.time_away_id, request.request_id = recorded.name.rpartition("/")[2], ""
    request.end_date.CopyFrom(to_date(days_ago(-1)))
    office.does("panel-team", office.client.times_away.RecordTimeAway, request)
