"""What is wrong with a file that is no YAML, said to people who write rules and know no parser."""

import re
from collections.abc import Sequence
from typing import Any

_BRACKETS = {"',' or ']'": "]", "',' or '}'": "}"}
_HAS_COLON = re.compile(r":(\s|$)")


def in_words(error: Any, lines: Sequence[str]) -> str:
    """Return what to change, from the parser's error and the lines of the file."""
    problem = f"{error.problem or ''} {error.context or ''}"
    begins = (error.context_mark.line if error.context_mark else error.problem_mark.line) + 1
    for expected, bracket in _BRACKETS.items():
        if f"expected {expected}" in problem:
            return f'A bracket opens on line {begins} and has no partner. Write "{bracket}" where its list ends.'
    if "quoted scalar" in problem or "unexpected end of stream" in problem:
        return f"A text in quotes begins on line {begins} and does not end. Write the closing quote."
    if "cannot start any token" in problem:
        return "A text cannot begin with this character. Put the whole text in quotes."
    return _of_neighbours(error.problem_mark.line if error.problem_mark else 0, lines)


def _of_neighbours(number: int, lines: Sequence[str]) -> str:
    """Return what does not fit between a line, counted from 0, and the one above it."""
    line = lines[number] if number < len(lines) else ""
    above = next((at for at in range(number - 1, -1, -1) if lines[at].strip()), None)
    for at in (above, number):
        if at is not None and at < len(lines) and _is_entry_without_colon(lines[at]):
            return f"Line {at + 1} has no colon after its key. Write it as key: value."
    if len(_HAS_COLON.findall(line)) > 1 and not line.lstrip().startswith(("{", "- {")):
        return 'This text holds a colon followed by a space. Put the whole text in quotes: "…".'
    if above is not None and _begins(line) != _begins(lines[above]):
        return f"This line begins in another column than line {above + 1}. Begin keys of one entry in the same column."
    return "This line does not fit the lines above it. Compare its indentation, its colon and its quotes with theirs."


def _is_entry_without_colon(line: str) -> bool:
    """Return whether a line looks like a key and its value without the colon between them."""
    said = line.strip().removeprefix("- ")
    return bool(re.match(r"[a-z_]+ \S", said)) and not _HAS_COLON.search(said)


def _begins(line: str) -> int:
    """Return the column of a line's first word, behind the hyphen of a list."""
    return len(line) - len(line.lstrip(" -"))
