"""Entries of the timeline from what rules answer to the same reader."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from psmf.platform.v1 import timeline_pb2 as pb
from psmf.rules.v1 import rules_pb2

from services.platform.calls.timeline import entry
from services.platform.calls.wire import known_word
from services.rules.domain.concerns.concern import ConcernId
from services.rules.domain.concerns.history import CALENDAR, Made

Entries = Iterator[pb.TimelineEntry]
_NO_PRACTICE = "data_gap"
"""The lane of the Team's own duties, which say nothing about anybody's practice."""
_PRAISE = "excellence"


def of_concerns(concerns: Iterable[Any], moves: Mapping[ConcernId, Sequence[Made]]) -> Entries:
    """Yield what happened with matters. `moves`: what was done about each, by its id, oldest first."""
    for concern in concerns:
        lane = known_word(rules_pb2.Lane, concern.lane)
        polarities = [] if lane == _NO_PRACTICE else ["praise" if lane == _PRAISE else "concern"]
        # A matter about one standard is about that one, whatever else its rule cites.
        standards = [concern.subject.partition(".")[0]] if concern.subject else concern.standards
        about = {"standards": standards, "polarities": polarities, "sentence": concern.explanation.because}
        yield entry("matter_raised", concern.name, "matter", at=concern.raise_time, word=lane, **about)
        for made in moves.get(ConcernId(concern.name.rpartition("/")[2]), ()):
            by = "" if made.by == CALENDAR else made.by
            yield entry("matter_moved", concern.name, "matter", at=made.at, person=by, word=made.move, **about)


def of_overrides(overrides: Iterable[Any]) -> Entries:
    """Yield rules that were set aside for the person, and those that apply again before the day that was set."""
    for one in overrides:
        about = (one.name, "rule")
        yield entry("rule_set_aside", *about, at=one.create_time, person=one.author, word=one.rule)
        if one.HasField("end_time"):
            yield entry("rule_back", *about, at=one.end_time, person=one.ended_by, word=one.rule)
