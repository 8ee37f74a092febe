"""No cell of a file for a spreadsheet begins a formula, whatever a rulebook or somebody wrote (A13)."""

import csv
import re
from io import StringIO
from typing import Any

from google.protobuf.message import Message
from psmf.rules.v1 import kpis_pb2

from services.client.kpis.figures import write_ledger, write_report
from tests.architecture.source import ROOT, place
from tests.attacks.attempts import attempted
from tests.attacks.inside.hostile_texts import hostile_texts
from tests.console.fixtures.kpis import figure

BEGINS = re.compile(r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20]")
"""How a formula begins, in signs of half and of full width."""
LONGEST = 100_000
"""A longer cell Python's own reader does not take."""
ASKED = ("=HYPERLINK(0)", "-2+3", "\uff1dHYPERLINK(0)", " =1+1")


def written(message: Any, text: str) -> Any:
    """Return a message of which each text is this one."""
    found = type(message)()
    found.CopyFrom(message)
    for field, value in found.ListFields():
        if field.message_type is not None:
            for each in value if field.is_repeated else [value]:
                each.CopyFrom(written(each, text))
        elif field.type == field.TYPE_STRING and not field.is_repeated:
            setattr(found, field.name, text)
    return found


def cells(write: Any, told: Message | list[Any]) -> list[str]:
    """Return the cells of a file, as a spreadsheet reads them."""
    out = StringIO()
    write(out, told)
    return [cell for row in list(csv.reader(StringIO(out.getvalue(), newline="")))[1:] for cell in row]


def test_no_cell_begins_a_formula() -> None:
    tried, got_through, line = 0, [], kpis_pb2.KpiContributor
    for text in (*(text for text in hostile_texts() if len(text) < LONGEST), *ASKED):
        for write, told in (
            (write_report, kpis_pb2.KpiReport(figures=[written(figure(), text)])),
            (write_ledger, [line(safeguarder=f"safeguarders/{text}", unit_id=text, reason=text, beside=[text])]),
        ):
            found = cells(write, told)
            tried += len(found)
            got_through += [(text[:20], cell[:20]) for cell in found if BEGINS.match(cell)]
    attempted("Texts that begin a formula, in cells of files for a spreadsheet", tried, got_through)


def test_one_place_writes_files_for_spreadsheets() -> None:
    files = [place(file) for file in (ROOT / "services").rglob("*.py") if "csv.writer" in file.read_text()]
    assert files == ["services/client/kpis/figures.py"]
