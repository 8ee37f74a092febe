"""Read concerns: one with its history and its next moves, or a page of them; now or as they were."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from services.calendar_days import london_today
from services.platform.calls.pages import read_on
from services.platform.calls.relations import Listed
from services.refusals import not_found
from services.rules.adapters.store.concerns import After, SqlConcerns, Which, place_in_list
from services.rules.domain.closed_lists import Lane, State
from services.rules.domain.concerns.concern import Concern, due_on, respond_by, waits_for
from services.rules.domain.concerns.guards import Guard, MoveContext
from services.rules.domain.concerns.history import Made, Move
from services.rules.domain.concerns.transitions import allowed_moves, blocked_moves
from services.rules.domain.evidence.countability import known_items
from services.rules.domain.facts import EvidenceFact

ReadFacts = Callable[[Iterable[EvidenceFact]], Sequence[EvidenceFact]]
"""Reads stored facts by the editions of the rulebook in force, as `read_by_edition` does."""
LOOKS_AT_EVIDENCE = (State.ACTION_REVIEW, State.CLOSED)
"""The only states with a move that depends on evidence: escalating, and reopening."""


@dataclass(frozen=True, slots=True)
class Named:
    """The concern that a request names, and the version its sender had read. An empty etag means any version."""

    safeguarder_id: str
    concern_id: str
    etag: str


@dataclass(frozen=True, slots=True)
class ConcernContext:
    """What a handler of concerns works with: the current transaction, how to read evidence, who asks, and when."""

    concerns: SqlConcerns
    read_facts: ReadFacts
    by: str
    now: datetime

    def move_context(self, concern: Concern) -> MoveContext:
        """Return what the moves of a concern depend on."""
        context = MoveContext(london_today(self.now), self.by)
        if concern.state not in LOOKS_AT_EVIDENCE:
            # No guard of these states looks at evidence, so it is not read.
            return context
        versions = self.read_facts(self.concerns.evidence(concern.safeguarder_id))
        evidence = known_items(versions, context.today, self.now, frozenset())
        matter = (concern.answer.rule_id, concern.answer.subject)
        same = [
            other
            for other in self.concerns.of_person(concern.safeguarder_id)
            if (other.answer.rule_id, other.answer.subject) == matter
        ]
        return replace(context, evidence=evidence, newest=same[-1].concern_id == concern.concern_id)


@dataclass(frozen=True, slots=True)
class ShownConcern:
    """One concern with its history, and the moves that its guards allow or block now. Of the past there are none.

    `respond_by`: None once it has ended, and of the past.
    """

    concern: Concern
    steps: Sequence[Made]
    allowed: Sequence[Move] = ()
    blocked: Mapping[Move, Guard] = field(default_factory=dict)
    respond_by: date | None = None


@dataclass(frozen=True, slots=True)
class ListedConcern:
    """One concern of a list. `respond_by`: None once it has ended."""

    concern: Concern
    respond_by: date | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is limited to. `person` and `role`: of whom it waits for; empty for everybody."""

    which: Which
    person: str = ""
    role: str = ""
    due_by: date | None = None

    def holds(self, listed: ListedConcern, made: Sequence[Made]) -> bool:
        """Tell whether a concern that the store found belongs to the list."""
        if self.person and not waits_for(listed.concern, self.person, self.role):
            return False
        if self.due_by is None:
            return True
        due = due_on(listed.concern, made)
        return due is not None and due <= self.due_by


def find_concern(named: Named, concerns: SqlConcerns, at: datetime | None = None) -> Concern:
    """Return the concern about that person, now or as it was at an instant.

    Raises:
        Refusal: NOT_FOUND, also if the concern is about another person: access was checked for this one only.
    """
    found = concerns.find(named.concern_id, at)
    if found is None or found.safeguarder_id != named.safeguarder_id:
        raise not_found("CONCERN_NOT_FOUND", "No such concern is on this person's file.", "name")
    return found


def show_concern(named: Named, at: datetime | None, own: bool, context: ConcernContext) -> ShownConcern:
    """Return a concern, now or as it was at an instant. `own`: the person it is about asks.

    Raises:
        Refusal: NOT_FOUND, also if a person asks about a duty of the Team, which is not about them; PRECONDITION if
            no history was kept at that instant.
    """
    concerns = context.concerns
    if at is not None:
        concerns.check_history(at, Listed((named.safeguarder_id,)))
    found = find_concern(named, concerns, at)
    if own and found.answer.lane is Lane.DATA_GAP:
        raise not_found("CONCERN_NOT_FOUND", "No such concern is on this person's file.", "name")
    made = concerns.moves(found)
    if at is not None:
        return ShownConcern(found, made)
    around = context.move_context(found)
    allowed, blocked = allowed_moves(found, around), blocked_moves(found, around)
    return ShownConcern(found, made, allowed, blocked, respond_by(found, made))


def list_concerns(
    wanted: Wanted, after: After | None, most: int, at: datetime | None, concerns: SqlConcerns
) -> Sequence[ListedConcern]:
    """Return at most that many concerns after a place in the list, now or as they were at an instant.

    Raises:
        Refusal: PRECONDITION if no history was kept at that instant.
    """
    if at is not None:
        concerns.check_history(at, wanted.which.people)

    def wanted_of(page: Sequence[Concern]) -> Iterable[ListedConcern]:
        made = concerns.moves_of_all(page)
        listed = (ListedConcern(each, respond_by(each, made[each.concern_id])) for each in page)
        return [each for each in listed if wanted.holds(each, made[each.concern.concern_id])]

    # What a rule tells to whom, and what a day on hold adds, stands in no column. Few concerns that are open are owned
    # by nobody and told to somebody else.
    return read_on(lambda last: concerns.page(last, most, wanted.which, at), wanted_of, place_in_list, after, most)
