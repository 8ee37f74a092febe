"""Closes this kind: two services count the same months differently, so that a term or a year is a day short.

Evidence says when a term ends. Scheduling divides it into years. Rules look back over months. All three ask
`services.calendar_days.months`, and here they must agree from every day of four years (heading 4, P12).
"""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from psmf.evidence.v1 import safeguarder_pb2
from psmf.scheduling.v1 import scheduling_pb2
from sqlalchemy import text

from services.calendar_days import window_start
from services.evidence.domain.safeguarder import (
    Decision,
    DecisionKind,
    LegalBasis,
    SafeguarderId,
    apply_decision,
    register,
)
from services.evidence.domain.safeguarder import Term as EvidenceTerm
from services.platform.calls.wire import from_date
from services.platform.storage.database import Database
from services.platform.storage.migrations import bring_up_to_date, take_back
from services.scheduling.adapters.data_files import read_policy
from services.scheduling.domain.identifiers import SafeguarderId as Person
from services.scheduling.domain.obligations.obligations import Term, windows
from services.who import Who
from tests import databases
from tests.architecture.source import ROOT
from tests.between.together import Together

DAY = timedelta(days=1)
LEAP_DAY = date(2024, 2, 29)
EVERY_DAY = [date(2023, 3, 1) + n * DAY for n in range(4 * 365 + 1)]
BASIS = LegalBasis("SSI 2012/54", "reg 7", "2016")
POLICY = read_policy()


def a_term(starts_on: date, months: int = 0) -> EvidenceTerm:
    """Return the term that evidence makes of a decision of Ministers: a first one, or one of so many months."""
    now = datetime(2026, 11, 2, 9, tzinfo=UTC)
    entry = register(SafeguarderId("sg-one"), "Somebody", ("fife",), True, now)
    first = starts_on if not months else starts_on - 1200 * DAY
    made = apply_decision(entry, Decision(DecisionKind.APPOINTED, first, BASIS, "one", "two", now), Who("two"))
    if months:
        again = Decision(DecisionKind.REAPPOINTED, starts_on, BASIS, "one", "two", now, months)
        made = apply_decision(made, again, Who("two"))
    return made.terms[-1]


def years_of(term: EvidenceTerm) -> list[tuple[date, date, int, int]]:
    """Return each year that scheduling makes of a term, with the sessions and trainings that it owes."""
    told = Term(Person("sg-one"), term.number, term.starts_on, term.ends_on)
    return [(year.starts_on, year.ends_on, year.share(3), year.share(2)) for year in windows(told, POLICY)]


