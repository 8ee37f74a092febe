"""Every query of the store finds its rows by an index, however many alerts there are."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, event

from services.notifications.adapters.alerts import Scope, SqlAlerts
from services.notifications.adapters.duties import SqlDuties
from services.notifications.adapters.notifications import SqlNotifications
from services.notifications.domain.notification import Retries
from services.notifications.wire import concern
from services.platform.calls.relations import Listed
from tests.conftest import only_sqlite
from tests.notifications.builders import a_concern, allocated, raised
from tests.notifications.office import NOW, TODAY, Office

LATER = NOW + timedelta(hours=1)
QUERIES: dict[str, Callable[[Connection], Any]] = {
    "an alert by id": lambda connection: SqlAlerts(connection).find("a-1"),
    "a person's live alerts": lambda connection: SqlAlerts(connection).live_of("sg-one"),
    "the alert of a concern": lambda connection: SqlAlerts(connection).find_standing(concern(a_concern())),
    "alerts that ask again": lambda connection: SqlAlerts(connection).asking_by(TODAY, 3),
    "alerts for nobody": lambda connection: SqlAlerts(connection).unassigned(),
    "a duty by id": lambda connection: SqlDuties(connection).find("d-1"),
    "duties that ask": lambda connection: SqlDuties(connection).asking_until(TODAY, 4),
    "the most urgent alerts": lambda connection: SqlAlerts(connection).page(
        Scope(), "", True, (1, "2026-11-24", "a-1"), 100
    ),
    "the alerts of an own file": lambda connection: SqlAlerts(connection).page(
        Scope("sg-one", own=True), "", False, (), 100
    ),
    "the alerts of a support manager": lambda connection: SqlAlerts(connection).page(
        Scope("", Listed(("sg-one", "sg-two"))), "", False, (), 100
    ),
    "changes": lambda connection: SqlAlerts(connection).changes(Scope(), 1, 100, live_only=False),
    "the number of the latest change": lambda connection: SqlAlerts(connection).head(),
    "what goes as one e-mail next": lambda connection: SqlNotifications(connection).next_group(
        LATER, Retries(timedelta(minutes=5), most=4)
    ),
    "when something falls due": lambda connection: SqlNotifications(connection).next_due_at(NOW),
    "claims, a copy's own and earlier ones": lambda connection: SqlNotifications(connection).claimed(NOW, "only"),
    "claims, a copy's own and lost ones": lambda connection: SqlNotifications(connection).lost(
        NOW, timedelta(hours=1), "only"
    ),
    "what was sent about a person": lambda connection: SqlNotifications(connection).page(
        Scope("sg-one"), (1, "n-1"), 100
    ),
}


@only_sqlite  # EXPLAIN QUERY PLAN is SQLite's
@pytest.mark.parametrize("name", QUERIES)
def test_a_query_scans_no_table(office: Office, name: str) -> None:
    statements: list[tuple[str, Any]] = []

    def keep(connection: Any, cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        statements.append((statement, parameters))

    office.receive(allocated(), raised(a_concern()))
    event.listen(office.database.engine, "before_cursor_execute", keep)
    with office.database.read() as connection:
        QUERIES[name](connection)
        event.remove(office.database.engine, "before_cursor_execute", keep)
        assert statements
        for statement, parameters in statements:
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all()
            scans = [row.detail for row in plan if row.detail.startswith("SCAN") and "INDEX" not in row.detail]
            assert not scans, f"{statement}: {scans}"
