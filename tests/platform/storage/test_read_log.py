"""The log of reads, page by page: by an index, and with what a release before wrote (X1)."""

from collections.abc import Callable, Iterator

import pytest
from google.protobuf.timestamp_pb2 import Timestamp
from psmf.platform.v1 import own_file_pb2 as pb

from services.platform.calls.read_log import reads_of
from services.platform.process.own_file_server import MOST_EXPORTS, OwnFileServer
from services.platform.process.own_records import OwnFile, OwnKind, OwnRecord
from services.platform.storage.database import execute
from services.refusals import Kind, Refusal
from tests.conftest import only_sqlite
from tests.platform.small_service import SmallService, rows, small_service
from tests.world import SUBJECTS

READS = ("GetEvidenceItem", "ListEvidenceItems")
BEFORE = "INSERT INTO audit (at, person, role, method, subject) VALUES (?, ?, ?, ?, ?)"
"""How the release before writes a row."""


@pytest.fixture
def service(database_kind: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallService]:
    with small_service(tmp_path_factory.mktemp("reads")) as running:
        yield running


def write(service: SmallService, *given: tuple[object, ...]) -> None:
    def work(connection: object) -> None:
        for row in given:
            execute(connection, BEFORE, row)  # type: ignore[arg-type]

    service.database.write(work)


def test_what_the_release_before_logged_is_a_read_without_its_right(service: SmallService) -> None:
    write(
        service,
        (1_000_000, "manager-one", "support_manager", "GetEvidenceItem", "sg-one"),
        (2_000_000, "panel-team", "panel_team", "MapEvidenceItem", "sg-one"),
        (3_000_000, "panel-team", "panel_team", "MapEvidenceItem (check)", "sg-one"),
        (4_000_000, "panel-team", "panel_team", "GetEvidenceItem", "sg-two"),
        (5_000_000, "person-one", "safeguarder", "ListEvidenceItems", "sg-one"),
    )
    with service.database.read() as connection:
        (read,) = reads_of(connection, "sg-one", READS, "safeguarder", None, 10)
        assert (read.person, read.method, read.relation, read.for_whom) == ("manager-one", "GetEvidenceItem", "", "")
        both = reads_of(connection, "sg-one", READS, "", None, 10)
        assert [each.person for each in both] == ["person-one", "manager-one"]
        assert reads_of(connection, "sg-one", READS, "", both[0].number, 10) == both[1:]


@only_sqlite
def test_a_page_is_found_by_the_index_in_the_order_in_which_it_is_shown(service: SmallService) -> None:
    statement = "SELECT person FROM audit WHERE subject = 'a' AND method IN ('b') AND number < 9 ORDER BY number DESC"
    (plan,) = rows(service.file, f"EXPLAIN QUERY PLAN {statement}")
    assert "USING INDEX ix_audit_subject_number (subject=? AND number<?)" in plan[-1]


class Reader:
    """The context of a call whose caller reads slowly."""

    def __init__(self) -> None:
        self.left: list[Callable[[], None]] = []

    def add_callback(self, left: Callable[[], None]) -> bool:
        self.left.append(left)
        return True


def test_slow_readers_of_whole_files_leave_threads_for_other_calls(service: SmallService) -> None:
    """Each file holds a thread until it is sent. Callers who never read on must not take them all."""
    page = OwnFile([OwnKind("psmf.x.v1.X/Get", lambda person: [OwnRecord(Timestamp(seconds=1))] * 9)])
    server = OwnFileServer(service.database, SUBJECTS, [], page)
    request, callers = pb.ExportMyFileRequest(name="safeguarders/sg-one/file"), []
    for _ in range(MOST_EXPORTS):
        callers.append(Reader())
        next(server.ExportMyFile(request, callers[-1]))
    with pytest.raises(Refusal) as refused:
        next(server.ExportMyFile(request, Reader()))
    assert (refused.value.kind, refused.value.reason) == (Kind.EXHAUSTED, "TOO_MANY_EXPORTS")
    callers[0].left[0]()
    next(server.ExportMyFile(request, Reader()))
