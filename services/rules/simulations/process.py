"""A simulation's own process: at low priority, with a memory limit, without a database, one line in, one line out.

The parent sends what to run, then people some at a time, or kept records and the rulebooks that they name. Each line is
answered when it is done. The last answer is the result, and another run may follow. People come without their evidence
first. The answer names those whose evidence is needed, because what is kept of them from an earlier run is not enough.
"""

import gc
import os
import resource
import sys
from collections.abc import Iterator, Mapping, Sequence, Set
from datetime import date
from typing import Any, BinaryIO

import orjson

from services.rules.adapters.engine.process import EngineChild
from services.rules.adapters.rule_files.folder import rulebook_of_files
from services.rules.adapters.store.items import read_item
from services.rules.adapters.store.team_duties import read_duty
from services.rules.domain.evidence.timeline import as_received
from services.rules.domain.facts import CaseFile, PersonFact
from services.rules.domain.forecasts.person_series import EvidenceNeeded, Known
from services.rules.domain.forecasts.plan import Span
from services.rules.domain.forecasts.spells import Spells
from services.rules.domain.forecasts.whatif import ConcernChange, PersonOutcome, Tuning, WhatIf, WhatIfReport, in_short
from services.rules.domain.rulebook.dated import as_it_stood
from services.rules.domain.rulebook.model import Rulebook
from services.rules.simulations.kept import KeptPeople
from services.rules.simulations.replay import ReplayOutcome, kept_rulebook, replay

MEMORY_LIMIT_BYTES = 640 << 20
"""Limit of address space, so that a run fails alone and the service lives: its pod may use 1 GiB. What is kept of
people from one run to the next is limited by itself (`MOST_KEPT`)."""
LOWEST_PRIORITY = 19
"""Niceness of the process: the live path always gets the processor first."""
MOST_NAMED = 100
"""Most decisions named that do not replay. The counts are of all."""
Sent = Mapping[str, Any]


class _OfPeople:
    """A run over people. `kept`: what earlier runs worked out about them."""

    def __init__(self, asked: Sent, kept: KeptPeople, names: Set[str]) -> None:
        self._case_file = as_received_file if asked["as_received"] else case_file
        self._kept = kept
        kept.begin((asked["since"], asked["until"], asked["as_received"]), names)

    def take(self, part: Sequence[Any]) -> list[str]:
        """Add some people, and return the ids of those whose evidence is needed first."""
        needed = []
        for person in part:
            known = self._kept.known(person)
            try:
                self.add(person, self._case_file(person), known)
            except EvidenceNeeded:
                needed.append(person["safeguarder_id"])
                self.wait_for(person)
            else:
                self._kept.keep(person, known)
        return needed

    def add(self, person: Sent, file: CaseFile, known: Known) -> None:
        """Add a person. Raises EvidenceNeeded if what is known is not enough."""
        raise NotImplementedError

    def wait_for(self, person: Sent) -> None:
        """Note that a person comes again, with evidence."""


