"""Items that wait for staff: to be read against the standards, to be shared, or for the outcome of a complaint."""

import pytest
from psmf.evidence.v1 import evidence_pb2 as pb

from tests.builders import a_mapping, a_request_id
from tests.evidence.conftest import Evidence
from tests.evidence.steps import appoint, record


def waiting(evidence: Evidence, what: pb.WaitingFor, person: str, parent: str = "safeguarders/-") -> list[str]:
    """Return what waits, page by page of one item."""
    asked, found = pb.ListEvidenceItemsRequest(parent=parent, waiting_for=what, page_size=1), list[str]()
    while True:
        page = evidence.items.ListEvidenceItems(asked, **evidence.as_(person))
        found += [item.name for item in page.evidence_items]
        asked.page_token = page.next_page_token
        if not page.next_page_token:
            return found


@pytest.fixture(scope="module")
def names(evidence: Evidence) -> dict[str, str]:
    for one in ("sg-one", "sg-two"):
        appoint(evidence, one)
    made = {
        "unread": record(evidence, mappings=[]),
        "withdrawn": record(evidence, mappings=[], summary="Entered for somebody else."),
        "unshared": record(evidence, mappings=[a_mapping()]),
        "shared": record(evidence, mappings=[a_mapping()], summary="Another talk."),
        "others": record(evidence, "sg-two", mappings=[]),
        "complaint": record(
            evidence,
            mappings=[a_mapping()],
            kind=pb.EVIDENCE_KIND_COMPLAINT,
            complaint_outcome=pb.COMPLAINT_OUTCOME_PENDING,
        ),
    }
    named = {what: str(item.name) for what, item in made.items()}
    team = evidence.as_("panel-team")
    share = pb.ShareEvidenceItemRequest(name=named["shared"], request_id=a_request_id())
    evidence.items.ShareEvidenceItem(share, **team)
    reason = pb.CORRECTION_REASON_ENTERED_WRONGLY
    withdraw = pb.WithdrawEvidenceItemRequest(name=named["withdrawn"], reason=reason, request_id=a_request_id())
    evidence.items.WithdrawEvidenceItem(withdraw, **team)
    return named


@pytest.mark.parametrize(
    ("what", "person", "found"),
    [
        (pb.WAITING_FOR_MAPPING, "panel-team", {"unread", "others"}),
        (pb.WAITING_FOR_MAPPING, "manager-one", {"unread"}),
        (pb.WAITING_FOR_SHARING, "manager-one", {"unshared", "complaint"}),
        (pb.WAITING_FOR_OUTCOME, "panel-team", {"complaint"}),
        (pb.WAITING_FOR_ANYTHING, "panel-team", {"unread", "others", "unshared", "complaint"}),
        (pb.WAITING_FOR_ANYTHING, "manager-one", {"unread", "unshared", "complaint"}),
        (pb.WAITING_FOR_SHARING, "manager-two", set()),
        (pb.WAITING_FOR_SHARING, "person-one", set()),
    ],
)
def test_what_waits_is_found_over_those_whom_the_caller_may_see(
    evidence: Evidence, names: dict[str, str], what: pb.WaitingFor, person: str, found: set[str]
) -> None:
    assert set(waiting(evidence, what, person)) == {names[each] for each in found}
