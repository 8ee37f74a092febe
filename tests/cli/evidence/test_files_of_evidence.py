"""A file of evidence is read whole before anything is sent, and every fault has its place."""

from pathlib import Path

import pytest
from psmf.evidence.v1 import evidence_pb2 as pb

from services.cli.evidence.json_faults import NOT_AN_OBJECT
from services.cli.evidence.rows import LARGEST_FIELD, MOST_ROWS, Row, read_rows
from services.cli.failure import CommandError

HEADER = "safeguarder,kind,source,happened_date,received_date,mappings,summary"
GOOD = "sg-1a2b3c4d,feedback,reporter,2026-11-02,2026-11-04,S4.1:concern,on the phone"
ENDS = "ends before its object does. Write the whole object on one line, up to its }."


def a_file(folder: Path, *rows: str, name: str = "feed.csv") -> Path:
    file = folder / name
    file.write_text("".join(f"{row}\n" for row in rows))
    return file


def faults(rows: list[Row]) -> list[str]:
    return [f"{fault.line}:{fault.column} {fault.message}" for row in rows for fault in row.faults]


def test_a_row_becomes_a_request_for_one_item(tmp_path: Path) -> None:
    (row,) = read_rows(a_file(tmp_path, HEADER, GOOD), history=False)
    item = row.request.evidence_item
    assert row.request.parent == "safeguarders/sg-1a2b3c4d"
    assert (item.happened_date.year, item.happened_date.month, item.happened_date.day) == (2026, 11, 2)
    assert [(m.standard, m.indicator) for m in item.mappings] == [("S4", "S4.1")]
    assert item.summary == "on the phone"


def test_the_same_file_makes_the_same_requests(tmp_path: Path) -> None:
    file = a_file(tmp_path, HEADER, GOOD, GOOD)
    first, again = ([row.request.request_id for row in read_rows(file, history=True)] for _ in range(2))
    assert first == again
    assert first[0] != first[1], "a row that stands twice is two items"


def test_rows_keep_their_ids_when_others_are_put_before_them(tmp_path: Path) -> None:
    other = GOOD.replace("reporter", "sheriff")
    before = read_rows(a_file(tmp_path, HEADER, GOOD), history=False)[0]
    after = read_rows(a_file(tmp_path, HEADER, other, GOOD), history=False)[1]
    assert before.request.request_id == after.request.request_id


def test_the_columns_may_stand_in_any_order(tmp_path: Path) -> None:
    text = ("kind,safeguarder,received_date,source,happened_date", "feedback,sg-1a2b3c4d,2026-11-04,self,2026-11-02")
    (row,) = read_rows(a_file(tmp_path, *text), history=False)
    assert not row.faults


@pytest.mark.parametrize(
    ("row", "place_and_words"),
    [
        (GOOD.replace("2026-11-04", "2026-13-02"), "2:42 received_date 2026-13-02 is not a date"),
        (GOOD.replace("2026-11-04", "20261104"), "2:42 received_date 20261104 is not a date"),
        (GOOD.replace("feedback", "feedbak"), "2:13 kind 'feedbak' is not in the list. Did you mean \"feedback\"?"),
        (GOOD.replace("S4.1:concern", "S4.1"), "2:53 mappings 'S4.1' is not INDICATOR:POLARITY"),
        (GOOD.replace("S4.1:concern", "S4.1:bad"), "2:53 mappings 'bad' is not in the list"),
        (GOOD.replace("sg-1a2b3c4d", ""), "2:1 safeguarder is needed"),
        (GOOD.replace("sg-1a2b3c4d", "safeguarders/x"), "2:1 safeguarder 'safeguarders/x' is not an id"),
        (GOOD + ",more", "has 8 fields where the header has 7"),
        (GOOD.rsplit(",", 1)[0], "has 6 fields where the header has 7"),
        (GOOD.replace("on the phone", 'on "the" phone",more'), "fields where the header has 7"),
        (GOOD.replace("on the phone", "x" * (LARGEST_FIELD + 1)), "2:66 summary has more than"),
    ],
)
def test_a_fault_names_line_column_and_what_to_write(tmp_path: Path, row: str, place_and_words: str) -> None:
    found = faults(read_rows(a_file(tmp_path, HEADER, row, GOOD), history=False))
    assert len(found) == 1
    assert place_and_words in found[0]


def test_one_bad_row_leaves_the_others_as_they_are(tmp_path: Path) -> None:
    rows = read_rows(a_file(tmp_path, HEADER, GOOD.replace("feedback", "?"), GOOD), history=False)
    assert [bool(row.request) for row in rows] == [False, True]


def test_a_quoted_comma_does_not_move_the_columns(tmp_path: Path) -> None:
    header = "summary,safeguarder,kind,source,happened_date,received_date"
    row = '"one, two",sg-1a2b3c4d,feedback,reporter,2026-11-02,never'
    assert faults(read_rows(a_file(tmp_path, header, row), history=False)) == [
        "2:53 received_date never is not a date. Write it as 2026-12-03."
    ]


