"""Concerns and the moves that people make on them in the database, in the current transaction."""

import functools
from collections import namedtuple
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeVar, cast

from pydantic import TypeAdapter
from sqlalchemy import Connection, FromClause, and_, func, or_, select

from services.platform.calls.relations import Listed
from services.platform.events.outbox import add_events
from services.platform.storage.database import execute, from_micros, insert_sql, to_micros
from services.platform.telemetry.traces import traceparent
from services.refusals import precondition
from services.rules.adapters.store import tables
from services.rules.adapters.store.items import item_versions
from services.rules.domain.closed_lists import Lane, State, SupportAnswer, SupportsStanding
from services.rules.domain.concerns.concern import URGENCY, Concern, ConcernId, EvaluationId, Reason
from services.rules.domain.concerns.history import Made, Move
from services.rules.domain.concerns.progress import Action, ActionReview, Notice, Progress, Support
from services.rules.domain.evaluation.answers import RuleAnswer
from services.rules.domain.facts import EvidenceFact
from services.rules.wire.concerns import answers_act, moved_event, stands_event

_ANSWER = TypeAdapter(RuleAnswer)
_PROGRESS = TypeAdapter(Progress)
_NO_PROGRESS = Progress()
_ADD_VERSION = insert_sql(tables.concern_version)
_ADD_MOVE = insert_sql(tables.concern_move)
_Row = namedtuple("_Row", tables.concern.columns.keys())  # type: ignore[misc]
# The open one of a matter is its last, whatever the clock said when it was raised: a clock can have been put back (F1).
_OF_PERSON = (
    f"SELECT {', '.join(_Row._fields)} FROM concern "  # noqa: S608
    "WHERE safeguarder_id = ? ORDER BY is_open, raised_at, concern_id"
)
_CHANGE = f"UPDATE concern SET {' = ?, '.join(tables.concern.columns.keys())} = ? WHERE concern_id = ?"  # noqa: S608
_MOVES = (
    "SELECT move, person, made_at, from_state, to_state, word FROM concern_move "
    "WHERE concern_id = ? AND number <= ? ORDER BY number"
)
_MOVES_OF_ALL = (
    "SELECT concern_id, number, move, person, made_at, from_state, to_state, word FROM concern_move "
    "WHERE concern_id IN ({}) ORDER BY concern_id, number"
)
_ACTED = "SELECT acted_at FROM alert_act WHERE concern_id = ?"
_ACT = (
    "INSERT INTO alert_act (concern_id, acted_at) VALUES (?, ?) "
    "ON CONFLICT (concern_id) DO UPDATE SET acted_at = excluded.acted_at"
)
W = TypeVar("W", bound=StrEnum)
After = tuple[int, int, str]
"""A place in a list of concerns: urgency, microseconds of when it was raised, id."""


@dataclass(frozen=True, slots=True)
class Which:
    """Which concerns are listed. `lane`: empty for all. `data_gaps`: the Team's duties too."""

    lane: str = ""
    ended: bool = False
    data_gaps: bool = True
    people: Listed = Listed()
    owned_by: str | None = None
    """Only what this person owns, or nobody."""
    states: tuple[State, ...] = ()