class WhatIfWork(_OfPeople):
    """A what-if: two rulebooks over all people."""

    def __init__(self, asked: Sent, kept: KeptPeople) -> None:
        before = rulebook_of_files(asked["before"])
        if "on" in asked:
            on = date.fromisoformat(asked["on"])
            before, after = as_it_stood(before, _span(asked).since), as_it_stood(before, on)
        else:
            after = rulebook_of_files(asked["after"])
            if until := asked.get("as_on"):
                before, after = (as_it_stood(one, date.fromisoformat(until)) for one in (before, after))
        self._whatif = WhatIf(before, after, _span(asked), as_dated="on" in asked or asked["as_dated"])
        self._report = WhatIfReport()
        self._in_turn: dict[str, tuple[PersonOutcome, str] | None] = {}
        super().__init__(asked, kept, self._whatif.names)

    def add(self, person: Sent, file: CaseFile, known: Known) -> None:
        """Add a person. The report is in the order in which people first came."""
        self._in_turn[person["safeguarder_id"]] = self._whatif.person(file, known), person["support_manager"]
        self._report_those_in_turn(self._in_turn)

    def wait_for(self, person: Sent) -> None:
        """Keep a person's place in the report."""
        self._in_turn.setdefault(person["safeguarder_id"], None)

    def _report_those_in_turn(self, in_turn: dict[str, tuple[PersonOutcome, str] | None]) -> None:
        while in_turn and (found := next(iter(in_turn.values()))) is not None:
            del in_turn[next(iter(in_turn))]
            self._report.add(*found)

    def result(self) -> dict[str, Any]:
        """Return who changes, as the contract's JSON. Somebody whose membership ended in between is left out."""
        self._report_those_in_turn({who: found for who, found in self._in_turn.items() if found is not None})
        report = self._report
        return {
            "people": report.people,
            "people_changed": report.people_changed,
            **{difference.value: number for difference, number in report.counts.items()},
            "concerns": [_concern(change) for change in report.changed],
            "changes": [
                {
                    "about": change.about,
                    "name": change.name,
                    "text": in_short(change),
                    "rules": self._whatif.bears_on(change),
                    "concerns": report.by_reason[in_short(change)],
                }
                for change in self._whatif.changes
            ],
            "people_near": report.people_near,
            "near": [{"safeguarder": who, "rule": key.rule_id, "subject": key.subject} for who, key in report.near],
            "load": [
                {"support_manager": manager, "week_date": _date(week), "before": before, "after": after}
                for (manager, week), (before, after) in sorted(report.load.items())
            ],
        }


class TuningWork(_OfPeople):
    """A tuning: one parameter at many values."""

    def __init__(self, asked: Sent, kept: KeptPeople) -> None:
        self._rulebook = rulebook_of_files(asked["before"])
        self._name = asked["parameter"]
        values = range(asked["from_value"], asked["to_value"] + 1, asked["step"])
        self._tuning = Tuning(self._rulebook, self._name, values, _span(asked))
        super().__init__(asked, kept, self._tuning.names)

    def add(self, person: Sent, file: CaseFile, known: Known) -> None:
        """Add a person."""
        self._tuning.add(file, known)

    def result(self) -> dict[str, Any]:
        """Return the number of people and concerns for each value, as the contract's JSON."""
        tuning, parameter = self._tuning, self._rulebook.parameters[self._name]
        figures = zip(tuning.values, tuning.people, tuning.concerns, strict=True)
        return {
            "parameter": self._name,
            "unit": parameter.unit,
            "current_value": parameter.values[-1].value,
            "points": [{"value": v, "people": people, "concerns": concerns} for v, people, concerns in figures],
            "tipping_values": tuning.tipping,
            "flat_zones": [{"from_value": first, "to_value": last} for first, last in tuning.flat],
            "rules": sorted(tuning.reading),
        }


class ReplayWork:
    """A replay of kept decisions."""

    def __init__(self, asked: Sent, _: KeptPeople | None = None) -> None:
        self._files: dict[str, Mapping[str, str]] = {}
        self._rulebooks: dict[str, Rulebook | None] = {}
        self._engine = EngineChild(seconds=30.0)
        self._counts = dict.fromkeys(ReplayOutcome, 0)
        self._named: list[dict[str, Any]] = []

    def take(self, part: Sequence[Any] | Mapping[str, Any]) -> list[str]:
        """Replay some records, or take in rulebooks that records to come may name. Nothing more is needed of any."""
        if isinstance(part, Mapping):
            self._files.update(part["rulebooks"])
            return []
        for kept in part:
            whole = kept["whole"].encode()
            done = replay(kept["record"].encode(), kept["sha256"], self._rulebook, self._engine, whole)
            self._counts[done.outcome] += 1
            if done.outcome is not ReplayOutcome.IDENTICAL and len(self._named) < MOST_NAMED:
                self._named.append(
                    {
                        "name": kept["name"],
                        "outcome": f"REPLAY_OUTCOME_{done.outcome.upper()}",
                        "record_hash": kept["sha256"],
                        "replayed_hash": done.sha256,
                        "differing_parts": done.differing,
                    }
                )
        return []

    def result(self) -> dict[str, Any]:
        """Return how they replayed, as the contract's JSON. The engine's process ends."""
        self._engine.close()
        return {**{outcome.value: number for outcome, number in self._counts.items()}, "not_identical": self._named}

    def _rulebook(self, content_hash: str) -> Rulebook | None:
        if content_hash not in self._rulebooks:
            self._rulebooks[content_hash] = kept_rulebook(self._files, content_hash)
        return self._rulebooks[content_hash]


