"""The inbox over gRPC: who sees what, in which order, and what people can do with an alert."""

from datetime import timedelta
from typing import Any

import pytest
from google.protobuf.message import Message
from psmf.notifications.v1 import notifications_pb2 as pb

from services.calendar_days import WorkingCalendar, first_working_day_from
from services.platform.calls.wire import from_date, to_date
from services.platform.clock import SystemClock
from services.refusals import Kind
from tests.builders import a_request_id
from tests.notifications.builders import (
    a_concern,
    a_data_gap,
    a_safety_matter,
    allocated,
    an_escalation,
    closed,
    raised,
    updated,
)
from tests.notifications.conftest import Service

TODAY = SystemClock().today()


def lanes(alerts: list[pb.Alert]) -> list[str]:
    return [alert.lane for alert in alerts]


def one_alert(service: Service) -> pb.Alert:
    service.receive(allocated(), raised(a_concern()))
    (alert,) = service.list_alerts("manager-one")
    return alert


def an_acknowledgement(alert: pb.Alert, **changes: Any) -> pb.AcknowledgeAlertRequest:
    fields: dict[str, Any] = {"name": alert.name, "next_date": to_date(TODAY)} | changes
    return pb.AcknowledgeAlertRequest(**fields)


def a_snooze(alert: pb.Alert, days: int, **changes: Any) -> pb.SnoozeAlertRequest:
    reason = changes.pop("reason", pb.ALERT_REASON_AWAITING_INFORMATION)
    until_date = to_date(TODAY + timedelta(days=days))
    return pb.SnoozeAlertRequest(name=alert.name, until_date=until_date, reason=reason, **changes)


def a_resolution(alert: pb.Alert, outcome: Any = pb.ALERT_REASON_EXPLAINED) -> pb.ResolveAlertRequest:
    return pb.ResolveAlertRequest(name=alert.name, outcome=outcome)


def test_the_most_urgent_lane_comes_first(service: Service) -> None:
    service.receive(
        raised(a_concern("c-6", lane="excellence", rule="excellence-repeat")),
        raised(a_data_gap()),
        raised(a_concern("c-1", standards=["S1"])),
        raised(a_concern("c-3", lane="reappointment_risk", rule="reappointment-open-items")),
        raised(an_escalation()),
        raised(a_safety_matter()),
    )
    assert lanes(service.list_alerts("panel-team")) == [
        *("safety", "escalation", "reappointment_risk", "support_need", "data_gap", "excellence")
    ]


def test_in_a_lane_the_earliest_to_respond_by_comes_first(service: Service) -> None:
    service.receive(
        raised(a_concern("c-1", rule="rule-a", respond_within_working_days=20)),
        raised(a_concern("c-2", rule="rule-b", respond_within_working_days=1)),
        raised(a_concern("c-3", rule="rule-c", respond_within_working_days=5)),
    )
    assert [alert.rule for alert in service.list_alerts("panel-team")] == ["rule-b", "rule-c", "rule-a"]


def test_pages_hold_every_alert_once(service: Service) -> None:
    service.receive(*[raised(a_concern(f"c-{number}", rule=f"rule-{number}")) for number in range(5)])
    found: list[str] = []
    token = ""
    while True:
        request = pb.ListAlertsRequest(parent="safeguarders/-", page_size=2, page_token=token)
        page = service.alerts.ListAlerts(request, **service.as_("senior-manager"))
        found += [alert.name for alert in page.alerts]
        token = page.next_page_token
        if not token:
            break
    assert found == [alert.name for alert in service.list_alerts("senior-manager")]
    assert len(found) == 5


def test_a_support_manager_sees_the_alerts_of_those_allocated_to_them(service: Service) -> None:
    service.receive(
        allocated("manager-one", "sg-one"),
        allocated("manager-two", "sg-two"),
        raised(a_concern("c-1")),
        raised(a_concern("c-2", safeguarder_id="sg-two")),
    )
    assert [alert.concern for alert in service.list_alerts("manager-one")] == ["safeguarders/sg-one/concerns/c-1"]
    assert [alert.concern for alert in service.list_alerts("manager-two")] == ["safeguarders/sg-two/concerns/c-2"]


