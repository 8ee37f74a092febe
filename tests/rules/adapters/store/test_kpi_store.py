"""Facts for KPIs are stored once, as they came, and found again by period. Packs never change."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from services.platform.storage.database import Database, execute, execute_many, to_micros
from services.platform.storage.migrations import bring_up_to_date, take_back
from services.rules.adapters.store import tables
from services.rules.adapters.store.facts import SqlFacts
from services.rules.adapters.store.kpis import SqlKpis, read_report
from services.rules.compose import HERE
from services.rules.domain.kpis.facts import (
    AllocationFact,
    ConcernFact,
    EndFact,
    KpiFacts,
    NoReportFact,
    SampleFact,
    Step,
    TermFact,
)
from services.rules.domain.kpis.known import Known
from services.rules.domain.kpis.report import Pack
from tests import databases
from tests.rules.builders import an_item
from tests.rules.kpi_builders import a_duty, a_record, a_step, a_term, at, kpi_facts, reported
from tests.sizes import part_of

YEAR = (date(2026, 4, 1), date(2027, 3, 31))
EVER = (date(1900, 1, 1), date(2100, 1, 1))


@pytest.fixture
def database(database_kind: str, tmp_path: Path) -> Iterator[Database]:
    """The service's own schema, on each kind of database."""
    database = Database(databases.address(tmp_path / "rules.db"))
    bring_up_to_date(database.engine, HERE / "migrations")
    yield database
    database.close()


def keep(database: Database, facts: KpiFacts, name: str = "event") -> None:
    everything = (
        *facts.terms,
        *facts.ends,
        *facts.duties,
        *facts.steps,
        *facts.concerns,
        *facts.no_reports,
        *facts.allocations,
        *facts.samples,
        *facts.record,
    )

    def work(connection: object) -> None:
        # One event for each, in order, as the services send them. Facts of one event come back by the text of their
        # ids: the eleventh before the second.
        for number, fact in enumerate(everything):
            SqlKpis(connection).remember(f"{name}-{number:03}", fact)  # type: ignore[arg-type]
        for person, item in facts.items:
            SqlFacts(connection).remember_fact(person, item, "evidence")  # type: ignore[arg-type]

    database.write(work)


def kept(database: Database, reach: tuple[date, date] = YEAR) -> KpiFacts:
    with database.read() as connection:
        return SqlKpis(connection).facts(reach)


def frozen(database: Database, pack: Pack) -> bool:
    return database.write(lambda connection: SqlKpis(connection).freeze(pack))


def test_facts_come_back_as_they_were_kept_and_twice_is_once(database: Database) -> None:
    facts = KpiFacts(
        (a_term(),),
        (EndFact("sg-one", date(2027, 1, 31), at("2027-01-05")),),
        (a_duty("one"),),
        (a_step("one", Step.CANCELLED, "2026-06-01", by="team"), a_record("one")),
        (("sg-one", an_item("item")),),
        (ConcernFact("c1", "sg-one", "excellence", at("2026-07-01"), None),),
        (NoReportFact("sg-one", date(2026, 9, 1), 1, "not_provided", at("2026-09-01")),),
        (AllocationFact("sg-one", "manager-one", "east", date(2025, 1, 6), at("2025-01-06")),),
        samples=(SampleFact("sample", "sg-one", date(2025, 10, 1), at("2026-05-01"), "report", date(2026, 4, 20)),),
    )
    keep(database, facts)
    keep(database, facts)
    assert kept(database) == facts