@pytest.mark.parametrize("months", [0, 12, 24, 36], ids=["first term", "12 months", "24 months", "36 months"])
def test_every_year_of_every_term_owes_three_sessions_and_two_trainings(months: int) -> None:
    """P12: from every starting day, no year is short and none begins twice."""
    for day in EVERY_DAY:
        term = a_term(day, months)
        years = years_of(term)
        assert [(sessions, trainings) for _, _, sessions, trainings in years] == [(3, 2)] * ((months or 36) // 12), day
        assert [starts for starts, _, _, _ in years] == [day, *(ends + DAY for _, ends, _, _ in years[:-1])]
        assert years[-1][1] == term.ends_on


def test_the_window_that_ends_with_a_year_begins_with_it() -> None:
    """P12: the twelve months that rules look back over are the year that scheduling looks at."""
    for day in EVERY_DAY:
        for starts_on, ends_on, _, _ in years_of(a_term(day)):
            # Years that begin on 29 February and on 1 March end on the same day. The window is the longer of the two.
            assert window_start(ends_on, 12) in {starts_on, starts_on - DAY}
            assert window_start(ends_on, 12) == starts_on or (ends_on.month, ends_on.day) == (2, 28)


def test_a_term_of_three_years_from_29_february_is_whole_in_every_service(suite_together: Together) -> None:
    """P12: it ends on 28 February 2027, and its third year owes three sessions and two trainings."""
    running = suite_together
    running.appoint("sg-leap", since=LEAP_DAY)
    request = safeguarder_pb2.GetSafeguarderRequest(name="safeguarders/sg-leap")
    entry = running.safeguarders.GetSafeguarder(request, **running.as_("panel-team"))
    owed = running.obligations.ListObligations(
        scheduling_pb2.ListObligationsRequest(parent="safeguarders/sg-leap"), **running.as_("panel-team")
    ).obligations
    assert [from_date(term, "end_date") for term in entry.terms] == [date(2027, 2, 28)]
    days = {(from_date(each, "window_start_date"), from_date(each, "window_end_date")) for each in owed}
    assert days == {(date(2026, 3, 1), date(2027, 2, 28))}
    kinds = [each.kind for each in owed]
    assert kinds.count(scheduling_pb2.Obligation.KIND_SUPPORT_SESSION) == 3
    assert kinds.count(scheduling_pb2.Obligation.KIND_MANDATORY_TRAINING) == 2
    with running.services["rules"].database.read() as connection:
        known = connection.execute(text("SELECT term_ends_on FROM person WHERE safeguarder_id = 'sg-leap'")).scalar()
    assert known == "2027-02-28"


@pytest.fixture
def release_before(database_kind: str, tmp_path: Path) -> Iterator[dict[str, Database]]:
    """Databases of three services with the tables of the release before."""
    made = {}
    for service, revision in (("evidence", "0001"), ("scheduling", "0001"), ("rules", "0012")):
        made[service] = Database(databases.address(tmp_path / f"{service}.db"))
        bring_up_to_date(made[service].engine, ROOT / "services" / service / "migrations")
        take_back(made[service].engine, ROOT / "services" / service / "migrations", revision)
    yield made
    for database in made.values():
        database.close()


def _write(database: Database, sql: str, **values: object) -> None:
    database.write(lambda connection: connection.execute(text(sql), values) and None)


def _read(database: Database, sql: str) -> list[tuple[object, ...]]:
    with database.read() as connection:
        return [tuple(row) for row in connection.execute(text(sql))]


def _upgrade(service: str, database: Database) -> None:
    bring_up_to_date(database.engine, ROOT / "services" / service / "migrations")


ADD_PERSON = (
    "INSERT INTO safeguarder (safeguarder_id, display_name, areas, state, terms, demo, created_at, version) "
    "VALUES (:id, 'Somebody', '[]', :state, :terms, true, 1, 2)"
)


def test_a_term_that_the_release_before_ended_a_day_early_is_mended(release_before: dict[str, Database]) -> None:
    """P12: in evidence, unless Ministers named that day as the end of membership."""
    database = release_before["evidence"]

    def terms(starts_on: str, ends_on: str) -> str:
        return json.dumps([{"number": 1, "starts_on": starts_on, "ends_on": ends_on, "legal_basis": {}}])

    wrong = terms("2024-02-29", "2027-02-27")
    _write(database, ADD_PERSON, id="sg-leap", state="appointed", terms=wrong)
    _write(database, ADD_PERSON, id="sg-left", state="ended", terms=wrong)
    _write(database, ADD_PERSON, id="sg-whole", state="appointed", terms=terms("2024-02-28", "2027-02-27"))
    _upgrade("evidence", database)
    found = _read(database, "SELECT safeguarder_id, terms, version FROM safeguarder ORDER BY safeguarder_id")
    assert [(who, json.loads(str(stored))[0]["ends_on"], version) for who, stored, version in found] == [
        ("sg-leap", "2027-02-28", 3),
        ("sg-left", "2027-02-27", 2),
        ("sg-whole", "2027-02-27", 2),
    ]


def test_the_years_of_a_mended_term_are_mended_with_it(release_before: dict[str, Database]) -> None:
    """P12: in scheduling, with the last year of the term and the day until which the person serves."""
    database = release_before["scheduling"]
    body = {
        "areas": [],
        "terms": [{"safeguarder_id": "sg-leap", "number": 1, "starts_on": "2024-02-29", "ends_on": "2027-02-27"}],
        "ended_on": None,
        "waiting": [],
        "early_concerns": [],
    }
    add = "INSERT INTO safeguarder (safeguarder_id, serves_until, body) VALUES ('sg-leap', '2027-02-27', :body)"
    _write(database, add, body=json.dumps(body))
    owed = "INSERT INTO obligation (obligation_id, safeguarder_id, is_open, body) VALUES (:id, 'sg-leap', true, :body)"
    for name, ends_on in (("second", "2026-02-28"), ("third", "2027-02-27")):
        _write(database, owed, id=name, body=json.dumps({"window_ends_on": ends_on}))
    _upgrade("scheduling", database)
    ((until, stored),) = _read(database, "SELECT serves_until, body FROM safeguarder")
    assert (until, json.loads(str(stored))["terms"][0]["ends_on"]) == ("2027-02-28", "2027-02-28")
    windows_end = [
        json.loads(str(row[0])) for row in _read(database, "SELECT body FROM obligation ORDER BY obligation_id")
    ]
    assert windows_end == [{"window_ends_on": "2026-02-28"}, {"window_ends_on": "2027-02-28"}]


def test_rules_and_kpis_know_the_mended_term_too(release_before: dict[str, Database]) -> None:
    """P12."""
    database = release_before["rules"]
    _write(
        database,
        "INSERT INTO person (safeguarder_id, appointed_on, term_starts_on, term_ends_on, serving) "
        "VALUES ('sg-leap', '2024-02-29', '2024-02-29', '2027-02-27', true)",
    )
    _write(
        database,
        "INSERT INTO kpi_fact (fact_id, about, safeguarder_id, subject, day, recorded_at, body) "
        "VALUES ('one', 'term', 'sg-leap', '', '2027-02-27', 1, :body)",
        body=json.dumps({"starts_on": "2024-02-29", "ends_on": "2027-02-27"}),
    )
    _upgrade("rules", database)
    assert _read(database, "SELECT term_ends_on FROM person") == [("2027-02-28",)]
    ((day, stored),) = _read(database, "SELECT day, body FROM kpi_fact")
    assert (day, json.loads(str(stored))["ends_on"]) == ("2027-02-28", "2027-02-28")
