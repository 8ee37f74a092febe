"""Text in lines that fit where they are shown. A word is never cut, because a cut id or option cannot be copied."""

import re
from textwrap import fill

UNLIMITED = 1_000_000
"""A width at which nothing is wrapped: what a program reads has no width."""


def folded(text: str, width: int, first: str = "", rest: str = "") -> str:
    """Return a text in lines of at most `width` characters, the first after `first` and the others after `rest`."""
    return fill(
        text, width, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False, break_long_words=False
    )


_LABEL = re.compile(r"\s*(?:\S+ )*?\S+ {2,}")
_WIDEST_LABEL = 24
"""Characters. A gap of two spaces further on in a line separates no label from its text."""


def fitted(text: str, width: int) -> str:
    """Return a text with each line that is too wide folded below its beginning, or below its text if it has a label."""
    return "\n".join(line if len(line) <= width else _hung(line, width) for line in text.split("\n"))


def _hung(line: str, width: int) -> str:
    label = _LABEL.match(line)
    place = label.end() if label and label.end() <= _WIDEST_LABEL else len(line) - len(line.lstrip())
    return folded(line[place:], width, line[:place], " " * place)


LABEL = 15
"""Characters of a label at the left of a page, with the space after it."""


def labelled(label: str, text: str, width: int) -> str:
    """Return a text beside its label. A new line of the text begins a new line here too."""
    parts = [part for part in text.splitlines() if part.strip()] or [""]
    margin = " " * LABEL
    return "\n".join(folded(part, width, margin if at else f"{label:{LABEL}}", margin) for at, part in enumerate(parts))
