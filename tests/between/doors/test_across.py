"""Across means those whom the caller may see: all for the Team, those allocated, or oneself (doors D1).

The kind that this closes: a list over everybody, or an id that is looked up in one, is refused to a person who has a
part of it. A request about `safeguarders/-` by a Safeguarder is a request about their own record, in every method,
because it is decided before any method is reached.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from psmf.evidence.v1 import (
    decisions_pb2,
    development_plans_pb2,
    evidence_pb2,
    overlays_pb2,
    report_samples_pb2,
    review_requests_pb2,
    safeguarder_pb2,
    session_records_pb2,
    times_away_pb2,
)
from psmf.notifications.v1 import notifications_pb2
from psmf.rules.v1 import overrides_pb2, rules_pb2
from psmf.scheduling.v1 import cover_pb2, duties_pb2, scheduling_pb2
from psmf.scheduling.v1 import emergency_access_pb2 as emergency_pb2

from services.platform.calls.pages import page_token
from services.platform.calls.wire import to_date
from tests.access.table import contracts
from tests.answers import refused
from tests.between.overlays.suspending import Suspending
from tests.between.sessions.build import a_shared_record, confirm_plan
from tests.between.test_one_matter_one_state import raise_matter
from tests.between.together import Together, together
from tests.builders import a_request_id

ACROSS = "safeguarders/-"
OF_PEOPLE = {"sg-one": ("manager-one", "person-one"), "sg-two": ("manager-two", "person-two")}
"""Who supports whom, and who they are."""


@dataclass(frozen=True)
class Listing:
    """A list about people: how it is called, and the field of its answer with the records."""

    stub: str
    method: str
    request: Any
    field: str

    def ask(self, running: Together, parent: str, person: str) -> set[str]:
        """Return the names of the records that a person is shown."""
        method = getattr(getattr(running, self.stub), self.method)
        answer = method(self.request(parent=parent), **running.as_(person))
        return {record.name for record in getattr(answer, self.field)}


LISTS = {
    "ListAlerts": Listing("alerts", "ListAlerts", notifications_pb2.ListAlertsRequest, "alerts"),
    "ListConcerns": Listing("concerns", "ListConcerns", rules_pb2.ListConcernsRequest, "concerns"),
    "ListDelegations": Listing("cover", "ListDelegations", cover_pb2.ListDelegationsRequest, "delegations"),
    "ListLinks": Listing("cover", "ListLinks", cover_pb2.ListLinksRequest, "links"),
    "ListEmergencyAccesses": Listing(
        "emergencies", "ListEmergencyAccesses", emergency_pb2.ListEmergencyAccessesRequest, "emergency_accesses"
    ),
    "ListDuties": Listing("duties", "ListDuties", duties_pb2.ListDutiesRequest, "duties"),
    "ListNotifications": Listing(
        "notifications", "ListNotifications", notifications_pb2.ListNotificationsRequest, "notifications"
    ),
    "ListReportSamples": Listing(
        "samples", "ListReportSamples", report_samples_pb2.ListReportSamplesRequest, "report_samples"
    ),
    "ListReviewRequests": Listing(
        "reviews", "ListReviewRequests", review_requests_pb2.ListReviewRequestsRequest, "review_requests"
    ),
    "ListRuleOverrides": Listing(
        "overrides", "ListRuleOverrides", overrides_pb2.ListRuleOverridesRequest, "rule_overrides"
    ),
    "ListSupportSessions": Listing(
        "sessions", "ListSupportSessions", scheduling_pb2.ListSupportSessionsRequest, "support_sessions"
    ),
}
"""The lists that a member of the Team may ask across people."""
OF_ONE_PERSON = {
    "ListEvidenceItems": Listing(
        "evidence", "ListEvidenceItems", evidence_pb2.ListEvidenceItemsRequest, "evidence_items"
    ),
    "ListMinisterialDecisions": Listing(
        "decisions", "ListMinisterialDecisions", decisions_pb2.ListMinisterialDecisionsRequest, "decisions"
    ),
    "ListTimesAway": Listing("times_away", "ListTimesAway", times_away_pb2.ListTimesAwayRequest, "times_away"),
    "ListOverlays": Listing("overlays", "ListOverlays", overlays_pb2.ListOverlaysRequest, "overlays"),
    "ListSessionRecords": Listing(
        "session_records", "ListSessionRecords", session_records_pb2.ListSessionRecordsRequest, "session_records"
    ),
    "ListPlanHistory": Listing("plans", "ListPlanHistory", development_plans_pb2.ListPlanHistoryRequest, "versions"),
    "ListActionReviews": Listing(
        "plans", "ListActionReviews", development_plans_pb2.ListActionReviewsRequest, "action_reviews"
    ),
    "ListObligations": Listing("obligations", "ListObligations", scheduling_pb2.ListObligationsRequest, "obligations"),
}
"""The lists about one person only. A Safeguarder need not know their own id for them either."""
NOT_A_MANAGERS = {"ListLinks", "ListEmergencyAccesses"}
"""Lists that a support manager may not read: what links their colleagues is not theirs to know. And one that holds also
what they did themselves: tests/between/cover."""
ELSEWHERE = {
    "WatchAlerts": "a stream, tried by itself below",
    "ListKpiContributors": "its parent is a figure and no person",
    "ListReads": "nobody of the staff who work with files may read it: tests/between/own_file",
    "ListAuditEntries": "nobody of the staff who work with files may read it: tests/between/own_file",
    "ListTimelineEntries": "its entries come from the lists on this page: tests/between/own_file",
    "ListDrafts": "drafts are their author's alone: tests/evidence/directory",
    "ListWaitingForMe": "nobody but the person may read it: tests/evidence/personal_file",
}


@pytest.fixture(scope="module")
def two_people(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Together]:
    """Two Safeguarders with two support managers, and something to list about both."""
    folder: Path = tmp_path_factory.mktemp("across")
    with together(folder) as running:
        for safeguarder_id in OF_PEOPLE:
            put_on_file(running, safeguarder_id)
        draw_reports(running)
        running.settle()
        yield running


def put_on_file(running: Together, safeguarder_id: str) -> None:
    """Put something about a person on file for every list. `tests/between/own_file` looks for it in the whole file."""
    manager, _person = OF_PEOPLE[safeguarder_id]
    running.appoint(safeguarder_id)
    allocate(running, safeguarder_id, manager)
    raise_matter(running, safeguarder_id)
    running.share(running.record(safeguarder_id))
    override(running, safeguarder_id)
    leave(running, safeguarder_id)
    a_shared_record(running, safeguarder_id, manager)
    confirm_plan(running, safeguarder_id, manager)
    hold_review(running, safeguarder_id)
    cover(running, safeguarder_id)
    ask_for_review(running, safeguarder_id)
    Suspending(running, safeguarder_id).suspend()


def allocate(running: Together, safeguarder_id: str, manager: str) -> None:
    asked = scheduling_pb2.GetAllocationRequest(parent=f"safeguarders/{safeguarder_id}")
    if running.allocations.GetAllocation(asked, **running.as_("panel-team")).support_manager != manager:
        request = scheduling_pb2.CreateAllocationRequest(
            parent=asked.parent, support_manager=manager, reason="workload", request_id=a_request_id()
        )
        running.allocations.CreateAllocation(request, **running.as_("panel-team"))
    running.settle()


def ask_for_review(running: Together, safeguarder_id: str) -> None:
    """Have the Safeguarder ask for a review of the record of their session."""
    parent, pb = f"safeguarders/{safeguarder_id}", review_requests_pb2
    person = running.as_(OF_PEOPLE[safeguarder_id][1])
    listed = session_records_pb2.ListSessionRecordsRequest(parent=parent)
    record = running.session_records.ListSessionRecords(listed, **person).session_records[0]
    request = pb.CreateReviewRequestRequest(
        parent=parent,
        target=record.name,
        grounds=[pb.ReviewRequest.GROUND_FACT_WRONG],
        words="The date is wrong.",
        request_id=a_request_id(),
    )
    running.reviews.CreateReviewRequest(request, **person)


def draw_reports(running: Together) -> None:
    """Have the Team begin a round of sampling, and draw for everybody."""
    pb, team = report_samples_pb2, running.as_("panel-team")
    running.samples.CreateSampleRound(pb.CreateSampleRoundRequest(request_id=a_request_id()), **team)
    running.samples.DrawSamples(pb.DrawSamplesRequest(name="sampleRounds/-", request_id=a_request_id()), **team)


def hold_review(running: Together, safeguarder_id: str) -> None:
    """Have both sides agree an action, and talk about it on the same day."""
    pb, parent = development_plans_pb2, f"safeguarders/{safeguarder_id}"
    manager, person = OF_PEOPLE[safeguarder_id]
    action = running.plans.CreateAction(
        pb.CreateActionRequest(
            parent=parent,
            kind=pb.Action.KIND_REFLECT,
            purpose=pb.Action.PURPOSE_MAINTAIN,
            standard="S4",
            aim="What works is written down.",
            measure="A page on file.",
            owner=pb.Action.OWNER_SAFEGUARDER,
            due_date=to_date(running.today + timedelta(days=60)),
            request_id=a_request_id(),
        ),
        **running.as_(manager),
    )
    agreed = pb.AnswerActionRequest.ANSWER_AGREED
    answer = pb.AnswerActionRequest(name=action.name, answer=agreed, etag=action.etag, request_id=a_request_id())
    opened = running.plans.AnswerAction(answer, **running.as_(person))
    met = pb.ActionReview.ReviewedAction(action=action.name, outcome=pb.Action.STATE_MET, etag=opened.etag)
    review = pb.HoldActionReviewRequest(
        parent=parent,
        actions=[met],
        held_date=to_date(running.today),
        follows=[pb.ActionReview.FOLLOWS_CLOSE],
        words="The page is on file.",
        request_id=a_request_id(),
    )
    running.plans.HoldActionReview(review, **running.as_(manager))


def cover(running: Together, safeguarder_id: str) -> None:
    """Have the other support manager act from tomorrow and open the file today, and a link declared with a stranger."""
    parent, (manager, _person) = f"safeguarders/{safeguarder_id}", OF_PEOPLE[safeguarder_id]
    (other,) = {manager for manager, _ in OF_PEOPLE.values()} - {manager}
    tomorrow = to_date(running.today + timedelta(days=1))
    delegation = cover_pb2.CreateDelegationRequest(
        parent=parent,
        delegate=other,
        from_date=tomorrow,
        to_date=tomorrow,
        reason=cover_pb2.Delegation.REASON_WORKLOAD,
        request_id=a_request_id(),
    )
    running.cover.CreateDelegation(delegation, **running.as_("senior-manager"))
    link = cover_pb2.DeclareLinkRequest(
        parent=parent, person="recorder", kind=cover_pb2.PersonLink.KIND_WORK, request_id=a_request_id()
    )
    running.cover.DeclareLink(link, **running.as_("panel-team"))
    opens = emergency_pb2.OpenEmergencyAccessRequest(
        parent=parent,
        kind=emergency_pb2.EmergencyAccess.KIND_ADULT_AT_RISK,
        reason="Nobody answers the phone.",
        request_id=a_request_id(),
    )
    opened = running.emergencies.OpenEmergencyAccess(opens, **running.as_(other))
    ends = emergency_pb2.CloseEmergencyAccessRequest(name=opened.name, request_id=a_request_id())
    running.emergencies.CloseEmergencyAccess(ends, **running.as_(other))


def override(running: Together, safeguarder_id: str) -> None:
    request = overrides_pb2.CreateRuleOverrideRequest(
        parent=f"safeguarders/{safeguarder_id}",
        rule="report-late",
        end_date=to_date(running.today + timedelta(days=20)),
        reason="The dates are being checked with SCRA.",
        request_id=a_request_id(),
    )
    running.overrides.CreateRuleOverride(request, **running.as_("panel-team"))


def leave(running: Together, safeguarder_id: str) -> None:
    request = times_away_pb2.RecordTimeAwayRequest(
        parent=f"safeguarders/{safeguarder_id}",
        kind=times_away_pb2.TIME_AWAY_KIND_LEAVE,
        start_date=to_date(running.today + timedelta(days=30)),
        request_id=a_request_id(),
    )
    running.times_away.RecordTimeAway(request, **running.as_("panel-team"))


def test_every_list_about_people_is_tried_here() -> None:
    """doors D1: a new list with a parent has a row on this page."""
    there = {
        method.name
        for files in contracts().values()
        for file in files
        for service in file.services_by_name.values()
        for method in service.methods
        if method.name.startswith(("List", "Watch")) and "parent" in method.input_type.fields_by_name
    }
    assert there == {*LISTS, *OF_ONE_PERSON, *ELSEWHERE}


@pytest.mark.parametrize("name", LISTS)
def test_across_is_each_one_the_caller_may_see(two_people: Together, name: str) -> None:
    """doors D1: the Team sees all, a support manager those allocated to them, a Safeguarder themselves."""
    of_each = {one: LISTS[name].ask(two_people, f"safeguarders/{one}", "panel-team") for one in OF_PEOPLE}
    assert all(of_each.values())
    for staff in ("panel-team", "senior-manager"):
        found = LISTS[name].ask(two_people, ACROSS, staff)
        # A message may be about a draw that is for everybody. It stands under nobody.
        assert {one for one in found if not one.startswith("safeguarders//")} == set().union(*of_each.values())
    for one, (manager, _person) in OF_PEOPLE.items() if name not in NOT_A_MANAGERS else ():
        assert LISTS[name].ask(two_people, ACROSS, manager) == of_each[one]


@pytest.mark.parametrize("name", sorted(OF_ONE_PERSON))
def test_a_list_of_one_person_is_not_empty_for_everybody_but_refused(two_people: Together, name: str) -> None:
    """doors D1: an empty answer would say that nobody is away, or that nothing is owed."""
    assert (
        refused(lambda: OF_ONE_PERSON[name].ask(two_people, "safeguarders/-", "panel-team")).code == "INVALID_ARGUMENT"
    )


@pytest.mark.parametrize("name", sorted({*LISTS, *OF_ONE_PERSON}))
def test_across_is_oneself_for_a_safeguarder(two_people: Together, name: str) -> None:
    """doors D1: lists over everybody came back NOT_ALLOWED to the person who has a part of them."""
    listing = (LISTS | OF_ONE_PERSON)[name]
    for one, (_manager, person) in OF_PEOPLE.items():
        own = listing.ask(two_people, f"safeguarders/{one}", person)
        assert own
        assert listing.ask(two_people, ACROSS, person) == own
        assert {record.split("/")[1] for record in own} == {one}


@pytest.mark.parametrize("name", LISTS)
def test_across_stays_refused_to_those_who_see_nobody(two_people: Together, name: str) -> None:
    for person in ("official", "operator", "partner", "recorder"):
        assert refused(lambda p=person: LISTS[name].ask(two_people, ACROSS, p)).code == "PERMISSION_DENIED"  # type: ignore[misc]


def test_a_safeguarder_watches_their_own_alerts(two_people: Together) -> None:
    """doors D1: a watch over everybody is a watch of one's own alerts."""
    own = LISTS["ListAlerts"].ask(two_people, ACROSS, "person-one")
    request = notifications_pb2.WatchAlertsRequest(parent=ACROSS)
    stream = two_people.alerts.WatchAlerts(request, **two_people.as_("person-one"))
    seen: set[str] = set()
    for answer in stream:
        if not answer.HasField("alert"):
            break
        seen.add(answer.alert.name)
    stream.cancel()
    assert seen == own


