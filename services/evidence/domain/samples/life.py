"""The moves of a sampled report: obtained or not, given to readers, read, and reconciled (D9, record 2.8)."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from operator import eq
from typing import Any

from services.evidence.domain.plans.sides import Actor
from services.evidence.domain.report_sample import NoReportReason
from services.evidence.domain.samples.awaited import Awaited
from services.evidence.domain.samples.sample import Agreed, Rating, Reading, Sample, State, together
from services.refusals import invalid, precondition

_TO_READ = (State.OBTAINED, State.ASSIGNED, State.READ)


@dataclass(frozen=True, slots=True)
class Readers:
    """Who can read a person's report."""

    all: Collection[str]
    """Everybody with the role, but nobody whom a declared link keeps out, and not the person concerned."""
    supporting: Collection[str]
    """Who supports the person today, or acts for who does."""
    are_one_person: Callable[[str, str], bool] = eq
    """Whether two accounts are of one person."""


def obtain(known: Sample, actor: Actor) -> Sample:
    """Return a sample whose report is there. It may come after all, once it was said not to be available.

    Raises:
        Refusal: NO_REPORT_DRAWN; STEP_NOT_AVAILABLE.
    """
    if known.report is None:
        raise precondition("NO_REPORT_DRAWN", "No report was drawn for this person. Draw again, or say why.", "name")
    _check_state(known, State.SELECTED, State.NOT_AVAILABLE)
    return _next(known, actor, state=State.OBTAINED, reason=None, obtained_on=actor.today)


def not_available(known: Sample, reason: NoReportReason, actor: Actor) -> Sample:
    """Return a sample whose report cannot be had. The next report of the draw takes its place, if there is one.

    Raises:
        Refusal: STEP_NOT_AVAILABLE; REASON_DOES_NOT_FIT.
    """
    _check_state(known, State.DUE, State.SELECTED)
    if (reason is NoReportReason.NOT_PROVIDED) is not (known.state is State.SELECTED):
        message = "A report that was drawn was not provided. Where none was drawn, the reason is another one."
        raise invalid("REASON_DOES_NOT_FIT", message, "reason")
    passed = known.passed + (known.state is State.SELECTED)
    if passed < len(known.drawn_from):
        return _next(known, actor, passed=passed)
    return _next(known, actor, passed=passed, state=State.NOT_AVAILABLE, reason=reason)


def assign(known: Sample, reader: str, second: bool, readers: Readers, actor: Actor) -> Sample:
    """Return a sample that a reader has. Another reader may take the place of one who has not read yet.

    The Team may want a second reading where the seed did not choose one, but only while nobody has read the report.

    Raises:
        Refusal: STEP_NOT_AVAILABLE; ONE_READING; NOT_A_READER; SAME_READER; SUPPORTS_THE_PERSON; READING_IS_IN.
    """
    _check_state(known, *_TO_READ)
    if second and not known.second_wanted and known.readings:
        message = "It was read already. What the first reader found is no reason for a second reading."
        raise precondition("ONE_READING", message, "second")
    if reader not in readers.all:
        message = "A reader has the role report_reviewer, is not the person concerned and has no declared link to them."
        raise precondition("NOT_A_READER", message, "reader")
    has_it, other = (known.reader, known.second_reader)[:: -1 if second else 1]
    if readers.are_one_person(reader, other):
        raise precondition("SAME_READER", "Another person reads it the second time.", "reader")
    free = {each for each in set(readers.all) - set(readers.supporting) if not readers.are_one_person(each, other)}
    if reader in readers.supporting and free:
        message = "They support the person, and another reader is free."
        raise precondition("SUPPORTS_THE_PERSON", message, "reader")
    if has_it and known.reading_of(has_it):
        raise precondition("READING_IS_IN", "This reading is in already.", "second")
    state = State.ASSIGNED if known.state is State.OBTAINED else known.state
    # A reader who has it already gets no more time for it.
    since = actor.today if reader != has_it else known.second_since if second else known.reader_since
    who = ("second_reader", "second_since") if second else ("reader", "reader_since")
    has: dict[str, Any] = dict(zip(who, (reader, since), strict=True))
    return _next(known, actor, state=state, second_wanted=known.second_wanted or second, **has)


