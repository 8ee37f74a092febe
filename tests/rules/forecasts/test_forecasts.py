"""A forecast says what the service then does with its real worker, both engines and the store (B2)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from shutil import copytree

import orjson
import pytest
from sqlalchemy import Connection

from services.platform.storage.counts import keep_counts
from services.platform.storage.database import Database, execute
from services.platform.storage.migrations import bring_up_to_date
from services.rules.adapters.engine.process import EngineChild
from services.rules.adapters.rule_files.folder import SHIPPED, load_rulebook
from services.rules.adapters.store.concerns import SqlConcerns
from services.rules.adapters.store.facts import CHANGES, SqlFacts
from services.rules.compose import HERE
from services.rules.domain.closed_lists import EvidenceClass, ItemStatus, Polarity, Source
from services.rules.domain.evidence.timeline import arrival, start_of
from services.rules.domain.facts import CaseFile, EvidenceFact
from services.rules.domain.forecasts.over_time import PersonForecast
from services.rules.domain.forecasts.plan import ForecastScope, Span
from services.rules.domain.forecasts.whatif import WhatIf
from services.rules.rulebook_in_force import RulebookInForce
from services.rules.worker import Evaluator
from tests import databases
from tests.clock import FixedClock
from tests.rules.builders import PERSON, TODAY, a_late_report, an_item
from tests.rules.records import kept_records

SPAN = Span(TODAY - timedelta(days=40), TODAY)


def at(days_before: int, hour: int = 9) -> datetime:
    return datetime.combine(TODAY - timedelta(days=days_before), time(hour), UTC)


def of_evidence() -> tuple[EvidenceFact, ...]:
    """Return late reports known one by one, a theme with one item withdrawn, and a safety item that arrives late."""
    first, second, third = (
        a_late_report(f"late-{n}", TODAY - timedelta(days=back), recorded_at=at(known))
        for n, (back, known) in enumerate(((370, 39), (45, 30), (20, 18)))
    )
    voice = an_item("voice", TODAY - timedelta(days=25), source=Source.REPORTER, recorded_at=at(22))
    other = an_item("other", TODAY - timedelta(days=35), recorded_at=at(34), countable_from=TODAY - timedelta(days=19))
    withdrawn = replace(voice, version=2, status=ItemStatus.WITHDRAWN, recorded_at=at(10, 15))
    safety = an_item(
        "safety", TODAY - timedelta(days=60), source=Source.LOCAL_AUTHORITY, speaks="S5.1",
        evidence_class=EvidenceClass.SAFETY, recorded_at=at(5, 23), replied_on=TODAY - timedelta(days=60),
    )  # fmt: skip
    praise = an_item("praise", TODAY - timedelta(days=8), speaks="S3.1", polarity=Polarity.PRAISE, recorded_at=at(7))
    return first, second, third, voice, other, withdrawn, safety, praise


@dataclass
class Live:
    """The service's own worker and store, moved through days by the clock."""

    database: Database
    folder: Path
    engine: EngineChild

    def goes_through(self, evidence: tuple[EvidenceFact, ...], span: Span) -> None:
        """Let each day start and each version arrive as it did. People who wait are evaluated at once."""
        clock = FixedClock(start_of(span.since).known_at)
        in_force = RulebookInForce(self.folder, self.database, clock, needs_approval=False)
        evaluator = Evaluator(self.database, in_force, self.engine, clock)
        self.database.write(lambda tx: SqlFacts(tx).remember_person(PERSON))
        arrivals = {arrival(fact.recorded_at) for fact in evidence}
        days = {start_of(span.since + timedelta(days=n)) for n in range((span.until - span.since).days + 1)}
        for moment in sorted(arrivals | days):
            clock.instant = moment.known_at
            self.database.write(partial(self._arrive, evidence=evidence, now=moment.known_at))
            evaluator._start_day()
            evaluator.evaluate_waiting()

    def _arrive(self, connection: Connection, evidence: tuple[EvidenceFact, ...], now: datetime) -> None:
        facts = SqlFacts(connection)
        for fact in evidence:
            if fact.recorded_at == now:
                facts.remember_fact(PERSON.safeguarder_id, fact, "evidence")
                facts.ask_for_evaluation(PERSON.safeguarder_id, fact.recorded_at)

    def raised(self) -> dict[tuple[str, str], date]:
        """Return the day on which each matter was raised."""
        with self.database.read() as connection:
            rows = execute(connection, "SELECT concern_id FROM concern").fetchall()
            concerns = [SqlConcerns(connection).find(row[0]) for row in rows]
        return {(c.answer.rule_id, c.answer.subject): arrival(c.raised_at).on for c in concerns if c is not None}

    def silent(self) -> set[tuple[str, str]]:
        """Return the matters that rules propose to close."""
        with self.database.read() as connection:
            return {(row[0], row[1]) for row in execute(
                connection, "SELECT rule, subject FROM concern WHERE closing_proposed"
            ).fetchall()}  # fmt: skip


@pytest.fixture
def live(database_kind: str, tmp_path: Path) -> Iterator[Live]:
    database = Database(databases.address(tmp_path / "rules.db"))
    bring_up_to_date(database.engine, HERE / "migrations")
    keep_counts(database.engine, CHANGES)
    folder = tmp_path / "rulebook"
    copytree(SHIPPED, folder)
    with EngineChild() as engine:
        yield Live(database, folder, engine)
    database.close()


def test_what_a_what_if_foretells_the_service_then_does(live: Live) -> None:
    numbers = live.folder / "parameters.yaml"
    text = numbers.read_text()
    changed = text.replace(
        'value: 2, origin: ours, cites: "Framework, Standard 4"',
        'value: 3, origin: ours, cites: "Framework, Standard 4"',
    )
    assert changed != text
    numbers.write_text(changed)
    candidate = load_rulebook(live.folder)
    evidence = of_evidence()
    outcome = WhatIf(load_rulebook(), candidate, SPAN, as_dated=True).person(CaseFile(PERSON, evidence))
    assert outcome.changed
    live.goes_through(evidence, SPAN)
    done = live.raised()
    for change in outcome.changed:
        foretold = change.after[0].began_on if change.after else None
        assert done.get((change.key.rule_id, change.key.subject)) == foretold
        if change.after:
            assert ((change.key.rule_id, change.key.subject) in live.silent()) is (
                change.after[-1].ended_on is not None
            )


def test_everything_the_service_raises_was_foretold_to_the_day(live: Live) -> None:
    evidence = of_evidence()
    all_spells = PersonForecast(ForecastScope(load_rulebook()), CaseFile(PERSON, evidence), SPAN).spells
    live.goes_through(evidence, SPAN)
    assert live.raised() == {tuple(key): spells[0].began_on for key, spells in all_spells.items()}
    assert live.silent() == {tuple(key) for key, spells in all_spells.items() if spells[-1].ended_on is not None}
    assert {key.rule_id for key in all_spells} >= {"report-late", "same-theme-two-sources", "confidentiality"}


def test_late_evidence_makes_a_new_record_that_names_the_one_before(live: Live) -> None:
    live.goes_through(of_evidence(), SPAN)
    with live.database.read() as connection:
        records = kept_records(connection)
    named = [orjson.loads(record.content)["previous_hash"] for record in records]
    assert named == ["", *(record.sha256 for record in records[:-1])]