def test_a_name_across_is_ones_own(two_people: Together) -> None:
    """doors D1: `safeguarders/-` names oneself, in a name as in a parent, and never somebody else."""
    own = two_people.safeguarders.GetSafeguarder(
        safeguarder_pb2.GetSafeguarderRequest(name=ACROSS), **two_people.as_("person-one")
    )
    assert own.name == "safeguarders/sg-one"
    other = min(LISTS["ListAlerts"].ask(two_people, "safeguarders/sg-two", "person-two"))
    crafted = notifications_pb2.GetAlertRequest(name=f"{ACROSS}/alerts/{other.rpartition('/')[2]}")
    assert refused(lambda: two_people.alerts.GetAlert(crafted, **two_people.as_("person-one"))).code == "NOT_FOUND"


def test_the_register_holds_whom_the_caller_may_see(two_people: Together) -> None:
    """doors D1: a Safeguarder finds themselves in the register, a support manager those allocated to them."""

    def register(person: str) -> set[str]:
        request = safeguarder_pb2.ListSafeguardersRequest()
        answer = two_people.safeguarders.ListSafeguarders(request, **two_people.as_(person))
        return {entry.name for entry in answer.safeguarders}

    assert register("panel-team") == {f"safeguarders/{one}" for one in OF_PEOPLE}
    for one, people in OF_PEOPLE.items():
        assert [register(person) for person in people] == [{f"safeguarders/{one}"}] * 2


@pytest.mark.parametrize("name", sorted({*LISTS, *OF_ONE_PERSON}))
def test_a_page_token_that_nobody_gave_is_refused(two_people: Together, name: str) -> None:
    """A8: with the right mark, one of another shape or with a value that no column takes was an internal fault."""
    listing = (LISTS | OF_ONE_PERSON)[name]
    if "page_token" not in listing.request.DESCRIPTOR.fields_by_name:
        return
    method = getattr(getattr(two_people, listing.stub), listing.method)
    for keys in ([], [1], ["a\0b"], ["2026-01-01", 2**70]):
        for filters in ((), (ACROSS,), ("panel-team",)):
            request = listing.request(parent="safeguarders/sg-one", page_token=page_token([*keys], *filters))
            answer = refused(partial(method, request, **two_people.as_("panel-team")))
            assert (answer.code, answer.reason) == ("INVALID_ARGUMENT", "PAGE_TOKEN_NOT_VALID"), keys
