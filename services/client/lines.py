"""Text in lines that fit where they are shown. A word is never cut, because a cut id or option cannot be copied."""

from textwrap import fill

UNLIMITED = 1_000_000
"""A width at which nothing is wrapped: what a program reads has no width."""


def folded(text: str, width: int, first: str = "", rest: str = "") -> str:
    """Return a text in lines of at most `width` characters, the first after `first` and the others after `rest`."""
    return fill(
        text, width, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False, break_long_words=False
    )
