"""A decision record holds everything needed to evaluate again, byte for byte (reliability Q25, E8)."""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings

from services.rules.domain.closed_lists import Polarity, Source
from services.rules.domain.evaluation.decision_record import (
    DecisionRecord,
    canonical_json,
    decision_record,
    recorded_inputs,
)
from services.rules.domain.evaluation.evaluate import evaluate
from services.rules.domain.facts import CaseFile, ConcernKey
from tests.rules.builders import NOW, TODAY, a_case_file, a_late_report, an_item, case_files, evaluated, shipped
from tests.sizes import part_of

VERSIONS = {"durable_rules": "2.0.28", "plain_evaluator": "1"}


def recorded(case_file: CaseFile, previous_hash: str = "") -> DecisionRecord:
    """Return the record of an evaluation on which both engines agree."""
    evaluation = evaluated(case_file)
    return decision_record(evaluation, [a.answers for a in evaluation.answered], VERSIONS, previous_hash)


def a_full_case_file() -> CaseFile:
    """Return a person with late reports, a theme from two types of source, praise and an open concern."""
    return a_case_file(
        a_late_report("one", date(2026, 5, 4)),
        a_late_report("two", date(2026, 9, 7)),
        an_item("three"),
        an_item("four", source=Source.CHILD, polarity=Polarity.PRAISE),
        an_item("five", source=Source.REPORTER, countable_from=None),
        open_concerns={ConcernKey("report-late"): date(2026, 9, 8), ConcernKey("coverage-standard", "S3"): TODAY},
    )


def values_in(node: object) -> Iterator[object]:
    """Yield every value of a JSON document."""
    if isinstance(node, dict):
        for part in node.values():
            yield from values_in(part)
    elif isinstance(node, list):
        for part in node:
            yield from values_in(part)
    else:
        yield node


@pytest.mark.parametrize(
    ("seed", "zone"), [("0", "UTC"), ("1", "Pacific/Kiritimati"), ("4294967295", "America/St_Johns")]
)
def test_replay_in_another_process_is_byte_identical(seed: str, zone: str) -> None:
    record = recorded(a_full_case_file(), "previous")
    environment = os.environ | {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": "C.UTF-8"}
    replayed = subprocess.run(
        [sys.executable, "-m", "tests.rules.domain.evaluation.replay_in_a_process"],
        input=record.content, capture_output=True, check=True, env=environment,
    )  # fmt: skip
    assert replayed.stdout == record.content


@given(case_files())
@settings(max_examples=part_of(40), deadline=None)
def test_evaluating_a_record_again_gives_the_same_record(case_file: CaseFile) -> None:
    record = recorded(case_file)
    inputs = recorded_inputs(record.content)
    again = evaluate(shipped(), inputs.case_file, inputs.as_of, inputs.as_known_at)
    assert decision_record(again, [a.answers for a in again.answered], inputs.versions) == record


def test_the_order_evidence_arrives_in_does_not_change_the_record() -> None:
    case_file = a_full_case_file()
    assert recorded(replace(case_file, evidence=case_file.evidence[::-1])) == recorded(case_file)


def test_a_record_names_rulebook_edition_versions_and_the_record_before_it() -> None:
    first = recorded(a_full_case_file())
    record = json.loads(recorded(a_full_case_file(), first.sha256).content)
    assert record["rulebook_hash"] == shipped().content_hash
    assert record["edition"] == "2015-07"
    assert record["versions"] == VERSIONS
    assert record["previous_hash"] == first.sha256
    assert record["as_known_at"] == "2026-11-02T18:00:00.000000Z"
    assert record["engines_agree"] is True


def test_the_hash_is_of_the_bytes() -> None:
    record = recorded(a_full_case_file())
    assert hashlib.sha256(record.content).hexdigest() == record.sha256


def test_a_record_is_canonical_and_holds_no_decimals() -> None:
    content = recorded(a_full_case_file()).content
    assert canonical_json(json.loads(content)) == content
    assert not any(isinstance(value, float) for value in values_in(json.loads(content)))


def test_a_record_without_the_second_engine_says_that_the_engines_do_not_agree() -> None:
    evaluation = evaluated(a_full_case_file())
    assert json.loads(decision_record(evaluation, None, VERSIONS).content)["engines_agree"] is False


def test_a_decimal_is_refused() -> None:
    with pytest.raises(TypeError, match="float"):
        canonical_json({"share": 0.5})


def test_a_record_of_another_format_is_refused() -> None:
    with pytest.raises(ValueError, match="format"):
        recorded_inputs(b'{"format":99}')


def test_what_was_not_yet_known_is_not_in_the_record() -> None:
    later = an_item("later", recorded_at=NOW.replace(year=2027))
    record = json.loads(recorded(a_case_file(later)).content)
    assert record["evidence"] == []