def read(known: Sample, rating: Rating, words: str, actor: Actor) -> Sample:
    """Return a sample with the caller's reading. Two that say the same need no talk.

    Raises:
        Refusal: NOT_YOUR_READING; READING_IS_IN; STEP_NOT_AVAILABLE; NOTHING_READ; SAY_WHAT.
    """
    if actor.person not in known.readers:
        raise precondition("NOT_YOUR_READING", "This report was given to another reader.", "name")
    if actor.is_any_of(reading.reader for reading in known.readings):
        raise precondition("READING_IS_IN", "Your reading is in already.", "name")
    _check_state(known, *_TO_READ)
    _check_rating(rating, words)
    readings = (*known.readings, Reading(actor.person, rating, words, actor.now))
    if len(readings) == 1:
        return _next(known, actor, state=State.READ, readings=readings)
    same = readings[0].rating == readings[1].rating
    return _next(known, actor, state=State.RECONCILED if same else State.SECOND_READ, readings=readings)


def end_wait(known: Sample, awaited: Sequence[Awaited], actor: Actor) -> Sample:
    """Return a sample without the one of two readings that did not come. The one that is in stands alone.

    Nobody sees a reading before both are in. One that never comes would otherwise hide the other for good.

    Raises:
        Refusal: STEP_NOT_AVAILABLE; READING_HAS_TIME.
    """
    _check_state(known, State.READ)
    if known.is_complete:
        raise precondition("STEP_NOT_AVAILABLE", "It was read, and no other reading is awaited.", "name", state="read")
    (reading,) = known.readings
    last_on = max(each.due_on for each in awaited)
    if actor.today <= last_on:
        message = f"The other reading has time until {last_on.isoformat()}. Give it to another reader, or wait."
        raise precondition("READING_HAS_TIME", message, "name", due=last_on.isoformat())
    return _next(known, actor, second_wanted=False, reader=reading.reader, second_reader="", wait_ended_by=actor.person)


def reconcile(known: Sample, rating: Rating, words: str, senior: bool, actor: Actor) -> Sample:
    """Return a sample with one reading for two that differ. Both readings stay as they are.

    A reader proposes it, and it stands once the other reader says the same. What a senior manager says stands at once.

    Raises:
        Refusal: NOT_YOUR_READING; STEP_NOT_AVAILABLE; NOTHING_READ; SAY_WHAT.
    """
    reads = actor.is_any_of(known.readers)
    if not reads and not senior:
        raise precondition("NOT_YOUR_READING", "This report was given to other readers.", "name")
    _check_state(known, State.SECOND_READ)
    before = known.agreed
    # Who says the same as the other reader has said need not write it again.
    _check_rating(rating, words or (before.words if before and before.rating == rating else ""))
    if not reads:
        return _next(
            known,
            actor,
            state=State.RECONCILED,
            agreed=Agreed(rating, words, actor.person, actor.person, by_senior=True),
        )
    if before is not None and not actor.is_any_of([before.proposed_by]) and before.rating == rating:
        agreed = replace(before, words=together(before.words, words), agreed_by=actor.person)
        return _next(known, actor, state=State.RECONCILED, agreed=agreed)
    return _next(known, actor, agreed=Agreed(rating, words, actor.person))


def _check_rating(rating: Rating, words: str) -> None:
    if not any(rating.lines) and rating.child_views is None:
        message = "Rate at least one line, or say whether the child's views are there."
        raise invalid("NOTHING_READ", message, "rating")
    if rating.has_a_line_below and not words:
        raise invalid("SAY_WHAT", "Write what is below standard. The person reads it, and replies.", "words")


def _check_state(known: Sample, *states: State) -> None:
    if known.state not in states:
        message = f"The sampled report is {known.state.replace('_', ' ')}, so this step is not available."
        raise precondition("STEP_NOT_AVAILABLE", message, "name", state=known.state.value)


def _next(known: Sample, actor: Actor, **changes: Any) -> Sample:
    return replace(known, version=known.version + 1, recorded_at=actor.now, **changes)
