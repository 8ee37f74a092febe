"""An end of membership is told once its last day is over, never before: others stop everything when they hear of it."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from psmf.evidence.v1 import events_pb2, safeguarder_pb2

from services.evidence.adapters.decisions import SqlDecisions
from services.evidence.adapters.store import SqlRegister
from services.evidence.compose import HERE, OWN_TABLE
from services.evidence.domain.decisions import correction
from services.evidence.domain.decisions.correction import Change
from services.evidence.domain.plans.sides import Actor, Side
from services.evidence.domain.safeguarder import (
    Decision,
    DecisionKind,
    EndReason,
    LegalBasis,
    SafeguarderId,
    apply_decision,
    register,
)
from services.evidence.worker import EndsToTell
from services.platform.calls.wire import from_date
from services.platform.events.outbox import StoredEvent, events_after
from services.platform.storage.database import Database
from services.platform.storage.opening import open_database
from services.who import Who
from tests.clock import FixedClock

NOW, PERSON = datetime(2026, 11, 2, 9, tzinfo=UTC), SafeguarderId("sg-one")
TODAY = NOW.date()
LAST_ON = TODAY + timedelta(days=10)
DAY = timedelta(days=1)
LEAVING, STAYS = f"leaving {LAST_ON}", "leaving None"


@dataclass
class Book:
    """The register in a database, its clock, and the job."""

    database: Database
    clock: FixedClock
    job: EndsToTell

    def decide(self, kind: DecisionKind, on: date, reason: EndReason | None = None, **more: Any) -> None:
        basis, now = LegalBasis("SSI 2012/54", "reg 7", "as made"), self.clock.instant
        made = Decision(kind, on, basis, "panel-team", "recorder", now, end_reason=reason, **more)
        with self.database.read() as connection:
            entry = SqlRegister(connection).find(PERSON)
        assert entry is not None
        after = apply_decision(entry, made, Who("recorder"))
        self.database.write(lambda tx: SqlDecisions(tx).record(after, made))

    def correct(self, **change: object) -> None:
        """Correct the newest decision by two persons."""
        now = self.clock.instant
        with self.database.read() as connection:
            kept, entry = SqlDecisions(connection).of(PERSON), SqlRegister(connection).find(PERSON)
        assert entry is not None
        said = Change(**change)  # type: ignore[arg-type]
        waits = correction.enter(kept[-1], said, "As the letter.", Actor("recorder", Side.PANEL_TEAM, now))
        after = correction.membership_after(entry, [*kept[:-1], waits], waits.number, Who("recorder"))
        confirmed = correction.confirm(waits, Actor("second", Side.PANEL_TEAM, now))
        self.database.write(lambda tx: SqlDecisions(tx).follow(after, now))
        self.database.write(lambda tx: SqlDecisions(tx).put(confirmed, after))

    def told(self) -> list[str]:
        """Give the job its turns, and return what was told since the first appointment, each in a line."""
        for _turn in range(3):
            self.job.turn()
        with self.database.read() as connection:
            events = events_after(connection, 0, 100)[1:]
        return [_line(event.type, event.data) for event in events]


def _line(kind: str, data: bytes) -> str:
    name = kind.rpartition(".")[2]
    event = getattr(events_pb2, name).FromString(data)
    if name == "SafeguarderEnded":
        reason = safeguarder_pb2.EndReason.Name(event.reason).removeprefix("END_REASON_")
        return f"ended {from_date(event, 'end_date')} {reason}"
    if name == "SafeguarderLeaving":
        return f"leaving {from_date(event, 'last_date')}"
    if name == "SafeguarderCorrectionChanged":
        return f"corrected {from_date(event, 'ended_date')}"
    return f"appointed {from_date(event, 'start_date')}"


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("empty") / "evidence.db"
    _open(file).close()
    return file


def _open(file: Path) -> Database:
    return open_database(f"sqlite:///{file}", HERE / "migrations", OWN_TABLE)


@pytest.fixture
def book(empty: Path, tmp_path: Path) -> Iterator[Book]:
    clock, file = FixedClock(NOW), tmp_path / "evidence.db"
    shutil.copyfile(empty, file)
    database = _open(file)
    database.write(lambda tx: SqlRegister(tx).add(register(PERSON, "Demo One", ("fife",), True, NOW)))
    made = Book(database, clock, EndsToTell(database, clock))
    made.decide(DecisionKind.APPOINTED, TODAY - timedelta(days=365))
    yield made
    database.close()


def resign(book: Book, on: date = LAST_ON) -> None:
    book.decide(DecisionKind.ENDED, on, EndReason.RESIGNED)


@pytest.mark.parametrize("days", [0, -1, -30])
def test_an_end_of_today_or_before_is_told_at_once(book: Book, days: int) -> None:
    on = TODAY + timedelta(days=days)
    resign(book, on)
    assert book.told() == [f"ended {on} RESIGNED"]


def test_an_end_that_lies_ahead_is_told_once_on_the_day_after(book: Book) -> None:
    resign(book)
    assert book.told() == [LEAVING]
    book.clock.instant = datetime(2026, 11, 12, 23, 59, tzinfo=UTC)
    assert book.told() == [LEAVING], "the last day belongs to it"
    book.clock.instant += timedelta(minutes=2)
    assert book.told() == [LEAVING, f"ended {LAST_ON} RESIGNED"]
    assert book.told() == [LEAVING, f"ended {LAST_ON} RESIGNED"]


def test_a_clock_that_stands_wrong_ends_no_membership(book: Book) -> None:
    resign(book)
    book.clock.instant += timedelta(hours=1)
    book.clock.step(timedelta(days=60))
    assert book.told() == [LEAVING]
    book.clock.step(timedelta(days=-60))
    book.clock.instant += timedelta(days=11)
    assert book.told() == [LEAVING, f"ended {LAST_ON} RESIGNED"]


def test_what_is_corrected_before_the_day_is_told_as_it_stands(book: Book) -> None:
    resign(book)
    book.clock.instant += DAY
    book.correct(end_reason=EndReason.DIED)
    assert book.told() == [LEAVING, "corrected None"], "the last day still lies ahead"
    book.clock.instant += timedelta(days=10)
    assert book.told() == [LEAVING, "corrected None", f"ended {LAST_ON} DIED"]


def test_an_end_that_is_moved_back_is_told_by_its_correction(book: Book) -> None:
    resign(book)
    book.correct(effective_on=TODAY - DAY)
    book.clock.instant += timedelta(days=20)
    assert book.told() == [LEAVING, STAYS, f"corrected {TODAY - DAY}"]


def test_an_end_that_is_moved_ahead_is_told_again_when_it_has_come(book: Book) -> None:
    resign(book, TODAY)
    book.correct(effective_on=LAST_ON)
    before = [f"ended {TODAY} RESIGNED", LEAVING, "corrected None"]
    book.clock.instant += timedelta(days=10)
    assert book.told() == before
    book.clock.instant += DAY
    assert book.told() == [*before, f"ended {LAST_ON} RESIGNED"]


def test_an_end_that_never_was_is_never_told(book: Book) -> None:
    resign(book)
    book.correct(not_made=True)
    book.clock.instant += timedelta(days=20)
    assert book.told() == [LEAVING, STAYS, "corrected None"]


def test_the_end_is_told_before_another_appointment(book: Book) -> None:
    resign(book)
    again = LAST_ON + timedelta(days=30)
    book.decide(DecisionKind.APPOINTED, again)
    book.clock.instant += timedelta(days=20)
    assert book.told() == [LEAVING, f"ended {LAST_ON} RESIGNED", f"appointed {again}", STAYS]


def test_a_decision_on_continuing_leaves_an_end_that_is_still_to_be_told(book: Book) -> None:
    resign(book)
    book.clock.instant = datetime(2026, 11, 13, 0, 1, tzinfo=UTC)
    book.decide(DecisionKind.CONTINUING, TODAY, recommendation_id="m1")
    assert book.told() == [LEAVING, f"ended {LAST_ON} RESIGNED"]


def test_an_end_that_a_release_before_corrected_is_not_told_twice(book: Book) -> None:
    """It knows no end that waits: it told of its correction at once and left the day that waits as it was."""
    resign(book)
    book.correct(effective_on=TODAY - DAY)
    waits = "UPDATE safeguarder SET end_to_tell_on = '2026-11-12'"
    book.database.write(lambda tx: tx.exec_driver_sql(waits))
    book.clock.instant += timedelta(days=20)
    assert book.told() == [LEAVING, STAYS, f"corrected {TODAY - DAY}"]


Act = Callable[[Book], None]
ACTS: dict[str, Act] = {
    "resigns": resign,
    "resigned": lambda book: resign(book, book.clock.today()),
    "later": lambda book: book.correct(effective_on=LAST_ON + timedelta(days=20)),
    "before": lambda book: book.correct(effective_on=TODAY - DAY),
    "never": lambda book: book.correct(not_made=True),
    "comes back": lambda book: book.decide(DecisionKind.APPOINTED, LAST_ON + timedelta(days=60)),
    "weeks": lambda book: setattr(book.clock, "instant", book.clock.instant + timedelta(days=21)),
}


@pytest.mark.parametrize(
    "acts",
    [
        ["resigns"],
        ["resigns", "weeks"],
        ["resigns", "later"],
        ["resigns", "later", "weeks", "weeks"],
        ["resigns", "before"],
        ["resigns", "never", "weeks"],
        ["resigns", "comes back"],
        ["resigns", "weeks", "comes back"],
        ["resigned", "later"],
        ["resigned", "never", "resigns"],
        ["resigns", "weeks", "never"],
    ],
    ids=", ".join,
)
def test_who_reads_the_events_alone_knows_the_last_day_of_each_term(book: Book, acts: Sequence[str]) -> None:
    """doors D22: an end that lies ahead was in the register, and in no event."""
    for act in acts:
        ACTS[act](book)
        book.told()
        with book.database.read() as connection:
            entry, events = SqlRegister(connection).find(PERSON), events_after(connection, 0, 100)
        assert entry is not None
        assert last_days_of_each_term(events) == [term.ends_on for term in entry.terms], act


def last_days_of_each_term(events: Sequence[StoredEvent]) -> list[date]:
    """Return what a stranger makes of the events: the last day of each term, none of them after a known end."""
    terms: dict[int, date] = {}
    ahead: date | None = None
    for stored in events:
        name = stored.type.rpartition(".")[2]
        event = getattr(events_pb2, name).FromString(stored.data)
        if name == "SafeguarderLeaving":
            ahead = from_date(event, "last_date")
        elif name == "SafeguarderEnded":
            terms, ahead = no_later(terms, from_date(event, "end_date")), None
        elif name == "SafeguarderAppointed":
            terms[event.term] = from_date(event, "end_date") or date.max
        elif event.terms:
            terms = {one.term: from_date(one, "end_date") or date.max for one in event.terms}
    return list(no_later(terms, ahead).values())


def no_later(terms: dict[int, date], last_on: date | None) -> dict[int, date]:
    return {number: min(ends_on, last_on or ends_on) for number, ends_on in terms.items()}
