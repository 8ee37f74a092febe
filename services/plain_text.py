"""Text that shows all that it says: no control characters, and none that cannot be seen (A6, A11).

One table serves what comes in and what goes out. What comes in is refused. What goes out may be older than the check,
so it is written in a way that does no harm: to a terminal, a page, a file for a spreadsheet or a calendar.
"""

import json
import re

_UNSEEN = (
    r"\x00-\x08\x0b-\x0c\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    r"\u2028-\u202e\u2060-\u206f\u2800\u3164\ud800-\uf8ff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    r"\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U0010ffff"
)
"""Controls, marks that turn the order of text around, fillers and blanks that look like nothing, and private use."""
UNSEEN = re.compile(rf"[{_UNSEEN}]|\r(?!\n)")
"""A character that cannot be seen. Line feeds and tabs can: they move what follows."""
_SIGNS = (
    r"\u00a9\u00ae\u203c\u2049\u2122\u2139\u2190-\u27bf\u2934-\u2935\u2b05-\u2b55\u3030\u303d\u3297\u3299"
    r"\U0001f000-\U0001faff"
)
_RIGHT_TO_LEFT = r"[\u0590-\u05ff\u0620-\u08ff]"
_JOINS_LETTERS = r"[\u0620-\u0fff\u1000-\u109f\u1780-\u17b3\u17b6-\u17ff]"
_NEEDED = re.compile(
    rf"(?<=[{_SIGNS}])[\ufe0e\ufe0f]|(?<=[0-9#*])\ufe0f(?=\u20e3)|(?<=[{_SIGNS}\ufe0f])\u200d(?=[{_SIGNS}])"
    r"|(?<=\U0001f3f4)\U000e0067\U000e0062(?:\U000e0073\U000e0063\U000e0074|\U000e0065\U000e006e\U000e0067"
    r"|\U000e0077\U000e006c\U000e0073)\U000e007f"
    rf"|(?<={_JOINS_LETTERS})[\u200c\u200d](?={_JOINS_LETTERS})"
    rf"|(?<={_RIGHT_TO_LEFT})[\u200e\u200f]|[\u200e\u200f](?={_RIGHT_TO_LEFT})"
)
"""Where such a character belongs to what is seen: in a picture of a family or the flag of Scotland, between letters of
Persian or Hindi, and beside Hebrew or Arabic."""


def has_unseen(text: str) -> bool:
    """Return whether a text holds a character that cannot be seen, where no writing needs it."""
    # Most texts are plain ASCII on one line, which is known at once.
    if text.isascii() and text.isprintable():
        return False
    return UNSEEN.search(text) is not None and UNSEEN.search(_NEEDED.sub("", text)) is not None


def is_one_line(text: str) -> bool:
    """Return whether a text has neither line feed nor tab."""
    return not any(char in text for char in "\n\t\r")


def shown(text: str) -> str:
    """Return a text in which each character that cannot be seen stands as its number, such as `[U+001B]`."""
    if not has_unseen(text):
        return text
    kept: list[str] = []
    end = 0
    needed = {place for found in _NEEDED.finditer(text) for place in range(*found.span())}
    for found in UNSEEN.finditer(text):
        if found.start() not in needed:
            kept += [text[end : found.start()], f"[U+{ord(found[0]):04X}]"]
            end = found.end()
    return "".join([*kept, text[end:]])


def shown_in_line(text: str) -> str:
    """Return a text as `shown` does, on one line: a line feed in a cell would look like another row."""
    return shown(text) if is_one_line(text) else shown(" ⏎ ".join(text.splitlines()).replace("\t", " "))


def in_json(text: str) -> str:
    """Return JSON in which each character that cannot be seen is an escape, so that it says the same."""
    return UNSEEN.sub(lambda found: json.dumps(found[0])[1:-1], text)
