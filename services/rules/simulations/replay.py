"""Replay of a kept decision: evaluated again from its record and compared byte for byte (reliability Q25)."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import orjson

from services.rules.adapters.engine.process import EngineChild, EngineUnavailable
from services.rules.adapters.rule_files.folder import RulebookRefused, stored_rulebook
from services.rules.domain.evaluation.decision_record import (
    RecordedInputs,
    decision_record,
    recorded_inputs,
)
from services.rules.domain.evaluation.evaluate import evaluate
from services.rules.domain.evaluation.same_record import recorded_sameness
from services.rules.domain.rulebook.model import Rulebook


class ReplayOutcome(StrEnum):
    """The ways in which a kept decision may replay."""

    IDENTICAL = "identical"
    DIFFERENT = "different"
    RULEBOOK_MISSING = "rulebook_missing"
    UNREADABLE = "unreadable"
    ENGINE_UNAVAILABLE = "engine_unavailable"


@dataclass(frozen=True, slots=True)
class Replayed:
    """The outcome for one decision, with the hash of the new record and the names of the parts that differ."""

    outcome: ReplayOutcome
    sha256: str = ""
    differing: tuple[str, ...] = ()


def replay(
    content: bytes,
    sha256: str,
    rulebook_of: Callable[[str], Rulebook | None],
    engine: EngineChild,
    whole: bytes | None = None,
) -> Replayed:
    """Ask both engines again and compare the new record with the kept one.

    `sha256`: the stored hash, in hex. `rulebook_of`: gives the rulebook of a content hash, or None if there is none.
    `whole`: the record that a short one names. It gives the inputs, and the short one the hash of what must follow.
    """
    if hashlib.sha256(content).hexdigest() != sha256:
        return Replayed(ReplayOutcome.UNREADABLE)
    try:
        same = recorded_sameness(content)
        inputs = recorded_inputs(content) if same is None else same.of(recorded_inputs(whole or b""))
    except (ValueError, KeyError, TypeError):
        return Replayed(ReplayOutcome.UNREADABLE)
    rulebook = rulebook_of(inputs.rulebook_hash)
    if rulebook is None:
        return Replayed(ReplayOutcome.RULEBOOK_MISSING)
    try:
        again = _evaluated_again(inputs, rulebook, engine)
    except EngineUnavailable:
        return Replayed(ReplayOutcome.ENGINE_UNAVAILABLE)
    made = hashlib.sha256(again).hexdigest()
    if made == (sha256 if same is None else same.sha256):
        return Replayed(ReplayOutcome.IDENTICAL, sha256)
    return Replayed(ReplayOutcome.DIFFERENT, made, tuple(_differing(content if same is None else whole or b"", again)))


def kept_rulebook(files: Mapping[str, Mapping[str, str]], content_hash: str) -> Rulebook | None:
    """Return the rulebook of a content hash from files by hash, or None.

    None if its files are not there, no longer load, or give another hash today.
    """
    try:
        return stored_rulebook(files.get(content_hash, {}), content_hash)
    except RulebookRefused:
        return None


def _evaluated_again(inputs: RecordedInputs, rulebook: Rulebook, engine: EngineChild) -> bytes:
    rulebook = replace(rulebook, asks_of_every_edition=inputs.of_every_edition)
    evaluation = evaluate(rulebook, inputs.case_file, inputs.as_of, inputs.as_known_at)
    durable = engine.evaluate(rulebook, [answered.case for answered in evaluation.answered])
    versions, previous = inputs.versions, inputs.previous_hash
    return decision_record(evaluation, durable, versions, previous, inputs.record_format).content


def _differing(kept: bytes, again: bytes) -> Sequence[str]:
    before, after = orjson.loads(kept), orjson.loads(again)
    return sorted(name for name in {*before, *after} if before.get(name) != after.get(name))