class SqlConcerns:
    """Concerns as people read and move them. What evaluations store is in `evaluations.py`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, concern_id: str, at: datetime | None = None) -> Concern | None:
        """Return the concern, now or as it was at an instant; None if there is none."""
        concern = _as_at(at)
        row = self._connection.execute(select(concern).where(concern.c.concern_id == concern_id)).first()
        return _concern(row) if row else None

    def of_person(self, safeguarder_id: str) -> Sequence[Concern]:
        """Return all concerns about a person: those that ended, oldest first, then the open ones."""
        # Plain SQL, because every evaluation reads this: no time goes into building a query.
        return [_concern(_Row(*row)) for row in execute(self._connection, _OF_PERSON, (safeguarder_id,))]

    def page(self, after: After | None, most: int, which: Which, at: datetime | None = None) -> list[Concern]:
        """Return concerns after a place in the list, most urgent first, then oldest; now or as they were."""
        source = _as_at(at)
        concern = source.c
        query = select(source)
        if after is not None:
            urgency, raised_at, concern_id = after
            later = or_(
                concern.raised_at > raised_at, and_(concern.raised_at == raised_at, concern.concern_id > concern_id)
            )
            query = query.where(or_(concern.urgency > urgency, and_(concern.urgency == urgency, later)))
        if which.lane:
            query = query.where(concern.urgency == URGENCY.index(Lane(which.lane)))
        if not which.data_gaps:
            query = query.where(concern.urgency != URGENCY.index(Lane.DATA_GAP))
        if not which.ended:
            query = query.where(concern.is_open)
        if which.owned_by is not None:
            query = query.where(concern.owner.in_((which.owned_by, "")))
        if which.states:
            query = query.where(concern.state.in_([state.value for state in which.states]))
        query = query.where(*which.people.limits(concern.safeguarder_id))
        query = query.order_by(concern.urgency, concern.raised_at, concern.concern_id).limit(most)
        return [_concern(row) for row in self._connection.execute(query)]

    def open_or_ended_since(self, at: int) -> list[Concern]:
        """Return everybody's concerns that are open, or that people ended since an instant in microseconds."""
        concern = tables.concern
        query = select(concern).where(or_(concern.c.is_open, concern.c.ended_at >= at))
        return [_concern(row) for row in self._connection.execute(query.order_by(concern.c.concern_id))]

    def people_with(self, state: State) -> list[str]:
        """Return the ids of people with an open concern in a state, in order."""
        people = "SELECT DISTINCT safeguarder_id FROM concern WHERE is_open AND state = ? ORDER BY safeguarder_id"
        return [str(person) for (person,) in execute(self._connection, people, (state.value,))]

    def moves(self, concern: Concern) -> Sequence[Made]:
        """Return the moves that led to a concern as it is given, oldest first."""
        return moves_of(self._connection, concern.concern_id, concern.version)

    def moves_of_all(self, concerns: Sequence[Concern]) -> dict[ConcernId, tuple[Made, ...]]:
        """Return the moves that led to each of some concerns as it is given, oldest first."""
        found: dict[ConcernId, tuple[Made, ...]] = dict.fromkeys((each.concern_id for each in concerns), ())
        if concerns:
            marks, versions = ", ".join("?" * len(found)), {each.concern_id: each.version for each in concerns}
            for concern_id, number, *row in execute(self._connection, _MOVES_OF_ALL.format(marks), tuple(found)):
                if number <= versions[concern_id]:
                    found[concern_id] = (*found[concern_id], _made(row))
        return found

    def evidence(self, safeguarder_id: str) -> Sequence[EvidenceFact]:
        """Return every version of every item about a person."""
        return item_versions(self._connection, safeguarder_id)

    def raised_by(self, concern: Concern) -> str:
        """Return the content hash of the rulebook by which a concern was raised. Its first version says so."""
        statement = "SELECT rulebook_hash FROM concern_version WHERE concern_id = ? ORDER BY version LIMIT 1"
        row = execute(self._connection, statement, (concern.concern_id,)).fetchone()
        return str(row[0]) if row else concern.rulebook_hash

    def check_history(self, at: datetime, people: Listed) -> None:
        """Refuse an instant before the history began, if a concern about these people existed then.

        Raises:
            Refusal: PRECONDITION, HISTORY_NOT_KEPT with the instant at which the history begins.
        """
        concern, version = tables.concern.c, tables.concern_version.c
        begins = select(func.min(version.kept_at)).where(version.concern_id == concern.concern_id).scalar_subquery()
        query = select(func.max(begins)).where(concern.raised_at <= to_micros(at), begins > to_micros(at))
        query = query.where(*people.limits(concern.safeguarder_id))
        found = self._connection.execute(query).scalar()
        if found is not None:
            since = from_micros(found).isoformat(timespec="seconds")
            message = f"No history of concerns was kept at that time. It begins at {since}."
            raise precondition("HISTORY_NOT_KEPT", message, "as_of_date", begins=since)

    def note_act(self, concern: Concern, acted_at: datetime) -> None:
        """Store that a concern answers an act on its alert, made at an instant. Every later event of it says so."""
        execute(self._connection, _ACT, (concern.concern_id, to_micros(acted_at)))

    def say_where_it_stands(self, concern: Concern, now: datetime) -> None:
        """Publish where a concern stands, although nothing about it has changed."""
        self._publish(concern, stands_event(concern), now)

    def make(self, concern: Concern, made: Made, *, confirms: bool = False, kept_at: datetime | None = None) -> None:
        """Store a concern after a move, with the move's place in the history, and publish it.

        `confirms`: the concern was quiet until now. `kept_at`: now, where the move was made earlier on the alert.
        """
        row = (
            concern.concern_id,
            concern.version,
            made.move.value,
            made.by,
            to_micros(made.at),
            made.from_state.value,
            made.to_state.value,
            made.word,
        )
        execute(self._connection, _ADD_MOVE, row)
        at = kept_at or made.at
        self._store(concern, at)
        self._publish(concern, moved_event(concern, made, confirms), at)

    def _store(self, concern: Concern, now: datetime) -> None:
        row = concern_row(concern)
        execute(self._connection, _CHANGE, (*row, concern.concern_id))
        self._store_version(row, now)

    def _store_version(self, row: Sequence[object], now: datetime) -> None:
        # Every version stays whole: a list of the past is then what people saw, not a reconstruction (decision 22).
        execute(self._connection, _ADD_VERSION, (*row, to_micros(now)))

    def _publish(self, concern: Concern, event: Any, now: datetime) -> None:
        row = execute(self._connection, _ACTED, (concern.concern_id,)).fetchone()
        if row is not None:
            answers_act(event, from_micros(row[0]))
        add_events(self._connection, [(concern.safeguarder_id, event)], now, traceparent())


