"""Who has read a file, as `psmf file readers` prints it."""

from datetime import UTC, datetime, timedelta
from typing import Any

from psmf.platform.v1 import own_file_pb2 as pb

from services.cli.file.commands import _cells, _rows
from services.client.file.words import RECORDS
from services.platform.calls.wire import to_instant
from tests.access.table import methods

AT = datetime(2026, 12, 3, 9, 30, tzinfo=UTC)


def a_read(minutes: int = 0, **changed: Any) -> pb.Read:
    fields: dict[str, Any] = {
        "read_time": to_instant(AT - timedelta(minutes=minutes)),
        "reader": "support-manager-east-1",
        "role": "support_manager",
        "records": "psmf.evidence.v1.EvidenceService",
        "right": pb.Read.RIGHT_ALLOCATED,
    }
    return pb.Read(**fields | changed)


def page(*reads: pb.Read) -> list[tuple[str, ...]]:
    return [_cells(row) for row in _rows(reads)]


def test_a_row_says_when_who_why_and_what() -> None:
    when = "3 December 2026 09:30"
    assert page(a_read()) == [
        (when, "support-manager-east-1", "support manager", "supported the Safeguarder then", "evidence")
    ]


def test_reads_of_one_day_that_are_alike_are_one_row() -> None:
    another = a_read(2, reader="panel-team", role="panel_team", right=pb.Read.RIGHT_ROLE)
    found = page(a_read(), a_read(1), another, a_read(3), a_read(24 * 60))
    assert [(row[0], row[1]) for row in found] == [
        ("3 December 2026 09:30, 3 times that day", "support-manager-east-1"),
        ("3 December 2026 09:28", "panel-team"),
        ("2 December 2026 09:30", "support-manager-east-1"),
    ]


def test_why_names_both_or_says_that_it_was_not_kept() -> None:
    acted = a_read(right=pb.Read.RIGHT_DELEGATED, for_whom="support-manager-east-2")
    (row,) = page(acted)
    assert row[3] == "acted for support-manager-east-2"
    (row,) = page(a_read(right=pb.Read.RIGHT_UNSPECIFIED))
    assert row[3] == "not kept then"


def test_every_kind_of_record_that_is_about_people_has_words() -> None:
    read = {method.rules.path.split("/")[1] for method in methods() if method.rules.leaves_read_audit}
    assert {name.removeprefix("psmf.") for name in read} == set(RECORDS)
