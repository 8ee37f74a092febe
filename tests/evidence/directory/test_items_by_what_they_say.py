"""Items by whom they are from and what they say of a standard, as each reader sees them (requirement X8)."""

from typing import Any

import pytest
from psmf.evidence.v1 import evidence_pb2 as pb

from tests.builders import a_mapping, a_request_id
from tests.evidence.conftest import Evidence
from tests.evidence.steps import appoint, record

PRAISE, CONCERN = pb.POLARITY_PRAISE, pb.POLARITY_CONCERN
REPORTER, SHERIFF = pb.EVIDENCE_SOURCE_REPORTER, pb.EVIDENCE_SOURCE_SHERIFF


def found(evidence: Evidence, person: str, **asked: Any) -> list[str]:
    """Return what a list holds, page by page of one item."""
    request, names = pb.ListEvidenceItemsRequest(parent="safeguarders/sg-one", page_size=1, **asked), list[str]()
    while True:
        page = evidence.items.ListEvidenceItems(request, **evidence.as_(person))
        names += [item.name for item in page.evidence_items]
        request.page_token = page.next_page_token
        if not page.next_page_token:
            return names


@pytest.fixture(scope="module")
def names(evidence: Evidence) -> dict[str, str]:
    appoint(evidence, "sg-one")
    made = {
        "praise": record(evidence, source=REPORTER, mappings=[a_mapping("S4.1", PRAISE)], summary="One."),
        "concern": record(evidence, source=REPORTER, mappings=[a_mapping("S5.1", CONCERN)], summary="Two."),
        "both": record(
            evidence, source=SHERIFF, mappings=[a_mapping("S5.1", PRAISE), a_mapping("S4.1", CONCERN)], summary="Three."
        ),
        "unread": record(evidence, source=SHERIFF, mappings=[], summary="Four."),
    }
    named = {what: str(item.name) for what, item in made.items()}
    for one in ("praise", "unread"):
        share = pb.ShareEvidenceItemRequest(name=named[one], request_id=a_request_id())
        evidence.items.ShareEvidenceItem(share, **evidence.as_("panel-team"))
    return named


@pytest.mark.parametrize(
    ("person", "asked", "holds"),
    [
        ("panel-team", {"polarity": PRAISE}, {"praise", "both"}),
        ("panel-team", {"polarity": CONCERN, "standard": "S5"}, {"concern"}),
        ("panel-team", {"source": SHERIFF}, {"both", "unread"}),
        ("manager-one", {"source": REPORTER, "polarity": CONCERN}, {"concern"}),
        ("panel-team", {"source": pb.EVIDENCE_SOURCE_CHILD}, set()),
        ("person-one", {"polarity": PRAISE}, {"praise"}),
        ("person-one", {"polarity": CONCERN}, set()),
        ("person-one", {"source": SHERIFF}, {"unread"}),
    ],
)
def test_a_list_holds_what_is_from_a_source_or_says_something(
    evidence: Evidence, names: dict[str, str], person: str, asked: dict[str, Any], holds: set[str]
) -> None:
    assert set(found(evidence, person, **asked)) == {names[each] for each in holds}


def test_a_page_token_holds_for_its_own_filters_alone(evidence: Evidence, names: dict[str, str]) -> None:
    team = evidence.as_("panel-team")
    request = pb.ListEvidenceItemsRequest(parent="safeguarders/sg-one", page_size=1, source=REPORTER)
    request.page_token = evidence.items.ListEvidenceItems(request, **team).next_page_token
    assert request.page_token
    request.source = SHERIFF
    with pytest.raises(Exception, match="not valid for these filters"):
        evidence.items.ListEvidenceItems(request, **team)