def moves_of(connection: Connection, concern_id: str, version: int) -> tuple[Made, ...]:
    """Return the moves that led to a version of a concern, oldest first."""
    return tuple(map(_made, execute(connection, _MOVES, (concern_id, version))))


def _made(row: Sequence[Any]) -> Made:
    move, by, at, from_state, to_state, word = row
    return Made(_known(Move, move), by, from_micros(at), _known(State, from_state), _known(State, to_state), word)


def _known(words: type[W], word: str) -> W:
    """Return a word of what has been; as it is stored if only a later release knows it, which is then no known one.

    Where a concern stands now is not read so. Nobody could say what may follow from a state that is not known.
    """
    return words(word) if word in tuple(words) else cast("W", word)


def place_in_list(concern: Concern) -> After:
    """Return where a concern stands in a list of concerns."""
    return URGENCY.index(concern.answer.lane), to_micros(concern.raised_at), concern.concern_id


def _as_at(at: datetime | None) -> FromClause:
    """Return the table of concerns, or the version of each concern that applied at an instant."""
    if at is None:
        return tables.concern
    version = tables.concern_version.c
    last = (
        select(version.concern_id, func.max(version.version).label("version"))
        .where(version.kept_at <= to_micros(at))
        .group_by(version.concern_id)
        .subquery()
    )
    stood = and_(version.concern_id == last.c.concern_id, version.version == last.c.version)
    return select(*version).join_from(tables.concern_version, last, stood).subquery()


def course_columns(progress: Progress) -> tuple[str | None, str | None]:
    """Return the course for every release, and all of it if the release before does not know all. None for nothing.

    The release before reads the course too, and stores it again with the fields that it knows. So the course has only
    words of that release. What it would lose stands in the second column, which that release never writes.
    """
    if progress == _NO_PROGRESS:
        return None, None
    course, whole = _text(_for_release_before(progress)), _text(progress)
    return course, None if whole == course else whole


def read_course(course: str | None, whole: str | None) -> Progress:
    """Return what people have done about a concern.

    Where the release before has changed the course since, that holds, with what it left out of what it kept.
    """
    if course is None:
        return _NO_PROGRESS
    stored = _PROGRESS.validate_json(course)
    if whole is None:
        return stored
    kept = _PROGRESS.validate_json(whole)
    before = _for_release_before(kept)
    if stored == before:
        return kept
    if stored.reopened_on != kept.reopened_on:
        return stored  # What was before the reopening is over.
    known = zip(before.supports, kept.supports, strict=True)
    supports = tuple(_restored(support, *next(known, (support, support))) for support in stored.supports)
    known_notice, known_action = stored.notice == before.notice, stored.action == before.action
    known_review = stored.review == before.review
    return replace(
        stored,
        supports=supports,
        notice=kept.notice if known_notice else stored.notice,
        action=kept.action if known_action else stored.action,
        review=kept.review if known_review else stored.review,
        reviews=kept.reviews,
        reopened_day=kept.reopened_day,
        upheld_review=kept.upheld_review,
        view_version=kept.view_version,
        hold=kept.hold if stored.hold == before.hold else stored.hold,
        pauses=kept.pauses if stored.pauses == before.pauses else stored.pauses,
        approaches=kept.approaches,
    )


