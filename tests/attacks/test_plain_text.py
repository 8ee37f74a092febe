"""Texts that hide something: refused when they come in, harmless when they go out (A6, A11, S3)."""

import ast
import csv
import io
import random
import unicodedata

import pytest
from psmf.rules.v1 import revisions_pb2 as rules

from services.cli.page import out
from services.client.kpis.figures import _write
from services.plain_text import UNSEEN, has_unseen, in_json, shown, shown_in_line
from services.platform.calls.named import unfit_field
from services.rules.adapters.rule_files.strict_yaml import parse
from services.rules.domain.rulebook.file_names import is_rule_file
from tests.architecture.source import ROOT
from tests.attacks.attempts import attempted
from tests.sizes import part_of

INVISIBLE = (
    "\x00\x07\x08\x1b\x7f\x9b\xad\u034f\u061c\u115f\u1160\u17b4\u180e\u200b\u200c\u200d\u200e\u202e\u2028\u2060\u2066"
    "\u2800\u3164\ufe0f\ufeff\uffa0\ufffa\U000e0041"
)
BELONGS = (
    "Thank you \u2764\ufe0f", "\u2764\ufe0f\u200d\U0001f525", "\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "1\ufe0f\u20e3", "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
    "\u0634\u200f!", "D\xf9ghlas",
    "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", "Two\nlines\tand a tab", "Isla\u2019s caf\xe9 \u2013 na\xefve",
)  # fmt: skip
"""What people write: hearts, a family, the flag of Scotland, Persian, Arabic, and marks of print."""


@pytest.mark.parametrize("char", INVISIBLE, ids=lambda char: f"U+{ord(char):04X}")
def test_a_character_that_cannot_be_seen_is_refused_with_the_fields_name_and_never_said_back(char: str) -> None:
    request = rules.ApproveRulebookRevisionRequest(name="rulebookRevisions/a", reason=f"Read{char} and tried")
    refusal = unfit_field(request)
    assert refusal is not None
    assert (refusal.reason, refusal.field) == ("TEXT_NOT_PLAIN", "reason")
    assert char not in refusal.message
    assert has_unseen(char), "also alone, as a name of one filler"


@pytest.mark.parametrize("text", BELONGS)
def test_what_people_write_is_taken_and_shown_as_it_is(text: str) -> None:
    assert not has_unseen(text)
    assert shown(text) == text


@pytest.mark.parametrize("text", ["x" * 20_000, "two words", "\u0430bc", "a\nb"])
def test_an_etag_is_one_short_word(text: str) -> None:
    refusal = unfit_field(rules.ActivateRulebookRevisionRequest(etag=text))
    assert refusal is not None
    assert (refusal.field, refusal.metadata) == ("etag", {})
    assert len(refusal.message) < 100


def test_a_title_is_one_line_and_words_may_be_several() -> None:
    request = rules.ChangeParameterRequest()
    request.examples.add(key="a", title="One\nTwo")
    assert unfit_field(request) is not None
    assert unfit_field(rules.RollbackRulebookRequest(reason="One\nTwo")) is None


@pytest.mark.parametrize("escape", [r"\e[1;1H\e[J", r"\u202E", r"\x9b2J", r"\u200b", r"\uFFA0", r"\r"])
def test_a_rule_file_hides_nothing_behind_an_escape(escape: str) -> None:
    for content in (f'title: "late{escape}"', f'"ke{escape}y": 1'):
        _, faults = parse(content.encode(), "rules/one.yaml")
        assert [fault.code for fault in faults] == ["INVISIBLE"]


@pytest.mark.parametrize("char", INVISIBLE + "\n\t")
def test_the_name_of_a_rule_file_hides_nothing(char: str) -> None:
    assert not is_rule_file(f"rules/on{char}e.yaml")


def test_whatever_is_stored_moves_no_cursor_and_makes_no_row(capsys: pytest.CaptureFixture[str]) -> None:
    """Random texts from before the check, to a terminal, as JSON and as a file for a spreadsheet."""
    chance, got_through = random.Random(7), []
    tried = part_of(10_000)
    for _ in range(tried):
        text = "".join(chance.choice(f"{INVISIBLE}\n\t\r ab=+-@\"',") for _ in range(8))
        out.put(text)
        out.put_json({"reason": text})
        printed, _ = capsys.readouterr()
        cells = io.StringIO()
        _write(cells, ["Reason"], [[text]])
        rows = list(csv.reader(io.StringIO(cells.getvalue())))
        line = shown_in_line(text)
        if UNSEEN.search(printed.replace("\r\n", "").replace("\n", "")) or len(line.splitlines()) > 1 or len(rows) > 2:
            got_through.append(ascii(text))
    attempted("Stored texts that hide something", tried, got_through)


def test_json_says_the_same_with_escapes() -> None:
    import json

    text = json.dumps({"reason": INVISIBLE}, ensure_ascii=False)
    assert json.loads(in_json(text)) == {"reason": INVISIBLE}


def test_every_control_and_format_character_is_known() -> None:
    """Except those that are seen: signs of number before Arabic figures, and shaping in scripts of old."""
    unknown = [
        char for char in map(chr, range(0x10000)) if unicodedata.category(char) in ("Cc", "Cs", "Co", "Zl", "Zp")
    ]
    assert [hex(ord(char)) for char in unknown if char not in "\n\t\r" and not UNSEEN.match(char)] == []


WRITERS = {
    "services/cli/page/out.py", "services/platform/", "services/rules/compose.py", "services/client/kpis/figures.py",
}  # fmt: skip
"""The places that may write to a terminal or a file of cells. Those of the platform write words of their own."""


def test_nothing_is_printed_and_no_cell_is_written_but_in_one_place() -> None:
    found = []
    for file in sorted((ROOT / "services").rglob("*.py")):
        place = file.relative_to(ROOT).as_posix()
        if any(place.startswith(writer) for writer in WRITERS):
            continue
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in (
                "print", "sys.stdout.write", "sys.stderr.write", "typer.echo", "typer.secho", "csv.writer",
                "csv.DictWriter",
            ):  # fmt: skip
                found.append(f"{place}:{node.lineno}")
    assert found == []
