"""Who may call what: every role against every method, on one's own record, an allocated one, and another's (D16)."""

from typing import Any

import grpc
import pytest
from google.protobuf.message import Message
from psmf.notifications.v1 import notifications_pb2 as pb

from services.platform.calls.wire import to_date
from tests.notifications.builders import WINDOW, allocated
from tests.notifications.conftest import Service

ALERT = "safeguarders/sg-one/alerts/no-such-alert"
REQUESTS: dict[str, Message] = {
    "GetAlert": pb.GetAlertRequest(name=ALERT),
    "ListAlerts": pb.ListAlertsRequest(parent="safeguarders/sg-one"),
    "WatchAlerts": pb.WatchAlertsRequest(parent="safeguarders/sg-one"),
    "AcknowledgeAlert": pb.AcknowledgeAlertRequest(name=ALERT, next_date=to_date(WINDOW)),
    "SnoozeAlert": pb.SnoozeAlertRequest(
        name=ALERT, until_date=to_date(WINDOW), reason=pb.ALERT_REASON_AWAITING_INFORMATION
    ),
    "ResolveAlert": pb.ResolveAlertRequest(name=ALERT, outcome=pb.ALERT_REASON_EXPLAINED),
    "ListNotifications": pb.ListNotificationsRequest(parent="safeguarders/sg-one"),
    "ListAlerts of everyone": pb.ListAlertsRequest(parent="safeguarders/-"),
    "WatchAlerts of everyone": pb.WatchAlertsRequest(parent="safeguarders/-"),
    "ListNotifications of everyone": pb.ListNotificationsRequest(parent="safeguarders/-"),
}
READS = {"GetAlert", "ListAlerts", "WatchAlerts", "ListNotifications"}
WRITES = {"AcknowledgeAlert", "SnoozeAlert", "ResolveAlert"}
OF_EVERYONE = {f"{method} of everyone" for method in READS - {"GetAlert"}}
"""Lists across people. From a Safeguarder they are about themselves (doors D1)."""
ALLOWED: dict[str, set[str]] = {
    "panel-team": READS | WRITES | OF_EVERYONE,
    "senior-manager": READS | WRITES | OF_EVERYONE,
    "manager-one": READS | WRITES | OF_EVERYONE,
    "manager-two": OF_EVERYONE,
    "person-one": READS | OF_EVERYONE,
    "person-two": OF_EVERYONE,
    "partner": set(),
    "recorder": set(),
    "official": set(),
    "editor": set(),
    "operator": set(),
    "service:rules": set(),
}


@pytest.fixture
def with_an_alert(service: Service) -> Service:
    service.receive(allocated("manager-one", "sg-one"))
    return service


def is_allowed(service: Service, method: str, person: str) -> bool:
    """Return whether the gate lets the call through, whatever the method then answers."""
    name = method.partition(" ")[0]
    stub: Any = service.sent if name == "ListNotifications" else service.alerts
    try:
        answer = getattr(stub, name)(REQUESTS[method], **service.as_(person))
        if name == "WatchAlerts":
            next(answer)
            answer.cancel()
    except grpc.RpcError as problem:
        return bool(problem.code() != grpc.StatusCode.PERMISSION_DENIED)
    return True


def test_each_role_may_call_what_the_table_says_and_nothing_else(with_an_alert: Service) -> None:
    found = {person: {method for method in REQUESTS if is_allowed(with_an_alert, method, person)} for person in ALLOWED}
    assert found == ALLOWED


def test_without_a_token_nothing_is_answered(service: Service) -> None:
    with pytest.raises(grpc.RpcError) as refused:
        service.alerts.ListAlerts(pb.ListAlertsRequest(parent="safeguarders/-"))
    assert refused.value.code() == grpc.StatusCode.UNAUTHENTICATED
