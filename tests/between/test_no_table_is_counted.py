"""Kind of fault: something that is asked often reads a whole table, and slows the service as records grow (F11).

Every statement of GetStatus, of the gauges, of every list and of every worker's turn is recorded as the services send
it, and the database is asked for its plan. A list or a worker that is added later is tried here too.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import grpc
import psycopg
import pytest
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass
from psmf.platform.v1 import status_pb2
from sqlalchemy import Engine, event

from services.platform.loop import Loop
from services.platform.process import gauges
from services.platform.storage.database import Database
from tests.access.table import contracts
from tests.between.together import Together, together
from tests.world import PEOPLE, SERVICES

SMALL = {
    "standards_edition": "an edition a decade",
    "rulebook_activation": "a row for each change of the rulebook",
    "rulebook_revision": "a row for each change of the rulebook",
    "rulebook_return": "a row for each draft that was sent back",
    "kpi_pack": "a row a quarter",
    "training_event": "a row for each training of the Panel",
}
"""Tables that grow with decisions of people about the suite, never with Safeguarders or evidence."""
CALLERS = ("operator", "panel-team", "senior-manager", "approver", "recorder", "official", "person-one", "auditor")
REPORTS = ("ListKpiContributors",)
"""Not lists but sums over a period: their cost is that of the report, which people ask for a few times a quarter."""
OF_ONE_RECORD = ("ListReviewers",)
"""Lists about one record, which is found by its id. They read the rows of one person, each by an index."""
OVER_EVERYBODY = ("GetSupportFigures",)
"""Figures that read the rows of everybody, those of their days by an index."""
LISTS = [
    method
    for files in contracts().values()
    for file in files
    for service in file.services_by_name.values()
    for method in service.methods
    if method.name.startswith(("List", *OVER_EVERYBODY)) and method.name not in (*REPORTS, *OF_ONE_RECORD)
]
PARENTS = ("safeguarders/-", "safeguarders/sg-one", "")
PASSED_OVER = (grpc.StatusCode.PERMISSION_DENIED, grpc.StatusCode.INVALID_ARGUMENT, grpc.StatusCode.NOT_FOUND)
_PARTIAL = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'index' AND sql LIKE '% WHERE %'",
    "postgresql": "SELECT indexrelid::regclass::text FROM pg_index WHERE indpred IS NOT NULL",
}
"""Indexes of some rows only, such as those that are open. Reading one from end to end reads no whole table."""
_BARE = re.compile(r"SCAN (?!CONSTANT ROW)(?:TABLE )?(\w+)")


@contextmanager
def statements(engine: Engine) -> Iterator[list[tuple[str, Any]]]:
    """Record each SELECT that the service sends, with its parameters."""
    sent: list[tuple[str, Any]] = []

    def keep(statement: str, params: Any = None) -> None:
        if statement.lstrip().upper().startswith(("SELECT", "WITH")):
            sent.append((statement, params))

    class Recording(psycopg.Cursor[Any]):
        def execute(self, query: Any, params: Any = None, **options: Any) -> Any:
            keep(query.decode() if isinstance(query, bytes) else str(query), params)
            return super().execute(query, params, **options)

    def record(connection: Any, callback: Any, cursor: Any) -> None:
        if engine.dialect.name == "sqlite":
            connection.set_trace_callback(callback)
        else:
            connection.cursor_factory = cursor

    def begin(connection: Any, *_: object) -> None:
        record(connection, keep, Recording)

    def end(connection: Any, *_: object) -> None:
        record(connection, None, psycopg.Cursor)

    event.listen(engine, "checkout", begin)
    event.listen(engine, "checkin", end)
    try:
        yield sent
    finally:
        event.remove(engine, "checkout", begin)
        event.remove(engine, "checkin", end)


def bare_scans(database: Database, statement: str, parameters: Any) -> list[str]:
    """Return the tables that a statement reads from end to end."""
    with database.engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        of_a_part = {name for (name,) in driver.execute(_PARTIAL[database.engine.dialect.name]).fetchall()}
        if database.engine.dialect.name == "sqlite":
            found = []
            for _, _, _, step in driver.execute(f"EXPLAIN QUERY PLAN {statement}").fetchall():
                scan = _BARE.match(step)
                if (
                    scan
                    and not ("INDEX" in step and "LIMIT" in statement.upper())
                    and step.split()[-1] not in of_a_part
                ):
                    found.append(scan[1])
            return found
        driver.execute("SET enable_seqscan = off")
        (plan,) = driver.execute(f"EXPLAIN (FORMAT JSON) {statement}", parameters).fetchone()
        return list(_scanned(plan[0]["Plan"], of_a_part, limited=False))


def _scanned(node: dict[str, Any], of_a_part: set[str], *, limited: bool) -> Iterator[str]:
    limited = limited or node["Node Type"] == "Limit" or node.get("Index Name") in of_a_part
    kind, found_by = node["Node Type"], node.get("Index Cond") or node.get("Recheck Cond")
    if kind == "Seq Scan" or (kind in ("Index Scan", "Index Only Scan") and not found_by and not limited):
        yield node["Relation Name"]
    for part in node.get("Plans", ()):
        yield from _scanned(part, of_a_part, limited=limited)


def whole_tables(database: Database, sent: list[tuple[str, Any]]) -> dict[str, str]:
    """Return the tables that are read from end to end, each with a statement that does."""
    found = {}
    for statement, parameters in sent:
        if re.search(r"sqlite_master|pg_|information_schema|EXPLAIN", statement):
            continue
        for table in bare_scans(database, statement, parameters):
            if table not in SMALL:
                found[table] = statement
    return found


@pytest.fixture(scope="module")
def populated(database_kind: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Together]:
    """The four services with two people in them, for all tests: none of them writes."""
    with together(tmp_path_factory.mktemp(database_kind), {**PEOPLE, "auditor": {"role": "auditor"}}) as running:
        for person in ("sg-one", "sg-two"):
            running.appoint(person)
            running.share(running.record(person))
        yield running


def test_status_and_gauges_count_no_table(populated: Together) -> None:
    """F11: 19 s at five million items, and on SQLite no commit meanwhile."""
    for name in SERVICES:
        service = populated.services[name]
        database, status = service.database, populated.status(name)
        with statements(database.engine) as sent:
            status.GetStatus(status_pb2.GetStatusRequest(), **populated.as_("operator"))
            gauges.readings(_watched(populated, name))
        assert any("counter" in statement for statement, _ in sent), "nothing was recorded"
        assert whole_tables(database, sent) == {}, name


def test_what_is_looked_for_again_and_again_reads_no_table_from_end_to_end(populated: Together) -> None:
    """F11: every worker's turn, some each second. On SQLite a commit waits for what is read.

    Only on an office day, and without the daily runs: those are about everybody.
    """
    for name in SERVICES:
        service = populated.services[name]
        for worker in (one for one in service.process._workers if isinstance(one, Loop)):
            with statements(service.database.engine) as sent:
                worker._turn()
            assert whole_tables(service.database, sent) == {}, (name, worker._name)


def _watched(running: Together, name: str) -> gauges.Watched:
    service = running.services[name]
    return gauges.Watched(
        service.database, running.clock.now, lambda: ({}, {}), service.readers(), lambda: {"reader": 0}
    )


@pytest.mark.parametrize("method", LISTS, ids=lambda method: method.name)
def test_a_list_reads_no_table_from_end_to_end(populated: Together, method: Any) -> None:
    """F11: of one person and of everybody, first page and all."""
    service = method.full_name.split(".")[1]
    asked = SERVICES if service == "platform" else (service,)
    for name in asked:
        database = populated.services[name].database
        with statements(database.engine) as sent:
            answered = [_call(populated, name, method, parent) for parent in PARENTS]
        assert any(answered), f"nobody may call {method.name} as this test calls it"
        assert whole_tables(database, sent) == {}, method.name


def _call(running: Together, service: str, method: Any, parent: str) -> bool:
    """Call a list as the first of the callers who may. Return whether it was answered."""
    kind = GetMessageClass(method.input_type)
    request: Message = kind()
    if "parent" in kind.DESCRIPTOR.fields_by_name:
        request.parent = parent  # type: ignore[attr-defined]
    source = kind.DESCRIPTOR.fields_by_name.get("source")
    if source is not None and source.enum_type is None:  # a service; elsewhere, who an item comes from
        request.source = "evidence" if service == "rules" else "rules"  # type: ignore[attr-defined]
    call = running.services[service].channel.unary_unary(
        f"/{method.containing_service.full_name}/{method.name}",
        request_serializer=kind.SerializeToString,
        response_deserializer=GetMessageClass(method.output_type).FromString,
    )
    for caller in CALLERS:
        try:
            call(request, **running.as_(caller))
        except grpc.RpcError as problem:
            if problem.code() not in PASSED_OVER:
                raise
        else:
            return True
    return False