def test_a_safeguarder_sees_their_own_alerts_but_no_gap_of_the_teams(service: Service) -> None:
    service.receive(raised(a_concern()), raised(a_data_gap()), raised(a_concern("c-2", safeguarder_id="sg-two")))
    assert lanes(service.list_alerts("person-one", "safeguarders/sg-one")) == ["support_need"]
    (gap,) = [alert for alert in service.list_alerts("panel-team") if alert.lane == "data_gap"]
    refused = service.refused(service.alerts.GetAlert, pb.GetAlertRequest(name=gap.name), "person-one")
    assert (refused.kind, refused.reason) == (Kind.NOT_FOUND, "ALERT_NOT_FOUND")


def test_an_alert_is_found_under_its_own_person_only(service: Service) -> None:
    alert = one_alert(service)
    name = alert.name.replace("sg-one", "sg-two")
    refused = service.refused(service.alerts.GetAlert, pb.GetAlertRequest(name=name), "person-two")
    assert refused.kind is Kind.NOT_FOUND


def test_the_list_can_be_narrowed_to_one_recipient(service: Service) -> None:
    service.receive(allocated(), raised(a_concern()), raised(a_data_gap()))
    assert lanes(service.list_alerts("panel-team", recipient="panel-team")) == ["data_gap"]


def test_silenced_alerts_are_listed_on_request_and_name_what_silences_them(service: Service) -> None:
    service.receive(raised(an_escalation()), raised(a_concern()))
    assert lanes(service.list_alerts("panel-team")) == ["escalation"]
    escalation, silenced = service.list_alerts("panel-team", include_ended=True)
    assert (silenced.state, silenced.silenced_by) == (pb.Alert.STATE_SILENCED, escalation.name)


def test_ended_alerts_are_listed_on_request(service: Service) -> None:
    service.receive(raised(a_concern()), closed(a_concern()))
    assert service.list_alerts("panel-team") == []
    (alert,) = service.list_alerts("panel-team", include_ended=True)
    assert (alert.state, alert.reason) == (pb.Alert.STATE_RESOLVED, pb.ALERT_REASON_CONCERN_CLOSED)


def test_acknowledging_names_the_owner_and_the_next_date(service: Service) -> None:
    alert = one_alert(service)
    taken = service.alerts.AcknowledgeAlert(an_acknowledgement(alert), **service.as_("manager-one"))
    assert (taken.state, taken.owner) == (pb.Alert.STATE_ACKNOWLEDGED, "manager-one")
    assert from_date(taken, "next_date") == first_working_day_from(WorkingCalendar.OFFICE, TODAY)


def test_a_next_date_in_the_past_is_refused(service: Service) -> None:
    request = an_acknowledgement(one_alert(service), next_date=to_date(TODAY - timedelta(days=1)))
    refused = service.refused(service.alerts.AcknowledgeAlert, request, "manager-one")
    assert (refused.kind, refused.reason, refused.field) == (Kind.INVALID, "NEXT_DATE_PAST", "next_date")


def test_a_next_date_is_no_further_off_than_a_snooze(service: Service) -> None:
    """P14: else a matter is silent for years, and looks as if somebody had it."""
    alert = one_alert(service)
    far = an_acknowledgement(alert, next_date=to_date(TODAY + timedelta(days=91)))
    refused = service.refused(service.alerts.AcknowledgeAlert, far, "manager-one")
    assert (refused.kind, refused.reason, refused.field) == (Kind.INVALID, "NEXT_DATE_TOO_FAR", "next_date")
    near = an_acknowledgement(alert, next_date=to_date(TODAY + timedelta(days=90)))
    assert service.alerts.AcknowledgeAlert(near, **service.as_("manager-one")).state == pb.Alert.STATE_ACKNOWLEDGED


@pytest.mark.parametrize("owner", ["manager-two", "person-one", "operator", "nobody-known"])
def test_an_owner_who_could_not_act_on_it_is_refused(service: Service, owner: str) -> None:
    request = an_acknowledgement(one_alert(service), owner=owner)
    refused = service.refused(service.alerts.AcknowledgeAlert, request, "manager-one")
    assert (refused.kind, refused.reason, refused.field) == (Kind.INVALID, "OWNER_CANNOT_ACT", "owner")


def test_a_stale_etag_is_refused_and_both_are_named(service: Service) -> None:
    alert = one_alert(service)
    service.receive(updated(a_concern()))
    request = an_acknowledgement(alert, etag=alert.etag)
    refused = service.refused(service.alerts.AcknowledgeAlert, request, "manager-one")
    assert (refused.kind, refused.reason) == (Kind.CONFLICT, "ETAG_MISMATCH")
    assert refused.metadata == {"read": "1", "current": "2"}


