"""Several items of a person in one call: the same as one by one, and nothing of anybody else."""

from typing import Any

import pytest
from psmf.evidence.v1 import evidence_pb2 as pb

from tests.answers import refused
from tests.builders import a_request_id
from tests.evidence.conftest import Evidence
from tests.evidence.steps import appoint, record


@pytest.fixture(scope="module")
def names(evidence: Evidence) -> dict[str, str]:
    """One item that was shared, one that was not, and one of somebody else."""
    for one in ("sg-one", "sg-two"):
        appoint(evidence, one)
    made = {"shared": record(evidence), "unshared": record(evidence), "others": record(evidence, "sg-two")}
    share = pb.ShareEvidenceItemRequest(name=made["shared"].name, request_id=a_request_id())
    evidence.items.ShareEvidenceItem(share, **evidence.as_("panel-team"))
    return {what: item.name for what, item in made.items()}


def read(evidence: Evidence, person: str, names: list[str], parent: str = "safeguarders/sg-one") -> list[Any]:
    request = pb.BatchGetEvidenceItemsRequest(parent=parent, names=names)
    return list(evidence.items.BatchGetEvidenceItems(request, **evidence.as_(person)).evidence_items)


@pytest.mark.parametrize(
    ("person", "seen"),
    [
        ("panel-team", ["unshared", "shared"]),
        ("manager-one", ["unshared", "shared"]),
        ("person-one", ["shared"]),
    ],
)
def test_each_item_is_as_it_is_alone_and_what_may_not_be_seen_is_left_out(
    evidence: Evidence, names: dict[str, str], person: str, seen: list[str]
) -> None:
    asked = [names["unshared"], names["others"], names["shared"], names["shared"], f"{names['shared']}x"]
    alone = [
        evidence.items.GetEvidenceItem(pb.GetEvidenceItemRequest(name=names[what]), **evidence.as_(person))
        for what in seen
    ]
    assert read(evidence, person, asked) == alone


def test_a_safeguarder_may_leave_out_their_own_id(evidence: Evidence, names: dict[str, str]) -> None:
    (item,) = read(evidence, "person-one", [names["shared"]], "safeguarders/-")
    assert item.name == names["shared"]


def test_one_person_is_named_and_at_most_a_hundred_items(evidence: Evidence, names: dict[str, str]) -> None:
    across = refused(lambda: read(evidence, "panel-team", [names["shared"]], "safeguarders/-"))
    many = refused(lambda: read(evidence, "panel-team", [f"{names['shared']}{number}" for number in range(101)]))
    assert (across.reason, many.reason) == ("NAME_NOT_VALID", "TOO_MANY_AT_ONCE")
