"""A simulation as it is asked for, run and kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

KEPT_FOR = timedelta(days=30)
"""How long the answer of a simulation can be read."""
MOST_WAITING = 20
"""Simulations run one after another: a longer queue would only make the last person wait longer."""


@dataclass(frozen=True, slots=True)
class Simulation:
    """One run. `asked` is what to run; `result` is what it found, in the contract's JSON, None until it is done.

    `person`: who asked for it, empty for the nightly replay. `candidate_hash`: the rulebook that a what-if tries.
    """

    simulation_id: str
    kind: str
    state: str
    asked: Mapping[str, Any]
    rulebook_hash: str
    created_at: datetime
    expires_at: datetime
    done: int = 0
    total: int = 0
    result: Mapping[str, Any] | None = None
    problem: str = ""
    person: str = ""
    candidate_hash: str = ""
