"""A thousand kept decisions replay byte for byte on any machine (reliability Q25)."""

import hashlib
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import orjson
import pytest

from services.rules.adapters.engine.process import EngineChild
from services.rules.adapters.rule_files.folder import SHIPPED
from services.rules.domain.closed_lists import ComplaintOutcome, EvidenceClass, Kind, Polarity, Source
from services.rules.domain.evaluation.agreement import disagreement
from services.rules.domain.evaluation.decision_record import decision_record
from services.rules.domain.evaluation.evaluate import evaluate
from services.rules.domain.facts import CaseFile, ConcernKey
from services.rules.simulations.process import ReplayWork
from services.rules.simulations.replay import ReplayOutcome, replay
from tests.rules.builders import INDICATORS, NOW, PERSON, TODAY, a_case_file, an_item, shipped
from tests.sizes import part_of
from tests.waiting import HUNG

DECISIONS = part_of(1_000)
VERSIONS = {"durable-rules": "2.0.28", "python": "3.11", "tzdata": "2026b"}
ENVIRONMENTS = (
    {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C.UTF-8"},
    {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8"},
    {"PYTHONHASHSEED": "4294967295", "TZ": "America/St_Johns", "LC_ALL": "gd_GB.UTF-8"},
)


def a_person(number: int) -> CaseFile:
    """Draw a person with a few items of any kind, and sometimes an open concern."""
    draw = random.Random(number)
    evidence = []
    for place in range(draw.randrange(7)):
        on, kind = TODAY - timedelta(days=draw.randrange(800)), draw.choice(list(Kind))
        outcome = draw.choice(list(ComplaintOutcome)) if kind is Kind.COMPLAINT else None
        details = {"days_late": draw.randrange(4), "extension_agreed": False} if kind is Kind.SCRA_TIMELINESS else {}
        evidence.append(
            an_item(
                f"{number}-{place}",
                on,
                kind=kind,
                source=draw.choice(list(Source)),
                evidence_class=draw.choice((*[EvidenceClass.STANDARD] * 4, *EvidenceClass)),
                countable_from=draw.choice((None, on, on + timedelta(days=14))),
                complaint_outcome=outcome,
                details=details,
                speaks=draw.choice(INDICATORS),
                polarity=draw.choice(list(Polarity)),
            )
        )
    opened = {ConcernKey("report-late"): TODAY - timedelta(days=30)} if draw.random() < 0.2 else {}
    person = replace(PERSON, term_ends_on=TODAY + timedelta(days=draw.randrange(1095)))
    return a_case_file(*evidence, person=person, open_concerns=opened)


def kept() -> Iterator[bytes]:
    """Return records as the worker makes them: both engines asked, and agreed."""
    with EngineChild(seconds=HUNG) as engine:
        previous = ""
        for number in range(DECISIONS):
            evaluation = evaluate(shipped(), a_person(number), TODAY, NOW)
            durable = engine.evaluate(shipped(), [answered.case for answered in evaluation.answered])
            assert disagreement(evaluation.answered, durable) is None
            record = decision_record(evaluation, durable, VERSIONS, previous)
            previous = record.sha256
            yield record.content


@pytest.fixture(scope="module")
def records() -> list[bytes]:
    return list(kept())


def test_a_thousand_decisions_replay_alike_in_every_process_time_zone_and_locale(records: list[bytes]) -> None:
    """Takes three processes, each of which replays all of them."""
    shuffled = random.Random(2016).sample(records, len(records))
    expected = "".join(f"identical {hashlib.sha256(record).hexdigest()}\n" for record in shuffled)
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.rules.simulations.replay_many"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=False,
            env=os.environ | environment,
        )
        for environment in ENVIRONMENTS
    ]
    for process in running:
        said, _ = process.communicate(b"\n".join(shuffled) + b"\n")
        assert said.decode() == expected


@pytest.mark.parametrize(
    ("change", "outcome"),
    [
        (lambda record: record | {"format": 99}, ReplayOutcome.UNREADABLE),
        (lambda record: record | {"rulebook_hash": "0" * 64}, ReplayOutcome.RULEBOOK_MISSING),
        (lambda record: record | {"engines_agree": False}, ReplayOutcome.DIFFERENT),
        (lambda record: {name: part for name, part in record.items() if name != "person"}, ReplayOutcome.UNREADABLE),
    ],
    ids=["another format", "a rulebook that is not kept", "an answer that was changed", "a part that is gone"],
)
def test_a_record_that_does_not_replay_says_how(records: list[bytes], change: object, outcome: ReplayOutcome) -> None:
    assert callable(change)
    content = orjson.dumps(change(orjson.loads(records[0])), option=orjson.OPT_SORT_KEYS)
    with EngineChild() as engine:
        done = replay(content, hashlib.sha256(content).hexdigest(), {shipped().content_hash: shipped()}.get, engine)
    assert done.outcome is outcome


def test_a_rulebook_that_came_into_force_during_the_night_is_not_missing(records: list[bytes]) -> None:
    """Before, the rulebooks were read once, when the run began, and every decision by a newer one was a false alarm."""
    files = {file.relative_to(SHIPPED).as_posix(): file.read_text() for file in SHIPPED.rglob("*.yaml")}
    kept = {"name": "one", "record": records[0].decode(), "whole": "", "sha256": hashlib.sha256(records[0]).hexdigest()}
    work = ReplayWork({})
    work.take({"rulebooks": {"0" * 64: {}}})
    work.take({"rulebooks": {shipped().content_hash: files}})
    work.take([kept])
    result = work.result()
    assert (result["identical"], result["rulebook_missing"], result["not_identical"]) == (1, 0, [])
