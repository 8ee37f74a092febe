"""Every query of the store finds its rows by an index, however many alerts there are."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event

from services.notifications.handlers.context import AlertContext
from services.notifications.ports import Scope
from services.notifications.wire import concern
from tests.conftest import only_sqlite
from tests.notifications.builders import a_concern, allocated, raised
from tests.notifications.office import NOW, TODAY, Office

LATER = NOW + timedelta(hours=1)
QUERIES: dict[str, Callable[[AlertContext], Any]] = {
    "an alert by id": lambda context: context.alerts.find("a-1"),
    "a person's live alerts": lambda context: context.alerts.live_of("sg-one"),
    "the alert of a concern": lambda context: context.alerts.find_live(concern(a_concern())),
    "snoozes that are over": lambda context: context.alerts.back_by(TODAY),
    "alerts for nobody": lambda context: context.alerts.unassigned(),
    "the most urgent alerts": lambda context: context.alerts.page(Scope(), "", True, (1, "2026-11-24", "a-1"), 100),
    "the alerts of an own file": lambda context: context.alerts.page(Scope("sg-one", own=True), "", False, (), 100),
    "the alerts of a support manager": lambda context: context.alerts.page(
        Scope("", "manager-one"), "", False, (), 100
    ),
    "changes": lambda context: context.alerts.changes(Scope(), 1, 100, live_only=False),
    "the number of the latest change": lambda context: context.alerts.head(),
    "what goes as one e-mail next": lambda context: context.notifications.next_group(LATER),
    "when something falls due": lambda context: context.notifications.next_due_at(NOW),
    "claims, a copy's own and forgotten ones": lambda context: context.notifications.claimed(NOW, "only"),
    "what was sent about a person": lambda context: context.notifications.page(Scope("sg-one"), (1, "n-1"), 100),
}


@only_sqlite  # which says how it will go about a query
@pytest.mark.parametrize("name", QUERIES)
def test_a_query_scans_no_table(office: Office, name: str) -> None:
    statements: list[tuple[str, Any]] = []

    def keep(connection: Any, cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        statements.append((statement, parameters))

    office.hear(allocated(), raised(a_concern()))
    event.listen(office.database.engine, "before_cursor_execute", keep)
    with office.database.read() as connection:
        QUERIES[name](office.desk_at(connection, NOW))
        event.remove(office.database.engine, "before_cursor_execute", keep)
        assert statements
        for statement, parameters in statements:
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all()
            scans = [row.detail for row in plan if row.detail.startswith("SCAN") and "INDEX" not in row.detail]
            assert not scans, f"{statement}: {scans}"
