"""What a file of evidence is refused with: what is wrong, and what to write (doors D13, doors D15)."""

import json
import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.cli.evidence.fields import FIELDS, unknown
from services.cli.evidence.rows import read_rows
from services.cli.failure import CommandError
from services.refusals import did_you_mean

NEEDED = "safeguarder,kind,source,happened_date,received_date"
ROW = "sg-1a2b3c4d,feedback,child,2026-11-02,2026-11-04"
GOOD = json.dumps(dict(zip(NEEDED.split(","), ROW.split(","), strict=True)))
WRITE_QUOTES = 'Write it between " and ".'
ABOUT_A_CHILD = "Remove it. Nothing about a child belongs in here, except an opaque case_reference."
PARSER_WORDS = re.compile(r"Expecting|delimiter|Extra data|char \d|enclosed|decode|Unterminated|Invalid|Illegal")

FAULTS: list[tuple[str, int, str]] = [
    ("hello", 1, "is not an object."),
    (" // a note", 2, "is not an object."),
    (f"\u00a0{GOOD}", 1, "is not an object."),
    ('"a text"', 1, "is not an object."),
    ('{"kind": feedback}', 10, f"has a value without quotation marks. {WRITE_QUOTES}"),
    ('{"kind": }', 10, 'has a name without a value. Write null or "" for no value.'),
    ('{"extension_agreed": True}', 22, "has an answer in capitals. Write true, false or null."),
    ('{"class": None}', 11, "has an answer in capitals. Write true, false or null."),
    ('{kind: "feedback"}', 2, f"has a name without quotation marks. {WRITE_QUOTES}"),
    ('{7: "feedback"}', 2, f"has a name without quotation marks. {WRITE_QUOTES}"),
    ("{'kind': 'feedback'}", 2, 'has \' for a quotation mark. Write names and texts between " and ".'),
    ("{\u201ckind\u201d: 1}", 2, 'has \u201c for a quotation mark. Write names and texts between " and ".'),
    ('{"kind" "feedback"}', 9, "has a name without a value. Write a colon between the two."),
    ('{"kind": "feedback" "source": "self"}', 21, "has no comma between two fields. Write one."),
    ('{"happened_date": 2026-11-02}', 23, "has more after a value."),
    ('{"kind": "feedback"', 20, "ends before its object does."),
    ("{", 2, "ends before its object does."),
    ('{"summary": "seen', 13, 'has a text that never ends. Write " at its end.'),
    ('{"summary": "a\tb"}', 15, "has a tab or another control character in a text."),
    (r'{"summary": "C:\users"}', 17, r"has a \ that begins nothing known. Write a backslash as \\."),
    (r'{"summary": "C:\docs"}', 16, r"has a \ that begins nothing known. Write a backslash as \\."),
    (f"{GOOD},", len(GOOD) + 1, "has a comma after its object. Leave the comma out."),
    (f"{GOOD}{GOOD}", len(GOOD) + 1, "goes on after its object. Write one object a line."),
]
"""A line, the column in which its fault is shown, and how the fault begins."""


def faults(folder: Path, *lines: str) -> list[tuple[int, int, str]]:
    file = folder / "feed.jsonl"
    file.write_text("\n".join(lines), encoding="utf-8")
    return [(fault.line, fault.column, fault.message) for row in read_rows(file, history=False) for fault in row.faults]


@pytest.mark.parametrize(("line", "column", "said"), FAULTS, ids=[line[:24] for line, _, _ in FAULTS])
def test_a_broken_line_says_what_to_write(tmp_path: Path, line: str, column: int, said: str) -> None:
    """doors D15: in the line and at the column of the fault, and the rows before and after it are read."""
    ((at, found, message),) = faults(tmp_path, GOOD, line, GOOD)
    assert (at, found) == (2, column)
    assert message.startswith(said)


def test_a_comma_before_the_last_bracket_is_said_to_be_one_too_many(tmp_path: Path) -> None:
    """doors D15: releases of the parser show it at the comma, or after it."""
    ((_, column, message),) = faults(tmp_path, f"{GOOD[:-1]},}}")
    assert column in (len(GOOD), len(GOOD) + 1)
    assert message == "has a comma that nothing follows. Leave the comma out."