def test_the_same_request_sent_again_has_one_effect_and_one_answer(service: Service) -> None:
    request = an_acknowledgement(one_alert(service), request_id=a_request_id())
    first, second = (service.alerts.AcknowledgeAlert(request, **service.as_("manager-one")) for _ in range(2))
    assert first == second
    assert second.etag == "2"


def test_validate_only_checks_everything_and_keeps_nothing(service: Service) -> None:
    alert = one_alert(service)
    answer = service.alerts.SnoozeAlert(a_snooze(alert, 5, validate_only=True), **service.as_("manager-one"))
    assert answer.state == pb.Alert.STATE_SNOOZED
    assert service.list_alerts("manager-one") == [alert]


def test_snoozing_puts_an_alert_aside_until_a_day(service: Service) -> None:
    alert = one_alert(service)
    aside = service.alerts.SnoozeAlert(a_snooze(alert, 90), **service.as_("manager-one"))
    assert (aside.state, aside.reason) == (pb.Alert.STATE_SNOOZED, pb.ALERT_REASON_AWAITING_INFORMATION)
    latest = first_working_day_from(WorkingCalendar.OFFICE, TODAY + timedelta(days=90))
    assert from_date(aside, "next_date") == latest


@pytest.mark.parametrize("days", [-1, 0, 91])
def test_a_snooze_ends_after_today_and_within_ninety_days(service: Service, days: int) -> None:
    refused = service.refused(service.alerts.SnoozeAlert, a_snooze(one_alert(service), days), "manager-one")
    assert (refused.kind, refused.reason, refused.field) == (Kind.INVALID, "SNOOZE_OUT_OF_RANGE", "until_date")


def test_a_snooze_needs_a_reason_for_waiting(service: Service) -> None:
    request = a_snooze(one_alert(service), 5, reason=pb.ALERT_REASON_EXPLAINED)
    assert service.refused(service.alerts.SnoozeAlert, request, "manager-one").reason == "REASON_NOT_FOR_SNOOZE"


def test_a_resolved_alert_takes_no_more_changes(service: Service) -> None:
    alert = one_alert(service)
    ended = service.alerts.ResolveAlert(a_resolution(alert), **service.as_("manager-one"))
    assert (ended.state, ended.reason) == (pb.Alert.STATE_RESOLVED, pb.ALERT_REASON_EXPLAINED)
    calls: list[tuple[Any, Message]] = [
        (service.alerts.ResolveAlert, a_resolution(alert)),
        (service.alerts.SnoozeAlert, a_snooze(alert, 5)),
        (service.alerts.AcknowledgeAlert, an_acknowledgement(alert)),
    ]
    for call, request in calls:
        assert service.refused(call, request, "manager-one").reason == "ALERT_RESOLVED"


@pytest.mark.parametrize(
    "outcome",
    [
        pb.ALERT_REASON_PERSON_ON_LEAVE,
        pb.ALERT_REASON_CONCERN_CLOSED,
        pb.ALERT_REASON_GAP_FILLED,
        pb.ALERT_REASON_PRAISE_ACKNOWLEDGED,
    ],
)
def test_an_outcome_fits_what_the_alert_is_about(service: Service, outcome: Any) -> None:
    refused = service.refused(service.alerts.ResolveAlert, a_resolution(one_alert(service), outcome), "manager-one")
    assert (refused.reason, refused.field) == ("NOT_AN_OUTCOME", "outcome")


def test_a_gap_of_the_teams_ends_when_it_is_filled(service: Service) -> None:
    service.receive(raised(a_data_gap()))
    (gap,) = service.list_alerts("panel-team")
    ended = service.alerts.ResolveAlert(a_resolution(gap, pb.ALERT_REASON_GAP_FILLED), **service.as_("panel-team"))
    assert ended.reason == pb.ALERT_REASON_GAP_FILLED


@pytest.mark.parametrize(
    "name", ["safeguarders/sg-one", "safeguarders/sg-one/alerts/", "safeguarders/sg-one/concerns/c-1"]
)
def test_a_name_of_another_form_is_refused(service: Service, name: str) -> None:
    refused = service.refused(service.alerts.GetAlert, pb.GetAlertRequest(name=name), "panel-team")
    assert (refused.kind, refused.reason) == (Kind.INVALID, "NAME_NOT_VALID")
