"""What policy staff read about a fault in a rule file: what is wrong and what to write, in no parser's words."""

import re

import pytest

from services.rules.adapters.rule_files.folder import check_folder
from tests.rules.adapters.conftest import Edit

CONDUCT = "rules/conduct.yaml"
PARSER_WORDS = re.compile(
    r"mapping|scalar|token|stream|expected|block|flow|\^|\[0-9\]|U\+0009|schema|integer|array", re.I
)
MISTAKES = {
    "a number for a line": ("is at least safety_line", "is at least 3", "Give it a name in parameters.yaml"),
    "too far right": ("  title: A confid", "   title: A confid", "another column than line 1"),
    "too far left": ("  lane: safety", " lane: safety", "another column than line 4"),
    "a bracket left open": ("[S5]", "[S5", 'opens on line 4 and has no partner. Write "]"'),
    "a brace left open": ("speaks: {S5.1: concern}}", "speaks: {S5.1: concern}", 'Write "}"'),
    "a list without brackets": ("[S5]", "S5", 'Write "all" or a list'),
    "a quote left open": ("title: A", "title: 'A", "quotes begins on line 2 and does not end"),
    "a colon in a text": ("title: A", "title: Note: A", "Put the whole text in quotes"),
    "no colon in the first line": ("rule: confidentiality", "rule confidentiality", "Line 1 has no colon"),
    "no colon in another line": ("title: A", "title A", "Line 2 has no colon"),
    "a text that begins with a sign": ("title: A", "title: @A", "in quotes"),
    "a date as Americans write it": ("2026-10-30", "10/30/2026", "such as 2026-10-30"),
    "a date as Scots write it": ("2026-10-30", "30/10/2026", "such as 2026-10-30"),
    "a tab": ("  lane: safety", "\tlane: safety", "This is a tab. Write spaces instead."),
    "a comparison in other words": ("is at least safety_line", ">= safety_line", "<measure> is at least <parameter>"),
    "items against months": ("is at least safety_line", "is at least window_months", "which is in months"),
    "items against working days": ("is at least safety_line", "is at least safety_response_days", "working days"),
}


@pytest.mark.parametrize(("before", "after", "advice"), MISTAKES.values(), ids=MISTAKES.keys())
def test_a_fault_says_what_to_write(edited: Edit, before: str, after: str, advice: str) -> None:
    """doors D10: the first fault names the line at fault and what to write there."""
    first = check_folder(edited(CONDUCT, before, after))[0]
    assert first.file == CONDUCT
    assert advice in first.message
    assert not PARSER_WORDS.search(first.message)


def test_a_bracket_left_open_at_the_end_of_a_file_is_told_too(edited: Edit) -> None:
    """The parser then names the line after the last."""
    folder = edited(CONDUCT, "title: A", "title: A")
    (folder / "rules" / "half.yaml").write_text("a: [")
    assert "rules/half.yaml" in {fault.file for fault in check_folder(folder)}
