"""Rule files that could be read in two ways, or break a reader, are refused with their place (reliability S5)."""

import time

import pytest

from services.rules.adapters.rule_files.strict_yaml import MAX_BYTES, parse

HOSTILE = {
    "anchor": (b"a: &x 1\n", 1, 4, "ANCHOR"),
    "alias": (b"a: 1\nb: *x\n", 2, 4, "ANCHOR"),
    "tag": (b"a: !!python/object:os.system x\n", 1, 4, "TAG"),
    "local tag": (b"a: !int 5\n", 1, 4, "TAG"),
    "merge key": (b"a:\n  <<: {b: 1}\n", 2, 3, "AMBIGUOUS"),
    "duplicate key": (b"a: 1\nb: 2\na: 3\n", 3, 1, "TWICE"),
    "duplicate key in a flow map": (b"a: {b: 1, b: 2}\n", 1, 11, "TWICE"),
    "tab": (b"a:\n\tb: 1\n", 2, 1, "TAB"),
    "yes": (b"a: yes\n", 1, 4, "AMBIGUOUS"),
    "no": (b"a: no\n", 1, 4, "AMBIGUOUS"),
    "Off": (b"a: Off\n", 1, 4, "AMBIGUOUS"),
    "on as a key": (b"on: 1\n", 1, 1, "AMBIGUOUS"),
    "True": (b"a: True\n", 1, 4, "AMBIGUOUS"),
    "null": (b"a: null\n", 1, 4, "EMPTY"),
    "tilde": (b"a: ~\n", 1, 4, "EMPTY"),
    "nothing": (b"a:\nb: 1\n", 1, 3, "EMPTY"),
    "octal": (b"a: 017\n", 1, 4, "AMBIGUOUS"),
    "new octal": (b"a: 0o17\n", 1, 4, "AMBIGUOUS"),
    "hexadecimal": (b"a: 0x1F\n", 1, 4, "AMBIGUOUS"),
    "sexagesimal": (b"a: 12:30:45\n", 1, 4, "AMBIGUOUS"),
    "underscores": (b"a: 1_000\n", 1, 4, "AMBIGUOUS"),
    "plus": (b"a: +5\n", 1, 4, "AMBIGUOUS"),
    "exponent": (b"a: 1e5\n", 1, 4, "NOT-WHOLE"),
    "small exponent": (b"a: 1.5e-07\n", 1, 4, "NOT-WHOLE"),
    "decimal": (b"a: 2.5\n", 1, 4, "NOT-WHOLE"),
    "infinity": (b"a: .inf\n", 1, 4, "NOT-WHOLE"),
    "not a number": (b"a: .NaN\n", 1, 4, "NOT-WHOLE"),
    "too large a number": (b"a: 9007199254740992\n", 1, 4, "NUMBER"),
    "far too large a number": (b"a: " + b"9" * 5000 + b"\n", 1, 4, "NUMBER"),
    "long almost-number": (b"a: " + b"1" * 200_000 + b"x: y\n", 1, 200_005, "NOT-YAML"),
    "minus zero": (b"a: -0\n", 1, 4, "NUMBER"),
    "number as a key": (b"1: a\n", 1, 1, "KEY"),
    "list as a key": (b"[a]: b\n", 1, 1, "KEY"),
    "second document": (b"a: 1\n---\nb: 2\n", 2, 1, "DOCUMENT"),
    "directive": (b"%YAML 1.1\n---\na: 1\n", 1, 1, "DOCUMENT"),
    "only a comment": (b"# nothing\n", 1, 1, "EMPTY"),
    "not closed": (b"a: [1, 2\n", 2, 1, "NOT-YAML"),
    "not UTF-8": (b"a: \xff\n", 1, 4, "NOT-UTF-8"),
    "byte order mark inside": (b"a: x\xef\xbb\xbfy\n", 1, 5, "INVISIBLE"),
    "two byte order marks": (b"\xef\xbb\xbf\xef\xbb\xbfa: 1\n", 1, 1, "INVISIBLE"),
    "right-to-left override": ("a: \u202ex\n".encode(), 1, 4, "INVISIBLE"),
    "zero width space": ("a: x\u200by\n".encode(), 1, 5, "INVISIBLE"),
    "line separator": ("a: x\u2028y\n".encode(), 1, 5, "INVISIBLE"),
    "carriage return alone": (b"a: 1\rb: 2\n", 1, 5, "INVISIBLE"),
    "null byte": (b"a: \0\n", 1, 4, "INVISIBLE"),
    "too deep": (b"a: " + b"[" * 30 + b"]" * 30 + b"\n", 1, 23, "TOO-DEEP"),
    "very deep": (b"a: " + b"[" * 100_000, 1, 23, "TOO-DEEP"),
    "too large": (b"a: x\n" * (MAX_BYTES // 4), 1, 1, "TOO-LARGE"),
    "too many values": (b"- [1,2,3,4,5,6,7]\n" * 14_000, 625, 16, "TOO-LARGE"),
    "doubling bomb": (
        b"".join(b"a%d: &a%d [*a%d, *a%d]\n" % (n, n, n - 1, n - 1) for n in range(1, 30)), 1, 5, "ANCHOR"
    ),
}  # fmt: skip

AMBIGUOUS_WORDS = (
    "yes",
    "Yes",
    "YES",
    "no",
    "No",
    "NO",
    "on",
    "On",
    "ON",
    "off",
    "Off",
    "OFF",
    "True",
    "TRUE",
    "False",
    "FALSE",
)
TOKENS = (
    dict.fromkeys(AMBIGUOUS_WORDS, "AMBIGUOUS")
    | dict.fromkeys(("null", "Null", "NULL", "~"), "EMPTY")
    | dict.fromkeys(("017", "0o17", "0x1F", "12:30:45", "1_000", "+5"), "AMBIGUOUS")
    | dict.fromkeys(("1e5", "1.5e-07", "2.5", "-2.5", ".inf", "-.inf", ".NaN"), "NOT-WHOLE")
    | dict.fromkeys(("9007199254740992", "-9007199254740992", "-0"), "NUMBER")
    | dict.fromkeys(("&x 1", "*x"), "ANCHOR")
    | dict.fromkeys(("!!int 1", "!!python/object:os.system x", "!x 1"), "TAG")
)
"""Words that some versions of YAML read differently from how they are written."""
ENDLESS = 2.0
"""Seconds of CPU. A file that is followed where it leads takes minutes; a collection of garbage takes less."""
PLACES = {
    "a value": ("a: ", "\n", 1, 4),
    "a value further in": ("a:\n  b:\n    c: ", "\n", 3, 8),
    "an item": ("- ", "\n", 1, 3),
    "an item further down": ("a:\n  - 1\n  - ", "\n", 3, 5),
    "a value in a flow map": ("a: {b: 1, c: ", "}\n", 1, 14),
    "an item of a flow list": ("a: [1, ", "]\n", 1, 8),
    "the last line": ("a: 1\nb: 2\nc: ", "", 3, 4),
}
HOSTILE |= {
    f"{token} as {place}": (f"{before}{token}{after}".encode(), line, column, code)
    for token, code in TOKENS.items()
    for place, (before, after, line, column) in PLACES.items()
}


def test_there_are_three_hundred_different_hostile_files() -> None:
    assert len({content for content, *_ in HOSTILE.values()}) >= 300


@pytest.mark.parametrize(("content", "line", "column", "code"), HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_file_is_refused_with_its_place(content: bytes, line: int, column: int, code: str) -> None:
    started = time.thread_time()
    _, faults = parse(content, "rules/hostile.yaml")
    taken = time.thread_time() - started
    assert [(fault.line, fault.column, fault.code) for fault in faults] == [(line, column, code)]
    assert taken < ENDLESS


def test_quoted_and_block_text_stays_text() -> None:
    document, faults = parse(b"a: \"yes\"\nb: '017'\nc: >-\n  12:30:45\nd: 2026-11-02\ne: true\nf: -12\n", "x.yaml")
    assert not faults
    assert document.data == {"a": "yes", "b": "017", "c": "12:30:45", "d": "2026-11-02", "e": True, "f": -12}


def test_a_fault_is_one_line_with_file_line_and_column() -> None:
    _, faults = parse(b"a: yes\n", "rules/x.yaml")
    assert str(faults[0]) == (
        'rules/x.yaml:1:4  error  AMBIGUOUS  "yes" means true or false in some YAML. Write true, false or "yes".'
    )
