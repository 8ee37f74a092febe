"""An empty cell is no answer: each question with a yes and a no, from a file to the item on file (P18)."""

import json
from pathlib import Path
from typing import Any

import pytest
from psmf.evidence.v1 import evidence_pb2 as pb

from services.cli.evidence.fields import FIELDS
from services.cli.evidence.rows import read_rows
from tests.builders import days_ago
from tests.evidence.conftest import Evidence

YES, NO, BLANK = pb.YES_NO_YES, pb.YES_NO_NO, pb.YES_NO_UNSPECIFIED
PARTS: dict[str, Any] = {"report_review": pb.ReportReview, "timeliness": pb.Timeliness}
QUESTIONS = {
    column: (field.part, field.name)
    for column, field in FIELDS.items()
    if field.part in PARTS and PARTS[field.part].DESCRIPTOR.fields_by_name[field.name or column].enum_type is not None
    and PARTS[field.part].DESCRIPTOR.fields_by_name[field.name or column].enum_type.name == "YesNo"
}  # fmt: skip
"""Where the answer of each column stands in an item."""
WRITTEN: list[tuple[Any, int]] = [
    ("true", YES), ("TRUE", YES), ("Yes", YES), ("false", NO), ("FALSE", NO), ("no", NO),
    ("", BLANK), ("   ", BLANK), (None, BLANK),
]  # fmt: skip


def a_row(column: str) -> dict[str, Any]:
    """Return a row of the kind that has the column, without the answer."""
    row: dict[str, Any] = {
        "safeguarder": "sg-one", "happened_date": days_ago(30).isoformat(), "received_date": days_ago(20).isoformat(),
    }  # fmt: skip
    if QUESTIONS[column][0] == "timeliness":
        times = {"due_date": days_ago(33).isoformat(), "filed_date": days_ago(30).isoformat()}
        return row | times | {"kind": "scra_timeliness", "source": "scra"}
    return row | {"kind": "report_sample_review", "source": "panel_team", "form": "at"}


def recorded(evidence: Evidence, file: Path, text: str) -> pb.EvidenceItem:
    """Import a file of one row and return its item as it is on file."""
    file.write_text(text)
    rows = [pb.ImportRow(row=row.row, request=row.request) for row in read_rows(file, history=False)]
    part = pb.ImportEvidenceItemsRequest(rows=rows)
    (result,) = evidence.items.ImportEvidenceItems(iter([part]), **evidence.as_("panel-team")).results
    assert not result.reason, result.message
    request = pb.GetEvidenceItemRequest(name=result.evidence_item)
    found: pb.EvidenceItem = evidence.items.GetEvidenceItem(request, **evidence.as_("panel-team"))
    return found


def test_every_question_of_the_contract_has_a_column() -> None:
    """P18: a question that is added later is tried here too."""
    asked = {
        (part, field.name)
        for part, message in PARTS.items()
        for field in message.DESCRIPTOR.fields
        if field.enum_type is not None and field.enum_type.name == "YesNo"
    }
    assert set(QUESTIONS.values()) == asked
    assert len(asked) == 3


@pytest.mark.parametrize("column", QUESTIONS)
@pytest.mark.parametrize("form", ["csv", "jsonl", "without the column"])
def test_an_answer_in_a_file_stays_what_it_is(evidence: Evidence, tmp_path: Path, column: str, form: str) -> None:
    """P18: yes, no, an empty cell, a cell of spaces, null, and a file without the column."""
    for place, (written, answer) in enumerate(WRITTEN):
        row = a_row(column) | {"summary": f"Row {place} of {column} in {form}."}
        expected = answer
        if form == "csv":
            row[column] = written or ""
            text = f"{','.join(row)}\n{','.join(row.values())}\n"
        elif form == "jsonl":
            text = json.dumps(row | {column: written})
        else:
            text, expected = f"{','.join(row)}\n{','.join(row.values())}\n", BLANK
        name = "feed.jsonl" if form == "jsonl" else "feed.csv"
        item = recorded(evidence, tmp_path / name, text)
        part, field = QUESTIONS[column]
        assert getattr(getattr(item, part), field) == expected, written
        others = [(p, f) for p, f in QUESTIONS.values() if (p, f) != (part, field)]
        assert all(getattr(getattr(item, p), f) == BLANK for p, f in others), "nobody has said"


@pytest.mark.parametrize("column", QUESTIONS)
def test_a_line_that_is_true_or_false_in_json_is_the_answer(evidence: Evidence, tmp_path: Path, column: str) -> None:
    """P18: JSON has a word of its own for each."""
    part, field = QUESTIONS[column]
    for written, answer in ((True, YES), (False, NO)):
        item = recorded(evidence, tmp_path / "feed.jsonl", json.dumps(a_row(column) | {column: written}))
        assert getattr(getattr(item, part), field) == answer


@pytest.mark.parametrize("written", ["n/a", "-", "0", "1", "unknown", "not said"])
@pytest.mark.parametrize("column", QUESTIONS)
def test_a_word_for_not_said_is_no_answer_either(tmp_path: Path, column: str, written: str) -> None:
    """P18: nothing is guessed. The fault says to leave the cell empty."""
    row = a_row(column) | {column: written}
    file = tmp_path / "feed.csv"
    file.write_text(f"{','.join(row)}\n{','.join(row.values())}\n")
    (read,) = read_rows(file, history=False)
    assert read.request is None
    assert [fault.message for fault in read.faults] == [
        f"{column} {written!r} is neither true nor false. Leave it empty if nobody has said."
    ]
