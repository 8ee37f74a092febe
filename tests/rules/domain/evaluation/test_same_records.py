"""Kind of fault: a record that grows for nothing. A day on which nothing that matters changed is a line (F4).

Whatever differs in inputs, answers or concerns makes a whole record. What only moves with the days does not. Either way
the replay proves the day byte for byte.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.rules.adapters.engine.process import EngineChild
from services.rules.domain.evaluation.decision_record import _essence, decision_record, differing_answers
from services.rules.domain.evaluation.same_record import recorded_sameness, same_record
from services.rules.domain.facts import CaseFile, ConcernKey
from services.rules.simulations.replay import ReplayOutcome, replay
from tests.rules.builders import NOW, TODAY, a_case_file, a_late_report, an_item, evaluated, items, shipped

VERSIONS = {"psmf": "0"}
CASE = a_case_file(*(a_late_report(f"late-{number}", TODAY - timedelta(days=100 + number)) for number in range(2)))


@pytest.fixture(scope="module")
def engine() -> Iterator[EngineChild]:
    with EngineChild() as child:
        yield child


def essence(case_file: CaseFile, day: date = TODAY, versions: dict[str, str] | None = None) -> str:
    evaluation = evaluated(case_file, day, NOW + (day - TODAY))
    return decision_record(evaluation, None, versions or VERSIONS, f"{day}").essence


CHANGES: dict[str, Callable[[CaseFile], CaseFile]] = {
    "another item": lambda case: replace(case, evidence=(*case.evidence, an_item("more"))),
    "an item fewer": lambda case: replace(case, evidence=case.evidence[1:]),
    "a newer version": lambda case: replace(case, evidence=(replace(case.evidence[0], version=2), *case.evidence[1:])),
    "another term": lambda case: replace(case, person=replace(case.person, term_ends_on=date(2030, 1, 1))),
    "no longer serving": lambda case: replace(case, person=replace(case.person, serving=False)),
    "an open concern": lambda case: replace(case, open_concerns={ConcernKey("report-late", ""): TODAY}),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_whatever_matters_makes_a_whole_record(change: Callable[[CaseFile], CaseFile]) -> None:
    """F4: inputs and concerns."""
    assert essence(change(CASE)) != essence(CASE)


def test_another_release_makes_a_whole_record() -> None:
    """F4: what evaluated is an input."""
    assert essence(CASE, versions={"psmf": "1"}) != essence(CASE)


def test_an_item_that_leaves_the_window_makes_a_whole_record() -> None:
    """F4: the answers differ, although nobody did anything."""
    days = [essence(CASE, TODAY + timedelta(days=ahead)) for ahead in range(0, 800, 20)]
    assert 1 < len(set(days)) < len(days)


@given(st.lists(items(), max_size=4), st.integers(0, 400), st.integers(0, 3))
def test_the_same_essence_means_the_same_answers(evidence: list[Any], ahead: int, more: int) -> None:
    """F4: for any evidence and any two days, equal essence means equal answers, counted items and open truths."""
    case_file = a_case_file(*(replace(item, evidence_id=f"item-{place}") for place, item in enumerate(evidence)))
    days = TODAY + timedelta(days=ahead), TODAY + timedelta(days=ahead + more)
    first, second = (evaluated(case_file, day, NOW + (day - TODAY)) for day in days)
    same = essence(case_file, days[0]) == essence(case_file, days[1])
    answers = [
        [
            (one.rule_id, one.subject, one.answer, [item.evidence_id for item in one.explanation.counted])
            for one in made.answers
        ]
        for made in (first, second)
    ]
    if same:
        assert answers[0] == answers[1]
        assert [case.answers for case in first.answered] == [case.answers for case in second.answered]


def with_otherwise(whole: bytes, otherwise: dict[str, Any]) -> dict[str, Any]:
    """Return a whole record with what another one answers otherwise."""
    said: dict[str, Any] = orjson.loads(whole)
    for name in ("cases", "answers"):
        changed = otherwise.get(name, {"of": len(said[name])})
        said[name] = [changed.get(str(place)) or said[name][place] for place in range(changed["of"])]
    return said | {name: part for name, part in otherwise.items() if name not in ("cases", "answers")}


@given(st.lists(items(), max_size=4), st.integers(0, 400), st.integers(0, 200))
def test_a_short_record_holds_every_answer_that_differs(evidence: list[Any], ahead: int, more: int) -> None:
    """F4: from the same inputs on another day, the whole record and what differs give all that matters."""
    case_file = a_case_file(*(replace(item, evidence_id=f"item-{place}") for place, item in enumerate(evidence)))
    days = TODAY + timedelta(days=ahead), TODAY + timedelta(days=ahead + more)
    first, second = (decision_record(evaluated(case_file, day, NOW + (day - TODAY)), None, VERSIONS) for day in days)
    assert first.inputs == second.inputs or len(case_file.evidence) > 0, "only an item that is known later is another"
    if first.inputs == second.inputs:
        otherwise = differing_answers(first.content, second.content)
        assert bool(otherwise) is (first.essence != second.essence)
        assert _essence(with_otherwise(first.content, otherwise)) == second.essence


def test_answers_that_differ_without_news_replay_from_the_inputs_of_before(engine: EngineChild) -> None:
    """F4: an item leaves the window. The short record holds the answers, and a replay proves the hash of all."""
    days = TODAY, TODAY + timedelta(days=300)
    first, second = (evaluated(CASE, day, NOW + (day - TODAY)) for day in days)
    durable = [engine.evaluate(shipped(), [case.case for case in made.answered]) for made in (first, second)]
    whole = decision_record(first, durable[0], VERSIONS)
    stands_for = decision_record(second, durable[1], VERSIONS, whole.sha256)
    assert stands_for.inputs == whole.inputs
    assert stands_for.essence != whole.essence
    otherwise = differing_answers(whole.content, stands_for.content)
    short = same_record("whole-id", stands_for, second, whole.sha256, otherwise)
    assert "report-late" in {
        answer["rule"]
        for answer in orjson.loads(short.content)["otherwise"]["answers"].values()
        if isinstance(answer, dict)
    }
    rulebooks = {shipped().content_hash: shipped()}.get
    assert replay(short.content, short.sha256, rulebooks, engine, whole.content).outcome is ReplayOutcome.IDENTICAL


def test_a_short_record_replays_byte_for_byte_and_its_forgery_does_not(engine: EngineChild) -> None:
    """F4: it holds the hash of the whole record that it stands for."""
    first, second = (evaluated(CASE, day, NOW + (day - TODAY)) for day in (TODAY, TODAY + timedelta(days=1)))
    durable = [engine.evaluate(shipped(), [case.case for case in made.answered]) for made in (first, second)]
    whole = decision_record(first, durable[0], VERSIONS)
    stands_for = decision_record(second, durable[1], VERSIONS, whole.sha256)
    assert stands_for.essence == whole.essence
    short = same_record("whole-id", stands_for, second, whole.sha256)
    assert len(short.content) < 400 < len(whole.content)
    rulebooks = {shipped().content_hash: shipped()}.get
    assert replay(short.content, short.sha256, rulebooks, engine, whole.content).outcome is ReplayOutcome.IDENTICAL
    assert replay(whole.content, whole.sha256, rulebooks, engine).outcome is ReplayOutcome.IDENTICAL
    assert replay(short.content, short.sha256, rulebooks, engine).outcome is ReplayOutcome.UNREADABLE
    other = orjson.loads(whole.content)
    other["evidence"] = other["evidence"][1:]
    forged = replay(short.content, short.sha256, rulebooks, engine, orjson.dumps(other))
    assert forged.outcome is ReplayOutcome.DIFFERENT
    assert recorded_sameness(whole.content) is None
