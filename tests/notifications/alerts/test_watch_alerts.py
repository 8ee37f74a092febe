"""WatchAlerts: every live alert first, then each change, resumable after any token."""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import grpc
import pytest
from psmf.notifications.v1 import notifications_pb2 as pb

from services.platform.calls.wire import to_date
from services.platform.clock import SystemClock
from services.platform.door.limits import WATCHES_OF_ONE
from services.refusals import Kind
from tests.notifications.builders import a_concern, a_data_gap, allocated, an_escalation, closed, raised, updated
from tests.notifications.conftest import Service
from tests.waiting import HUNG, until

CALLING = Path(__file__).parents[3] / "docs" / "calling.md"


@contextmanager
def watching(
    service: Service, person: str, token: str = "", parent: str = "safeguarders/-"
) -> Iterator[Iterator[pb.WatchAlertsResponse]]:
    request = pb.WatchAlertsRequest(parent=parent, resume_token=token)
    stream: Any = service.alerts.WatchAlerts(request, **service.as_(person), timeout=HUNG)
    try:
        yield stream
    finally:
        stream.cancel()


def to_heartbeat(stream: Iterator[pb.WatchAlertsResponse]) -> list[pb.WatchAlertsResponse]:
    """Return what arrives up to the next heartbeat, and the heartbeat."""
    seen: list[pb.WatchAlertsResponse] = []
    while not seen or seen[-1].HasField("alert"):
        seen.append(next(stream))
    return seen


def concerns(seen: list[pb.WatchAlertsResponse]) -> list[str]:
    return [one.alert.concern.rpartition("/")[2] for one in seen if one.HasField("alert")]


def test_a_watch_begins_with_every_live_alert_and_a_heartbeat(service: Service) -> None:
    """doors D21: a message without an alert is one, as docs/calling.md says."""
    service.receive(
        raised(a_concern("c-1")), raised(a_data_gap("c-2")), raised(an_escalation("c-3")), closed(a_data_gap("c-2"))
    )
    with watching(service, "panel-team") as stream:
        assert concerns(to_heartbeat(stream)) == ["c-3"]


def test_the_example_of_the_docs_skips_heartbeats_and_keeps_their_tokens(
    service: Service, capsys: pytest.CaptureFixture[str]
) -> None:
    """doors D21: docs/calling.md says what a message without an alert is, beside an example, which is run here."""
    section = CALLING.read_text().partition("## Watching alerts")[2].partition("\n## ")[0]
    before, _, rest = section.partition("```python\n")
    assert "A message without one is a heartbeat" in before
    service.receive(raised(a_concern("c-1")), raised(an_escalation("c-3")))
    request = pb.WatchAlertsRequest(parent="safeguarders/-")
    with watching(service, "panel-team") as stream:
        seen = to_heartbeat(stream)
    alerts = Replayed(seen)
    exec(rest.partition("```")[0], {"alerts": alerts, "request": request, "token": ()})  # noqa: S102  our own page
    assert capsys.readouterr().out.splitlines() == [one.alert.name for one in seen[:-1]]
    assert not seen[-1].HasField("alert")
    assert request.resume_token == seen[-1].resume_token


class Replayed:
    """Messages that a watch sent, for the example to read."""

    def __init__(self, messages: list[pb.WatchAlertsResponse]) -> None:
        self._messages = messages

    def WatchAlerts(  # noqa: N802  as the contract names it
        self, request: pb.WatchAlertsRequest, metadata: Any
    ) -> Iterator[pb.WatchAlertsResponse]:
        """Yield them."""
        yield from self._messages


def test_a_watch_goes_on_with_each_change(service: Service) -> None:
    service.receive(raised(a_concern("c-1")))
    with watching(service, "panel-team") as stream:
        to_heartbeat(stream)
        service.receive(updated(a_concern("c-1")))
        assert next(stream).alert.updates == 1
        service.receive(closed(a_concern("c-1")))
        assert next(stream).alert.state == pb.Alert.STATE_RESOLVED


def test_a_change_is_told_at_once_and_not_at_the_next_heartbeat(service: Service) -> None:
    (alert,) = hear_and_list(service)
    with watching(service, "panel-team") as stream:
        to_heartbeat(stream)
        request = pb.AcknowledgeAlertRequest(name=alert.name, next_date=to_date(SystemClock().today()))
        service.alerts.AcknowledgeAlert(request, **service.as_("manager-one"))
        assert next(stream).alert.owner == "manager-one"


def hear_and_list(service: Service) -> list[pb.Alert]:
    service.receive(allocated(), raised(a_concern()))
    return service.list_alerts("manager-one")


def test_a_watch_resumes_after_any_token_without_a_gap(service: Service) -> None:
    service.receive(*[raised(a_concern(f"c-{number}", rule=f"rule-{number}")) for number in range(4)])
    with watching(service, "panel-team") as stream:
        second = list(itertools.islice(stream, 2))[-1]
    service.receive(closed(a_concern("c-0", rule="rule-0")))
    with watching(service, "panel-team", second.resume_token) as stream:
        assert concerns(list(itertools.islice(stream, 3))) == ["c-2", "c-3", "c-0"]


def test_nothing_new_is_told_by_a_heartbeat_that_can_be_resumed_after(service: Service) -> None:
    service.receive(raised(a_concern()))
    with watching(service, "panel-team") as stream:
        token = to_heartbeat(stream)[-1].resume_token
        later = next(stream)
    assert not later.HasField("alert")
    assert later.resume_token == token


@pytest.mark.parametrize("token", ["999999", "not-ours", "-1", "1 "])
def test_a_token_that_is_not_ours_is_refused(service: Service, token: str) -> None:
    with watching(service, "panel-team", token) as stream, pytest.raises(grpc.RpcError) as refused:
        next(stream)
    assert refused.value.code() == grpc.StatusCode.INVALID_ARGUMENT


def test_a_support_manager_watches_those_allocated_to_them(service: Service) -> None:
    service.receive(allocated("manager-one", "sg-one"), raised(a_concern("c-2", safeguarder_id="sg-two")))
    with watching(service, "manager-one") as stream:
        assert concerns(to_heartbeat(stream)) == []
        service.receive(raised(a_concern("c-1")))
        assert next(stream).alert.recipient == "manager-one"


def test_a_safeguarder_watches_what_is_open_to_them(service: Service) -> None:
    service.receive(raised(a_data_gap()), raised(a_concern("c-1")))
    with watching(service, "person-one", parent="safeguarders/sg-one") as stream:
        assert concerns(to_heartbeat(stream)) == ["c-1"]


def test_a_watch_too_many_is_refused_and_a_place_is_free_again_when_one_ends(service: Service) -> None:
    def watch() -> Any:
        request = pb.WatchAlertsRequest(parent="safeguarders/-")
        return service.alerts.WatchAlerts(request, **service.as_("panel-team"), timeout=HUNG)

    streams = [watch() for _ in range(WATCHES_OF_ONE)]
    for stream in streams:
        next(stream)
    refused = service.refused(lambda *_, **__: next(watch()), pb.WatchAlertsRequest(), "panel-team")
    assert (refused.kind, refused.reason) == (Kind.EXHAUSTED, "TOO_MANY_STREAMS")
    streams[0].cancel()
    until(lambda: is_let_in(watch()))
    for stream in streams:
        stream.cancel()


def is_let_in(stream: Any) -> bool:
    try:
        next(stream)
    except grpc.RpcError:
        return False
    stream.cancel()
    return True