def test_a_period_finds_what_bears_on_it_and_leaves_the_rest(database: Database) -> None:
    ended = TermFact("sg-old", 1, date(2020, 1, 1), date(2022, 12, 31), at("2020-01-01"))
    moved = an_item("moved", date(2025, 5, 1))
    corrected = an_item("moved", date(2026, 5, 1), version=2)
    facts = KpiFacts(
        (ended, a_term()),
        duties=(a_duty("due", due="2026-04-01"), a_duty("later", due="2027-04-01")),
        steps=(a_record("due", "2026-03-02"), a_record("later", "2026-09-01")),
        items=(("sg-one", moved), ("sg-one", corrected), ("sg-one", an_item("before", date(2024, 5, 1)))),
    )
    keep(database, facts)
    found = kept(database)
    assert [term.safeguarder_id for term in found.terms] == ["sg-one"]
    assert [duty.duty_id for duty in found.duties] == ["due"]
    assert [step.duty_id for step in found.steps] == ["due"]
    assert [(item.evidence_id, item.version) for _, item in found.items] == [("moved", 1), ("moved", 2)]


@settings(max_examples=part_of(15), suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(kpi_facts())
def test_the_report_is_the_same_from_the_database_as_from_memory(database: Database, facts: KpiFacts) -> None:
    database.write(
        lambda tx: tx.exec_driver_sql("DELETE FROM kpi_fact") and tx.exec_driver_sql("DELETE FROM fact") and None
    )
    keep(database, facts)
    assert reported(kept(database, EVER)).content == reported(facts).content


def test_a_pack_is_kept_once_and_reads_back_to_the_byte(database: Database) -> None:
    report = reported(KpiFacts((a_term(),), duties=(a_duty("one"),)), "2026-Q3")
    pack = Pack("2026-Q3", at("2027-01-05"), report.sha256, report.content)
    other = Pack("2026-Q3", at("2027-01-06"), "0" * 64, b"{}")
    before = Pack("2026-Q2", at("2026-10-05"), report.sha256, report.content)
    assert [frozen(database, one) for one in (pack, other, before)] == [True, False, True]
    with database.read() as connection:
        assert SqlKpis(connection).packs("", 10) == [pack, before]
        assert SqlKpis(connection).packs("2026-Q3", 10) == [before]
    assert read_report(pack.content) == report
    assert read_report(pack.content).content == pack.content


def test_who_served_before_this_release_and_what_was_raised_is_there_from_the_first_day(database: Database) -> None:
    take_back(database.engine, HERE / "migrations", "0004")
    days = ("2023-01-09", "2026-01-09", "2029-01-08")
    of_that_time = "safeguarder_id, appointed_on, term_starts_on, term_ends_on, serving"
    insert = f"INSERT INTO person ({of_that_time}) VALUES (?, ?, ?, ?, ?)"  # noqa: S608
    people = [(name, *days, name == "sg-before") for name in ("sg-before", "sg-gone")]
    database.write(lambda tx: execute_many(tx, insert, people))
    values = ("c1", "sg-before", "report-late", "", 3, True, "raised", False, "{}", "e", "h", "2026-05-01")
    row = (*values, to_micros(at("2026-05-01")), "", None, None, 1)
    columns = ", ".join(tables.concern.columns.keys()[: len(row)])  # those of that time
    add = f"INSERT INTO concern ({columns}) VALUES ({', '.join('?' * len(row))})"  # noqa: S608
    database.write(lambda tx: execute(tx, add, row) and None)
    bring_up_to_date(database.engine, HERE / "migrations")
    assert kept(database).concerns == (ConcernFact("c1", "sg-before", "support_need", at("2026-05-01"), None),)
    assert [(term.safeguarder_id, term.starts_on, term.ends_on) for term in kept(database).terms] == [
        ("sg-before", date(2023, 1, 9), date(2029, 1, 8))
    ]


def test_a_period_finds_the_newest_record_of_missing_reports_of_its_contract_years(database: Database) -> None:
    """P1: the newest record of a contract year holds, even if it is about a day before the period."""
    said = NoReportFact("sg-one", date(2026, 1, 9), 2, "no_appointment", at("2026-01-09"), 1)
    taken_back = NoReportFact("sg-one", date(2025, 5, 1), 0, "no_appointment", at("2026-01-12"), 2)
    keep(database, KpiFacts(no_reports=(said, taken_back)))
    months = (date(2025, 10, 1), date(2026, 9, 30))
    assert Known(kept(database, months), months[1]).no_reports("sg-one", months) == []