def test_a_row_over_several_lines_is_named_by_its_first(tmp_path: Path) -> None:
    long = GOOD.replace("on the phone", '"first\nsecond"')
    rows = read_rows(a_file(tmp_path, HEADER, long, GOOD.replace("feedback", "?")), history=False)
    assert [row.line for row in rows] == [2, 4]


def test_a_line_separator_inside_a_text_does_not_end_the_row(tmp_path: Path) -> None:
    (row,) = read_rows(a_file(tmp_path, HEADER, GOOD.replace("on the", "on\u2028the")), history=False)
    assert not row.faults


def test_bytes_that_are_not_utf8_are_named_by_row(tmp_path: Path) -> None:
    file = tmp_path / "feed.csv"
    file.write_bytes(f"{HEADER}\n{GOOD}\n".encode() + GOOD.encode().replace(b"on the phone", b"caf\xe9") + b"\n")
    assert faults(read_rows(file, history=False)) == ["3:66 summary is not UTF-8. Save the file as CSV UTF-8"]


def test_no_fault_repeats_what_a_person_wrote(tmp_path: Path) -> None:
    row = GOOD.replace("on the phone", "private words " * 1000).replace("feedback", "?")
    assert "private" not in "".join(faults(read_rows(a_file(tmp_path, HEADER, row), history=False)))


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ((), "holds no rows"),
        ((HEADER,), "holds no rows"),
        (
            ("safeguarder,knd,source,happened_date,received_date", "x"),
            "feed.csv:1:13  'knd' is not a column. Did you mean \"kind\"?",
        ),
        (("kind,kind,source", "x"), "feed.csv:1:6  kind is a column already"),
        (("safeguarder,kind", "x,y"), "columns are missing: source, happened_date, received_date"),
        ((HEADER, GOOD.replace("on the phone", '"never closed'), GOOD), "feed.csv:2:1  a quotation mark opened here"),
        ((HEADER, *[GOOD] * (MOST_ROWS + 1)), "Split the file"),
    ],
)
def test_a_file_that_cannot_be_read_as_a_whole_is_refused(tmp_path: Path, rows: tuple[str, ...], words: str) -> None:
    with pytest.raises(CommandError) as refused:
        read_rows(a_file(tmp_path, *rows), history=False)
    assert words in refused.value.message


def test_a_file_that_is_not_there_is_a_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read") as refused:
        read_rows(tmp_path / "none.csv", history=False)
    assert refused.value.code == "USAGE"


def test_json_lines_hold_the_same_fields(tmp_path: Path) -> None:
    line = (
        '{"safeguarder": "sg-1a2b3c4d", "kind": "scra_timeliness", "source": "scra", "happened_date": "2026-11-02", '
        '"received_date": "2026-11-04", "due_date": "2026-11-01", "filed_date": "2026-11-02", "extension_agreed": true}'
    )
    (row,) = read_rows(a_file(tmp_path, line, name="feed.jsonl"), history=False)
    assert row.request.evidence_item.timeliness.extension_answer == pb.YES_NO_YES


@pytest.mark.parametrize(
    ("written", "answer"),
    [
        *((word, pb.YES_NO_YES) for word in ("true", "TRUE", "True", "yes", "Yes")),
        *((word, pb.YES_NO_NO) for word in ("false", "FALSE", "False", "no", "No")),
        ("", pb.YES_NO_UNSPECIFIED),
    ],
)
def test_an_answer_left_empty_is_not_a_no(tmp_path: Path, written: str, answer: int) -> None:
    """P18: a column left empty says nothing. A spreadsheet may write its answers in capitals."""
    row = "sg-1a2b3c4d,report_sample_review,panel_team,2026-11-02,2026-11-04," + written
    header = "safeguarder,kind,source,happened_date,received_date,child_views_recorded"
    (read,) = read_rows(a_file(tmp_path, header, row), history=False)
    assert read.request.evidence_item.report_review.child_views_answer == answer


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ('{"safeguarder": ', f"1:17 {ENDS}"),
        ("[1, 2]", f"1:1 {NOT_AN_OBJECT}"),
        ('{"kind": 7}', "1:2 'kind' is not a text. Write values as text, or as true and false."),
        ("[" * 100_000, "1:1 is nested too deeply. Write each value as text."),
    ],
)
def test_a_line_that_is_no_object_of_texts_is_refused(tmp_path: Path, line: str, fault: str) -> None:
    assert faults(read_rows(a_file(tmp_path, line, name="feed.jsonl"), history=False)) == [fault]


def test_an_unknown_field_of_a_line_is_named_with_the_nearest(tmp_path: Path) -> None:
    line = '{"safeguarder": "sg-1", "kind": "feedback", "source": "self", "hapened_date": "2026-11-02"}'
    found = faults(read_rows(a_file(tmp_path, line, name="feed.jsonl"), history=False))
    assert "1:63 'hapened_date' is not a field. Did you mean \"happened_date\"?" in found
