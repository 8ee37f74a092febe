"""A file that a spreadsheet has saved means what it meant. What is unclear is refused (doors D13, doors D15)."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.cli.evidence.json_faults import NOT_AN_OBJECT
from services.cli.evidence.rows import Row, read_rows
from services.cli.failure import CommandError

HEADER = ["safeguarder", "kind", "source", "happened_date", "received_date", "summary", "second_reader_agrees"]
ROW = ["sg-1a2b3c4d", "report_sample_review", "panel_team", "2026-11-02", "2026-11-04", "one\ntwo; three, four", "true"]
PLAIN = {"mark": ",", "encoding": "utf-8", "ends": "\n", "padding": 0, "trailing": 0, "told": False}


def saved(folder: Path, row: list[str], header: list[str], **how: object) -> Path:
    """Return a CSV file as a program saves it: `mark`, `encoding`, `ends`, and what it adds."""
    how = PLAIN | how
    written = io.StringIO()
    writer = csv.writer(written, delimiter=str(how["mark"]), lineterminator=str(how["ends"]))
    empty = [""] * int(str(how["padding"]))
    writer.writerows([header + empty, row + empty])
    writer.writerows([[""] * len(header + empty)] * int(str(how["trailing"])))
    file = folder / "feed.csv"
    above = f"sep={how['mark']}{how['ends']}" if how["told"] else ""
    file.write_bytes((above + written.getvalue()).encode(str(how["encoding"])))
    return file


def requests(file: Path) -> list[tuple[str, bytes]]:
    rows = read_rows(file, history=False)
    assert [fault for row in rows for fault in row.faults] == []
    return [(row.request.request_id, row.request.evidence_item.SerializeToString()) for row in rows]


@given(
    mark=st.sampled_from([",", ";", "\t"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"]),
    ends=st.sampled_from(["\n", "\r\n"]),
    padding=st.integers(0, 3),
    trailing=st.integers(0, 3),
    capitals=st.booleans(),
    spaced=st.booleans(),
    told=st.booleans(),
    breaks=st.sampled_from(["\n", "\r\n"]),
)
def test_a_file_saved_by_a_spreadsheet_is_the_same_file(
    tmp_path_factory: pytest.TempPathFactory, capitals: bool, spaced: bool, breaks: str, **how: object
) -> None:
    """doors D13: whatever the separator, encoding, line ends, empty cells and capitals: the same requests."""
    folder = tmp_path_factory.mktemp("saved")
    header = [name.replace("_", " ").title() if spaced else name for name in HEADER]
    row = [value.replace("\n", breaks) for value in ROW[:-1]] + [ROW[-1].upper() if capitals else ROW[-1]]
    plain = requests(saved(folder, ROW, HEADER))
    assert requests(saved(folder, row, header, **how)) == plain


def faults(rows: list[Row]) -> list[str]:
    return [fault.message for row in rows for fault in row.faults]


@pytest.mark.parametrize("written", ["02/11/2026", "2/11/26", "02.11.2026", "02-11-2026", "25/12/2026"])
def test_a_date_that_may_begin_with_the_day_or_the_month_is_never_guessed(tmp_path: Path, written: str) -> None:
    """doors D13: the sentence says what to write, and where to set it in a spreadsheet."""
    (found,) = faults(read_rows(saved(tmp_path, [*ROW[:3], written, *ROW[4:]], HEADER), history=False))
    assert found == (
        f"happened_date {written} may begin with the day or with the month. Write it as 2026-12-03: in a spreadsheet, "
        "give the column the format yyyy-mm-dd."
    )


def test_midnight_beside_a_day_is_that_day(tmp_path: Path) -> None:
    """doors D13: some spreadsheets write a day with its first instant."""
    (row,) = read_rows(saved(tmp_path, [*ROW[:3], "2026-11-02 00:00:00", *ROW[4:]], HEADER), history=False)
    assert row.request.evidence_item.happened_date.day == 2


def test_a_value_in_a_column_without_a_name_is_refused(tmp_path: Path) -> None:
    """doors D13: only empty cells are left out."""
    (found,) = faults(read_rows(saved(tmp_path, [*ROW, "more"], HEADER), history=False))
    assert found == "has 8 fields where the header has 7"


def test_a_file_that_is_neither_utf8_nor_utf16_says_how_to_save_it(tmp_path: Path) -> None:
    """doors D13: an older spreadsheet saves in the code page of Windows."""
    row = [*ROW[:5], "caf\u00e9", ROW[6]]
    (found,) = faults(read_rows(saved(tmp_path, row, HEADER, encoding="cp1252"), history=False))
    assert found == "summary is not UTF-8. Save the file as CSV UTF-8"
    damaged = tmp_path / "damaged.csv"
    damaged.write_bytes(b"\xff\xfea")
    with pytest.raises(CommandError, match="Save it as CSV UTF-8"):
        read_rows(damaged, history=False)


GOOD = (
    '{"safeguarder": "sg-1", "kind": "feedback", "source": "self", "happened_date": "2026-11-02", '
    '"received_date": "2026-11-02", "class": null}'
)


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ('{"summary": "\\ud800"}', "'summary' holds half a character. Write it whole."),
        ('{"\\ud800": "x"}', "'\\ud800' holds half a character. Write it whole."),
        (f'{{"summary": {"9" * 100_000}}}', "'summary' is not a text. Write values as text, or as true and false."),
        ('{"summary": 1e999999}', "'summary' is not a text. Write values as text, or as true and false."),
        ('{"summary": NaN}', "'summary' is not a text. Write values as text, or as true and false."),
        ('{"kind": "feedback", "kind": "complaint"}', "'kind' stands twice. Keep one of them."),
        ('{"kind": {"a": 1, "a": 2}}', "'a' stands twice. Keep one of them."),
        ('{"kind": ["feedback"]}', "'kind' is not a text. Write values as text, or as true and false."),
        ('{"kind"', "ends before its object does. Write the whole object on one line, up to its }."),
        ("null", NOT_AN_OBJECT),
    ],
    ids=lambda text: text[:30],
)
def test_a_bad_line_is_refused_and_the_rest_goes_on(tmp_path: Path, line: str, fault: str) -> None:
    """doors D15: no line ends the import, and no value wins in silence."""
    file = tmp_path / "feed.jsonl"
    file.write_bytes(f"{GOOD}\r\n{line}\r\n{GOOD}\r\n".encode())
    rows = read_rows(file, history=False)
    assert faults(rows) == [fault]
    assert [row.request is not None for row in rows] == [True, False, True]


@given(st.text(max_size=200) | st.binary(max_size=200).map(lambda raw: raw.decode("utf-8", "surrogateescape")))
def test_no_line_whatever_it_holds_ends_the_reading(tmp_path_factory: pytest.TempPathFactory, line: str) -> None:
    """doors D15: the rows before and after it are read."""
    file = tmp_path_factory.mktemp("lines") / "feed.jsonl"
    text = f"{GOOD}\n{line}\n{GOOD}\n"
    file.write_bytes(text.encode("utf-8", "surrogateescape" if line.isprintable() else "surrogatepass"))
    rows = read_rows(file, history=False)
    assert rows[0].request is not None
    assert rows[-1].request is not None


@pytest.mark.parametrize("name", ["feed.csv", "feed.xlsx", "feed.ods"])
@pytest.mark.parametrize("begins", [b"PK\x03\x04\x14\x00\x06\x00", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"])
def test_a_workbook_is_refused_with_how_to_save_it(tmp_path: Path, name: str, begins: bytes) -> None:
    """doors D13: the sentence shows nothing of its bytes, whatever the file is called."""
    file = tmp_path / name
    file.write_bytes(begins + bytes(range(256)))
    with pytest.raises(CommandError) as refused:
        read_rows(file, history=False)
    assert str(refused.value) == f"{file} is a workbook, not text. Save the sheet as CSV UTF-8 in the spreadsheet."


def test_a_fault_below_the_line_of_a_separator_has_its_own_line(tmp_path: Path) -> None:
    """doors D13: lines count from the top of the file."""
    file = saved(tmp_path, [*ROW[:3], "soon", *ROW[4:]], HEADER, told=True, mark=";")
    (row,) = read_rows(file, history=False)
    assert row.faults[0].line == 3
    with pytest.raises(CommandError, match=r"feed\.csv:2:\d+  'colour' is not a column"):
        read_rows(saved(tmp_path, [*ROW, "red"], [*HEADER, "colour"], told=True, mark=";"), history=False)


@pytest.mark.parametrize("ending", ["json", "jsonl", "JSONL", "ndjson", "Json"])
def test_the_ending_of_a_file_of_objects_may_be_in_capitals(tmp_path: Path, ending: str) -> None:
    """doors D15: Windows writes endings as it likes."""
    file = tmp_path / f"feed.{ending}"
    file.write_text(f"{GOOD}\n{GOOD}\n", encoding="utf-8")
    assert [row.request is not None for row in read_rows(file, history=False)] == [True, True]


@pytest.mark.parametrize("layout", ["[{0},{0}]", "[\n{0},\n{0}\n]\n", " [\r\n{0}\r\n]\r\n"])
def test_one_list_of_objects_is_refused_whole(tmp_path: Path, layout: str) -> None:
    """doors D15: half of a list is never taken, and the sentence says how to write it."""
    file = tmp_path / "feed.json"
    file.write_bytes(layout.format(GOOD).encode())
    with pytest.raises(CommandError, match="Write one object a line, without brackets and commas between them"):
        read_rows(file, history=False)
