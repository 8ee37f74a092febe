"""Short decision records, for days on which nothing new was known (F4).

A whole record is 38 KB. People are evaluated again when a window slides or a wait runs out, and at least every four
weeks (`holding.py`). Then most answers are those of before.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import orjson

from services.rules.domain.evaluation.decision_record import DecisionRecord, RecordedInputs, dumped, instant_text
from services.rules.domain.evaluation.evaluate import Evaluation

SAME = "same"
"""Stands where a whole record has the number of its format."""


@dataclass(frozen=True, slots=True)
class KeptRecord:
    """A decision record as stored. `whole`: the one that it names, if it is short; otherwise itself."""

    content: bytes
    sha256: str
    same_as: str
    whole: bytes
    whole_sha256: str


def same_record(
    whole_id: str,
    record: DecisionRecord,
    evaluation: Evaluation,
    previous_hash: str,
    otherwise: Mapping[str, Any] | None = None,
) -> DecisionRecord:
    """Return the short record of an evaluation with the inputs of an earlier one, on another day.

    It holds the hash of the whole record that it stands for, so that a replay still proves it byte for byte.
    `otherwise`: what it answers otherwise than that one, by value (`differing_answers`).
    """
    content = dumped(
        {
            "format": SAME,
            "same_as": whole_id,
            "as_of": evaluation.as_of,
            "as_known_at": instant_text(evaluation.as_known_at),
            "previous_hash": previous_hash,
            "sha256": record.sha256,
            **({"otherwise": otherwise} if otherwise else {}),
        }
    )
    return replace(record, content=content, sha256=hashlib.sha256(content).hexdigest(), same_as=whole_id)


@dataclass(frozen=True, slots=True)
class Sameness:
    """What a short record says: the inputs of an earlier one, on another day, and the hash of what follows."""

    as_of: date
    as_known_at: datetime
    previous_hash: str
    sha256: str

    def of(self, whole: RecordedInputs) -> RecordedInputs:
        """Return the inputs of the day."""
        return replace(whole, as_of=self.as_of, as_known_at=self.as_known_at, previous_hash=self.previous_hash)


def recorded_sameness(content: bytes) -> Sameness | None:
    """Read a short record back. None for a whole one."""
    record = orjson.loads(content)
    if record.get("format") != SAME:
        return None
    known_at = datetime.fromisoformat(record["as_known_at"])
    return Sameness(date.fromisoformat(record["as_of"]), known_at, record["previous_hash"], record["sha256"])
