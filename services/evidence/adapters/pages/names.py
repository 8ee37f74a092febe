"""What people of the register can be found by, in the current transaction."""

from sqlalchemy import Connection, select

from services.evidence.adapters.tables import safeguarder
from services.evidence.domain.register_search import Known
from services.platform.calls.relations import Listed


def findable(connection: Connection, people: Listed) -> list[Known]:
    """Return what those of some people who are on the register can be found by."""
    # Names are matched word by word and by their spelling, which no index can do. Each row is three short texts.
    query = select(safeguarder.c.safeguarder_id, safeguarder.c.display_name, safeguarder.c.panel_number)
    rows = connection.execute(query.where(*people.limits(safeguarder.c.safeguarder_id)))
    return [Known(row[0], row[1], row[2] or "") for row in rows]