@given(st.data())
def test_no_broken_line_is_answered_with_the_words_of_a_parser(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """doors D15: whatever is cut out of a good line, or put into it."""
    begin = data.draw(st.integers(0, len(GOOD)))
    end = data.draw(st.integers(begin, min(begin + 3, len(GOOD))))
    put = data.draw(st.text("\"'\\{}[],:\t x7\u201c\u00a0\u2028", max_size=3))
    for _, _, message in faults(tmp_path_factory.mktemp("lines"), GOOD[:begin] + put + GOOD[end:], GOOD):
        assert not PARSER_WORDS.search(message), message


def test_an_object_over_several_lines_is_refused_whole(tmp_path: Path) -> None:
    """doors D15: half of an object is no row. What one line of it lacks says nothing."""
    file = tmp_path / "feed.json"
    file.write_text(json.dumps(json.loads(GOOD), indent=2))
    with pytest.raises(CommandError, match=r"Write each object on one line\. Nothing was sent\."):
        read_rows(file, history=False)


def test_a_file_put_after_another_is_read_on(tmp_path: Path) -> None:
    """doors D13: the second one begins with a byte order mark too."""
    assert faults(tmp_path, f"\ufeff{GOOD}", f"\ufeff{GOOD}") == []


OF_A_CHILD = (
    "child",
    "child_name",
    "Name of Child",
    "child's name",
    "ChildName",
    "child date",
    "child_reference",
    "DOB",
    "Date of Birth",
    "birth-date",
    "CHI",
    "CHI number",
    "Postcode",
    "forename",
    "Last Name",
    "name",
    "school",
    "age",
    "young person",
    "siblings",
)
OTHERS = (
    "colour",
    "language",
    "manager",
    "sheriff_name",
    "region",
    "stage",
    "message",
    "page",
    "childs_views_recorded",
)


def refused(folder: Path, column: str) -> Sequence[str]:
    """Return what a column and a field of that name are refused with."""
    file = folder / "feed.csv"
    file.write_text(f"{NEEDED},{column}\n{ROW},x\n", encoding="utf-8")
    with pytest.raises(CommandError) as header:
        read_rows(file, history=False)
    ((_, _, field),) = faults(folder, json.dumps(json.loads(GOOD) | {column: "x"}))
    return header.value.message, field


@pytest.mark.parametrize("column", OF_A_CHILD)
def test_a_column_about_a_child_is_refused_with_what_is_allowed(tmp_path: Path, column: str) -> None:
    """doors D13: it is no slip of the pen for a date of ours, and has to be removed."""
    for said in refused(tmp_path, column):
        assert said.endswith(ABOUT_A_CHILD)
        assert "Did you mean" not in said


@pytest.mark.parametrize("column", OTHERS)
def test_another_unknown_column_is_not_said_to_be_about_a_child(tmp_path: Path, column: str) -> None:
    """doors D13."""
    for said in refused(tmp_path, column):
        assert ABOUT_A_CHILD not in said


@pytest.mark.parametrize("field", FIELDS)
def test_a_slip_of_the_pen_in_a_field_still_finds_the_field(field: str) -> None:
    """doors D13: one letter left out or doubled, also where the field has to do with a child."""
    for place in range(1, len(field)):
        for slip in (field[:place] + field[place + 1 :], field[:place] + field[place] + field[place:]):
            if len(field) > 5 and slip not in FIELDS:
                assert unknown(slip, "column") == f'{slip!r} is not a column. Did you mean "{field}"?'


@pytest.mark.parametrize(
    ("given_word", "known"), [("child_name", "filed_date"), ("forename", "form"), ("surname", "source")]
)
def test_a_far_fetched_word_is_not_offered(given_word: str, known: str) -> None:
    """doors D13: a word of which little more than half is the same was not meant."""
    assert did_you_mean(given_word, [known]) == ""
