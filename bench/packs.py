"""Opening the papers of a session, and the standing, of a person with 500 items, beside reading one of the items.

`python -m bench.packs` runs only this part and prints the table.
"""

import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

from psmf.evidence.v1 import evidence_pb2 as items
from psmf.evidence.v1 import personal_file_pb2
from psmf.evidence.v1 import session_records_pb2 as pb
from psmf.scheduling.v1 import scheduling_pb2

from bench.measuring import Ratio, percentile, seconds, table
from services.platform.calls.wire import from_instant, to_date
from tests.between.together import Together, together
from tests.builders import a_mapping, an_item_request

ITEMS = 500
READS = 200
PERSON, TEAM = "sg-one", "panel-team"


def measure() -> list[Ratio]:
    """Return the table's rows: the standing, the papers while they grow, and once they are frozen."""
    with tempfile.TemporaryDirectory() as folder, together(Path(folder)) as running:
        running.appoint(PERSON)
        name = _fill(running)
        request = scheduling_pb2.ListSupportSessionsRequest(parent=f"safeguarders/{PERSON}")
        session = running.sessions.ListSupportSessions(request, **running.as_(TEAM)).support_sessions[0]
        item = _times(lambda: running.evidence.GetEvidenceItem(items.GetEvidenceItemRequest(name=name), **who(running)))
        own = personal_file_pb2.GetMyStandingRequest(name=f"safeguarders/{PERSON}/standing")
        standing = _times(lambda: running.personal_file.GetMyStanding(own, **who(running)))
        growing = _times(lambda: _open(running, session.name))
        confirmed = scheduling_pb2.ConfirmSupportSessionRequest(name=session.name)
        running.sessions.ConfirmSupportSession(confirmed, **running.as_(session.support_manager))
        running.pass_time(from_instant(session.start_time) - timedelta(hours=1) - running.clock.now())
        frozen = _times(lambda: _open(running, session.name))
    papers = [*_rows("papers", "while they grow", growing, item), *_rows("papers", "frozen", frozen, item)]
    return [*papers, *_rows("standing", "worked out", standing, item)]


def who(running: Together) -> dict[str, object]:
    """Return the keyword arguments that make a call as the Team."""
    return running.as_(TEAM)


def _fill(running: Together) -> str:
    """Put items on file that the person may see, and return the name of one."""
    requests = []
    for number in range(ITEMS):
        polarity = items.POLARITY_PRAISE if number % 10 == 0 else items.POLARITY_NEUTRAL
        dates = {"happened_date": to_date(running.ago(30)), "received_date": to_date(running.ago(29))}
        requests.append(an_item_request(PERSON, mappings=[a_mapping("S4.1", polarity)], **dates))
    batch = items.BatchCreateEvidenceItemsRequest(requests=requests)
    made = running.evidence.BatchCreateEvidenceItems(batch, **who(running)).evidence_items
    running.settle()
    return str(made[0].name)


def _open(running: Together, session: str) -> None:
    request = pb.GetSessionPackRequest(name=f"{session}/pack")
    pack = running.session_records.GetSessionPack(request, **who(running))
    if len(pack.entries) < ITEMS:
        raise AssertionError(f"the papers hold {len(pack.entries)} of {ITEMS} items")


class Times(NamedTuple):
    """How long each read took, in milliseconds: on the wall, and of a core."""

    wall: list[float]
    cpu: list[float]


def _times(read: Callable[[], object]) -> Times:
    """Return the times of some reads. The services run in this process, so its CPU time is theirs."""
    read()
    times = Times([], [])
    for _ in range(READS):
        began = time.process_time()
        times.wall.append(seconds(read) * 1000)
        times.cpu.append((time.process_time() - began) * 1000)
    return times


def _rows(page: str, what: str, ours: Times, reference: Times) -> list[Ratio]:
    rows = []
    for clock, mine_all, theirs_all in zip(("", "CPU, "), ours, reference, strict=True):
        for share in (0.5, 0.99):
            mine, theirs = percentile(mine_all, share), percentile(theirs_all, share)
            label = f"{page} of a person with {ITEMS} items, {what}, beside one item, {clock}p{share * 100:.0f}"
            rows.append(Ratio("-", label, mine, theirs, "ms", mine / theirs, "-", met=True))
    return rows


if __name__ == "__main__":
    print(table(measure()))