def _text(progress: Progress) -> str:
    return _PROGRESS.dump_json(progress, exclude_defaults=True).decode()


def _for_release_before(progress: Progress) -> Progress:
    supports = tuple(_support_for_release_before(support) for support in progress.supports)
    notice, action, review = progress.notice, progress.action, progress.review
    if notice is not None:
        notice = Notice(notice.document, notice.served_on, notice.acknowledged_on)
    if action is not None:
        action = Action(action.what, action.required_on, action.due_on)
    if review is not None:
        # That release knows no action without supports. What still runs carries no escalation there.
        review = ActionReview(review.held_on, review.outcome, review.supports or SupportsStanding.STILL_RUNNING)
    hold = progress.hold and replace(progress.hold, reviews=(), suspensions=())
    pauses = tuple(replace(pause, by_the_record=False) for pause in progress.pauses)
    known = replace(progress, supports=supports, notice=notice, action=action, review=review, hold=hold, pauses=pauses)
    return replace(known, reopened_day=None, view_version=0, approaches=(), reviews=(), upheld_review="")


def _support_for_release_before(support: Support) -> Support:
    """Return a support in fields and words of the release before. It takes no answer for one that is still awaited."""
    if support.answer is SupportAnswer.NONE_GIVEN:
        return Support(support.kind, support.discussed_on)
    return Support(support.kind, support.discussed_on, support.answer, support.answered_on)


def _restored(stored: Support, before: Support, kept: Support) -> Support:
    """Return a support with what the release before left out. An answer that people recorded there holds."""
    if (stored.kind, stored.discussed_on) != (kept.kind, kept.discussed_on):
        return stored
    if stored == before:
        return kept
    return replace(kept, answer=stored.answer, answered_on=stored.answered_on)


def concern_row(concern: Concern) -> tuple[object, ...]:
    """Return a concern as a row, in the order of the table's columns."""
    course, whole_course = course_columns(concern.progress)
    return (
        concern.concern_id,
        concern.safeguarder_id,
        concern.answer.rule_id,
        concern.answer.subject,
        URGENCY.index(concern.answer.lane),
        concern.is_open,
        concern.state.value,
        concern.closing_proposed,
        _ANSWER.dump_json(concern.answer).decode(),
        concern.evaluation_id,
        concern.rulebook_hash,
        concern.as_of.isoformat(),
        to_micros(concern.raised_at),
        concern.owner,
        concern.next_on.isoformat() if concern.next_on else None,
        _reason_for_release_before(concern.reason),
        concern.version,
        course,
        to_micros(concern.ended_at) if concern.ended_at else None,
        concern.quiet,
        whole_course,
    )


# Every evaluation reads a person's concerns again. An answer is immutable, so the same text is the same answer.
@functools.lru_cache(maxsize=2_000)
def _answer(body: str) -> RuleAnswer:
    return _ANSWER.validate_json(body)


def _reason_for_release_before(reason: Reason | None) -> str | None:
    """Return a reason in a word of the release before, which knows no review. The course says that there was one."""
    return str(Reason.NO_LONGER_APPLIES if reason is Reason.REVIEW_UPHELD else reason) if reason else None


def _reason(stored: str | None, progress: Progress) -> Reason | None:
    if not stored:
        return None
    return Reason.REVIEW_UPHELD if progress.upheld_review else _known(Reason, stored)


def _concern(row: Any) -> Concern:
    progress = read_course(row.course, row.whole_course)
    return Concern(
        concern_id=ConcernId(row.concern_id),
        safeguarder_id=row.safeguarder_id,
        answer=_answer(row.answer),
        evaluation_id=EvaluationId(row.evaluation_id),
        rulebook_hash=row.rulebook_hash,
        as_of=date.fromisoformat(row.as_of),
        raised_at=from_micros(row.raised_at),
        state=State(row.state),
        closing_proposed=bool(row.closing_proposed),
        owner=row.owner,
        next_on=date.fromisoformat(row.next_on) if row.next_on else None,
        reason=_reason(row.reason, progress),
        progress=progress,
        ended_at=from_micros(row.ended_at) if row.ended_at else None,
        version=row.version,
        quiet=bool(row.quiet),
    )
