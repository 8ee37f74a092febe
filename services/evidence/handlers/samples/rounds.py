"""Rounds of sampling: begin one, and draw in it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from services.evidence.adapters.samples.files import SampleFile
from services.evidence.domain.evidence_item import Kind
from services.evidence.domain.samples.draw import draw, half_of, new_round, reports_of
from services.evidence.domain.samples.sample import Round, State
from services.refusals import not_found

MOST_TOGETHER = 500
"""People for whom one call draws. A larger transaction would keep other writers waiting."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a draw did. `remaining`: people for whom nobody has drawn yet, because they were too many for one call."""

    selected: int
    without_reports: int
    remaining: int


@dataclass(frozen=True, slots=True)
class Figures:
    """A round with the number of samples in each state, and of people who serve and have none."""

    round: Round
    states: Counter[State]
    not_drawn: int


def begin(seed: str, files: SampleFile) -> Figures:
    """Begin the round of today's half contract year with a seed. A round that was begun keeps the seed it has."""
    before = files.kept.last_round()
    if before is None or before.round_id != half_of(files.actor.today):
        files.kept.add_round(new_round(seed, before, files.actor.person, files.actor.now))
    return figures(half_of(files.actor.today), files)


def figures(round_id: str, files: SampleFile) -> Figures:
    """Return how a round stands. Refuse ROUND_NOT_FOUND."""
    known, states = _find(round_id, files), files.kept.states_of(round_id)
    not_drawn = sum(person not in states for person in _serving(files))
    return Figures(known, Counter(states.values()), not_drawn)


def draw_all(round_id: str, files: SampleFile) -> Drawn:
    """Draw for everybody who serves today and for whom nobody has drawn in the round. Refuse ROUND_NOT_FOUND.

    Nobody draws twice for a person. Where there was no report to draw from, there may be one by now.
    """
    known, states = _find(round_id, files), files.kept.states_of(round_id)
    todo = [person for person in _serving(files) if states.get(person, State.DUE) is State.DUE]
    todo.sort(key=lambda person: person in states)
    now_drawn = todo[:MOST_TOGETHER]
    selected = sum(_draw_for(person, known, person not in states, files) for person in now_drawn)
    remaining = sum(person not in states for person in todo[MOST_TOGETHER:])
    return Drawn(selected, len(now_drawn) - selected, remaining)


def _draw_for(person: str, known: Round, is_new: bool, files: SampleFile) -> bool:
    """Draw for one person, and return whether there was a report."""
    records = files.file.of_kind(person, Kind.SCRA_TIMELINESS)
    reviews = files.file.of_kind(person, Kind.REPORT_SAMPLE_REVIEW)
    samples = files.kept.of(person)
    others = [sample for sample in samples if sample.round_id != known.round_id]
    reports = reports_of(known, records, reviews, others)
    sample = draw(known, person, reports, files.numbers.second_reading_percent, files.actor.now)
    if is_new:
        files.kept.put(sample)
    elif reports:
        (before,) = (each for each in samples if each.round_id == known.round_id)

        files.kept.put(replace(sample, version=before.version + 1, created_at=before.created_at))
    return bool(reports)


def _serving(files: SampleFile) -> Iterator[str]:
    """Yield the ids of those who serve today."""
    last = ""
    while page := files.people.page(last, MOST_TOGETHER):
        yield from (entry.safeguarder_id for entry in page if entry.serves_on(files.actor.today))
        last = page[-1].safeguarder_id


def _find(round_id: str, files: SampleFile) -> Round:
    known = files.kept.find_round(round_id)
    if known is None:
        raise not_found("ROUND_NOT_FOUND", "There is no such round. Begin the round of this half year first.", "name")
    return known
