"""At which sessions a Safeguarder was asked again about a support (R76)."""

from datetime import UTC, date, datetime

from psmf.scheduling.v1 import scheduling_pb2

from services.evidence.adapters.session_packs import SqlSessionPacks
from services.platform.storage.database import Database
from tests import databases
from tests.builders import days_ago
from tests.evidence.conftest import Evidence
from tests.evidence.plans.desk import Desk
from tests.evidence.sessions.test_records_over_the_wire import Desk as SessionDesk
from tests.evidence.steps import appoint

STATES = scheduling_pb2.SupportSession


def test_a_session_asks_again_about_a_support_only_if_its_papers_name_it(evidence: Evidence) -> None:
    """Nobody can say that a Safeguarder was asked at a session whose papers were silent on it, or that was not held."""
    appoint(evidence, "sg-one")
    desk, before = Desk(evidence), datetime.now(UTC)
    support = desk.support(desk.agreed(desk.action()).name)
    starts = datetime.now(UTC)
    silent, unsure, asking = (SessionDesk(evidence, name) for name in ("silent", "without-papers", "asking"))
    silent.hear(1, STATES.STATE_HELD, starts=starts, freezes=before)
    unsure.hear(1, STATES.STATE_HELD, starts=starts)
    asking.hear(1, STATES.STATE_CONFIRMED, starts=starts, freezes=starts)
    database = Database(databases.address(evidence.file))

    def asked_on() -> list[date]:
        with database.read() as connection:
            return SqlSessionPacks(connection).asked_on("sg-one", support.name)

    assert asked_on() == []
    asking.hear(2, STATES.STATE_HELD, starts=starts, freezes=starts)
    assert asked_on() == [days_ago(0)]
    database.close()