KINDS: Mapping[str, type[WhatIfWork | TuningWork | ReplayWork]] = {
    "what_if": WhatIfWork,
    "tuning": TuningWork,
    "replay": ReplayWork,
}


def case_file(person: Sent) -> CaseFile:
    """Return a person's case file from what the parent sends: dates as text, facts and duties as they are stored."""
    days = {name: date.fromisoformat(person[name]) for name in ("appointed_on", "term_starts_on", "term_ends_on")}
    facts = tuple(read_item(body) for body in person.get("facts", ()))
    duties = tuple(read_duty(body) for body in person.get("duties", ()))
    return CaseFile(PersonFact(person["safeguarder_id"], serving=person["serving"], **days), facts, duties=duties)


def as_received_file(person: Sent) -> CaseFile:
    """Return a person's case file with each item known from the day on which it was received."""
    return as_received(case_file(person))


def _span(asked: Sent) -> Span:
    return Span(date.fromisoformat(asked["since"]), date.fromisoformat(asked["until"]))


def _concern(change: ConcernChange) -> dict[str, Any]:
    before, after = (f"LANE_{lane.upper()}" if lane else "LANE_UNSPECIFIED" for lane in change.lanes)
    return {
        "safeguarder": change.safeguarder_id,
        "rule": change.key.rule_id,
        "subject": change.key.subject,
        "difference": f"DIFFERENCE_{change.difference.upper()}",
        "from_date": _date(change.on),
        "before_lane": before,
        "after_lane": after,
        "before": list(_spells(change.before)),
        "after": list(_spells(change.after)),
        "reasons": change.reasons,
    }


def _spells(spells: Spells) -> Iterator[dict[str, Any]]:
    for spell in spells:
        yield {"began_date": _date(spell.began_on)} | (
            {"ended_date": _date(spell.ended_on)} if spell.ended_on is not None else {}
        )


def _date(day: date) -> dict[str, int]:
    return {"year": day.year, "month": day.month, "day": day.day}


def main() -> None:
    """Answer until standard input ends. Anything else printed goes to standard error, or it would break the replies."""
    os.nice(LOWEST_PRIORITY)
    # Only the soft limit: the engine's process, a child of this one, sets itself another.
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT_BYTES, resource.getrlimit(resource.RLIMIT_AS)[1]))
    # No core dump: it would hold evidence about people.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with os.fdopen(os.dup(1), "wb") as replies:
        os.dup2(2, 1)
        serve(sys.stdin.buffer, replies)


def serve(requests: BinaryIO, replies: BinaryIO) -> None:
    """Run one simulation after another.

    The first line of each says what to run, then come its parts. An empty part asks for the result, and ends it.
    """
    kept = KeptPeople()
    for line in requests:
        asked = orjson.loads(line)
        work = KINDS[asked["kind"]](asked, kept)
        # What lives for the whole run, the rulebooks and what is kept, need not be looked at with each new person.
        gc.freeze()
        for part in map(orjson.loads, requests):
            needed = work.take(part) if part else []
            done = len(part) - len(needed) if isinstance(part, list) else 0
            answer = {"done": done, "needed": needed} if part else {"result": work.result()}
            replies.write(orjson.dumps(answer) + b"\n")
            replies.flush()
            if not part:
                break


if __name__ == "__main__":
    main()
