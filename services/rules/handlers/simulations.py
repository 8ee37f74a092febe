"""Simulations: queue one, find it, cancel it. `services.rules.simulations` runs them."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from services.refusals import Kind, Refusal, invalid, not_found
from services.rules.adapters.rule_files.folder import RulebookRefused, rulebook_of_files
from services.rules.adapters.store.simulations import SqlSimulations
from services.rules.domain.forecasts.simulation import KEPT_FOR, MOST_WAITING, Simulation
from services.rules.domain.rulebook.file_names import check_names
from services.rules.domain.rulebook.model import Rulebook

SHOWN_FAULTS, LONGEST_FAULT = 10, 300
"""A refusal travels in the trailers of the call, which hold 8 KB."""


def load_candidate(files: Mapping[str, str]) -> Rulebook:
    """Return the rulebook of a candidate's files.

    Raises:
        Refusal: INVALID for a file name that no rulebook has, and for rule files with faults: the first ten are named.
    """
    check_names(files, "files")
    try:
        return rulebook_of_files(files)
    except RulebookRefused as refused:
        faults = [str(fault) for fault in refused.faults]
        places = {f"fault_{number}": text[:LONGEST_FAULT] for number, text in enumerate(faults[:SHOWN_FAULTS], 1)}
        message = f"The candidate does not load. Faults found: {len(faults)}. Check it with: psmf rules check"
        raise invalid("CANDIDATE_REFUSED", message, "files", **places) from None


def queue(
    kind: str, asked: Mapping[str, Any], rulebook_hash: str, person: str, now: datetime, simulations: SqlSimulations
) -> Simulation:
    """Store a simulation to be run in its turn. `person`: who asks for it.

    Raises:
        Refusal: EXHAUSTED while too many wait.
    """
    if simulations.waiting() >= MOST_WAITING:
        message = f"{MOST_WAITING} simulations are already waiting. Try again when some are done."
        raise Refusal(Kind.EXHAUSTED, "TOO_MANY_SIMULATIONS", message)
    of_whom = {"person": person, "candidate_hash": asked.get("after_hash", "")}
    simulation = Simulation(uuid.uuid4().hex, kind, "queued", asked, rulebook_hash, now, now + KEPT_FOR, **of_whom)
    simulations.add(simulation)
    return simulation


def find(simulation_id: str, simulations: SqlSimulations) -> Simulation:
    """Return a simulation. Raises Refusal NOT_FOUND, also once its answer is no longer kept."""
    simulation = simulations.find(simulation_id)
    if simulation is None:
        message = "No simulation has this id. Answers are kept for a month after the simulation was asked for."
        raise not_found("SIMULATION_NOT_FOUND", message, "name")
    return simulation


def cancel(simulation_id: str, now: datetime, simulations: SqlSimulations) -> Simulation:
    """Cancel a simulation. One that has ended stays as it is. Raises Refusal NOT_FOUND."""
    find(simulation_id, simulations)
    simulations.move(simulation_id, "cancelled", now)
    return find(simulation_id, simulations)
