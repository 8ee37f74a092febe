"""The service answers any input with one of its own codes and keeps running (reliability S1, S7).

`PSMF_FUZZ_CASES` says how many requests are spoiled; the seed is fixed, and a failure shows the case's number.
"""

import os
import random
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import grpc
import pytest
from psmf.evidence.v1 import evidence_pb2 as pb

from services.platform.calls.gate import MAX_REQUEST_BYTES
from tests.answers import Answer, answer_of
from tests.builders import an_item_request
from tests.evidence.conftest import Evidence
from tests.evidence.random_requests import Valid, readable, spoiled, valid_requests
from tests.evidence.steps import appoint, kept, record
from tests.sizes import part_of
from tests.waiting import HUNG

CASES = int(os.environ.get("PSMF_FUZZ_CASES") or part_of(10_000))
SEED = 20261124
MOST_BYTES = 8 * MAX_REQUEST_BYTES
"""A longer message is refused before anybody reads it."""
EXPECTED = {"INVALID_ARGUMENT", "NOT_FOUND", "FAILED_PRECONDITION", "ABORTED", "PERMISSION_DENIED"}


@pytest.fixture(scope="module", autouse=True)
def _people(evidence: Evidence) -> None:
    appoint(evidence, "sg-one")


def test_random_requests_never_meet_an_unexpected_fault(evidence: Evidence) -> None:
    item = record(evidence)
    valid = valid_requests(item.name, item.receipt)
    metadata = {person: evidence.world.metadata(person) for person in {entry.person for entry in valid}}

    def answered(case: int) -> tuple[str, float]:
        chance = random.Random(SEED + case)
        entry = chance.choice(valid)
        body = spoiled(entry.message, chance)
        started = time.process_time()
        answer = send(evidence, entry, body, metadata[entry.person])
        took = time.process_time() - started
        if answer is None:
            return "OK", took
        if answer.code == "RESOURCE_EXHAUSTED":
            assert len(body) > MOST_BYTES, f"case {case}: {entry.path} is refused as too long: {len(body)} bytes"
            return answer.code, took
        assert answer.code in EXPECTED, f"case {case}: {entry.path} answered {answer.code}: {body[:500]!r}"
        assert answer.reason, f"case {case}: {entry.path} gives no reason: {answer}"
        if not readable(entry.message, body):
            assert answer.reason == "REQUEST_NOT_READABLE", f"case {case}: {answer}"
        return answer.code, took

    with ThreadPoolExecutor(4) as callers:
        answers = list(callers.map(answered, range(CASES)))
    codes = Counter(code for code, _ in answers)
    assert codes["OK"], f"some requests were still good: {codes}"
    assert codes["INVALID_ARGUMENT"] > CASES / 10, f"most were spoiled: {codes}"
    slowest = max(took for _, took in answers)
    assert slowest < 5, f"no request takes much work: {slowest:.2f} s of a core"


def send(evidence: Evidence, entry: Valid, body: bytes, metadata: Any) -> Answer | None:
    """Send bytes as they are; the refusal, or None."""
    try:
        if entry.stream:
            evidence.channel.stream_unary(entry.path)(iter([body]), metadata=metadata, timeout=HUNG)
        else:
            evidence.channel.unary_unary(entry.path)(body, metadata=metadata, timeout=HUNG)
    except grpc.RpcError as problem:
        return answer_of(problem)
    return None


def test_the_service_is_as_good_as_before(evidence: Evidence) -> None:
    before = kept(evidence)["evidence_item"]
    made = evidence.items.CreateEvidenceItem(an_item_request("sg-one"), **evidence.as_("panel-team"))
    assert made.state == pb.ITEM_STATE_CURRENT
    assert kept(evidence)["evidence_item"] == before + 1
